"""Counts of rows that stop at a bound, for figures of what may be many."""

from typing import Any

from sqlalchemy import Integer, Select, func, literal_column, select

from app.kernel.counts import Count, counted

# Rows that the figure of a home page counts one by one.
FIGURE = 1_000


def up_to(rows: Select[Any], most: int = FIGURE) -> Any:
    """A statement of how many rows a select has, looking at no more than `most` and one.

    The bound stands in the statement, which SQLite would otherwise plan anew each time.
    """
    few = literal_column(str(most + 1), Integer)
    return select(func.count()).select_from(rows.limit(few).subquery())


def figure(found: int | None) -> Count:
    """What `up_to` found for a figure."""
    return counted(found or 0, FIGURE)
