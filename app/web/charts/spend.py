"""Spend: what was planned, what has been spent, and where the present rate leads."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from markupsafe import Markup

from app.web.charts.axes import Line, draw_days, draw_lines, lay_out
from app.web.charts.chart import KEPT, Chart, Point, Size, between, day, drawn, pounds
from app.web.charts.paper import Label, Paper

HEADS = ("Date", "Planned", "Spent", "At present rate")
POUND = 100


@dataclass(frozen=True)
class Spend:
    """Running totals in pence, oldest first; `forecast` starts where `spent` ends."""

    planned: tuple[Point, ...]
    spent: tuple[Point, ...]
    forecast: tuple[Point, ...]
    today: date


@lru_cache(KEPT)
def spend(series: Spend, title: str = "Spend against plan") -> Chart:
    reading = read(series)
    return drawn(partial(_draw, series, title, reading), reading, HEADS, _rows(series))


def read(series: Spend) -> str:
    """The chart in words."""
    if not series.spent:
        plan = f"{pounds(series.planned[-1].count)} is planned. " if series.planned else ""
        return f"{plan}No spend has been recorded yet."
    last = series.spent[-1]
    said = [f"{pounds(last.count)} spent by {day(last.on)}"]
    plan_now = between(series.planned, last.on)
    if plan_now is not None:
        said[0] += f", {_against(last.count, plan_now)} planned by then"
    if series.forecast and series.planned:
        end, plan_end = series.forecast[-1], series.planned[-1].count
        ahead = f"At the present rate {pounds(end.count)} by {day(end.on)}"
        said.append(f"{ahead}, {_against(end.count, plan_end)} planned in all")
    return ". ".join(said) + "."


def _against(spent: int, plan: int) -> str:
    if spent == plan:
        return f"the {pounds(plan)}"
    word = "more" if spent > plan else "less"
    return f"{pounds(abs(spent - plan))} {word} than the {pounds(plan)}"


def _rows(series: Spend) -> list[tuple[str, ...]]:
    dates = sorted({p.on for line in (series.planned, series.spent, series.forecast) for p in line})
    spent = {point.on: point.count for point in series.spent}
    forecast = {point.on: point.count for point in series.forecast}
    return [
        (
            day(on),
            *(
                "–" if level is None else f"£{level / 100:,.0f}"
                for level in (between(series.planned, on), spent.get(on), forecast.get(on))
            ),
        )
        for on in dates
    ]


def _draw(series: Spend, title: str, reading: str, size: Size) -> Markup:
    paper = Paper(size)
    lines = _lines(series)
    if not lines:
        paper.text(Label(size.width / 2, size.height / 2, "No figures yet", "middle"))
        return paper.svg(title, reading)
    plot = lay_out(paper, lines, [series.today], pounds, unit=POUND)
    draw_days(paper, plot, [(series.today, "Today", "2 3")])
    draw_lines(paper, plot, lines)
    for points, tone, shape in (
        (series.spent, "ink", "dot"),
        (series.forecast, "amber", "diamond"),
    ):
        if points:
            paper.mark(plot.x(points[-1].on), plot.y(points[-1].count), tone, shape)
    return paper.svg(title, reading)


def _lines(series: Spend) -> list[Line]:
    lines = [
        ("Plan", series.planned, "blue", "7 4", 2.0),
        ("Spent", series.spent, "ink", "", 3.0),
        ("At present rate", series.forecast, "amber", "2 3", 2.0),
    ]
    return [
        Line(f"{name} {pounds(points[-1].count)}", points, tone, dash, width)
        for name, points, tone, dash, width in lines
        if points
    ]
