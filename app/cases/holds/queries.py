"""Reads of holds: those of a case and of the lots, and a case's time shared out by holder."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.holds import rules
from app.cases.holds.models import Hold
from app.cases.holds.rules import HoldReason, Pause, Running, Tile, Turn
from app.cases.register.models import Case, CaseMove
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import Holder
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class HoldView:
    """One hold of a case with the names of who sees to it and who put it there."""

    id: int
    case_id: int
    reason: HoldReason
    note: str
    owner_id: int
    owner: str
    began_on: date
    review_on: date
    until_on: date
    ended_on: date | None
    placed_by: str | None
    version: int
    ended_by: str | None

    @property
    def over_on(self) -> date:
        """The day from which the case is back."""
        return self.ended_on or self.until_on

    def runs(self, today: date) -> bool:
        return self.over_on > today


@dataclass(frozen=True)
class HeldCase:
    """One line of the list of cases on hold."""

    hold_id: int
    case_id: int
    reference: str
    lot: str
    reason: HoldReason
    owner: str
    began_on: date
    review_on: date
    until_on: date
    due_on: date | None


# A case that has ended is on hold no more, whatever day it was to come back.
_OPEN = (
    exists().where(col(Case.id) == col(Hold.case_id), col(Case.ended_on).is_(None)).correlate(Hold)
)


@dataclass(frozen=True)
class HoldFilter:
    """Which holds: one lot or all, one holder or all, only those to look at again."""

    lot: int | None = None
    holder: Holder | None = None
    review_due: bool = False

    @classmethod
    def read(cls, words: Mapping[str, str], lots: Collection[int]) -> "HoldFilter":
        """What a query string asks for; what it garbles is as if it were not asked."""
        holder = next((one for one in Holder if one == words.get("holder")), None)
        lot = next((one for one in lots if str(one) == words.get("lot")), None)
        return cls(lot, holder, words.get("review") == "yes")

    def url(self, page: int = 1, *, review_due: bool | None = None) -> str:
        """The address of this list, or of all of it or only what to look at."""
        due = self.review_due if review_due is None else review_due
        words = [f"lot={self.lot}"] if self.lot else []
        words += [f"holder={self.holder}"] if self.holder else []
        words += ["review=yes"] if due else []
        words += [f"page={page}"] if page > 1 else []
        return "/holds" + (f"?{'&'.join(words)}" if words else "")

    def criteria(self, today: date) -> list[Any]:
        kept: list[Any] = [col(Hold.ended_on).is_(None), col(Hold.until_on) > today, _OPEN]
        if self.lot is not None:
            kept.append(col(Hold.lot_id) == self.lot)
        if self.holder is not None:
            kept.append(col(Hold.reason).in_([r for r in HoldReason if r.holder is self.holder]))
        if self.review_due:
            kept.append(col(Hold.review_on) <= today)
        return kept


_OWNER, _PLACER, _ENDER = (aliased(User) for _ in range(3))
_VIEW: tuple[Any, ...] = (
    Hold.id,
    Hold.case_id,
    Hold.reason,
    Hold.note,
    Hold.owner_id,
    _OWNER.name,
    Hold.began_on,
    Hold.review_on,
    Hold.until_on,
    Hold.ended_on,
    _PLACER.name,
    Hold.version,
    _ENDER.name,
)
_VIEWS = (
    select(*_VIEW)
    .select_from(Hold)
    .join(_OWNER, col(_OWNER.id) == Hold.owner_id)
    .outerjoin(_PLACER, col(_PLACER.id) == Hold.placed_by)
    .outerjoin(_ENDER, col(_ENDER.id) == Hold.ended_by)
    .order_by(col(Hold.began_on).desc(), col(Hold.id).desc())
)
_OF_CASE = _VIEWS.where(col(Hold.case_id) == bindparam("case_id"))
_ONE = _VIEWS.where(col(Hold.id) == bindparam("hold_id"))
_PAUSE: tuple[Any, ...] = Hold.id, Hold.reason, Hold.began_on, Hold.until_on, Hold.ended_on
_PAUSES = select(*_PAUSE).where(col(Hold.case_id) == bindparam("case_id"))
_TURN: tuple[Any, ...] = CaseMove.made_on, CaseMove.after
_TURNS = (
    select(*_TURN).where(col(CaseMove.case_id) == bindparam("case_id")).order_by(col(CaseMove.id))
)
_RUN: tuple[Any, ...] = Hold.case_id, Hold.reason, Hold.until_on, Hold.review_on
_RUNNING = select(*_RUN).where(
    col(Hold.case_id).in_(bindparam("case_ids", expanding=True)),
    col(Hold.ended_on).is_(None),
    col(Hold.until_on) > bindparam("today"),
    _OPEN,
)


def holds_of(uow: UnitOfWork, case_id: int) -> list[HoldView]:
    """Every hold of a case, the latest first."""
    return [HoldView(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


def find_hold(uow: UnitOfWork, hold_id: int) -> HoldView | None:
    """One hold, or None when it is absent or its case is not the actor's."""
    found = uow.rows(_ONE, hold_id=hold_id).first()
    return HoldView(*found) if found else None


