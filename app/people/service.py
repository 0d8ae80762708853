"""Sets up a contract's practitioners and what their induction asks."""

from collections.abc import Collection

from app.kernel.acts import Act
from app.people.checks.models import InductionStep
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Employment, check_employment
from app.work.uow import UnitOfWork

INDUCTION = (
    "Access to the case system",
    "The council’s thresholds",
    "Forms and recording",
    "How to raise a safeguarding flag",
    "Data protection",
)


def lay_default_induction(uow: UnitOfWork, contract_id: int) -> list[int]:
    """Add the steps that an induction usually has, within the command that sets the contract up.

    Returns the ids of the steps.
    """
    uow.must_be_in(Act.CONTRACT_CREATE, Act.DEMO_SEED)
    with uow.beyond_scope():
        return [
            uow.add(InductionStep(contract_id=contract_id, name=name, position=place)).id or 0
            for place, name in enumerate(INDUCTION, start=1)
        ]


def add_practitioner(
    uow: UnitOfWork,
    contract_id: int,
    name: str,
    employment: Employment,
    *,
    case_limit: int,
    lot_ids: Collection[int],
) -> int:
    """Add a worker with the lots they work in, within the command that sets the contract up.

    They hold no case until their checks are recorded.
    Returns the practitioner's id; Invalid for an employment that cannot be meant.
    """
    uow.must_be_in(Act.CONTRACT_CREATE)
    check_employment(employment)
    with uow.beyond_scope():
        worker = uow.add(
            Practitioner(
                contract_id=contract_id, name=name, case_limit=case_limit, **vars(employment)
            )
        )
        practitioner_id = worker.id or 0
        for lot_id in sorted(lot_ids):
            uow.add(PractitionerLot(practitioner_id=practitioner_id, lot_id=lot_id))
    return practitioner_id
