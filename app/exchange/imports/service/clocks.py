"""When the contract's clock began for a case that comes with a list, and when it runs out."""

from datetime import date

from app.contract import queries as contract
from app.kernel.clock import AssessmentType, Clock, ClockRule, StartEvent
from app.kernel.errors import NotFound, Refused
from app.work.uow import UnitOfWork


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
        self._due: dict[tuple[AssessmentType, date], date] = {}

    def kind(self, said: AssessmentType | None) -> AssessmentType:
        """The type that a list names if the contract knows it, else the single assessment."""
        return said if said in self._rules else AssessmentType.CHILD_AND_FAMILY

    def started(
        self, kind: AssessmentType, *, referred_on: date, received_on: date
    ) -> tuple[date | None, date | None]:
        """Start and due day; neither where the clock waits for the agency's own first step.

        What began before the bank holidays are known counts from the first day they are.
        """
        events = {StartEvent.REFERRAL: referred_on, StartEvent.RECEIVED: received_on}
        start = events.get(self._rules[kind].start_event)
        if start is None:
            return None, None
        start = max(start, self.first_day)
        return start, self._due_on(kind, start)

    def _due_on(self, kind: AssessmentType, start: date) -> date:
        if (kind, start) not in self._due:
            self._due[kind, start] = Clock(self._rules[kind], start, self._calendar).due_on
        return self._due[kind, start]
