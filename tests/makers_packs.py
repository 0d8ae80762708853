"""Makes packs that tests begin with."""

from app.reports.packs import service
from app.reports.packs.rules import Kind
from tests.world import World


def a_draft(world: World, kind: Kind = Kind.MONTHLY, lot: str | None = None) -> int:
    """A pack that waits to be issued."""
    with world.acting("paula") as uow:
        return service.draft(uow, world.contract(), kind, world.lot(lot) if lot else None)


def a_pack(world: World, kind: Kind = Kind.MONTHLY, lot: str | None = None) -> int:
    """A pack that the agency's project manager issued."""
    draft_id = a_draft(world, kind, lot)
    with world.acting("paula") as uow:
        return service.issue(uow, draft_id, "", version=1)
