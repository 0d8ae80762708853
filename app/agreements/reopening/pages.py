"""Routes of reopening a cleared case."""

from starlette.responses import Response

from app.agreements.reopening import queries, service
from app.agreements.reopening.forms import ReopenForm
from app.agreements.reopening.rules import ReopenReason
from app.cases.register import queries as cases
from app.cases.states import MOVES
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases/{case_id}/reopen")


@routes.get("", needs=Act.CASE_REOPEN, name="reopening.form")
def reopen_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReopenForm]) -> Response:
    case = cases.case_view(uow, case_id)
    MOVES.after(case.state, Act.CASE_REOPEN)
    reasons = [(reason.value, reason.label) for reason in ReopenReason]
    return page.show(
        "agreements/reopening/reopen.html",
        form=form,
        case=case,
        reasons=reasons,
        earlier=queries.of_case(uow, case_id),
    )


@routes.post("", needs=Act.CASE_REOPEN, name="reopening.reopen", shows=reopen_form)
def reopen(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReopenForm]) -> Response:
    service.reopen(uow, case_id, form.valid.reason)
    return page.go("cases.show", case_id=case_id, notice="The case is open again.")
