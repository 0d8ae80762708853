"""Every step of the main job works in a browser that runs no scripts."""

from collections.abc import Callable

from tests.browser.casework import (
    agree,
    allocate,
    assess,
    authorise,
    close,
    confirm_list,
    propose,
    send_list,
    write_closure,
    write_plan,
)
from tests.browser.visitor import Visitor
from tests.personas import BY_KEY

REFERENCE = "7710046"


def test_a_case_goes_from_the_list_to_its_closing_with_scripts_off(
    origin: str, open_window: Callable[..., Visitor]
):
    def plain(key: str) -> Visitor:
        return open_window(origin, java_script_enabled=False).sign_in(BY_KEY[key].name)

    confirm_list(send_list(plain("paula")))
    tess, priya = plain("tess"), plain("priya")
    allocate(tess, REFERENCE, to="Priya Nair")
    assess(priya, REFERENCE)
    authorise(tess, REFERENCE)
    write_plan(priya, REFERENCE, "Close with no further action")
    write_closure(priya, REFERENCE)
    propose(priya, REFERENCE)
    agree(plain("dina"), REFERENCE)
    close(tess, REFERENCE)


def test_the_list_of_cases_is_filtered_with_scripts_off(visit: Callable[..., Visitor]):
    tess = visit("tess", java_script_enabled=False).go("/cases")
    tess.fill(state="Submitted").press("Apply")
    assert "state=submitted" in tess.path
    assert "No cases match" in tess.words()
