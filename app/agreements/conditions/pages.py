"""Routes of conditions: recording that one is met."""

from starlette.responses import Response

from app.agreements.conditions import queries, service
from app.agreements.conditions.forms import MeetForm
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/conditions")


@routes.get("/{condition_id}/met", needs=Act.CONDITION_MEET, name="conditions.form")
def meet_form(
    condition_id: Id, uow: UnitOfWork, page: Page, form: Submission[MeetForm]
) -> Response:
    return page.show(
        "agreements/conditions/meet.html", form=form, condition=queries.find_view(uow, condition_id)
    )


@routes.post(
    "/{condition_id}/met", needs=Act.CONDITION_MEET, name="conditions.meet", shows=meet_form
)
def meet(condition_id: Id, uow: UnitOfWork, page: Page, form: Submission[MeetForm]) -> Response:
    case_id = queries.find_view(uow, condition_id).case_id
    service.meet(uow, condition_id, form.valid.note)
    return page.go("cases.show", case_id=case_id, notice="The condition is met.")
