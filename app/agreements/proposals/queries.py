"""Reads of proposals: the desk's queue, one brief, and the proposals of a case."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.agreements.proposals import rules
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision, HandBackReply
from app.cases.register.models import Case
from app.cases.register.rules import Priority
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import london_date
from app.people.models import Practitioner
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome, Route, read_wording
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class ProposalView:
    """One proposal with its exact words and, where decided, the decision."""

    id: int
    case_id: int
    plan_number: int
    outcome: Outcome
    route: Route
    text: str
    text_hash: str
    proposed_by: str | None
    proposed_at: datetime
    decision: Decision | None
    decided_by: str | None
    decided_at: datetime | None
    reply: HandBackReply | None
    points: str
    is_out: bool

    @property
    def entries(self) -> dict[str, str]:
        """The words proposed, name by name."""
        return read_wording(self.text)

    @property
    def standing(self) -> str:
        """Decided, out, or overtaken by newer words."""
        if self.decision is not None:
            return (
                f"{self.decision.label}: {self.reply.label}" if self.reply else self.decision.label
            )
        return "Waiting for a decision" if self.is_out else "Overtaken by newer words"


@dataclass(frozen=True)
class Waiting:
    """One line of the District Manager's desk; `days` are the working days it has waited."""

    days: int
    id: int
    case_id: int
    reference: str
    lot: str
    contract_id: int
    outcome: Outcome
    practitioner: str | None
    proposed_by: str | None
    proposed_at: datetime
    priority: Priority
    open_flags: int
    seen_on: date | None
    target_on: date


# A proposal is out while its case stands proposed and no later one was made of the case.
_LATER = aliased(Proposal)
_IS_OUT: ColumnElement[bool] = (
    col(Proposal.decision).is_(None)
    & (col(Case.state) == CaseState.PROPOSED)
    & ~exists().where(
        col(_LATER.case_id) == col(Proposal.case_id), col(_LATER.id) > col(Proposal.id)
    )
)
_FLAGGED_FIRST = (col(Case.open_flags) > 0).desc()


def for_case(uow: UnitOfWork, case_id: int) -> list[ProposalView]:
    """Every proposal of a case, newest first."""
    return _views(uow, _OF_CASE, case_id)


def find_view(uow: UnitOfWork, proposal_id: int) -> ProposalView | None:
    """One proposal, or None when it is absent or not the actor's."""
    return next(iter(_views(uow, _BY_ID, proposal_id)), None)


def is_out(uow: UnitOfWork, proposal_id: int) -> bool:
    """Whether the proposal still waits for a decision."""
    found = _joined(select(col(Proposal.id))).where(col(Proposal.id) == proposal_id, _IS_OUT)
    return uow.session.execute(found).first() is not None


def count_out(uow: UnitOfWork) -> int:
    """How many proposals of the actor's lots wait for a decision."""
    return int(uow.session.scalar(_joined(select(func.count())).where(_IS_OUT)) or 0)


def list_out(uow: UnitOfWork, page: int | str | None = 1) -> paging.Slice[Waiting]:
    """One page of the proposals that wait, with working days waited: flagged first, then oldest."""
    place = paging.place(page, total=count_out(uow), size=PAGE_SIZE)
    waiting = _WAITING.offset(place.offset).limit(place.size)
    return paging.Slice.at(place, _waiting(uow, waiting))


def list_first_out(uow: UnitOfWork, most: int) -> list[Waiting]:
    """The head of the desk, not counting what comes after it.

    The flagged and the others are read apart, since no index has the order of both.
    """
    flagged = _waiting(uow, _head(_FLAGGED_OUT, most))
    return (flagged + _waiting(uow, _head(_OTHERS_OUT, most)))[:most]


