"""The chart of a figure period by period."""

from datetime import date

from app.web.charts import Point, Series, series


def test_each_line_is_told_from_its_first_to_its_last_figure() -> None:
    weeks = [date(2026, 11, 6), date(2026, 11, 13)]
    north = Series("North", [Point(weeks[0], 700), Point(weeks[1], 825)])
    south = Series("South", [Point(weeks[1], 500)])
    never = Series("Never read", [])
    drawn = series([north, south, never], "In time", lambda n: f"{n / 10:.1f} %", unit=50)
    assert drawn.reading == (
        "North: 70.0 % up to 6 Nov 2026, 82.5 % up to 13 Nov 2026. South: 50.0 % up to 13 Nov 2026."
    )
    assert "North" in drawn.svg
    assert "Never read" not in drawn.svg


def test_a_chart_without_figures_says_so() -> None:
    drawn = series([], "In time", str)
    assert drawn.reading == "No figure to show yet."
    assert "No figures yet" in drawn.narrow
