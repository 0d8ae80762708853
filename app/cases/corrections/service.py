"""The act of correcting a case's facts, and the step that other acts take for many cases."""

from app.cases.corrections.rules import Fact, Facts, check, differences
from app.cases.register import service as register
from app.cases.register.models import Case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.clock import Clock, StartEvent
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def correct_case(uow: UnitOfWork, case_id: int, version: int, after: Facts) -> bool:
    """Correct the facts of one case; False where nothing differs.

    Raises Conflict where someone saved the case since `version`.
    """
    with uow.command(Act.CASE_CORRECT):
        case = register.find(uow, case_id)
        uow.expect(case, version, Facts.of(case).words)
        return correct(uow, case, after)


def correct(uow: UnitOfWork, case: Case, after: Facts) -> bool:
    """Correct facts within the command; False where nothing differs.

    A clock that began with the referral begins anew with the corrected one. Raises Invalid with
    the fact that cannot be so.
    """
    uow.must_be_in(Act.CASE_CORRECT, Act.DIFFERENCE_SETTLE)
    found = differences(Facts.of(case), after)
    if not found:
        return False
    if not case.state.is_open:
        raise Refused("This case has ended, so its facts stay as they were.")
    check(found, case.received_on)
    facts = {fact.value: value for fact, value in found.items()}
    if Fact.FAMILY_KEY in found:
        facts["family_key"] = found[Fact.FAMILY_KEY] or None
    if Fact.REFERRED_ON in found:
        facts |= _clock(uow, case, after)
    register.set_facts(uow, case, **facts)
    return True


def _clock(uow: UnitOfWork, case: Case, after: Facts) -> dict[str, object]:
    """The clock's new days, if it is the referral that began it."""
    rule = contract.rule_for(uow, case.contract_id, case.assessment_type)
    calendar = contract.calendar(uow, case.contract_id)
    began = max(case.referred_on, calendar.known_from)
    if rule.start_event is not StartEvent.REFERRAL or case.clock_started_on != began:
        return {}
    clock = Clock(rule, max(after.referred_on, calendar.known_from), calendar)
    return {"clock_started_on": clock.started_on, "due_on": clock.due_on}
