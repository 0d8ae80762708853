"""Reads how each lot was at its start, and how it is now."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlmodel import col

from app.access.models import User
from app.cases.register.models import Allocation, Case
from app.cases.scope import queries as scope
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.contract.models import Lot
from app.performance import queries as performance
from app.performance.measures import queries as measures
from app.performance.measures.rules import Cohort, Measure, Reading
from app.reports.then_and_now.models import StartFigures
from app.reports.then_and_now.rules import TOLD, Line, Standing, Told, count_lines, measure_line
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class LotThenAndNow:
    """A lot's statement; without counts where its figures at the start were not kept."""

    lot_id: int
    lot: str
    frozen_on: date | None
    kept_by: str | None
    kept_at: datetime | None
    children: tuple[Line, ...]
    counts: tuple[Line, ...]

    @property
    def is_kept(self) -> bool:
        return self.kept_at is not None


_OLDEST = (
    select(col(Case.referred_on))
    # Not by an index that starts elsewhere: the oldest of a lot are found among the first by day.
    .where(col(Case.lot_id) + 0 == col(Lot.id), col(Case.ended_on).is_(None))
    .order_by(col(Case.referred_on), col(Case.id))
    .limit(1)
)
_OLDEST_BY_LOT = select(col(Lot.id), _OLDEST.scalar_subquery())
_KEPT = select(
    col(StartFigures.lot_id),
    col(StartFigures.frozen_on),
    col(StartFigures.cases),
    col(StartFigures.overdue),
    col(StartFigures.unallocated),
    col(StartFigures.oldest_on),
    col(User.name),
    col(StartFigures.kept_at),
).outerjoin(User, col(User.id) == col(StartFigures.kept_by))
_NAMED_BY_THEN = (
    select(col(Allocation.id))
    .where(col(Allocation.case_id) == col(Case.id), col(Allocation.starts_on) <= bindparam("on"))
    .exists()
)
_LIST = (
    select(col(LedgerPosting.case_id))
    .where(
        col(LedgerPosting.lot_id) == bindparam("lot"),
        col(LedgerPosting.term) == bindparam("opening", Term.OPENING, literal_execute=True),
    )
    .group_by(col(LedgerPosting.case_id))
    .having(func.sum(col(LedgerPosting.cases)) > 0)
)
_OPENING = (
    select(
        func.count(),
        func.coalesce(func.sum(case((col(Case.due_on) < col(Case.received_on), 1), else_=0)), 0),
        func.coalesce(func.sum(case((_NAMED_BY_THEN, 0), else_=1)), 0),
        func.min(col(Case.referred_on)),
    )
    .select_from(Case)
    .where(col(Case.id).in_(_LIST))
)


def count_opening(uow: UnitOfWork, lot_id: int, frozen_on: date) -> dict[str, Any]:
    """The opening list of a lot: cases, overdue and unallocated when received, oldest referral.

    It reads every case of the list, so it is asked once and kept.
    """
    cases, overdue, unallocated, oldest_on = uow.rows(_OPENING, lot=lot_id, on=frozen_on).one()
    return {
        "frozen_on": frozen_on,
        "cases": int(cases),
        "overdue": int(overdue),
        "unallocated": int(unallocated),
        "oldest_on": oldest_on,
    }


def statements(uow: UnitOfWork, *, exact: bool) -> list[LotThenAndNow]:
    """Each of the actor's lots then and now; unless `exact`, small numbers are hidden."""
    frozen = {lot_id: one.frozen_on for lot_id, one in scope.list_baselines(uow).items()}
    starts = uow.rows(_KEPT).all()
    kept = {lot_id: Standing(*figures) for lot_id, *figures, _, _ in starts}
    by = {row.lot_id: (row.name, row.kept_at) for row in starts}
    oldest = {row[0]: row[1] for row in uow.rows(_OLDEST_BY_LOT)}
    told, days = _told(uow, exact=exact), measures.days_of(uow)
    return [
        LotThenAndNow(
            one.lot_id,
            one.name,
            frozen.get(one.lot_id),
            *by.get(one.lot_id, (None, None)),
            _lines(told, one.lot_id, days),
            tuple(
                count_lines(
                    kept[one.lot_id],
                    Standing(uow.today, one.open, one.overdue, one.unallocated, oldest[one.lot_id]),
                )
            )
            if one.lot_id in kept
            else (),
        )
        for one in performance.figures(uow)
    ]


def _told(uow: UnitOfWork, *, exact: bool) -> dict[tuple[Measure, int], list[Told]]:
    """What the reader may see of whole months, the earliest first."""
    found = measures.readings(uow, monthly=True, measures=TOLD, running=False)
    shown = {one: one.shown for one in found}
    if not exact:
        shown = {one: told.shown for one, told in measures.outsiders(found).items()}
    by_lot: dict[tuple[Measure, int], list[Told]] = defaultdict(list)
    for one in found:
        if one in shown and _is_whole(one):
            by_lot[one.measure, one.lot_id].append(Told(one, shown[one]))
    return by_lot


def _is_whole(one: Reading) -> bool:
    return one.cohort is Cohort.ALL and one.value is not None


def _lines(
    told: dict[tuple[Measure, int], list[Told]],
    lot_id: int,
    days: Callable[[Reading], int | None],
) -> tuple[Line, ...]:
    lines = []
    for measure in TOLD:
        months: Sequence[Told] = told.get((measure, lot_id), ())
        if not months:
            continue
        first, last = months[0], months[-1]
        alike = days(first.reading) == days(last.reading)
        lines.append(measure_line(measure, first, last, alike=alike))
    return tuple(line for line in lines if line is not None)
