"""When the contract's clock began for a case that comes with a list, and when it runs out."""

from datetime import date
from typing import TypeAlias

from app.contract import queries as contract
from app.kernel.clock import AssessmentType, Clock, ClockRule, StartEvent
from app.kernel.errors import NotFound, Refused
from app.work.uow import UnitOfWork

Run: TypeAlias = tuple[date | None, date | None]


class Clocks:
    """The clocks of one contract; each start is worked out once, since lists share their days."""

    def __init__(self, uow: UnitOfWork, contract_id: int) -> None:
        self._calendar = contract.calendar(uow, contract_id)
        self._rules: dict[AssessmentType, ClockRule] = {}
        for kind in AssessmentType:
            try:
                self._rules[kind] = contract.rule_for(uow, contract_id, kind)
            except NotFound:
                continue
        if AssessmentType.CHILD_AND_FAMILY not in self._rules:
            raise Refused("The contract has no clock rule for a child and family assessment.")
        self.first_day = self._calendar.known_from
        self._known: dict[tuple[AssessmentType, date, date], Run] = {}

    def kind(self, said: AssessmentType | None) -> AssessmentType:
        """The type that a list names if the contract knows it, else the single assessment."""
        return said if said in self._rules else AssessmentType.CHILD_AND_FAMILY

    def started(self, kind: AssessmentType, *, referred_on: date, received_on: date) -> Run:
        """Start and due day; neither where the clock waits for the agency's own first step.

        What began before the bank holidays are known counts from the first day they are.
        """
        asked = kind, referred_on, received_on
        run = self._known.get(asked)
        if run is None:
            run = self._known[asked] = self._run(*asked)
        return run

    def _run(self, kind: AssessmentType, referred_on: date, received_on: date) -> Run:
        rule = self._rules[kind]
        events = {StartEvent.REFERRAL: referred_on, StartEvent.RECEIVED: received_on}
        start = events.get(rule.start_event)
        if start is None:
            return None, None
        start = max(start, self.first_day)
        return start, Clock(rule, start, self._calendar).due_on
