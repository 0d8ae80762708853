"""Acts of allocation: giving a case to a practitioner, and changing who holds it."""

from app.cases.allocation.models import AllocationOverride
from app.cases.allocation.queries import hands_of
from app.cases.allocation.rules import Override, check_override, check_pair, passed
from app.cases.register import priorities
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import ChangeReason
from app.kernel.acts import Act
from app.kernel.clock import StartEvent
from app.kernel.errors import Invalid
from app.people import queries as people
from app.people.points.rules import Stage, points_of, travel_to
from app.people.queries import Candidate
from app.work.uow import UnitOfWork


def allocate(
    uow: UnitOfWork,
    case_id: int,
    practitioner_id: int,
    co_worker_id: int | None = None,
    override: Override | None = None,
) -> None:
    """Give an unallocated case to a qualified practitioner of its lot, with a co-worker if wished.

    Raises Invalid with the reason in words for someone who may not hold it, and for someone whose
    hands are full unless the manager says why it is right all the same.
    """
    with uow.command(Act.CASE_ALLOCATE):
        give(uow, register.find(uow, case_id), practitioner_id, co_worker_id, override)


def give(
    uow: UnitOfWork,
    case: Case,
    practitioner_id: int,
    co_worker_id: int | None,
    override: Override | None,
) -> None:
    """What `allocate` does, within a command of its own or one case of many."""
    _check(uow, case, practitioner_id, co_worker_id, override)
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
    override: Override | None = None,
) -> None:
    """Move a case to another practitioner, or change its co-worker, for a coded reason."""
    with uow.command(Act.CASE_REALLOCATE):
        case = register.find(uow, case_id)
        pass_on(uow, case, practitioner_id, co_worker_id, reason, override)


def pass_on(
    uow: UnitOfWork,
    case: Case,
    practitioner_id: int,
    co_worker_id: int | None,
    reason: ChangeReason,
    override: Override | None,
) -> None:
    """What `reallocate` does, within a command of its own or one case of many."""
    if (case.practitioner_id, case.co_worker_id) == (practitioner_id, co_worker_id):
        raise Invalid("practitioner_id", "This is who holds the case already.")
    _check(uow, case, practitioner_id, co_worker_id, override)
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


def _check(
    uow: UnitOfWork,
    case: Case,
    practitioner_id: int,
    co_worker_id: int | None,
    override: Override | None,
) -> None:
    check_pair(practitioner_id, co_worker_id)
    candidates = {c.practitioner_id: c for c in people.candidates(uow, case.lot_id, uow.today)}
    for field, chosen in (("practitioner_id", practitioner_id), ("co_worker_id", co_worker_id)):
        # Whoever stays on a case is not asked again.
        if chosen is None or chosen == getattr(case, field):
            continue
        candidate = candidates.get(chosen)
        if candidate is None:
            raise Invalid(field, "Choose someone who works in this lot.")
        if candidate.excluded:
            raise Invalid(field, f"{candidate.name} cannot hold this case: {candidate.excluded}")
        if field == "practitioner_id":
            if candidate.asye and priorities.enquiry_runs(uow, case):
                raise Invalid(
                    field,
                    f"{candidate.name} is in their ASYE, and a section 47 enquiry runs on this"
                    " case: choose somebody else.",
                )
            _check_limits(uow, case, candidate, override)


def _check_limits(
    uow: UnitOfWork, case: Case, candidate: Candidate, override: Override | None
) -> None:
    """Refuse what passes a soft limit without a reason; keep the reason where there is one."""
    table = people.points_table(uow, case.contract_id)
    before = hands_of(uow, case.contract_id, [candidate], table)[candidate.practitioner_id]
    burden = register.burden_of(case)
    if burden is None:
        return
    points = points_of(
        table, burden.band, burden.stage, travel_to(case.lot_id, candidate.home_lot_id)
    )
    unstarted = 1 if burden.stage is Stage.TO_START else 0
    beyond = passed(before, before.with_more(1, points, unstarted), table)
    check_override(candidate.name, beyond, override)
    if beyond and override is not None:
        uow.add(
            AllocationOverride(
                case_id=register.case_id_of(case),
                lot_id=case.lot_id,
                practitioner_id=candidate.practitioner_id,
                limits=" ".join(one.limit.value for one in beyond),
                reason=override.reason,
                note=override.note,
                made_on=uow.today,
                by_user_id=uow.actor.user_id,
            )
        )
