"""Sections, tables and cells as plain data: the same on screen, in a document and in a workbook."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.kernel.days import show_date
from app.kernel.labels import Labelled
from app.kernel.money import Pence
from app.kernel.money import show as show_money

Cell = str | int | None
"""Words, a whole number in the unit of its column, or None for what is not applicable."""

HIDDEN = "c"
NOTHING = "n/a"
TENTHS, HUNDREDTHS = 10, 100


class Audience(Labelled):
    """Who an edition is for; what it shows follows from that."""

    RESTRICTED = "restricted", "Managers of the council and the agency"
    COMMISSIONER = "commissioner", "Commissioner"
    PUBLIC = "public", "Public"

    @property
    def mark(self) -> str:
        """The classification that stands on every page and sheet."""
        return _MARKS[self]

    @property
    def is_exact(self) -> bool:
        """Whether small numbers about children are shown."""
        return self is Audience.RESTRICTED


_MARKS = {
    Audience.RESTRICTED: "OFFICIAL-SENSITIVE · Managers of the council and the agency only",
    Audience.COMMISSIONER: "OFFICIAL · Aggregates for the commissioner",
    Audience.PUBLIC: "OFFICIAL · For publication",
}


class Shown(Labelled):
    """How the cells of a column are kept and shown."""

    WORDS = "words"
    FIGURE = "figure"  # said in words, each with a unit of its own
    COUNT = "count"
    POUNDS = "pounds"  # pence
    SHARE = "share"  # basis points
    TENTHS = "tenths"  # tenths of a unit
    RATIO = "ratio"  # hundredths
    DAY = "day"  # as 2026-11-20

    @property
    def is_number(self) -> bool:
        return self not in {Shown.WORDS, Shown.FIGURE, Shown.DAY}

    @property
    def is_right(self) -> bool:
        """Whether it stands to the right, where its digits can be compared."""
        return self.is_number or self is Shown.FIGURE


@dataclass(frozen=True)
class Column:
    """The head of a column; one that is `added` has a total under it."""

    title: str
    shown: Shown = Shown.COUNT
    added: bool = False


@dataclass(frozen=True)
class Table:
    """One table with what its figures mean and when they were read.

    `totals` is its last row, empty where nothing is added up. `links` lead to what lies behind
    each row; they are no part of what is issued.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    definition: str
    as_at: datetime
    version: int = 1
    totals: tuple[Cell, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of everything the table says."""
        return digest_of(plain(self))

    @property
    def hides(self) -> bool:
        """Whether a number of it is hidden."""
        return any(HIDDEN in row for row in (*self.rows, self.totals))

    def said(self) -> list[list[str]]:
        """Each row as words, the totals last."""
        lines = [*self.rows, *([self.totals] if self.totals else [])]
        return [
            [said(cell, column.shown) for cell, column in zip(line, self.columns, strict=True)]
            for line in lines
        ]

    def is_live(self, place: int) -> bool:
        """Whether a column's total is the sum of what stands above it, so that a sheet can add."""
        column = [row[place] for row in self.rows]
        numbers = [cell for cell in column if isinstance(cell, int)]
        whole = len(numbers) == len(column)
        return bool(self.totals) and whole and self.totals[place] == sum(numbers)


@dataclass(frozen=True)
class Section:
    """A part of a report: what is said in words, then its tables."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Period:
    """From a day to a day, both counted."""

    starts_on: date
    ends_on: date

    @property
    def words(self) -> str:
        return f"{show_date(self.starts_on)} to {show_date(self.ends_on)}"

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Content:
    """Everything an edition says."""

    title: str
    contract: str
    about: str
    period: Period
    audience: Audience
    as_at: datetime
    sections: tuple[Section, ...]

    @property
    def mark(self) -> str:
        return self.audience.mark

    @property
    def tables(self) -> list[Table]:
        return [table for section in self.sections for table in section.tables]


def table(
    key: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    definition: str,
    as_at: datetime,
    *,
    version: int = 1,
    totals: Sequence[Cell] = (),
    links: Sequence[str] = (),
) -> Table:
    """A table whose totals are added up from its rows, unless they are given."""
    kept = tuple(tuple(row) for row in rows)
    if not totals and len(kept) > 1 and any(column.added for column in columns):
        totals = [
            ("All" if not place else "") if not column.added else _sum([row[place] for row in kept])
            for place, column in enumerate(columns)
        ]
    return Table(
        key, title, tuple(columns), kept, definition, as_at, version, tuple(totals), tuple(links)
    )


def _sum(column: Sequence[Cell]) -> Cell:
    """None among the cells adds nothing; a hidden one leaves no sum to show."""
    if HIDDEN in column:
        return HIDDEN
    return sum(cell for cell in column if isinstance(cell, int))


def said(cell: Cell, shown: Shown) -> str:
    """A cell as people read it."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return show_date(date.fromisoformat(cell)) if shown is Shown.DAY and cell else cell
    if shown is Shown.POUNDS:
        return show_money(Pence(cell))
    words = {
        Shown.SHARE: lambda: f"{_places(cell, HUNDREDTHS, 1)}%",
        Shown.TENTHS: lambda: _places(cell, TENTHS, 1),
        Shown.RATIO: lambda: _places(cell, HUNDREDTHS, 2),
    }
    return words.get(shown, lambda: f"{cell:,}".replace("-", "−"))()


def _places(cell: int, unit: int, places: int) -> str:
    return f"{cell / unit:,.{places}f}".replace("-", "−")


def basis_points(part: int, whole: int) -> int | None:
    """A share in ten-thousandths; None where there is nothing to have a share of."""
    return round(part * 10_000 / whole) if whole else None


def plain(one: Table | Content) -> dict[str, Any]:
    """The same as what JSON can say; links are left out, as they are not part of what is said."""
    if isinstance(one, Table):
        return {
            "key": one.key,
            "title": one.title,
            "columns": [[head.title, head.shown.value, head.added] for head in one.columns],
            "rows": [list(row) for row in one.rows],
            "totals": list(one.totals),
            "definition": one.definition,
            "version": one.version,
            "as_at": one.as_at.isoformat(),
        }
    return {
        "title": one.title,
        "contract": one.contract,
        "about": one.about,
        "period": [one.period.starts_on.isoformat(), one.period.ends_on.isoformat()],
        "audience": one.audience.value,
        "as_at": one.as_at.isoformat(),
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "words": list(section.words),
                "tables": [plain(each) for each in section.tables],
            }
            for section in one.sections
        ],
    }


def canonical(facts: dict[str, Any]) -> str:
    """The one spelling of some facts, so that equal facts have equal bytes."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(facts: dict[str, Any]) -> str:
    """The SHA-256, in hexadecimal, of facts as `canonical` writes them."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def read(text: str) -> Content:
    """What `canonical(plain(content))` had said."""
    kept = json.loads(text)
    return Content(
        kept["title"],
        kept["contract"],
        kept["about"],
        Period(*(date.fromisoformat(day) for day in kept["period"])),
        Audience(kept["audience"]),
        datetime.fromisoformat(kept["as_at"]),
        tuple(
            Section(
                one["key"],
                one["title"],
                tuple(one["words"]),
                tuple(_read_table(each) for each in one["tables"]),
            )
            for one in kept["sections"]
        ),
    )


def _read_table(kept: dict[str, Any]) -> Table:
    return Table(
        kept["key"],
        kept["title"],
        tuple(Column(title, Shown(shown), added) for title, shown, added in kept["columns"]),
        tuple(tuple(row) for row in kept["rows"]),
        kept["definition"],
        datetime.fromisoformat(kept["as_at"]),
        kept["version"],
        tuple(kept["totals"]),
    )
