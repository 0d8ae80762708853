"""Columns in parts, such as cases cleared a week by outcome."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from string import ascii_uppercase
from typing import NamedTuple

from markupsafe import Markup

from app.web.charts.axes import amounts
from app.web.charts.chart import KEPT, Chart, Size, day, drawn, number, short
from app.web.charts.paper import LINE, TEXT, Box, Label, Paper, fitted, width_of

SWATCH = 18
MOST_PARTS = 8


class Column(NamedTuple):
    """One week's counts, in the order of the parts' names."""

    ending: date
    counts: tuple[int, ...]


@lru_cache(KEPT)
def stacked(
    columns: tuple[Column, ...],
    *,
    parts: tuple[str, ...],
    title: str,
    unit: str = "cases",
    span: str = "week",
) -> Chart:
    """At most eight parts; each carries a letter, so that it can be told without its colour.

    `span` is the word for the time that one column stands for.
    """
    if len(parts) > MOST_PARTS:
        raise ValueError(f"A column has at most {MOST_PARTS} parts")
    reading = read(columns, parts, unit, span)
    heads = (f"{span.capitalize()} ending", *parts, "All")
    rows = [
        (day(one.ending), *(number(count) for count in one.counts), number(sum(one.counts)))
        for one in columns
    ]
    return drawn(partial(_draw, columns, parts, title, reading), reading, heads, rows)


def read(columns: Sequence[Column], parts: Sequence[str], unit: str, span: str) -> str:
    """The chart in words."""
    if not any(sum(one.counts) for one in columns):
        return f"No {unit} in this time."
    sums = [sum(one.counts[place] for one in columns) for place in range(len(parts))]
    named = sorted(zip(sums, parts, strict=True), key=lambda pair: -pair[0])
    shares = ", ".join(f"{part} {number(count)}" for count, part in named if count)
    spans = f"1 {span}" if len(columns) == 1 else f"{len(columns)} {span}s"
    last = columns[-1]
    return (
        f"{number(sum(sums))} {unit} in {spans}: {shares}. "
        f"{number(sum(last.counts))} in the {span} ending {day(last.ending)}."
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
    # A long key on a narrow drawing makes it taller: the columns keep their room.
    paper.size = size = replace(size, height=max(size.height, math.ceil(top) + 146))
    box = Box(left, top, size.width - 8, size.height - 26)
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
        paper.blocks([Box(x, y, x + SWATCH - 2, y + LINE)], f"part-{place + 1}")
        paper.text(_letter(place, x + SWATCH / 2 - 1, y + LINE / 2))
        paper.text(Label(x + SWATCH + 3, y + 12.5, words, tone="ink"))
        x += wide
    return y + LINE


def _letter(place: int, x: float, y: float) -> Label:
    return Label(x, y + TEXT / 3, ascii_uppercase[place], "middle", "part-ink", bold=True)


def _lay_columns(paper: Paper, box: Box, columns: Sequence[Column], most: int) -> None:
    slot = (box.right - box.left) / len(columns)
    wide = min(slot * 0.78, 44)
    every = math.ceil((width_of("30 Sep") + 8) / slot)
    totals, endings = [], []
    for place, column in enumerate(columns):
        middle = box.left + (place + 0.5) * slot
        all_of_it = sum(column.counts)
        y = box.bottom - all_of_it / most * (box.bottom - box.top)
        total = Label(middle, y - 4, short(all_of_it), "middle", "ink", bold=True)
        if width_of(total.words, bold=True) <= slot:
            totals.append(total)
        ending = Label(middle, box.bottom + 18, f"{column.ending.day} {column.ending:%b}", "middle")
        if place % every == 0 and ending.box().right <= paper.size.width:
            endings.append(ending)
    _lay_parts(paper, box, columns, (slot, wide, (box.bottom - box.top) / most))
    paper.texts(totals)
    paper.texts(endings)


def _lay_parts(
    paper: Paper, box: Box, columns: Sequence[Column], scale: tuple[float, float, float]
) -> None:
    slot, wide, unit = scale
    tops = [box.bottom] * len(columns)
    letters = []
    for part in range(max(len(column.counts) for column in columns)):
        boxes = []
        for place, column in enumerate(columns):
            high = column.counts[part] * unit
            if not high:
                continue
            left = box.left + (place + 0.5) * slot - wide / 2
            bottom, tops[place] = tops[place], tops[place] - high
            boxes.append(Box(left, tops[place], left + wide, bottom - min(1, high / 2)))
            if high >= LINE and wide >= TEXT:
                letters.append(_letter(part, left + wide / 2, bottom - high / 2))
        paper.blocks(boxes, f"part-{part + 1}")
    paper.texts(letters)
