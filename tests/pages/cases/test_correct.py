"""Correcting the facts of one case."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.cases.register.models import Case
from app.cases.scope.models import CaseCounter
from app.work.models import TrailEntry
from tests.browse import Browse, readable
from tests.makers import a_case
from tests.makers_agreements import a_closed_case
from tests.world import TODAY, World

Browsing = Callable[..., Browse]
ANSWERS = {
    "referred_on": str(TODAY - timedelta(days=30)),
    "age_band": "5–9",
    "primary_need": "N1",
    "family_key": "F100",
    "source_team": "Front door",
}


def test_a_team_manager_corrects_the_facts(world: World, browse: Browsing) -> None:
    case_id = a_case(world)
    page = readable(browse("tess").follow(f"/cases/{case_id}/correct", _version=1, **ANSWERS))
    assert "The facts are corrected." in page
    case = world.row(Case, case_id)
    assert (case.age_band, case.primary_need, case.family_key) == ("5–9", "N1", "F100")
    assert case.source_team == "Front door"
    assert world.rows(TrailEntry, act="case.correct", case_id=case_id)


def test_a_corrected_referral_begins_the_clock_anew_and_moves_the_counter(
    world: World, browse: Browsing
) -> None:
    case_id = a_case(world)
    was = world.row(Case, case_id).due_on
    referred = TODAY - timedelta(days=37)
    browse("tess").post(
        f"/cases/{case_id}/correct", _version=1, **ANSWERS | {"referred_on": str(referred)}
    )
    case = world.row(Case, case_id)
    assert case.clock_started_on == referred
    assert case.due_on < was
    assert [one.due_on for one in world.rows(CaseCounter) if one.cases] == [case.due_on]


def test_a_clock_that_began_with_something_else_stays(world: World, browse: Browsing) -> None:
    case_id = a_case(world, clock_started_on=TODAY - timedelta(days=3))
    was = world.row(Case, case_id).due_on
    referred = TODAY - timedelta(days=50)
    browse("tess").post(
        f"/cases/{case_id}/correct", _version=1, **ANSWERS | {"referred_on": str(referred)}
    )
    assert world.row(Case, case_id).due_on == was


def test_nothing_different_changes_nothing(world: World, browse: Browsing) -> None:
    case_id = a_case(world)
    answers = {"referred_on": ANSWERS["referred_on"], "_version": 1}
    page = browse("tess").follow(f"/cases/{case_id}/correct", **answers)
    assert "Nothing was different." in readable(page)
    assert world.row(Case, case_id).version == 1


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("dina", 403), ("tara", 404)])
def test_others_cannot_correct(world: World, browse: Browsing, who: str, status: int) -> None:
    case_id = a_case(world)
    browse(who).get(f"/cases/{case_id}/correct", status)
    browse(who).post(f"/cases/{case_id}/correct", status, _version=1, **ANSWERS)


def test_a_case_that_has_ended_is_not_corrected(world: World, browse: Browsing) -> None:
    case_id = a_closed_case(world)
    version = world.row(Case, case_id).version
    answer = browse("tess").post(f"/cases/{case_id}/correct", 409, _version=version, **ANSWERS)
    assert "has ended" in readable(answer.text)
    assert "Correct these facts" not in browse("tess").get(f"/cases/{case_id}")


def test_the_form_is_shown_again_with_what_was_typed(world: World, browse: Browsing) -> None:
    case_id = a_case(world)
    late = ANSWERS | {"referred_on": "2026-11-19", "source_team": "Kept words"}
    page = browse("tess").post(f"/cases/{case_id}/correct", 422, _version=1, **late).text
    assert "no later referral" in readable(page)
    assert "Kept words" in page


def test_two_people_at_once_are_told(world: World, browse: Browsing) -> None:
    case_id = a_case(world)
    browse("tess").post(f"/cases/{case_id}/correct", _version=1, **ANSWERS)
    late = ANSWERS | {"source_team": "Another team"}
    page = browse("tom").post(f"/cases/{case_id}/correct", 409, _version=1, **late)
    words = readable(page.text)
    assert "Another team" in words
    assert "Front door" in words


def test_the_form_begins_with_what_the_case_holds(world: World, browse: Browsing) -> None:
    case_id = a_case(world, family_key="F7", referred_on=date(2026, 10, 1))
    page = browse("tess").get(f"/cases/{case_id}/correct")
    assert 'value="F7"' in page
    assert 'value="2026-10-01"' in page
    assert "Correct these facts" in browse("tess").get(f"/cases/{case_id}")
