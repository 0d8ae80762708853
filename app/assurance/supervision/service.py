"""Acts of supervision: its terms are agreed, it is planned, held, and decides on cases."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.assurance.supervision import queries, rules
from app.assurance.supervision.models import CaseDiscussion, Supervision, SupervisionTerms
from app.assurance.supervision.rules import Decision, Terms
from app.cases.actions import service as actions
from app.cases.actions.rules import Source, Wanted, What
from app.cases.register import service as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.people.models import Practitioner
from app.people.workers import find_worker
from app.work.terms import next_number
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Said:
    """What supervision said of one case; an action has all its three parts or none."""

    decision: Decision
    note: str = ""
    what: What | None = None
    owner_id: int | None = None
    due_on: date | None = None


def set_terms(
    uow: UnitOfWork, contract_id: int, terms: Terms, from_on: date, reason: str, began_from: int
) -> None:
    """Agree from which day on how often supervision is due.

    `began_from` is the number of the version the form was made from; Conflict if there is a newer.
    """
    with uow.command(Act.CONTRACT_EDIT):
        contract.find_contract(uow, contract_id)
        versions = queries.versions_of_terms(uow, contract_id)
        number = next_number(versions, began_from, queries.shown)
        rules.check_terms(terms, from_on, uow.today)
        uow.add(
            SupervisionTerms(
                contract_id=contract_id,
                number=number,
                from_on=from_on,
                **vars(terms),
                reason=reason,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )


def plan(uow: UnitOfWork, worker_id: int, planned_on: date) -> None:
    """Set the day of a worker's next supervision, or move it."""
    with uow.command(Act.SUPERVISION_HOLD):
        worker = _supervised(uow, worker_id)
        rules.check_planned(planned_on, uow.today)
        _planned(uow, worker).planned_on = planned_on


def hold(uow: UnitOfWork, worker_id: int, held_on: date) -> None:
    """Write down that a supervision was held; what was decided on each case follows."""
    with uow.command(Act.SUPERVISION_HOLD):
        worker = _supervised(uow, worker_id)
        rules.check_held(held_on, uow.today)
        if queries.held_on_day(uow, worker_id, held_on):
            raise Invalid("held_on", "A supervision on that day is written down already.")
        _planned(uow, worker).held_on = held_on


def discuss(uow: UnitOfWork, worker_id: int, case_id: int, said: Said) -> None:
    """Put what was decided on a case into its file, with the action that follows from it."""
    with uow.command(Act.SUPERVISION_HOLD):
        _supervised(uow, worker_id)
        case = register.find(uow, case_id)
        supervision = queries.latest_held(uow, worker_id)
        held_on = rules.held_lately(supervision.held_on if supervision else None, uow.today)
        if supervision is None or supervision.supervisor_id != uow.actor.user_id:
            raise Refused("Whoever held the supervision writes down what was decided.")
        if not case.state.is_open:
            raise Refused("This case has ended.")
        uow.add(
            CaseDiscussion(
                case_id=case_id,
                lot_id=case.lot_id,
                supervision_id=supervision.id or 0,
                discussed_on=held_on,
                decision=said.decision,
                note=said.note,
                by_user_id=uow.actor.user_id,
            )
        )
        register.set_facts(uow, case, supervised_on=max(held_on, case.supervised_on or held_on))
        if wanted := _action(said):
            actions.set_action(uow, case_id, wanted)


def _supervised(uow: UnitOfWork, worker_id: int) -> Practitioner:
    worker = find_worker(uow, worker_id)
    if not rules.may_supervise(uow.actor.role, worker.post):
        raise Refused("The project manager supervises team managers.")
    return worker


def _planned(uow: UnitOfWork, worker: Practitioner) -> Supervision:
    """The supervision that is planned and not held yet, now with whoever acts; else a new one."""
    waiting = uow.session.exec(
        select(Supervision).where(
            Supervision.practitioner_id == worker.id, col(Supervision.held_on).is_(None)
        )
    ).first()
    if waiting is None:
        return uow.add(
            Supervision(
                contract_id=worker.contract_id,
                practitioner_id=worker.id or 0,
                supervisor_id=uow.actor.user_id or 0,
            )
        )
    waiting.supervisor_id = uow.actor.user_id or 0
    return waiting


def _action(said: Said) -> Wanted | None:
    if said.what is None and said.owner_id is None and said.due_on is None:
        return None
    if said.what is None:
        raise Invalid("what", "Choose what is to be done, or leave all of the action empty.")
    if said.owner_id is None:
        raise Invalid("owner_id", "Choose who does it.")
    if said.due_on is None:
        raise Invalid("due_on", "Enter by when it is to be done.")
    note = said.note[:200] if said.what is What.OTHER else ""
    return Wanted(said.what, said.owner_id, said.due_on, Source.SUPERVISION, note)
