"""Pence in, pence out."""

import pytest

from app.kernel.money import (
    Pence,
    basis_points,
    pounds,
    proportion,
    share,
    show,
    show_round,
    split,
)


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1,234.50", 123_450),
        ("£1234", 123_400),
        ("£ 0.07", 7),
        (" 1,000,000.00 ", 100_000_000),
        ("-12.00", -1_200),
        ("−£3", -300),
        ("0", 0),
        ("0009999999999.99", 999_999_999_999),
    ],
)
def test_an_amount_in_pounds_is_read_to_the_penny(typed: str, pence: int) -> None:
    assert pounds(typed) == pence


@pytest.mark.parametrize("typed", ["", "12,34", "1.5", "1.234", "1e3", "£", "12 50", "١٢", "ten"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Write an amount in pounds"):
        pounds(typed)


def test_an_amount_nobody_pays_is_refused() -> None:
    with pytest.raises(ValueError, match="at most ten digits"):
        pounds("10000000000")


@pytest.mark.parametrize(
    ("pence", "shown"),
    [(123_450, "£1,234.50"), (7, "£0.07"), (0, "£0.00"), (-123_456_789, "−£1,234,567.89")],
)
def test_an_amount_is_shown_to_the_penny(pence: int, shown: str) -> None:
    assert show(Pence(pence)) == shown


@pytest.mark.parametrize(
    ("pence", "shown"),
    [
        (0, "£0"),
        (-49, "£0"),
        (95_050, "£951"),
        (999_949, "£9,999"),
        (999_950, "£10k"),
        (24_049_999, "£240k"),
        (-24_000_000, "−£240k"),
        (99_949_999, "£999k"),
        (99_950_000, "£1.0m"),
        (123_456_789, "£1.2m"),
        (-999_999_999_999, "−£10,000.0m"),
    ],
)
def test_a_figure_to_glance_at_is_rounded(pence: int, shown: str) -> None:
    assert show_round(Pence(pence)) == shown


@pytest.mark.parametrize(
    ("pence", "points", "part"),
    [(10_000, 1_250, 1_250), (5, 1_000, 1), (4, 1_000, 0), (-5, 1_000, -1), (3, 20_000, 6)],
)
def test_a_share_is_rounded_to_the_nearest_penny(pence: int, points: int, part: int) -> None:
    assert share(Pence(pence), points) == part


def test_basis_points_say_what_share_a_part_is() -> None:
    assert basis_points(Pence(1), Pence(3)) == 3_333
    assert basis_points(Pence(-1), Pence(3)) == -3_333
    assert basis_points(Pence(300), Pence(200)) == 15_000


@pytest.mark.parametrize("whole", [0, -1])
def test_nothing_has_no_shares(whole: int) -> None:
    with pytest.raises(ValueError, match="positive amount"):
        basis_points(Pence(1), Pence(whole))


@pytest.mark.parametrize(
    ("pence", "weights", "parts"),
    [
        (100, [1, 1, 1], (34, 33, 33)),
        (100, [1, 2, 4], (14, 29, 57)),
        (1, [0, 5], (0, 1)),
        (-100, [1, 1, 1], (-34, -33, -33)),
        (0, [3], (0,)),
    ],
)
def test_splitting_loses_no_penny(pence: int, weights: list[int], parts: tuple[int, ...]) -> None:
    assert split(Pence(pence), weights) == parts


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_mean_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="no weight may be negative"):
        split(Pence(100), weights)


def test_a_part_of_a_whole_is_to_the_nearest_penny_halves_away_from_nought() -> None:
    assert [proportion(Pence(1), part, 2) for part in (1, -1, 3)] == [1, -1, 2]
    assert proportion(Pence(100), 1, 3) == 33
    with pytest.raises(ValueError, match="positive whole"):
        proportion(Pence(1), 1, 0)
