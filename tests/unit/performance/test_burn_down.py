"""The burn-down, weekly counts and fixed periods."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.cases.scope.rules import Change, Ledger, Term, Week, full_weeks, open_again, signed
from app.performance.rules import (
    DayPoint,
    burn_down,
    cleared_by,
    periods,
    reading_days,
)

MONDAY = date(2026, 11, 2)
FRIDAY = date(2026, 11, 6)
TODAY = date(2026, 11, 18)


def change(day: date, term: Term, cases: int, lot: int = 1, outcome: str = "") -> Change:
    return Change(lot, day, term, outcome, cases)


CHANGES = (
    change(MONDAY, Term.OPENING, 10),
    change(date(2026, 11, 4), Term.CLEARED, -3, outcome="close_nfa"),
    change(date(2026, 11, 9), Term.RECEIVED, 2),
    change(date(2026, 11, 9), Term.HANDED_BACK, -1),
    change(date(2026, 11, 14), Term.REOPENED, 1)._replace(again=1),
)


def test_levels_are_read_on_the_first_day_on_fridays_and_today() -> None:
    fridays = [FRIDAY, FRIDAY + timedelta(days=7)]
    assert reading_days(MONDAY, TODAY) == [MONDAY, *fridays, TODAY]
    assert reading_days(FRIDAY, FRIDAY) == [FRIDAY]


def test_the_burn_down_tells_open_scope_cleared_and_reopened_apart() -> None:
    assert burn_down(Ledger(CHANGES), TODAY) == (
        DayPoint(MONDAY, 10, 10, 0, 0),
        DayPoint(FRIDAY, 7, 10, 3, 0),
        DayPoint(date(2026, 11, 13), 8, 11, 3, 0),
        DayPoint(TODAY, 9, 11, 3, 1),
    )


def test_a_lot_without_a_ledger_has_no_burn_down_and_no_weeks() -> None:
    assert burn_down(Ledger(()), TODAY) == ()
    assert full_weeks([], TODAY) == ()


def test_weeks_are_full_ones_and_empty_weeks_count_too() -> None:
    assert full_weeks(CHANGES, date(2026, 11, 27)) == (
        Week(FRIDAY, 3, 0),
        Week(date(2026, 11, 13), 0, 2),
        Week(date(2026, 11, 20), 0, 1),
    )


def test_cleared_cases_are_counted_by_week_lot_and_outcome() -> None:
    assert cleared_by(Ledger(CHANGES), {"close_nfa"}) == Counter({(FRIDAY, 1, "close_nfa"): 3})
    assert cleared_by(Ledger(CHANGES), {"cin_plan"}) == Counter({(FRIDAY, 1, ""): 3})


def test_periods_are_four_complete_weeks_and_never_part_of_one() -> None:
    fourth = FRIDAY + timedelta(weeks=3)
    assert periods(MONDAY, fourth) == ()
    [one] = periods(MONDAY, fourth + timedelta(days=1))
    assert (one[0], one[-1], len(one)) == (FRIDAY, fourth, 4)


def test_a_reopened_case_counts_until_it_ends_again_and_moves_with_its_lot() -> None:
    made = [
        (7, change(MONDAY, Term.OPENING, 1)),
        (7, change(TODAY, Term.CLEARED, -1)),
        (7, change(TODAY, Term.REOPENED, 1)),
        (7, change(TODAY, Term.TRANSFERRED, -1)),
        (7, change(TODAY, Term.TRANSFERRED, 1, lot=2)),
        (7, change(TODAY, Term.CLEARED, -1, lot=2)),
        (8, change(TODAY, Term.CLEARED, -1)),
    ]
    found = [(one.lot_id, one.term, one.again) for one in open_again(made)]
    assert found == [
        (1, Term.REOPENED, 1),
        (1, Term.TRANSFERRED, -1),
        (2, Term.TRANSFERRED, 1),
        (2, Term.CLEARED, -1),
    ]


DAYS = st.dates(MONDAY, date(2027, 2, 1))


@given(
    st.lists(st.tuples(DAYS, st.sampled_from(list(Term)), st.booleans()), min_size=1, max_size=50)
)
def test_the_last_point_is_the_sum_of_the_ledger_and_what_left_is_scope_less_open(
    postings: list[tuple[date, Term, bool]],
) -> None:
    changes = [change(day, term, signed(term, arriving=to)) for day, term, to in postings]
    ledger = Ledger(tuple(sorted(changes, key=lambda one: one.day)))
    last = burn_down(ledger, date(2027, 2, 2))[-1]
    reopened = sum(one.cases for one in changes if one.term is Term.REOPENED)
    assert last.open == sum(one.cases for one in changes)
    assert last.open == last.scope - last.cleared + reopened
