"""Reads of the roster: a lot's weeks ahead, and one worker with everything about their work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.contract import queries as contract
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import week_ending
from app.people.capacity.queries import hours_of, list_reductions, reductions_from
from app.people.capacity.rules import (
    Reduced,
    available_points,
    away_on,
    minutes_in_week,
    normal_points,
    points_in_week,
    ramp_week,
)
from app.people.checks.queries import checks_by_worker
from app.people.checks.rules import Check
from app.people.models import Practitioner, PractitionerLot
from app.people.points.queries import points_table
from app.people.points.rules import PointsTable
from app.people.queries import reasons_against
from app.people.roster.rules import Cell, Terms, Week, add_up
from app.people.rules import Employment, Post
from app.people.workers import find_worker, list_workers, lots_by_worker
from app.work.uow import UnitOfWork

WEEKS = 12


@dataclass(frozen=True)
class RosterRow:
    """One worker's weeks."""

    worker_id: int
    name: str
    post: Post
    lots: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Roster:
    """The weeks ahead of one lot, or of all the actor's lots of one contract."""

    fridays: tuple[date, ...]
    practitioners: tuple[RosterRow, ...]
    managers: tuple[RosterRow, ...]
    sums: tuple[Week, ...]
    full_time_minutes: int


@dataclass(frozen=True)
class Carries:
    """How a worker's points come about."""

    normal: int
    available: int
    ramp_week: int
    table: PointsTable


@dataclass(frozen=True)
class Person:
    """A worker with everything about their work; `reasons` are those against holding cases."""

    worker: Practitioner
    terms: Terms
    places: tuple[tuple[PractitionerLot, str], ...]
    home: str
    checks: tuple[Check, ...]
    reasons: tuple[str, ...]
    reductions: tuple[Reduced, ...]
    carries: Carries


@dataclass(frozen=True)
class _Scale:
    """What the weeks of one contract are measured with."""

    calendar: WorkingCalendar
    table: PointsTable
    fridays: tuple[date, ...]


def roster(uow: UnitOfWork, contract_id: int, lot_id: int | None, on: date) -> Roster:
    """The weeks from `on`; a worker counts in each lot they work in, and once over all lots."""
    fridays = tuple(week_ending(on) + timedelta(weeks=week) for week in range(WEEKS))
    table = points_table(uow, contract_id)
    scale = _Scale(contract.calendar(uow, contract_id), table, fridays)
    workers = [
        worker for worker in list_workers(uow, on, lot_id) if worker.contract_id == contract_id
    ]
    taken = reductions_from(uow, [worker.id or 0 for worker in workers], on - timedelta(days=6))
    places = lots_by_worker(uow)
    rows = [
        _row(worker, taken[worker.id or 0], places[worker.id or 0], lot_id, scale)
        for worker in workers
    ]
    weeks = zip(*([(row.post, cell) for cell in row.cells] for row in rows), strict=True)
    return Roster(
        fridays,
        tuple(row for row in rows if row.post.holds_cases),
        tuple(row for row in rows if not row.post.holds_cases),
        tuple(add_up(week) for week in weeks),
        table.full_time_minutes,
    )


def find_person(uow: UnitOfWork, worker_id: int, on: date) -> Person:
    """Everything about one worker's work; NotFound unless they work in one of the actor's lots."""
    worker = find_worker(uow, worker_id)
    checks = checks_by_worker(uow, [worker], on)[worker_id]
    reductions = [one.reduced for one in list_reductions(uow, worker_id)]
    current = [one for one in reductions if one.ends_on >= on]
    table, hours = points_table(uow, worker.contract_id), hours_of(worker)
    calendar = contract.calendar(uow, worker.contract_id)
    names = {lot.id: lot.name for lot in contract.list_lots(uow)}
    return Person(
        worker,
        terms_of(worker),
        tuple(lots_by_worker(uow)[worker_id]),
        names.get(worker.home_lot_id, ""),
        checks,
        reasons_against(_employment(worker), checks, current, on),
        tuple(current),
        Carries(
            normal_points(hours, table),
            available_points(hours, current, on, calendar, table),
            ramp_week(hours, on, table),
            table,
        ),
    )


def terms_of(worker: Practitioner) -> Terms:
    """A worker's terms, as the rules take them."""
    return Terms(
        worker.name,
        worker.post,
        worker.qualified,
        worker.starts_on,
        worker.ends_on,
        worker.weekly_minutes,
        worker.weekdays,
        worker.asye,
        worker.home_lot_id,
        worker.case_limit,
    )


def _employment(worker: Practitioner) -> Employment:
    return Employment(
        worker.qualified, worker.registration_expires_on, worker.starts_on, worker.ends_on
    )


def _row(
    worker: Practitioner,
    taken: Sequence[Reduced],
    places: Sequence[tuple[PractitionerLot, str]],
    lot_id: int | None,
    scale: _Scale,
) -> RosterRow:
    here = [place for place, _ in places if lot_id in (None, place.lot_id)]
    cells = [
        _cell(worker, taken, friday, scale)
        if any(_works_in(place, friday) for place in here)
        else Cell(in_post=False)
        for friday in scale.fridays
    ]
    lots = ", ".join(name for _, name in places)
    return RosterRow(worker.id or 0, worker.name, worker.post, lots, tuple(cells))


def _cell(worker: Practitioner, taken: Sequence[Reduced], friday: date, scale: _Scale) -> Cell:
    hours = hours_of(worker)
    first, last = friday - timedelta(days=6), friday
    if hours.starts_on > last or (hours.ends_on is not None and hours.ends_on < first):
        return Cell(in_post=False)
    minutes = minutes_in_week(hours, taken, friday, scale.calendar)
    words = []
    if first <= hours.starts_on <= last:
        words.append("starts")
    if hours.ends_on is not None and first <= hours.ends_on <= last:
        words.append("leaves")
    days = [first + timedelta(days=day) for day in range(7)]
    away = next((found for day in days if (found := away_on(taken, day))), None)
    if away is not None:
        words.append(away.reason.value)
    points = points_in_week(hours, minutes, friday, scale.table) if worker.qualified else 0
    return Cell(in_post=True, minutes=minutes, points=points, word=", ".join(words))


def _works_in(place: PractitionerLot, friday: date) -> bool:
    """Whether somebody works in a lot on any day of the week that ends on `friday`."""
    begun = place.starts_on is None or place.starts_on <= friday
    return begun and (place.ends_on is None or place.ends_on >= friday - timedelta(days=6))
