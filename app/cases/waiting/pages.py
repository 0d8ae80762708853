"""Routes of waiting children: the queue, one child's log, risk reviews and escalations."""

import secrets
from datetime import timedelta

from starlette.responses import Response

from app.cases.ladder import queries as ladder
from app.cases.ladder.forms import DecisionForm
from app.cases.ladder.rules import OF_WAITS
from app.cases.register import priorities
from app.cases.register import queries as register
from app.cases.waiting import queries, service
from app.cases.waiting.forms import ReviewForm
from app.cases.waiting.queries import Show, WaitingFilter, WaitingRow
from app.cases.waiting.rules import LEVELS, RiskDecision
from app.cases.waiting.service import RESTS, Finding
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/waiting", needs=Act.WAITING_VIEW, name="waiting.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    wanted = WaitingFilter.read(query, dict(lots))
    queue = queries.read_queue(uow, wanted, query.get("page"))
    return page.show(
        "cases/waiting/index.html",
        cases=queue.cases,
        counts=queue.counts,
        terms=[
            (one.name, contract.waiting(uow, one.id or 0)) for one in contract.list_contracts(uow)
        ],
        wanted=wanted,
        shows=list(Show),
        lots=lots,
        page_url=lambda number: wanted.url(page=number),
    )


@routes.get("/cases/{case_id}/waiting", needs=Act.WAITING_VIEW, name="waiting.show")
def show(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = register.case_view(uow, case_id)
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="waiting")
    return page.show(
        "cases/waiting/case.html",
        case=case,
        row=queries.find_waiting(uow, case_id),
        reviews=queries.reviews_of(uow, case_id),
        steps=[one for one in ladder.steps_of(uow, case_id) if one.delay_id is None],
        key=secrets.token_urlsafe(18),
    )


@routes.get("/cases/{case_id}/risk-review", needs=Act.WAITING_REVIEW, name="waiting.review_form")
def review_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReviewForm]) -> Response:
    case = register.case_view(uow, case_id)
    row = _waits(uow, case_id)
    terms = contract.waiting(uow, case.contract_id)
    latest = uow.today + timedelta(days=terms.review_days)
    form.start(version=priorities.times_judged(uow, case_id), next_review_on=latest)
    return page.show(
        "cases/waiting/review.html",
        form=form,
        row=row,
        latest=latest,
        levels=[(level.value, level.label) for level in LEVELS],
        decisions=[(one.value, one.label) for one in RiskDecision],
        reviews=queries.reviews_of(uow, case_id),
    )


@routes.post(
    "/cases/{case_id}/risk-review",
    needs=Act.WAITING_REVIEW,
    name="waiting.review",
    shows=review_form,
)
def review(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReviewForm]) -> Response:
    finding = Finding(**form.valid.model_dump())
    service.review(uow, case_id, finding, judged=form.ask_version())
    return page.go("waiting.index", notice="The risk review is kept.")


@routes.post(
    "/cases/{case_id}/escalation/acknowledge",
    needs=Act.ESCALATION_ACKNOWLEDGE,
    name="waiting.acknowledge",
)
def acknowledge(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.acknowledge(uow, case_id)
    return page.go("waiting.show", case_id=case_id, notice="The escalation is acknowledged.")


@routes.get("/cases/{case_id}/escalation", needs=Act.ESCALATION_DECIDE, name="waiting.decide_form")
def decide_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]
) -> Response:
    row = _waits(uow, case_id)
    if row.standing is None:
        raise Refused(RESTS)
    return page.show(
        "cases/waiting/decide.html",
        form=form,
        row=row,
        decisions=[(one.value, one.label) for one in OF_WAITS],
    )


@routes.post(
    "/cases/{case_id}/escalation",
    needs=Act.ESCALATION_DECIDE,
    name="waiting.decide",
    shows=decide_form,
)
def decide(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    said = form.valid
    service.decide(uow, case_id, said.decision, said.until, said.note)
    return page.go("waiting.show", case_id=case_id, notice="The escalation is decided.")


def _waits(uow: UnitOfWork, case_id: int) -> WaitingRow:
    """The waiting child; no form is shown whose button would be refused."""
    row = queries.find_waiting(uow, case_id)
    if row is not None:
        return row
    # A case out of sight is not there, before it is refused.
    register.case_view(uow, case_id)
    raise Refused("This case does not wait: it has a named worker, or it has ended.")
