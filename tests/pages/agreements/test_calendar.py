"""The calendar of handovers: intakes, booked weeks, locks, and weeks worked out for a lot."""

from datetime import timedelta

import pytest

from app.agreements.calendar.models import Smoothing, SmoothingMove
from app.agreements.handovers.models import Handover
from app.agreements.intakes.models import IntakeWeek
from app.cases.register.models import Case
from app.cases.register.rules import Priority
from app.contract.models import ReceivingTeam
from app.plans.rules import Outcome
from tests.browse import readable
from tests.makers_agreements import a_handover_to_accept, a_proposal, an_agreed_case
from tests.questions import questions
from tests.world import TODAY, MovingClock, World

WEEK = timedelta(weeks=1)


def usual(world: World, intake: int) -> None:
    with world.setting_up() as uow:
        uow.get(ReceivingTeam, world.team()).weekly_intake = intake


def weeks_of(world: World) -> dict[int, int | None]:
    """How many weeks from now each case's handover is booked for."""
    return {
        one.case_id: (one.week_ending - TODAY) // WEEK if one.week_ending else None
        for one in world.rows(Handover)
    }


def test_the_calendar_counts_what_is_accepted_booked_proposed_and_over(
    world: World, browse
) -> None:
    usual(world, 1)
    done, first, second = a_handover_to_accept(world), an_agreed_case(world), an_agreed_case(world)
    a_proposal(world)
    dina = browse("dina")
    dina.post(f"/cases/{done}/handover/accept", receiving_worker="Jo Lane")
    for case_id in (first, second):
        assert "0 of 1" in dina.get(f"/cases/{case_id}/handover/week")
        dina.post(f"/cases/{case_id}/handover/week", week="26/11/2026")
    page = readable(dina.get("/handovers/calendar"))
    assert "North locality North 0 1 of 1 2 of 1 1 over 0 of 1 0 of 1 1 proposed" in page
    assert "Mid locality" not in page
    assert "was ignored" in readable(browse("hana").get("/handovers/calendar?from=soon"))
    assert "1 of 1" not in readable(browse("tess").get("/handovers/calendar?from=2027-01-01"))
    for who in ("priya", "carl"):
        browse(who).get("/handovers/calendar", 403)
    browse("omar").get(f"/handovers/calendar/teams/{world.team()}", 404)


