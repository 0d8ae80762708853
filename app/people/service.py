"""Adds a contract's practitioners."""

from collections.abc import Collection

from app.kernel.acts import Act
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Employment, check_employment
from app.work.uow import UnitOfWork


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
