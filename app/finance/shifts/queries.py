"""Reads of the rota's days and of signed weeks, for their pages and for whoever prices them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.contract import queries as contract
from app.contract.models import Lot
from app.finance.rota.queries import names_of_lots, workers_of
from app.finance.rota.rules import planned_minutes
from app.finance.shifts.models import Shift, ShiftDifference, Timesheet
from app.finance.shifts.rules import (
    DayWorked,
    Differing,
    Kind,
    week_of,
    week_worked,
)
from app.kernel.days import week_beginning, week_ending
from app.people.models import Practitioner
from app.people.rules import Post
from app.work.uow import UnitOfWork

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Worked:
    """Signed minutes of one worker's day; a correction is an entry of its own and may be minus."""

    shift_id: int
    practitioner_id: int
    name: str
    band: Post
    day: date
    minutes: int
    accepted: bool


@dataclass(frozen=True)
class DifferenceView:
    """One difference from the rota, with what is to be known of it."""

    difference_id: int
    practitioner_id: int
    name: str
    day: date
    kind: Kind
    minutes: int
    other_lot: str
    note: str
    by: str


@dataclass(frozen=True)
class CorrectionView:
    """One later entry on a signed week."""

    name: str
    day: date
    minutes: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Signed:
    """Who signed a week, and who accepted it where somebody did."""

    timesheet_id: int
    version: int
    signed_by: str
    signed_at: datetime
    accepted_by: str
    accepted_at: datetime | None


@dataclass(frozen=True)
class SheetRow:
    """A worker's week: one cell a day, Saturday first; none where nothing was planned or worked."""

    practitioner_id: int
    name: str
    post: Post
    cells: tuple[DayWorked | None, ...]

    @property
    def minutes(self) -> int:
        return sum(cell.minutes for cell in self.cells if cell)

    @property
    def planned(self) -> int:
        return sum(cell.planned for cell in self.cells if cell)


@dataclass(frozen=True)
class Sheet:
    """One lot's week."""

    lot_id: int
    lot: str
    friday: date
    rows: tuple[SheetRow, ...]
    differences: tuple[DifferenceView, ...]
    corrections: tuple[CorrectionView, ...]
    signed: Signed | None

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)

    @property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)


@dataclass(frozen=True)
class Waiting:
    """Lots whose last week nobody signed yet, and signed weeks that the council is to accept."""

    to_sign: int
    to_accept: int


@dataclass(frozen=True)
class WeekState:
    """How far a lot's week has come; `minutes` are those signed."""

    friday: date
    signed_at: datetime | None
    accepted_at: datetime | None
    minutes: int


_WORKED = (
    select(
        col(Shift.id),
        col(Shift.practitioner_id),
        col(Practitioner.name),
        col(Shift.band),
        col(Shift.day),
        col(Shift.minutes),
        col(Timesheet.accepted_at).is_not(None),
    )
    .join(Practitioner, col(Practitioner.id) == col(Shift.practitioner_id))
    .join(Timesheet, col(Timesheet.id) == col(Shift.timesheet_id))
    .where(
        col(Shift.lot_id) == bindparam("lot_id"),
        col(Shift.day).between(bindparam("first"), bindparam("last")),
        col(Shift.minutes) != 0,
    )
    .order_by(col(Shift.day), col(Practitioner.name), col(Shift.id))
)


_WAITING = select(
    func.count().filter(col(Timesheet.week_ending) == bindparam("friday")),
    func.count().filter(col(Timesheet.accepted_at).is_(None)),
).select_from(Timesheet)


def count_waiting(uow: UnitOfWork) -> Waiting:
    """What timesheets wait for, in the actor's lots: one question."""
    over = week_ending(uow.today - timedelta(days=6))
    signed, to_accept = uow.rows(_WAITING, friday=over).one()
    return Waiting(len(uow.actor.lot_ids) - signed, to_accept)


def worked(uow: UnitOfWork, lot_id: int, starts_on: date, ends_on: date) -> list[Worked]:
    """What was worked for a lot from one day to another, in weeks that are signed, by day."""
    found = uow.rows(_WORKED, lot_id=lot_id, first=starts_on, last=ends_on)
    return [Worked(*row) for row in found]


