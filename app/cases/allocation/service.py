"""Acts of allocation: giving a case to a practitioner, and changing who holds it."""

from app.cases.allocation.rules import check_pair
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import ChangeReason
from app.kernel.acts import Act
from app.kernel.clock import StartEvent
from app.kernel.errors import Invalid
from app.people import queries as people
from app.work.uow import UnitOfWork


def allocate(
    uow: UnitOfWork, case_id: int, practitioner_id: int, co_worker_id: int | None = None
) -> None:
    """Give an unallocated case to a qualified practitioner of its lot, with a co-worker if wished.

    Raises Invalid with the reason in words for someone who may not hold it.
    """
    with uow.command(Act.CASE_ALLOCATE):
        case = register.find(uow, case_id)
        _check(uow, case, practitioner_id, co_worker_id)
        register.step(
            uow,
            case,
            Act.CASE_ALLOCATE,
            practitioner_id=practitioner_id,
            co_worker_id=co_worker_id,
            allocated_on=uow.today,
        )
        register.start_clock(uow, case, StartEvent.ALLOCATION, uow.today)


def reallocate(
    uow: UnitOfWork,
    case_id: int,
    practitioner_id: int,
    reason: ChangeReason,
    co_worker_id: int | None = None,
) -> None:
    """Move a case to another practitioner, or change its co-worker, for a coded reason."""
    with uow.command(Act.CASE_REALLOCATE):
        case = register.find(uow, case_id)
        if (case.practitioner_id, case.co_worker_id) == (practitioner_id, co_worker_id):
            raise Invalid("practitioner_id", "This is who holds the case already.")
        _check(uow, case, practitioner_id, co_worker_id)
        stays = case.practitioner_id == practitioner_id
        register.step(
            uow,
            case,
            Act.CASE_REALLOCATE,
            note=reason.label,
            change_reason=reason,
            practitioner_id=practitioner_id,
            co_worker_id=co_worker_id,
            allocated_on=case.allocated_on if stays else uow.today,
        )


def _check(uow: UnitOfWork, case: Case, practitioner_id: int, co_worker_id: int | None) -> None:
    check_pair(practitioner_id, co_worker_id)
    candidates = {c.practitioner_id: c for c in people.candidates(uow, case.lot_id, uow.today)}
    for field, chosen in (("practitioner_id", practitioner_id), ("co_worker_id", co_worker_id)):
        if chosen is None:
            continue
        candidate = candidates.get(chosen)
        if candidate is None:
            raise Invalid(field, "Choose someone who works in this lot.")
        if candidate.excluded:
            raise Invalid(field, f"{candidate.name} cannot hold this case: {candidate.excluded}")
