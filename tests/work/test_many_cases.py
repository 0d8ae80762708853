"""A list may tell of more cases than a statement takes values."""

from datetime import date

from app.agreements.watch import service as watch
from app.agreements.watch.models import ReReferral
from app.exchange.imports.models import ImportBatch
from app.exchange.imports.rules import Stage
from app.kernel.acts import Act
from app.safeguarding.reviews import service as reviews
from app.safeguarding.reviews.models import ProtectionPlan
from app.safeguarding.reviews.rules import Listed
from tests.makers import a_case
from tests.makers_delivery import a_cleared_case
from tests.world import World

# PostgreSQL takes 65,535 values, SQLite 32,766.
MANY = 70_000
DAY = date(2026, 11, 19)


def test_a_list_of_very_many_known_cases_is_looked_through_in_portions(world: World) -> None:
    open_case, closed = a_case(world), a_cleared_case(world, on=date(2026, 11, 10))
    with world.setting_up() as uow:
        of_batch = {"lot_id": world.lot(), "contract_id": world.contract(), "listed_on": DAY}
        at = {"uploaded_at": uow.now, "moved_at": uow.now, "stage": Stage.CONFIRMED}
        batch = ImportBatch(**of_batch, **at, file_name="list.csv", sha256="0" * 64, size=1)
        batch_id = uow.add(batch).id or 0
    cases = range(MANY, 0, -1)
    with world.acting("paula") as uow, uow.command(Act.IMPORT_RUN):
        watch.watch(uow, world.lot(), batch_id, DAY, dict.fromkeys(cases, (DAY,)))
        reviews.keep_listed(uow, batch_id, dict.fromkeys(cases, (Listed(DAY, None, None),)))
    assert [row.case_id for row in world.rows(ReReferral)] == [closed]
    assert {row.case_id for row in world.rows(ProtectionPlan)} == {open_case, closed}
