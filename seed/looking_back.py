"""Outlooks of earlier weeks, as far as the pace and the costs of their time led."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from app.cases.scope import queries as scope
from app.cases.scope.rules import Change, present_rate
from app.finance.models import Budget, Cost
from app.finance.outlook.models import LotOutlook
from app.kernel.days import week_ending
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.setting import District, Setting

WEEK = timedelta(weeks=1)
APART, BEGUN = 4 * WEEK, 6 * WEEK
# How much sooner or later than the pace of the time led the end was said to lie.
SOONER, LATER = 0.25, 0.45
IN_SIGHT = 156


def load_looking_back(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Keep an outlook of every fourth week of each lot, within a command."""
    changes = scope.list_changes(uow, today)
    last = week_ending(today - timedelta(days=6))
    for district in setting.districts:
        own = [change for change in changes if change.lot_id == district.lot_id]
        rows = list(_rows(uow, district, own, last))
        if rows:
            uow.load(LotOutlook, rows, lot_id=district.lot_id)


def _rows(
    uow: UnitOfWork, district: District, changes: list[Change], last: date
) -> Iterator[dict[str, Any]]:
    spent = _by_week(uow, Cost, "pence", district.lot_id)
    budget = _by_week(uow, Budget, "planned_pence", district.lot_id)
    friday = last - APART
    while friday >= district.starts_on + BEGUN:
        known = [change for change in changes if change.day <= friday]
        rate = present_rate(known, friday + WEEK)
        actual = sum(pence for week, pence in spent.items() if week <= friday)
        weekly = actual // max(1, sum(1 for week in spent if week <= friday))
        weeks = rate.weeks_left
        # A pace that led to no end in sight foretold nothing.
        if weeks is not None and weeks <= IN_SIGHT:
            early, late = max(1, round(weeks * (1 - SOONER))), round(weeks * (1 + LATER)) + 1
            yield {
                "made_at": at(friday + timedelta(days=1), 2 * 60),
                "as_at": friday,
                "budget": sum(budget.values()),
                "planned": sum(pence for week, pence in budget.items() if week <= friday),
                "actual": actual,
                "accrued": 0,
                "committed": 4 * weekly,
                "low": actual + early * weekly,
                "middle": actual + weeks * weekly,
                "high": actual + late * weekly,
                "chance": 10_000 if actual + weeks * weekly <= sum(budget.values()) else 2_000,
                "unended": 0,
                "ends_early": friday + early * WEEK,
                "ends_middle": friday + weeks * WEEK,
                "ends_late": friday + late * WEEK,
                "remaining": sum(change.cases for change in known),
                "weekly": weekly,
                "notice_weeks": 4,
                "seed": friday.toordinal(),
                "eac": None,
                "method": "The pace and the costs of the weeks before, carried on.",
            }
        friday -= APART


def _by_week(uow: UnitOfWork, model: Any, name: str, lot_id: int) -> dict[date, int]:
    sums: dict[date, int] = {}
    found = uow.session.execute(
        select(col(model.week_ending), col(getattr(model, name))).where(col(model.lot_id) == lot_id)
    )
    for week, pence in found:
        sums[week] = sums.get(week, 0) + pence
    return sums
