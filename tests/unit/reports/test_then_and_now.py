"""A lot then and now, and a measure over two periods, in words."""

from datetime import UTC, date, datetime

import pytest

from app.kernel.errors import Refused
from app.performance.measures.rules import Cohort, Measure, Reading
from app.reports.movements.rules import moved
from app.reports.then_and_now.rules import Standing, Told, check_keep, count_lines, measure_line

THEN, NOW = date(2026, 11, 2), date(2027, 2, 12)


def reading(
    month: int, counted: int, of: int, measure: Measure = Measure.CHILD_SEEN, version: int = 0
) -> Reading:
    start, end = date(2026, month, 1), date(2026, month, 28)
    read_at = datetime(2026, 12, 1, tzinfo=UTC)
    return Reading(measure, 1, start, end, Cohort.ALL, counted, of, None, version, read_at)


def told(one: Reading, shown: str = "") -> Told:
    return Told(one, shown or one.shown)


def test_counts_stand_beside_their_days_with_which_way_they_went() -> None:
    start = Standing(THEN, 120, 80, 120, date(2025, 11, 2))
    now = Standing(NOW, 40, 80, 121, None)
    lines = count_lines(start, now)
    assert [(line.then, line.now, line.change) for line in lines] == [
        ("120", "40", "better"),
        ("80", "80", "same"),
        ("120", "121", "worse"),
        ("365", "n/a", "none"),
    ]
    assert {(line.then_at, line.now_at) for line in lines} == {("2 Nov 2026", "12 Feb 2027")}
    younger = Standing(NOW, 40, 2, 1, date(2026, 12, 12))
    assert count_lines(start, younger)[-1].now == "62"


@pytest.mark.parametrize(
    ("first", "last", "shown", "change"),
    [
        (reading(9, 40, 80), reading(11, 60, 80), "", "better"),
        (reading(9, 60, 80), reading(11, 40, 80), "", "worse"),
        (reading(9, 40, 80), reading(11, 20, 40), "", "same"),
        (reading(9, 40, 80), reading(11, 60, 80), "c", "none"),
        (reading(9, 40, 80), reading(11, 0, 0), "", "none"),
        (
            reading(9, 40, 80, Measure.NO_ACTION),
            reading(11, 60, 80, Measure.NO_ACTION),
            "",
            "other",
        ),
        (
            reading(9, 40, 80, Measure.RE_REFERRED),
            reading(11, 60, 80, Measure.RE_REFERRED),
            "",
            "worse",
        ),
    ],
)
def test_a_measure_says_which_way_it_went(
    first: Reading, last: Reading, shown: str, change: str
) -> None:
    line = measure_line(first.measure, told(first), told(last, shown))
    assert line is not None
    assert line.change == change
    assert (line.then_at, line.now_at) == ("September 2026", "November 2026")
    assert line.definition == "The standard definition"


def test_one_month_is_told_without_a_now_and_versions_are_named() -> None:
    only = told(reading(9, 40, 80))
    line = measure_line(Measure.CHILD_SEEN, only, only)
    assert line is not None
    assert (line.then, line.now, line.now_at, line.change) == ("50.0%", "Not yet", "", "none")
    later = measure_line(Measure.CHILD_SEEN, only, told(reading(11, 40, 80, version=2)))
    assert later is not None
    assert later.definition == "The standard definition and version 2"
    assert measure_line(Measure.CHILD_SEEN, None, None) is None


def test_what_was_counted_by_other_days_is_called_neither_better_nor_worse() -> None:
    then, now = told(reading(9, 40, 80)), told(reading(11, 60, 80, version=2))
    line = measure_line(Measure.CHILD_SEEN, then, now, alike=False)
    assert line is not None
    assert (line.then, line.now, line.change) == ("50.0%", "75.0%", "none")


def test_the_start_is_kept_once_and_of_a_frozen_list() -> None:
    check_keep(frozen=True, kept=False)
    with pytest.raises(Refused, match="Freeze the lot"):
        check_keep(frozen=False, kept=False)
    with pytest.raises(Refused, match="kept already"):
        check_keep(frozen=True, kept=True)


@pytest.mark.parametrize(
    ("readings", "rose", "better"),
    [
        ([reading(9, 10, 80), reading(10, 70, 80)], True, True),
        ([reading(9, 70, 80), reading(10, 10, 80)], False, False),
        ([reading(9, 40, 80), reading(10, 42, 80)], True, None),
        ([reading(9, 33, 0, Measure.OVERDUE), reading(10, 41, 0, Measure.OVERDUE)], True, False),
        ([reading(9, 3, 0, Measure.FLAGS), reading(10, 9, 0, Measure.FLAGS)], True, None),
        ([reading(8, 9, 9), reading(9, 70, 80), reading(10, 10, 80)], False, False),
    ],
)
def test_what_moved_is_told_and_chance_is_called_neither_better_nor_worse(
    readings: list[Reading], *, rose: bool, better: bool | None
) -> None:
    found = moved(
        readings[0].measure, [(one, one.shown) for one in readings], is_about_children=True
    )
    assert found is not None
    assert (found.rose, found.better) == (rose, better)
    assert found.before == readings[-2].shown
    assert found.period == "October 2026"
    assert found.link == f"/measures/{readings[0].measure.value}"


def test_what_stayed_is_hidden_or_has_no_two_periods_is_not_told() -> None:
    first, last = reading(9, 40, 80), reading(10, 20, 40)
    assert moved(Measure.CHILD_SEEN, [(first, "50"), (last, "50")], is_about_children=True) is None
    assert moved(Measure.CHILD_SEEN, [(first, "c"), (last, "50")], is_about_children=True) is None
    assert moved(Measure.CHILD_SEEN, [(first, "50")], is_about_children=True) is None
    empty = reading(10, 0, 0)
    assert moved(Measure.CHILD_SEEN, [(first, "5"), (empty, "n/a")], is_about_children=True) is None


def test_a_week_is_told_by_its_friday() -> None:
    start, friday = date(2026, 11, 7), date(2026, 11, 13)
    weeks = [
        Reading(Measure.OVERDUE, 1, start, friday, Cohort.ALL, n, 0, None, 0, datetime.now(tz=UTC))
        for n in (41, 33)
    ]
    found = moved(Measure.OVERDUE, [(one, one.shown) for one in weeks], is_about_children=False)
    assert found is not None
    assert (found.period, found.rose, found.better) == ("the week to 13 Nov 2026", False, True)
