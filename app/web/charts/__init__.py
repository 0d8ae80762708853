"""Charts drawn on the server as plain SVG: the same picture on a page, on paper and in a pack."""

from app.web.charts.bars import Bar, bars
from app.web.charts.burn_down import BurnDown, burn_down
from app.web.charts.chart import Chart, Point
from app.web.charts.earned import Earned, earned
from app.web.charts.series import Series, series
from app.web.charts.spend import Spend, spend
from app.web.charts.stacked import Column, stacked
from app.web.charts.variation import Span, Variation, variation

__all__ = [
    "Bar",
    "BurnDown",
    "Chart",
    "Column",
    "Earned",
    "Point",
    "Series",
    "Span",
    "Spend",
    "Variation",
    "bars",
    "burn_down",
    "earned",
    "series",
    "spend",
    "stacked",
    "variation",
]
