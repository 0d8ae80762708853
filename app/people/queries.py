"""Reads of workers for other rooms: who may hold a case in a lot, and how much they can carry."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, or_
from sqlmodel import col, select

from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.contract.queries import CalendarTerms
from app.db.among import one_of
from app.kernel.calendar import Counting, WorkingCalendar
from app.kernel.days import show_date
from app.people.capacity.models import Reduction
from app.people.capacity.queries import TAKEN
from app.people.capacity.rules import Hours, Reduced, available_points, away_on, new_cases_a_week
from app.people.checks.models import Checks
from app.people.checks.queries import induction_to_do
from app.people.checks.rules import Check, Known, checks_of, reds
from app.people.models import Practitioner, PractitionerLot
from app.people.points.queries import points_table
from app.people.points.rules import PointsTable
from app.people.rules import HOLDING, Employment, Post, exclusion
from app.work.uow import UnitOfWork

# Of so many lots, who may hold a case is worked out once for the same rows.
LOTS_KEPT = 64

__all__ = ["Candidate", "candidates", "list_practitioners", "points_table"]


class Candidate(NamedTuple):
    """A practitioner of a lot on a day; `reasons` say why they may not hold a case.

    `points` is what they can carry now and `new_cases_a_week` what they take at most, by their
    hours; `zone` is the lot they live in, empty for somebody from outside the contract's area.
    """

    practitioner_id: int
    name: str
    post: Post
    case_limit: int
    reasons: tuple[str, ...]
    points: int
    new_cases_a_week: int
    home_lot_id: int | None
    zone: str
    ends_on: date | None
    asye: bool

    @property
    def excluded(self) -> str | None:
        """The first reason against holding a case, or None."""
        return self.reasons[0] if self.reasons else None

    @property
    def may_hold(self) -> bool:
        return not self.reasons

    @property
    def barred_from_enquiries(self) -> str | None:
        """Why they may not hold a case while a section 47 enquiry runs on it, or None."""
        return self.excluded or ("In their ASYE." if self.asye else None)


def candidates(uow: UnitOfWork, lot_id: int | None, on: date) -> Sequence[Candidate]:
    """The practitioners of a lot, or of all the actor's lots, on a day, by name.

    Team managers are none. Three queries for one contract, however many practitioners it has.
    """
    rows = _rows(uow, lot_id, on)
    if not rows:
        return ()
    to_do = induction_to_do(uow, list(dict.fromkeys(row[0] for row in rows)))
    steps = tuple((worker_id, tuple(names)) for worker_id, names in to_do.items())
    contracts = {CalendarTerms._make(row[_CALENDAR]) for row in rows}
    return _judged(rows, steps, tuple(_measures(uow, terms) for terms in contracts), on)


class _Measures(NamedTuple):
    """What the hours of a contract's practitioners are measured by."""

    contract_id: int
    calendar: WorkingCalendar
    table: PointsTable


def _measures(uow: UnitOfWork, terms: CalendarTerms) -> _Measures:
    of_contract = terms.contract_id
    return _Measures(of_contract, contract.calendar_of(uow, terms), points_table(uow, of_contract))


@lru_cache(maxsize=LOTS_KEPT)
def _judged(
    rows: tuple[tuple[Any, ...], ...],
    to_do: tuple[tuple[int, tuple[str, ...]], ...],
    measures: tuple[_Measures, ...],
    on: date,
) -> tuple[Candidate, ...]:
    """What the rows of `_WORKERS` come to: worked out once, as workers' terms seldom change."""
    steps, by_contract = dict(to_do), {one.contract_id: one for one in measures}
    return tuple(
        _candidate(worker, steps.get(worker.id, ()), by_contract[worker.contract_id], on)
        for worker in _workers(rows)
    )


def _candidate(worker: "_Worker", to_do: tuple[str, ...], by: _Measures, on: date) -> Candidate:
    hours, reduced = worker.hours, worker.reduced
    checks = checks_of(worker.known, to_do, on)
    return Candidate(
        worker.id,
        worker.name,
        worker.post,
        worker.case_limit,
        reasons_against(worker.employment, checks, reduced, on),
        available_points(hours, reduced, on, by.calendar, by.table),
        new_cases_a_week(hours, by.table),
        worker.home_lot_id,
        worker.zone or "",
        hours.ends_on,
        hours.asye,
    )


class _Worker(NamedTuple):
    """A practitioner with their terms, what is recorded of their checks and their time off."""

    id: int
    name: str
    post: Post
    contract_id: int
    counting: Counting
    has_extra_days: bool
    case_limit: int
    home_lot_id: int | None
    zone: str | None
    qualified: bool
    hours: Hours
    known: Known
    reduced: list[Reduced]

    @property
    def employment(self) -> Employment:
        return Employment(
            self.qualified,
            self.known.registration_expires_on,
            self.hours.starts_on,
            self.hours.ends_on,
        )


