"""Names who takes residual cases over, and closes a lot that has none."""

from sqlmodel import col, func, select

from app.cases.register import receiving
from app.cases.register import service as register
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract import service as contracts
from app.exit.residual import queries
from app.exit.residual.rules import Receiver, Which, check_receiver
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork

_NAMED = 10


def name_receiver(uow: UnitOfWork, case_id: int, receiver: Receiver) -> None:
    """Name who takes one open case over, or somebody else than before."""
    with uow.command(Act.EXIT_RECEIVE):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended: nobody needs to take it over.")
        _check(uow, case.lot_id, receiver)
        receiving.name_one(uow, case, vars(receiver))


def name_receivers(uow: UnitOfWork, lot_id: int, receiver: Receiver, which: Which) -> int:
    """Name who takes over the open cases of a lot that nobody was named for; how many they are.

    Whoever was named before stays. Refused where no case is left to name somebody for.
    """
    with uow.command(Act.EXIT_RECEIVE):
        contract.find_lot(uow, lot_id)
        _check(uow, lot_id, receiver)
        team_id = receiver.receiving_team_id if which is Which.PLANNED else None
        case_ids = queries.without_receiver(uow, lot_id, team_id)
        if not case_ids:
            raise Refused("Every such case has a named receiver already.")
        rows = ({"case_id": case_id} for case_id in case_ids)
        named = {"lot_id": lot_id, "named_by": uow.actor.user_id, "named_at": uow.now}
        return receiving.name_many(uow, rows, **vars(receiver), **named)


def close_lot(uow: UnitOfWork, lot_id: int) -> None:
    """Let no case enter a lot any more; Refused with the first references while some are open."""
    with uow.command(Act.EXIT_LOT):
        still_open = (Case.lot_id == lot_id, col(Case.ended_on).is_(None))
        cases = uow.session.exec(select(func.count()).select_from(Case).where(*still_open)).one()
        first = select(Case.reference).where(*still_open).order_by(col(Case.id)).limit(_NAMED)
        contracts.close_lot(uow, lot_id, uow.session.exec(first).all(), cases)


def open_lot_again(uow: UnitOfWork, lot_id: int) -> None:
    """Let cases enter a closed lot again."""
    with uow.command(Act.EXIT_LOT):
        contracts.open_lot_again(uow, lot_id)


def _check(uow: UnitOfWork, lot_id: int, receiver: Receiver) -> None:
    check_receiver(receiver, [team.id or 0 for team in contract.list_teams(uow, lot_id)])
