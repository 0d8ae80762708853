"""What waits for authorisation, milestones, the kinds of assessment and how old clocks are."""

from datetime import date, timedelta

import pytest

from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.assessments import service
from app.cases.assessments.models import Assessment, AssessmentMigration
from app.cases.assessments.queries import WAITED, steps_since
from app.cases.findings.models import Finding
from app.cases.register.models import Case
from app.contract.models import ClockRule
from app.kernel.clock import AssessmentType, StartEvent
from tests.browse import readable
from tests.makers import (
    a_case,
    a_submitted_case,
    an_allocated_case,
    an_assessing_case,
    an_authorised_case,
)
from tests.makers_agreements import a_closed_case
from tests.questions import questions
from tests.world import TODAY, World


def test_the_queue_tells_how_long_each_waits_and_what_returns_lacked(world: World, browse) -> None:
    first = a_submitted_case(world, seen=False)
    with world.setting_up() as uow:
        found = uow.get(Assessment, world.rows(Assessment, case_id=first)[0].id)
        found.submitted_on = date(2026, 11, 12)
    a_submitted_case(world, "sam", "South")
    tess = browse("tess")
    page = readable(tess.get("/authorisation"))
    assert "1 assessment" in page
    assert "12 Nov 2026 6 Priya Nair" in page
    assert "Not seen The family refused 0 Decide" in page
    assert "Nothing was authorised in the last four weeks." in page
    tess.post(f"/cases/{first}/assessment/return", reason="risk", points="Weigh the risk.")
    assert "Nothing waits" in tess.get("/authorisation")
    assert "Risk is not weighed 1 All returns 1" in readable(tess.get("/authorisation"))
    browse("priya").post(f"/cases/{first}/assessment/submit", not_seen_reason="refused")
    assert "The family refused 1 Decide" in readable(tess.get("/authorisation"))
    tess.post(f"/cases/{first}/assessment/authorise", accepts_not_seen="yes")
    assert "North 1 14 – 22 22 – – 0" in readable(tess.get("/authorisation"))
    page = readable(tess.get(f"/cases/{first}"))
    assert "Not seen The family refused: accepted by Tess Oyelaran" in page
    assert "returned once" in page
    assert "Risk is not weighed: Weigh the risk." in page


def test_assessments_with_the_same_days_each_count_among_the_milestones(world: World) -> None:
    for _ in range(3):
        an_authorised_case(world)
    with world.acting("tess") as uow:
        [steps] = steps_since(uow, TODAY).values()
    assert steps[WAITED] == {0: 3}
    assert set(map(sum, (steps[step].values() for step in ("started_on", "authorised_on")))) == {3}


@pytest.mark.parametrize(
    ("who", "status"), [("paula", 200), ("dina", 200), ("priya", 403), ("carl", 403)]
)
def test_who_sees_what_waits(world: World, browse, who: str, status: int) -> None:
    reader = browse(who)
    reader.get("/authorisation?lot=x&page=%00", status)
    reader.get("/ageing", status)


def test_the_queue_takes_few_questions_however_long_it_is(world: World, browse) -> None:
    a_submitted_case(world)
    tess = browse("tess")
    with questions(world) as few:
        tess.get("/authorisation")
    a_submitted_case(world)
    a_submitted_case(world)
    with questions(world) as many:
        tess.get("/authorisation")
    assert len(many) == len(few) <= 12


