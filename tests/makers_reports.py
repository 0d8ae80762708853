"""Makes what reports, meetings and commentaries begin with."""

from app.contract.models import Target
from tests.makers_agreements import a_proposal
from tests.world import World


def a_lot_that_calls_for_talk(world: World) -> None:
    """One case open in North with a proposal before the council, where nothing was to be left."""
    a_proposal(world)
    with world.setting_up() as uow:
        for target in world.rows(Target):
            uow.get(Target, target.id).opening_backlog = 0
