"""Which list a sheet is and which of its columns hold what; every other column is dropped."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from app.exchange.layouts.fields import (
    FEEDS,
    GUESSES,
    HEADERS,
    KEPT,
    KEY_DATE,
    NEEDED,
    Field,
    Layout,
)
from app.exchange.precheck import HEAD_ROWS, Unreadable, column_letters
from app.exchange.readers import Cell, Row, Sheet, Workbook

__all__ = [
    "FEEDS",
    "KEPT",
    "KEY_DATE",
    "Field",
    "FoundList",
    "Layout",
    "check_length",
    "doubts",
    "guess",
    "headers_of",
    "mapped",
    "read_as",
    "recognise",
]

_TAB = re.compile(r"(?:annex a )?l(?:ist)? ?([0-9]+)(?: .*)?")
_LISTS = {
    "3": Layout.LIST_3,
    "4": Layout.LIST_4,
    "5": Layout.LIST_5,
    "6": Layout.LIST_6,
    "7": Layout.LIST_7,
}
_KNOWN = tuple(layout for layout in Layout if layout is not Layout.PLAIN)
_APOSTROPHES = str.maketrans("", "", "'’‘`")
_DAY_OR_NUMBER = re.compile(r"[0-9][0-9/.:\- ]*")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_ENOUGH = 2

Places: TypeAlias = Mapping[Field, Sequence[int]]


@dataclass(frozen=True)
class FoundList:
    """A sheet understood: `columns` counts from 0; `problems` must be empty before it is parsed.

    `rows` counts the rows below the header that hold something.
    """

    layout: Layout
    sheet: Sheet
    header_line: int
    headers: tuple[str, ...]
    columns: Mapping[Field, int]
    rows: int
    problems: tuple[str, ...] = ()

    @property
    def dropped(self) -> tuple[str, ...]:
        """The headers of the columns that are not kept."""
        kept = set(self.columns.values())
        return tuple(name for at, name in enumerate(self.headers) if at not in kept)

    def column_name(self, field: Field) -> str:
        """Such as “F (Date of referral)”."""
        at = self.columns[field]
        return f"{column_letters(at + 1)} ({self.headers[at]})"


def recognise(workbook: Workbook) -> list[FoundList]:
    """The known lists among the sheets, by the tab's name or else by the headers."""
    found = [one for sheet in workbook.sheets if sheet.filled and (one := _recognise(sheet))]
    layouts = [one.layout for one in found]
    return [one if layouts.count(one.layout) == 1 else _twin(one) for one in found]


def read_as(sheet: Sheet, layout: Layout) -> FoundList:
    """The sheet as this list, with a problem for each column that is missing or there twice."""
    head, index = _header(sheet, layout)
    return _found(sheet, layout, head, index, _places(head[index], layout))


def mapped(sheet: Sheet, mapping: Mapping[Field, str], layout: Layout = Layout.PLAIN) -> FoundList:
    """The sheet by a mapping that a person confirmed: the header of the column for each field."""
    wanted = {fold(header) for header in mapping.values()}
    head = _head(sheet)
    index = _best(head, lambda row: len(wanted.intersection(map(fold, _headers(row)))))
    names = [fold(name) for name in _headers(head[index])]
    places = {
        field: [at for at, name in enumerate(names) if name == fold(header)]
        for field, header in mapping.items()
    }
    return _found(sheet, layout, head, index, places)


def guess(sheet: Sheet) -> dict[Field, str]:
    """For the mapping page of a plain list: the column in which each field seems to stand."""
    head, index = _header(sheet, Layout.PLAIN)
    headers = _headers(head[index])
    taken: dict[int, Field] = {}
    for field, at in _places(head[index], Layout.PLAIN).items():
        taken.setdefault(at[0], field)
    return {field: headers[at] for at, field in taken.items()}


def headers_of(sheet: Sheet) -> tuple[str, ...]:
    """The sheet's column headers, for the mapping page to choose from."""
    head, index = _header(sheet, Layout.PLAIN)
    return _headers(head[index])


def doubts(sheet: Sheet) -> tuple[str, ...]:
    """Says where the row that seems to be the headers holds days or numbers, as a case would."""
    head, index = _header(sheet, Layout.PLAIN)
    odd = [name for name in _headers(head[index]) if _DAY_OR_NUMBER.fullmatch(name)]
    if not odd:
        return ()
    told = " and ".join(f"“{name[:40]}”" for name in odd[:2])
    return (
        f"Line {head[index].line} is taken for the headers, and it holds {told}. If it is a case, "
        "put a line of headers above it and send the list again.",
    )


