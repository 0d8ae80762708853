"""Invites a practitioner of the roster to sign in."""

from app.access.roles import Organisation, Role
from app.accounts.users import service as users
from app.accounts.users.service import Invited, Standing
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.people.sign_ins.queries import without_sign_in
from app.people.workers import lots_by_worker
from app.work.uow import UnitOfWork


def invite(uow: UnitOfWork, worker_id: int, email: str, *, mailed: bool) -> Invited:
    """Give a practitioner a sign-in with the name, lots and last day that the roster has.

    Raises Invalid for somebody who has one, and for an address that is taken or none.
    """
    with uow.command(Act.USER_INVITE):
        worker = next((one for one in without_sign_in(uow) if one.id == worker_id), None)
        if worker is None:
            raise Invalid("worker_id", "Choose a practitioner who has no sign-in yet.")
        lots = frozenset(place.lot_id for place, _ in lots_by_worker(uow)[worker_id])
        standing = Standing(
            worker.name,
            Role.PRACTITIONER,
            Organisation.AGENCY,
            lots,
            worker.ends_on,
            practitioner_id=worker_id,
        )
        return users.invite_with_contract(uow, email, standing, worker.contract_id, mailed=mailed)
