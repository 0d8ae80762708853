"""Who acts where nobody signed in: the command line, and what is done by itself."""

from sqlmodel import Session, select

from app.access.actor import Actor
from app.contract.models import Lot
from app.work.database import Database


def everywhere(database: Database) -> Actor:
    """An actor over every lot of every contract."""
    with Session(database.engine) as session:
        lots = session.exec(select(Lot.id, Lot.contract_id)).all()
    return Actor.command_line(
        frozenset(lot or 0 for lot, _ in lots), frozenset(contract for _, contract in lots)
    )
