"""Records how days differed from the rota, and signs, corrects and accepts a lot's weeks."""

from datetime import date

from sqlmodel import col, select

from app.contract import queries as contract
from app.finance.rota.queries import lots_beside
from app.finance.shifts import queries
from app.finance.shifts.models import Shift, ShiftDifference, Timesheet
from app.finance.shifts.rules import (
    Correction,
    Differing,
    Kind,
    check_correction,
    check_difference,
    check_week_over,
)
from app.kernel.acts import Act
from app.kernel.days import london_date, show_date, week_ending
from app.kernel.errors import Invalid, NotFound, Refused
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


def record(
    uow: UnitOfWork, lot_id: int, asked: Differing, other_lot_id: int | None, note: str
) -> None:
    """Record how one worker's day differed from the rota; a day for another lot is put there too.

    Raises Invalid, on the field at fault, for what cannot be meant, for a day that is signed and
    for one that has a difference already.
    """
    with uow.command(Act.SHIFT_RECORD):
        _record(uow, lot_id, asked, other_lot_id, note)


def record_own(
    uow: UnitOfWork, lot_id: int, asked: Differing, other_lot_id: int | None, note: str
) -> None:
    """As `record`, by the worker whose day it was."""
    with uow.command(Act.SHIFT_OWN):
        if asked.practitioner_id != uow.actor.practitioner_id:
            raise NotFound
        _record(uow, lot_id, asked, other_lot_id, note)


def remove(uow: UnitOfWork, lot_id: int, difference_id: int) -> None:
    """Take a difference back while its week is not signed; the trail keeps what it was."""
    with uow.command(Act.SHIFT_RECORD):
        row = uow.get(ShiftDifference, difference_id)
        if row.lot_id != lot_id:
            raise NotFound
        _remove(uow, row)


def remove_own(uow: UnitOfWork, difference_id: int) -> None:
    """As `remove`, by the worker whose day it was."""
    with uow.command(Act.SHIFT_OWN):
        row = uow.get(ShiftDifference, difference_id)
        if row.practitioner_id != uow.actor.practitioner_id:
            raise NotFound
        _remove(uow, row)


def sign(uow: UnitOfWork, lot_id: int, friday: date) -> None:
    """Sign a lot's week for the agency: its days are kept as they are, with each worker's post.

    Refused while the week still runs, where it is signed already and where nothing was worked.
    """
    with uow.command(Act.SHIFT_SIGN):
        contract.find_lot(uow, lot_id)
        check_week_over(friday, uow.today)
        if queries.find_signed(uow, lot_id, friday) is not None:
            raise Refused(f"The week ending {show_date(friday)} is signed already.")
        keep_signed(uow, lot_id, friday)


def keep_signed(uow: UnitOfWork, lot_id: int, friday: date) -> Timesheet:
    """What `sign` keeps, within a command."""
    uow.must_be_in(Act.SHIFT_SIGN, Act.DEMO_SEED)
    days = queries.planned(uow, lot_id, friday, friday)
    if not days:
        raise Refused("The rota has nobody in this lot for that week.")
    by = uow.actor.user_id
    timesheet = uow.add(
        Timesheet(lot_id=lot_id, week_ending=friday, signed_at=uow.now, signed_by=by)
    )
    uow.load(
        Shift,
        [
            {
                "practitioner_id": one.practitioner_id,
                "band": one.post,
                "day": one.day,
                "planned_minutes": one.planned,
                "minutes": one.minutes,
                "kind": one.kind,
            }
            for one in days
        ],
        lot_id=lot_id,
        timesheet_id=timesheet.id,
        reason="",
        by_user_id=by,
        at=uow.now,
    )
    return timesheet