_TERMS: tuple[Any, ...] = (
    Practitioner.id,
    Practitioner.name,
    Practitioner.post,
    *contract.CALENDAR,
    Practitioner.case_limit,
    Practitioner.home_lot_id,
    Lot.name,
    Practitioner.qualified,
)
_CALENDAR = slice(3, 3 + len(contract.CALENDAR))
_HOURS: tuple[Any, ...] = tuple(getattr(Practitioner, one.name) for one in fields(Hours))
_CHECKS: tuple[Any, ...] = (
    Checks.id,
    *(
        getattr(Practitioner if name == "registration_expires_on" else Checks, name)
        for name in Known._fields
    ),
)
_PRESENT = select(PractitionerLot.practitioner_id).where(
    or_(
        col(PractitionerLot.starts_on).is_(None), col(PractitionerLot.starts_on) <= bindparam("on")
    ),
    or_(col(PractitionerLot.ends_on).is_(None), col(PractitionerLot.ends_on) >= bindparam("on")),
)
_WORKERS = (
    select(*_TERMS, *_HOURS, *_CHECKS, *TAKEN)
    .outerjoin(Checks, col(Checks.practitioner_id) == col(Practitioner.id))
    .join(Contract, col(Contract.id) == col(Practitioner.contract_id))
    .outerjoin(Lot, col(Lot.id) == col(Practitioner.home_lot_id))
    .outerjoin(
        Reduction,
        and_(
            col(Reduction.practitioner_id) == col(Practitioner.id),
            col(Reduction.ends_on) >= bindparam("on"),
        ),
    )
    .where(one_of(col(Practitioner.post), HOLDING))
    .order_by(
        col(Practitioner.name), col(Practitioner.id), col(Reduction.starts_on), col(Reduction.id)
    )
)
_IN_ANY_LOT = _WORKERS.where(col(Practitioner.id).in_(_PRESENT))
_IN_LOT = _WORKERS.where(
    col(Practitioner.id).in_(_PRESENT.where(PractitionerLot.lot_id == bindparam("lot_id")))
)


def _rows(uow: UnitOfWork, lot_id: int | None, on: date) -> tuple[tuple[Any, ...], ...]:
    """The practitioners who work in a lot on a day, as far as their time there has dates."""
    if lot_id is None:
        return tuple(map(tuple, uow.rows(_IN_ANY_LOT, on=on).all()))
    return tuple(map(tuple, uow.rows(_IN_LOT, on=on, lot_id=lot_id).all()))


def _workers(rows: Iterable[tuple[Any, ...]]) -> Iterable[_Worker]:
    """Each practitioner once, with all the time that is taken from their hours."""
    workers: dict[int, _Worker] = {}
    for row in rows:
        terms, taken = row[: -len(TAKEN)], row[-len(TAKEN) :]
        if row[0] not in workers:
            workers[row[0]] = _worker(terms)
        if taken[0]:
            workers[row[0]].reduced.append(Reduced(*taken))
    return workers.values()


def _worker(row: Any) -> _Worker:
    terms, hours = len(_TERMS), len(_TERMS) + len(_HOURS)
    row_id, *known = row[hours:]
    checks = Known(*known) if row_id else Known(registration_expires_on=known[1])
    return _Worker._make((*row[:terms], Hours(*row[terms:hours]), checks, []))


_BY_NAME = (
    select(Practitioner.id, Practitioner.name)
    .join(PractitionerLot, col(PractitionerLot.practitioner_id) == col(Practitioner.id))
    .where(one_of(col(Practitioner.post), HOLDING))
    .distinct()
    .order_by(col(Practitioner.name), col(Practitioner.id))
)


def list_practitioners(uow: UnitOfWork) -> list[tuple[int, str]]:
    """The practitioners of the actor's lots, by name; team managers hold no cases."""
    return [(practitioner_id or 0, name) for practitioner_id, name in uow.rows(_BY_NAME).all()]


def reasons_against(
    employment: Employment, checks: Sequence[Check], reduced: Sequence[Reduced], on: date
) -> tuple[str, ...]:
    """Everything that keeps a worker from holding a case on a day, in words, the first first."""
    first = exclusion(employment, on)
    absence = away_on(reduced, on)
    away = f"Away until {show_date(absence.ends_on)}." if absence else None
    # An expired registration is a reason of employment and a red check in the same words.
    return tuple(dict.fromkeys(one for one in (first, *reds(checks), away) if one))
