"""The Kaplan–Meier curve, against a published example and against counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.planning.survival import Stays, kaplan_meier

# Weeks in remission on 6-mercaptopurine (Freireich and others 1963), as textbooks print them.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PRINTED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_the_curve_of_the_published_example_is_the_printed_one() -> None:
    curve = kaplan_meier(Stays(age, bool(ended)) for age, ended in zip(WEEKS, ENDED, strict=True))
    assert curve.ages == tuple(PRINTED)
    assert [round(share, 3) for share in curve.shares] == list(PRINTED.values())
    assert (curve.age_at(0.5), curve.ended) == (23, 9)
    assert curve.at(5) == 1
    assert curve.at(12) == pytest.approx(0.753, abs=0.0005)
    assert curve.at(400) == curve.shares[-1]
    assert curve.age_at(0.1) is None


def test_without_stays_nothing_is_known() -> None:
    curve = kaplan_meier([])
    assert (curve.at(10), curve.age_at(0.5), curve.ended) == (1, None, 0)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=80))
def test_where_every_stay_has_ended_the_curve_is_the_share_that_lasted_longer(
    ages: list[int],
) -> None:
    curve = kaplan_meier(Stays(age, ended=True) for age in ages)
    for age in range(62):
        assert curve.at(age) == pytest.approx(sum(one > age for one in ages) / len(ages))


@given(
    st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.integers(1, 5)), max_size=40),
    st.floats(0.01, 0.99),
)
def test_the_curve_falls_only_and_counts_equal_stays_alike(
    stays: list[tuple[int, bool, int]], share: float
) -> None:
    curve = kaplan_meier(Stays(*one) for one in stays)
    singly = kaplan_meier(Stays(age, ended) for age, ended, n in stays for _ in range(n))
    assert curve.ages == singly.ages
    assert curve.shares == pytest.approx(singly.shares)
    assert list(curve.shares) == sorted(curve.shares, reverse=True)
    reached = curve.age_at(share)
    assert reached is None or curve.at(reached) <= share < curve.at(reached - 1)
