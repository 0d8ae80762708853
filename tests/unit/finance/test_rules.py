"""What a budget and a cost may be, and the forecast at the present rate."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.finance.rules import (
    LARGEST,
    CostKind,
    Entry,
    Plan,
    Spending,
    account,
    check_entry,
    check_plan,
    together,
)
from app.kernel.errors import Invalid
from app.planning.clearance import PresentRate

TODAY = date(2026, 11, 20)
STARTS, ENDS, PLANNED = date(2026, 11, 2), date(2027, 4, 30), date(2026, 11, 20)
WEEKS = [date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20), date(2026, 11, 27)]
ENTRY = Entry(date(2026, 11, 18), CostKind.STAFF, 10_000, "")
RATE = PresentRate(2, 20, 4, 3, date(2026, 12, 4), "")
NO_END = PresentRate(2, 1, 4, None, None, "")
SPENDING = Spending(
    budget=[(week, 100) for week in WEEKS],
    costs=[(WEEKS[0], 90), (WEEKS[1], 100), (WEEKS[1], 50)],
    cleared=7,
    rate=RATE,
    contract_ends_on=date(2027, 4, 30),
)


@pytest.mark.parametrize(
    ("changes", "recorded", "field", "words"),
    [
        ({"day": date(2026, 10, 30)}, [], "day", "starts on 2 Nov 2026"),
        ({"day": date(2026, 11, 21)}, [], "day", "not come yet"),
        ({"pence": 0}, [], "pence", "other than nought"),
        ({"pence": 200_000_001}, [], "pence", "at most £2,000,000.00"),
        ({"pence": -1}, [], "pence", "Only £0.00 is recorded"),
        ({"pence": -301, "note": "Wrong"}, [100, 200], "pence", "Only £3.00 is recorded"),
        ({"pence": 50}, [100], "note", "£1.00 is recorded there already"),
    ],
)
def test_a_cost_that_cannot_be_meant_is_refused_on_its_field(
    changes: dict[str, object], recorded: list[int], field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as fault:
        check_entry(
            replace(ENTRY, **changes),  # type: ignore[arg-type]
            recorded=recorded,
            contract_starts_on=date(2026, 11, 2),
            today=TODAY,
        )
    assert fault.value.field == field


def test_a_correction_with_its_note_may_take_away_all_that_is_there() -> None:
    correction = replace(ENTRY, pence=-100, note="Entered twice")
    starts = date(2026, 11, 2)
    check_entry(correction, recorded=[100], contract_starts_on=starts, today=TODAY)
    check_entry(ENTRY, recorded=[], contract_starts_on=starts, today=TODAY)


@pytest.mark.parametrize(
    ("first", "last", "pence", "field", "words"),
    [
        (date(2026, 11, 1), ENDS, 100, "first", "The contract runs from 2 Nov 2026"),
        (date(2027, 9, 1), ENDS, 100, "first", "The contract runs"),
        (STARTS, date(2026, 11, 1), 100, "last", "before the first day, 2 Nov 2026"),
        (STARTS, date(2028, 1, 1), 100, "last", "The contract runs"),
        (STARTS, ENDS, 0, "pence", "above nought"),
        (STARTS, ENDS, -5, "pence", "above nought"),
        (STARTS, ENDS, LARGEST + 1, "pence", "at most £2,000,000.00"),
        (
            STARTS,
            ENDS,
            100,
            "reason",
            "£5.00 is planned there already, from the week ending 20 Nov",
        ),
        (PLANNED, PLANNED, 0, "reason", "£5.00 is planned there already"),
    ],
)
def test_a_budget_that_cannot_be_meant_is_refused_on_its_field(
    first: date, last: date, pence: int, field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        _check(Plan(first, last, pence))
    assert refused.value.field == field


def _check(plan: Plan, reason: str = "") -> None:
    check_plan(plan, {PLANNED: 500}, starts_on=STARTS, ends_on=ENDS, reason=reason)


def test_a_week_is_planned_anew_or_taken_back_with_a_reason_and_to_something_else() -> None:
    _check(Plan(STARTS, ENDS, 100), "First variation")
    _check(Plan(PLANNED, PLANNED, 0), "First variation")
    with pytest.raises(Invalid, match="That is what these weeks have"):
        _check(Plan(PLANNED, PLANNED, 500), "First variation")
    with pytest.raises(Invalid, match="above nought"):
        _check(Plan(STARTS, ENDS, 0), "First variation")


def test_what_lies_outside_the_term_is_taken_back_and_nothing_else() -> None:
    term = {"starts_on": STARTS, "ends_on": date(2026, 11, 13), "reason": "It ends sooner"}
    check_plan(Plan(PLANNED, PLANNED, 0), {PLANNED: 500}, **term)
    with pytest.raises(Invalid, match="The contract runs"):
        check_plan(Plan(PLANNED, PLANNED, 400), {PLANNED: 500}, **term)


def test_a_budget_is_for_each_week_from_its_first_day_to_its_last() -> None:
    plan = Plan(date(2026, 11, 21), date(2026, 12, 5), 100)
    assert plan.fridays == [date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 11)]
    _check(plan)


def test_the_forecast_is_spent_plus_the_recent_average_until_the_last_case_clears() -> None:
    found = account(SPENDING)
    assert (found.budget, found.planned, found.spent) == (400, 200, 240)
    assert (found.variance, found.per_cleared) == (-40, 34)
    assert found.forecast == 240 + 120 * 3
    assert found.forecast_to == date(2026, 12, 4)
    assert found.variance_at_completion == 400 - 600
    assert found.method == (
        "Spent, and £1.20 a week as in the last 2 costed weeks, for 3 more weeks until the last"
        " case clears at the present rate."
    )


def test_where_the_rate_leads_nowhere_the_money_lasts_to_the_end_of_the_contract() -> None:
    found = account(replace(SPENDING, rate=NO_END))
    assert found.forecast == 240 + 120 * 24
    assert "because the present rate leads to no end" in found.method


def test_one_costed_week_and_one_to_come_are_said_in_the_singular() -> None:
    rate = replace(RATE, ends_on=WEEKS[1])
    found = account(replace(SPENDING, costs=[(WEEKS[0], 90)], rate=rate))
    assert "in the last costed week, for 1 more week until" in found.method


def test_an_end_before_the_last_costed_week_adds_nothing() -> None:
    found = account(replace(SPENDING, rate=replace(RATE, ends_on=WEEKS[0])))
    assert (found.forecast, found.forecast_to) == (240, WEEKS[1])


def test_kinds_have_words_of_their_own() -> None:
    assert [kind.label for kind in CostKind] == ["Staff", "Travel", "Other"]


def test_without_costs_nothing_is_forecast() -> None:
    found = account(replace(SPENDING, costs=[], cleared=0))
    assert (found.spent, found.forecast, found.variance_at_completion) == (0, None, None)
    assert found.per_cleared is None


def test_lots_add_up_and_one_without_costs_leaves_the_whole_unforecast() -> None:
    one, other = account(SPENDING), account(replace(SPENDING, rate=NO_END))
    both = together([one, other])
    assert both.forecast == (one.forecast or 0) + (other.forecast or 0)
    assert both.forecast_to == other.forecast_to
    assert together([one, account(replace(SPENDING, costs=[]))]).forecast is None
    assert together([]).forecast is None


def test_a_forecast_that_goes_on_after_the_contract_says_so() -> None:
    late = account(replace(SPENDING, rate=replace(RATE, ends_on=date(2027, 5, 7))))
    assert late.past_end_on == date(2027, 4, 30)
    assert account(SPENDING).past_end_on is None
    assert together([account(SPENDING), late]).past_end_on == date(2027, 4, 30)


AMOUNTS = st.lists(st.tuples(st.sampled_from(WEEKS), st.integers(-500, 5000)), max_size=12)


@given(AMOUNTS, AMOUNTS)
def test_sums_of_lots_are_sums_of_their_entries(
    first: list[tuple[date, int]], second: list[tuple[date, int]]
) -> None:
    accounts = [account(replace(SPENDING, costs=costs)) for costs in (first, second)]
    spent = sum(pence for _, pence in [*first, *second])
    assert together(accounts).spent == spent
