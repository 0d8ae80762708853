"""Reads the rows of a list column by column: each cell once that differs, and why rows fail."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from app.exchange import cells
from app.exchange.columns import UNREADABLE, Column, Fact, Known, LeftOut, Unknown, spelling
from app.exchange.layouts import KEY_DATE, Field, FoundList, Layout
from app.exchange.layouts.headings import fold
from app.exchange.once import Once
from app.exchange.precheck import Unreadable, column_letters
from app.exchange.readers import Cell, Row
from app.kernel.days import show_date


class RefusedRow(NamedTuple):
    """A row that cannot be kept; `column` is empty where the fault is the row's as a whole.

    `reference` is whose it is, as far as that can be read.
    """

    line: int
    column: str
    reason: str
    unknown: tuple[Unknown, ...] = ()
    reference: str = ""


class Omitted(NamedTuple):
    """The columns of a row whose text was not understood, and its spellings that nobody knows."""

    columns: tuple[str, ...]
    unknown: tuple[Unknown, ...]


class Block(NamedTuple):
    """Rows that can be kept, column by column: beside the reference its facts.

    `omitted` tells by line what was left out.
    """

    lines: Sequence[int]
    keys: Sequence[str]
    references: Sequence[str]
    facts: Mapping[Field, Sequence[Fact]]
    omitted: Mapping[int, Omitted]

    def only(self, places: Iterable[int]) -> "Block":
        """The rows at these places."""
        at = list(places)
        return Block(
            [self.lines[one] for one in at],
            [self.keys[one] for one in at],
            [self.references[one] for one in at],
            {field: [values[one] for one in at] for field, values in self.facts.items()},
            self.omitted,
        )


class _Fault(Exception):
    def __init__(self, column: str, reason: str, unknown: tuple[Unknown, ...] = ()) -> None:
        self.column = column
        self.reason = reason
        self.unknown = unknown


_IN_ORDER = (
    (Field.ASSESSMENT_START_ON, Field.AUTHORISED_ON),
    (Field.CIN_START_ON, Field.CLOSED_ON),
    (Field.REFERRAL_ON, Field.CLOSED_ON),
    (Field.PROTECTION_PLAN_START_ON, Field.PROTECTION_PLAN_END_ON),
)


class Reading:
    """One list as it is read."""

    def __init__(self, found: FoundList, columns: Sequence[Column]) -> None:
        self._found = found
        self._columns = columns
        self._reference = next(one for one in columns if one.field is Field.REFERENCE)
        self._known = [(one, Known(one)) for one in columns if one is not self._reference]
        self._width = (
            len(found.headers) if found.sheet.ragged else max(one.at for one in columns) + 1
        )
        fields = {one.field for one in columns}
        self._in_order = [pair for pair in _IN_ORDER if fields.issuperset(pair)]
        self._dated = KEY_DATE.get(found.layout)

    def block(self, rows: Sequence[Row]) -> tuple[Block, list[RefusedRow]]:
        """The rows that can be kept, and why the others cannot."""
        refused: list[RefusedRow] = []
        rows = self._of_width(rows, refused)
        told = list(zip(*[row.cells for row in rows], strict=False)) if rows else []
        references = self._references(told[self._reference.at]) if rows else []
        facts = {one.field: known.of(told[one.at]) if rows else [] for one, known in self._known}
        if wrong := _places_of(UNREADABLE, [references, *facts.values()]):
            refused += [self._refused(rows[at], self._unread(rows[at])) for at in sorted(wrong)]
            rows, references, facts = _without(wrong, rows, references, facts)
        omitted = self._omitted(rows, facts)
        if faults := self._faults(rows, references, facts):
            refused += [self._refused(rows[at], fault) for at, fault in sorted(faults.items())]
            rows, references, facts = _without(faults, rows, references, facts)
        begin, ends = f"{self._found.layout.value}:", self._ends(facts)
        keys = [f"{begin}{one}{end}" for one, end in zip(references, ends, strict=False)]
        return Block([row.line for row in rows], keys, references, facts, omitted), refused

    def _of_width(self, rows: Sequence[Row], refused: list[RefusedRow]) -> Sequence[Row]:
        """The rows as wide as the columns reach."""
        width = self._width
        if {len(row.cells) for row in rows} == {width}:
            return rows
        kept = []
        for row in rows:
            try:
                _check_width(self._found, row)
            except _Fault as fault:
                refused.append(self._refused(row, fault))
            else:
                cells_of_row = (*row.cells, *repeat("", width - len(row.cells)))
                kept.append(Row(row.line, cells_of_row))
        return kept

    def _references(self, told: Sequence[Cell]) -> list[Any]:
        is_plain, header = cells.is_plain_reference, self._found.headers[self._reference.at]
        return [
            cell
            if type(cell) is str and is_plain(cell) and cell != header
            else self._reference_of(cell)
            for cell in told
        ]

    def _reference_of(self, cell: Cell) -> Any:
        try:
            return self._reference.fact(cell)
        except ValueError:
            return UNREADABLE

    def _unread(self, row: Row) -> _Fault:
        """The first column with a cell that cannot be read."""
        unknown: tuple[Unknown, ...] = ()
        for column in self._columns:
            try:
                fact = column.fact(row.cells[column.at])
            except ValueError as error:
                if column is self._reference:
                    self._check_table(row)
                unknown += spelling(error)
                return _Fault(column.name, _reason(row, column, error), unknown)
            if isinstance(fact, LeftOut):
                unknown += fact.unknown
        raise RuntimeError("A cell that could not be read can be read now.")

    def _check_table(self, row: Row) -> None:
        """Refuses a list below which another begins: its rows would be read by our columns."""
        headers, others = self._found.headers, [one for one, _ in self._known]
        if row.cells[self._reference.at] == headers[self._reference.at] and any(
            fold(cells.as_text(row.cells[one.at])) not in ("", fold(headers[one.at]))
            for one in others
        ):
            raise Unreadable(
                f"Line {row.line} begins a list with other columns. Put it on a sheet of its own."
            )

    def _omitted(
        self, rows: Sequence[Row], facts: Mapping[Field, list[Any]]
    ) -> Mapping[int, Omitted]:
        """What was left out of these rows, which says nothing from now on."""
        omitted: dict[int, Omitted] = {}
        for column, known in self._known:
            values = facts[column.field]
            for at in _places_of_any(known.left_out, values):
                names, unknown = omitted.get(rows[at].line, ((), ()))
                unknown = (*unknown, *values[at].unknown)
                omitted[rows[at].line] = Omitted((*names, column.name), unknown)
                values[at] = None
        return omitted

    def _faults(
        self,
        rows: Sequence[Row],
        references: Sequence[str],
        facts: Mapping[Field, Sequence[Fact]],
    ) -> dict[int, _Fault]:
        """Why rows cannot be kept all of whose cells can be read, by their places."""
        found = {**self._words(references), **self._alone(rows, references)}
        if self._dated and None in facts[self._dated]:
            reason = "The date is empty, and it tells a child's rows apart."
            fault = _Fault(self._found.column_name(self._dated), reason)
            found = dict.fromkeys(_places_of(None, [facts[self._dated]]), fault) | found
        for first, then in self._in_order:
            for at in _earlier(facts[then], facts[first]):
                found.setdefault(
                    at, self._out_of_order(first, facts[first][at], then, facts[then][at])
                )
        return found

    def _words(self, references: Sequence[str]) -> dict[int, _Fault]:
        """A word where nine in ten references hold a digit: of a total, or of another table."""
        at_words = [at for at, one in enumerate(references) if one.isalpha()]
        if len(at_words) * 10 > len(references):
            return {}
        why = "is a word where the other references of the list hold digits."
        return {at: _Fault(self._reference.name, f"{references[at]} {why}") for at in at_words}

    def _alone(self, rows: Sequence[Row], references: Sequence[str]) -> dict[int, _Fault]:
        """Words that stand alone in a row, as between two parts of a list, are no reference."""
        if self._found.layout is not Layout.PLAIN or len(self._found.headers) == 1:
            return {}
        reason = "Only one cell of the row is filled: a heading or a note, no case."
        return {
            at: _Fault("", reason)
            for at, one in enumerate(references)
            if " " in one and sum(1 for cell in rows[at].cells if cells.as_text(cell)) == 1
        }

    def _out_of_order(self, first: Field, start: Any, then: Field, end: Any) -> _Fault:
        name = self._found.column_name
        reason = f"{show_date(end)} is before {show_date(start)} in column {name(first)}."
        return _Fault(name(then), reason)

    def _ends(self, facts: Mapping[Field, Sequence[Fact]]) -> Iterable[str]:
        """How the keys of rows end: with the date that tells a child's rows apart."""
        if not self._dated:
            return repeat("")
        ends: Once[Fact, str] = Once(lambda day: f":{day}")
        return map(ends.__getitem__, facts[self._dated])

    def _refused(self, row: Row, fault: _Fault) -> RefusedRow:
        return RefusedRow(row.line, fault.column, fault.reason, fault.unknown, self._whose(row))

    def _whose(self, row: Row) -> str:
        """The reference of a row of which something else may be wrong."""
        at = self._reference.at
        try:
            return str(self._reference.fact(row.cells[at] if at < len(row.cells) else ""))
        except ValueError:
            return ""


