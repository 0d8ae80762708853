"""Assessing: start, child seen, submit, authorise, return."""

from collections.abc import Callable

import pytest

from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.register.models import Case
from tests.browse import readable
from tests.makers import (
    a_case,
    a_submitted_case,
    an_allocated_case,
    an_assessing_case,
    an_authorised_case,
)
from tests.world import TODAY, World


def test_the_practitioner_starts_the_assessment(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    priya = browse("priya")
    assert 'value="2026-11-20"' in priya.get(f"/cases/{case_id}/assessment/start")
    priya.post(f"/cases/{case_id}/assessment/start", started_on="18/11/2026")
    assert world.row(Case, case_id).state.value == "assessing"
    assert [a.started_on.isoformat() for a in world.rows(Assessment)] == ["2026-11-18"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the day the assessment started."),
        ("21/11/2026", "21 Nov 2026 has not come yet."),
        ("1/1/2026", "is before the referral"),
        ("31/02/2026", "February 2026 has 28 days"),
        ("0226-01-01", "year"),
    ],
)
def test_an_impossible_start_is_shown_again_as_typed(
    world: World, browse, typed: str, sentence: str
) -> None:
    case_id = an_allocated_case(world)
    answer = browse("priya").post(f"/cases/{case_id}/assessment/start", 422, started_on=typed)
    assert sentence in readable(answer.text)
    assert f'value="{typed}"' in answer.text
    assert world.rows(Assessment) == []


@pytest.mark.parametrize(("who", "status"), [("pete", 404), ("tess", 403), ("dina", 403)])
def test_only_the_holder_starts(world: World, browse, who: str, status: int) -> None:
    case_id = an_allocated_case(world)
    browse(who).post(f"/cases/{case_id}/assessment/start", status, started_on="18/11/2026")


def test_a_co_worker_records_a_visit_but_does_not_start(world: World, browse) -> None:
    case_id = a_case(world)
    browse("tess").post(
        f"/cases/{case_id}/allocate",
        practitioner_id=str(world.practitioner("priya")),
        co_worker_id=str(world.practitioner("pete")),
    )
    pete = browse("pete")
    pete.post(f"/cases/{case_id}/assessment/seen", seen_on="19/11/2026", alone="yes")
    assert [(v.seen_on.day, v.seen_alone) for v in world.rows(Visit)] == [(19, True)]
    pete.post(f"/cases/{case_id}/assessment/start", 409, started_on="18/11/2026")


def test_seeing_the_child_is_kept_on_the_case_and_the_assessment(world: World, browse) -> None:
    case_id = an_assessing_case(world, seen=False)
    browse("priya").post(f"/cases/{case_id}/assessment/seen", seen_on="2026-11-19", alone="no")
    assert world.row(Case, case_id).seen_on.isoformat() == "2026-11-19"
    assert world.rows(Assessment)[0].seen_on.isoformat() == "2026-11-19"


def test_a_day_that_could_be_read_both_ways_is_day_first_and_shown_back_in_words(
    world: World, browse
) -> None:
    case_id = an_assessing_case(world, seen=False)
    priya = browse("priya")
    page = priya.follow(f"/cases/{case_id}/assessment/seen", seen_on="10/11/2026", alone="no")
    assert "10 Nov 2026" in readable(page)
    assert "11 Oct 2026" not in readable(page)


def test_an_earlier_visit_does_not_move_the_last_seen_day_back(world: World, browse) -> None:
    case_id = an_assessing_case(world)
    browse("priya").post(f"/cases/{case_id}/assessment/seen", seen_on="2026-11-11", alone="no")
    assert world.row(Case, case_id).seen_on.isoformat() == "2026-11-17"


def test_a_visit_before_the_assessment_is_none_in_it(world: World, browse) -> None:
    case_id = an_assessing_case(world, seen=False)
    priya = browse("priya")
    priya.post(f"/cases/{case_id}/assessment/seen", seen_on="2026-11-09", alone="yes")
    assert world.row(Case, case_id).seen_on.isoformat() == "2026-11-09"
    assert world.rows(Assessment)[0].seen_on is None
    priya.post(f"/cases/{case_id}/assessment/submit", 422)


def test_an_assessment_without_a_visit_needs_a_reason(world: World, browse) -> None:
    case_id = an_assessing_case(world, seen=False)
    priya = browse("priya")
    answer = priya.post(f"/cases/{case_id}/assessment/submit", 422)
    assert "choose why they were not" in readable(answer.text)
    priya.post(f"/cases/{case_id}/assessment/submit", not_seen_reason="refused")
    assert world.row(Case, case_id).state.value == "submitted"


