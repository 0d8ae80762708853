"""Invoices: drafted from evidence, issued, answered line by line, credited and paid."""

from datetime import date

from app.finance.evidence.models import BilledCase
from app.finance.invoices.models import Invoice, InvoiceLine, Payment
from app.finance.prices.rules import PriceModel
from tests.browse import readable
from tests.makers_delivery import a_cleared_case
from tests.makers_invoicing import (
    a_milestone,
    a_price,
    a_signed_day,
    an_invoice,
    december,
)
from tests.world import World


def _draft(world: World, **changes: str) -> dict[str, str]:
    return {"lot_id": str(world.lot()), "month": "2026-11-01"} | changes


def test_a_draft_is_built_from_the_evidence_and_frozen_when_it_is_issued(
    world: World, browse
) -> None:
    a_price(world)
    a_price(world, PriceModel.DAY_RATE)
    a_price(world, PriceModel.SCREENED_OUT, 0)
    for day in (10, 17):
        a_cleared_case(world, on=date(2026, 11, day))
    a_cleared_case(world, "South", on=date(2026, 11, 17))
    a_cleared_case(world, on=date(2026, 12, 2))
    a_signed_day(world, date(2026, 11, 12))
    a_signed_day(world, date(2026, 11, 13), 222)
    december(world)
    paula = browse("paula")
    assert "No invoice" in paula.get("/money/invoices")
    paula.get("/money/invoices/draft")
    page = readable(paula.follow("/money/invoices/draft", **_draft(world)))
    assert "Case cleared: 2 cases at £1,200.00 Schedule 4, 2.1 £2,400.00 £480.00 £2,880.00" in page
    assert "Day rate, social worker: 11:06 hours at £361.42 a day" in page
    assert "£542.13 £108.43 £650.56" in page
    [invoice] = world.rows(Invoice)
    browse("hana").get(f"/money/invoices/{invoice.id}", 404)
    assert "No invoice" in browse("hana").get("/money/invoices")
    shown = readable(paula.follow(f"/money/invoices/{invoice.id}/issue", _version="1"))
    assert "Invoice NO-2026-04/1" in shown
    assert "Total £3,530.56" in shown
    paula.post(f"/money/invoices/{invoice.id}/drop", 409, _version="2")
    assert len(world.rows(BilledCase)) == 2
