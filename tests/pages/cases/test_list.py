"""The list of cases: its filter, its total, its order and its pages."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.register.filter import CaseFilter
from app.cases.register.queries import count_cases, list_cases
from app.cases.register.rules import Priority
from app.cases.states import CaseState
from tests.browse import readable
from tests.makers import a_case, an_allocated_case, an_authorised_case
from tests.makers_agreements import a_closed_case
from tests.world import TODAY, World


def test_the_total_above_the_table_is_the_number_of_rows_behind_it(world: World, browse) -> None:
    for days in range(3):
        a_case(world, referred_on=TODAY - timedelta(days=20 + days))
    an_allocated_case(world)
    a_case(world, "South")
    assert "4 cases" in readable(browse("tess").get("/cases"))
    assert "3 cases" in readable(browse("tess").get("/cases?state=unallocated"))
    assert "5 cases" in readable(browse("paula").get("/cases"))
    assert "1 case" in readable(browse("priya").get("/cases"))


def test_the_longest_overdue_comes_first(world: World, browse) -> None:
    a_case(world, reference="LATER", referred_on=TODAY - timedelta(days=5))
    a_case(world, reference="SOONER", referred_on=TODAY - timedelta(days=120))
    page = browse("tess").get("/cases")
    assert page.index("SOONER") < page.index("LATER")
    turned = browse("tess").get("/cases?down=yes")
    assert turned.index("LATER") < turned.index("SOONER")


def test_a_reference_is_found_by_its_beginning_and_taken_literally(world: World, browse) -> None:
    a_case(world, reference="AB100")
    a_case(world, reference="AB_00")
    assert "AB100" in browse("tess").get("/cases?reference=AB1")
    page = browse("tess").get("/cases?reference=AB_")
    assert "AB_00" in page
    assert "AB100" not in page


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "sort=id%3Bdrop",
        "lot=abc",
        "lot=99999999999999999999",
        "ended_from=31-31",
        "colour=red&page=1",
    ],
)
def test_a_part_of_the_address_that_is_unknown_is_ignored_and_said(
    world: World, browse, query: str
) -> None:
    a_case(world)
    page = readable(browse("tess").get(f"/cases?{query}"))
    assert "is not a known" in page
    assert "1 case" in page


def test_what_is_unknown_is_named_in_words_a_reader_knows(world: World, browse) -> None:
    page = readable(browse("tess").get("/cases?show=zz&overdue=x&ended_from=31-31&sort=colour"))
    for kind in ("list", "choice", "day", "order"):
        assert f"is not a known {kind}." in page, kind


@pytest.mark.parametrize("number", ["0", "-1", "1000000000", "x", ""])
def test_a_page_that_is_not_there_leads_to_one_that_is(world: World, browse, number: str) -> None:
    a_case(world, reference="ONLY1")
    assert "ONLY1" in browse("tess").get(f"/cases?page={number}")


def test_nothing_to_show_says_what_to_do_next(world: World, browse) -> None:
    assert "No cases match" in browse("tess").get("/cases?reference=none")
    assert "allocates it to you" in browse("priya").get("/cases")


def test_htmx_gets_the_table_alone(world: World, browse) -> None:
    a_case(world)
    headers = {"HX-Request": "true", "HX-Target": "cases"}
    part = browse("tess").get("/cases", **headers)
    assert part.strip().startswith('<div id="cases">')
    assert "<html" not in part


@pytest.mark.parametrize("who", ["carl", "alan", "ada"])
def test_roles_without_casework_never_see_the_list(world: World, browse, who: str) -> None:
    browse(who).get("/cases", 403)


@given(
    st.builds(
        CaseFilter,
        lot=st.none() | st.integers(1, 9),
        state=st.none() | st.sampled_from(CaseState),
        show=st.sampled_from(["open", "cleared", "all"]),
        overdue=st.booleans(),
        flagged=st.booleans(),
        practitioner=st.none() | st.integers(1, 9),
        priority=st.none() | st.sampled_from(Priority),
        reference=st.sampled_from(["", "AB 1&x=2", "Ω"]),
        ended_from=st.none() | st.dates(),
        sort=st.sampled_from(["due", "triage", "referred", "reference"]),
        down=st.booleans(),
    )
)
def test_a_filter_survives_its_own_address(wanted: CaseFilter) -> None:
    assert CaseFilter.read(wanted.words()) == (wanted, [])


def test_the_counters_and_a_count_of_the_rows_agree_for_every_filter(world: World) -> None:
    a_case(world, referred_on=TODAY - timedelta(days=120))
    an_allocated_case(world)
    an_authorised_case(world, referred_on=TODAY - timedelta(days=130))
    a_case(world, "South")
    with world.acting("paula") as uow:
        for state in [None, *CaseState]:
            for show in ("open", "cleared", "all"):
                for overdue in (False, True):
                    for lot in (None, world.lot("North")):
                        wanted = CaseFilter(lot=lot, state=state, show=show, overdue=overdue)
                        rows = list_cases(uow, wanted).rows
                        assert count_cases(uow, wanted) == len(rows), wanted


def test_cleared_cases_are_listed_with_how_and_when_they_ended(world: World, browse) -> None:
    a_closed_case(world)
    page = readable(browse("tess").get("/cases?show=cleared"))
    assert "1 case" in page
    assert "Close with no further action" in page
    assert "20 Nov 2026" in page


def test_a_reference_of_unseen_characters_is_ignored_with_a_notice(world: World, browse) -> None:
    a_case(world, reference="AB100")
    page = browse("tess").get("/cases?reference=AB1%00")
    assert "is not a known reference" in page
    assert "AB100" in page


def test_a_lot_that_is_not_ones_own_is_left_out_and_said(world: World, browse) -> None:
    a_case(world)
    for lot in (99, world.lot("Moor")):
        page = readable(browse("tess").get(f"/cases?lot={lot}"))
        assert f"“{lot}” is not a known lot." in page
        assert "1 case" in page


def test_saving_exporting_and_editing_take_exactly_this_list(world: World, browse) -> None:
    a_case(world, open_flags=1)
    headers = {"HX-Request": "true", "HX-Target": "cases"}
    part = browse("tess").get("/cases?flagged=yes", **headers)
    files = [f"/cases/export.{ending}" for ending in ("csv", "xlsx", "json")]
    for address in ("/saved-views/new", *files, "/edit-sheets"):
        assert f'href="{address}?flagged=yes"' in part
    assert '<input type="hidden" name="filter" value="flagged=yes">' in part
    assert "All 1 case of this list" in readable(part)


@pytest.mark.parametrize(("who", "ticks"), [("tess", True), ("priya", False), ("dina", False)])
def test_only_those_who_act_on_many_cases_tick_them(
    world: World, browse, who: str, ticks: bool
) -> None:
    an_allocated_case(world, reference="T1")
    page = browse(who).get("/cases")
    assert ("Choose case T1" in page) == ticks
    assert ('action="/bulk"' in page) == ticks


def test_ticked_cases_are_a_filter_of_their_own(world: World, browse) -> None:
    first, second = a_case(world, reference="T1"), a_case(world, reference="T2")
    a_case(world, reference="T3")
    page = readable(browse("tess").get(f"/cases?show=all&chosen={first}+{second}"))
    assert "2 cases" in page
    assert "Chosen: 2 ticked" in page
    assert "T3" not in page
    assert "1 ticked" in readable(browse("tess").get(f"/cases?chosen={first}"))


def test_saved_views_stand_above_the_list(world: World, browse) -> None:
    assert "Saved views" in browse("tess").get("/cases")
    browse("tess").post("/saved-views", name="Mine", filter="flagged=yes")
    page = browse("tess").get("/cases")
    assert '<a class="chip" href="/cases?flagged=yes">' in page
    assert 'hx-get="/saved-views"' in page
    headers = {"HX-Request": "true", "HX-Target": "saved-views"}
    part = browse("tess").get("/saved-views", **headers)
    assert part.strip().startswith('<div id="saved-views"')
    assert "hx-get" not in part
    assert "0 cases" in readable(part)
