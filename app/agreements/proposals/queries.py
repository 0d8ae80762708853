"""Reads of proposals: the desk's queue, one brief, and the proposals of a case."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.agreements.proposals import rules
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision, HandBackReply, Waiting
from app.cases.register.models import Case, CaseMove
from app.cases.scope.models import CaseCounter
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.db.tables import Utc
from app.kernel import paging
from app.kernel.acts import Act
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import london_date
from app.kernel.errors import first_of
from app.people.models import Practitioner
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome, Route, read_wording
from app.work.models import View
from app.work.uow import UnitOfWork

DECIDING = {
    Act.PROPOSAL_AGREE.value,
    Act.PROPOSAL_CONDITION.value,
    Act.PROPOSAL_RETURN.value,
    Act.PROPOSAL_REFUSE.value,
}
PAGE_SIZE = 50
MOST_OF_A_LOT = 200
# Looking again within it is still the same look.
SAME_SITTING = timedelta(minutes=15)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


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
    decided_for: str | None
    decided_at: datetime | None
    conditions: int
    reply: HandBackReply | None
    points: str
    proposed_by_id: int | None
    within: int
    chased: int
    is_out: bool
    # The working days that it has waited, known only while it is out.
    days: int = 0

    @property
    def decider(self) -> str:
        """Who decided, and for whom where it was a deputy."""
        name = self.decided_by or "somebody"
        return f"{name}, deputy for {self.decided_for}" if self.decided_for else name

    @property
    def entries(self) -> dict[str, str]:
        """The words proposed, name by name."""
        return read_wording(self.text)

    @property
    def standing(self) -> str:
        """Decided, out, or overtaken by newer words."""
        if self.decision is None:
            waits = f"Waiting for a decision: working day {self.days} of {self.within}"
            return waits if self.is_out else "Overtaken by newer words"
        if self.conditions:
            return "Agreed on conditions"
        return f"{self.decision.label}: {self.reply.label}" if self.reply else self.decision.label


@dataclass(frozen=True)
class Undoable:
    """A decision that whoever made it can still take back."""

    id: int
    reference: str
    decision: Decision


@dataclass(frozen=True)
class Changes:
    """What is new to a reader: since they looked last, and against which earlier words.

    `entries` are None where there is nothing to compare with.
    """

    looked_at: datetime | None
    happened: tuple[tuple[datetime, CaseState], ...]
    against: str
    entries: list[tuple[str, list[tuple[str, str]]]] | None


# A proposal is out while its case stands proposed and no later one was made of the case.
_LATER = aliased(Proposal)
_NONE_LATER = ~exists().where(
    col(_LATER.case_id) == col(Proposal.case_id), col(_LATER.id) > col(Proposal.id)
)
IS_OUT: ColumnElement[bool] = (
    col(Proposal.decision).is_(None) & (col(Case.state) == CaseState.PROPOSED) & _NONE_LATER
)


def for_case(uow: UnitOfWork, case_id: int) -> list[ProposalView]:
    """Every proposal of a case, newest first, with how long one that is out has waited."""
    found = _views(uow, _OF_CASE, case_id)
    return [_with_wait(uow, one) if one.is_out else one for one in found]


def find_view(uow: UnitOfWork, proposal_id: int) -> ProposalView:
    """One proposal; NotFound when it is absent or not the actor's."""
    found = first_of(_views(uow, _BY_ID, proposal_id))
    return _with_wait(uow, found) if found.is_out else found


def is_out(uow: UnitOfWork, proposal_id: int) -> bool:
    """Whether the proposal still waits for a decision."""
    found = _joined(select(col(Proposal.id))).where(col(Proposal.id) == proposal_id, IS_OUT)
    return uow.session.execute(found).first() is not None


def count_out(uow: UnitOfWork) -> int:
    """How many proposals of the actor's lots wait for a decision."""
    if uow.actor.own_cases_only:
        return int(uow.session.scalar(_joined(select(func.count())).where(IS_OUT)) or 0)
    # One proposal is out for each case that stands proposed, and those are counted already.
    return int(uow.rows(_PROPOSED).scalar() or 0)


def list_out(
    uow: UnitOfWork, page: int | str | None = 1, *, size: int = PAGE_SIZE
) -> paging.Slice[Waiting]:
    """One page of the proposals that wait, with working days waited: flagged first, then oldest."""
    place = paging.place(page, total=count_out(uow), size=size)
    return paging.Slice.at(place, _waiting(uow, place.size, place.offset))


def list_out_of(uow: UnitOfWork, lot_id: int) -> list[Waiting]:
    """The proposals of one lot that wait, flagged first, then oldest; at most 200."""
    return _waiting(uow, MOST_OF_A_LOT, lot_id=lot_id)


