"""Capacity and checks hold for any worker, time off and day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.calendar import england_and_wales
from app.kernel.days import week_ending
from app.people.capacity.rules import (
    Hours,
    Reason,
    Reduced,
    available_points,
    minutes_in_week,
    normal_points,
)
from app.people.checks.rules import Known, checks_of, reds
from app.people.points.rules import STANDARD, Band, Stage, Travel, points_of

CALENDAR = england_and_wales()
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30))
TIMES_OFF = st.lists(
    st.builds(
        lambda reason, first, days, minutes: Reduced(
            reason, first, first + timedelta(days=days), minutes
        ),
        st.sampled_from(Reason),
        DAYS,
        st.integers(0, 60),
        st.none() | st.integers(1, 2_000),
    ),
    max_size=4,
)
WORKERS = st.builds(
    Hours,
    DAYS,
    st.none() | st.dates(date(2027, 7, 1), date(2027, 12, 31)),
    st.integers(60, 60 * 60),
    st.sets(st.sampled_from("1234567"), min_size=1).map(lambda days: "".join(sorted(days))),
    st.booleans(),
)


@given(WORKERS, TIMES_OFF, DAYS)
def test_nobody_works_less_than_nothing_or_more_than_their_hours(
    hours: Hours, reduced: list[Reduced], day: date
) -> None:
    assert 0 <= minutes_in_week(hours, reduced, week_ending(day), CALENDAR) <= hours.weekly_minutes
    points = available_points(hours, reduced, day, CALENDAR, STANDARD)
    assert 0 <= points <= normal_points(hours, STANDARD)


@given(WORKERS, TIMES_OFF, DAYS)
def test_time_off_never_adds_capacity(hours: Hours, reduced: list[Reduced], day: date) -> None:
    for known in range(len(reduced)):
        fewer = available_points(hours, reduced[:known], day, CALENDAR, STANDARD)
        more = available_points(hours, reduced[: known + 1], day, CALENDAR, STANDARD)
        assert more <= fewer


@given(st.data())
def test_whatever_is_unknown_keeps_a_worker_from_cases(data: st.DataObject) -> None:
    on = date(2026, 11, 20)
    passed = Known(
        "SW100234",
        date(2027, 11, 30),
        date(2026, 9, 14),
        dbs_update_service=data.draw(st.booleans()),
        references=2,
        qualified_on=date(2018, 7, 20),
        right_to_work_on=date(2026, 10, 5),
        approved_on=date(2026, 10, 23),
    )
    assert reds(checks_of(passed, (), on)) == ()
    needed = (
        "registration_number", "registration_expires_on", "dbs_on", "references",
        "qualified_on", "right_to_work_on", "approved_on",
    )  # fmt: skip
    for name in data.draw(st.sets(st.sampled_from(needed), min_size=1)):
        blank = getattr(Known(), name)
        assert reds(checks_of(passed._replace(**{name: blank}), (), on))


@given(st.sampled_from(Band), st.sampled_from(Stage))
def test_a_longer_way_and_a_heavier_band_never_count_less(band: Band, stage: Stage) -> None:
    ways = [points_of(STANDARD, band, stage, travel) for travel in Travel]
    bands = [points_of(STANDARD, one, stage, Travel.LOCAL) for one in Band]
    assert ways == sorted(ways)
    assert bands == sorted(bands)
