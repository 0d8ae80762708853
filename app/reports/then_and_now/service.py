"""The act that keeps how a lot was when its opening list was frozen."""

from sqlmodel import select

from app.cases.scope import queries as scope
from app.contract import queries as contract
from app.kernel.acts import Act
from app.reports.then_and_now import queries, rules
from app.reports.then_and_now.models import StartFigures
from app.work.uow import UnitOfWork


def keep_start(uow: UnitOfWork, lot_id: int) -> None:
    """Count a lot's opening list and keep what it comes to."""
    with uow.command(Act.START_KEEP):
        keep(uow, lot_id)


def keep(uow: UnitOfWork, lot_id: int) -> None:
    """The same as a step of another command."""
    uow.must_be_in()
    contract.find_lot(uow, lot_id)
    baseline = scope.list_baselines(uow).get(lot_id)
    kept = uow.session.exec(select(StartFigures.id).where(StartFigures.lot_id == lot_id)).first()
    rules.check_keep(frozen=baseline is not None, kept=kept is not None)
    if baseline is not None:
        figures = queries.count_opening(uow, lot_id, baseline.frozen_on)
        uow.add(StartFigures(lot_id=lot_id, **figures, kept_by=uow.actor.user_id, kept_at=uow.now))