def check_length(found: Sequence[FoundList], most: int) -> None:
    """Refuses lists without any row, and lists with more than `most` rows together."""
    rows = sum(one.rows for one in found)
    if not rows:
        sheets = ", ".join(one.sheet.name for one in found)
        raise Unreadable(
            f"{sheets}: headers but no rows, so there is nothing to import. No other sheet is read."
        )
    if rows > most:
        raise Unreadable(
            f"The file has {rows:,} rows; at most {most:,} are read at once. Nothing was kept."
        )


def fold(header: str) -> str:
    """A header without case, punctuation, apostrophes and odd spaces."""
    text = unicodedata.normalize("NFKC", header).lower().translate(_APOSTROPHES)
    return _NOT_WORDS.sub(" ", text).strip()


def _recognise(sheet: Sheet) -> FoundList | None:
    tab = _TAB.fullmatch(fold(sheet.name))
    if tab:
        layout = _LISTS.get(tab[1])
        named = read_as(sheet, layout) if layout else None
        return named if named and len(named.columns) >= _ENOUGH else None
    tries = [one for layout in _KNOWN if not (one := read_as(sheet, layout)).problems]
    return max(tries, key=lambda one: len(one.columns), default=None)


def _twin(found: FoundList) -> FoundList:
    title = _title(found.layout)
    problem = f"More than one sheet is {title}, “{found.sheet.name}” among them. Keep one."
    return replace(found, problems=(*found.problems, problem))


def _title(layout: Layout) -> str:
    return "The list" if layout is Layout.PLAIN else layout.label


def _head(sheet: Sheet) -> list[Row]:
    return list(islice(sheet.rows(), HEAD_ROWS))


def _header(sheet: Sheet, layout: Layout) -> tuple[list[Row], int]:
    head = _head(sheet)
    return head, _best(head, lambda row: len(_places(row, layout)))


def _best(head: list[Row], score: Callable[[Row], int]) -> int:
    """The row that looks most like the header; failing that, the first with two cells filled."""
    scores = [score(row) for row in head]
    if any(scores):
        return scores.index(max(scores))
    filled = (at for at, row in enumerate(head) if sum(map(bool, map(_text, row.cells))) > 1)
    return next(filled, 0)


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _headers(row: Row) -> tuple[str, ...]:
    """The header of every column as written; one without is called by its letter."""
    texts = [_text(cell) for cell in row.cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(text or f"Column {column_letters(at)}" for at, text in enumerate(texts, start=1))


def _places(row: Row, layout: Layout) -> dict[Field, list[int]]:
    names = [fold(name) for name in _headers(row)]
    places = {}
    for field in KEPT[layout]:
        known = HEADERS.get(field, ())
        if layout is Layout.PLAIN:
            known = (*known, *GUESSES.get(field, ()))
        if at := [column for column, name in enumerate(names) if name in known]:
            places[field] = at
    return places


def _found(sheet: Sheet, layout: Layout, head: list[Row], index: int, places: Places) -> FoundList:
    headers = _headers(head[index])
    return FoundList(
        layout=layout,
        sheet=sheet,
        header_line=head[index].line,
        headers=headers,
        columns={field: at[0] for field, at in places.items() if at},
        rows=sheet.filled - index - 1,
        problems=tuple(_problems(layout, headers, places)),
    )


def _problems(layout: Layout, headers: tuple[str, ...], places: Places) -> list[str]:
    title = _title(layout)
    missing = [field for field in NEEDED[layout] if not places.get(field)]
    missing += [field for field, at in places.items() if not at and field not in missing]
    problems = [f"{title} has no column for {field.replace('_', ' ')}." for field in missing]
    for at in places.values():
        if len(at) > 1:
            columns = " and ".join(column_letters(one + 1) for one in at)
            problems.append(f"Columns {columns} are both headed “{headers[at[0]]}”.")
    shared = [at[0] for at in places.values() if at]
    problems += [
        f"Column {column_letters(at + 1)} is chosen twice."
        for at in sorted(set(shared))
        if shared.count(at) > 1
    ]
    return problems