def planned(uow: UnitOfWork, lot_id: int, starts_on: date, ends_on: date) -> list[DayWorked]:
    """The days that the rota has for a lot in the weeks of two days, differences counted in."""
    first, last = week_beginning(week_ending(starts_on)), week_ending(ends_on)
    calendar = contract.calendar(uow, contract.find_lot(uow, lot_id).contract_id)
    differing = _differing(uow, lot_id, first, last)
    workers = workers_of(uow, lot_id, first, last, [one.practitioner_id for one in differing])
    found = []
    friday = week_ending(starts_on)
    while friday <= last:
        found += week_worked(workers, differing, friday, calendar)
        friday += WEEK
    return found


def planned_on(uow: UnitOfWork, lot_id: int, practitioner_id: int, day: date) -> int:
    """The minutes that the rota has for one worker on a day in a lot."""
    workers = workers_of(uow, lot_id, day, day, [practitioner_id])
    calendar = contract.calendar(uow, contract.find_lot(uow, lot_id).contract_id)
    return sum(
        planned_minutes(one, day, calendar)
        for one in workers
        if one.practitioner_id == practitioner_id
    )


def sheet(uow: UnitOfWork, lot_id: int, friday: date, practitioner_id: int | None = None) -> Sheet:
    """A lot's week, or one worker's of it: as the rota and differences have it, or as signed."""
    lot = contract.find_lot(uow, lot_id)
    signed = find_signed(uow, lot_id, friday)
    days = planned(uow, lot_id, friday, friday) if signed is None else _as_signed(uow, signed)
    own = [one for one in days if practitioner_id in (None, one.practitioner_id)]
    first = week_beginning(friday)
    return Sheet(
        lot_id,
        lot.name,
        friday,
        _rows(own, friday),
        tuple(list_differences(uow, lot_id, first, friday, practitioner_id)),
        tuple(_corrections(uow, signed)) if signed and practitioner_id is None else (),
        signed,
    )


def find_signed(uow: UnitOfWork, lot_id: int, friday: date) -> Signed | None:
    """Who signed a lot's week, if it is signed."""
    signer, accepter = aliased(User), aliased(User)
    row = uow.session.execute(
        select(Timesheet, col(signer.name), col(accepter.name))
        .outerjoin(signer, col(signer.id) == col(Timesheet.signed_by))
        .outerjoin(accepter, col(accepter.id) == col(Timesheet.accepted_by))
        .where(col(Timesheet.lot_id) == lot_id, col(Timesheet.week_ending) == friday)
    ).first()
    if row is None:
        return None
    kept, by, accepted_by = row
    return Signed(
        kept.id or 0, kept.version, by or "", kept.signed_at, accepted_by or "", kept.accepted_at
    )


def list_differences(
    uow: UnitOfWork, lot_id: int, first: date, last: date, practitioner_id: int | None = None
) -> list[DifferenceView]:
    """How the days of a lot differed from the rota, by day and name; or one worker's alone."""
    asked = (
        select(ShiftDifference, col(Practitioner.name), col(User.name))
        .join(Practitioner, col(Practitioner.id) == col(ShiftDifference.practitioner_id))
        .outerjoin(User, col(User.id) == col(ShiftDifference.by_user_id))
        .where(col(ShiftDifference.lot_id) == lot_id, col(ShiftDifference.day).between(first, last))
        .order_by(col(ShiftDifference.day), col(Practitioner.name))
    )
    if practitioner_id is not None:
        asked = asked.where(col(ShiftDifference.practitioner_id) == practitioner_id)
    found = uow.session.execute(asked).all()
    names = names_of_lots(uow, [row.other_lot_id for row, _, _ in found if row.other_lot_id])
    return [
        DifferenceView(
            row.id or 0,
            row.practitioner_id,
            name,
            row.day,
            row.kind,
            row.minutes,
            names.get(row.other_lot_id or 0, ""),
            row.note,
            by or "",
        )
        for row, name, by in found
    ]


