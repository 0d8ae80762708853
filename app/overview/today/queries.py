"""Reads a practitioner's open cases as one list of tasks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists
from sqlmodel import col, select

from app.cases.holds.queries import running_by_case
from app.cases.register.models import Case, first_due
from app.contract import queries as contract
from app.contract.models import Contract
from app.overview.today import rules
from app.overview.today.rules import Task, Turn
from app.safeguarding.enquiries.models import Enquiry
from app.work.uow import UnitOfWork

MOST = 60
SOON = 5
VISITS_SOON = 2


@dataclass(frozen=True)
class Day:
    """What a practitioner's day holds; `whole` says whether every case is in it."""

    visits: tuple[Task, ...]
    tasks: dict[Turn, list[Task]]
    number: int
    whole: bool


_COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.contract_id,
    Case.reference,
    Case.state,
    Case.open_flags,
    Case.due_on,
    Case.seen_on,
    Case.allocated_on,
    Case.received_on,
    Case.practitioner_id,
    Contract.seen_within_days,
    exists().where(
        col(Enquiry.case_id) == col(Case.id),
        col(Enquiry.ended_on).is_(None),
        col(Enquiry.outcome).is_(None),
    ),
)
_MINE = (
    select(*_COLUMNS)
    .select_from(Case)
    .join(Contract, col(Contract.id) == Case.contract_id)
    .where(col(Case.id).in_(first_due(MOST + 1)))
    .order_by(col(Case.due_on), col(Case.id))
    .limit(MOST + 1)
)


def day_of(uow: UnitOfWork) -> Day:
    """The practitioner's cases by whose turn it is, first due first, and the visits due.

    A child is to be seen again within as many working days as must have passed at most before a
    handover or closure; one never seen, as many after it was allocated.
    """
    own = {"worker": uow.actor.practitioner_id, "lots": sorted(uow.actor.lot_ids)}
    rows = uow.rows(_MINE, **own).all()
    shown = rows[:MOST]
    held = running_by_case(uow, {row.id for row in shown})
    calendars = {one: contract.calendar(uow, one) for one in {row.contract_id for row in shown}}
    tasks = [
        Task(
            row.id,
            row.reference,
            row.state,
            row.open_flags,
            row.due_on,
            row.seen_on,
            calendars[row.contract_id].add(
                row.seen_on or row.allocated_on or row.received_on, row.seen_within_days
            ),
            row.practitioner_id == uow.actor.practitioner_id,
            held.get(row.id),
            in_enquiry=row[-1] and row.practitioner_id == uow.actor.practitioner_id,
        )
        for row in shown
    ]
    if not tasks:
        return Day((), {}, 0, whole=True)
    calendar = next(iter(calendars.values()))
    return Day(
        tuple(rules.visits_due(tasks, _ahead(calendar, uow.today, VISITS_SOON))),
        rules.sorted_out(tasks, uow.today, _ahead(calendar, uow.today, SOON)),
        len(tasks),
        whole=len(rows) <= MOST,
    )


def _ahead(calendar: Any, today: date, days: int) -> date:
    ahead: date = today
    for _ in range(days):
        ahead = calendar.next_working_day(ahead)
    return ahead
