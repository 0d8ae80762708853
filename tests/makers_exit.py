"""Makes what the pages of leaving begin with."""

from app.exit.data_return.models import DataTerms
from tests import makers_delivery
from tests.world import World


def an_exit_plan(world: World) -> None:
    """The steps that a contract begins with, and how long its data is kept."""
    makers_delivery.an_exit_plan(world)
    with world.setting_up() as uow:
        contract_id = world.contract()
        uow.add(DataTerms(contract_id=contract_id, keep_months=6, set_at=uow.now))
