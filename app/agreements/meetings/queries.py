"""Reads of agreement meetings: their list, one agenda with its items, and its minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.agreements.conditions import queries as conditions
from app.agreements.meetings import rules
from app.agreements.meetings.models import AgendaItem, AgreementMeeting
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.queries import IS_OUT
from app.agreements.proposals.rules import Decision
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel.days import show_date
from app.kernel.errors import NotFound
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome, Route, hash_of, read_wording
from app.work.uow import UnitOfWork

MOST_SHOWN = 50


@dataclass(frozen=True)
class MeetingView:
    """One meeting with how many items it has and how many wait to be confirmed."""

    id: int
    lot_id: int
    lot: str
    title: str
    held_on: date
    present: str
    planned_by: str | None
    planned_at: datetime
    issued_by: str | None
    issued_at: datetime | None
    minutes_hash: str
    version: int


@dataclass(frozen=True)
class ItemView:
    """One item of an agenda with its proposal and how it stands."""

    id: int
    position: int
    proposal_id: int
    case_id: int
    reference: str
    outcome: Outcome
    route: Route
    text: str
    text_hash: str
    proposed_by: str | None
    note: str
    heard: Decision | None
    heard_points: str
    heard_by: str | None
    heard_at: datetime | None
    settled_at: datetime | None
    decision: Decision | None
    decided_at: datetime | None
    decided_by: str | None
    conditions: int
    points: str
    version: int
    is_out: bool

    @property
    def settled(self) -> Decision | None:
        """What was decided in the meeting, if that decision stands."""
        here = self.settled_at is not None and self.settled_at == self.decided_at
        return self.decision if here else None

    @property
    def waits(self) -> bool:
        """Whether something was heard that the District Manager can confirm."""
        return self.heard is not None and self.is_out

    @property
    def standing(self) -> str:
        return self._standing(is_out=self.is_out)

    @property
    def minuted(self) -> str:
        """How it stands in the minutes, which what is decided elsewhere later does not change."""
        return self._standing(is_out=True)

    @property
    def entries(self) -> dict[str, str]:
        """The words proposed, name by name."""
        return read_wording(self.text)

    def _standing(self, *, is_out: bool) -> str:
        words = rules.standing(self.settled, self.heard, is_out=is_out)
        return f"{words} on conditions" if self.settled and self.conditions else words


_PLANNER, _ISSUER = aliased(User), aliased(User)
_MEETING_COLUMNS: tuple[Any, ...] = (
    AgreementMeeting.id,
    AgreementMeeting.lot_id,
    Lot.name,
    AgreementMeeting.title,
    AgreementMeeting.held_on,
    AgreementMeeting.present,
    _PLANNER.name,
    AgreementMeeting.planned_at,
    _ISSUER.name,
    AgreementMeeting.issued_at,
    AgreementMeeting.minutes_hash,
    AgreementMeeting.version,
)
_MEETINGS = (
    select(*_MEETING_COLUMNS)
    .select_from(AgreementMeeting)
    .join(Lot, col(Lot.id) == AgreementMeeting.lot_id)
    .outerjoin(_PLANNER, col(_PLANNER.id) == AgreementMeeting.planned_by)
    .outerjoin(_ISSUER, col(_ISSUER.id) == AgreementMeeting.issued_by)
    .order_by(col(AgreementMeeting.held_on).desc(), col(AgreementMeeting.id).desc())
)
_LATEST = _MEETINGS.limit(MOST_SHOWN)
_MEETING = _MEETINGS.where(col(AgreementMeeting.id) == bindparam("agenda_id"))

_PROPOSER, _HEARER, _DECIDER = aliased(User), aliased(User), aliased(User)
_ITEM_COLUMNS: tuple[Any, ...] = (
    AgendaItem.id,
    AgendaItem.position,
    AgendaItem.proposal_id,
    AgendaItem.case_id,
    Case.reference,
    OutcomePlan.outcome,
    Proposal.route,
    Proposal.text,
    Proposal.text_hash,
    _PROPOSER.name,
    AgendaItem.note,
    AgendaItem.heard,
    AgendaItem.heard_points,
    _HEARER.name,
    AgendaItem.heard_at,
    AgendaItem.settled_at,
    Proposal.decision,
    Proposal.decided_at,
    _DECIDER.name,
    Proposal.conditions,
    Proposal.points,
    AgendaItem.version,
    IS_OUT,
)
_ITEMS = (
    select(*_ITEM_COLUMNS)
    .select_from(AgendaItem)
    .join(Proposal, col(Proposal.id) == AgendaItem.proposal_id)
    .join(Case, col(Case.id) == AgendaItem.case_id)
    .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
    .outerjoin(_PROPOSER, col(_PROPOSER.id) == Proposal.proposed_by)
    .outerjoin(_HEARER, col(_HEARER.id) == AgendaItem.heard_by)
    .outerjoin(_DECIDER, col(_DECIDER.id) == Proposal.decided_by)
    .where(col(AgendaItem.meeting_id) == bindparam("agenda_id"))
    .order_by(col(AgendaItem.position))
)
_TO_CONFIRM = (
    select(func.count())
    .select_from(AgendaItem)
    .join(Proposal, col(Proposal.id) == AgendaItem.proposal_id)
    .join(Case, col(Case.id) == AgendaItem.case_id)
    .where(col(AgendaItem.heard).is_not(None), col(AgendaItem.settled_at).is_(None), IS_OUT)
)


def list_meetings(uow: UnitOfWork) -> list[MeetingView]:
    """The meetings of the actor's lots, the latest first; at most 50."""
    return [MeetingView(*row) for row in uow.rows(_LATEST)]