def _waiting(
    uow: UnitOfWork, size: int, offset: int = 0, lot_id: int | None = None
) -> list[Waiting]:
    """The flagged and the others are read apart, since no index has the order of both."""
    flagged = [row.id for row in uow.rows(_FLAGGED_NEXT, lot_id=lot_id)]
    here = flagged[offset : offset + size]
    found = uow.rows(_FLAGGED_OUT, here=here).all() if here else []
    left, skipped = size - len(here), max(0, offset - len(flagged))
    if left > 0:
        found = [*found, *uow.rows(_OTHERS_OUT, lot_id=lot_id, size=left, offset=skipped)]
    calendars = {one: contract.calendar(uow, one) for one in {row.contract_id for row in found}}
    return [
        Waiting(working_days(calendars[row.contract_id], row.proposed_at, uow), *row)
        for row in found
    ]


def next_out(uow: UnitOfWork, proposal_id: int) -> int | None:
    """The proposal that follows this one on the desk, or its head; None when no other waits."""
    return next((one for one in _following(uow, proposal_id) if one != proposal_id), None)


def _following(uow: UnitOfWork, proposal_id: int) -> Iterator[int]:
    flagged = [(row.proposed_at, row.id) for row in uow.rows(_FLAGGED_NEXT, lot_id=None)]
    here = uow.rows(_PLACE, proposal_id=proposal_id).first()
    since, after = (here.proposed_at, proposal_id) if here else (LONG_AGO, 0)
    if here is None or here.open_flags:
        yield from (one for at, one in flagged if (at, one) > (since, after))
        since, after = LONG_AGO, 0
    asked = {"here": proposal_id, "since": since, "after": after}
    yield from uow.rows(_OTHERS_NEXT, **asked).scalars()
    yield from (one for _, one in flagged)
    yield from uow.rows(_OTHERS_NEXT, **asked | {"since": LONG_AGO, "after": 0}).scalars()


def followed(uow: UnitOfWork, proposal: Proposal) -> bool:
    """Whether anything moved the case since the proposal was decided."""
    last = uow.session.execute(
        select(col(CaseMove.at), col(CaseMove.act))
        .where(col(CaseMove.case_id) == proposal.case_id)
        .order_by(col(CaseMove.id).desc())
        .limit(1)
    ).one_or_none()
    return last is None or last.at != proposal.decided_at or last.act not in DECIDING


def undoable(uow: UnitOfWork) -> Undoable | None:
    """The actor's latest decision, while it can be taken back."""
    found = uow.rows(
        _MINE_LATELY, user_id=uow.actor.user_id, since=uow.now - rules.UNDONE_WITHIN
    ).first()
    return Undoable(*found) if found else None


def changes_for(uow: UnitOfWork, proposal: ProposalView) -> Changes:
    """What changed since the reader looked last, and since the words they last knew.

    Those are the words they saw or, where these stand still, the words decided before.
    """
    before = {"case_id": proposal.case_id, "user_id": uow.actor.user_id}
    looked = uow.rows(_LOOKED, before=uow.now - SAME_SITTING, **before).scalar()
    moved = uow.rows(_MOVED, since=looked, case_id=proposal.case_id) if looked else ()
    happened = tuple((row.at, row.after) for row in moved)
    earlier = [one for one in _views(uow, _OF_CASE, proposal.case_id) if one.id < proposal.id]
    seen = [one for one in earlier if looked and one.proposed_at <= looked < proposal.proposed_at]
    decided = [one for one in earlier if one.decision is not None]
    for known, against in ((seen, "the words you last saw"), (decided, "the words decided before")):
        if known:
            entries = rules.differences(known[0].entries, proposal.entries)
            return Changes(looked, happened, against, entries)
    return Changes(looked, happened, "", None)