def test_a_team_manager_authorises_and_the_clock_stops(world: World, browse) -> None:
    case_id = a_submitted_case(world)
    tess = browse("tess")
    assert "Submitted" in tess.get(f"/cases/{case_id}/assessment/authorise")
    tess.post(f"/cases/{case_id}/assessment/authorise")
    case = world.row(Case, case_id)
    assert (case.state.value, case.authorised_on) == ("authorised", TODAY)
    assert world.rows(Assessment)[0].authorised_by == world.user("tess")


def test_not_seen_is_authorised_only_when_a_manager_accepts_why(world: World, browse) -> None:
    case_id = a_submitted_case(world, seen=False)
    tess = browse("tess")
    answer = tess.post(f"/cases/{case_id}/assessment/authorise", 422)
    assert "Tick to accept" in readable(answer.text)
    tess.post(f"/cases/{case_id}/assessment/authorise", accepts_not_seen="yes")
    assert world.row(Case, case_id).state.value == "authorised"


def test_the_author_cannot_authorise(world: World, browse) -> None:
    case_id = a_submitted_case(world)
    with world.setting_up() as uow:
        found = uow.get(Assessment, world.rows(Assessment)[0].id)
        found.submitted_by = world.user("tess")
    answer = browse("tess").post(f"/cases/{case_id}/assessment/authorise", 409)
    assert "cannot also authorise" in readable(answer.text)
    browse("tom").post(f"/cases/{case_id}/assessment/authorise")


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("dina", 403), ("hana", 403), ("tara", 404)]
)
def test_others_cannot_authorise(world: World, browse, who: str, status: int) -> None:
    case_id = a_submitted_case(world)
    browse(who).post(f"/cases/{case_id}/assessment/authorise", status)
    assert world.row(Case, case_id).state.value == "submitted"


def test_a_return_says_what_to_fix_and_the_case_goes_back(world: World, browse) -> None:
    case_id = a_submitted_case(world)
    tess = browse("tess")
    assert "Enter the points to fix." in readable(
        tess.post(f"/cases/{case_id}/assessment/return", 422, points="\u200b ").text
    )
    tess.post(
        f"/cases/{case_id}/assessment/return",
        reason="chronology",
        points="Chronology stops in May.",
    )
    assert world.row(Case, case_id).state.value == "assessing"
    (first,) = world.rows(AssessmentReturn)
    assert first.points == "Chronology stops in May."
    assert readable(browse("priya").get("/")).count("Chronology stops in May.") == 1
    with world.setting_up() as uow:
        again = {"points": "Nor is July in it.", "returned_by": None}
        uow.add(
            AssessmentReturn(**first.model_dump(exclude={"id", "points", "returned_by"}), **again)
        )
    home = readable(browse("priya").get("/"))
    assert ("Nor is July in it." in home, "Chronology stops in May." in home) == (True, False)


def test_an_authorised_assessment_cannot_be_authorised_twice(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    browse("tom").post(f"/cases/{case_id}/assessment/authorise", 409)


@pytest.mark.parametrize(
    ("who", "act", "make"),
    [
        ("priya", "start", an_assessing_case),
        ("priya", "submit", an_authorised_case),
        ("tess", "authorise", an_assessing_case),
        ("tess", "return", an_authorised_case),
    ],
)
def test_a_form_whose_button_would_be_refused_is_not_shown(
    world: World, browse, who: str, act: str, make: Callable[[World], int]
) -> None:
    case_id = make(world)
    page = readable(browse(who).get(f"/cases/{case_id}/assessment/{act}", 409))
    assert "needs the state" in page


def test_a_team_manager_records_a_visit_only_while_nobody_holds_the_case(
    world: World, browse
) -> None:
    waiting, held = a_case(world), an_allocated_case(world)
    tess = browse("tess")
    assert f"/cases/{waiting}/assessment/seen" in tess.get(f"/cases/{waiting}")
    assert f"/cases/{held}/assessment/seen" not in tess.get(f"/cases/{held}")
    tess.post(f"/cases/{waiting}/assessment/seen", seen_on="2026-11-19", alone="yes")
    assert world.row(Case, waiting).seen_on == TODAY.replace(day=19)
    answer = tess.post(f"/cases/{held}/assessment/seen", 409, seen_on="2026-11-19", alone="yes")
    assert "Whoever holds this case" in readable(answer.text)
