"""What holds for every working-day calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.calendar import Counting, WorkingCalendar

FIRST = date(2010, 1, 1)
LAST = date(2028, 12, 31)

days = st.dates(FIRST, date(2027, 12, 31))
near = st.dates(date(2026, 11, 1), date(2027, 1, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    holidays = draw(st.frozensets(near, max_size=30))
    extra = draw(st.frozensets(near, max_size=5))
    return WorkingCalendar(holidays, FIRST, LAST, draw(st.sampled_from(Counting)), extra)


def _is_off(calendar: WorkingCalendar, day: date) -> bool:
    heeded = frozenset() if calendar.counting is Counting.WEEKDAYS_ONLY else calendar.bank_holidays
    return day.weekday() >= 5 or day in heeded or day in calendar.extra_days


@given(calendars(), near, near)
def test_the_count_is_the_one_made_day_by_day(
    calendar: WorkingCalendar, one: date, other: date
) -> None:
    start, end = sorted((one, other))
    first = 0 if calendar.counting is Counting.INCLUSIVE else 1
    span = [start + timedelta(days=i) for i in range(first, (end - start).days + 1)]
    assert calendar.days_between(start, end) == sum(not _is_off(calendar, day) for day in span)
    assert calendar.is_working_day(start) != _is_off(calendar, start)


@given(calendars(), days, st.integers(1, 120))
def test_adding_and_counting_undo_each_other(
    calendar: WorkingCalendar, start: date, number: int
) -> None:
    end = calendar.add(start, number)
    assert calendar.days_between(start, end) == number
    assert calendar.is_working_day(end)


@given(calendars(), near, near)
def test_counting_the_other_way_changes_only_the_sign(
    calendar: WorkingCalendar, one: date, other: date
) -> None:
    if one != other:
        assert calendar.days_between(one, other) == -calendar.days_between(other, one)


@given(calendars(), near, near, near)
def test_a_later_day_never_has_fewer_days_used(
    calendar: WorkingCalendar, one: date, two: date, three: date
) -> None:
    start, sooner, later = sorted((one, two, three))
    assert calendar.days_between(start, sooner) <= calendar.days_between(start, later)


@given(calendars(), near, st.integers(1, 60), st.integers(1, 60))
def test_more_working_days_end_later(
    calendar: WorkingCalendar, start: date, some: int, more: int
) -> None:
    assert calendar.add(start, some) < calendar.add(start, some + more)


@given(calendars(), near)
def test_the_next_working_day_has_only_days_off_before_it(
    calendar: WorkingCalendar, day: date
) -> None:
    found = calendar.next_working_day(day)
    between = [day + timedelta(days=i) for i in range(1, (found - day).days)]
    assert calendar.is_working_day(found)
    assert not any(calendar.is_working_day(off) for off in between)
