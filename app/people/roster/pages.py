"""Routes of the roster: the weeks ahead, a worker's page, and changing who works where."""

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.people.roster import queries, service
from app.people.roster.forms import NewWorkerForm, PlaceForm, TermsForm
from app.people.roster.rules import DAYS, Terms, days_worked, full_time
from app.people.rules import FULL_TIME, Post, show_hours
from app.people.workers import find_worker
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people")
POSTS = [(post.value, post.label) for post in Post]


@routes.get("/roster", needs=Act.PEOPLE_VIEW, name="roster.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.list_lots(uow)
    chosen = next((lot for lot in lots if str(lot.id) == query.get("lot")), None)
    contracts = list(dict.fromkeys(lot.contract_id for lot in ([chosen] if chosen else lots)))
    names = {one.id: one.name for one in contract.list_contracts(uow)}
    lot_id = chosen.id if chosen else None
    return page.show(
        "people/roster/index.html",
        rosters=[(names[one], queries.roster(uow, one, lot_id, uow.today)) for one in contracts],
        lots=[(lot.id, lot.name) for lot in lots],
        lot=chosen,
        full_time=full_time,
    )


@routes.get("/new", needs=Act.PEOPLE_EDIT, name="roster.new")
def add_form(uow: UnitOfWork, page: Page, form: Submission[NewWorkerForm]) -> Response:
    form.start(
        starts_on=uow.today,
        weekly_minutes=show_hours(FULL_TIME),
        weekdays=list("12345"),
        case_limit=18,
        qualified=True,
    )
    return _terms_page(uow, page, form, None)


@routes.post("/new", needs=Act.PEOPLE_EDIT, name="roster.add", shows=add_form)
def add(uow: UnitOfWork, page: Page, form: Submission[NewWorkerForm]) -> Response:
    typed = form.valid
    worker_id = service.add(uow, _terms(typed), typed.lots)
    notice = "The worker is added. They can hold cases once their checks are recorded."
    return page.go("roster.person", worker_id=worker_id, notice=notice)


@routes.get("/{worker_id}", needs=Act.PEOPLE_VIEW, name="roster.person")
def person(worker_id: Id, uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "people/roster/person.html",
        person=queries.find_person(uow, worker_id, uow.today),
        show_hours=show_hours,
        days_worked=days_worked,
    )


@routes.get("/{worker_id}/edit", needs=Act.PEOPLE_EDIT, name="roster.edit_form")
def edit_form(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]) -> Response:
    worker = find_worker(uow, worker_id)
    terms = vars(queries.terms_of(worker))
    form.start(
        version=worker.version,
        **terms
        | {
            "weekly_minutes": show_hours(worker.weekly_minutes),
            "weekdays": list(worker.weekdays),
        },
    )
    return _terms_page(uow, page, form, worker_id)


@routes.post("/{worker_id}/edit", needs=Act.PEOPLE_EDIT, name="roster.edit", shows=edit_form)
def edit(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]) -> Response:
    form.call("home_lot_id", contract.lot_choices(uow))
    service.edit(uow, worker_id, _terms(form.valid), version=form.ask_version())
    return page.go("roster.person", worker_id=worker_id, notice="The worker’s terms are saved.")


@routes.get("/{worker_id}/lots", needs=Act.PEOPLE_EDIT, name="roster.place_form")
def place_form(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlaceForm]) -> Response:
    worker = find_worker(uow, worker_id)
    return page.show(
        "people/roster/lots.html",
        form=form,
        worker=worker,
        places=queries.find_person(uow, worker_id, uow.today).places,
        lots=_lots(uow, worker.contract_id),
    )


@routes.post("/{worker_id}/lots", needs=Act.PEOPLE_EDIT, name="roster.place", shows=place_form)
def place(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlaceForm]) -> Response:
    typed = form.valid
    service.place(uow, worker_id, typed.lot_id, typed.starts_on, typed.ends_on)
    return page.go("roster.person", worker_id=worker_id, notice="Where they work is saved.")


def _terms_page(
    uow: UnitOfWork,
    page: Page,
    form: Submission[TermsForm] | Submission[NewWorkerForm],
    worker_id: int | None,
) -> Response:
    worker = find_worker(uow, worker_id) if worker_id else None
    return page.show(
        "people/roster/terms.html",
        form=form,
        worker=worker,
        posts=POSTS,
        days=list(DAYS.items()),
        lots=_lots(uow, worker.contract_id if worker else None),
    )


def _lots(uow: UnitOfWork, contract_id: int | None) -> list[tuple[int | None, str]]:
    lots = contract.list_lots(uow)
    return [(lot.id, lot.name) for lot in lots if contract_id in (None, lot.contract_id)]


def _terms(typed: TermsForm) -> Terms:
    answers = typed.model_dump(exclude={"lots"})
    return Terms(**answers | {"weekdays": "".join(sorted(set(typed.weekdays)))})
