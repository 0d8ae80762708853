"""Routes of prices: what each lot pays, the end of a price, and codes."""

from starlette.responses import Response

from app.contract import queries as contract
from app.finance.prices import queries, service
from app.finance.prices.forms import CodesForm, EndForm
from app.finance.prices.models import Price
from app.finance.prices.rules import PART_LABELS, PriceModel, show_percent
from app.kernel.acts import Act
from app.people.rules import show_hours
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/money/prices")


@routes.get("", needs=Act.MONEY_VIEW, name="prices.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    contracts = [
        (one, queries.cap_versions(uow, one.id or 0)) for one in contract.list_contracts(uow)
    ]
    return page.show(
        "finance/prices/index.html",
        lots=queries.list_prices(uow),
        contracts=contracts,
        models=list(PriceModel),
        parts=PART_LABELS if page.may(Act.PRICE_PARTS) else {},
        percent=show_percent,
        hours=show_hours,
    )


@routes.get("/{price_id}/end", needs=Act.PRICE_SET, name="prices.end_form")
def end_form(price_id: Id, uow: UnitOfWork, page: Page, form: Submission[EndForm]) -> Response:
    price = uow.get(Price, price_id)
    form.start(version=price.version, ends_on=price.ends_on or uow.today)
    return page.show(
        "finance/prices/end.html",
        form=form,
        price=queries.terms_of(price),
        set_by=queries.set_by(uow, price_id),
        lot=contract.find_lot(uow, price.lot_id),
    )


@routes.post("/{price_id}/end", needs=Act.PRICE_SET, name="prices.end", shows=end_form)
def end(price_id: Id, uow: UnitOfWork, page: Page, form: Submission[EndForm]) -> Response:
    service.end_price(uow, price_id, form.valid.ends_on, version=form.ask_version())
    return page.go("prices.index", "The last day is kept.")


@routes.get("/{lot_id}/codes", needs=Act.PRICE_SET, name="prices.codes_form")
def codes_form(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[CodesForm]) -> Response:
    kept = queries.codes_of(uow, lot_id)
    form.start(
        version=kept.version if kept else 0,
        cost_centre=kept.cost_centre if kept else "",
        ledger_code=kept.ledger_code if kept else "",
    )
    lot = contract.find_lot(uow, lot_id)
    return page.show("finance/prices/codes.html", form=form, lot=lot)


@routes.post("/{lot_id}/codes", needs=Act.PRICE_SET, name="prices.codes", shows=codes_form)
def codes(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[CodesForm]) -> Response:
    typed = form.valid
    service.set_codes(uow, lot_id, typed.cost_centre, typed.ledger_code, version=form.ask_version())
    return page.go("prices.index", "The codes are kept.")
