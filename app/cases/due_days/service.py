"""Changes a contract's calendar and clocks, and the due day of every clock that runs."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlmodel import col, func, or_, select

from app.cases.assessments.models import Assessment
from app.cases.due_days import queries
from app.cases.due_days.models import ClockTerms
from app.cases.due_days.rules import (
    CalendarWish,
    Clocks,
    check_clocks,
    check_wish,
    moved,
    shown,
    started_on,
)
from app.cases.register.models import Case
from app.cases.scope import service as scope
from app.cases.scope.service import Place, Shift
from app.contract import queries as contract
from app.contract import service as contracts
from app.contract.rules import CalendarAct
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType, Clock, StartEvent
from app.kernel.errors import Invalid, Refused
from app.people.points.queries import who_agrees
from app.work.uow import UnitOfWork


def change_calendar(uow: UnitOfWork, contract_id: int, wish: CalendarWish) -> int:
    """Change what counts as a working day; returns how many open cases are due on another day.

    It holds from today for every clock that runs, in lots that the actor does not see too.
    CalendarEnds where a clock would run past the bank holidays that are known.
    """
    with uow.command(Act.CONTRACT_EDIT):
        check_wish(wish)
        if wish.act is CalendarAct.COUNTING and wish.counting is not None:
            contracts.set_counting(uow, contract_id, wish.counting)
        elif wish.day is not None:
            step = {
                CalendarAct.DAY_ADDED: contracts.add_extra_day,
                CalendarAct.DAY_REMOVED: contracts.remove_extra_day,
            }[wish.act]
            step(uow, contract_id, wish.day)
        changed = _count_again(uow, contract_id)
        contracts.note_calendar(
            uow,
            contract_id,
            wish.act,
            counting=wish.counting,
            day=wish.day,
            reason=wish.reason,
            cases=changed,
        )
    return changed


def draft(uow: UnitOfWork, contract_id: int, clocks: Clocks, reason: str, *, version: int) -> None:
    """Write the next version of a contract's clocks, or change the one being drafted.

    `version` is that of the draft the form began from, 0 where there was none. Raises Invalid for
    clocks that cannot be meant, and for a draft that says what is in force.
    """
    with uow.command(Act.CLOCK_TERMS_DRAFT):
        in_force = queries.clocks_of(uow, contract_id)
        check_clocks(clocks, queries.kinds_of(uow, contract_id))
        if clocks == in_force:
            raise Invalid("single_days", "These are the clocks in force: change something.")
        kept = queries.draft_of(uow, contract_id)
        written: dict[str, Any] = {
            **vars(clocks),
            "reason": reason,
            "drafted_by": uow.actor.user_id,
            "drafted_at": uow.now,
        }
        if kept is None:
            if version:
                raise Refused("The draft that this began from is agreed: draft a new one.")
            number = 1 + len(queries.versions(uow, contract_id))
            uow.add(ClockTerms(contract_id=contract_id, number=number, **written))
            for user_id in who_agrees(uow, contract_id):
                address = f"/contract/{contract_id}/clocks"
                uow.mail(user_id, "Clocks of the contract wait for your agreement", address)
            return
        uow.expect(kept, version, shown(queries.terms_of(kept)))
        for name, value in written.items():
            setattr(kept, name, value)


def agree(uow: UnitOfWork, contract_id: int, *, version: int) -> int:
    """The council agrees the draft as it was read, and every clock that runs is counted again.

    Returns how many open cases are due on another day. CalendarEnds where a clock would run past
    the bank holidays that are known.
    """
    with uow.command(Act.CLOCK_TERMS_AGREE):
        before = queries.clocks_of(uow, contract_id)
        kept = queries.draft_of(uow, contract_id)
        if kept is None:
            raise Refused("There is no draft to agree.")
        after = queries.terms_of(kept)
        uow.expect(kept, version, shown(after))
        check_clocks(after, queries.kinds_of(uow, contract_id))
        contracts.set_clocks(
            uow,
            contract_id,
            after.rules,
            conference_within_days=after.conference_days,
            seen_within_days=after.seen_days,
            decide_within_days=after.decide_days,
            chase_most=after.chase_most,
        )
        kept.agreed_by, kept.agreed_at = uow.actor.user_id, uow.now
        uow.session.flush()
        changed = _count_again(uow, contract_id, moved(before, after))
        uow.get(ClockTerms, kept.id).cases = changed
    return changed


def _count_again(
    uow: UnitOfWork, contract_id: int, moved: Collection[AssessmentType] = frozenset()
) -> int:
    """Give every case whose clock runs the due day by rules and calendar as they are now.

    The clocks of the `moved` kinds start anew, with the event that their rule names now.
    """
    due_days = _DueDays(uow, contract_id)
    amended, shifts = [], []
    with uow.beyond_scope():
        for row in uow.session.execute(_running(contract_id, moved)):
            was = {"clock_started_on": row.clock_started_on, "due_on": row.due_on}
            began = row.clock_started_on
            if row.assessment_type in moved:
                began = due_days.began(row)
            due = due_days.of(row.assessment_type, began) if began else None
            now = {"clock_started_on": began, "due_on": due}
            if now != was:
                amended.append(({"id": row.id, "lot_id": row.lot_id} | was, _only_new(was, now)))
                before = Place(row.lot_id, row.state, row.due_on, row.planned)
                shifts.append(Shift(row.id, before, before._replace(due_on=due)))
        if amended:
            uow.amend(Case, amended)
            scope.post(uow, shifts)
    return len(amended)


def _only_new(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in now.items() if value != was[name]}


def _running(contract_id: int, moved: Collection[AssessmentType]) -> Any:
    """The open cases whose clock runs, or may start anew, with what may start it."""
    begun = (
        select(func.max(col(Assessment.started_on)))
        .where(col(Assessment.case_id) == col(Case.id), col(Assessment.authorised_on).is_(None))
        .correlate(Case)
        .scalar_subquery()
        .label("begun_on")
    )
    columns: tuple[Any, ...] = (
        Case.id,
        Case.lot_id,
        Case.state,
        Case.assessment_type,
        Case.clock_started_on,
        Case.due_on,
        Case.planned,
        Case.referred_on,
        Case.received_on,
        Case.allocated_on,
        Case.reopened_on,
        begun,
    )
    return (
        select(*columns)
        .where(
            Case.contract_id == contract_id,
            col(Case.ended_on).is_(None),
            col(Case.authorised_on).is_(None),
            or_(col(Case.clock_started_on).is_not(None), col(Case.assessment_type).in_(moved)),
        )
        .order_by(col(Case.id))
    )


class _DueDays:
    """The due days of one contract; each start is worked out once, since cases share their days."""

    def __init__(self, uow: UnitOfWork, contract_id: int) -> None:
        self._calendar = contract.calendar(uow, contract_id)
        kinds = queries.kinds_of(uow, contract_id)
        self._rules = {kind: contract.rule_for(uow, contract_id, kind) for kind in kinds}
        self._known: dict[tuple[AssessmentType, date], date] = {}

    def began(self, row: Any) -> date | None:
        """When the clock of a case began, by the event that its rule names."""
        happened = {
            StartEvent.REFERRAL: max(row.referred_on, self._calendar.known_from),
            StartEvent.RECEIVED: row.received_on,
            StartEvent.ALLOCATION: row.allocated_on,
            StartEvent.ASSESSMENT_START: row.begun_on,
        }
        return started_on(self._rules[row.assessment_type].start_event, happened, row.reopened_on)

    def of(self, kind: AssessmentType, began: date) -> date:
        if (kind, began) not in self._known:
            self._known[kind, began] = Clock(self._rules[kind], began, self._calendar).due_on
        return self._known[kind, began]
