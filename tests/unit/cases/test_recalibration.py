"""Lines of the points table beside the time that cases took, with their intervals."""

from math import exp, log, sqrt

import pytest

from app.cases.recalibration.rules import LEAST, Estimate, Took, estimates, revised
from app.kernel.errors import Refused
from app.people.points.rules import STANDARD, Band, Travel


def took(band: Band, days: list[int], travel: Travel = Travel.LOCAL) -> list[Took]:
    return [Took(band, travel, one) for one in days]


def by_line(*sample: list[Took]) -> dict[str, Estimate]:
    whole = [each for some in sample for each in some]
    return {one.line: one for one in estimates(whole, STANDARD)}


def test_a_band_is_a_standard_case_times_how_much_longer_it_took() -> None:
    found = by_line(took(Band.STANDARD, [18, 22] * 20), took(Band.COMPLEX, [36, 44] * 20))
    one = found["complex"]
    assert (one.cases, one.mean_days, one.in_force, one.value) == (40, 4000, 7, 1000)
    spread = sqrt(4 * 40 / 39 / (40 * 20**2) + 16 * 40 / 39 / (40 * 40**2))
    assert one.low == round(1000 * exp(-1.96 * spread))
    assert one.high == round(1000 * exp(1.96 * spread))
    assert log(one.high / 1000) == pytest.approx(log(1000 / one.low), rel=0.01)
    assert one.differs
    assert found["standard"].is_measure
    assert not found["standard"].differs


def test_a_line_with_too_few_cases_is_not_estimated() -> None:
    found = by_line(took(Band.STANDARD, [20] * LEAST), took(Band.COMPLEX, [40] * (LEAST - 1)))
    assert found["complex"].value is None
    assert found["highly_complex"] == Estimate("highly_complex", 0, 0, 10)
    few = by_line(took(Band.STANDARD, [20] * (LEAST - 1)), took(Band.COMPLEX, [40] * LEAST))
    assert few["complex"].value is None
    assert all(one.value is None for one in estimates([], STANDARD))


def test_travel_is_compared_within_the_same_band() -> None:
    """Those who live away hold only complex cases, which take twice as long for everybody."""
    found = by_line(
        took(Band.STANDARD, [20] * 60),
        took(Band.COMPLEX, [40] * 30),
        took(Band.COMPLEX, [40] * 30, Travel.COUNTY),
    )
    assert found["county"].value == 100_00
    assert found["county"].mean_days == 40_00
    assert found["outside"].value is None


def test_cases_done_on_the_day_itself_estimate_nothing() -> None:
    found = by_line(took(Band.STANDARD, [0] * 40), took(Band.COMPLEX, [0] * 40))
    assert found["complex"].value is None
    assert found["county"].value is None


def test_the_table_takes_over_only_what_lies_apart_from_it() -> None:
    table = revised(
        STANDARD,
        [
            Estimate("complex", 40, 0, 7, 8_60, 8_10, 9_10),
            Estimate("county", 40, 0, 115, 118_00, 110_00, 126_00),
        ],
    )
    assert (table.complex, table.county) == (9, 115)


def test_a_table_that_would_not_rise_or_change_is_refused() -> None:
    with pytest.raises(Refused, match="No line differs enough"):
        revised(STANDARD, [Estimate("complex", 40, 0, 7, 7_20, 6_90, 7_50)])
    with pytest.raises(Refused, match="would be 5, 12 and 10 points"):
        revised(STANDARD, [Estimate("complex", 40, 0, 7, 12_00, 11_00, 13_00)])
