"""A planned curve by itself: what is to be left at the end of each week."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from markupsafe import Markup

from app.web.charts.axes import Line, draw_days, draw_lines, lay_out
from app.web.charts.chart import Chart, Point, Size, between, day, drawn, number, short
from app.web.charts.paper import Label, Paper


def plan(points: Sequence[Point], today: date, title: str, unit: str = "cases") -> Chart:
    """The curve through levels, oldest first, of which there are at least two."""
    reading = read(points, today, unit)
    rows = [(day(point.on), number(point.count)) for point in points]
    return drawn(
        partial(_draw, points, today, title, reading, unit), reading, ("Date", "Planned"), rows
    )


def read(points: Sequence[Point], today: date, unit: str) -> str:
    """The chart in words."""
    first, last = points[0], points[-1]
    said = f"From {number(first.count)} {unit} on {day(first.on)}"
    said += f" to {number(last.count)} on {day(last.on)}"
    now = between(points, today)
    return f"{said}; {number(now)} by today." if now is not None else f"{said}."


def _draw(
    points: Sequence[Point], today: date, title: str, reading: str, unit: str, size: Size
) -> Markup:
    paper = Paper(size)
    lines = [Line("Plan", points, "blue", dash="7 4")]
    plot = lay_out(paper, lines, [today], short)
    paper.text(Label(2, 14, unit.capitalize()))
    draw_days(paper, plot, [(today, "Today", "2 3")])
    draw_lines(paper, plot, lines)
    return paper.svg(title, reading)
