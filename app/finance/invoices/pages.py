"""Routes of invoices: the list, a draft, issuing, credit notes, payments and the contract's cap."""

import secrets
from collections.abc import Sequence

from starlette.responses import Response

from app.contract import queries as contract
from app.finance.invoices import queries, rules, service
from app.finance.invoices.forms import DraftForm, PaymentForm
from app.finance.invoices.queries import InvoiceRow
from app.finance.left_out import queries as left_out
from app.finance.prices import queries as prices
from app.finance.prices import service as price_book
from app.finance.prices.forms import CapForm, PriceForm
from app.finance.prices.rules import PART_LABELS, PriceModel, show_percent
from app.kernel.acts import Act
from app.kernel.days import month_end, show_month
from app.kernel.money import Pence, show
from app.people.rules import Post, show_hours
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/money/invoices")
# A cap is looked at beside what was charged, so a new price is set here.
price_routes = Routes("/money/prices")
BANDS = [(post.value, post.label) for post in Post]


@routes.get("", needs=Act.MONEY_VIEW, name="invoices.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    found, lots = queries.list_invoices(uow), contract.lot_choices(uow)
    chosen = next((lot for lot, _ in lots if str(lot) == query.get("lot")), None)
    shown = [one for one in found if chosen in (None, one.lot_id)]
    due = queries.credits_due(uow, chosen)
    return page.show(
        "finance/invoices/index.html",
        invoices=shown,
        whole=_whole(shown),
        due=due,
        due_lots=sorted({one.line.lot_id for one in due}),
        lots=lots,
        lot_names=dict(lots),
        lot_id=chosen,
        month=show_month,
        keys={lot: secrets.token_urlsafe(18) for lot, _ in lots},
    )


@routes.get("/draft", needs=Act.INVOICE_DRAFT, name="invoices.draft_form")
def draft_form(uow: UnitOfWork, page: Page, form: Submission[DraftForm]) -> Response:
    contracts = contract.list_contracts(uow)
    first = min((agreed.starts_on for agreed in contracts), default=uow.today)
    term_ends = max((agreed.ends_on for agreed in contracts), default=uow.today)
    months = rules.months(first, uow.today)
    form.start(month=next((one for one in months if one <= term_ends), None))
    return page.show(
        "finance/invoices/draft.html",
        form=form,
        lots=contract.lot_choices(uow),
        months=[(one.isoformat(), show_month(one)) for one in months],
    )


@routes.post("/draft", needs=Act.INVOICE_DRAFT, name="invoices.draft", shows=draft_form)
def draft(uow: UnitOfWork, page: Page, form: Submission[DraftForm]) -> Response:
    typed = form.valid
    invoice_id = service.draft(uow, typed.lot_id, typed.month.replace(day=1))
    return page.go("invoices.show", "Drafted from the evidence.", invoice_id=invoice_id)


@routes.get("/not-billed", needs=Act.MONEY_VIEW, name="invoices.not_billed")
def not_billed(uow: UnitOfWork, page: Page) -> Response:
    starts_on = {one.id: one.starts_on for one in contract.list_contracts(uow)}
    found = [
        (lot.name, one)
        for lot in contract.list_lots(uow)
        for one in left_out.of_lot(uow, lot.id or 0, starts_on[lot.contract_id], uow.today)
    ]
    return page.show("finance/invoices/not_billed.html", found=found, hours=show_hours)


@routes.get("/{invoice_id}", needs=Act.MONEY_VIEW, name="invoices.show")
def show_invoice(
    invoice_id: Id, uow: UnitOfWork, page: Page, form: Submission[PaymentForm]
) -> Response:
    invoice = queries.find_invoice(uow, invoice_id)
    form.start(paid_on=uow.today, pence=f"{abs(invoice.due) / 100:.2f}" if invoice.due else "")
    return page.show(
        "finance/invoices/invoice.html",
        invoice=invoice,
        lines=queries.lines_of(uow, [invoice_id]),
        payments=queries.list_payments(uow, invoice_id),
        left_out=left_out.of_lot(uow, invoice.lot_id, invoice.month, month_end(invoice.month)),
        hours=show_hours,
        form=form,
        month=show_month,
        percent=show_percent,
        keys=[secrets.token_urlsafe(18) for _ in range(3)],
    )


@routes.post("/{invoice_id}/issue", needs=Act.INVOICE_ISSUE, name="invoices.issue")
def issue(invoice_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.issue(uow, invoice_id, version=form.ask_version())
    return page.go("invoices.show", "Issued: nothing of it changes.", invoice_id=invoice_id)


@routes.post("/{invoice_id}/drop", needs=Act.INVOICE_DRAFT, name="invoices.drop")
def drop(invoice_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.drop(uow, invoice_id, version=form.ask_version())
    return page.go("invoices.index", "The draft is dropped.")


@routes.post("/{invoice_id}/accept", needs=Act.INVOICE_ACCEPT, name="invoices.accept")
def accept(invoice_id: Id, uow: UnitOfWork, page: Page) -> Response:
    number = service.accept_all(uow, invoice_id)
    said = "1 line is accepted." if number == 1 else f"{number} lines are accepted."
    return page.go("invoices.show", said, invoice_id=invoice_id)


@routes.post("/{invoice_id}/pay", needs=Act.INVOICE_PAY, name="invoices.pay", shows=show_invoice)
def pay(invoice_id: Id, uow: UnitOfWork, page: Page, form: Submission[PaymentForm]) -> Response:
    typed = form.valid
    service.pay(uow, invoice_id, typed.pence, typed.paid_on)
    return page.go("invoices.show", "The payment is recorded.", invoice_id=invoice_id)


@routes.post("/credits/{lot_id}", needs=Act.CREDIT_NOTE_ISSUE, name="invoices.credit")
def credit(lot_id: Id, uow: UnitOfWork, page: Page) -> Response:
    note = service.issue_credit_note(uow, lot_id)
    return page.go("invoices.show", "The credit note is issued.", invoice_id=note)


@price_routes.get("/{lot_id}/new", needs=Act.PRICE_SET, name="prices.form")
def price_form(
    lot_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[PriceForm]
) -> Response:
    lot = contract.find_lot(uow, lot_id)
    asked = form.value("model") or query.get("model", "")
    model = next((one for one in PriceModel if one.value == asked), PriceModel.DAY_RATE)
    form.start(
        model=model.value,
        starts_on=uow.today,
        vat=20,
        day_hours="7:24",
        team_hours="0",
        credit_days=365,
    )
    return page.show(
        "finance/prices/price.html",
        form=form,
        lot=lot,
        model=model,
        parts=PART_LABELS,
        bands=BANDS,
    )


@price_routes.post("/{lot_id}/new", needs=Act.PRICE_SET, name="prices.set", shows=price_form)
def set_price(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[PriceForm]) -> Response:
    charged = queries.charged(uow, contract.find_lot(uow, lot_id).contract_id).get(lot_id, 0)
    price_book.set_price(uow, lot_id, form.valid.terms, charged=charged)
    return page.go("prices.index", "The price is set.")


@routes.get("/cap/{contract_id}", needs=Act.MONEY_VIEW, name="invoices.cap")
def cap(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[CapForm]) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    versions = prices.cap_versions(uow, contract_id)
    newest = versions[0][0] if versions else None
    form.start(version=newest.number if newest else 0)
    return page.show(
        "finance/prices/cap.html",
        form=form,
        contract=agreed,
        charged=sum(queries.charged(uow, contract_id).values()),
        versions=[
            (
                one,
                by,
                {"Most that may be charged, in all": show(Pence(one.pence)), "Clause": one.clause},
            )
            for one, by in versions
        ],
    )


@routes.post("/cap/{contract_id}", needs=Act.PRICE_SET, name="invoices.set_cap", shows=cap)
def set_cap(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[CapForm]) -> Response:
    typed = form.valid
    price_book.cap_contract(
        uow,
        contract_id,
        typed.pence,
        typed.clause,
        typed.reason,
        began_from=form.ask_version(),
        charged=sum(queries.charged(uow, contract_id).values()),
    )
    return page.go("invoices.cap", "The cap is agreed.", contract_id=contract_id)


def _whole(invoices: Sequence[InvoiceRow]) -> rules.Standing:
    """What all issued ones come to together."""
    issued = [one.standing for one in invoices if not one.is_draft]
    nothing = rules.Amount()
    return rules.Standing(
        sum((one.accepted for one in issued), nothing),
        sum((one.queried for one in issued), nothing),
        sum((one.rejected for one in issued), nothing),
        sum((one.waiting for one in issued), nothing),
    )
