"""A contract of forty million pounds, of which neither a sum nor a stored amount is too large."""

from datetime import date

from sqlmodel import select

from app.finance.invoices import service as invoices
from app.finance.invoices.models import Payment
from app.finance.milestones.models import Milestone
from app.finance.nightly.service import reckon_daily
from app.finance.outlook.models import LotOutlook
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_cost
from tests.makers_invoicing import NOVEMBER, a_milestone, december
from tests.makers_packs import a_pack
from tests.world import World

CAP = {"pence": "40,000,000.00", "clause": "4.1", "reason": "As signed", "_version": "0"}


def test_forty_million_pounds_are_planned_spent_billed_paid_and_told(world: World, browse) -> None:
    a_case(world)
    hana, paula = browse("hana"), browse("paula")
    weeks = {"lot_id": str(world.lot()), "first": "02/11/2026", "last": "19/03/2027"}
    page = hana.follow("/money/budget", pence="2,000,000.00", **weeks)
    assert "North £40,000,000.00" in readable(page)
    cap = f"/money/invoices/cap/{world.contract()}"
    hana.get(cap)
    assert "£40,000,000.00" in hana.follow(cap, **CAP)
    for _ in range(12):
        a_cost(world, 200_000_000)
    assert "Together £24,000,000.00." in readable(paula.get("/money/costs"))
    for _ in range(6):
        a_milestone(world, pence=500_000_000)
    december(world)
    hana, paula = browse("hana"), browse("paula")
    with world.setting_up() as uow:
        for milestone in uow.session.exec(select(Milestone)):
            milestone.achieved_on = date(2026, 11, 27)
    with world.acting("paula") as uow:
        invoice_id = invoices.draft(uow, world.lot(), NOVEMBER)
    with world.acting("paula") as uow:
        invoices.issue(uow, invoice_id, version=1)
    assert "£36,000,000.00" in hana.get(f"/money/invoices/{invoice_id}")
    hana.post(f"/money/invoices/{invoice_id}/accept", _version="1")
    hana.post(f"/money/invoices/{invoice_id}/pay", pence="36,000,000.00", paid_on="2026-12-04")
    assert [one.pence for one in world.rows(Payment)] == [3_600_000_000]
    reckon_daily(world.database)
    assert [one.budget for one in world.rows(LotOutlook)] == [4_000_000_000]
    a_pack(world)
    for address in ("/", "/money", "/outlook", "/earned-value", "/money/value"):
        paula.get(address)
