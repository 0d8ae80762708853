"""Routes of checks: what runs out, a worker's checks, and the steps of the induction."""

import secrets
from datetime import timedelta

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.people.checks import queries, service
from app.people.checks.forms import ChecksForm, StepForm
from app.people.checks.rules import LABELS, Kind, Known, Light
from app.people.workers import find_worker
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people")
SPANS = (30, 60, 90)


@routes.get("/checks", needs=Act.CHECKS_VIEW, name="checks.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = [(lot.id, lot.name) for lot in contract.list_lots(uow)]
    chosen = next((lot_id for lot_id, _ in lots if str(lot_id) == query.get("lot")), None)
    span = next((days for days in SPANS if str(days) == query.get("within")), SPANS[-1])
    workers = queries.list_checked(uow, chosen, uow.today)
    spans = [(days, queries.expiries(workers, uow.today + timedelta(days=days))) for days in SPANS]
    return page.show(
        "people/checks/index.html",
        workers=workers,
        excluded=sum(worker.light is Light.RED for worker in workers),
        spans=[(days, len(found)) for days, found in spans],
        expiries=dict(spans)[span],
        span=span,
        kinds=list(Kind),
        contracts=contract.list_contracts(uow),
        lots=lots,
        lot_id=chosen,
    )


@routes.get("/{worker_id}/checks", needs=Act.CHECKS_RECORD, name="checks.form")
def record_form(
    worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[ChecksForm]
) -> Response:
    worker = find_worker(uow, worker_id)
    recorded = queries.find_checks(uow, worker_id)
    steps = queries.list_steps(uow, worker.contract_id, worker_id)
    known = queries.known_of(worker, recorded)._asdict()
    done = [step.step_id for step in steps if step.done_on]
    form.start(version=recorded.version if recorded else 0, **known, steps=done)
    return page.show(
        "people/checks/record.html",
        form=form,
        worker=worker,
        steps=[(step.step_id, step.name) for step in steps],
        labels=LABELS,
    )


@routes.post(
    "/{worker_id}/checks", needs=Act.CHECKS_RECORD, name="checks.record", shows=record_form
)
def record(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[ChecksForm]) -> Response:
    typed = form.valid.model_dump()
    typed["registration_number"] = typed["registration_number"].replace(" ", "").upper()
    steps = typed.pop("steps")
    known = queries.list_steps(uow, find_worker(uow, worker_id).contract_id, worker_id)
    form.call("steps", ((step.step_id, step.name) for step in known))
    service.record(uow, worker_id, Known(**typed), steps, version=form.ask_version())
    return page.go("roster.person", worker_id=worker_id, notice="The checks are saved.")


@routes.get("/induction/{contract_id}", needs=Act.CHECKS_RECORD, name="checks.induction")
def induction(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    return page.show(
        "people/checks/induction.html",
        form=form,
        contract=contract.find_contract(uow, contract_id),
        steps=queries.list_steps(uow, contract_id, 0),
        key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/induction/{contract_id}", needs=Act.CHECKS_RECORD, name="checks.add_step", shows=induction
)
def add_step(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[StepForm]) -> Response:
    service.add_step(uow, contract_id, form.valid.name)
    notice = "The step is added. Nobody who has not done it can be allocated a case."
    return page.go("checks.induction", contract_id=contract_id, notice=notice)


@routes.post(
    "/induction/{contract_id}/{induction_step_id}/drop",
    needs=Act.CHECKS_RECORD,
    name="checks.drop_step",
)
def drop_step(contract_id: Id, induction_step_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.drop_step(uow, contract_id, induction_step_id)
    return page.go("checks.induction", contract_id=contract_id, notice="The step is left out.")