def list_weeks(uow: UnitOfWork, weeks: int) -> list[tuple[Lot, list[WeekState]]]:
    """Each lot's weeks that are over or running, the latest first, and how far each has come."""
    last = week_ending(uow.today)
    found = uow.session.execute(
        select(
            col(Timesheet.lot_id),
            col(Timesheet.week_ending),
            col(Timesheet.signed_at),
            col(Timesheet.accepted_at),
            func.sum(col(Shift.minutes)),
        )
        .outerjoin(Shift, col(Shift.timesheet_id) == col(Timesheet.id))
        .where(col(Timesheet.week_ending) > last - WEEK * weeks)
        .group_by(col(Timesheet.id))
    )
    signed = {
        (lot_id, friday): WeekState(friday, signed_at, accepted_at, int(minutes or 0))
        for lot_id, friday, signed_at, accepted_at, minutes in found
    }
    begun = {one.id: week_ending(one.starts_on) for one in contract.list_contracts(uow)}
    fridays = [last - WEEK * back for back in range(weeks)]
    return [
        (
            lot,
            [
                signed.get((lot.id or 0, friday), WeekState(friday, None, None, 0))
                for friday in fridays
                if friday >= begun[lot.contract_id]
            ],
        )
        for lot in contract.list_lots(uow)
    ]


def signed_minutes(uow: UnitOfWork, timesheet_id: int, practitioner_id: int, day: date) -> int:
    """What is signed for one worker's day, corrections counted in."""
    asked = select(func.coalesce(func.sum(col(Shift.minutes)), 0)).where(
        col(Shift.timesheet_id) == timesheet_id,
        col(Shift.practitioner_id) == practitioner_id,
        col(Shift.day) == day,
    )
    return int(uow.session.scalar(asked) or 0)


def signed_band(uow: UnitOfWork, timesheet_id: int, practitioner_id: int, day: date) -> Post | None:
    """The band by which a worker's day was signed; None for a day that was not."""
    asked = select(col(Shift.band)).where(
        col(Shift.timesheet_id) == timesheet_id,
        col(Shift.practitioner_id) == practitioner_id,
        col(Shift.day) == day,
    )
    found: Post | None = uow.session.scalar(asked.order_by(col(Shift.id)).limit(1))
    return found


def _rows(days: Iterable[DayWorked], friday: date) -> tuple[SheetRow, ...]:
    by_worker: dict[int, dict[date, DayWorked]] = defaultdict(dict)
    for one in days:
        by_worker[one.practitioner_id][one.day] = one
    found = []
    for practitioner_id, own in by_worker.items():
        first = next(iter(own.values()))
        cells = tuple(own.get(day) for day in week_of(friday))
        found.append(SheetRow(practitioner_id, first.name, first.post, cells))
    return tuple(sorted(found, key=lambda row: (row.name, row.practitioner_id)))


def _as_signed(uow: UnitOfWork, signed: Signed) -> list[DayWorked]:
    """The days of a signed week, each with its corrections added."""
    found = uow.session.execute(
        select(Shift, col(Practitioner.name))
        .join(Practitioner, col(Practitioner.id) == col(Shift.practitioner_id))
        .where(col(Shift.timesheet_id) == signed.timesheet_id)
        .order_by(col(Shift.id))
    ).all()
    minutes: Counter[tuple[int, date]] = Counter()
    for row, _ in found:
        minutes[row.practitioner_id, row.day] += row.minutes
    first: dict[tuple[int, date], DayWorked] = {}
    for row, name in found:
        key = row.practitioner_id, row.day
        who = row.practitioner_id, name, row.band, row.day
        first.setdefault(key, DayWorked(*who, row.planned_minutes, minutes[key], row.kind))
    return list(first.values())


def _corrections(uow: UnitOfWork, signed: Signed) -> list[CorrectionView]:
    found = uow.session.execute(
        select(
            col(Practitioner.name),
            col(Shift.day),
            col(Shift.minutes),
            col(Shift.reason),
            col(User.name),
            col(Shift.at),
        )
        .join(Practitioner, col(Practitioner.id) == col(Shift.practitioner_id))
        .outerjoin(User, col(User.id) == col(Shift.by_user_id))
        .where(col(Shift.timesheet_id) == signed.timesheet_id, col(Shift.reason) != "")
        .order_by(col(Shift.id))
    )
    return [
        CorrectionView(name, day, minutes, why, by or "", at)
        for name, day, minutes, why, by, at in found
    ]


def _differing(uow: UnitOfWork, lot_id: int, first: date, last: date) -> list[Differing]:
    found = uow.session.execute(
        select(
            col(ShiftDifference.practitioner_id),
            col(ShiftDifference.day),
            col(ShiftDifference.kind),
            col(ShiftDifference.minutes),
        ).where(
            col(ShiftDifference.lot_id) == lot_id, col(ShiftDifference.day).between(first, last)
        )
    )
    return [Differing(*row) for row in found]
