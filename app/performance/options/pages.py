"""Routes of a contract's option periods."""

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.performance.options import queries, service
from app.performance.options.forms import DecisionForm, OptionForm
from app.performance.options.rules import Decision, check_undecided
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/contract")


@routes.get("/{contract_id}/options", needs=Act.CONTRACT_VIEW, name="options.index")
def index(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    rows = queries.list_options(uow, contract_id)
    return page.show("performance/options/index.html", contract=agreed, rows=rows)


@routes.get("/{contract_id}/options/new", needs=Act.CONTRACT_EDIT, name="options.form")
def option_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[OptionForm]
) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    return page.show("performance/options/option.html", form=form, contract=agreed)


@routes.post(
    "/{contract_id}/options/new", needs=Act.CONTRACT_EDIT, name="options.add", shows=option_form
)
def add(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[OptionForm]) -> Response:
    service.add(uow, contract_id, form.valid.terms)
    return page.go("options.index", "The option is written down.", contract_id=contract_id)


@routes.get("/options/{option_id}", needs=Act.CONTRACT_EDIT, name="options.decision_form")
def decision_form(
    option_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]
) -> Response:
    option = queries.find_option(uow, option_id)
    decided = option.decision is not None
    check_undecided(queries.terms_of(option), decided=decided, today=uow.today)
    form.start(version=option.version)
    return page.show(
        "performance/options/decision.html",
        form=form,
        option=option,
        contract=contract.find_contract(uow, option.contract_id),
        decisions=[(one.value, one.label) for one in Decision],
    )


@routes.post(
    "/options/{option_id}", needs=Act.CONTRACT_EDIT, name="options.decide", shows=decision_form
)
def decide(option_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    said = form.valid
    service.decide(uow, option_id, said.decision, said.reason, version=form.ask_version())
    option = queries.find_option(uow, option_id)
    return page.go("options.index", "The decision is kept.", contract_id=option.contract_id)
