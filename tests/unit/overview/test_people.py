"""How work is spread over workers."""

import pytest

from app.overview.people.rules import Spread, share, spread


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([], None),
        ([4], Spread(4, "4", "4.0", 4, 4, "0.00")),
        ([7, 4], Spread(4, "5.5", "5.5", 7, 7, "0.14")),
        ([6, 4], Spread(4, "5", "5.0", 6, 6, "0.10")),
        ([1, 1, 6], Spread(1, "1", "2.7", 6, 6, "0.42")),
        ([0, 0], Spread(0, "0", "0.0", 0, 0, "0.00")),
        (list(range(1, 11)), Spread(1, "5.5", "5.5", 9, 10, "0.30")),
        (list(range(1, 12)), Spread(1, "6", "6.0", 10, 11, "0.30")),
    ],
)
def test_the_least_the_middle_the_ninetieth_and_the_most(
    numbers: list[int], told: Spread | None
) -> None:
    assert spread(numbers) == told


@pytest.mark.parametrize(
    ("points", "available", "percent"), [(50, 100, 50), (1, 3, 33), (2, 3, 67), (5, 0, None)]
)
def test_a_share_is_a_whole_percentage_where_anything_can_be_carried(
    points: int, available: int, percent: int | None
) -> None:
    assert share(points, available) == percent
