"""What held the demo's cases up: delays, escalations, drift and the meetings about them."""

from datetime import timedelta

from sqlmodel import col, select

from app.assurance.performance_meetings.models import PerformanceItem, PerformanceMeeting
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import What
from app.cases.delays import queries as delays
from app.cases.delays.queries import DelayFilter, Show
from app.cases.delays.rules import lost_by_week, weeks_back
from app.cases.drift import queries as drift
from app.cases.escalation import queries as escalation
from app.cases.ladder.rules import Rung
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.work.database import Database
from tests.seed.conftest import TODAY
from tests.seed.test_scope_and_waiting import everything


def test_cases_are_held_up_escalated_and_drift(filled: Database) -> None:
    with filled.work(everything(filled)) as uow:
        totals = {show: delays.list_delays(uow, DelayFilter(show)).total for show in Show}
        lost = delays.list_lost(uow, TODAY - timedelta(weeks=12))
        steps = {rung: escalation.list_escalated(uow, rung).total for rung in Rung}
        looks = drift.list_looks(uow)
        open_cases = len(
            uow.session.exec(select(Case.id).where(col(Case.ended_on).is_(None))).all()
        )
    assert 0 < totals[Show.ASKED] < totals[Show.OPEN]
    assert 0 < totals[Show.LATE] < totals[Show.OPEN] < open_cases / 2
    weeks = lost_by_week(lost, weeks_back(TODAY, 12), TODAY)
    assert len(weeks) > 5
    assert all(any(week[place] for week in weeks.values()) for place in range(12))
    assert all(steps.values())
    # A list that people read: some in every lot, and few of all.
    assert all(look.listed <= look.found for look in looks)
    assert sum(look.listed > 0 for look in looks) >= 3
    assert sum(look.found for look in looks) < 0.15 * open_cases


def test_meetings_decided_and_their_actions_stand(filled: Database) -> None:
    with filled.work(everything(filled)) as uow:
        meetings = uow.session.exec(select(PerformanceMeeting)).all()
        items = uow.session.exec(select(PerformanceItem)).all()
    assert len({meeting.lot_id for meeting in meetings}) == 4
    assert all(meeting.held_on < TODAY and meeting.closed_at for meeting in meetings)
    assert {item.action_id is None for item in items} == {True, False}
    with filled.work(everything(filled)) as uow:
        asked = uow.session.exec(
            select(Case.state, CaseAction.what)
            .join(PerformanceItem, col(PerformanceItem.case_id) == col(Case.id))
            .join(CaseAction, col(CaseAction.id) == col(PerformanceItem.action_id))
        ).all()
    assessed = {CaseState.AUTHORISED, CaseState.PROPOSED, CaseState.AGREED}
    assert assessed & {state for state, _ in asked}
    assert not [one for one in asked if one[0] in assessed and one[1] is What.FINISH_ASSESSMENT]
