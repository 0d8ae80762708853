"""Packs: drafted, said, issued, read by whom they are for, compared, received, scheduled."""

from collections.abc import Callable

from app.reports.packs.rules import Kind
from tests.browse import Browse
from tests.makers import a_case
from tests.makers_packs import a_draft, a_pack
from tests.world import World

Open = Callable[..., Browse]


def test_a_monthly_pack_is_drafted_and_previewed(world: World, browse: Open) -> None:
    a_case(world)
    paula = browse("paula")
    draft_id = a_draft(world)
    print(paula.get(f"/packs/drafts/{draft_id}/preview"))
    for kind in Kind:
        one = a_draft(world, kind, "North" if kind.of_a_lot else None)
        for audience in kind.audiences:
            paula.get(f"/packs/drafts/{one}/preview?for={audience.value}")
            for end in ("pdf", "xlsx"):
                answer = paula.client.get(f"/packs/drafts/{one}/pack.{end}?for={audience.value}")
                assert answer.status_code == 200
    pack_id = a_pack(world)
    for who in ("paula", "hana", "carl", "alan"):
        browse(who).get(f"/packs/{pack_id}")
