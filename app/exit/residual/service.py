"""Names who takes residual cases over."""

from app.cases.register import service as register
from app.contract import queries as contract
from app.exit.residual import queries
from app.exit.residual.models import ResidualReceiver
from app.exit.residual.rules import Receiver, Which, check_receiver
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def name_receiver(uow: UnitOfWork, case_id: int, receiver: Receiver) -> None:
    """Name who takes one open case over, or somebody else than before."""
    with uow.command(Act.EXIT_RECEIVE):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended: nobody needs to take it over.")
        _check(uow, case.lot_id, receiver)
        named = vars(receiver) | {"named_by": uow.actor.user_id, "named_at": uow.now}
        row = queries.receiver_row(uow, case_id)
        if row is None:
            uow.add(ResidualReceiver(case_id=case_id, lot_id=case.lot_id, **named))
            return
        for name, value in named.items():
            setattr(row, name, value)


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
        return uow.load(ResidualReceiver, rows, **vars(receiver), **named)


def _check(uow: UnitOfWork, lot_id: int, receiver: Receiver) -> None:
    check_receiver(receiver, [team.id or 0 for team in contract.list_teams(uow, lot_id)])