def test_milestones_stand_on_the_case_with_who_and_when(world: World, browse) -> None:
    case_id = an_authorised_case(world, referred_on=date(2026, 10, 21))
    priya = browse("priya")
    address = f"/cases/{case_id}/assessment/milestone"
    priya.get(address)
    priya.post(address, milestone="shared", on="20/11/2026")
    priya.post(address, milestone="entered", on="20/11/2026")
    priya.post(address, milestone="drafted", on="18/11/2026")
    page = readable(priya.get(f"/cases/{case_id}"))
    for line in (
        "Allocated 20 Nov 2026 Tess Oyelaran 22",
        "Started 10 Nov 2026 Priya Nair 14",
        "First visit 17 Nov 2026 Priya Nair 19",
        "Child seen alone 17 Nov 2026 Priya Nair 19",
        "Full draft written 18 Nov 2026 Priya Nair 20",
        "Submitted 20 Nov 2026 Priya Nair 22",
        "Authorised 20 Nov 2026 Tess Oyelaran 22",
        "Shared with the family 20 Nov 2026 Priya Nair 22",
        "Entered on the council’s system 20 Nov 2026 Priya Nair 22",
    ):
        assert line in page
    assert "For comparison: Stopped on 20 Nov 2026 after 8 of 45 working days since" in page
    answer = priya.post(address, 422, milestone="drafted", on="21/11/2026")
    assert "21 Nov 2026 has not come yet." in readable(answer.text)
    answer = priya.post(address, 422, milestone="", on="29/02/2027")
    assert "Choose what happened." in readable(answer.text)
    assert "February 2027 has 28 days." in readable(answer.text)


def test_a_milestone_before_its_time_or_by_others_is_refused(world: World, browse) -> None:
    case_id, closed = an_assessing_case(world), a_closed_case(world)
    shared = {"milestone": "shared", "on": "20/11/2026"}
    answer = browse("tess").post(f"/cases/{case_id}/assessment/milestone", 409, **shared)
    assert "only once it was submitted" in readable(answer.text)
    browse("tess").post(f"/cases/{closed}/assessment/milestone", 409, **shared)
    browse("pete").post(f"/cases/{case_id}/assessment/milestone", 404, **shared)
    browse("dina").post(f"/cases/{case_id}/assessment/milestone", 403, **shared)


def test_a_day_written_with_two_numbers_is_read_day_first_and_said_in_words(
    world: World, browse
) -> None:
    case_id = an_assessing_case(world, referred_on=date(2026, 1, 5))
    page = browse("priya").follow(
        f"/cases/{case_id}/assessment/seen", seen_on="02/03/2026", alone="no"
    )
    assert "Recorded that the child was seen on 2 Mar 2026." in page


def test_a_core_assessment_from_referral_is_found_until_it_goes_on_as_a_single_one(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world, assessment_type=AssessmentType.CORE)
    browse("priya").post(f"/cases/{case_id}/assessment/start", started_on="18/11/2026")
    [found] = world.rows(Finding, case_id=case_id, kind="core_from_referral")
    assert "no initial one is known" in found.words
    tess = browse("tess")
    assert "Core assessment straight from referral" in tess.get("/quality")
    assert "Go on as a single assessment" in tess.get(f"/cases/{case_id}")
    tess.get(f"/cases/{case_id}/assessment/migrate")
    tess.post(f"/cases/{case_id}/assessment/migrate", 422)
    page = readable(
        tess.follow(f"/cases/{case_id}/assessment/migrate", reason="The council’s move in May")
    )
    assert "Began as a core assessment; a single one since 20 Nov 2026, by Tess" in page
    assert "It had been due on" in page
    assert "45 working days since referral" in page
    assert world.rows(Finding, case_id=case_id, kind="core_from_referral") == []
    [was] = world.rows(AssessmentMigration)
    [assessment] = world.rows(Assessment)
    assert (was.was, was.assessment_id) == (AssessmentType.CORE, assessment.id)
    assert assessment.started_on == date(2026, 11, 18)
    answer = tess.post(f"/cases/{case_id}/assessment/migrate", 409, reason="Again")
    assert "single assessment already" in readable(answer.text)


def test_what_goes_on_counts_by_the_single_assessments_own_event(world: World) -> None:
    with world.setting_up() as uow:
        [rule] = world.rows(
            ClockRule,
            contract_id=world.contract(),
            assessment_type=AssessmentType.CHILD_AND_FAMILY,
        )
        uow.get(ClockRule, rule.id).start_event = StartEvent.ASSESSMENT_START
    unbegun = a_case(world, assessment_type=AssessmentType.INITIAL)
    begun = an_assessing_case(world, assessment_type=AssessmentType.INITIAL)
    for case_id in (unbegun, begun):
        with world.acting("tess") as uow:
            service.migrate(uow, case_id, "Single assessments from November")
    days = [world.row(Case, case_id).clock_started_on for case_id in (unbegun, begun)]
    assert days == [TODAY - timedelta(days=30), TODAY - timedelta(days=10)]
    assert world.row(Case, begun).due_on == date(2027, 1, 15)


