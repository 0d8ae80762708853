"""What a case page reads of a case: facts, clock and history, and which rooms know more of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Date, Integer, bindparam, case, cast, literal_column, null, union_all
from sqlmodel import col, select

from app.access.models import User
from app.agreements.closures.models import Closure
from app.agreements.handovers.models import Handover
from app.agreements.proposals.models import Proposal
from app.cases.actions.models import CaseAction
from app.cases.allocation.queries import HeldBy
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.assessments.queries import VisitView
from app.cases.delays.models import Delay
from app.cases.findings.models import Finding
from app.cases.holds.models import Hold
from app.cases.register import queries as register
from app.cases.register.models import Allocation, Case, CaseMove, any_of_case
from app.cases.register.queries import CaseView
from app.cases.register.rules import AllocationRole, ChangeReason
from app.contract import queries as contract
from app.contract.queries import ClockTerms
from app.db.tables import Row
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import ClockRule
from app.kernel.errors import NotFound
from app.people.models import Practitioner
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
)
_FACTS, _TERMS = len(fields(CaseView)), len(ClockTerms._fields)
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
        case = CaseView(*islice(columns, _FACTS))
        terms = ClockTerms(*islice(columns, _TERMS))
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


class Move(NamedTuple):
    """One step that a case made, and who made it."""

    on: date
    at: datetime
    act: str
    note: str
    by: str | None


class History(NamedTuple):
    """Moves and visits, the latest first, and who held the case, the first one first."""

    moves: list[Move]
    visits: list[VisitView]
    holders: list[HeldBy]


_CASE: Any = bindparam("case_id")
_MOVED, _SEEN, _HELD = range(3)


def _part(kind: int, *columns: Any) -> Any:
    return select(literal_column(str(kind), Integer), *columns)


# In one statement, as three of few rows each take twice as long: every one has to be prepared.
_HISTORY = union_all(
    _part(
        _MOVED,
        CaseMove.id,
        CaseMove.made_on,
        CaseMove.at,
        CaseMove.act,
        CaseMove.note,
        User.name,
        cast(null(), Date),
        cast(null(), Integer),
    )
    .outerjoin(User, col(User.id) == CaseMove.by_user_id)
    .where(col(CaseMove.case_id) == _CASE),
    _part(
        _SEEN,
        Visit.id,
        Visit.seen_on,
        null(),
        case((col(Visit.seen_alone), literal_column("'alone'")), else_=literal_column("''")),
        null(),
        User.name,
        null(),
        null(),
    )
    .outerjoin(User, col(User.id) == Visit.recorded_by)
    .where(col(Visit.case_id) == _CASE),
    _part(
        _HELD,
        Allocation.id,
        Allocation.starts_on,
        null(),
        Allocation.role,
        Allocation.reason,
        Practitioner.name,
        Allocation.ends_on,
        Allocation.practitioner_id,
    )
    .join(Practitioner, col(Practitioner.id) == Allocation.practitioner_id)
    .where(col(Allocation.case_id) == _CASE),
)


def history_of(uow: UnitOfWork, case_id: int) -> History:
    """What happened to a case and who was there."""
    history = History([], [], [])
    # By number, which is the order of recording.
    for kind, _, on, at, word, note, name, until, who in sorted(
        uow.rows(_HISTORY, case_id=case_id), key=itemgetter(1)
    ):
        if kind == _MOVED:
            history.moves.append(Move(on, at, word, note, name))
        elif kind == _SEEN:
            history.visits.append(VisitView(on, bool(word), name))
        else:
            reason = ChangeReason(note) if note else None
            history.holders.append(HeldBy(name, AllocationRole(word), on, until, reason, who))
    history.moves.reverse()
    history.visits.reverse()
    history.visits.sort(key=attrgetter("seen_on"), reverse=True)
    return history
