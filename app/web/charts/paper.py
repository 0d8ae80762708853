"""The sheet a chart is drawn on: marks as SVG by presentation attributes alone."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from app.web.charts.chart import Size

TEXT = 13
LINE = 16
NARROW_BELOW = 500
# A style sheet may recolour by class; these are the colours where none is loaded, as in a pack.
TONES = {
    "ink": "#0b0c0c",
    "quiet": "#4a5258",
    "grid": "#d8dde0",
    "ground": "#ffffff",
    "blue": "#1a65a6",
    "violet": "#54319f",
    "red": "#b3202c",
    "green": "#0b6b45",
    "amber": "#9a5200",
    "part-ink": "#0b0c0c",
    "part-1": "#7fb2de",
    "part-2": "#f2b56b",
    "part-3": "#8fcaa5",
    "part-4": "#c9b2e6",
    "part-5": "#f0a3a0",
    "part-6": "#c9ced2",
    "part-7": "#e3d36f",
    "part-8": "#7fcbc9",
}

SHAPES = {
    "dot": "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
    "diamond": "M0,-6l6,6l-6,6l-6,-6z",
    "triangle": "M0,-6.5l6.5,11.5h-13z",
}
NARROW_SIGNS = frozenset(" .,:;'|!iljtfrI()-")
WIDE_SIGNS = frozenset("mwMW%@")


@lru_cache(maxsize=4096)
def width_of(words: str, *, bold: bool = False, size: int = TEXT) -> float:
    """About how wide words stand in the chart's face; a little generous, so that labels clear."""
    return sum(_em(sign) for sign in words) * size * (1.06 if bold else 1)


def _em(sign: str) -> float:
    if sign in NARROW_SIGNS:
        return 0.34
    if sign in WIDE_SIGNS:
        return 0.9
    return 0.7 if sign.isupper() else 0.57


def fitted(words: str, width: float) -> str:
    """Words cut with an ellipsis so that they stand within a width."""
    if width_of(words) <= width:
        return words
    while words and width_of(words + "…") > width:
        words = words[:-1]
    return words.rstrip() + "…"


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Label(NamedTuple):
    """Words standing at a point, by their baseline; anchor is start, middle or end."""

    x: float
    y: float
    words: str
    anchor: str = "start"
    tone: str = "quiet"
    bold: bool = False

    def box(self) -> Box:
        wide = width_of(self.words, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - TEXT, left + wide, self.y + 3)


def spread(wanted: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Places at least a gap apart, as near as may be to the wanted ones, in the given order."""
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    places = [0.0] * len(wanted)
    floor = top
    for one in order:
        places[one] = floor = max(wanted[one], floor)
        floor += gap
    ceiling = bottom
    for one in reversed(order):
        places[one] = ceiling = min(places[one], ceiling)
        ceiling -= gap
    return places


class Paper:
    """Marks in the order they are laid down, as SVG; words are the only foreign matter in them."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.marks: list[str] = []

    def line(
        self,
        points: Iterable[tuple[float, float]],
        tone: str,
        *,
        width: float = 2,
        dash: str = "",
    ) -> None:
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.marks.append(
            f'<polyline class="s-{tone}" points="{_path(points)}" fill="none"'
            f' stroke="{TONES[tone]}" stroke-width="{width}" stroke-linejoin="round"{dashed}/>'
        )

    def area(self, points: Iterable[tuple[float, float]], tone: str, *, opacity: float) -> None:
        self.marks.append(
            f'<polygon class="f-{tone}" points="{_path(points)}" fill="{TONES[tone]}"'
            f' fill-opacity="{opacity}"/>'
        )

    def blocks(self, boxes: Iterable[Box], tone: str) -> None:
        """Rectangles of one tone, as one mark."""
        path = "".join(
            f"M{box.left:.1f},{box.top:.1f}h{box.right - box.left:.1f}"
            f"v{box.bottom - box.top:.1f}h{box.left - box.right:.1f}z"
            for box in boxes
        )
        if path:
            self.marks.append(f'<path class="f-{tone}" d="{path}" fill="{TONES[tone]}"/>')

    def mark(self, x: float, y: float, tone: str, shape: str = "dot") -> None:
        """A dot, a diamond or a triangle, ringed by the ground so that it stands out."""
        self.marks.append(
            f'<path class="f-{tone} s-ground" d="{SHAPES[shape]}" fill="{TONES[tone]}"'
            f' stroke="{TONES["ground"]}" stroke-width="1.5"'
            f' transform="translate({x:.1f} {y:.1f})"/>'
        )

    def text(self, label: Label) -> None:
        self.texts([label])

    def texts(self, labels: Sequence[Label]) -> None:
        """Labels that share the first one's tone, anchor and weight."""
        if not labels:
            return
        first = labels[0]
        weight = ' font-weight="700"' if first.bold else ""
        self.marks.append(
            f'<g class="f-{first.tone}" text-anchor="{first.anchor}" fill="{TONES[first.tone]}"'
            f"{weight}>"
        )
        self.marks += [
            f'<text x="{label.x:.1f}" y="{label.y:.1f}">{escape(label.words)}</text>'
            for label in labels
        ]
        self.marks.append("</g>")

    def svg(self, title: str, reading: str, kind: str = "") -> Markup:
        """The finished drawing, named by its title and described by its reading."""
        place = "narrow" if self.size.width < NARROW_BELOW else "wide"
        return Markup(  # noqa: S704 - every foreign word above went through escape()
            f'<svg class="{kind or f"drawing drawing--{place}"}" xmlns="http://www.w3.org/2000/svg"'
            f' viewBox="0 0 {self.size.width} {self.size.height}" role="img"'
            f' font-family="Arial, Liberation Sans, sans-serif" font-size="{TEXT}">'
            f"<title>{escape(title)}</title><desc>{escape(reading)}</desc>"
            f"{''.join(self.marks)}</svg>"
        )


def _path(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
