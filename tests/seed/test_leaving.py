"""The exit is rehearsed on the demo: nobody is left without a receiver, and the data reads back."""

import io
from collections.abc import Callable

from sqlmodel import Session, select

from app.access.actor import Actor, actor_for
from app.access.models import User, UserLot
from app.access.roles import Role
from app.contract import queries as contract
from app.contract.models import Contract
from app.exit import pack
from app.exit.data_return import service as data
from app.exit.residual import queries as residual
from app.exit.residual import service as receiving
from app.exit.residual.rules import Receiver, Which
from app.work import trail
from app.work.database import Database


def _council(database: Database) -> Actor:
    """The council's project manager of the first contract, in every lot of it."""
    with Session(database.engine) as session:
        contract_id = session.exec(select(Contract.id).order_by(Contract.id)).first()
        user = session.exec(
            select(User)
            .join(UserLot, UserLot.user_id == User.id)
            .where(User.role == Role.COUNCIL_PROJECT_MANAGER, UserLot.contract_id == contract_id)
        ).first()
        assert user
        assert user.id
        lots = session.exec(
            select(UserLot.lot_id, UserLot.contract_id).where(UserLot.user_id == user.id)
        ).all()
        return actor_for(user.id, user.name, user.role, user.organisation, frozenset(lots))


def test_the_rehearsal_leaves_nobody_without_a_receiver_and_the_data_reads_back_equal(
    filled_too: Database, empty: Callable[[], Database]
) -> None:
    here, there = filled_too, empty()
    actor = _council(here)
    [contract_id] = actor.contract_ids
    with here.work(actor) as uow:
        lots = residual.count_residual(uow)
        assert sum(lot.unnamed for lot in lots) > 100
        for lot in lots:
            team = contract.list_teams(uow, lot.lot_id)[0]
            receiver = Receiver(team.id or 0, "R. Weaver")
            assert receiving.name_receivers(uow, lot.lot_id, receiver, Which.ALL) == lot.unnamed
        assert [lot.unnamed for lot in residual.count_residual(uow)] == [0] * len(lots)
        with data.write_return(uow, contract_id) as file:
            sent = io.BytesIO(file.read())
    manifest = data.read_return(there.engine, sent)
    assert manifest.rows > 10_000
    with there.engine.connect() as connection:
        assert trail.verify(connection).ok
    with there.work(actor) as uow:
        assert [lot.unnamed for lot in residual.count_residual(uow)] == [0] * len(lots)
        with data.write_return(uow, contract_id) as file, pack.opened(file) as (again, _):
            pass
    # Rows and hashes: of each table the same number of the same rows came back.
    assert again.parts == manifest.parts