def _with_wait(uow: UnitOfWork, proposal: ProposalView) -> ProposalView:
    contract_id = uow.rows(_CONTRACT, case_id=proposal.case_id).scalar_one()
    calendar = contract.calendar(uow, contract_id)
    return replace(proposal, days=working_days(calendar, proposal.proposed_at, uow))


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
    Contract.decide_within_days,
)
_WAITING = (
    _joined(select(*_WAITING_COLUMNS))
    .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
    .join(Lot, col(Lot.id) == Proposal.lot_id)
    .join(Contract, col(Contract.id) == Case.contract_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .outerjoin(User, col(User.id) == Proposal.proposed_by)
)
IN_TURN = col(Proposal.proposed_at), col(Proposal.id)
_IN_LOT = or_(
    bindparam("lot_id", type_=Integer).is_(None), col(Proposal.lot_id) == bindparam("lot_id")
)
# Few at any time: asked for by themselves, so that their own index finds them.
_WITH_FLAG = aliased(Case)
_IDS = select(col(_WITH_FLAG.id)).where(
    # As words, and so are limits: SQLite would plan anew for each value in their place.
    col(_WITH_FLAG.open_flags) > literal_column("0", Integer),
    col(_WITH_FLAG.ended_on).is_(None),
    col(_WITH_FLAG.state) == CaseState.PROPOSED,
)
FLAGGED = _joined(select(col(Proposal.id))).where(IS_OUT, col(Proposal.case_id).in_(_IDS))
_FLAGGED_NEXT = FLAGGED.add_columns(col(Proposal.proposed_at)).where(_IN_LOT).order_by(*IN_TURN)
_PLACE = _joined(select(col(Proposal.proposed_at), col(Case.open_flags))).where(
    col(Proposal.id) == bindparam("proposal_id")
)
_HERE: Any = bindparam("here", expanding=True)
_FLAGGED_OUT = _WAITING.where(col(Proposal.id).in_(_HERE)).order_by(*IN_TURN)
# Looked up case by case in the order of the undecided, so that it ends with the page.
OTHERS = (
    select(col(Proposal.id))
    .where(
        col(Proposal.decision).is_(None),
        exists().where(
            col(Case.id) == col(Proposal.case_id),
            col(Case.state) == CaseState.PROPOSED,
            col(Case.open_flags) == 0,
        ),
        _NONE_LATER,
    )
    .order_by(*IN_TURN)
)
_OTHERS_NEXT = OTHERS.where(
    col(Proposal.id) != bindparam("here"),
    or_(
        col(Proposal.proposed_at) > bindparam("since", type_=Utc),
        and_(
            col(Proposal.proposed_at) == bindparam("since", type_=Utc),
            col(Proposal.id) > bindparam("after"),
        ),
    ),
).limit(1)
_SIZE = bindparam("size", type_=Integer, literal_execute=True)
_OFFSET = bindparam("offset", type_=Integer, literal_execute=True)
_PAGE = OTHERS.where(_IN_LOT).limit(_SIZE).offset(_OFFSET).subquery()
_OTHERS_OUT = _WAITING.join(_PAGE, _PAGE.c.id == col(Proposal.id)).order_by(*IN_TURN)
_PROPOSED = select(func.sum(col(CaseCounter.cases))).where(
    col(CaseCounter.state) == CaseState.PROPOSED
)
_MINE_LATELY = (
    _joined(select(col(Proposal.id), col(Case.reference), col(Proposal.decision)))
    .where(
        col(Proposal.decided_by) == bindparam("user_id"),
        col(Proposal.decided_at) >= bindparam("since"),
        col(Case.ended_on).is_(None),
    )
    .order_by(col(Proposal.decided_at).desc(), col(Proposal.id).desc())
    .limit(1)
)
_LOOKED = select(func.max(View.at)).where(
    col(View.case_id) == bindparam("case_id"),
    col(View.user_id) == bindparam("user_id"),
    col(View.at) < bindparam("before"),
)
_MOVED = (
    select(col(CaseMove.at), col(CaseMove.after))
    .where(col(CaseMove.case_id) == bindparam("case_id"), col(CaseMove.at) > bindparam("since"))
    .order_by(col(CaseMove.id).desc())
)
_CONTRACT = select(col(Case.contract_id)).where(col(Case.id) == bindparam("case_id"))
_PROPOSER, _DECIDER, _MANAGER = aliased(User), aliased(User), aliased(User)
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
    _MANAGER.name,
    Proposal.decided_at,
    Proposal.conditions,
    Proposal.reply,
    Proposal.points,
    Proposal.proposed_by,
    Contract.decide_within_days,
    Proposal.chased,
    IS_OUT,
)
_PROPOSALS = (
    _joined(select(*_COLUMNS))
    .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
    .join(Contract, col(Contract.id) == Case.contract_id)
    .outerjoin(_PROPOSER, col(_PROPOSER.id) == Proposal.proposed_by)
    .outerjoin(_DECIDER, col(_DECIDER.id) == Proposal.decided_by)
    .outerjoin(_MANAGER, col(_MANAGER.id) == Proposal.decided_for)
    .order_by(col(Proposal.id).desc())
)
_OF_CASE = _PROPOSALS.where(col(Proposal.case_id) == bindparam("sought"))
_BY_ID = _PROPOSALS.where(col(Proposal.id) == bindparam("sought"))


def _views(uow: UnitOfWork, statement: Any, sought: int) -> list[ProposalView]:
    return [ProposalView(*row) for row in uow.rows(statement, sought=sought)]


def working_days(calendar: WorkingCalendar, since: datetime, uow: UnitOfWork) -> int:
    """How many a proposal has waited."""
    return calendar.days_between(london_date(since), uow.today)
