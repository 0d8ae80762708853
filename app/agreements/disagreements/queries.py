"""Reads of disagreements: their list, one with all that was said, and the one of a proposal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.access.roles import Organisation
from app.agreements.disagreements.models import Disagreement, DisagreementEntry
from app.agreements.disagreements.rules import Outcome, Said, Stage
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.errors import NotFound
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class DisagreementView:
    """One disagreement with the decision that it is about."""

    id: int
    case_id: int
    reference: str
    lot: str
    proposal_id: int
    decision: Decision | None
    points: str
    decided_by: str | None
    stage: Stage
    raised_by: str | None
    raised_at: datetime
    outcome: Outcome | None
    settled_by: str | None
    settled_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """What one person said, and when."""

    kind: Said
    text: str
    by: str | None
    organisation: Organisation
    at: datetime


_DECIDER, _RAISER, _SETTLER = aliased(User), aliased(User), aliased(User)
_COLUMNS: tuple[Any, ...] = (
    Disagreement.id,
    Disagreement.case_id,
    Case.reference,
    Lot.name,
    Disagreement.proposal_id,
    Proposal.decision,
    Proposal.points,
    _DECIDER.name,
    Disagreement.stage,
    _RAISER.name,
    Disagreement.raised_at,
    Disagreement.outcome,
    _SETTLER.name,
    Disagreement.settled_at,
)
# What waits for the head of service first, then what is open, then what is settled.
_RANK = case({Stage.ESCALATED: 0, Stage.OPEN: 1}, value=col(Disagreement.stage), else_=2)
_DISAGREEMENTS = (
    select(*_COLUMNS)
    .select_from(Disagreement)
    .join(Proposal, col(Proposal.id) == Disagreement.proposal_id)
    .join(Case, col(Case.id) == Disagreement.case_id)
    .join(Lot, col(Lot.id) == Disagreement.lot_id)
    .outerjoin(_DECIDER, col(_DECIDER.id) == Proposal.decided_by)
    .outerjoin(_RAISER, col(_RAISER.id) == Disagreement.raised_by)
    .outerjoin(_SETTLER, col(_SETTLER.id) == Disagreement.settled_by)
    .order_by(_RANK, col(Disagreement.raised_at), col(Disagreement.id))
)
_PAGE = _DISAGREEMENTS.limit(bindparam("most")).offset(bindparam("offset"))
_ONE = _DISAGREEMENTS.where(col(Disagreement.id) == bindparam("disagreement_id"))
_COUNT = select(func.count()).select_from(Disagreement)
_ESCALATED = _COUNT.where(col(Disagreement.stage) == Stage.ESCALATED)
_OF_PROPOSAL = select(col(Disagreement.id)).where(
    col(Disagreement.proposal_id) == bindparam("proposal_id")
)
_ENTRIES = (
    select(
        col(DisagreementEntry.kind),
        col(DisagreementEntry.text),
        col(User.name),
        col(DisagreementEntry.organisation),
        col(DisagreementEntry.at),
    )
    .outerjoin(User, col(User.id) == DisagreementEntry.by_user_id)
    .where(col(DisagreementEntry.disagreement_id) == bindparam("disagreement_id"))
    .order_by(col(DisagreementEntry.id))
)


def list_page(uow: UnitOfWork, page: int | str | None) -> paging.Slice[DisagreementView]:
    """One page of disagreements: those with the head of service first, then the oldest."""
    place = paging.place(page, total=int(uow.rows(_COUNT).scalar() or 0), size=PAGE_SIZE)
    found = uow.rows(_PAGE, most=place.size, offset=place.offset)
    return paging.Slice.at(place, [DisagreementView(*row) for row in found])


def count_escalated(uow: UnitOfWork) -> int:
    """How many disagreements of the actor's lots wait for the head of service."""
    return int(uow.rows(_ESCALATED).scalar() or 0)


def find_view(uow: UnitOfWork, disagreement_id: int) -> DisagreementView:
    """One disagreement, or NotFound when it is absent or not the actor's."""
    found = uow.rows(_ONE, disagreement_id=disagreement_id).first()
    if found is None:
        raise NotFound
    return DisagreementView(*found)


def entries_of(uow: UnitOfWork, disagreement_id: int) -> list[Entry]:
    """What was said, in the order in which it was said."""
    return [Entry(*row) for row in uow.rows(_ENTRIES, disagreement_id=disagreement_id)]


def of_proposal(uow: UnitOfWork, proposal_id: int) -> int | None:
    """The disagreement about a proposal's decision, or None."""
    found: int | None = uow.rows(_OF_PROPOSAL, proposal_id=proposal_id).scalar()
    return found
