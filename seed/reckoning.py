"""Timesheets, expenses, and what earned value made of the work so far."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from app.finance.earned_points.models import EarnedTerms
from app.finance.earned_points.rules import Terms, figures
from app.finance.earned_points.service import count_next
from app.finance.expenses.models import ShiftExpense
from app.finance.expenses.rules import ExpenseKind
from app.finance.shifts.models import Shift, ShiftDifference, Timesheet
from app.finance.shifts.queries import planned
from app.finance.shifts.rules import DayWorked, Kind
from app.kernel.days import week_ending
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

WEEK = timedelta(weeks=1)
# How often a day differs, and how often a worker spends something in a week.
DIFFERS, SPENDS = 0.02, 0.3
# The weeks that the council has not accepted yet, before the one that is not signed yet.
NOT_ACCEPTED = 2
AGREED = Terms(protection=40, number=1)


def load_timesheets(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store every week's timesheet since each contract began, within a command."""
    for district in setting.districts:
        random = Random(f"{today.toordinal()} timesheets {district.name}")
        last = week_ending(today - timedelta(days=6))
        days = planned(uow, district.lot_id, district.starts_on, last)
        different = dict(_differences(days, random))
        uow.load(ShiftDifference, _difference_rows(district, days, different))
        uow.load(ShiftExpense, list(_expenses(district, days, random)))
        by_week: dict[date, list[tuple[int, DayWorked]]] = defaultdict(list)
        for place, one in enumerate(days):
            by_week[week_ending(one.day)].append((place, one))
        for friday in sorted(by_week)[:-1]:
            _sign(uow, district, friday, last, by_week[friday], different)


def load_reckoning(uow: UnitOfWork, setting: Setting, *, whole: bool) -> None:
    """Agree what milestones earn, count what was earned, within a command.

    Unless it is to be the `whole`, the first portion is counted and the rest left to the night.
    """
    for contract_id in sorted(setting.contract_ids):
        district = next(one for one in setting.districts if one.contract_id == contract_id)
        values: dict[str, Any] = figures(AGREED)
        uow.add(
            EarnedTerms(
                contract_id=contract_id,
                number=1,
                reason="What both sides agreed when the lists were frozen",
                by_user_id=district.project_manager,
                at=at(district.starts_on - timedelta(days=3), 600),
                agreed_by=district.council_manager,
                agreed_at=at(district.starts_on - timedelta(days=3), 900),
                from_on=district.starts_on,
                **values,
            )
        )
    while count_next(uow) and whole:
        pass


def _differences(days: list[DayWorked], random: Random) -> Iterator[tuple[int, tuple[Kind, int]]]:
    """Some days differ, by the place they have in the list: the kind and the minutes worked."""
    for place, one in enumerate(days):
        if random.random() >= DIFFERS:
            continue
        kind = random.choice((Kind.SICK, Kind.SICK, Kind.HALF_DAY, Kind.EXTRA, Kind.UNPAID))
        if kind is Kind.EXTRA:
            yield place, (kind, one.planned + random.choice((60, 90, 120)))
        else:
            yield place, (kind, one.planned // 2 if kind is Kind.HALF_DAY else 0)


def _difference_rows(
    district: District, days: list[DayWorked], different: dict[int, tuple[Kind, int]]
) -> list[dict[str, Any]]:
    return [
        {
            "lot_id": district.lot_id,
            "practitioner_id": days[place].practitioner_id,
            "day": days[place].day,
            "kind": kind,
            "minutes": minutes - days[place].planned if kind is Kind.EXTRA else 0,
            "other_lot_id": None,
            "note": "",
            "by_user_id": district.team_managers[0],
            "at": at(days[place].day, 16 * 60),
        }
        for place, (kind, minutes) in different.items()
    ]


def _expenses(
    district: District, days: list[DayWorked], random: Random
) -> Iterator[dict[str, Any]]:
    """Now and then a fare, and seldom something else, each with a receipt."""
    number = 100
    for one in days:
        if random.random() >= SPENDS / 5:
            continue
        number += 1
        kind = random.choice((ExpenseKind.TRAVEL, ExpenseKind.TRAVEL, ExpenseKind.MEALS))
        yield {
            "lot_id": district.lot_id,
            "practitioner_id": one.practitioner_id,
            "day": one.day,
            "week_ending": week_ending(one.day),
            "kind": kind,
            "pence": 640 + random.randrange(2_400),
            "receipt": f"{district.name[:1]}-{number}",
            "note": "",
            "by_user_id": district.team_managers[0],
            "at": at(one.day, 17 * 60),
        }


def _sign(
    uow: UnitOfWork,
    district: District,
    friday: date,
    last: date,
    days: list[tuple[int, DayWorked]],
    different: dict[int, tuple[Kind, int]],
) -> None:
    """Signed on the Monday after, and accepted two days later but for the last weeks."""
    signed_on = Diary.of_england().working(friday + timedelta(days=3))
    accepted = (last - friday) // WEEK > NOT_ACCEPTED
    signed_at, signer = at(signed_on, 9 * 60 + 30), district.team_managers[0]
    timesheet_id = uow.next_id(Timesheet)
    row: dict[str, Any] = {
        "id": timesheet_id,
        "version": 1,
        "lot_id": district.lot_id,
        "week_ending": friday,
        "signed_at": signed_at,
        "signed_by": signer,
        "accepted_at": at(signed_on + timedelta(days=2), 11 * 60) if accepted else None,
        "accepted_by": district.council_manager if accepted else None,
    }
    uow.load(Timesheet, [row])
    uow.load(
        Shift,
        [
            {
                "practitioner_id": one.practitioner_id,
                "band": one.post,
                "day": one.day,
                "planned_minutes": one.planned,
                "minutes": different[place][1] if place in different else one.minutes,
                "kind": different[place][0] if place in different else None,
            }
            for place, one in days
        ],
        lot_id=district.lot_id,
        timesheet_id=timesheet_id,
        reason="",
        by_user_id=signer,
        at=signed_at,
    )