def _waiting(uow: UnitOfWork, waiting: Any) -> list[Waiting]:
    found = uow.rows(waiting).all()
    contracts = {row.contract_id for row in found}
    calendars = {contract_id: contract.calendar(uow, contract_id) for contract_id in contracts}
    return [
        Waiting(_waited(calendars[row.contract_id], row.proposed_at, uow), *row) for row in found
    ]


def next_out(uow: UnitOfWork, proposal_id: int) -> int | None:
    """The proposal at the head of the desk, other than this one; None when none waits."""
    others = (
        _joined(select(col(Proposal.id)))
        .where(_IS_OUT, col(Proposal.id) != proposal_id)
        .order_by(_FLAGGED_FIRST, col(Proposal.proposed_at), col(Proposal.id))
        .limit(1)
    )
    found: int | None = uow.session.scalar(others)
    return found


def changes_since_decided(
    uow: UnitOfWork, proposal: ProposalView
) -> list[tuple[str, str, str]] | None:
    """What differs from the words decided before it, entry by entry; None if there were none."""
    earlier = next(
        (
            one
            for one in for_case(uow, proposal.case_id)
            if one.id < proposal.id and one.decision is not None
        ),
        None,
    )
    return rules.differences(earlier.entries, proposal.entries) if earlier else None


def _joined(statement: Any) -> Any:
    return statement.select_from(Proposal).join(Case, col(Case.id) == Proposal.case_id)


_WAITING_COLUMNS: tuple[Any, ...] = (
    Proposal.id,
    Proposal.case_id,
    Case.reference,
    Lot.name,
    Case.contract_id,
    OutcomePlan.outcome,
    Practitioner.name,
    User.name,
    Proposal.proposed_at,
    Case.priority,
    Case.open_flags,
    Case.seen_on,
    OutcomePlan.target_on,
)
_WAITING = (
    _joined(select(*_WAITING_COLUMNS))
    .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
    .join(Lot, col(Lot.id) == Proposal.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .outerjoin(User, col(User.id) == Proposal.proposed_by)
    .where(_IS_OUT)
    .order_by(_FLAGGED_FIRST, col(Proposal.proposed_at), col(Proposal.id))
)
_OLDEST_OUT = _WAITING.order_by(None).order_by(col(Proposal.proposed_at), col(Proposal.id))
_FLAGGED_OUT = _OLDEST_OUT.where(col(Case.open_flags) > 0, col(Case.ended_on).is_(None))
_OTHERS_OUT = _OLDEST_OUT.where(col(Case.open_flags) == 0)


@cache
def _head(waiting: Any, most: int) -> Any:
    return waiting.limit(most)


_PROPOSER, _DECIDER = aliased(User), aliased(User)
_COLUMNS: tuple[Any, ...] = (
    Proposal.id,
    Proposal.case_id,
    Proposal.plan_number,
    OutcomePlan.outcome,
    Proposal.route,
    Proposal.text,
    Proposal.text_hash,
    _PROPOSER.name,
    Proposal.proposed_at,
    Proposal.decision,
    _DECIDER.name,
    Proposal.decided_at,
    Proposal.reply,
    Proposal.points,
    _IS_OUT,
)
_PROPOSALS = (
    _joined(select(*_COLUMNS))
    .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
    .outerjoin(_PROPOSER, col(_PROPOSER.id) == Proposal.proposed_by)
    .outerjoin(_DECIDER, col(_DECIDER.id) == Proposal.decided_by)
    .order_by(col(Proposal.id).desc())
)


_OF_CASE = _PROPOSALS.where(col(Proposal.case_id) == bindparam("sought"))
_BY_ID = _PROPOSALS.where(col(Proposal.id) == bindparam("sought"))


def _views(uow: UnitOfWork, statement: Any, sought: int) -> list[ProposalView]:
    return [ProposalView(*row) for row in uow.rows(statement, sought=sought)]


def _waited(calendar: WorkingCalendar, since: datetime, uow: UnitOfWork) -> int:
    return calendar.days_between(london_date(since), uow.today)
