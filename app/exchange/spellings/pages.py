"""Routes of spellings: those that nobody knows, what one means, and entries for workers."""

from starlette.responses import Response

from app.contract import queries as contract
from app.exchange.cells import MEANINGS
from app.exchange.layouts import Field
from app.exchange.spellings import queries, service
from app.exchange.spellings.forms import SayForm, WorkerForm
from app.exchange.spellings.rules import NOTHING, choices
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/spellings")


@routes.get("", needs=Act.SPELLING_MAP, name="spellings.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    known = query.get("show") == "known"
    return page.show(
        "exchange/spellings/index.html",
        spellings=queries.list_spellings(uow, query.get("page"), known=known),
        known=known,
        page_url=lambda n: f"/spellings?{'show=known&' if known else ''}page={n}",
    )


@routes.get("/worker", needs=Act.SPELLING_MAP, name="spellings.worker_form")
def worker_form(uow: UnitOfWork, page: Page, form: Submission[WorkerForm]) -> Response:
    contracts = [(one.id, one.name) for one in contract.list_contracts(uow)]
    if len(contracts) == 1:
        form.start(contract_id=contracts[0][0])
    return page.show(
        "exchange/spellings/worker.html",
        form=form,
        contracts=contracts,
        meanings=list(MEANINGS[Field.ALLOCATED_WORKER].items()),
    )


@routes.post("/worker", needs=Act.SPELLING_MAP, name="spellings.add_worker", shows=worker_form)
def add_worker(uow: UnitOfWork, page: Page, form: Submission[WorkerForm]) -> Response:
    said = form.valid
    service.add_worker(uow, said.contract_id, said.text, said.meaning)
    return page.go("spellings.index", notice="Every list read from now on is read so.")


@routes.get("/{spelling_id}", needs=Act.SPELLING_MAP, name="spellings.show")
def show(spelling_id: Id, uow: UnitOfWork, page: Page, form: Submission[SayForm]) -> Response:
    spelling = queries.find_view(uow, spelling_id)
    if spelling.meaning is not None:
        form.start(meaning=spelling.meaning or NOTHING)
    return page.show(
        "exchange/spellings/spelling.html",
        form=form,
        spelling=spelling,
        choices=choices(spelling.field),
    )


@routes.post("/{spelling_id}", needs=Act.SPELLING_MAP, name="spellings.say", shows=show)
def say(spelling_id: Id, uow: UnitOfWork, page: Page, form: Submission[SayForm]) -> Response:
    service.say(uow, spelling_id, form.valid.meaning)
    return page.go("spellings.index", notice="Every list read from now on is read so.")
