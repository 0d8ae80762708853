"""A plot over days: axes with round ticks that never stand on one another, and named lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.web.charts.chart import Point
from app.web.charts.paper import LINE, TEXT, Box, Label, Paper, spread, width_of

KEY = 22
TOP = 40
FOOT = 26
DAY_ROOM = 54
MONTH_ROOM = 50
SHORT_SPAN = 75


@dataclass(frozen=True)
class Line:
    """A line through levels; dash and width tell it apart where colour does not."""

    name: str
    points: Sequence[Point]
    tone: str
    dash: str = ""
    width: float = 2
    stepped: bool = False


@dataclass(frozen=True)
class Plot:
    """Where days and amounts stand on the paper."""

    box: Box
    first: date
    last: date
    most: int

    def x(self, on: date) -> float:
        share = (on - self.first).days / max((self.last - self.first).days, 1)
        return self.box.left + share * (self.box.right - self.box.left)

    def y(self, count: int) -> float:
        return self.box.bottom - count / self.most * (self.box.bottom - self.box.top)

    def path(self, line: Line) -> list[tuple[float, float]]:
        path: list[tuple[float, float]] = []
        for point in line.points:
            if line.stepped and path:
                path.append((self.x(point.on), path[-1][1]))
            path.append((self.x(point.on), self.y(point.count)))
        return path


def amounts(most: int, *, unit: int = 1, ticks: int = 5) -> list[int]:
    """Round ticks from nought to at least `most`, in whole units, no more than `ticks` steps."""
    step = unit
    while True:
        for times in (1, 2, 5):
            if step * times * ticks >= most:
                last = max(1, -(-most // (step * times)))
                return [step * times * one for one in range(last + 1)]
        step *= 10


def days(first: date, last: date, room: float) -> list[tuple[date, str]]:
    """Ticks with their words, as many as have room along so many units of width."""
    if (last - first).days < SHORT_SPAN:
        every = next((one for one in (1, 2, 7, 14) if _fits(first, last, one, room)), 28)
        marks = range(0, (last - first).days + 1, every)
        found = [first + timedelta(one) for one in marks]
        return [(one, f"{one.day} {one:%b}") for one in found]
    all_months = _months(first, last)
    most = max(1, int(room // MONTH_ROOM))
    every = next((one for one in (1, 2, 3, 6, 12) if len(all_months) / one <= most), 12)
    wanted = [one for one in all_months if (one.month - 1) % every == 0]
    wanted = wanted[:: -(-len(wanted) // most) or 1]
    return [(one, _month(one, named=one == wanted[0] or one.month == 1)) for one in wanted]


def _fits(first: date, last: date, every: int, room: float) -> bool:
    return ((last - first).days / every + 1) * DAY_ROOM <= room


def _months(first: date, last: date) -> list[date]:
    spans = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    starts = (date(one // 12, one % 12 + 1, 1) for one in spans)
    return [one for one in starts if one >= first]


def _month(on: date, *, named: bool) -> str:
    return f"{on:%b %y}" if named else f"{on:%b}"


def lay_out(
    paper: Paper,
    lines: Sequence[Line],
    dates: Sequence[date],
    words: Callable[[int], str],
    *,
    unit: int = 1,
) -> Plot:
    """Draw both axes with room at the right for the names of the lines."""
    points = [point for line in lines for point in line.points]
    first, last = (
        min([point.on for point in points]),
        max([*dates, *(point.on for point in points)]),
    )
    ticks = amounts(max([4 * unit, *(point.count for point in points)]), unit=unit)
    names = max((width_of(line.name, bold=True) for line in lines), default=0)
    left = max(width_of(words(tick)) for tick in ticks) + 12
    box = Box(left, TOP, paper.size.width - names - KEY - 14, paper.size.height - FOOT)
    plot = Plot(box, first, last, ticks[-1])
    for tick in ticks:
        y = plot.y(tick)
        tone, width = ("grid", 1.0) if tick else ("quiet", 1.2)
        paper.line([(box.left, y), (box.right, y)], tone, width=width)
        paper.text(Label(box.left - 7, y + TEXT / 3, words(tick), "end"))
    _lay_days(paper, plot)
    return plot


def _lay_days(paper: Paper, plot: Plot) -> None:
    box = plot.box
    for on, words in days(plot.first, plot.last, box.right - box.left):
        x = plot.x(on)
        paper.line([(x, box.bottom), (x, box.bottom + 5)], "quiet", width=1)
        paper.text(Label(_inside(x, words, paper), box.bottom + 18, words, "middle"))


def draw_lines(paper: Paper, plot: Plot, lines: Sequence[Line]) -> None:
    """Draw each line and, at the right, its name beside a sample of it."""
    shown = [line for line in lines if line.points]
    wanted = [plot.y(line.points[-1].count) for line in shown]
    places = spread(wanted, LINE + 2, plot.box.top, plot.box.bottom - 4)
    left = plot.box.right + 8
    for line, y in zip(shown, places, strict=True):
        paper.line(plot.path(line), line.tone, width=line.width, dash=line.dash)
        paper.line([(left, y), (left + KEY - 4, y)], line.tone, width=line.width, dash=line.dash)
        paper.text(Label(left + KEY, y + TEXT / 3, line.name, tone=line.tone, bold=True))


def draw_days(paper: Paper, plot: Plot, marks: Sequence[tuple[date, str, str]]) -> None:
    """Upright markers (day, words, dash), each labelled above, one row up where two would meet."""
    taken: list[Box] = []
    for on, words, dash in marks:
        if not plot.first <= on <= plot.last:
            continue
        x = plot.x(on)
        paper.line([(x, plot.box.top - 6), (x, plot.box.bottom)], "quiet", width=1.2, dash=dash)
        label = _clear(Label(x, plot.box.top - 10, words, "middle", "ink"), taken, paper)
        taken.append(label.box())
        paper.text(label)


def _inside(x: float, words: str, paper: Paper) -> float:
    """Where words are centred so that none of them is cut at the paper's edges."""
    half = width_of(words) / 2
    return min(max(x, half + 2), paper.size.width - half - 2)


def _clear(label: Label, taken: Sequence[Box], paper: Paper) -> Label:
    x = _inside(label.x, label.words, paper)
    moved = Label(x, label.y, label.words, label.anchor, label.tone)
    if any(moved.box().meets(box) for box in taken):
        return Label(x, label.y - LINE, label.words, label.anchor, label.tone)
    return moved
