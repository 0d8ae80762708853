"""When a lot's share is more than chance."""

from datetime import date, timedelta

from app.performance.guard.rules import Count, guarded, judged, last_weeks


def test_a_lot_beyond_what_chance_does_stands_out() -> None:
    found = judged([Count(1, 4, 100), Count(2, 5, 100), Count(3, 24, 100), Count(4, 0, 0)])
    assert [one.tone for one in found] == ["good", "good", "bad", "plain"]
    assert round(found[2].expected, 1) == 11.0
    assert found[2].limit < 24
    watched = judged([Count(1, 3, 8)], share=0.07)
    assert watched[0].tone == "warn"


def test_one_lot_alone_never_stands_out_and_nothing_counted_says_nothing() -> None:
    assert judged([Count(1, 9, 30)])[0].tone == "good"
    assert judged([Count(1, 0, 0)])[0].tone == "plain"
    assert judged([]) == guarded([]) == []


def test_small_numbers_are_hidden_with_what_gives_them_away() -> None:
    found = guarded(judged([Count(1, 3, 40), Count(2, 12, 40), Count(3, 15, 50)]))
    assert found[0].events is None
    assert [one.trials for one in found] == [40, 40, 50]
    assert found[0].tone == "plain"
    assert sum(one.events is None for one in found) > 1


def test_the_last_week_of_each_period_is_set_beside_the_whole() -> None:
    friday = date(2026, 11, 27)
    weeks = tuple(friday + timedelta(weeks=number) for number in range(4))
    by_day = {
        (1, friday): 2,
        (1, weeks[-1]): 6,
        (1, weeks[-1] - timedelta(days=7)): 1,
        (1, friday - timedelta(days=7)): 9,
        (2, weeks[-1]): 5,
    }
    assert last_weeks(by_day, [1, 3], [weeks]) == [Count(1, 6, 9), Count(3, 0, 0)]
