"""Which list a sheet is and which of its columns hold what; every other column is dropped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TypeAlias

from app.exchange.layouts.fields import (
    FEEDS,
    HEADERS,
    KEPT,
    KEY_DATE,
    NEEDED,
    Field,
    Layout,
)
from app.exchange.layouts.guesses import GUESSES
from app.exchange.layouts.headings import Heading, close, find, fold
from app.exchange.precheck import HEAD_ROWS, Unreadable, column_letters
from app.exchange.readers import Sheet, Workbook

__all__ = [
    "FEEDS",
    "KEPT",
    "KEY_DATE",
    "Field",
    "FoundList",
    "Layout",
    "cautions",
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
_DAY_OR_NUMBER = re.compile(r"[0-9][0-9/.:\- ]*")
_ENOUGH = 2
# By any of these a plain list tells that work has ended.
_ENDS = frozenset({Field.AUTHORISED_ON, Field.CLOSED_ON, Field.CASE_STATUS})

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
    of_layout: dict[Layout, list[FoundList]] = {}
    for one in found:
        of_layout.setdefault(one.layout, []).append(one)
    return [one if len(alike := of_layout[one.layout]) == 1 else _twin(one, alike) for one in found]


def read_as(sheet: Sheet, layout: Layout) -> FoundList:
    """The sheet as this list, with a problem for each column that is missing or there twice."""
    heading = _heading(sheet, layout)
    return _found(sheet, layout, heading, _places(heading, layout))


def mapped(sheet: Sheet, mapping: Mapping[Field, str], layout: Layout = Layout.PLAIN) -> FoundList:
    """The sheet by a mapping that a person confirmed: the header of the column for each field."""
    wanted = {fold(header) for header in mapping.values()}
    heading = find(sheet, lambda one: len(wanted.intersection(map(fold, one.names()))))
    names = [fold(name) for name in heading.names()]
    places = {
        field: [at for at, name in enumerate(names) if name == fold(header)]
        for field, header in mapping.items()
    }
    return _found(sheet, layout, heading, places)


def guess(sheet: Sheet) -> dict[Field, str]:
    """For the mapping page of a plain list: the column in which each field seems to stand."""
    heading = _heading(sheet, Layout.PLAIN)
    names = heading.names()
    taken: dict[int, Field] = {}
    for field, at in _places(heading, Layout.PLAIN).items():
        likely = _likeliest(heading, field, at)
        if likely is not None:
            taken.setdefault(likely, field)
    return {field: names[at] for at, field in taken.items()}


def headers_of(sheet: Sheet) -> tuple[str, ...]:
    """The sheet's column headers, for the mapping page to choose from."""
    return _heading(sheet, Layout.PLAIN).names()


def doubts(sheet: Sheet) -> tuple[str, ...]:
    """Says where what seems to be the headers is a case, or the title of a list further down."""
    heading = _heading(sheet, Layout.PLAIN)
    taken = f"Line {heading.line} is taken for the headers, and it holds"
    if len(heading.texts) == 1 and sheet.filled > HEAD_ROWS:
        return (
            f"{taken} one cell alone. If the headers stand below the first {HEAD_ROWS} filled "
            "lines, take lines away above them and send the list again.",
        )
    odd = [text for text in heading.texts if _DAY_OR_NUMBER.fullmatch(text)]
    if not odd:
        return ()
    told = " and ".join(f"“{text[:40]}”" for text in odd[:2])
    return (
        f"{taken} {told}. If it is a case, put a line of headers above it and send the list again.",
    )


def cautions(found: FoundList) -> tuple[str, ...]:
    """Says of a plain list whose columns do not tell whether the work goes on."""
    if found.layout is not Layout.PLAIN or not _ENDS.isdisjoint(found.columns):
        return ()
    return (
        "No column was chosen for an authorisation date, a closure date or a status, so every row "
        "counts as work that goes on.",
    )


def check_filled(found: Sequence[FoundList]) -> None:
    """Refuses lists without any row."""
    if not any(one.rows for one in found):
        sheets = ", ".join(one.sheet.name for one in found)
        raise Unreadable(
            f"{sheets}: headers but no rows, so there is nothing to import. No other sheet is read."
        )


def check_length(found: Sequence[FoundList], most: int) -> None:
    """Refuses lists without any row, and lists with more than `most` rows together."""
    check_filled(found)
    rows = sum(one.rows for one in found)
    if rows > most:
        raise Unreadable(
            f"The file has {rows:,} rows; at most {most:,} are read at once. Nothing was kept."
        )


def _recognise(sheet: Sheet) -> FoundList | None:
    tab = _TAB.fullmatch(fold(sheet.name))
    if tab:
        layout = _LISTS.get(tab[1])
        named = read_as(sheet, layout) if layout else None
        return named if named and len(named.columns) >= _ENOUGH else None
    tries = [one for layout in _KNOWN if not (one := read_as(sheet, layout)).problems]
    return max(tries, key=lambda one: len(one.columns), default=None)


def _twin(found: FoundList, alike: Sequence[FoundList]) -> FoundList:
    names = ", ".join(
        f"“{one.sheet.name}”{' (hidden)' if one.sheet.hidden else ''}" for one in alike
    )
    problem = f"More than one sheet is {_title(found.layout)}: {names}. Keep one."
    return replace(found, problems=(*found.problems, problem))


def _title(layout: Layout) -> str:
    return "The list" if layout is Layout.PLAIN else layout.label


def _heading(sheet: Sheet, layout: Layout) -> Heading:
    return find(sheet, lambda one: len(_places(one, layout)))


def _places(heading: Heading, layout: Layout) -> dict[Field, list[int]]:
    """By the whole header of a column first; of two lines, by the lower one where that is known."""
    places: dict[Field, list[int]] = {}
    for texts in dict.fromkeys((heading.texts, heading.lower)):
        names, taken = list(map(close, texts)), set(chain.from_iterable(places.values()))
        for field in KEPT[layout]:
            known = _known(field, layout)
            found = [at for at, name in enumerate(names) if name in known and at not in taken]
            if found and field not in places:
                places[field] = found
    return places


@cache
def _known(field: Field, layout: Layout) -> tuple[str, ...]:
    guesses = GUESSES.get(field, ()) if layout is Layout.PLAIN else ()
    return tuple(map(close, (*HEADERS.get(field, ()), *guesses)))


def _likeliest(heading: Heading, field: Field, places: Sequence[int]) -> int | None:
    """Of several columns the one whose header comes first among those known, if only it has it."""
    known = _known(field, Layout.PLAIN)
    called = {at: {close(heading.texts[at]), close(heading.lower[at])} for at in places}
    for name in known:
        if likely := [at for at in places if name in called[at]]:
            return likely[0] if len(likely) == 1 else None
    return None


def _found(sheet: Sheet, layout: Layout, heading: Heading, places: Places) -> FoundList:
    return FoundList(
        layout=layout,
        sheet=sheet,
        header_line=heading.line,
        headers=heading.names(),
        columns={field: at[0] for field, at in places.items() if at},
        rows=sheet.filled - heading.index - 1,
        problems=tuple(_problems(layout, heading.texts, places)),
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
