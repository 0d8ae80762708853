"""The chart of planned, earned and spent money."""

from datetime import date, timedelta

from app.web.charts import Earned, Point, earned

FRIDAY = date(2026, 11, 6)
WEEK = timedelta(weeks=1)


def _points(*pence: int) -> tuple[Point, ...]:
    return tuple(Point(FRIDAY + WEEK * number, level) for number, level in enumerate(pence))


def test_it_says_what_was_planned_earned_and_spent() -> None:
    chart = earned(
        Earned(
            _points(100_000, 200_000, 300_000),
            _points(90_000, 210_000),
            _points(0, 150_000),
            FRIDAY + WEEK,
        )
    )
    assert "worth £2.1k; £2k was planned and £1.5k spent" in chart.reading
    assert chart.rows[1] == ("13 Nov 2026", "£2,000", "£2,100", "£1,500")
    assert chart.rows[2] == ("20 Nov 2026", "£3,000", "–", "–")
    assert "Earned £2.1k" in chart.svg


def test_without_a_week_it_says_so() -> None:
    assert earned(Earned((), (), (), FRIDAY)).reading == "Nothing is earned or spent yet."
    assert "No figures yet" in earned(Earned((), (), (), FRIDAY)).svg
