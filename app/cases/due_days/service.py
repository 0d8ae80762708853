"""Changes a contract's calendar and the due day of every clock that runs under it."""

from datetime import date
from typing import Any

from sqlmodel import col, select

from app.cases.due_days.rules import CalendarWish, check_wish
from app.cases.register.models import Case
from app.cases.scope import service as scope
from app.cases.scope.service import Place, Shift
from app.contract import queries as contract
from app.contract import service as contracts
from app.contract.rules import CalendarAct
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType, Clock
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


def _count_again(uow: UnitOfWork, contract_id: int) -> int:
    """Give every case whose clock runs the due day by the calendar as it is now."""
    due_days = _DueDays(uow, contract_id)
    columns: tuple[Any, ...] = (
        Case.id,
        Case.lot_id,
        Case.state,
        Case.assessment_type,
        Case.clock_started_on,
        Case.due_on,
        Case.planned,
    )
    running = (
        select(*columns)
        .where(
            Case.contract_id == contract_id,
            col(Case.ended_on).is_(None),
            col(Case.authorised_on).is_(None),
            col(Case.clock_started_on).is_not(None),
        )
        .order_by(col(Case.id))
    )
    amended, shifts = [], []
    with uow.beyond_scope():
        for row in uow.session.execute(running):
            case_id, lot_id, state, kind, started_on, due_on, planned = row
            due = due_days.of(kind, started_on)
            if due != due_on:
                amended.append(
                    ({"id": case_id, "lot_id": lot_id, "due_on": due_on}, {"due_on": due})
                )
                before = Place(lot_id, state, due_on, planned)
                shifts.append(Shift(case_id, before, before._replace(due_on=due)))
        if amended:
            uow.amend(Case, amended)
            scope.post(uow, shifts)
    return len(amended)


class _DueDays:
    """The due days of one contract; each start is worked out once, since cases share their days."""

    def __init__(self, uow: UnitOfWork, contract_id: int) -> None:
        self._uow = uow
        self._contract_id = contract_id
        self._calendar = contract.calendar(uow, contract_id)
        self._known: dict[tuple[AssessmentType, date], date] = {}

    def of(self, kind: AssessmentType, started_on: date) -> date:
        if (kind, started_on) not in self._known:
            rule = contract.rule_for(self._uow, self._contract_id, kind)
            self._known[kind, started_on] = Clock(rule, started_on, self._calendar).due_on
        return self._known[kind, started_on]
