"""Reads of reopenings: of one case, and how many there were after a while."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.agreements.closures.models import Closure
from app.agreements.handovers.models import Handover
from app.agreements.reopening.models import Reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.states import CaseState
from app.contract.models import Lot
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class ReopeningView:
    """One reopening of a case, with the end that it took back."""

    episode: int
    ended_as: CaseState
    ended_on: date
    reason: ReopenReason
    reopened_on: date
    by: str | None
    ended_by: str | None


def of_case(uow: UnitOfWork, case_id: int) -> list[ReopeningView]:
    """The reopenings of a case, the last one first."""
    ender = aliased(User)
    found = uow.session.execute(
        select(
            col(Reopening.episode),
            col(Reopening.ended_as),
            col(Reopening.ended_on),
            col(Reopening.reason),
            col(Reopening.reopened_on),
            col(User.name),
            col(ender.name),
        )
        .outerjoin(User, col(User.id) == col(Reopening.by_user_id))
        .outerjoin(Closure, col(Closure.id) == col(Reopening.closure_id))
        .outerjoin(Handover, col(Handover.id) == col(Reopening.handover_id))
        .outerjoin(ender, col(ender.id).in_((col(Closure.closed_by), col(Handover.accepted_by))))
        .where(col(Reopening.case_id) == case_id)
        .order_by(col(Reopening.episode).desc())
    )
    return [ReopeningView(*row) for row in found]


def count_reopened(uow: UnitOfWork, after: date, until: date) -> dict[int, int]:
    """How many reopenings there were, by lot, of cases that ended after one day and until another.

    They are counted in the database, lot by lot as its index has them, so that it costs little
    however many there are.
    """
    return dict(uow.rows(_REOPENED, after=after, until=until).all())


def count_returned(uow: UnitOfWork, after: date, until: date, within: timedelta) -> Counter[int]:
    """Of the same, handovers that the receiving team returned within so many days."""
    counts: Counter[int] = Counter()
    for row in uow.rows(_RETURNED, after=after, until=until):
        if row.reopened_on - row.ended_on <= within:
            counts[row.lot_id] += row.cases
    return counts


_ENDED = col(Reopening.ended_on)
_THEN = (bindparam("after") < _ENDED, bindparam("until") >= _ENDED)
_CASES = func.count().label("cases")
_OF_LOT = select(_CASES).where(col(Reopening.lot_id) == col(Lot.id), *_THEN).correlate(Lot)
_REOPENED = select(col(Lot.id), _OF_LOT.scalar_subquery())
_BY_DAYS = (col(Reopening.lot_id), _ENDED, col(Reopening.reopened_on))
# Written out as their index names them.
_GIVEN_BACK = (
    col(Reopening.ended_as) == literal_column(f"'{CaseState.HANDED_OVER.value}'"),
    col(Reopening.reason) == literal_column(f"'{ReopenReason.HANDOVER_RETURNED.value}'"),
)
_RETURNED = select(*_BY_DAYS, _CASES).where(*_THEN, *_GIVEN_BACK).group_by(*_BY_DAYS)