def test_a_team_publishes_what_it_takes_week_by_week(world: World, browse) -> None:
    dina, address = browse("dina"), f"/handovers/calendar/teams/{world.team()}"
    sent = {"first": "23/11/2026", "last": "04/12/2026", "intake": "0", "note": "Half-term"}
    assert (
        'href="#last"' in dina.post(f"{address}/intake", 422, **sent | {"last": "1/11/2026"}).text
    )
    page = readable(dina.follow(f"{address}/intake", **sent))
    assert "27 Nov 2026 0 0 0 0 0" in page
    assert "Half-term" in page
    assert [(one.week_ending - TODAY) // WEEK for one in world.rows(IntakeWeek)] == [1, 2]
    dina.post(f"{address}/intake", **sent | {"intake": "3"})
    assert {one.intake for one in world.rows(IntakeWeek)} == {3}
    for who, status in (("tess", 403), ("paula", 403), ("omar", 404)):
        browse(who).post(f"{address}/intake", status, **sent)


def test_what_is_booked_in_a_locked_week_stays_and_nothing_else_comes_in(
    world: World, browse
) -> None:
    inside, outside, urgent = (an_agreed_case(world) for _ in range(3))
    dina, address = browse("dina"), f"/handovers/calendar/teams/{world.team()}"
    dina.post(f"/cases/{inside}/handover/week", week=TODAY)
    assert "Locked" not in dina.get("/handovers/calendar")
    dina.post(f"{address}/lock", week=TODAY, locked="yes")
    dina.post(f"{address}/lock", 409, week=TODAY, locked="yes")
    dina.post(f"{address}/lock", 409, week=TODAY - WEEK, locked="yes")
    assert "Locked" in dina.get("/handovers/calendar")
    dina.post(f"/cases/{inside}/handover/week", 409, week=TODAY + WEEK)
    dina.post(f"/cases/{inside}/handover/week", week=TODAY)
    dina.post(f"/cases/{outside}/handover/week", 409, week=TODAY)
    sent = {"first": TODAY, "last": TODAY, "intake": "2"}
    dina.post(f"{address}/intake", 409, **sent)
    with world.setting_up() as uow:
        uow.get(Case, urgent).priority = Priority.URGENT
    dina.post(f"/cases/{urgent}/handover/week", week=TODAY)
    assert "never later" in dina.post(f"/cases/{urgent}/handover/week", 422, week=TODAY + WEEK).text
    assert weeks_of(world) == {inside: 0, outside: None, urgent: 0}
    dina.post(f"{address}/lock", week=TODAY)
    dina.post(f"/cases/{inside}/handover/week", week=TODAY + WEEK)
    browse("tess").post(f"{address}/lock", 403, week=TODAY, locked="yes")


@pytest.mark.parametrize("week", ["13/11/2026", "01/01/2029", "soon", ""])
def test_a_week_that_cannot_be_is_shown_again(world: World, browse, week: str) -> None:
    case_id = an_agreed_case(world)
    page = browse("tess").post(f"/cases/{case_id}/handover/week", 422, week=week).text
    assert 'href="#week"' in page
    assert weeks_of(world) == {case_id: None}
    browse("priya").post(f"/cases/{case_id}/handover/week", 403, week=TODAY)
    browse("omar").post(f"/cases/{case_id}/handover/week", 404, week=TODAY)


def test_weeks_are_worked_out_within_the_intake_and_booked_once_accepted(
    world: World, browse
) -> None:
    usual(world, 1)
    cases = [an_agreed_case(world) for _ in range(3)]
    with world.setting_up() as uow:
        uow.get(Case, cases[2]).priority = Priority.URGENT
    tess, dina = browse("tess"), browse("dina")
    answer = tess.post("/handovers/smoothing", lot_id=world.lot())
    address = answer.headers["location"]
    page = readable(tess.get(address))
    assert "No other choice of weeks has fewer children over an intake" in page
    assert "North locality 3 3 1 1 Within its intake" in page
    assert weeks_of(world) == dict.fromkeys(cases)
    tess.post(f"{address}/accept", 403)
    assert "Booked" in dina.follow(f"{address}/accept")
    dina.post(f"{address}/accept", 409)
    assert weeks_of(world) == {cases[0]: 1, cases[1]: 2, cases[2]: 0}
    moves = {one.case_id: one.result.value for one in world.rows(SmoothingMove)}
    assert moves == dict.fromkeys(cases, "booked")
    assert world.rows(Smoothing)[0].accepted_by == world.user("dina")
    # Worked out again, what is booked in the next two weeks stays and nothing changes.
    again = dina.post("/handovers/smoothing", lot_id=world.lot()).headers["location"]
    assert "as it was: 3" in readable(dina.follow(f"{again}/accept"))
    browse("omar").get(address, 404)


def test_weeks_that_cannot_hold_what_must_come_are_named_with_the_number(
    world: World, browse
) -> None:
    usual(world, 0)
    an_agreed_case(world)
    address = browse("dina").post("/handovers/smoothing", lot_id=world.lot()).headers["location"]
    page = readable(browse("dina").get(address))
    assert "1 over week ending 20 Nov 2026" in page
    assert (
        "From the week ending 20 Nov 2026 to that ending 11 Dec 2026 1 must come to be in time,"
        " and 0 can: 1 too many." in page
    )


def test_what_changed_since_the_weeks_were_worked_out_is_left_alone_and_told(
    world: World, browse, clock: MovingClock
) -> None:
    usual(world, 1)
    moved, gone, locked = (
        an_agreed_case(world),
        an_agreed_case(world, Outcome.CIN_PLAN),
        an_agreed_case(world),
    )
    dina = browse("dina")
    address = dina.post("/handovers/smoothing", lot_id=world.lot()).headers["location"]
    dina.post(f"/cases/{moved}/handover/week", week=TODAY + WEEK * 5)
    with world.setting_up() as uow:
        for one in uow.rows_about(Handover, gone):
            one.rejected_at, one.waits = uow.now, False
    week = TODAY + WEEK * 2
    sent = {"week": week, "locked": "yes"}
    dina.post(f"/handovers/calendar/teams/{world.team()}/lock", **sent)
    page = readable(dina.follow(f"{address}/accept"))
    assert "no longer waits: 1" in page
    assert "booked otherwise meanwhile: 1" in page
    assert "the week was locked meanwhile: 1" in page
    assert weeks_of(world) == {moved: 5, gone: None, locked: None}
    late = dina.post("/handovers/smoothing", lot_id=world.lot()).headers["location"]
    clock.move(days=7)
    assert "Out of date" in browse("dina").get(late)
    browse("dina").post(f"{late}/accept", 409)


def test_a_lot_without_handovers_has_no_weeks_to_work_out(world: World, browse) -> None:
    dina = browse("dina")
    dina.post("/handovers/smoothing", 409, lot_id=world.lot())
    dina.post("/handovers/smoothing", 404, lot_id=world.lot("South"))
    assert 'href="#lot_id"' in dina.post("/handovers/smoothing", 422).text
    browse("paula").post("/handovers/smoothing", 403, lot_id=world.lot())


def test_the_calendar_and_a_team_ask_as_much_for_many_handovers_as_for_one(
    world: World, browse
) -> None:
    dina, address = browse("dina"), f"/handovers/calendar/teams/{world.team()}"
    numbers = []
    for _ in range(2):
        an_agreed_case(world)
        asked_of_each = []
        for page in ("/handovers/calendar", address, "/handovers/checks", "/handovers"):
            with questions(world) as asked:
                dina.get(page)
            asked_of_each.append(len(asked))
        numbers.append(asked_of_each)
    assert numbers[0] == numbers[1]
    assert max(numbers[0]) <= 14, numbers