def test_what_goes_on_after_a_reopening_counts_from_then(world: World) -> None:
    again = {"reopened_on": TODAY, "clock_started_on": TODAY, "due_on": date(2026, 12, 4)}
    case_id = a_case(world, assessment_type=AssessmentType.INITIAL, **again)
    with world.acting("tess") as uow:
        service.migrate(uow, case_id, "Single assessments from November")
    case = world.row(Case, case_id)
    # Forty-five working days from the reopening, not from the referral.
    assert (case.clock_started_on, case.due_on) == (TODAY, date(2027, 1, 27))


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("dina", 403), ("tara", 404)])
def test_others_do_not_change_the_kind(world: World, browse, who: str, status: int) -> None:
    case_id = an_assessing_case(world, assessment_type=AssessmentType.INITIAL)
    browse(who).post(f"/cases/{case_id}/assessment/migrate", status, reason="x")


def test_what_waits_or_is_authorised_does_not_change_its_kind(world: World, browse) -> None:
    waiting = a_submitted_case(world, assessment_type=AssessmentType.INITIAL)
    done = an_authorised_case(world, assessment_type=AssessmentType.INITIAL)
    tess = browse("tess")
    answer = tess.post(f"/cases/{waiting}/assessment/migrate", 409, reason="x")
    assert "Authorise or return" in readable(answer.text)
    answer = tess.post(f"/cases/{done}/assessment/migrate", 409, reason="x")
    assert "not authorised yet" in readable(answer.text)
    assert "not authorised yet" in readable(tess.get(f"/cases/{done}/assessment/migrate", 409))


def test_an_early_help_assessment_after_a_full_one_is_found(world: World, browse) -> None:
    case_id = a_closed_case(world)
    with world.acting("tess") as uow:
        reopening.reopen(uow, case_id, ReopenReason.RE_REFERRAL)
    browse("tess").post(f"/cases/{case_id}/allocate", practitioner_id=world.practitioner("priya"))
    priya = browse("priya")
    priya.post(f"/cases/{case_id}/assessment/start", started_on="20/11/2026", for_early_help="yes")
    [found] = world.rows(Finding, case_id=case_id, kind="early_help_again")
    assert "a full one was authorised on 20 Nov 2026" in found.words
    page = readable(browse("tess").get(f"/cases/{case_id}"))
    assert "An assessment for early help." in page
    assert "Earlier assessments" in page


def test_what_came_before_a_reopening_is_on_no_day_of_the_new_clock(world: World, browse) -> None:
    case_id = a_closed_case(world)
    tess = browse("tess")
    assert "North 1 14 – 22 22 – – 0" in readable(tess.get("/authorisation"))
    world.clock.move(days=7)
    with world.acting("tess") as uow:
        reopening.reopen(uow, case_id, ReopenReason.RE_REFERRAL)
    tess = browse("tess")
    page = readable(tess.get(f"/cases/{case_id}"))
    assert "Started 10 Nov 2026 Priya Nair –" in page
    assert "Authorised 20 Nov 2026 Tess Oyelaran –" in page
    assert "North 1 – – – – – – 0" in readable(tess.get("/authorisation"))


def test_ages_stand_in_the_sectors_bands_and_lead_to_their_cases(world: World, browse) -> None:
    a_case(world, referred_on=TODAY)
    old = a_case(world, referred_on=date(2026, 8, 1))
    an_assessing_case(world, referred_on=date(2026, 10, 21))
    an_authorised_case(world)
    tess = browse("tess")
    page = tess.get("/ageing")
    told = readable(page)
    assert "Same day 1" in told
    assert "21–30 1" in told
    assert "61 or more 1" in told
    assert "All 3" in told
    listed = tess.get(f"/cases?lot={world.lot()}&clock_to=2026-08-26")
    assert f"/cases/{old}" in listed
    assert "1 case" in readable(listed)
    assert "clock_to=2026-08-26" in page.replace("&amp;", "&")
    assert "is not a known day" in readable(tess.get("/cases?clock_from=31/02/2027"))
