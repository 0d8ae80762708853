"""A line the size of a word, for a figure card."""

from collections.abc import Sequence

from markupsafe import Markup

from app.web.charts.chart import Size
from app.web.charts.paper import Paper

SIZE = Size(120, 28)
EDGE = 6


def sparkline(counts: Sequence[int], reading: str, target: int | None = None) -> Markup:
    """Levels at equal steps, the last one marked; `reading` says in words what the line shows."""
    paper = Paper(SIZE)
    if counts:
        known = [*counts, *([] if target is None else [target])]
        low, high = min(known), max(known)
        step = (SIZE.width - 2 * EDGE) / max(len(counts) - 1, 1)

        def y(count: int) -> float:
            share = (count - low) / (high - low) if high > low else 0.5
            return SIZE.height - EDGE - share * (SIZE.height - 2 * EDGE)

        if target is not None:
            ends = [(EDGE, y(target)), (SIZE.width - EDGE, y(target))]
            paper.line(ends, "quiet", width=1, dash="3 2")
        places = [(EDGE + place * step, y(count)) for place, count in enumerate(counts)]
        paper.line(places, "blue", width=1.8)
        paper.mark(*places[-1], "blue")
    return paper.svg(reading, "", "spark")
