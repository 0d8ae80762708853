"""Columns in parts, such as cases cleared a week by outcome."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from string import ascii_uppercase

from markupsafe import Markup

from app.web.charts.axes import amounts
from app.web.charts.chart import Chart, Size, day, drawn, number, short
from app.web.charts.paper import LINE, TEXT, Box, Label, Paper, fitted, width_of

SWATCH = 18
MOST_PARTS = 8


@dataclass(frozen=True)
class Column:
    """One week's counts, in the order of the parts' names."""

    ending: date
    counts: Sequence[int]


def stacked(
    columns: Sequence[Column], *, parts: Sequence[str], title: str, unit: str = "cases"
) -> Chart:
    """At most eight parts; each carries a letter, so that it can be told without its colour."""
    if len(parts) > MOST_PARTS:
        raise ValueError(f"A column has at most {MOST_PARTS} parts")
    reading = read(columns, parts, unit)
    heads = ("Week ending", *parts, "All")
    rows = [
        (day(one.ending), *(number(count) for count in one.counts), number(sum(one.counts)))
        for one in columns
    ]
    return drawn(partial(_draw, columns, parts, title, reading), reading, heads, rows)


def read(columns: Sequence[Column], parts: Sequence[str], unit: str) -> str:
    """The chart in words."""
    if not any(sum(one.counts) for one in columns):
        return f"No {unit} in this time."
    sums = [sum(one.counts[place] for one in columns) for place in range(len(parts))]
    named = sorted(zip(sums, parts, strict=True), key=lambda pair: -pair[0])
    shares = ", ".join(f"{part} {number(count)}" for count, part in named if count)
    weeks = "1 week" if len(columns) == 1 else f"{len(columns)} weeks"
    last = columns[-1]
    return (
        f"{number(sum(sums))} {unit} in {weeks}: {shares}. "
        f"{number(sum(last.counts))} in the week ending {day(last.ending)}."
    )


def _draw(
    columns: Sequence[Column], parts: Sequence[str], title: str, reading: str, size: Size
) -> Markup:
    paper = Paper(size)
    if not columns:
        paper.text(Label(size.width / 2, size.height / 2, "No figures yet", "middle"))
        return paper.svg(title, reading)
    top = _lay_key(paper, parts) + 14
    ticks = amounts(max(4, *(sum(one.counts) for one in columns)))
    left = max(width_of(short(tick)) for tick in ticks) + 12
    box = Box(left, top, size.width - 8, max(top + 120, size.height - 26))
    for tick in ticks:
        y = box.bottom - tick / ticks[-1] * (box.bottom - box.top)
        tone, width = ("grid", 1.0) if tick else ("quiet", 1.2)
        paper.line([(box.left, y), (box.right, y)], tone, width=width)
        paper.text(Label(box.left - 7, y + TEXT / 3, short(tick), "end"))
    _lay_columns(paper, box, columns, ticks[-1])
    return paper.svg(title, reading)


def _lay_key(paper: Paper, parts: Sequence[str]) -> float:
    """Lay the names in rows across the top; answers where they end."""
    x, y = 2.0, 6.0
    for place, part in enumerate(parts):
        words = fitted(part, paper.size.width - SWATCH - 12)
        wide = SWATCH + width_of(words) + 20
        if x > 2 and x + wide > paper.size.width:
            x, y = 2.0, y + LINE + 6
        paper.block(Box(x, y, x + SWATCH - 2, y + LINE), f"part-{place + 1}")
        middle = x + SWATCH / 2 - 1
        paper.text(Label(middle, y + 12.5, ascii_uppercase[place], "middle", "part-ink", bold=True))
        paper.text(Label(x + SWATCH + 3, y + 12.5, words, tone="ink"))
        x += wide
    return y + LINE


def _lay_columns(paper: Paper, box: Box, columns: Sequence[Column], most: int) -> None:
    slot = (box.right - box.left) / len(columns)
    wide = min(slot * 0.78, 44)
    every = math.ceil((width_of("30 Sep") + 8) / slot)
    for place, column in enumerate(columns):
        middle = box.left + (place + 0.5) * slot
        top = _lay_column(paper, box, column, (middle - wide / 2, wide), most)
        total = Label(middle, top - 4, short(sum(column.counts)), "middle", "ink", bold=True)
        if width_of(total.words, bold=True) <= slot:
            paper.text(total)
        words = f"{column.ending.day} {column.ending:%b}"
        label = Label(middle, box.bottom + 18, words, "middle")
        if place % every == 0 and label.box().right <= paper.size.width:
            paper.text(label)


def _lay_column(
    paper: Paper, box: Box, column: Column, across: tuple[float, float], most: int
) -> float:
    left, wide = across
    y = box.bottom
    for place, count in enumerate(column.counts):
        high = count / most * (box.bottom - box.top)
        if not high:
            continue
        paper.block(Box(left, y - high, left + wide, y - min(1, high / 2)), f"part-{place + 1}")
        if high >= LINE and wide >= TEXT:
            letter = ascii_uppercase[place]
            label = Label(
                left + wide / 2, y - high / 2 + TEXT / 3, letter, "middle", "part-ink", bold=True
            )
            paper.text(label)
        y -= high
    return y
