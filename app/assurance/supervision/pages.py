"""Routes of supervision: who is due, one worker's agenda, what is decided, and its terms."""

from starlette.responses import Response

from app.assurance.agenda import queries as agenda
from app.assurance.agenda.queries import AgendaLine
from app.assurance.supervision import queries, rules, service
from app.assurance.supervision.forms import DiscussForm, HoldForm, PlanForm, TermsForm
from app.assurance.supervision.queries import WorkerLine
from app.assurance.supervision.rules import BOUNDS, Decision, Terms
from app.assurance.supervision.service import Said
from app.cases.actions import queries as actions
from app.cases.actions.rules import What
from app.cases.register import queries as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.people.workers import find_worker, lots_by_worker
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/supervision", needs=Act.SUPERVISION_VIEW, name="supervision.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    if uow.actor.own_cases_only:
        return page.go("supervision.worker", worker_id=uow.actor.practitioner_id or 0)
    return page.show("assurance/supervision/index.html", workers=queries.list_workers(uow))


@routes.get("/supervision/{worker_id}", needs=Act.SUPERVISION_VIEW, name="supervision.worker")
def worker(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    return _show(uow, page, worker_id, form, Submission(HoldForm))


@routes.get("/supervision/{worker_id}/hold", needs=Act.SUPERVISION_HOLD, name="supervision.holding")
def holding(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[HoldForm]) -> Response:
    return _show(uow, page, worker_id, Submission(PlanForm), form)


@routes.post(
    "/supervision/{worker_id}/plan",
    needs=Act.SUPERVISION_HOLD,
    name="supervision.plan",
    shows=worker,
)
def plan(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    service.plan(uow, worker_id, form.valid.planned_on)
    return page.go("supervision.worker", worker_id=worker_id, notice="The day is set.")


@routes.post(
    "/supervision/{worker_id}/hold",
    needs=Act.SUPERVISION_HOLD,
    name="supervision.hold",
    shows=holding,
)
def hold(worker_id: Id, uow: UnitOfWork, page: Page, form: Submission[HoldForm]) -> Response:
    service.hold(uow, worker_id, form.valid.held_on)
    return page.go(
        "supervision.worker", worker_id=worker_id, notice="It is held. Decide case by case."
    )


@routes.get(
    "/supervision/{worker_id}/cases/{case_id}",
    needs=Act.SUPERVISION_HOLD,
    name="supervision.discuss_form",
)
def discuss_form(
    worker_id: Id, case_id: Id, uow: UnitOfWork, page: Page, form: Submission[DiscussForm]
) -> Response:
    line, case = _line(uow, worker_id), register.case_view(uow, case_id)
    supervision = queries.latest_held(uow, worker_id)
    held_on = rules.held_lately(supervision.held_on if supervision else None, uow.today)
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="supervision")
    return page.show(
        "assurance/supervision/discuss.html",
        form=form,
        line=line,
        case=case,
        held_on=held_on,
        decisions=[(one.value, one.label) for one in Decision],
        kinds=[(one.value, one.label) for one in What],
        owners=actions.possible_owners(uow, case_id),
        said=queries.of_case(uow, case_id),
        open_actions=[one for one in actions.of_case(uow, case_id) if one.is_open],
    )


@routes.post(
    "/supervision/{worker_id}/cases/{case_id}",
    needs=Act.SUPERVISION_HOLD,
    name="supervision.discuss",
    shows=discuss_form,
)
def discuss(
    worker_id: Id, case_id: Id, uow: UnitOfWork, page: Page, form: Submission[DiscussForm]
) -> Response:
    service.discuss(uow, worker_id, case_id, Said(**form.valid.model_dump()))
    return page.go("supervision.worker", worker_id=worker_id, notice="The decision is kept.")


@routes.get(
    "/contract/{contract_id}/supervision", needs=Act.CONTRACT_EDIT, name="supervision.terms_form"
)
def terms_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]
) -> Response:
    versions = queries.versions_of_terms(uow, contract_id)
    terms = queries.terms_of(uow, contract_id)
    number = versions[0][0].number if versions else 0
    form.start(version=number, from_on=uow.today, **vars(terms))
    return page.show(
        "assurance/supervision/terms.html",
        form=form,
        contract=contract.find_contract(uow, contract_id),
        bounds=BOUNDS,
        versions=[(one, by, queries.shown(one)) for one, by in versions],
    )


@routes.post(
    "/contract/{contract_id}/supervision",
    needs=Act.CONTRACT_EDIT,
    name="supervision.terms",
    shows=terms_form,
)
def set_terms(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]
) -> Response:
    said = form.valid
    service.set_terms(uow, contract_id, said.terms, said.from_on, said.reason, form.ask_version())
    return page.go("supervision.counts", notice="The terms of supervision are saved.")


def _line(uow: UnitOfWork, worker_id: int) -> WorkerLine:
    """The worker; a practitioner finds nobody but themselves."""
    if uow.actor.own_cases_only and worker_id != uow.actor.practitioner_id:
        raise NotFound
    return queries.find_line(uow, worker_id)


def _show(
    uow: UnitOfWork,
    page: Page,
    worker_id: int,
    planning: Submission[PlanForm],
    holding: Submission[HoldForm],
) -> Response:
    line = _line(uow, worker_id)
    planning.start(planned_on=line.planned_on or max(line.due_on, uow.today))
    holding.start(held_on=uow.today)
    terms = queries.terms_of(uow, find_worker(uow, worker_id).contract_id)
    latest = queries.latest_held(uow, worker_id)
    return page.show(
        "assurance/supervision/worker.html",
        line=line,
        terms=terms,
        cases=_agenda(uow, line, terms),
        held=queries.history(uow, worker_id),
        decided=queries.decided_in(uow, latest.id or 0) if latest else [],
        may_decide=latest is not None
        and rules.takes_decisions(latest.held_on, uow.today)
        and latest.supervisor_id == uow.actor.user_id,
        may_hold=page.may(Act.SUPERVISION_HOLD) and rules.may_supervise(uow.actor.role, line.post),
        own=worker_id == uow.actor.practitioner_id,
        planning=planning,
        holding=holding,
    )


def _agenda(uow: UnitOfWork, line: WorkerLine, terms: Terms) -> list[AgendaLine]:
    """A practitioner's own cases; for a manager, those of their lots that need somebody."""
    if line.post.holds_cases:
        return agenda.of_worker(uow, line.worker_id, terms.child_days)
    lots = [row.lot_id for row, _ in lots_by_worker(uow)[line.worker_id]]
    return agenda.of_lots(uow, lots, terms.child_days)
