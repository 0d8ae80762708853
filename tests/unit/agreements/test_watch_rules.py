"""How many children came back after a closure."""

from datetime import date, timedelta

from app.agreements.watch.rules import Closed, Return, guarded, rates, returns_of

CLOSED = date(2027, 1, 4)


def back(case_id: int, days: int, lot_id: int = 1, closed_on: date = CLOSED) -> Return:
    return Return(case_id, lot_id, closed_on, closed_on + timedelta(days=days))


def test_a_return_is_a_referral_after_the_day_of_the_closure() -> None:
    earlier, later = CLOSED - timedelta(days=1), CLOSED + timedelta(days=9)
    assert returns_of([later, CLOSED, earlier, later], CLOSED) == [later]


def test_a_closure_counts_once_it_was_watched_to_the_end_of_the_while() -> None:
    closed = [
        Closed(1, CLOSED, 20),
        Closed(1, CLOSED + timedelta(days=40), 5),
        Closed(2, CLOSED, 9),
    ]
    returns = [back(1, 12), back(1, 20), back(2, 45), back(3, 200), back(4, 3, lot_id=2)]
    found = rates(closed, returns, 1, CLOSED + timedelta(days=70))
    assert [(one.days, one.closed, one.back) for one in found] == [
        (30, 25, 1),
        (60, 20, 2),
        (90, 0, 0),
        (365, 0, 0),
    ]
    assert found[0].share == 1 / 25
    assert found[0].interval
    assert found[0].interval.low < 1 / 25 < found[0].interval.high
    assert found[2].share is None


def test_few_closures_make_no_rate_and_no_list_makes_no_watch() -> None:
    [first, *_] = rates([Closed(2, CLOSED, 9)], [back(4, 3, 2)], 2, CLOSED + timedelta(days=400))
    assert (first.closed, first.back, first.share) == (9, 1, None)
    assert {one.closed for one in rates([Closed(2, CLOSED, 9)], [], 2, None)} == {0}


def test_small_numbers_are_hidden_even_between_two_whiles() -> None:
    closed = [Closed(1, CLOSED, 100)]
    returns = [back(case, 10) for case in range(7)] + [back(case, 50) for case in range(7, 9)]
    returns += [back(case, 80) for case in range(9, 20)]
    found = guarded(rates(closed, returns, 1, CLOSED + timedelta(days=400)))
    assert [one.back for one in found] == [7, None, 20, 20]
    assert found[1].share is None


def test_children_with_the_same_days_count_as_many() -> None:
    closed = [Closed(1, date(2026, 1, 9), 20)]
    alike = Return(4, 1, date(2026, 1, 9), date(2026, 1, 19), children=3)
    other = Return(5, 1, date(2026, 1, 9), date(2026, 1, 20))
    assert rates(closed, [alike, other], 1, date(2027, 6, 1))[0].back == 4
