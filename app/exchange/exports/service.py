"""Notes who took which list out of the system and, of several lots, what for."""

from app.contract import queries as contract
from app.exchange.exports.rules import check_purpose
from app.kernel.acts import Act
from app.work import trail
from app.work.uow import UnitOfWork


def note(uow: UnitOfWork, lot_id: int | None, what: str) -> None:
    """Seen by every lot that the list can hold cases of."""
    for lot in contract.list_lots(uow):
        if lot.id is not None and lot_id in (None, lot.id):
            uow.seen(lot_id=lot.id, what=what[:200])


def take(uow: UnitOfWork, what: str, purpose: str) -> None:
    """Take a file of all one's lots, for a written purpose that the trail keeps.

    Raises Invalid on `purpose` for words that say nothing.
    """
    with uow.command(Act.CASE_EXPORT):
        say_purpose(uow, what, purpose)
    note(uow, None, what)


def say_purpose(uow: UnitOfWork, what: str, purpose: str) -> None:
    """Keep in the trail of each contract what a file is for; Invalid for words that say nothing."""
    uow.must_be_in(Act.CASE_EXPORT, Act.CASE_CORRECT)
    check_purpose(purpose)
    told = trail.arrival({"file": what, "purpose": purpose})
    for contract_id in sorted(uow.actor.contract_ids):
        uow.chain.record("exports", [trail.Told.of({"contract_id": contract_id}, told)])
