"""Routes of time off: leave, absence and other reductions of a worker's hours."""

import secrets

from starlette.responses import Response

from app.kernel.acts import Act
from app.people.capacity import queries, service
from app.people.capacity.forms import ReductionForm
from app.people.capacity.rules import Reason, Reduced
from app.people.rules import show_hours
from app.people.workers import find_worker
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people")


@routes.get("/{worker_id}/time-off", needs=Act.PEOPLE_EDIT, name="capacity.form")
def reduce_form(
    worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReductionForm]
) -> Response:
    return page.show(
        "people/capacity/time_off.html",
        form=form,
        worker=find_worker(uow, worker_id),
        reductions=queries.list_reductions(uow, worker_id),
        reasons=[(reason.value, reason.label) for reason in Reason],
        show_hours=show_hours,
        key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/{worker_id}/time-off", needs=Act.PEOPLE_EDIT, name="capacity.reduce", shows=reduce_form
)
def reduce(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReductionForm]) -> Response:
    service.reduce(uow, worker_id, Reduced(**form.valid.model_dump()))
    return page.go("roster.person", worker_id=worker_id, notice="The time off is saved.")


@routes.post(
    "/{worker_id}/time-off/{reduction_id}/remove",
    needs=Act.PEOPLE_EDIT,
    name="capacity.restore",
)
def restore(worker_id: Id, reduction_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.restore(uow, worker_id, reduction_id)
    return page.go("capacity.form", worker_id=worker_id, notice="The time off is removed.")
