"""Steps on the register: the one function that moves a case, and those that set its facts."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import col, func, select

from app.cases.findings import service as findings
from app.cases.findings.rules import CaseFacts, Source, of_case
from app.cases.findings.service import Looked
from app.cases.register import receiving
from app.cases.register.grouping import grouped, regroup
from app.cases.register.models import Allocation, Case, CaseMove, TriageRule
from app.cases.register.rules import (
    RANKED,
    STANDARD_ORDER,
    AllocationRole,
    ChangeReason,
    Criterion,
    Waiting,
    band_of,
    triage_rank,
)
from app.cases.scope import service as scope
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState, Standing, move
from app.cases.workload import service as workload
from app.cases.workload.rules import stage_of
from app.cases.workload.service import Burden
from app.contract import queries as contract
from app.contract.rules import check_entering
from app.db.registry import scoped_models
from app.kernel.acts import Act
from app.kernel.clock import Clock, StartEvent
from app.kernel.errors import NotFound, Refused
from app.work.uow import UnitOfWork

# What `step` and `set_facts` may change beside the state; every other column has its own rule.
FACTS = frozenset(
    {
        "practitioner_id",
        "co_worker_id",
        "allocated_on",
        "seen_on",
        "risk_review_on",
        "authorised_on",
        "supervised_on",
        "clock_started_on",
        "due_on",
        "planned",
        "outcome",
        "ended_on",
        "reopened_on",
        "assessment_type",
        "lot_id",
        "age_band",
        "primary_need",
        "referred_on",
        "source_team",
        "family_key",
    }
)


# What a case's weight on its workers follows from.
WEIGHED = (
    "contract_id",
    "lot_id",
    "practitioner_id",
    "co_worker_id",
    "priority",
    "open_flags",
    "child_protection",
    "state",
    "ended_on",
)


def find(uow: UnitOfWork, case_id: int) -> Case:
    """The case, or NotFound when it is absent or not the actor's."""
    return uow.get(Case, case_id)


def must_hold(uow: UnitOfWork, case: Case) -> None:
    """Refuse anyone but the practitioner who holds the case."""
    if case.practitioner_id is None or case.practitioner_id != uow.actor.practitioner_id:
        raise Refused("Only the practitioner who holds this case can do this.")


def place_of(case: Case) -> Place:
    """Where the case is counted now."""
    return Place(case.lot_id, case.state, case.due_on, case.planned)


def burden_of(case: Case) -> Burden | None:
    """The case as it weighs on its workers; nothing once it has ended."""
    return _burden({name: getattr(case, name) for name in WEIGHED})