def find_meeting(uow: UnitOfWork, agenda_id: int) -> MeetingView:
    """One meeting, or NotFound when it is absent or not the actor's."""
    found = uow.rows(_MEETING, agenda_id=agenda_id).first()
    if found is None:
        raise NotFound
    return MeetingView(*found)


def items_of(uow: UnitOfWork, agenda_id: int) -> list[ItemView]:
    """The items of a meeting in the order of its agenda."""
    return [ItemView(*row) for row in uow.rows(_ITEMS, agenda_id=agenda_id)]


def version_of(meeting: MeetingView, items: Sequence[ItemView]) -> int:
    """The version of an agenda with its items: it grows with every change of one of them."""
    return meeting.version + sum(item.version for item in items)


def count_to_confirm(uow: UnitOfWork) -> int:
    """How many proposals were heard in meetings and wait for the District Manager's word."""
    return int(uow.rows(_TO_CONFIRM).scalar() or 0)


def minutes_of(
    uow: UnitOfWork, meeting: MeetingView, items: list[ItemView]
) -> list[tuple[str, str]]:
    """The minutes as pairs of a name and what is said, built from what was decided alone."""
    agreed_on = [item.proposal_id for item in items if item.settled and item.conditions]
    asked = conditions.of_proposals(uow, agreed_on)
    lines = [
        ("Meeting", meeting.title),
        ("Lot", meeting.lot),
        ("Held on", show_date(meeting.held_on)),
        ("Present", meeting.present or "Not recorded"),
    ]
    for item in items:
        said = [f"{item.outcome.label}: {item.minuted}"]
        if item.settled and item.decided_by:
            said.append(f"by {item.decided_by}")
        if item.settled:
            said += [
                f"{one.what} by {show_date(one.due_on)}, {one.owner}"
                for one in asked
                if one.proposal_id == item.proposal_id
            ]
        if item.settled and item.points:
            said.append(item.points)
        if item.note:
            said.append(item.note)
        lines.append((f"{item.position}. Case {item.reference}", "; ".join(said)))
    return lines


def fingerprint(lines: list[tuple[str, str]]) -> str:
    """The digest by which minutes are known to be those that were issued."""
    return hash_of("\n".join(f"{name}: {said}" for name, said in lines))
