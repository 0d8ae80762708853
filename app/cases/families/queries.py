"""Reads of families: who belongs to one, and the pairs of cases that wait for a decision."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.families.models import CasePair
from app.cases.families.rules import Decision, Likeness
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.errors import NotFound
from app.people.models import Practitioner
from app.work.uow import UnitOfWork

PAGE_SIZE = 25


@dataclass(frozen=True)
class FamilyMember:
    """One open case of a family."""

    id: int
    reference: str
    lot_id: int
    lot: str
    state: CaseState
    age_band: str
    practitioner_id: int | None
    practitioner: str | None


_MEMBER: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Case.lot_id,
    Lot.name,
    Case.state,
    Case.age_band,
    Case.practitioner_id,
    Practitioner.name,
)


def family_of(uow: UnitOfWork, case_id: int) -> list[FamilyMember]:
    """The open cases of a case's family that the actor may see, by reference.

    The case itself is among them while it is open; NotFound where it is not the actor's.
    """
    case = uow.get(Case, case_id)
    members = (
        select(*_MEMBER)
        .select_from(Case)
        .join(Lot, col(Lot.id) == Case.lot_id)
        .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
        .where(col(Case.ended_on).is_(None), Case.contract_id == case.contract_id)
        .order_by(col(Case.reference), col(Case.id))
    )
    of_family = Case.family_key == case.family_key if case.family_key else Case.id == case_id
    return [FamilyMember(*row) for row in uow.session.execute(members.where(of_family))]


@dataclass(frozen=True)
class Side:
    """One of the two cases of a pair: what tells whether it is the other's child or family."""

    id: int
    reference: str
    lot: str
    state: CaseState
    family_key: str | None
    age_band: str
    primary_need: str
    referred_on: date
    received_on: date
    source_team: str
    seen_on: date | None


@dataclass(frozen=True)
class PairView:
    """Two cases side by side, and what was decided about them."""

    id: int
    likeness: Likeness
    found_on: date
    decision: Decision | None
    because: str
    decided_by: str | None
    decided_at: datetime | None
    first: Side
    second: Side

    @property
    def decided(self) -> str:
        """The decision in words; empty while there is none."""
        if self.decision is None:
            return ""
        return self.decision.words(self.first.reference, self.second.reference)


_FIRST, _SECOND, _FIRST_LOT, _SECOND_LOT = (
    aliased(Case),
    aliased(Case),
    aliased(Lot),
    aliased(Lot),
)
_PAIR: tuple[Any, ...] = (
    CasePair.id,
    CasePair.likeness,
    CasePair.found_on,
    CasePair.decision,
    CasePair.because,
    User.name,
    CasePair.decided_at,
)


def _side(case: Any, lot: Any) -> list[Any]:
    return [lot.name if f.name == "lot" else getattr(case, f.name) for f in fields(Side)]


_WIDTH = len(fields(Side))
_PAIRS = (
    select(*_PAIR, *_side(_FIRST, _FIRST_LOT), *_side(_SECOND, _SECOND_LOT))
    .select_from(CasePair)
    .join(_FIRST, col(_FIRST.id) == CasePair.first_id)
    .join(_SECOND, col(_SECOND.id) == CasePair.second_id)
    .join(_FIRST_LOT, col(_FIRST_LOT.id) == _FIRST.lot_id)
    .join(_SECOND_LOT, col(_SECOND_LOT.id) == _SECOND.lot_id)
    .outerjoin(User, col(User.id) == CasePair.decided_by)
)
_SEEN = (
    select(func.count())
    .select_from(CasePair)
    .join(_FIRST, col(_FIRST.id) == CasePair.first_id)
    .join(_SECOND, col(_SECOND.id) == CasePair.second_id)
)


def list_pairs(
    uow: UnitOfWork, page: int | str | None = 1, *, decided: bool = False
) -> paging.Slice[PairView]:
    """One page of the pairs that wait, oldest first, or of those decided, latest first."""
    kept = col(CasePair.decision).is_not(None) if decided else col(CasePair.decision).is_(None)
    order = col(CasePair.decided_at).desc() if decided else col(CasePair.id)
    total = int(uow.session.scalar(_SEEN.where(kept)) or 0)
    place = paging.place(page, total=total, size=PAGE_SIZE)
    rows = uow.session.execute(
        _PAIRS.where(kept).order_by(order, col(CasePair.id)).offset(place.offset).limit(place.size)
    )
    return paging.Slice.at(place, [_view(row) for row in rows])


def find_pair(uow: UnitOfWork, pair_id: int) -> PairView:
    """One pair; NotFound where it is absent or the actor does not see both cases."""
    found = uow.session.execute(_PAIRS.where(CasePair.id == pair_id)).first()
    if found is None:
        raise NotFound
    return _view(found)


def _view(row: Any) -> PairView:
    own, sides = row[: len(_PAIR)], row[len(_PAIR) :]
    both = Side(*sides[:_WIDTH]), Side(*sides[_WIDTH:])
    values: list[Any] = [*own, *both]
    return PairView(*values)