def pauses_of(uow: UnitOfWork, case_id: int) -> list[Pause]:
    """The holds of a case as they count."""
    return [pause(*row) for row in uow.rows(_PAUSES, case_id=case_id)]


def pause(
    hold_id: int, reason: HoldReason, began_on: date, until_on: date, ended_on: date | None
) -> Pause:
    """A hold as it counts, up to the day it returned by itself or was taken back."""
    return Pause(hold_id, reason, began_on, ended_on or until_on)


def turns_of(uow: UnitOfWork, case_id: int) -> list[Turn]:
    """The states that a case stood in, in the order in which it came to them."""
    return [Turn(*row) for row in uow.rows(_TURNS, case_id=case_id)]


def tiles_of(
    uow: UnitOfWork,
    case: Any,
    calendar: WorkingCalendar,
    turns: Sequence[Turn] | None = None,
    holds: Sequence[HoldView] | None = None,
) -> tuple[Tile, ...]:
    """A case's time from its referral to its end or today, shared out by holder.

    `case` is a case or its view; moves and holds that were read already are not read again.
    """
    start = max(case.referred_on, calendar.known_from)
    pauses = (
        pauses_of(uow, case.id)
        if holds is None
        else [pause(one.id, one.reason, one.began_on, one.until_on, one.ended_on) for one in holds]
    )
    return rules.whose(
        turns_of(uow, case.id) if turns is None else turns,
        pauses,
        start=start,
        end=max(case.ended_on or uow.today, start),
        received_on=case.received_on,
    )


def running_by_case(uow: UnitOfWork, case_ids: Collection[int]) -> dict[int, Running]:
    """Those of the cases that are on hold today, by id."""
    if not case_ids:
        return {}
    found = uow.rows(_RUNNING, case_ids=sorted(case_ids), today=uow.today)
    return {case_id: Running(*rest) for case_id, *rest in found}


def count_holds(uow: UnitOfWork, wanted: HoldFilter) -> int:
    """How many holds the filter keeps; reads the running holds alone."""
    counted = select(func.count()).select_from(Hold).where(*wanted.criteria(uow.today))
    return int(uow.session.scalar(counted) or 0)


def list_held(uow: UnitOfWork, wanted: HoldFilter, page: str | None) -> paging.Slice[HeldCase]:
    """One page of the cases on hold, those that return first before the others."""
    place = paging.place(page, total=count_holds(uow, wanted), size=PAGE_SIZE)
    columns: tuple[Any, ...] = (
        Hold.id,
        Hold.case_id,
        Case.reference,
        Lot.name,
        Hold.reason,
        User.name,
        Hold.began_on,
        Hold.review_on,
        Hold.until_on,
        Case.due_on,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(Hold)
        .join(Case, col(Case.id) == Hold.case_id)
        .join(Lot, col(Lot.id) == Hold.lot_id)
        .join(User, col(User.id) == Hold.owner_id)
        .where(*wanted.criteria(uow.today))
        .order_by(col(Hold.until_on), col(Hold.review_on), col(Hold.id))
        .offset(place.offset)
        .limit(place.size)
    )
    return paging.Slice.at(place, [HeldCase(*row) for row in found])
