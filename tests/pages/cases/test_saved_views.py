"""Views of the list of cases that people keep, share, count and delete."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.cases.listing.models import SavedView
from app.cases.listing.service import Audience, keep
from app.cases.register.filter import CaseFilter
from app.cases.register.queries import count_up_to
from app.cases.register.rules import Priority
from app.kernel.counts import Count
from app.kernel.errors import Refused
from tests.browse import Browse, readable
from tests.makers import a_case, an_allocated_case
from tests.world import World

Browsing = Callable[..., Browse]


def a_view(browser: Browse, name: str = "Flagged", **answers: object) -> int:
    browser.post("/saved-views", name=name, **{"filter": "flagged=yes"} | answers)
    page = browser.get("/saved-views")
    return int(page.split('href="/saved-views/')[-1].split('"')[0])


def test_a_view_is_saved_and_shows_its_cases_and_their_number(
    world: World, browse: Browsing
) -> None:
    a_case(world)
    a_case(world, open_flags=1)
    browser = browse("tess")
    page = browser.follow("/saved-views", name="Flagged", filter="flagged=yes")
    assert "The view “Flagged” is saved." in page
    assert "Flagged: Yes" in readable(page)
    listed = readable(browser.get("/saved-views"))
    assert "Flagged 1 Flagged: Yes Only you 20 Nov 2026" in listed
    assert "/cases/export.csv?flagged=yes" in browser.get("/saved-views")
    assert [view.filter for view in world.rows(SavedView)] == ["flagged=yes"]


def test_the_form_says_which_cases_and_how_many(world: World, browse: Browsing) -> None:
    a_case(world)
    page = readable(browse("tess").get(f"/saved-views/new?lot={world.lot()}&junk=1"))
    assert "“junk” is not a known filter. Lot: North" in page
    assert "1 case now" in page
    page = readable(browse("tess").get(f"/saved-views/new?lot={world.lot('South')}"))
    assert "is not a known lot. Every open case" in page
    assert "Every open case" in readable(browse("tess").get("/saved-views/new"))


def test_a_view_counts_what_its_reader_sees(world: World, browse: Browsing) -> None:
    an_allocated_case(world, "priya")
    a_case(world)
    browse("tess").post("/saved-views", name="All", filter="", shared_with="practitioner")
    assert "All 1 Every open case Shared by Tess Oyelaran" in readable(
        browse("priya").get("/saved-views")
    )
    assert "All 0 Every open case" in readable(browse("pete").get("/saved-views"))


def test_a_view_of_very_many_is_counted_up_to_a_number_and_says_that_there_are_more(
    world: World,
) -> None:
    for _ in range(3):
        a_case(world, open_flags=1, priority=Priority.URGENT)
    a_case(world)
    with world.acting("tess") as uow:
        for wanted in (CaseFilter(flagged=True), CaseFilter(priority=Priority.URGENT)):
            assert count_up_to(uow, wanted, 2) == (2, True)
            assert count_up_to(uow, wanted, 3) == (3, False)
        assert count_up_to(uow, CaseFilter(lot=world.lot()), 2) == (4, False)
    assert (str(Count(10_000, more=True)), str(Count(999))) == ("10,000+", "999")


def test_a_shared_view_is_seen_by_its_role_in_its_contract_alone(
    world: World, browse: Browsing
) -> None:
    a_view(browse("paula"), "Ours", shared_with="district_manager")
    assert "Ours" in browse("dina").get("/saved-views")
    assert "Ours" in browse("omar").get("/saved-views")
    for who in ("tess", "priya", "eve"):
        assert "Ours" not in browse(who).get("/saved-views")


def test_a_shared_view_of_one_lot_is_seen_by_those_who_see_the_lot(
    world: World, browse: Browsing
) -> None:
    ours = f"lot={world.lot()}"
    a_view(browse("paula"), "Up here", filter=ours, shared_with="district_manager")
    for address in ("/saved-views", "/cases"):
        assert "Up here" in browse("dina").get(address)
        assert "Up here" not in browse("omar").get(address)


def test_only_its_owner_changes_or_deletes_a_view(world: World, browse: Browsing) -> None:
    view_id = a_view(browse("paula"), "Ours", shared_with="team_manager")
    assert "Ours" in browse("tess").get("/saved-views")
    browse("tess").get(f"/saved-views/{view_id}", 404)
    browse("tess").post(f"/saved-views/{view_id}", 404, name="Mine", _version=1)
    browse("tess").post(f"/saved-views/{view_id}/delete", 404)
    browse("tess").post("/saved-views", 404, name="Mine", replaces=view_id)
    browse("paula").follow(f"/saved-views/{view_id}/delete")
    assert world.rows(SavedView) == []


def test_a_view_is_renamed_and_taken_back_from_its_role(world: World, browse: Browsing) -> None:
    view_id = a_view(browse("tess"), shared_with="practitioner")
    page = browse("tess").get(f"/saved-views/{view_id}")
    assert 'value="Flagged"' in page
    browse("tess").follow(f"/saved-views/{view_id}", name="New name", _version=1)
    view = world.row(SavedView, view_id)
    assert (view.name, view.shared_with, view.filter) == ("New name", None, "flagged=yes")
    browse("tess").post(f"/saved-views/{view_id}", 409, name="Late", _version=1)


def test_a_filter_is_saved_in_the_place_of_an_earlier_one(world: World, browse: Browsing) -> None:
    view_id = a_view(browse("tess"))
    assert "Replace “Flagged”" in browse("tess").get("/saved-views/new")
    browse("tess").post("/saved-views", name="Flagged", filter="overdue=yes", replaces=view_id)
    (view,) = world.rows(SavedView)
    assert (view.id, view.filter) == (view_id, "overdue=yes")


@pytest.mark.parametrize("who", ["carl", "alan", "ada"])
def test_roles_without_casework_keep_no_views(browse: Browsing, who: str) -> None:
    browse(who).get("/saved-views", 403)
    browse(who).post("/saved-views", 403, name="X")


def test_a_practitioner_keeps_views_and_shares_none(world: World, browse: Browsing) -> None:
    assert "Who sees it" not in browse("priya").get("/saved-views/new")
    browse("priya").post("/saved-views", 403, name="X", shared_with="practitioner")
    browse("priya").post("/saved-views", name="X")
    assert len(world.rows(SavedView)) == 1


def test_a_view_is_shared_only_with_those_who_see_the_list(browse: Browsing) -> None:
    answer = browse("tess").post("/saved-views", 422, name="X", shared_with="commissioner")
    assert "Choose a role that sees the list of cases." in readable(answer.text)


def test_the_form_is_shown_again_with_what_was_typed(world: World, browse: Browsing) -> None:
    a_view(browse("tess"))
    page = browse("tess").post("/saved-views", 422, name="Flagged", filter="overdue=yes").text
    assert "You have a view of this name." in readable(page)
    assert 'value="overdue=yes"' in page
    assert "Enter the name." in readable(browse("tess").post("/saved-views", 422).text)


def test_no_more_views_are_kept_than_can_be_counted_at_once(world: World, browse: Browsing) -> None:
    for number in range(12):
        browse("tess").post("/saved-views", name=f"View {number}")
    answer = browse("tess").post("/saved-views", 409, name="One more")
    assert "You have 12 saved views" in readable(answer.text)


def test_a_role_is_given_no_more_views_than_fit(world: World, browse: Browsing) -> None:
    for number in range(12):
        browse("tess").post("/saved-views", name=f"V{number}", shared_with="practitioner")
    view_id = a_view(browse("tom"), "Toms")
    late = browse("tom").post("/saved-views", 422, name="Late", shared_with="practitioner")
    assert "12 views are shared with this role" in readable(late.text)
    browse("tom").post(
        f"/saved-views/{view_id}", 422, name="Toms", shared_with="practitioner", _version=1
    )


def test_a_view_of_somebody_elses_lot_cannot_be_kept(world: World, browse: Browsing) -> None:
    browse("tess").post("/saved-views", 404, name="Theirs", filter=f"lot={world.lot('Moor')}")


def test_a_view_belongs_to_one_contract(world: World) -> None:
    actor = world.actor("paula")
    both = replace(actor, contract_ids=actor.contract_ids | {world.contract("Eastmoor")})
    first = pytest.raises(Refused, match="Filter the list by a lot first")
    with world.database.work(both) as uow, first:
        keep(uow, CaseFilter(), Audience("Everything"))
    with world.database.work(both) as uow:
        keep(uow, CaseFilter(lot=world.lot()), Audience("North"))
    assert [view.contract_id for view in world.rows(SavedView)] == [world.contract()]


def test_nothing_saved_says_what_to_do(browse: Browsing) -> None:
    assert "No saved view yet" in browse("tess").get("/saved-views")
