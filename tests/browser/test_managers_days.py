"""The days of both managers, by keyboard alone and once more without scripts."""

from collections.abc import Callable
from datetime import date

import pytest

from app.cases.register.models import Case
from app.cases.statements.models import ScopeStatement
from app.cases.statements.rules import week_words
from tests.browser.casework import confirm_list, send_list
from tests.browser.typist import Typist
from tests.browser.visitor import Visitor
from tests.makers import a_case
from tests.personas import BY_KEY
from tests.world import World

Enter = Callable[[str], Visitor]


@pytest.fixture(params=["by keys", "without scripts"])
def enter(
    request: pytest.FixtureRequest, origin: str, open_window: Callable[..., Visitor]
) -> Enter:
    """A persona signed in, who uses nothing but keys, or whose browser runs no scripts."""

    def come(key: str) -> Visitor:
        keys = request.param == "by keys"
        window = (
            open_window(origin, visitor=Typist)
            if keys
            else open_window(origin, java_script_enabled=False)
        )
        return window.sign_in(BY_KEY[key].name)

    return come


def test_a_project_manager_takes_a_list_freezes_it_and_states_the_week(
    enter: Enter, world: World
) -> None:
    paula = confirm_list(send_list(enter("paula")))
    opened = len(world.rows(Case))
    paula.go("/scope").press("Freeze the opening list of North")
    friday = date(2026, 11, 13)
    paula.go("/scope/statements").press(f"Draft of North, {week_words(friday)}")
    paula.says("Balances", f"= Open at the end of 13 Nov 2026 {opened}")
    paula.press("Issue this statement").press("Sign this statement")
    paula.says("Signed for the agency Paula Marsh")
    (statement,) = world.rows(ScopeStatement)
    assert statement.week_ending == friday


def test_a_team_manager_allocates_a_family_and_passes_a_leavers_cases_on(
    enter: Enter, world: World
) -> None:
    one, two = (a_case(world, family_key="F7", reference=f"F7-{name}") for name in "AB")
    tess = enter("tess").go("/triage")
    _tick(tess, "F7-A")
    tess.press("Allocate the chosen cases").says("F7-B")
    tess.fill(practitioner_id="Pete Holm").press("Allocate").says("Allocated 2 of 2")
    tess.go("/people").press("Pete Holm").press("Pass the caseload on")
    tess.fill(away_from="2026-11-23").press("Pass the cases on")
    tess.says("Moved 2 of 2", "Caseload of Pete Holm passed on")
    held = {world.row(Case, case_id).practitioner_id for case_id in (one, two)}
    assert held == {world.practitioner("priya")}


def _tick(person: Visitor, reference: str) -> None:
    box = person.page.get_by_label(f"Choose case {reference}")
    if isinstance(person, Typist):
        person.reach(box)
        person.page.keyboard.press("Space")
    else:
        box.check()
