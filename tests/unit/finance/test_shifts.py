"""What a week of work comes to, and what may be recorded of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.finance.expenses.rules import Expense, ExpenseKind, check_expense, first_unsigned
from app.finance.rota.rules import Worker, planned_minutes
from app.finance.shifts.rules import (
    Correction,
    Differing,
    Kind,
    check_correction,
    check_difference,
    check_week_over,
    week_of,
    week_worked,
)
from app.kernel.calendar import Counting, england_and_wales
from app.kernel.errors import Invalid, Refused
from app.people.capacity.rules import Hours, Reason, Reduced
from app.people.rules import Post

FRIDAY = date(2026, 11, 20)
MONDAY = FRIDAY - timedelta(days=4)
CALENDAR = england_and_wales(Counting.DAY_ZERO, frozenset())
WEEK = week_of(FRIDAY)
FULL = Hours(date(2026, 11, 2), None, 37 * 60, "12345")
DAY = 444


def _worker(**changes: object) -> Worker:
    plain = Worker(7, "Ana Reyes", Post.SOCIAL_WORKER, FULL, (), dict.fromkeys(_days(2026), 1))
    return replace(plain, **changes)  # type: ignore[arg-type]


def _days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]


def test_a_week_begins_on_saturday() -> None:
    assert [day.isoweekday() for day in WEEK] == [6, 7, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("worker", "day", "minutes"),
    [
        (_worker(), MONDAY, DAY),
        (_worker(), WEEK[0], 0),
        (_worker(), date(2026, 12, 25), 0),
        (_worker(hours=replace(FULL, weekly_minutes=1200, weekdays="135")), MONDAY, 400),
        (_worker(hours=replace(FULL, ends_on=MONDAY)), MONDAY, DAY),
        (_worker(hours=replace(FULL, ends_on=MONDAY)), FRIDAY, 0),
        (_worker(shares={MONDAY: 2}), MONDAY, DAY // 2),
        (_worker(shares={MONDAY: 2}), FRIDAY, 0),
        (_worker(reduced=[Reduced(Reason.LEAVE, MONDAY, MONDAY)]), MONDAY, 0),
        (_worker(reduced=[Reduced(Reason.LEAVE, MONDAY, MONDAY)]), FRIDAY, DAY),
        (_worker(reduced=[Reduced(Reason.ABSENCE, MONDAY, FRIDAY, 600)]), MONDAY, 324),
        (_worker(reduced=[Reduced(Reason.TRAINING, MONDAY, FRIDAY)]), MONDAY, DAY),
        (_worker(reduced=[Reduced(Reason.DUTY, MONDAY, FRIDAY, 600)]), MONDAY, DAY),
    ],
)
def test_the_rota_gives_each_day_its_minutes(worker: Worker, day: date, minutes: int) -> None:
    assert planned_minutes(worker, day, CALENDAR) == minutes


@pytest.mark.parametrize(
    ("kind", "more", "minutes"),
    [
        (Kind.SICK, 0, 0),
        (Kind.UNPAID, 0, 0),
        (Kind.OTHER_LOT, 0, 0),
        (Kind.HALF_DAY, 0, DAY // 2),
        (Kind.EXTRA, 90, DAY + 90),
    ],
)
def test_a_difference_changes_its_day_alone(kind: Kind, more: int, minutes: int) -> None:
    days = week_worked([_worker()], [Differing(7, MONDAY, kind, more)], FRIDAY, CALENDAR)
    assert [one.minutes for one in days] == [minutes, DAY, DAY, DAY, DAY]
    assert [one.planned for one in days] == [DAY] * 5
    assert [one.kind for one in days] == [kind, None, None, None, None]


def test_a_day_that_came_from_another_lot_counts_though_the_rota_has_none() -> None:
    visitor = _worker(shares={})
    [day] = week_worked([visitor], [Differing(7, MONDAY, Kind.FROM_LOT, 222)], FRIDAY, CALENDAR)
    assert (day.planned, day.minutes) == (0, 222)


def test_what_is_worked_on_a_day_off_counts_as_extra() -> None:
    days = week_worked([_worker()], [Differing(7, WEEK[0], Kind.EXTRA, 120)], FRIDAY, CALENDAR)
    assert sum(one.minutes for one in days) == 5 * DAY + 120


@pytest.mark.parametrize(
    ("asked", "planned", "field", "words"),
    [
        (Differing(7, FRIDAY + timedelta(days=1), Kind.SICK), DAY, "day", "has not come"),
        (Differing(7, MONDAY, Kind.SICK), 0, "day", "no work for them"),
        (Differing(7, MONDAY, Kind.SICK, 60), DAY, "minutes", "Only extra hours"),
        (Differing(7, MONDAY, Kind.EXTRA), DAY, "minutes", "how many hours"),
        (Differing(7, MONDAY, Kind.EXTRA, 300), DAY, "minutes", "at most 12 hours"),
    ],
)
def test_a_difference_that_cannot_be_meant_is_refused(
    asked: Differing, planned: int, field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as caught:
        check_difference(asked, planned, FRIDAY)
    assert caught.value.field == field


def test_a_difference_that_can_be_meant_is_taken() -> None:
    check_difference(Differing(7, MONDAY, Kind.SICK), DAY, FRIDAY)
    check_difference(Differing(7, MONDAY, Kind.EXTRA, 60), 0, FRIDAY)


def test_a_week_is_signed_when_it_is_over() -> None:
    check_week_over(FRIDAY, FRIDAY)
    with pytest.raises(Refused, match="from 20 Nov 2026 on"):
        check_week_over(FRIDAY, FRIDAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("minutes", "signed", "reason", "field"),
    [
        (0, DAY, "Forgot", "minutes"),
        (-DAY - 1, DAY, "Forgot", "minutes"),
        (300, DAY, "Forgot", "minutes"),
        (60, DAY, "", "reason"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused(
    minutes: int, signed: int, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        check_correction(Correction(7, MONDAY, minutes, reason), signed)
    assert caught.value.field == field
    check_correction(Correction(7, MONDAY, -DAY, "Was away"), DAY)


RECEIPT = Expense(7, MONDAY, ExpenseKind.TRAVEL, 1840, "T-114")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda one: replace(one, day=FRIDAY + timedelta(days=1)), "day"),
        (lambda one: replace(one, pence=0), "pence"),
        (lambda one: replace(one, pence=-500), "pence"),
        (lambda one: replace(one, pence=200_001), "pence"),
        (lambda one: replace(one, receipt=""), "receipt"),
    ],
)
def test_an_expense_that_cannot_be_meant_is_refused(
    change: Callable[[Expense], Expense], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        check_expense(change(RECEIPT), FRIDAY)
    assert caught.value.field == field
    check_expense(RECEIPT, FRIDAY)


def test_an_expense_is_signed_with_the_first_week_not_signed_yet() -> None:
    week = timedelta(weeks=1)
    assert first_unsigned(FRIDAY, set()) == FRIDAY
    assert first_unsigned(FRIDAY, {FRIDAY, FRIDAY + week}) == FRIDAY + 2 * week
