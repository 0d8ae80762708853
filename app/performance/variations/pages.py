"""Routes of the register of variations and extensions."""

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.performance.variations import queries, service
from app.performance.variations.forms import VariationForm
from app.performance.variations.rules import Kind
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/contract/{contract_id}/variations")


@routes.get("", needs=Act.CONTRACT_VIEW, name="variations.index")
def index(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    rows = queries.list_variations(uow, contract_id)
    return page.show("performance/variations.html", contract=agreed, rows=rows)


@routes.get("/new", needs=Act.CONTRACT_EDIT, name="variations.form")
def variation_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[VariationForm]
) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    form.start(agreed_on=uow.today)
    lots = [(lot.id, lot.name) for lot in contract.list_lots(uow) if lot.contract_id == agreed.id]
    return page.show(
        "performance/variation.html",
        form=form,
        contract=agreed,
        lots=lots,
        kinds=[(one.value, one.label) for one in Kind],
    )


@routes.post("/new", needs=Act.CONTRACT_EDIT, name="variations.record", shows=variation_form)
def record(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[VariationForm]
) -> Response:
    service.record(uow, contract_id, form.valid.terms)
    return page.go("variations.index", "The change is written down.", contract_id=contract_id)
