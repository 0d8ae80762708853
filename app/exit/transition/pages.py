"""Routes of the transition of staff: who stays, offers, and the run-down by week and lot."""

from collections import Counter

from starlette.responses import Response

from app.contract import queries as contract
from app.exit.transition import queries, service
from app.exit.transition.forms import OfferForm, RampForm
from app.exit.transition.rules import Answer, Engagement
from app.kernel.acts import Act
from app.people.workers import find_worker
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/exit/people")


@routes.get("", needs=Act.STAYING_VIEW, name="transition.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    people = queries.list_people(uow)
    staying = [one for one in people if one.stays]
    kinds = Counter(one.offer.engagement for one in staying if one.offer)
    return page.show(
        "exit/people/index.html",
        people=[one for one in people if one.is_named],
        workers=len(people),
        staying=staying,
        kinds=[(kind.label, kinds[kind]) for kind in Engagement],
        carried=sum(one.cases for one in staying),
        leaving_third=sum(one.third for one in people if not one.stays),
        contracts=[(one, queries.heads_by_lot(uow, one)) for one in contract.list_contracts(uow)],
    )


@routes.get("/{worker_id}/offer", needs=Act.OFFER_RECORD, name="transition.offer_form")
def offer_form(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[OfferForm]) -> Response:
    worker = find_worker(uow, worker_id)
    row = queries.find_offer(uow, worker_id)
    if row:
        form.start(version=row.version, **vars(queries.terms_of(row)))
    else:
        form.start(version=0, offered_on=uow.today, answer=Answer.WAITING)
    return page.show(
        "exit/people/offer.html",
        form=form,
        worker=worker,
        recorded_by=queries.recorded_by(uow, worker_id),
        engagements=[(one.value, one.label) for one in Engagement],
        answers=[(one.value, one.label) for one in Answer],
    )


@routes.post(
    "/{worker_id}/offer", needs=Act.OFFER_RECORD, name="transition.offer", shows=offer_form
)
def offer(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[OfferForm]) -> Response:
    service.record_offer(uow, worker_id, form.valid.terms, version=form.ask_version())
    return page.go("transition.index", notice="The offer is recorded.")


@routes.get("/lots/{lot_id}", needs=Act.EXIT_EDIT, name="transition.ramp_form")
def ramp_form(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[RampForm]) -> Response:
    lot = contract.find_lot(uow, lot_id)
    form.start(from_on=uow.today)
    steps = [one for one in queries.list_steps(uow) if one.lot_id == lot_id]
    return page.show("exit/people/ramp.html", form=form, lot=lot, steps=steps)


@routes.post("/lots/{lot_id}", needs=Act.EXIT_EDIT, name="transition.ramp", shows=ramp_form)
def ramp(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[RampForm]) -> Response:
    service.plan_workers(uow, lot_id, form.valid.from_on, form.valid.workers)
    return page.go("transition.index", notice="The number of workers is planned.")
