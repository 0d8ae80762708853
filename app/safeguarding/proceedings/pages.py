"""Routes of pre-proceedings: the tracker, a new period, its steps and its decision."""

from starlette.responses import Response

from app.cases.register import queries as register
from app.kernel.acts import Act
from app.safeguarding.proceedings import queries, service
from app.safeguarding.proceedings.forms import BeginForm, DecideForm, StepForm
from app.safeguarding.proceedings.rules import Decision, Step
from app.safeguarding.proceedings.service import Taken
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/pre-proceedings", needs=Act.PROTECTION_VIEW, name="proceedings.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "safeguarding/proceedings/index.html",
        counts=queries.count(uow),
        running=queries.list_running(uow, query.get("page")),
        page_url=lambda number: page.site.url("proceedings.index", page=number),
    )


@routes.get("/cases/{case_id}/pre-proceedings", needs=Act.PROCEEDINGS_OPEN, name="proceedings.form")
def new(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[BeginForm]) -> Response:
    case = register.case_view(uow, case_id)
    form.start(gateway_on=uow.today)
    return page.show("safeguarding/proceedings/begin.html", form=form, case=case)


@routes.post(
    "/cases/{case_id}/pre-proceedings",
    needs=Act.PROCEEDINGS_OPEN,
    name="proceedings.begin",
    shows=new,
)
def begin(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[BeginForm]) -> Response:
    service.begin(uow, case_id, form.valid.gateway_on, form.valid.next_review_on)
    return page.go("protection.show", case_id=case_id, notice="Pre-proceedings have begun.")


@routes.get(
    "/pre-proceedings/{proceedings_id}/step",
    needs=Act.PROCEEDINGS_RECORD,
    name="proceedings.step_form",
)
def step_form(
    proceedings_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]
) -> Response:
    form.start(on=uow.today)
    return page.show(
        "safeguarding/proceedings/step.html",
        form=form,
        one=queries.find_view(uow, proceedings_id),
        steps=[(step.value, step.label) for step in Step],
    )


@routes.post(
    "/pre-proceedings/{proceedings_id}/step",
    needs=Act.PROCEEDINGS_RECORD,
    name="proceedings.record",
    shows=step_form,
)
def record(proceedings_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    said = form.valid
    service.record(uow, proceedings_id, Taken(said.step, said.on, said.next_review_on))
    return _back(uow, page, proceedings_id, "The step is recorded.")


@routes.get(
    "/pre-proceedings/{proceedings_id}/decide",
    needs=Act.PROCEEDINGS_DECIDE,
    name="proceedings.decide_form",
)
def decide_form(
    proceedings_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecideForm]
) -> Response:
    one = queries.find_view(uow, proceedings_id)
    form.start(version=one.version)
    decisions = [(decision.value, decision.label) for decision in Decision]
    return page.show(
        "safeguarding/proceedings/decide.html", form=form, one=one, decisions=decisions
    )


@routes.post(
    "/pre-proceedings/{proceedings_id}/decide",
    needs=Act.PROCEEDINGS_DECIDE,
    name="proceedings.decide",
    shows=decide_form,
)
def decide(
    proceedings_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecideForm]
) -> Response:
    service.decide(uow, proceedings_id, form.valid.decision, form.ask_version())
    return _back(uow, page, proceedings_id, "The decision is recorded.")


def _back(uow: UnitOfWork, page: Page, proceedings_id: int, notice: str) -> Response:
    case_id = queries.find_view(uow, proceedings_id).case_id
    return page.go("protection.show", case_id=case_id, notice=notice)
