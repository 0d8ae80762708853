"""Makes the rows that tests begin with, with good defaults."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from app.cases.allocation import service as allocation
from app.cases.allocation.rules import Override, OverrideReason
from app.cases.assessments import service as assessments
from app.cases.assessments.rules import NotSeenReason
from app.cases.groups import service as groups
from app.cases.register import service as register
from app.cases.register.grouping import belonging
from app.cases.register.models import Case
from app.cases.register.rules import RANKED, Waiting, triage_rank
from app.cases.scope import service as scope
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState
from app.contract import queries as contract
from app.kernel.clock import AssessmentType, Clock
from tests.world import TODAY, World

references = count(240_001)
# Tests give one worker more than the limits on new work allow.
KNOWN = Override(OverrideReason.CONTINUITY)


def a_case(world: World, lot: str = "North", **facts: Any) -> int:
    """An unallocated case that came with the opening list; returns its id."""
    referred = facts.pop("referred_on", TODAY - timedelta(days=30))
    lot_id = world.lot(lot)
    contract_id = world.contract("Eastmoor" if lot == "Moor" else "Northshire")
    with world.setting_up() as uow:
        rule = contract.rule_for(uow, contract_id, AssessmentType.CHILD_AND_FAMILY)
        clock = Clock(rule, referred, contract.calendar(uow, contract_id))
        values: dict[str, Any] = {
            "contract_id": contract_id,
            "lot_id": lot_id,
            "reference": str(next(references)),
            "state": CaseState.UNALLOCATED,
            "assessment_type": AssessmentType.CHILD_AND_FAMILY,
            "referred_on": referred,
            "received_on": date(2026, 11, 2),
            "clock_started_on": referred,
            "due_on": clock.due_on,
            "unallocated_on": None
            if "practitioner_id" in facts
            else facts.get("received_on", date(2026, 11, 2)),
        }
        values |= facts
        order = register.triage_order(uow, contract_id)
        ranked = Waiting(**{name: values[name] for name in RANKED if name in values})
        case = uow.add(Case(**{"triage_rank": triage_rank(order, ranked)} | values))
        assert case.id
        place = Place(case.lot_id, case.state, case.due_on)
        on = case.received_on
        scope.post(uow, [Shift(case.id, None, place, Term.OPENING, effective_on=on)])
        groups.count(uow, [(None, belonging(vars(case)))], on)
        return case.id


def an_allocated_case(world: World, to: str = "priya", lot: str = "North", **facts: Any) -> int:
    """A case that a practitioner holds."""
    case_id = a_case(world, lot, **facts)
    with world.acting("tara" if lot == "South" else "tess") as uow:
        allocation.allocate(uow, case_id, world.practitioner(to), override=KNOWN)
    return case_id


def an_assessing_case(
    world: World, to: str = "priya", lot: str = "North", *, seen: bool = True, **facts: Any
) -> int:
    """A case whose assessment has started; the child was seen alone unless said otherwise."""
    case_id = an_allocated_case(world, to, lot, **facts)
    with world.acting(to) as uow:
        assessments.start(uow, case_id, uow.today - timedelta(days=10))
    if seen:
        with world.acting(to) as uow:
            assessments.record_seen(uow, case_id, uow.today - timedelta(days=3), seen_alone=True)
    return case_id


def a_submitted_case(
    world: World, to: str = "priya", lot: str = "North", *, seen: bool = True, **facts: Any
) -> int:
    """A case whose assessment waits for authorisation."""
    case_id = an_assessing_case(world, to, lot, seen=seen, **facts)
    with world.acting(to) as uow:
        assessments.submit(uow, case_id, None if seen else NotSeenReason.REFUSED)
    return case_id


def an_authorised_case(world: World, to: str = "priya", lot: str = "North", **facts: Any) -> int:
    """A case whose assessment is authorised and whose outcome plan is to be written."""
    case_id = a_submitted_case(world, to, lot, **facts)
    with world.acting("tara" if lot == "South" else "tess") as uow:
        assessments.authorise(uow, case_id)
    return case_id
