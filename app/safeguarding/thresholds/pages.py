"""Routes of threshold decisions: the log and its counts, and a new decision."""

from starlette.responses import Response

from app.cases.register import queries as register
from app.kernel.acts import Act
from app.safeguarding.thresholds import queries, service
from app.safeguarding.thresholds.forms import DecisionForm
from app.safeguarding.thresholds.rules import Rationale, Threshold
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/thresholds", needs=Act.PROTECTION_VIEW, name="thresholds.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "safeguarding/thresholds/index.html",
        decisions=queries.list_decisions(uow, query.get("page")),
        counts=queries.count_by_lot(uow),
        weeks=queries.COUNTED.days // 7,
        page_url=lambda number: page.site.url("thresholds.index", page=number),
    )


@routes.get("/cases/{case_id}/threshold", needs=Act.THRESHOLD_DECIDE, name="thresholds.form")
def new(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    case = register.case_view(uow, case_id)
    form.start(decided_on=uow.today)
    return page.show(
        "safeguarding/thresholds/decide.html",
        form=form,
        case=case,
        thresholds=[(one.value, one.label) for one in Threshold],
        rationales=[(one.value, one.label) for one in Rationale],
    )


@routes.post(
    "/cases/{case_id}/threshold",
    needs=Act.THRESHOLD_DECIDE,
    name="thresholds.decide",
    shows=new,
)
def decide(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    said = form.valid
    service.decide(
        uow, case_id, said.threshold, said.decided_on, said.because, met=said.met == "yes"
    )
    return page.go("protection.show", case_id=case_id, notice="The decision is logged.")
