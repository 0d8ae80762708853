"""A file as plain rows: sheets that can be gone through as often as wanted, never all in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from types import TracebackType
from typing import NamedTuple, Self, TypeAlias

# None stands for a formula that was saved without its value; an empty cell is "".
Cell: TypeAlias = str | int | float | bool | date | time | timedelta | None


class Kind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    XML = "xml"


class Row(NamedTuple):
    """One row that holds something, with its number as the spreadsheet shows it."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One tab, or the whole of a CSV file; `filled` counts the rows that hold something."""

    name: str
    filled: int
    open_rows: Callable[[], Iterator[Row]]
    hidden: bool = False
    date1904: bool = False
    ragged: bool = False

    def rows(self) -> Iterator[Row]:
        return self.open_rows()


@dataclass(frozen=True)
class Workbook:
    """Close it, or use it in a `with`: reading an Excel file leaves its rows in a temporary one."""

    kind: Kind
    sheets: tuple[Sheet, ...]
    notices: tuple[str, ...] = ()
    close: Callable[[], None] = field(default=lambda: None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def is_blank(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and not cell.strip())
