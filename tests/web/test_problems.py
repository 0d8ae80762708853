"""Pages that tell what went wrong."""

from tests.browse import readable
from tests.makers import a_case
from tests.pages.cases.test_correct import ANSWERS
from tests.world import World

SAID = "The facts are corrected."
BACK = "Go back to the page before"


def test_a_notice_that_a_missing_page_showed_is_not_shown_again(world: World, browse) -> None:
    tess = browse("tess")
    tess.post(f"/cases/{a_case(world)}/correct", _version=1, **ANSWERS)
    assert SAID in readable(tess.get("/cases/0", 404))
    assert SAID not in readable(tess.get("/cases/0", 404))


def test_an_address_that_only_takes_a_form_leads_back_to_the_page_above_it(browse) -> None:
    paula = browse("paula")
    assert f'href="/imports/7">{BACK}' in paula.get("/imports/7/confirm", 405)
    assert BACK not in paula.get("/holds/7/end", 405), "there is no page of one hold"


def test_an_address_that_cannot_be_read_keeps_the_menu_of_whoever_signed_in(browse) -> None:
    assert "Sign out" in browse("paula").get("/cases/abc", 404)
    assert "Sign out" not in browse().get("/cases/abc", 404)
