"""Makes what invoices are built from: prices, signed weeks, assessments agreed, milestones."""

from datetime import UTC, date, datetime
from typing import Any

from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.scope import service as ledger
from app.cases.scope.rules import Term
from app.cases.scope.service import Place
from app.cases.scope.service import Shift as Shifted
from app.cases.states import CaseState
from app.finance.evidence.rules import LineKind
from app.finance.invoices import service as invoices
from app.finance.invoices.models import Invoice, InvoiceLine
from app.finance.invoices.rules import InvoiceKind
from app.finance.milestones import service as milestones
from app.finance.milestones.rules import MilestoneTerms
from app.finance.prices import service as prices
from app.finance.prices.rules import Parts, PriceModel, PriceTerms
from app.finance.shifts.models import Shift, Timesheet
from app.kernel.days import week_ending
from app.people.rules import Post
from tests.makers_delivery import a_cleared_case
from tests.world import STARTED, World

NOVEMBER = date(2026, 11, 1)
RATE = Parts(pay=25_000, insurance=3_000, levy=125, holiday=3_017, fee=5_000)


def december(world: World) -> None:
    """Let the contract's first month be over."""
    world.clock.now = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)


def a_price(
    world: World,
    model: PriceModel = PriceModel.CLEARED,
    pence: int = 120_000,
    lot: str = "North",
    **terms: Any,
) -> int:
    """A price from the contract's start, with a fifth of tax where it carries any."""
    values: dict[str, Any] = {"starts_on": STARTED, "clause": "Schedule 4, 2.1", "pence": pence}
    values |= {"vat": 2_000} if model.is_charged else {}
    values |= {"credit_days": 90} if model.is_per_case else {}
    if model is PriceModel.DAY_RATE:
        values |= {"band": Post.SOCIAL_WORKER, "full_minutes": 444, "parts": RATE}
    with world.setting_up() as uow:
        return prices.add_price(uow, world.lot(lot), PriceTerms(model, **(values | terms)))


def a_signed_day(world: World, day: date, minutes: int = 444, lot: str = "North") -> int:
    """A day that somebody worked, in a week that is signed; returns the shift's id."""
    friday = week_ending(day)
    with world.setting_up() as uow:
        sheets = world.rows(Timesheet, lot_id=world.lot(lot), week_ending=friday)
        sheet_id = sheets[0].id if sheets else 0
        if not sheet_id:
            sheet = Timesheet(lot_id=world.lot(lot), week_ending=friday, signed_at=uow.now)
            sheet_id = uow.add(sheet).id
        shift = Shift(
            lot_id=world.lot(lot),
            timesheet_id=sheet_id,
            practitioner_id=world.practitioner("priya"),
            band=Post.SOCIAL_WORKER,
            day=day,
            planned_minutes=444,
            minutes=minutes,
            at=uow.now,
        )
        return uow.add(shift).id or 0


def a_milestone(world: World, lot: str = "North", **terms: Any) -> int:
    """Half of the backlog cleared by the end of November, for twenty thousand pounds."""
    values: dict[str, Any] = {
        "title": "Half of the opening backlog cleared",
        "clause": "Schedule 4, 6.1",
        "due_on": date(2026, 11, 27),
        "pence": 2_000_000,
        "vat": 2_000,
    }
    with world.setting_up() as uow:
        return milestones.add_milestone(uow, world.lot(lot), MilestoneTerms(**(values | terms)))


def an_invoice(world: World, lot: str = "North", *, issued: bool = True) -> int:
    """The invoice of November for two cases cleared in it; in December from then on."""
    a_price(world, lot=lot)
    for day in (10, 17):
        a_cleared_case(world, lot, on=date(2026, 11, day))
    december(world)
    who = "eve" if lot == "Moor" else "paula"
    with world.acting(who) as uow:
        invoice_id = invoices.draft(uow, world.lot(lot), NOVEMBER)
    if issued:
        with world.acting(who) as uow:
            invoices.issue(uow, invoice_id, version=1)
    return invoice_id


def reopen(world: World, case_id: int) -> None:
    """A team manager reopens a cleared case today."""
    with world.acting("tess") as uow:
        reopening.reopen(uow, case_id, ReopenReason.RE_REFERRAL)


def clear_again(world: World, case_id: int) -> None:
    """A reopened case is closed a week later."""
    world.clock.move(days=7)
    with world.setting_up() as uow:
        case = uow.get(Case, case_id)
        before = register.place_of(case)
        case.state, case.ended_on = CaseState.CLOSED, uow.today
        uow.session.flush()
        after = Place(case.lot_id, case.state, None)
        shift = Shifted(case_id, before, after, Term.CLEARED, "close_nfa", uow.today)
        ledger.post(uow, [shift])


def rows_of_invoicing(world: World, lot: str = "North") -> dict[str, int]:
    """An issued invoice with a line, a price and a milestone, as plain rows."""
    contract_id = world.contract("Eastmoor" if lot == "Moor" else "Northshire")
    number = {"North": 1, "South": 2, "Mid": 3}.get(lot, 1)
    with world.setting_up() as uow:
        invoice = uow.add(
            Invoice(
                lot_id=world.lot(lot),
                contract_id=contract_id,
                kind=InvoiceKind.INVOICE,
                month=NOVEMBER,
                number=number,
                digest="0" * 64,
                drafted_at=uow.now,
                issued_at=uow.now,
            )
        )
        line = uow.add(
            InvoiceLine(
                lot_id=world.lot(lot),
                invoice_id=invoice.id,
                position=1,
                kind=LineKind.CLEARED,
                title="Case cleared: 1 case",
                quantity=1,
                unit_pence=100,
                worth=100,
                pence=100,
                vat=0,
                vat_pence=0,
            )
        )
        ids = {"invoice_id": invoice.id or 0, "invoice_line_id": line.id or 0}
    price_id = a_price(world, lot=lot)
    return ids | {"price_id": price_id, "milestone_id": a_milestone(world, lot)}
