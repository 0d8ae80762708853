"""Takes time from a worker's hours, and gives it back."""

from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.people.capacity.models import Reduction
from app.people.capacity.queries import hours_of, list_reductions
from app.people.capacity.rules import Reduced, check_reduction
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


def reduce(uow: UnitOfWork, worker_id: int, asked: Reduced) -> None:
    """Take time from a worker's hours; Invalid, on the field at fault, for what cannot be."""
    with uow.command(Act.PEOPLE_EDIT):
        worker = find_worker(uow, worker_id)
        others = [one.reduced for one in list_reductions(uow, worker_id)]
        check_reduction(asked, hours_of(worker), others)
        uow.add(Reduction(contract_id=worker.contract_id, practitioner_id=worker_id, **vars(asked)))


def restore(uow: UnitOfWork, worker_id: int, reduction_id: int) -> None:
    """Give a worker the time back that was taken; the trail keeps what it was."""
    with uow.command(Act.PEOPLE_EDIT):
        find_worker(uow, worker_id)
        row = uow.get(Reduction, reduction_id)
        if row.practitioner_id != worker_id:
            raise NotFound
        uow.remove(row)
