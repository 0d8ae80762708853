"""Reads of ownership: the cases at fault now, and what the last check found."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, and_, cast, exists, func, or_
from sqlmodel import col, select

from app.access.models import User, UserLot
from app.access.roles import Role
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.assurance.ownership.models import OwnershipCheck, OwnershipFault
from app.assurance.ownership.rules import Fault
from app.cases.assessments.models import Assessment
from app.cases.register.models import Allocation, Case
from app.cases.register.rules import AllocationRole
from app.cases.states import HELD, CaseState
from app.contract.models import Lot
from app.kernel import paging
from app.people.models import Practitioner
from app.safeguarding.enquiries.models import Enquiry
from app.work.together import OneRow
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


class Found(NamedTuple):
    """One fault of one open case."""

    case_id: int
    lot_id: int
    fault: Fault


def find_faults(uow: UnitOfWork) -> list[Found]:
    """Every fault of the actor's open cases, one query for each kind.

    Reads every open case, so it belongs to the nightly check or to somebody who asks for it.
    """
    return [
        Found(case_id, lot_id, fault)
        for fault, wrong in _conditions(uow.today).items()
        for case_id, lot_id in uow.session.execute(
            select(Case.id, Case.lot_id)
            .where(col(Case.ended_on).is_(None), wrong)
            .order_by(col(Case.id))
        )
    ]


def _conditions(today: date) -> dict[Fault, Any]:
    state, holder = col(Case.state), col(Case.practitioner_id)
    proposed_from = col(Case.proposed_from)
    # A hand-back may be proposed before anybody is allocated: then the team manager owns it.
    waits = or_(
        state == CaseState.UNALLOCATED,
        and_(holder.is_(None), proposed_from.is_not_distinct_from(CaseState.UNALLOCATED)),
    )
    held = and_(state.in_(HELD), holder.is_not(None))
    left = exists().where(col(Practitioner.id) == holder, col(Practitioner.ends_on) < today)
    return {
        Fault.NOBODY: and_(state.in_(HELD), holder.is_(None), ~waits),
        Fault.HELD_BY_ITSELF: and_(state == CaseState.UNALLOCATED, holder.is_not(None)),
        Fault.HOLDER_LEFT: and_(held, left),
        Fault.ENQUIRY: and_(_under_enquiry(), ~_led()),
        Fault.NO_MANAGER: and_(waits, ~_managed(today)),
        Fault.HISTORY: and_(
            held,
            or_(
                ~_running(col(Allocation.practitioner_id) == holder),
                _running(col(Allocation.practitioner_id) != holder),
            ),
        ),
        Fault.NO_ASSESSMENT: and_(
            state.in_((CaseState.ASSESSING, CaseState.SUBMITTED)), ~_under_way()
        ),
        Fault.NO_PROPOSAL: and_(state == CaseState.PROPOSED, ~_proposed(None)),
        Fault.NO_AGREEMENT: and_(state == CaseState.AGREED, ~_proposed(Decision.AGREED)),
    }


def _managed(today: date) -> Any:
    """The case's lot has a team manager who can sign in."""
    active = or_(col(User.active_until).is_(None), col(User.active_until) >= today)
    return (
        exists()
        .where(col(UserLot.lot_id) == col(Case.lot_id), col(UserLot.user_id) == col(User.id))
        .where(col(User.role) == Role.TEAM_MANAGER, col(User.disabled_at).is_(None), active)
    )


def _running(*whose: Any) -> Any:
    """A running stretch of the case's history names somebody as its holder."""
    return exists().where(
        col(Allocation.case_id) == col(Case.id),
        col(Allocation.role) == AllocationRole.PRIMARY,
        col(Allocation.ends_on).is_(None),
        *whose,
    )


def _under_enquiry() -> Any:
    return exists().where(col(Enquiry.case_id) == col(Case.id), col(Enquiry.ended_on).is_(None))


def _led() -> Any:
    return exists().where(
        col(Practitioner.id) == col(Case.practitioner_id),
        col(Practitioner.qualified).is_(True),
        col(Practitioner.asye).is_(False),
    )


def _under_way() -> Any:
    return exists().where(
        col(Assessment.case_id) == col(Case.id), col(Assessment.authorised_on).is_(None)
    )


def _proposed(decision: Decision | None) -> Any:
    decided = col(Proposal.decision)
    said = decided.is_(None) if decision is None else decided == decision
    return exists().where(col(Proposal.case_id) == col(Case.id), said)


@dataclass(frozen=True)
class Checked:
    """What the last checks of the actor's lots found; the oldest of them tells when."""

    at: datetime | None
    faults: int
    unchecked_lots: int

    @property
    def is_known(self) -> bool:
        return self.at is not None and not self.unchecked_lots


LAST_CHECK = OneRow(
    select(
        func.min(OwnershipCheck.checked_at),
        cast(func.coalesce(func.sum(OwnershipCheck.faults), 0), Integer),
        select(func.count(col(Lot.id))).scalar_subquery() - func.count(),
    ).select_from(OwnershipCheck),
    Checked,
)


def last_check(uow: UnitOfWork) -> Checked:
    """How many faults stand in the actor's lots, by the last check of each."""
    return LAST_CHECK.ask(uow)


def last_checked_by(uow: UnitOfWork) -> str | None:
    """Who let the actor's lots be checked last; nobody where the nightly check did."""
    found = (
        select(User.name)
        .select_from(OwnershipCheck)
        .outerjoin(User, col(User.id) == col(OwnershipCheck.by_user_id))
        .order_by(col(OwnershipCheck.checked_at).desc())
        .limit(1)
    )
    return uow.rows(found).scalar()


@dataclass(frozen=True)
class FaultRow:
    """A case at fault, as the last check found it."""

    case_id: int
    reference: str
    lot: str
    state: CaseState
    practitioner: str | None
    fault: Fault
    found_on: date


def list_faults(uow: UnitOfWork, page: int | str | None = 1) -> paging.Slice[FaultRow]:
    """The faults that the last checks found, lot by lot."""
    total = uow.session.scalar(select(func.count()).select_from(OwnershipFault))
    place = paging.place(page, total=int(total or 0), size=PAGE_SIZE)
    columns: tuple[Any, ...] = (
        Case.id,
        Case.reference,
        Lot.name,
        Case.state,
        Practitioner.name,
        OwnershipFault.fault,
        OwnershipFault.found_on,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(OwnershipFault)
        .join(Case, col(Case.id) == OwnershipFault.case_id)
        .join(Lot, col(Lot.id) == OwnershipFault.lot_id)
        .outerjoin(Practitioner, col(Practitioner.id) == col(Case.practitioner_id))
        .order_by(col(OwnershipFault.lot_id), col(OwnershipFault.id))
        .offset(place.offset)
        .limit(place.size)
    ).all()
    return paging.Slice.at(place, [FaultRow(*row) for row in found])
