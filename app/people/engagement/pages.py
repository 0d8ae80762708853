"""The route of a worker's engagement."""

from starlette.responses import Response

from app.kernel.acts import Act
from app.kernel.money import Pence, show
from app.people.engagement import queries, service
from app.people.engagement.forms import EngagementForm
from app.people.engagement.rules import LABELS, Engaged
from app.people.workers import find_worker
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people")


@routes.get("/{worker_id}/engagement", needs=Act.RETURN_RECORD, name="engagement.form")
def record_form(
    worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[EngagementForm]
) -> Response:
    worker = find_worker(uow, worker_id)
    kept = queries.find_engagement(uow, worker_id)
    known = vars(queries.engaged_of(kept) if kept else Engaged())
    pence = known["hourly_pence"]
    pounds = show(Pence(pence)) if pence is not None else None
    form.start(version=kept.version if kept else 0, **known | {"hourly_pence": pounds})
    return page.show("people/engagement/record.html", form=form, worker=worker, labels=LABELS)


@routes.post(
    "/{worker_id}/engagement",
    needs=Act.RETURN_RECORD,
    name="engagement.record",
    shows=record_form,
)
def record(
    worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[EngagementForm]
) -> Response:
    engaged = Engaged(**form.valid.model_dump())
    service.record(uow, worker_id, engaged, version=form.ask_version())
    return page.go("agency_return.index", notice="The engagement is saved.")
