"""Routes of the exit strategy's steps: add, change, mark done, agree a gate for one side."""

from starlette.responses import Response

from app.access.roles import Organisation
from app.contract import queries as contract
from app.exit.steps import queries, service
from app.exit.steps.forms import AgreeForm, StepForm
from app.exit.steps.rules import Workstream
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Routes
from app.work.uow import UnitOfWork

routes = Routes("/exit")
WORKSTREAMS = [(one.value, one.label) for one in Workstream]


@routes.get("/contracts/{contract_id}/steps/new", needs=Act.EXIT_EDIT, name="exit.new_step_form")
def new_step_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]
) -> Response:
    steps = queries.states_of(uow, contract.find_contract(uow, contract_id).id or 0)
    form.start(number=max((one.number for one in steps), default=0) + 1)
    action = page.site.url("exit.new_step", contract_id=contract_id)
    return _form(page, form, action, "Add a step")


@routes.post(
    "/contracts/{contract_id}/steps/new",
    needs=Act.EXIT_EDIT,
    name="exit.new_step",
    shows=new_step_form,
)
def new_step(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    service.add_step(uow, contract_id, form.valid.terms)
    return page.go("exit.index", notice="The step is added.")


@routes.get("/steps/{step_id}", needs=Act.EXIT_EDIT, name="exit.step_form")
def step_form(step_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    step = queries.find_step(uow, step_id)
    form.start(version=step.version, **vars(queries.terms_of(step)))
    action = page.site.url("exit.step", step_id=step_id)
    return _form(page, form, action, f"Step {step.number}")


@routes.post("/steps/{step_id}", needs=Act.EXIT_EDIT, name="exit.step", shows=step_form)
def step(step_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    service.change_step(uow, step_id, form.valid.terms, version=form.ask_version())
    return page.go("exit.index", notice="The step is saved.")


@routes.post("/steps/{step_id}/done", needs=Act.EXIT_EDIT, name="exit.done")
def done(step_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.mark_done(uow, step_id, version=form.ask_version())
    return page.go("exit.index", notice="The step is marked done.")


@routes.post("/steps/{step_id}/undone", needs=Act.EXIT_EDIT, name="exit.undone")
def undone(step_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.mark_undone(uow, step_id, version=form.ask_version())
    return page.go("exit.index", notice="The step is open again.")


@routes.post(
    "/steps/{step_id}/agree/agency", needs=Act.EXIT_AGREE_AGENCY, name="exit.agree_for_agency"
)
def agree_for_agency(
    step_id: Id, uow: UnitOfWork, page: Page, form: Submission[AgreeForm]
) -> Response:
    service.agree_gate(uow, step_id, Organisation.AGENCY, form.valid.words)
    return page.go("exit.index", notice="The gate is agreed for the agency.")


@routes.post(
    "/steps/{step_id}/agree/council", needs=Act.EXIT_AGREE_COUNCIL, name="exit.agree_for_council"
)
def agree_for_council(
    step_id: Id, uow: UnitOfWork, page: Page, form: Submission[AgreeForm]
) -> Response:
    service.agree_gate(uow, step_id, Organisation.COUNCIL, form.valid.words)
    return page.go("exit.index", notice="The gate is agreed for the council.")


def _form(page: Page, form: Submission[StepForm], action: str, title: str) -> Response:
    return page.show(
        "exit/step.html", form=form, action=action, title=title, workstreams=WORKSTREAMS
    )
