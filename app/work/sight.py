"""Looking at fewer lots than one may see, as a report on one contract or lot does."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.work.uow import UnitOfWork


@contextmanager
def looking_at(uow: UnitOfWork, contract_id: int, lot_ids: Collection[int]) -> Iterator[None]:
    """Read only these of the actor's lots for a while; what they may not see stays unseen."""
    before = uow.actor
    uow.actor = replace(
        before,
        lot_ids=before.lot_ids & frozenset(lot_ids),
        contract_ids=before.contract_ids & {contract_id},
    )
    try:
        yield
    finally:
        uow.actor = before
