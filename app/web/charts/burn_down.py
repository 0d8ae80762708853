"""The burn-down: what remains against what was planned, under the scope it came from."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from markupsafe import Markup

from app.web.charts.axes import Line, Plot, draw_days, draw_lines, lay_out
from app.web.charts.chart import (
    KEPT,
    Chart,
    Point,
    Size,
    between,
    day,
    drawn,
    level_at,
    number,
    short,
)
from app.web.charts.paper import Label, Paper

HEADS = ("Date", "Remaining", "Planned", "Scope", "Reopened")


@dataclass(frozen=True)
class BurnDown:
    """Levels by day, oldest first.

    `reopened` counts those of the remaining that had been cleared once before; `scope` changes
    in steps; `planned` runs straight between its points.
    """

    remaining: tuple[Point, ...]
    planned: tuple[Point, ...]
    scope: tuple[Point, ...]
    reopened: tuple[Point, ...]
    today: date
    target: date | None = None
    unit: str = "cases"


@lru_cache(KEPT)
def burn_down(series: BurnDown, title: str = "Burn-down") -> Chart:
    reading = read(series)
    return drawn(partial(_draw, series, title, reading), reading, HEADS, _rows(series))


def read(series: BurnDown) -> str:
    """The chart in words."""
    if not series.remaining:
        return f"No {series.unit} have been counted yet."
    last = series.remaining[-1]
    said = [f"{number(last.count)} {series.unit} remaining on {day(last.on)}"]
    plan = between(series.planned, last.on)
    if plan is not None:
        said[0] += f", {_against(last.count, plan)}"
    if series.scope:
        first, now = series.scope[0].count, series.scope[-1].count
        said.append(f"Scope {number(now)}" + (f", from {number(first)}" if now != first else ""))
    if series.reopened and series.reopened[-1].count:
        said.append(f"{number(series.reopened[-1].count)} of the remaining had been cleared before")
    if series.target:
        said.append(f"Target end {day(series.target)}")
    return ". ".join(said) + "."


def _against(count: int, plan: int) -> str:
    if count == plan:
        return "as planned"
    return f"{number(abs(count - plan))} {'more' if count > plan else 'fewer'} than planned"


def _rows(series: BurnDown) -> list[tuple[str, ...]]:
    return [
        (
            day(point.on),
            number(point.count),
            *(
                "–" if level is None else number(level)
                for level in (
                    between(series.planned, point.on),
                    level_at(series.scope, point.on),
                    level_at(series.reopened, point.on),
                )
            ),
        )
        for point in series.remaining
    ]


def _draw(series: BurnDown, title: str, reading: str, size: Size) -> Markup:
    paper = Paper(size)
    if not series.remaining:
        paper.text(Label(size.width / 2, size.height / 2, "No figures yet", "middle"))
        return paper.svg(title, reading)
    lines = _lines(series)
    ends = [series.today, *([series.target] if series.target else [])]
    plot = lay_out(paper, lines, ends, short)
    paper.text(Label(2, 14, series.unit.capitalize()))
    _band(paper, plot, series)
    targets = [(series.target, "Target", "6 3")] if series.target else []
    draw_days(paper, plot, [(series.today, "Today", "2 3"), *targets])
    draw_lines(paper, plot, lines)
    last = series.remaining[-1]
    paper.mark(plot.x(last.on), plot.y(last.count), "ink")
    return paper.svg(title, reading)


def _lines(series: BurnDown) -> list[Line]:
    lines = [
        Line(f"Remaining {short(series.remaining[-1].count)}", series.remaining, "ink", width=3)
    ]
    if series.planned:
        lines.append(Line("Plan", series.planned, "blue", dash="7 4"))
    if series.scope:
        last = series.scope[-1]
        scope = [*series.scope, Point(max(series.today, last.on), last.count)]
        lines.append(Line(f"Scope {short(last.count)}", scope, "violet", dash="2 3", stepped=True))
    if series.reopened and any(point.count for point in series.reopened):
        name = f"Reopened {short(series.reopened[-1].count)}"
        lines.append(Line(name, _under(series), "amber", dash="4 2 1 2", width=1.5))
    return lines


def _under(series: BurnDown) -> list[Point]:
    return [
        Point(point.on, max(0, point.count - (level_at(series.reopened, point.on) or 0)))
        for point in series.remaining
    ]


def _band(paper: Paper, plot: Plot, series: BurnDown) -> None:
    """The part of the remaining that had been cleared once already."""
    if not any(point.count for point in series.reopened):
        return
    over = [(plot.x(point.on), plot.y(point.count)) for point in series.remaining]
    under = [(plot.x(point.on), plot.y(point.count)) for point in _under(series)]
    paper.area([*over, *reversed(under)], "amber", opacity=0.25)