def _places_of(what: object, columns: Iterable[Sequence[Any]]) -> set[int]:
    return {
        at
        for values in columns
        if what in values
        for at, value in enumerate(values)
        if value is what
    }


def _places_of_any(what: Collection[object], values: Sequence[Any]) -> list[int]:
    return [at for at, value in enumerate(values) if value in what] if what else []


def _earlier(days: Sequence[Any], than: Sequence[Any]) -> list[int]:
    """The places of the days that are before those beside them."""
    pairs = enumerate(zip(days, than, strict=True))
    return [at for at, (day, other) in pairs if day is not None and other and day < other]


def _without(
    wrong: Collection[int],
    rows: Sequence[Row],
    references: Sequence[Any],
    facts: Mapping[Field, Sequence[Any]],
) -> tuple[list[Row], list[Any], dict[Field, list[Any]]]:
    left = [at for at in range(len(rows)) if at not in wrong]
    return (
        [rows[at] for at in left],
        [references[at] for at in left],
        {field: [values[at] for at in left] for field, values in facts.items()},
    )


def _check_width(found: FoundList, row: Row) -> None:
    """In a CSV file a row of another width than the header has its values in wrong columns."""
    if not found.sheet.ragged:
        return
    width, expected = len(row.cells), len(found.headers)
    if width == expected:
        return
    if width < expected or any(map(cells.as_text, row.cells[expected:])):
        cells_of_row = "1 cell" if width == 1 else f"{width} cells"
        raise _Fault("", f"The row has {cells_of_row} where the header has {expected}.")


def _reason(row: Row, column: Column, error: ValueError) -> str:
    return f"Cell {column_letters(column.at + 1)}{row.line} {error}"
