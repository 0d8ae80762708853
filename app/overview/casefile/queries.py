"""What a case page begins with: facts, the clock that counts, and who knows more of the case."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any, TypeVar

from app.agreements.closures.models import Closure
from app.agreements.handovers.models import Handover
from app.agreements.proposals.models import Proposal
from app.cases.actions.models import CaseAction
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.delays.models import Delay
from app.cases.findings.models import Finding
from app.cases.holds.models import Hold
from app.cases.register import queries as register
from app.cases.register.models import Case, any_of_case
from app.cases.register.queries import CaseView
from app.contract import queries as contract
from app.contract.queries import ClockTerms
from app.db.tables import Row
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import ClockRule
from app.kernel.errors import NotFound
from app.plans.models import OutcomePlan
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.flags.models import Flag
from app.safeguarding.issues.models import ProtectionIssue
from app.safeguarding.proceedings.models import PreProceedings
from app.work.uow import UnitOfWork

# What many cases have none of; only what there is gets read.
_KINDS: tuple[Any, ...] = (
    Assessment,
    AssessmentReturn,
    CaseAction,
    Closure,
    Delay,
    Enquiry,
    Finding,
    Flag,
    Handover,
    Hold,
    OutcomePlan,
    PreProceedings,
    Proposal,
    ProtectionIssue,
    Visit,
)
_ABOUT: Any = contract.with_clock(register.VIEW, Case).add_columns(*map(any_of_case, _KINDS))
Found = TypeVar("Found")


@dataclass(frozen=True)
class About:
    """A case as its reader sees it; `held` is which kinds have any row about it."""

    uow: UnitOfWork
    case: CaseView
    rule: ClockRule
    calendar: WorkingCalendar
    held: Mapping[type[Row], bool]

    @classmethod
    def of(cls, uow: UnitOfWork, case_id: int) -> "About":
        """One statement; NotFound where the case is absent or not the actor's."""
        found = uow.rows(_ABOUT, case_id=case_id).first()
        if found is None:
            raise NotFound
        columns = iter(found)
        case = CaseView(*islice(columns, len(fields(CaseView))))
        terms = ClockTerms(*islice(columns, len(ClockTerms._fields)))
        rule, calendar = contract.clock_of(uow, case.contract_id, case.assessment_type, terms)
        return cls(uow, case, rule, calendar, dict(zip(_KINDS, columns, strict=True)))

    def has(self, *kinds: type[Row]) -> bool:
        """Whether there is a row of any kind; KeyError for one that was not looked for."""
        return any(self.held[kind] for kind in kinds)

    def read(
        self, kind: type[Row], of_case: Callable[[UnitOfWork, int], Sequence[Found]]
    ) -> Sequence[Found]:
        """What a room knows of the case, without asking where it knows nothing."""
        return of_case(self.uow, self.case.id) if self.held[kind] else []
