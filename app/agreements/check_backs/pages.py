"""Routes of checks two weeks after handovers: what is due, and saying what was found."""

from starlette.responses import Response

from app.agreements.check_backs import queries, service
from app.agreements.check_backs.forms import CheckForm
from app.cases.register import queries as register
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/handovers/checks", needs=Act.CALENDAR_VIEW, name="check_backs.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "agreements/check_backs/index.html",
        due=queries.list_due(uow, query.get("page")),
        found=queries.list_found(uow),
    )


@routes.get("/cases/{case_id}/handover/check", needs=Act.HANDOVER_CHECK, name="check_backs.form")
def check_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[CheckForm]) -> Response:
    # What is not in sight is not there, whatever is due of it.
    register.case_view(uow, case_id)
    due = queries.due_of(uow, case_id)
    if due is None:
        raise Refused("No accepted handover of this case waits to be looked at.")
    form.start(returned="yes" if due.reopened_on else None)
    return page.show("agreements/check_backs/check.html", form=form, due=due)


@routes.post(
    "/cases/{case_id}/handover/check",
    needs=Act.HANDOVER_CHECK,
    name="check_backs.check",
    shows=check_form,
)
def check(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[CheckForm]) -> Response:
    service.check(uow, case_id, form.valid.answers)
    return page.go("check_backs.index", notice="What you found is saved.")
