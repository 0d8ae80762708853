"""What holds for every split of an amount and every plan."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.cases.scope.rules import EFFECT, Change, LotWeek, Term, present_rate, rate_of_weeks
from app.kernel.days import week_ending
from app.kernel.money import Pence, pounds, show, split
from app.planning.clearance import s_curve

pence = st.integers(-(10**11), 10**11).map(Pence)
terms = st.sampled_from(list(EFFECT))
TOLD = Term.CLEARED, Term.REOPENED, Term.RECEIVED
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(pence)
def test_an_amount_shown_reads_back_as_itself(amount: Pence) -> None:
    assert pounds(show(amount)) == amount


@given(pence, st.lists(st.integers(0, 1_000), max_size=12), st.integers(1, 1_000))
def test_a_split_sums_to_the_amount_and_is_never_a_penny_off(
    amount: Pence, others: list[int], one: int
) -> None:
    weights = [*others, one]
    parts = split(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)


@given(st.integers(0, 5_000), days, st.integers(6, 800), st.integers(0, 30))
def test_a_plan_clears_the_whole_opening_and_never_rises(
    opening: int, start: date, length: int, ramp_weeks: int
) -> None:
    plan = s_curve(opening, start, date.fromordinal(start.toordinal() + length), ramp_weeks)
    assert sum(week.cleared for week in plan) == opening
    assert all(week.cleared >= 0 for week in plan)
    assert plan[-1].still_open == 0
    left = opening
    for week in plan:
        left -= week.cleared
        assert week.still_open == left


@given(
    st.lists(st.tuples(st.dates(date(2026, 6, 1), date(2026, 9, 25)), terms, st.integers(1, 40))),
    st.dates(date(2026, 9, 25), date(2026, 10, 5)),
)
def test_the_present_rate_of_changes_and_of_weeks_is_the_same(
    moved: list[tuple[date, Term, int]], today: date
) -> None:
    changes = [Change(1, day, term, "", EFFECT[term] * cases) for day, term, cases in moved]
    weeks = [
        LotWeek(1, week_ending(one.day), one.cases, *(one.cases * (one.term is of) for of in TOLD))
        for one in changes
    ]
    assert rate_of_weeks(weeks, today) == present_rate(changes, today)