def correct(uow: UnitOfWork, lot_id: int, asked: Correction) -> None:
    """Add to a signed week what it got wrong; the council accepts the week anew."""
    with uow.command(Act.SHIFT_CORRECT):
        contract.find_lot(uow, lot_id)
        friday = week_ending(asked.day)
        timesheet = _find(uow, lot_id, friday)
        if timesheet is None:
            raise Invalid("day", f"The week ending {show_date(friday)} is not signed yet.")
        worker = find_worker(uow, asked.practitioner_id)
        sheet_id = timesheet.id or 0
        signed = queries.signed_minutes(uow, sheet_id, asked.practitioner_id, asked.day)
        check_correction(asked, signed)
        band = queries.signed_band(uow, sheet_id, asked.practitioner_id, asked.day)
        uow.add(
            Shift(
                lot_id=lot_id,
                timesheet_id=sheet_id,
                practitioner_id=asked.practitioner_id,
                band=band or worker.post,
                day=asked.day,
                planned_minutes=0,
                minutes=asked.minutes,
                reason=asked.reason,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )
        timesheet.accepted_at = timesheet.accepted_by = None
        # Whoever has the week before them sees that it changed, even where it was not accepted.
        timesheet.signed_at, timesheet.signed_by = uow.now, uow.actor.user_id


def accept(uow: UnitOfWork, lot_id: int, friday: date, *, version: int) -> None:
    """Accept a signed week for the council, as it was read."""
    with uow.command(Act.SHIFT_ACCEPT):
        contract.find_lot(uow, lot_id)
        timesheet = _find(uow, lot_id, friday)
        if timesheet is None:
            raise Refused(f"The week ending {show_date(friday)} is not signed yet.")
        signed_on = {"Signed": show_date(london_date(timesheet.signed_at))}
        uow.expect(timesheet, version, signed_on)
        if timesheet.accepted_at is not None:
            raise Refused(f"The week ending {show_date(friday)} is accepted already.")
        timesheet.accepted_at, timesheet.accepted_by = uow.now, uow.actor.user_id


def _record(
    uow: UnitOfWork, lot_id: int, asked: Differing, other_lot_id: int | None, note: str
) -> None:
    lot = contract.find_lot(uow, lot_id)
    if find_worker(uow, asked.practitioner_id).contract_id != lot.contract_id:
        raise NotFound
    planned = queries.planned_on(uow, lot_id, asked.practitioner_id, asked.day)
    check_difference(asked, planned, uow.today)
    _check_other(uow, lot_id, asked, other_lot_id)
    _keep(uow, lot_id, asked, other_lot_id, note)
    if other_lot_id is not None:
        there = Differing(asked.practitioner_id, asked.day, Kind.FROM_LOT, planned)
        with uow.beyond_scope():
            _keep(uow, other_lot_id, there, lot_id, note)


def _remove(uow: UnitOfWork, row: ShiftDifference) -> None:
    if row.kind is Kind.FROM_LOT:
        raise Refused("This is removed in the lot that the worker came from.")
    with uow.beyond_scope():
        for one in [row, *_counterpart(uow, row)]:
            friday = week_ending(one.day)
            if _find(uow, one.lot_id, friday) is not None:
                raise Refused(f"The week ending {show_date(friday)} is signed.")
            uow.remove(one)


def _keep(
    uow: UnitOfWork, lot_id: int, asked: Differing, other_lot_id: int | None, note: str
) -> None:
    friday = week_ending(asked.day)
    if _find(uow, lot_id, friday) is not None:
        signed = f"The week ending {show_date(friday)} is signed: correct it with an entry."
        raise Invalid("day", signed)
    same = select(ShiftDifference.id).where(
        ShiftDifference.lot_id == lot_id,
        ShiftDifference.practitioner_id == asked.practitioner_id,
        ShiftDifference.day == asked.day,
    )
    if uow.session.exec(same).first() is not None:
        raise Invalid("day", "A difference is recorded for that day already: remove it first.")
    uow.add(
        ShiftDifference(
            lot_id=lot_id,
            practitioner_id=asked.practitioner_id,
            day=asked.day,
            kind=asked.kind,
            minutes=asked.minutes,
            other_lot_id=other_lot_id,
            note=note,
            by_user_id=uow.actor.user_id,
            at=uow.now,
        )
    )


def _check_other(uow: UnitOfWork, lot_id: int, asked: Differing, other_lot_id: int | None) -> None:
    if asked.kind is not Kind.OTHER_LOT:
        if other_lot_id is not None:
            raise Invalid("other_lot_id", "Another lot belongs to a day worked there.")
        return
    if other_lot_id not in {one for one, _ in lots_beside(uow, lot_id)}:
        raise Invalid("other_lot_id", "Choose the lot that they worked for.")


def _counterpart(uow: UnitOfWork, row: ShiftDifference) -> list[ShiftDifference]:
    """The row of a day worked elsewhere that stands in the other lot."""
    found = uow.session.exec(
        select(ShiftDifference).where(
            ShiftDifference.lot_id == row.other_lot_id,
            ShiftDifference.practitioner_id == row.practitioner_id,
            ShiftDifference.day == row.day,
            col(ShiftDifference.other_lot_id) == row.lot_id,
        )
    )
    return list(found.all())


def _find(uow: UnitOfWork, lot_id: int, friday: date) -> Timesheet | None:
    return uow.session.exec(
        select(Timesheet).where(Timesheet.lot_id == lot_id, Timesheet.week_ending == friday)
    ).first()
