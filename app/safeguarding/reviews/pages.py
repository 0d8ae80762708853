"""Routes of child protection plans: one that was made elsewhere, and the reviews of each."""

from starlette.responses import Response

from app.cases.register import queries as register
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.safeguarding.reviews import queries, service
from app.safeguarding.reviews.forms import PlanForm, ReviewForm
from app.safeguarding.reviews.queries import PlanView
from app.safeguarding.reviews.rules import ReviewResult
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/cases/{case_id}/protection-plan", needs=Act.PROTECTION_REVIEW, name="reviews.new")
def new(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    case = register.case_view(uow, case_id)
    return page.show("safeguarding/reviews/plan.html", form=form, case=case)


@routes.post(
    "/cases/{case_id}/protection-plan", needs=Act.PROTECTION_REVIEW, name="reviews.begin", shows=new
)
def begin(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    service.begin(uow, case_id, form.valid.starts_on)
    return page.go("protection.show", case_id=case_id, notice="The plan is recorded.")


@routes.get("/protection-plans/{plan_id}/review", needs=Act.PROTECTION_REVIEW, name="reviews.form")
def review_form(plan_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReviewForm]) -> Response:
    plan = _plan(uow, plan_id)
    form.start(held_on=uow.today)
    return page.show(
        "safeguarding/reviews/review.html",
        form=form,
        plan=plan,
        case=register.case_view(uow, plan.case_id),
        results=[(one.value, one.label) for one in ReviewResult],
    )


@routes.post(
    "/protection-plans/{plan_id}/review",
    needs=Act.PROTECTION_REVIEW,
    name="reviews.review",
    shows=review_form,
)
def review(plan_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReviewForm]) -> Response:
    said = form.valid
    service.review(uow, plan_id, said.held_on, said.result)
    case_id = _plan(uow, plan_id).case_id
    return page.go("protection.show", case_id=case_id, notice="The review is recorded.")


def _plan(uow: UnitOfWork, plan_id: int) -> PlanView:
    plan = queries.find_plan(uow, plan_id)
    if plan is None:
        raise NotFound
    return plan
