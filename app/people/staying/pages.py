"""The route of a worker's wish to stay."""

from starlette.responses import Response

from app.kernel.acts import Act
from app.people.staying import queries, service
from app.people.staying.forms import WishForm
from app.people.staying.rules import Intent, Wish
from app.people.workers import find_worker
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people")


@routes.get("/{worker_id}/staying", needs=Act.STAYING_RECORD, name="staying.form")
def record_form(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[WishForm]) -> Response:
    worker = find_worker(uow, worker_id)
    kept = queries.find_transition(uow, worker_id)
    known = vars(queries.wish_of(kept)) if kept else {}
    form.start(version=kept.version if kept else 0, **known)
    intents = [(intent.value, intent.label) for intent in Intent]
    return page.show("people/staying/record.html", form=form, worker=worker, intents=intents)


@routes.post(
    "/{worker_id}/staying", needs=Act.STAYING_RECORD, name="staying.record", shows=record_form
)
def record(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[WishForm]) -> Response:
    wish = Wish(**form.valid.model_dump())
    service.record(uow, worker_id, wish, version=form.ask_version())
    return page.go("staying.index", notice="What they say is saved.")
