"""Routes of triage: the queue, its order, and a case's priority."""

from datetime import timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from app.cases.register import priorities
from app.cases.register import queries as register
from app.cases.register.rules import CHOSEN_REASONS, JUDGED, Criterion
from app.cases.triage import queries, service
from app.cases.triage.forms import PLACES, OrderForm, PriorityForm
from app.cases.triage.queries import QueueFilter
from app.contract import queries as contract
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()
USUAL_REVIEW = timedelta(days=7)


@routes.get("/triage", needs=Act.CASE_ALLOCATE, name="allocation.triage", brief=True)
def triage(uow: UnitOfWork, page: Page, query: Query) -> Response:
    contracts = contract.contract_choices(uow)
    chosen = _chosen(query.get("contract"), contracts) or contracts[0][0]
    lots = [(lot.id, lot.name) for lot in contract.list_lot_names(uow) if lot.contract_id == chosen]
    wanted = QueueFilter(
        chosen,
        _chosen(query.get("lot"), lots),
        query.get("review") == "yes",
        len(contracts) == 1,
    )
    kept = {"lot": wanted.lot_id or "", "review": "yes" if wanted.to_review else ""}
    kept |= {} if wanted.only_contract else {"contract": chosen}
    return page.show(
        "cases/triage/queue.html",
        order=queries.order_versions(uow, chosen)[0],
        cases=queries.list_queue(uow, wanted, query.get("page")),
        wanted=wanted,
        page_url=lambda number: f"/triage?{urlencode(kept | {'page': number})}",
        contracts=contracts,
        lots=lots,
    )


@routes.get("/triage/order/{contract_id}", needs=Act.CASE_ALLOCATE, name="triage.order")
def order(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[OrderForm]) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    versions = queries.order_versions(uow, contract_id)
    places = dict(zip(PLACES, versions[0].order, strict=False))
    form.start(version=versions[0].number, **{name: one.value for name, one in places.items()})
    return page.show(
        "cases/triage/order.html",
        form=form,
        contract=agreed,
        versions=versions,
        places=PLACES,
        criteria=[(one.value, f"{one.words[0].upper()}{one.words[1:]}") for one in Criterion],
    )


@routes.post(
    "/triage/order/{contract_id}", needs=Act.TRIAGE_ORDER, name="triage.set_order", shows=order
)
def set_order(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[OrderForm]
) -> Response:
    said = form.valid
    service.set_order(uow, contract_id, said.order, said.reason, began_from=form.ask_version())
    return page.go(
        "triage.order", contract_id=contract_id, notice="The queue stands in its new order."
    )


@routes.get("/cases/{case_id}/priority", needs=Act.CASE_PRIORITISE, name="triage.priority")
def priority(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[PriorityForm]) -> Response:
    case = register.case_view(uow, case_id)
    form.start(
        version=priorities.times_judged(uow, case_id),
        priority=case.priority.value,
        next_review_on=uow.today + USUAL_REVIEW,
        child_protection=case.child_protection,
    )
    return page.show(
        "cases/triage/priority.html",
        form=form,
        case=case,
        reviews=queries.reviews_of(uow, case_id),
        priorities=[(one.value, one.label) for one in JUDGED],
        reasons=[(one.value, one.label) for one in CHOSEN_REASONS],
    )


@routes.post(
    "/cases/{case_id}/priority",
    needs=Act.CASE_PRIORITISE,
    name="triage.prioritise",
    shows=priority,
)
def prioritise(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[PriorityForm]
) -> Response:
    said = form.valid
    service.prioritise(
        uow,
        case_id,
        said.priority,
        said.reason,
        said.next_review_on,
        child_protection=said.child_protection,
        judged=form.ask_version(),
    )
    return page.go("cases.show", case_id=case_id, notice="The priority is set.")


def _chosen(text: str | None, known: list[tuple[int, str]]) -> int | None:
    return next((number for number, _ in known if str(number) == text), None)
