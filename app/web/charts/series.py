"""A figure period by period, one line for each of those compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from app.web.charts.axes import Line, draw_lines, lay_out
from app.web.charts.chart import Chart, Point, Size, day, drawn
from app.web.charts.paper import Label, Paper

# Told apart by colour, dash and width alike; a sixth line looks like the first, with its own name.
LOOKS = (
    ("blue", "", 2.4),
    ("violet", "7 3", 2.0),
    ("green", "2 3", 2.0),
    ("amber", "9 3 2 3", 2.0),
    ("quiet", "4 4", 1.6),
)


@dataclass(frozen=True)
class Series:
    """Amounts in whole units by the last day of each period; what was n/a is left out."""

    name: str
    points: Sequence[Point]


def series(
    lines: Sequence[Series], title: str, words: Callable[[int], str], *, unit: int = 1
) -> Chart:
    """The chart of any number of lines; `words` shows an amount, `unit` is the axis's least step.

    Its page prints the figures as a table of its own.
    """
    shown = [one for one in lines if one.points]
    reading = read(shown, words)
    draw = partial(_draw, shown, title, reading, words, unit)
    return drawn(draw, reading, (), ())


def read(lines: Sequence[Series], words: Callable[[int], str]) -> str:
    """The chart in words."""
    if not lines:
        return "No figure to show yet."
    told = []
    for one in lines:
        first, last = one.points[0], one.points[-1]
        if first is last:
            told.append(f"{one.name}: {words(last.count)} up to {day(last.on)}.")
            continue
        told.append(
            f"{one.name}: {words(first.count)} up to {day(first.on)},"
            f" {words(last.count)} up to {day(last.on)}."
        )
    return " ".join(told)


def _draw(
    lines: Sequence[Series],
    title: str,
    reading: str,
    words: Callable[[int], str],
    unit: int,
    size: Size,
) -> Markup:
    paper = Paper(size)
    if not lines:
        paper.text(Label(size.width / 2, size.height / 2, "No figures yet", "middle"))
        return paper.svg(title, reading)
    named = [
        Line(one.name, one.points, *LOOKS[place % len(LOOKS)]) for place, one in enumerate(lines)
    ]
    plot = lay_out(paper, named, [], words, unit=unit)
    draw_lines(paper, plot, named)
    for line in named:
        for point in line.points:
            paper.mark(plot.x(point.on), plot.y(point.count), line.tone)
    return paper.svg(title, reading)
