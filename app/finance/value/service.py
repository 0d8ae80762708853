"""Counts what each lot's weeks bought, so that no page has to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlmodel import col

from app.cases.assessments.models import Assessment
from app.cases.register.models import Case
from app.cases.register.rules import band_of
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.finance.value.models import WeekBought
from app.kernel.acts import Act
from app.kernel.days import week_beginning, week_ending
from app.people.points.rules import Band
from app.work.uow import UnitOfWork

# What is entered late is seldom older.
AGAIN = timedelta(weeks=3)
_WORK: tuple[Any, ...] = (Case.priority, Case.child_protection)
_CLEARED_ON: tuple[Any, ...] = (LedgerPosting.lot_id, LedgerPosting.effective_on, *_WORK)
_ASSESSED_ON: tuple[Any, ...] = (Assessment.lot_id, Assessment.authorised_on, *_WORK)
_CLEARED = (
    select(*_CLEARED_ON, func.sum(col(LedgerPosting.cases)))
    .join(Case, col(Case.id) == col(LedgerPosting.case_id))
    .where(
        col(LedgerPosting.effective_on) >= bindparam("since"),
        col(LedgerPosting.term).in_([Term.CLEARED, Term.REOPENED]),
    )
    .group_by(*_CLEARED_ON)
)
_ASSESSED = (
    select(*_ASSESSED_ON, func.count())
    .join(Case, col(Case.id) == col(Assessment.case_id))
    .where(col(Assessment.authorised_on) >= bindparam("since"))
    .group_by(*_ASSESSED_ON)
)
_LAST = select(func.max(col(WeekBought.week_ending)))


def count(uow: UnitOfWork) -> int:
    """Count the weeks since the last count, and those before it that may have changed.

    The band of a case is what it is when its week is counted. Returns how many rows that makes.
    """
    with uow.command(Act.VALUE_COUNT):
        last: date | None = uow.rows(_LAST).scalar()
        since = week_beginning(week_ending(last - AGAIN)) if last else date.min
        rows = _rows(uow, since)
        uow.session.execute(delete(WeekBought).where(col(WeekBought.week_ending) >= since))
        return uow.load(WeekBought, rows)


def load_all(uow: UnitOfWork) -> None:
    """Count every week, within the command that lays a demo out."""
    uow.must_be_in(Act.DEMO_SEED)
    uow.load(WeekBought, _rows(uow, date.min))


def _rows(uow: UnitOfWork, since: date) -> list[dict[str, Any]]:
    cleared = _by_week(uow.rows(_CLEARED, since=since))
    assessed = _by_week(uow.rows(_ASSESSED, since=since))
    return [
        {
            "lot_id": lot_id,
            "week_ending": friday,
            "band": band,
            "assessed": assessed[lot_id, friday, band],
            "cleared": -cleared[lot_id, friday, band],
        }
        for lot_id, friday, band in sorted(cleared.keys() | assessed.keys())
    ]


def _by_week(found: Iterable[Any]) -> dict[tuple[int, date, Band], int]:
    sums: dict[tuple[int, date, Band], int] = defaultdict(int)
    for lot_id, day, priority, child_protection, number in found:
        # A flag is resolved before a case ends.
        band = band_of(priority, open_flags=0, child_protection=child_protection)
        sums[lot_id, week_ending(day), band] += int(number)
    return sums
