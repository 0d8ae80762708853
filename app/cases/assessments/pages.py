"""Routes of an assessment: start, child seen, submit, authorise, return."""

from typing import Any

from starlette.responses import Response

from app.cases.assessments import queries, service
from app.cases.assessments.forms import AuthoriseForm, ReturnForm, SeenForm, StartForm, SubmitForm
from app.cases.assessments.rules import NotSeenReason
from app.cases.register import queries as register
from app.cases.register.service import find
from app.cases.states import MOVES
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases/{case_id}/assessment")


@routes.get("/start", needs=Act.ASSESSMENT_START, name="assessments.start_form")
def start_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[StartForm]) -> Response:
    form.start(started_on=uow.today)
    _must_be_possible(uow, case_id, Act.ASSESSMENT_START)
    return _show(case_id, uow, page, form, "cases/assessments/start.html")


@routes.post("/start", needs=Act.ASSESSMENT_START, name="assessments.start", shows=start_form)
def start(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[StartForm]) -> Response:
    service.start(uow, case_id, form.valid.started_on)
    return page.go("cases.show", case_id=case_id, notice="The assessment has started.")


@routes.get("/seen", needs=Act.ASSESSMENT_SEEN, name="assessments.seen_form")
def seen_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[SeenForm]) -> Response:
    form.start(seen_on=uow.today)
    return _show(case_id, uow, page, form, "cases/assessments/seen.html")


@routes.post("/seen", needs=Act.ASSESSMENT_SEEN, name="assessments.seen", shows=seen_form)
def seen(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[SeenForm]) -> Response:
    answers = form.valid
    service.record_seen(uow, case_id, answers.seen_on, seen_alone=answers.alone == "yes")
    return page.go("cases.show", case_id=case_id, notice="Recorded that the child was seen.")


@routes.get("/submit", needs=Act.ASSESSMENT_SUBMIT, name="assessments.submit_form")
def submit_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[SubmitForm]) -> Response:
    _must_be_possible(uow, case_id, Act.ASSESSMENT_SUBMIT)
    return _show(case_id, uow, page, form, "cases/assessments/submit.html")


@routes.post("/submit", needs=Act.ASSESSMENT_SUBMIT, name="assessments.submit", shows=submit_form)
def submit(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[SubmitForm]) -> Response:
    service.submit(uow, case_id, form.valid.not_seen_reason)
    return page.go("cases.show", case_id=case_id, notice="Submitted for authorisation.")


@routes.get("/authorise", needs=Act.ASSESSMENT_AUTHORISE, name="assessments.authorise_form")
def authorise_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AuthoriseForm]
) -> Response:
    _must_be_possible(uow, case_id, Act.ASSESSMENT_AUTHORISE)
    return _show(case_id, uow, page, form, "cases/assessments/authorise.html")


@routes.post(
    "/authorise",
    needs=Act.ASSESSMENT_AUTHORISE,
    name="assessments.authorise",
    shows=authorise_form,
)
def authorise(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AuthoriseForm]
) -> Response:
    service.authorise(uow, case_id, accepts_not_seen=form.valid.accepts_not_seen)
    return page.go("cases.show", case_id=case_id, notice="The assessment is authorised.")


@routes.get("/return", needs=Act.ASSESSMENT_RETURN, name="assessments.return_form")
def return_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReturnForm]) -> Response:
    _must_be_possible(uow, case_id, Act.ASSESSMENT_RETURN)
    return _show(case_id, uow, page, form, "cases/assessments/return.html")


@routes.post("/return", needs=Act.ASSESSMENT_RETURN, name="assessments.return", shows=return_form)
def return_to_author(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReturnForm]
) -> Response:
    service.return_to_author(uow, case_id, form.valid.points)
    return page.go("cases.show", case_id=case_id, notice="Returned with points to fix.")


def _must_be_possible(uow: UnitOfWork, case_id: int, act: Act) -> None:
    """No form is shown whose button would be refused."""
    MOVES.after(find(uow, case_id).state, act)


def _show(
    case_id: int, uow: UnitOfWork, page: Page, form: Submission[Any], template: str
) -> Response:
    case = register.case_view(uow, case_id)
    if case is None:
        raise NotFound
    found = queries.assessments_of(uow, case_id)
    return page.show(
        template,
        form=form,
        case=case,
        assessment=found[0] if found else None,
        returns=queries.returns_of(uow, case_id),
        reasons=[(reason.value, reason.label) for reason in NotSeenReason],
    )