def reweigh(
    uow: UnitOfWork, pairs: Collection[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> None:
    """Count workloads, groups and named receivers anew for cases changed in bulk.

    The pairs are what was, told with `WEIGHED` and `GROUPED`, and what differs.
    """
    workload.carry(uow, ((_burden(was), _burden({**was, **new})) for was, new in pairs))
    follow(uow, pairs)


def follow(uow: UnitOfWork, pairs: Collection[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
    """Count groups and named receivers anew for changed cases: what was, and what differs.

    What was is told with its id and `GROUPED`.
    """
    regroup(uow, pairs)
    receiving.follow(uow, pairs)


def _burden(case: Mapping[str, Any]) -> Burden | None:
    if case["ended_on"] is not None:
        return None
    band = band_of(
        case["priority"],
        open_flags=case["open_flags"],
        child_protection=case["child_protection"],
    )
    return Burden(
        case["contract_id"],
        case["lot_id"],
        case["practitioner_id"],
        case["co_worker_id"],
        band,
        stage_of(case["state"]),
    )


def step(
    uow: UnitOfWork,
    case: Case,
    act: Act,
    *,
    term: Term | None = None,
    handing_back: bool = False,
    note: str = "",
    change_reason: ChangeReason | None = None,
    **facts: Any,
) -> None:
    """Move a case by an act: its state, who holds it, its history, ledger, counters, workloads.

    Raises Refused where the act is not possible from the case's state.
    """
    _check_facts(facts)
    before, was, held_by = place_of(case), case.state, _holders(case)
    burden, belonged = burden_of(case), grouped(case)
    standing = move(Standing(case.state, case.proposed_from), act, handing_back=handing_back)
    case.state, case.proposed_from = standing.state, standing.proposed_from
    _set(uow, case, facts)
    _keep_wait(case, uow.today)
    uow.session.flush()
    if _holders(case) != held_by:
        _keep_history(uow, case, change_reason)
    left_by = case.outcome if term is Term.CLEARED else ""
    again = case.reopened_on is not None
    scope.post(uow, [Shift(case_id_of(case), before, place_of(case), term, left_by, again=again)])
    workload.carry(uow, [(burden, burden_of(case))])
    follow(uow, [(belonged, grouped(case))])
    uow.add(
        CaseMove(
            case_id=case_id_of(case),
            lot_id=case.lot_id,
            at=uow.now,
            made_on=uow.today,
            by_user_id=uow.actor.user_id,
            act=act.value,
            before=was,
            after=case.state,
            note=note,
        )
    )
    _look_at(uow, case)
    if was is CaseState.AGREED and case.state is not was:
        _lay_aside(uow, case)


def set_facts(uow: UnitOfWork, case: Case, **facts: Any) -> None:
    """Change facts that are not the state; the counters follow where the due day changes."""
    _check_facts(facts)
    change(uow, case, facts)


def change(uow: UnitOfWork, case: Case, facts: dict[str, Any]) -> None:
    """Set any facts, with everything that follows from them; for the register's own steps."""
    uow.must_be_in()
    before, burden, belonged = place_of(case), burden_of(case), grouped(case)
    _set(uow, case, facts)
    uow.session.flush()
    workload.carry(uow, [(burden, burden_of(case))])
    follow(uow, [(belonged, grouped(case))])
    if place_of(case) != before:
        scope.post(uow, [Shift(case_id_of(case), before, place_of(case))])
    _look_at(uow, case)


def start_clock(uow: UnitOfWork, case: Case, event: StartEvent, on: date) -> None:
    """Start the contract's clock if this is the event that starts it."""
    rule = contract.rule_for(uow, case.contract_id, case.assessment_type)
    if rule.start_event is event and case.clock_started_on is None:
        clock = Clock(rule, on, contract.calendar(uow, case.contract_id))
        set_facts(uow, case, clock_started_on=on, due_on=clock.due_on)


def triage_order(uow: UnitOfWork, contract_id: int) -> tuple[Criterion, ...]:
    """The order of triage in force in a contract, or the standard one."""
    latest = (
        select(TriageRule.criteria)
        .where(TriageRule.contract_id == contract_id)
        .order_by(col(TriageRule.number).desc())
    )
    chosen = uow.session.exec(latest).first()
    return tuple(Criterion(word) for word in chosen.split()) if chosen else STANDARD_ORDER


def transfer(uow: UnitOfWork, case_id: int, lot_id: int) -> None:
    """Move a case and its live rows to another lot of its contract; the ledger shows both sides."""
    with uow.command(Act.CASE_TRANSFER):
        case = find(uow, case_id)
        lot = contract.find_lot(uow, lot_id)
        if lot.contract_id != case.contract_id:
            raise NotFound
        if lot.id == case.lot_id:
            raise Refused("The case is already in that lot.")
        check_entering(lot.name, lot.closed_on)
        for model in scoped_models():
            follows = "case_id" in model.model_fields and getattr(model, "moves_with_case", False)
            if follows:
                for row in uow.rows_about(model, case_id):
                    row.lot_id = lot_id
        step(
            uow,
            case,
            Act.CASE_TRANSFER,
            term=Term.TRANSFERRED,
            note=f"To {lot.name}",
            lot_id=lot_id,
            practitioner_id=None,
            co_worker_id=None,
            allocated_on=None,
        )


def begin_again(uow: UnitOfWork, case: Case, reason: str) -> None:
    """Open a cleared case again, within a command: its clearing is reversed in the ledger."""
    uow.must_be_in(Act.CASE_REOPEN)
    rule = contract.rule_for(uow, case.contract_id, case.assessment_type)
    clock = Clock(rule, uow.today, contract.calendar(uow, case.contract_id))
    step(
        uow,
        case,
        Act.CASE_REOPEN,
        term=Term.REOPENED,
        note=reason,
        planned="",
        outcome="",
        ended_on=None,
        reopened_on=uow.today,
        practitioner_id=None,
        co_worker_id=None,
        allocated_on=None,
        authorised_on=None,
        seen_on=None,
        clock_started_on=uow.today,
        due_on=clock.due_on,
    )


def freeze(uow: UnitOfWork, lot_id: int) -> None:
    """Freeze a lot's opening list: what arrives from now on is received."""
    with uow.command(Act.SCOPE_FREEZE):
        contract.find_lot(uow, lot_id)
        scope.freeze(uow, lot_id, opening_references(uow, lot_id, uow.now))


def opening_references(uow: UnitOfWork, lot_id: int, known_at: datetime) -> list[str]:
    """The references that a lot began with, by the postings that were made until a moment.

    A case that has gone to another lot since is still among them.
    """
    with uow.beyond_scope():
        found = uow.session.exec(
            select(Case.reference)
            .join(LedgerPosting, col(LedgerPosting.case_id) == col(Case.id))
            .where(
                LedgerPosting.lot_id == lot_id,
                LedgerPosting.term == Term.OPENING,
                col(LedgerPosting.at) <= known_at,
            )
            .group_by(col(Case.id), col(Case.reference))
            .having(func.sum(LedgerPosting.cases) > 0)
        ).all()
    return list(found)


def waiting(case: Case) -> Waiting:
    """The case as triage ranks it."""
    return Waiting(**{name: getattr(case, name) for name in RANKED})


def case_id_of(case: Case) -> int:
    """The id of a stored case."""
    if case.id is None:
        raise ValueError("The case is not stored yet.")
    return case.id


def _lay_aside(uow: UnitOfWork, case: Case) -> None:
    """What waited because the case stood agreed waits no more."""
    for model in scoped_models():
        if getattr(model, "waits_while_agreed", False):
            for row in uow.rows_about(model, case_id_of(case)):
                row.waits = False


def _look_at(uow: UnitOfWork, case: Case) -> None:
    """Keep what is wrong or missing in the case level with its facts."""
    if not case.state.is_open:
        findings.forget(uow, case_id_of(case))
        return
    found = of_case(
        CaseFacts(
            case.reference,
            case.state,
            case.referred_on,
            case.received_on,
            case.clock_started_on,
            case.age_band,
        )
    )
    findings.keep(uow, Source.CASE, [Looked(case_id_of(case), case.lot_id, found)])


def _keep_wait(case: Case, today: date) -> None:
    """A wait begins when nobody holds the case any more, and ends when somebody does."""
    if case.ended_on is not None or case.practitioner_id is not None:
        case.unallocated_on = case.risk_review_on = None
    elif case.unallocated_on is None:
        case.unallocated_on = today


def _holders(case: Case) -> list[tuple[AllocationRole, int]]:
    """Who works on the case and as what; nobody once it has ended, though it still names them."""
    if case.ended_on is not None:
        return []
    named = (
        (AllocationRole.PRIMARY, case.practitioner_id),
        (AllocationRole.CO_WORKER, case.co_worker_id),
    )
    return [(role, who) for role, who in named if who is not None]


def _keep_history(uow: UnitOfWork, case: Case, reason: ChangeReason | None) -> None:
    """End today the allocations of those who left the case and begin those of who came to it."""
    case_id, holders = case_id_of(case), _holders(case)
    running = uow.session.exec(
        select(Allocation).where(Allocation.case_id == case_id, col(Allocation.ends_on).is_(None))
    ).all()
    for allocation in running:
        if (allocation.role, allocation.practitioner_id) not in holders:
            allocation.ends_on = uow.today
    going_on = {(one.role, one.practitioner_id) for one in running}
    for role, practitioner_id in holders:
        if (role, practitioner_id) not in going_on:
            uow.add(
                Allocation(
                    case_id=case_id,
                    lot_id=case.lot_id,
                    practitioner_id=practitioner_id,
                    role=role,
                    starts_on=uow.today,
                    reason=reason,
                    by_user_id=uow.actor.user_id,
                )
            )


def _check_facts(facts: dict[str, Any]) -> None:
    unknown = facts.keys() - FACTS
    if unknown:
        raise ValueError(f"A step may not set {', '.join(sorted(unknown))}.")


def _set(uow: UnitOfWork, case: Case, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(case, name, value)
    if not facts.keys().isdisjoint(RANKED):
        order = triage_order(uow, case.contract_id)
        case.triage_rank = triage_rank(order, waiting(case))
