"""Routes of the exit strategy: its steps and readiness, and the residual list."""

from secrets import token_urlsafe

from starlette.responses import Response

from app.contract import queries as contract
from app.exit import queries, service
from app.exit.forms import StepForm
from app.exit.queries import Way
from app.exit.rules import StepTerms, not_ready
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/exit")


@routes.get("", needs=Act.EXIT_VIEW, name="exit.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    steps, residual = queries.list_steps(uow), queries.count_residual(uow)
    contracts = contract.list_contracts(uow)
    gaps = {
        one.id: not_ready(
            steps.get(one.id or 0, []),
            open_cases=sum(lot.open for lot in residual if lot.contract_id == one.id),
            without_plan=sum(lot.unplanned for lot in residual if lot.contract_id == one.id),
            ends_on=one.ends_on,
            today=uow.today,
        )
        for one in contracts
    }
    return page.show(
        "exit/index.html",
        contracts=contracts,
        steps=steps,
        residual=residual,
        gaps=gaps,
        ways=list(Way),
        key=token_urlsafe(18),
    )


@routes.get("/residual", needs=Act.EXIT_RESIDUAL, name="exit.residual")
def residual(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    lot_id = next((lot_id for lot_id, _ in lots if str(lot_id) == query.get("lot")), None)
    way = next((one for one in Way if one == query.get("way")), None)
    return page.show(
        "exit/residual.html",
        cases=queries.list_residual(uow, lot_id, way, query.get("page")),
        lots=lots,
        lot_id=lot_id,
        way=way,
        ways=[(one.value, one.label) for one in Way],
    )


@routes.get("/contracts/{contract_id}/steps/new", needs=Act.EXIT_EDIT, name="exit.new_step_form")
def new_step_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]
) -> Response:
    steps = queries.states_of(uow, contract.find_contract(uow, contract_id).id or 0)
    form.start(number=max((one.number for one in steps), default=0) + 1)
    action = page.site.url("exit.new_step", contract_id=contract_id)
    return page.show("exit/step.html", form=form, action=action, title="Add a step")


@routes.post(
    "/contracts/{contract_id}/steps/new",
    needs=Act.EXIT_EDIT,
    name="exit.new_step",
    shows=new_step_form,
)
def new_step(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    service.add_step(uow, contract_id, StepTerms(**form.valid.model_dump()))
    return page.go("exit.index", notice="The step is added.")


@routes.get("/steps/{step_id}", needs=Act.EXIT_EDIT, name="exit.step_form")
def step_form(step_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    step = queries.find_step(uow, step_id)
    form.start(
        version=step.version, **{name: getattr(step, name) for name in StepForm.model_fields}
    )
    action = page.site.url("exit.step", step_id=step_id)
    return page.show("exit/step.html", form=form, action=action, title=f"Step {step.number}")


@routes.post("/steps/{step_id}", needs=Act.EXIT_EDIT, name="exit.step", shows=step_form)
def step(step_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    terms = StepTerms(**form.valid.model_dump())
    service.change_step(uow, step_id, terms, version=form.expected_version)
    return page.go("exit.index", notice="The step is saved.")


@routes.post("/steps/{step_id}/done", needs=Act.EXIT_EDIT, name="exit.done")
def done(step_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.mark_done(uow, step_id, version=form.expected_version)
    return page.go("exit.index", notice="The step is marked done.")


@routes.post("/steps/{step_id}/undone", needs=Act.EXIT_EDIT, name="exit.undone")
def undone(step_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.mark_undone(uow, step_id, version=form.expected_version)
    return page.go("exit.index", notice="The step is open again.")
