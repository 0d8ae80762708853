"""Flags by week: exact figures are their rows, and no shown number tells a hidden one."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.safeguarding.flags.rules import Raised, by_week

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
# Two contracts may each have a lot of the same name.
LOTS = ((1, "Mid"), (2, "North"), (3, "North"))
flags = st.builds(
    lambda lot, weeks, hours: Raised(
        lot[0],
        NOW - timedelta(weeks=weeks),
        None if hours is None else NOW - timedelta(weeks=weeks) + timedelta(hours=hours),
    ),
    st.sampled_from(LOTS),
    st.integers(0, 3),
    st.none() | st.integers(0, 9),
)


@given(st.lists(flags, max_size=80))
def test_every_figure_equals_its_rows(found: list[Raised]) -> None:
    weeks = by_week(found, LOTS, TODAY, exact=True)
    assert sum(number or 0 for week in weeks.counts for number in week) == len(found)
    assert weeks.lots == tuple(one.lot for one in weeks.answered) == ("Mid", "North", "North")
    for (lot_id, _), one in zip(LOTS, weeks.answered, strict=True):
        parts = (one.in_time or 0) + (one.later or 0) + (one.waiting or 0)
        assert one.raised == parts == sum(flag.lot_id == lot_id for flag in found)


@given(st.lists(flags, max_size=80))
def test_no_small_number_is_shown_or_left_to_be_worked_out(found: list[Raised]) -> None:
    weeks = by_week(found, LOTS, TODAY, exact=False)
    shown = [number for week in weeks.counts for number in week]
    for place, one in enumerate(weeks.answered):
        shown += [one.in_time, one.later, one.waiting, one.raised]
        hidden = [week[place] is None for week in weeks.counts]
        assert not any(hidden) or one.raised is None
    assert all(number is None or number == 0 or number > 5 for number in shown)
