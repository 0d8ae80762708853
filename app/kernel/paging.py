"""One page of a list: which rows it holds, and what lies before and after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")

LAST_PAGE = 100
"""The highest page number a list has; further rows are reached by filtering."""


@dataclass(frozen=True)
class Place:
    """Where in a list of `total` rows a page lies; `moved` if a later page was asked for."""

    number: int
    size: int
    total: int
    moved: bool = False

    @property
    def pages(self) -> int:
        """How many page numbers the list has: at least 1, at most `LAST_PAGE`."""
        return _pages(self.total, self.size)

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The first row's number, counted from 1; 0 in an empty list."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """The last row's number, counted from 1; 0 in an empty list."""
        return min(self.offset + self.size, self.total)

    @property
    def notice(self) -> str:
        """A sentence when the page shown is not the page asked for, else empty."""
        if not self.moved:
            return ""
        if self.total > LAST_PAGE * self.size:
            return f"Page {self.pages} is the last one shown; filter the list to see further rows."
        return f"The list ends at page {self.pages}, which is shown here."


@dataclass(frozen=True, kw_only=True)
class Slice(Place, Generic[Row]):
    """A place in a list together with its rows."""

    rows: tuple[Row, ...]

    @classmethod
    def at(cls, place: Place, rows: Sequence[Row]) -> "Slice[Row]":
        return cls(
            number=place.number,
            size=place.size,
            total=place.total,
            moved=place.moved,
            rows=tuple(rows),
        )


def place(asked: int | str | None, *, total: int, size: int) -> Place:
    """The page to show: the asked number kept between 1 and the last; anything garbled is 1."""
    wanted = _number(asked)
    number = max(1, min(wanted, _pages(total, size)))
    return Place(number, size, total, moved=wanted > number)


def _pages(total: int, size: int) -> int:
    return max(1, min(LAST_PAGE, -(-total // size)))


def _number(asked: int | str | None) -> int:
    if isinstance(asked, int):
        return asked
    if asked is None or not re.fullmatch(r"[0-9]{1,9}", asked.strip()):
        return 1
    return int(asked)
