"""Records what workers say about staying with the council."""

from app.kernel.acts import Act
from app.people.staying.models import Transition
from app.people.staying.queries import find_transition, wish_of
from app.people.staying.rules import Wish, check_wish, shown
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


def record(uow: UnitOfWork, worker_id: int, wish: Wish, *, version: int) -> None:
    """Record a worker's wish; `version` is that the form began from, 0 where they were not asked.

    Raises Invalid, on the field at fault, for what cannot be, and Conflict where someone was
    faster.
    """
    with uow.command(Act.STAYING_RECORD):
        worker = find_worker(uow, worker_id)
        check_wish(wish, uow.today)
        kept = find_transition(uow, worker_id)
        if kept is None:
            contract_id = worker.contract_id
            uow.add(Transition(contract_id=contract_id, practitioner_id=worker_id, **vars(wish)))
            return
        uow.expect(kept, version, shown(wish_of(kept)))
        for name, value in vars(wish).items():
            setattr(kept, name, value)
