"""Routes of unresolved child-protection issues: the register, a new one, its cover, its end."""

from starlette.responses import Response

from app.cases.register import queries as register
from app.kernel.acts import Act
from app.safeguarding.issues import queries, service
from app.safeguarding.issues.forms import AnswerForm, CoverForm, IssueForm
from app.safeguarding.issues.rules import Answer, Trouble
from app.safeguarding.issues.service import Cover
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/unresolved", needs=Act.PROTECTION_VIEW, name="issues.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "safeguarding/issues/index.html",
        counts=queries.count_unresolved(uow),
        issues=queries.unresolved(uow),
        resolved=queries.resolved_lately(uow),
    )


@routes.get("/cases/{case_id}/issue", needs=Act.ISSUE_RAISE, name="issues.new")
def new(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[IssueForm]) -> Response:
    case = register.case_view(uow, case_id)
    troubles = [(one.value, one.label) for one in Trouble]
    return page.show("safeguarding/issues/raise.html", form=form, case=case, troubles=troubles)


@routes.post("/cases/{case_id}/issue", needs=Act.ISSUE_RAISE, name="issues.raise", shows=new)
def raise_issue(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[IssueForm]) -> Response:
    said = form.valid
    service.raise_issue(uow, case_id, said.trouble, Cover(said.action_taken, said.cover))
    return page.go("protection.show", case_id=case_id, notice="The issue is on the register.")


@routes.get("/unresolved/{issue_id}/cover", needs=Act.ISSUE_COVER, name="issues.cover_form")
def cover_form(issue_id: Id, uow: UnitOfWork, page: Page, form: Submission[CoverForm]) -> Response:
    issue = queries.find_view(uow, issue_id)
    form.start(version=issue.version, action_taken=issue.action_taken, cover=issue.cover)
    return page.show("safeguarding/issues/cover.html", form=form, issue=issue)


@routes.post(
    "/unresolved/{issue_id}/cover", needs=Act.ISSUE_COVER, name="issues.cover", shows=cover_form
)
def cover(issue_id: Id, uow: UnitOfWork, page: Page, form: Submission[CoverForm]) -> Response:
    said = Cover(form.valid.action_taken, form.valid.cover)
    service.cover(uow, issue_id, form.ask_version(), said)
    return _back(uow, page, issue_id, "Cover for tonight is named.")


@routes.get("/unresolved/{issue_id}/resolve", needs=Act.ISSUE_RESOLVE, name="issues.answer_form")
def answer_form(
    issue_id: Id, uow: UnitOfWork, page: Page, form: Submission[AnswerForm]
) -> Response:
    issue = queries.find_view(uow, issue_id)
    answers = [(one.value, one.label) for one in Answer]
    return page.show("safeguarding/issues/resolve.html", form=form, issue=issue, answers=answers)


@routes.post(
    "/unresolved/{issue_id}/resolve",
    needs=Act.ISSUE_RESOLVE,
    name="issues.resolve",
    shows=answer_form,
)
def resolve(issue_id: Id, uow: UnitOfWork, page: Page, form: Submission[AnswerForm]) -> Response:
    service.resolve(uow, issue_id, form.valid.answer, form.valid.note)
    return _back(uow, page, issue_id, "The issue is resolved.")


def _back(uow: UnitOfWork, page: Page, issue_id: int, notice: str) -> Response:
    case_id = queries.find_view(uow, issue_id).case_id
    return page.go("protection.show", case_id=case_id, notice=notice)
