"""Records how the workforce of a lot stood on a day, corrects it and takes it away."""

from sqlalchemy import select
from sqlmodel import col

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.performance.workforce import queries
from app.performance.workforce.models import WorkforceCount
from app.performance.workforce.rules import Counted, check, show_equivalents
from app.work.uow import UnitOfWork


def record(uow: UnitOfWork, lot_id: int, counted: Counted) -> None:
    """Add a count; Invalid for one that cannot be meant or of a day that was counted already."""
    with uow.command(Act.WORKFORCE_RECORD):
        _check(uow, lot_id, counted, None)
        write(uow, lot_id, counted)


def write(uow: UnitOfWork, lot_id: int, counted: Counted) -> None:
    """A step: keep a count of a lot’s workforce as it is, without a check."""
    uow.must_be_in(Act.WORKFORCE_RECORD, Act.DEMO_SEED)
    said = {**vars(counted), "recorded_by": uow.actor.user_id, "recorded_at": uow.now}
    uow.add(WorkforceCount(lot_id=lot_id, **said))


def correct(uow: UnitOfWork, count_id: int, counted: Counted, *, version: int) -> None:
    """Correct a count; Conflict where somebody else was faster."""
    with uow.command(Act.WORKFORCE_RECORD):
        row = queries.find_count(uow, count_id)
        shown = {
            "Counted for": show_date(row.as_at),
            "Social workers in post": show_equivalents(row.staff),
        }
        uow.expect(row, version, shown)
        _check(uow, row.lot_id, counted, count_id)
        for name, value in vars(counted).items():
            setattr(row, name, value)
        row.recorded_by, row.recorded_at = uow.actor.user_id, uow.now


def remove(uow: UnitOfWork, count_id: int) -> None:
    """Take a count away; the trail keeps what it said."""
    with uow.command(Act.WORKFORCE_RECORD):
        uow.remove(queries.find_count(uow, count_id))


def _check(uow: UnitOfWork, lot_id: int, counted: Counted, but: int | None) -> None:
    lot = contract.find_lot(uow, lot_id)
    held = contract.find_contract(uow, lot.contract_id)
    check(counted, uow.today, held.starts_on)
    same = select(col(WorkforceCount.id)).where(
        col(WorkforceCount.lot_id) == lot_id, col(WorkforceCount.as_at) == counted.as_at
    )
    if any(found != but for found in uow.session.scalars(same)):
        raise Invalid("as_at", f"{lot.name} was counted for {show_date(counted.as_at)} already.")
