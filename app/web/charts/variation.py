"""Normal variation: values week by week between the limits of chance, and what stands out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from markupsafe import Markup

from app.web.charts.axes import Line, Plot, draw_days, draw_lines, lay_out
from app.web.charts.chart import Chart, Point, Size, between, day, drawn
from app.web.charts.paper import Label, Paper, fitted, width_of

HEADS = ("Value", "Mean", "Lower limit", "Upper limit", "Target", "Signal")
# The share of the width that the names of others may take.
NAMED = 0.26
# What a value that stands out is marked with: its shape says it too.
MARKS = {
    "Better": ("green", "diamond"),
    "Worse": ("red", "triangle"),
    "Signal": ("amber", "diamond"),
}


@dataclass(frozen=True)
class Span:
    """Values between two changes that were written down, with the limits that held for them."""

    points: Sequence[Point]
    mean: int
    lower: int
    upper: int


@dataclass(frozen=True)
class Variation:
    """What is drawn; `signals` are words of `MARKS` by day, `changes` the days between spans.

    `words` shows an amount and `ticks` one on the axis, whose least step is `unit`; `references`
    are names and levels of what others reached.
    """

    spans: Sequence[Span]
    signals: dict[date, str]
    target: Sequence[Point]
    references: Sequence[tuple[str, int]]
    changes: Sequence[date]
    words: Callable[[int], str]
    ticks: Callable[[int], str]
    unit: int
    when: str = "Period ending"


def variation(series: Variation, title: str, reading: str) -> Chart:
    """The chart of at least one span; each has at least one value."""
    draw = partial(_draw, series, title, reading)
    return drawn(draw, reading, (series.when, *HEADS), list(_rows(series)))


def _rows(series: Variation) -> list[tuple[str, ...]]:
    rows = []
    for span in series.spans:
        limits = [series.words(one) for one in (span.mean, span.lower, span.upper)]
        for point in span.points:
            target = between(series.target, point.on)
            said = "–" if target is None else series.words(target)
            signal = series.signals.get(point.on, "–")
            rows.append((day(point.on), series.words(point.count), *limits, said, signal))
    return rows


def _draw(series: Variation, title: str, reading: str, size: Size) -> Markup:
    paper = Paper(size)
    lines = _lines(series, size.width * NAMED)
    plot = lay_out(paper, lines, [], series.ticks, unit=series.unit)
    draw_days(paper, plot, [(on, "Changed", "2 3") for on in series.changes])
    for span in series.spans[:-1]:
        _draw_limits(paper, plot, span)
    draw_lines(paper, plot, lines)
    for span in series.spans:
        for point in span.points:
            tone, shape = MARKS.get(series.signals.get(point.on, ""), ("blue", "dot"))
            paper.mark(plot.x(point.on), plot.y(point.count), tone, shape)
    _draw_key(paper, series)
    return paper.svg(title, reading)


def _draw_key(paper: Paper, series: Variation) -> None:
    shown = [word for word in MARKS if word in series.signals.values()]
    left = 8.0
    for word in shown:
        paper.mark(left, 10, *MARKS[word])
        paper.text(Label(left + 10, 14, word))
        left += width_of(word) + 34
    if not shown:
        paper.text(Label(2, 14, "No signal"))


def _draw_limits(paper: Paper, plot: Plot, span: Span) -> None:
    ends = plot.x(span.points[0].on), plot.x(span.points[-1].on)
    for level, dash in ((span.mean, ""), (span.lower, "5 4"), (span.upper, "5 4")):
        paper.line([(x, plot.y(level)) for x in ends], "quiet", width=1.2, dash=dash)


def _lines(series: Variation, room: float) -> list[Line]:
    last = series.spans[-1]
    first_on, last_on = series.spans[0].points[0].on, last.points[-1].on
    ends = last.points[0].on, last_on
    values = [point for span in series.spans for point in span.points]
    lines = [
        Line(f"Upper {series.words(last.upper)}", _level(last.upper, ends), "quiet", "5 4", 1.2),
        Line(f"Mean {series.words(last.mean)}", _level(last.mean, ends), "quiet", "", 1.2),
        Line(f"Lower {series.words(last.lower)}", _level(last.lower, ends), "quiet", "5 4", 1.2),
        Line(f"Now {series.words(values[-1].count)}", values, "blue", "", 2.2),
    ]
    asked = [point for point in series.target if first_on <= point.on <= last_on]
    if asked:
        name = f"Target {series.words(asked[-1].count)}"
        lines.append(Line(name, asked, "violet", "8 3 2 3", 1.8))
    for name, level in series.references:
        named = fitted(name, room)
        lines.append(Line(named, _level(level, (first_on, last_on)), "amber", "2 3", 1.4))
    return lines


def _level(level: int, ends: tuple[date, date]) -> list[Point]:
    return [Point(on, level) for on in ends]
