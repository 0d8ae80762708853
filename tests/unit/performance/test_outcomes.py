"""Cases cleared by outcome: exact by week, guarded by period."""

from collections import Counter
from datetime import date, timedelta

from app.performance.rules import exact_weeks, guarded_periods

FRIDAY = date(2026, 11, 6)
PERIOD = tuple(FRIDAY + timedelta(weeks=week) for week in range(4))
OUTCOMES = ("close_nfa", "cin_plan", "section_47")
COUNTS = Counter(
    {
        (FRIDAY, 1, "close_nfa"): 3,
        (FRIDAY, 1, "cin_plan"): 20,
        (FRIDAY, 2, "close_nfa"): 30,
        (PERIOD[3], 2, "cin_plan"): 40,
    }
)


def test_weeks_are_exact_over_the_lots_asked_for() -> None:
    [both] = exact_weeks(COUNTS, [1, 2], OUTCOMES, [FRIDAY])
    assert (both.counts, both.total, both.not_shown) == ((33, 20, 0), 53, 0)
    assert both.starts_on == date(2026, 10, 31)


def test_a_lots_small_number_is_hidden_in_its_sisters_or_their_sum_too() -> None:
    pages = [guarded_periods(COUNTS, [1, 2], lot, OUTCOMES, [PERIOD])[0] for lot in (1, 2, None)]
    assert pages[0].counts[0] is None
    assert pages[0].total == 23
    assert (pages[0].first_ending, pages[0].last_ending) == (FRIDAY, PERIOD[3])
    column = [page.counts[0] for page in pages]
    assert sum(count is None for count in column) >= 2
    assert pages[0].not_shown == 23 - sum(count or 0 for count in pages[0].counts)
