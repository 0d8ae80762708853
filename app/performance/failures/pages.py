"""Routes of judged periods, failures, the plans to put them right, and credits."""

from secrets import token_urlsafe

from starlette.responses import Response

from app.kernel.acts import Act
from app.performance.failures import queries, service
from app.performance.failures.forms import DecisionForm, PlanForm, WaiverForm
from app.performance.failures.rules import PlanDecision, check_waits, check_waiver
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.rules import number
from app.performance.service_levels import queries as levels
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/service-levels/failures")


@routes.get("", needs=Act.PROGRESS_VIEW, name="failures.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    typed = query.get("level", "")
    level = levels.find_level(uow, int(typed)) if typed.isdecimal() and len(typed) < 10 else None
    rows = queries.list_periods(uow, level.id if level else None)
    months, failed, owed = queries.totals(rows)
    return page.show(
        "performance/failures/index.html",
        level=level,
        rows=rows,
        open=[one for one in queries.open_failures(uow) if not level or one.level_id == level.id],
        months=months,
        failed=failed,
        owed=owed,
        hidden=_hidden(page),
    )


@routes.get("/{failure_id}", needs=Act.PROGRESS_VIEW, name="failures.show")
def show(failure_id: Id, uow: UnitOfWork, page: Page) -> Response:
    found = queries.find_failure(uow, failure_id)
    words, tone = found.course.standing(uow.today)
    return page.show(
        "performance/failures/failure.html",
        found=found,
        number=number,
        words=words,
        tone=tone,
        hidden=_hidden(page),
        key=token_urlsafe(18),
        to_plan=not found.why_no_plan(uow.today),
        to_close=not found.failure.closed_on and _accepted(found),
    )


@routes.get("/{failure_id}/plan", needs=Act.RECTIFICATION_PLAN, name="failures.plan_form")
def plan_form(failure_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    found = queries.find_failure(uow, failure_id)
    found.check_new_plan(uow.today)
    return page.show("performance/failures/plan.html", form=form, found=found)


@routes.post(
    "/{failure_id}/plan", needs=Act.RECTIFICATION_PLAN, name="failures.plan", shows=plan_form
)
def plan(failure_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    service.write_plan(uow, failure_id, form.valid.terms)
    return page.go("failures.show", "The plan is with the council.", failure_id=failure_id)


@routes.get("/{failure_id}/decide", needs=Act.RECTIFICATION_DECIDE, name="failures.decision_form")
def decision_form(
    failure_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]
) -> Response:
    found = queries.find_failure(uow, failure_id)
    check_waits(waiting=found.waits)
    form.start(number=found.plan.number if found.plan else 0)
    decisions = [(one.value, one.label) for one in PlanDecision]
    return page.show(
        "performance/failures/decision.html", form=form, found=found, decisions=decisions
    )


@routes.post(
    "/{failure_id}/decide",
    needs=Act.RECTIFICATION_DECIDE,
    name="failures.decide",
    shows=decision_form,
)
def decide(failure_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    said = form.valid
    service.decide_plan(uow, failure_id, said.number, said.decision, said.reason)
    return page.go("failures.show", "The decision is kept.", failure_id=failure_id)


@routes.post("/{failure_id}/close", needs=Act.RECTIFICATION_DECIDE, name="failures.close")
def close(failure_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.close(uow, failure_id)
    return page.go("failures.show", "The failure is closed.", failure_id=failure_id)


@routes.get("/{failure_id}/waive", needs=Act.CREDIT_WAIVE, name="failures.waiver_form")
def waiver_form(
    failure_id: Id, uow: UnitOfWork, page: Page, form: Submission[WaiverForm]
) -> Response:
    found = queries.find_failure(uow, failure_id)
    check_waiver(waived=bool(found.failure.waived_at), pence=found.failure.credit_pence)
    return page.show("performance/failures/waiver.html", form=form, found=found)


@routes.post(
    "/{failure_id}/waive", needs=Act.CREDIT_WAIVE, name="failures.waive", shows=waiver_form
)
def waive(failure_id: Id, uow: UnitOfWork, page: Page, form: Submission[WaiverForm]) -> Response:
    service.waive(uow, failure_id, form.valid.reason)
    return page.go("failures.show", "The credit is waived.", failure_id=failure_id)


def _accepted(found: queries.FailureView) -> bool:
    return found.decision is PlanDecision.ACCEPTED


def _hidden(page: Page) -> frozenset[str]:
    """The measures whose figures this reader does not see by month, for they are about children."""
    if page.may(Act.CASE_VIEW):
        return frozenset()
    return frozenset(one.value for one, said in DEFINITIONS.items() if said.sensitive)
