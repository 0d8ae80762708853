"""Counts side by side, such as cases per practitioner, against a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from app.web.charts.axes import amounts
from app.web.charts.chart import Chart, Size, drawn, number, short
from app.web.charts.paper import TEXT, Box, Label, Paper, fitted, width_of

ROW = 24
TOP = 26
FOOT = 26
MOST_NAMED = 5


@dataclass(frozen=True)
class Bar:
    label: str
    count: int


@dataclass(frozen=True)
class Row:
    """Where a row starts and ends."""

    left: float
    x: float
    y: float


@dataclass(frozen=True)
class Limit:
    words: str
    count: int


def bars(
    rows: Sequence[Bar],
    *,
    title: str,
    unit: str,
    limit: int | None = None,
    limit_words: str = "Limit",
) -> Chart:
    """One dot a row; a row over the limit is a triangle, so that shape tells as well as colour."""
    bound = Limit(limit_words, limit) if limit is not None else None
    reading = read(rows, unit, bound)
    heads = ("Name", unit.capitalize())
    table = [(row.label, number(row.count)) for row in rows]
    return drawn(partial(_draw, rows, title, reading, bound), reading, heads, table)


def read(rows: Sequence[Bar], unit: str, limit: Limit | None) -> str:
    """The chart in words."""
    if not rows:
        return f"No {unit} to show."
    counts = [row.count for row in rows]
    most = max(rows, key=lambda row: row.count)
    said = f"{len(rows)} in all, from {number(min(counts))} to {number(max(counts))} {unit}"
    said += f"; the most with {most.label}."
    if limit:
        over = [f"{row.label} ({number(row.count)})" for row in rows if row.count > limit.count]
        more = len(over) - MOST_NAMED
        named = ", ".join(over[:MOST_NAMED]) if over else "nobody"
        named += f" and {more} more" if more > 0 else ""
        said += f" Over the {limit.words.lower()} of {number(limit.count)}: {named}."
    return said


def _draw(rows: Sequence[Bar], title: str, reading: str, limit: Limit | None, size: Size) -> Markup:
    paper = Paper(Size(size.width, TOP + max(1, len(rows)) * ROW + FOOT))
    if not rows:
        paper.text(Label(size.width / 2, TOP + ROW / 2, "No figures yet", "middle"))
        return paper.svg(title, reading)
    most = max([4, *(row.count for row in rows), limit.count if limit else 0])
    ticks = amounts(most, ticks=5)
    names = min(max(width_of(row.label) for row in rows), size.width * 0.36)
    end = width_of(number(most), bold=True) + 14
    box = Box(names + 12, TOP, size.width - end, TOP + len(rows) * ROW)
    _lay_amounts(paper, box, ticks)
    line = _lay_limit(paper, box, limit, ticks[-1]) if limit else None
    for place, row in enumerate(rows):
        y = box.top + (place + 0.5) * ROW
        paper.text(Label(box.left - 9, y + TEXT / 3, fitted(row.label, names), "end", "ink"))
        x = box.left + _along(box, row.count, ticks[-1])
        _lay_row(paper, row.count, Row(box.left, x, y), limit, line)
    return paper.svg(title, reading)


def _along(box: Box, count: int, most: int) -> float:
    return count / most * (box.right - box.left)


def _lay_amounts(paper: Paper, box: Box, ticks: Sequence[int]) -> None:
    for tick in ticks:
        x = box.left + _along(box, tick, ticks[-1])
        paper.line([(x, box.top), (x, box.bottom)], "grid", width=1)
        paper.text(Label(x, box.bottom + 17, short(tick), "middle"))


def _lay_limit(paper: Paper, box: Box, limit: Limit, most: int) -> float:
    x = box.left + _along(box, limit.count, most)
    paper.line([(x, box.top - 4), (x, box.bottom)], "ink", width=1.5, dash="4 3")
    words = f"{limit.words} {number(limit.count)}"
    half = width_of(words, bold=True) / 2
    middle = min(max(x, half + 2), paper.size.width - half - 2)
    paper.text(Label(middle, box.top - 11, words, "middle", "ink", bold=True))
    return x


def _lay_row(paper: Paper, count: int, at: Row, limit: Limit | None, line: float | None) -> None:
    over = limit is not None and count > limit.count
    tone = "red" if over else "blue"
    paper.line([(at.left, at.y), (at.x, at.y)], tone, width=2.5)
    paper.mark(at.x, at.y, tone, "triangle" if over else "dot")
    words = number(count)
    label = Label(at.x + 11, at.y + TEXT / 3, words, tone="ink", bold=True)
    if line is not None and label.box().left - 2 < line < label.box().right + 2:
        label = Label(line + 5, label.y, words, tone="ink", bold=True)
    paper.text(label)
