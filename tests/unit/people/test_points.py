"""What a case counts for in points."""

from dataclasses import replace

import pytest

from app.kernel.errors import Invalid
from app.people.points.rules import (
    LABELS,
    LIMITS,
    STANDARD,
    Band,
    Difference,
    Stage,
    Travel,
    check_table,
    co_worker_points,
    differences,
    figures,
    points_of,
    travel_to,
)


@pytest.mark.parametrize(
    ("band", "stage", "travel", "points"),
    [
        (Band.STANDARD, Stage.ASSESSING, Travel.LOCAL, 5),
        (Band.STANDARD, Stage.TO_START, Travel.LOCAL, 3),
        (Band.STANDARD, Stage.DECISION, Travel.LOCAL, 3),  # 2.5, halves up
        (Band.HIGHLY_COMPLEX, Stage.ASSESSING, Travel.OUTSIDE, 13),
        (Band.COMPLEX, Stage.HANDOVER, Travel.COUNTY, 3),  # 3.22
    ],
)
def test_points_are_band_times_stage_times_travel_to_the_nearest_point(
    band: Band, stage: Stage, travel: Travel, points: int
) -> None:
    assert points_of(STANDARD, band, stage, travel) == points


def test_no_case_counts_for_nothing() -> None:
    assert points_of(replace(STANDARD, to_start=0), *_plain(Stage.TO_START)) == 1


def _plain(stage: Stage) -> tuple[Band, Stage, Travel]:
    return Band.STANDARD, stage, Travel.LOCAL


@pytest.mark.parametrize(("points", "share"), [(0, 0), (5, 2), (10, 3), (13, 4)])
def test_a_co_worker_carries_the_tables_share(points: int, share: int) -> None:
    assert co_worker_points(STANDARD, points) == share


def test_travel_is_by_where_the_worker_lives() -> None:
    assert travel_to(1, 1) is Travel.LOCAL
    assert travel_to(1, 2) is Travel.COUNTY
    assert travel_to(1, None) is Travel.OUTSIDE


def test_the_standard_table_can_be_meant() -> None:
    check_table(STANDARD)


@pytest.mark.parametrize("name", LIMITS)
def test_a_figure_beyond_its_limits_is_refused_on_its_field(name: str) -> None:
    lowest, highest = LIMITS[name]
    for beyond in (lowest - 1, highest + 1):
        with pytest.raises(Invalid, match=f"between {lowest} and {highest}") as fault:
            check_table(replace(STANDARD, **{name: beyond}))
        assert fault.value.field == name


def test_bands_that_do_not_rise_are_refused() -> None:
    with pytest.raises(Invalid, match="The bands rise") as fault:
        check_table(replace(STANDARD, complex=4))
    assert fault.value.field == "complex"


def test_every_figure_has_a_name_and_limits() -> None:
    assert list(LABELS) == list(LIMITS) == list(figures(STANDARD))


def test_a_difference_is_told_in_words_and_the_number_is_none() -> None:
    other = replace(STANDARD, complex=8, full_time_minutes=36 * 60 + 30, number=4)
    assert differences(STANDARD, other) == [
        Difference("Complex case, points", "7", "8"),
        Difference("Full-time week, hours", "37", "36:30"),
    ]


def test_every_word_of_the_table_is_said() -> None:
    assert [band.label for band in Band] == ["Standard", "Complex", "Highly complex"]
    assert all(one.label for one in (*Stage, *Travel))
