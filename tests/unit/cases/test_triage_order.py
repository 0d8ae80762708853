"""The order of triage as one number, its sentence, and what a judgement of priority must say."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.register.rules import (
    AGES,
    LONGEST_TO_REVIEW,
    STANDARD_ORDER,
    Criterion,
    Priority,
    Waiting,
    band_of,
    changes_of_worker,
    check_order,
    check_review,
    spoken,
    triage_rank,
)
from app.kernel.errors import Invalid
from app.people.points.rules import Band

TODAY = date(2026, 11, 20)
CASE = Waiting(referred_on=date(2026, 10, 1), seen_on=date(2026, 10, 20), age_band="5–9")
MORE_PRESSING = [
    (Criterion.FLAG, replace(CASE, open_flags=1)),
    (Criterion.PROTECTION, replace(CASE, child_protection=True)),
    (Criterion.PRIORITY, replace(CASE, priority=Priority.HIGH)),
    (Criterion.NOT_SEEN, replace(CASE, seen_on=None)),
    (Criterion.DAYS_UNSEEN, replace(CASE, seen_on=date(2026, 10, 19))),
    (Criterion.DAYS_WAITING, replace(CASE, referred_on=date(2026, 9, 30))),
    (Criterion.AGE, replace(CASE, age_band="Unborn")),
]


@pytest.mark.parametrize(("criterion", "sooner"), MORE_PRESSING)
def test_each_criterion_alone_puts_the_more_pressing_case_first(
    criterion: Criterion, sooner: Waiting
) -> None:
    assert triage_rank([criterion], sooner) < triage_rank([criterion], CASE)


def test_a_priority_that_nobody_set_stands_between_high_and_medium() -> None:
    ranks = [
        triage_rank([Criterion.PRIORITY], replace(CASE, priority=priority))
        for priority in (
            Priority.URGENT,
            Priority.HIGH,
            Priority.NOT_SET,
            Priority.MEDIUM,
            Priority.LOW,
        )
    ]
    assert ranks == sorted(set(ranks))


def test_an_age_that_is_not_known_or_not_understood_is_not_last() -> None:
    ranks = {age: triage_rank([Criterion.AGE], replace(CASE, age_band=age)) for age in AGES}
    assert ranks["Under 1"] < ranks[""] < ranks["1–4"]
    assert triage_rank([Criterion.AGE], replace(CASE, age_band="forty")) == ranks[""]


def test_a_reopened_case_waits_since_its_reopening_and_a_child_never_seen_since_then() -> None:
    again = replace(CASE, reopened_on=date(2026, 11, 1), seen_on=None)
    assert again.since == date(2026, 11, 1)
    for criterion in (Criterion.DAYS_WAITING, Criterion.DAYS_UNSEEN):
        assert triage_rank([criterion], again) == again.since.toordinal()


@given(
    st.lists(
        st.builds(
            Waiting,
            referred_on=st.dates(date(2020, 1, 1), TODAY),
            seen_on=st.none() | st.dates(date(2020, 1, 1), TODAY),
            open_flags=st.integers(0, 2),
            child_protection=st.booleans(),
            priority=st.sampled_from(Priority),
            age_band=st.sampled_from(AGES),
        ),
        min_size=2,
        max_size=8,
    ),
    st.permutations(list(Criterion)),
)
def test_the_number_orders_as_comparing_one_criterion_after_the_other(
    cases: list[Waiting], order: list[Criterion]
) -> None:
    by_number = sorted(cases, key=lambda case: triage_rank(order, case))
    one_by_one = [tuple(triage_rank([one], case) for one in order) for case in by_number]
    assert all(before <= after for before, after in pairwise(one_by_one))
    assert max(triage_rank(order, case) for case in cases) < 2**62


def test_the_order_is_said_in_one_sentence() -> None:
    assert spoken((Criterion.NOT_SEEN, Criterion.AGE)) == (
        "A child not seen yet first, then the youngest child."
    )
    assert spoken(STANDARD_ORDER).startswith("An open safeguarding flag first, then a child prot")


@pytest.mark.parametrize("order", [(), (Criterion.FLAG, Criterion.AGE, Criterion.FLAG)])
def test_an_order_of_nothing_or_with_a_criterion_twice_is_refused(
    order: tuple[Criterion, ...],
) -> None:
    with pytest.raises(Invalid):
        check_order(order)
    check_order(STANDARD_ORDER)


@pytest.mark.parametrize(
    ("priority", "days", "field"),
    [
        (Priority.NOT_SET, 7, "priority"),
        (Priority.LOW, 0, "next_review_on"),
        (Priority.LOW, LONGEST_TO_REVIEW.days + 1, "next_review_on"),
    ],
)
def test_a_judgement_says_something_and_is_looked_at_again(
    priority: Priority, days: int, field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        check_review(priority, TODAY + timedelta(days=days), on=TODAY)
    assert fault.value.field == field
    check_review(Priority.LOW, TODAY + LONGEST_TO_REVIEW, on=TODAY)


@pytest.mark.parametrize(
    ("flags", "protected", "priority", "band"),
    [
        (1, False, Priority.LOW, Band.HIGHLY_COMPLEX),
        (0, True, Priority.LOW, Band.HIGHLY_COMPLEX),
        (0, False, Priority.URGENT, Band.COMPLEX),
        (0, False, Priority.HIGH, Band.COMPLEX),
        (0, False, Priority.NOT_SET, Band.STANDARD),
        (0, False, Priority.MEDIUM, Band.STANDARD),
    ],
)
def test_a_case_is_as_complex_as_its_risks(
    flags: int, protected: bool, priority: Priority, band: Band
) -> None:
    assert band_of(priority, open_flags=flags, child_protection=protected) is band


@pytest.mark.parametrize(
    ("holders", "changes"), [([], 0), ([1], 0), ([1, 1], 0), ([1, 2, 1], 2), ([1, 2, 3, 3], 2)]
)
def test_changes_of_worker_are_counted_from_one_to_the_next(
    holders: list[int], changes: int
) -> None:
    assert changes_of_worker(holders) == changes
