"""How many cases each cohort has, and what is hidden."""

import pytest

from app.cases.register.rules import Cohort
from app.safeguarding.cohorts.rules import lay_out


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [
        (0, 20, 0),
        (1, 20, None),
        (5, 20, None),
        (6, 20, 6),
        (14, 20, 14),
        (15, 20, None),
        (20, 20, 20),
    ],
)
def test_few_and_all_but_few_are_hidden(count: int, total: int, shown: int | None) -> None:
    found = {(1, Cohort.MISSING): count}
    place = list(Cohort).index(Cohort.MISSING)
    (hidden,) = lay_out({1: ("North", total)}, found, exact=False)
    (exact,) = lay_out({1: ("North", total)}, found, exact=True)
    assert (hidden.counts[place], exact.counts[place]) == (shown, count)
    assert hidden.open == total
