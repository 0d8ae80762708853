"""Pages about people ask the database as often for forty workers as for two."""

import pytest

from app.people.models import Practitioner, PractitionerLot
from tests.questions import questions
from tests.world import STARTED, World, passed

PAGES = {
    "/people": 16,
    "/people/roster": 12,
    "/people/checks": 10,
    "/people/points": 8,
    "/people/return": 10,
    "/people/staying": 11,
}


def more_workers(world: World) -> None:
    with world.setting_up() as uow:
        for place in range(38):
            worker = uow.add(
                Practitioner(
                    contract_id=world.contract(),
                    name=f"Worker {place:02}",
                    qualified=True,
                    starts_on=STARTED,
                )
            )
            assert worker.id
            uow.add(PractitionerLot(practitioner_id=worker.id, lot_id=world.lot()))
            uow.add(passed(worker.id, world.contract()))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_no_more_for_more_workers(world: World, browse, address: str) -> None:
    paula = browse("paula")
    paula.get(address)
    with questions(world) as for_few:
        paula.get(address)
    more_workers(world)
    with questions(world) as for_many:
        page = paula.get(address)
    assert len(for_many) == len(for_few) <= PAGES[address]
    assert address == "/people/points" or "Worker 37" in page
