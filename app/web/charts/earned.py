"""Earned value: what was planned, what the work done is worth, and what it cost."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from markupsafe import Markup

from app.web.charts.axes import Line, draw_days, draw_lines, lay_out
from app.web.charts.chart import KEPT, Chart, Point, Size, day, drawn, pounds
from app.web.charts.paper import Label, Paper

HEADS = ("Week ending", "Planned value", "Earned value", "Actual cost")
POUND = 100


@dataclass(frozen=True)
class Earned:
    """Running totals in pence by week; `earned` and `spent` end with the last week known."""

    planned: tuple[Point, ...]
    earned: tuple[Point, ...]
    spent: tuple[Point, ...]
    as_at: date


@lru_cache(KEPT)
def earned(series: Earned, title: str = "Planned, earned and spent") -> Chart:
    reading = read(series)
    return drawn(partial(_draw, series, title, reading), reading, HEADS, _rows(series))


def read(series: Earned) -> str:
    """The chart in words."""
    if not series.earned or not series.spent:
        return "Nothing is earned or spent yet."
    earned, spent = series.earned[-1].count, series.spent[-1].count
    plan = {point.on: point.count for point in series.planned}.get(series.as_at, 0)
    return (
        f"By {day(series.as_at)} the work done is worth {pounds(earned)}; {pounds(plan)} was"
        f" planned and {pounds(spent)} spent by then."
    )


def _rows(series: Earned) -> list[tuple[str, ...]]:
    lines = [{point.on: point.count for point in line} for line in (series.earned, series.spent)]
    return [
        (
            day(point.on),
            _exact(point.count),
            *("–" if line.get(point.on) is None else _exact(line[point.on]) for line in lines),
        )
        for point in series.planned
    ]


def _exact(pence: int) -> str:
    return f"£{pence / 100:,.0f}"


def _draw(series: Earned, title: str, reading: str, size: Size) -> Markup:
    paper = Paper(size)
    lines = [
        Line(f"{name} {pounds(points[-1].count)}", points, tone, dash, width)
        for name, points, tone, dash, width in (
            ("Planned", series.planned, "blue", "7 4", 2.0),
            ("Earned", series.earned, "ink", "", 3.0),
            ("Spent", series.spent, "amber", "2 3", 2.0),
        )
        if points
    ]
    if not lines:
        paper.text(Label(size.width / 2, size.height / 2, "No figures yet", "middle"))
        return paper.svg(title, reading)
    plot = lay_out(paper, lines, [series.as_at], pounds, unit=POUND)
    draw_days(paper, plot, [(series.as_at, "As at", "2 3")])
    draw_lines(paper, plot, lines)
    for points, tone, shape in ((series.earned, "ink", "dot"), (series.spent, "amber", "diamond")):
        if points:
            paper.mark(plot.x(points[-1].on), plot.y(points[-1].count), tone, shape)
    return paper.svg(title, reading)
