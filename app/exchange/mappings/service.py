"""The act of forgetting what the columns of a list were said to hold."""

from app.exchange.imports.models import SavedMapping
from app.kernel.acts import Act
from app.work.uow import UnitOfWork


def forget(uow: UnitOfWork, mapping_id: int) -> None:
    """Forget it, so that the next list with these columns asks again; the trail keeps it."""
    with uow.command(Act.MAPPING_FORGET):
        uow.remove(uow.get(SavedMapping, mapping_id))
