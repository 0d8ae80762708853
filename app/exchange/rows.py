"""Each row of a recognised list, read in full, refused with its reason, or an equal repeat."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from app.exchange import cells
from app.exchange.columns import Column, Fact, columns_of
from app.exchange.layouts import KEY_DATE, Field, FoundList, Layout
from app.exchange.precheck import Unreadable, column_letters
from app.exchange.readers import Row
from app.kernel.days import show_date


class Unknown(NamedTuple):
    """A spelling of a coded field that nobody has said the meaning of."""

    field: Field
    text: str


class ParsedRow(NamedTuple):
    """A row that can be kept; `not_understood` names the columns whose text was left out."""

    line: int
    layout: Layout
    key: str
    facts: Mapping[Field, Fact]
    not_understood: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    # The facts beside the reference, one object for all rows that have the same.
    alike: Mapping[Field, Fact] | None = None


class EqualRepeat(NamedTuple):
    """A row that says again what an earlier line said."""

    line: int
    first_line: int


class RefusedRow(NamedTuple):
    """A row that cannot be kept; `column` is empty where the fault is the row's as a whole.

    `reference` is whose it is, as far as that can be read.
    """

    line: int
    column: str
    reason: str
    unknown: tuple[Unknown, ...] = ()
    reference: str = ""


Outcome: TypeAlias = ParsedRow | EqualRepeat | RefusedRow


class _Fault(Exception):
    def __init__(self, column: str, reason: str, unknown: tuple[Unknown, ...] = ()) -> None:
        self.column = column
        self.reason = reason
        self.unknown = unknown


_NAMED_AT_MOST = 5
_UNREAD: Any = object()
# Lists have few rows that differ in their reference alone, or very many.
_ALIKE = 10_000
_IN_ORDER = (
    (Field.ASSESSMENT_START_ON, Field.AUTHORISED_ON),
    (Field.CIN_START_ON, Field.CLOSED_ON),
    (Field.REFERRAL_ON, Field.CLOSED_ON),
    (Field.PROTECTION_PLAN_START_ON, Field.PROTECTION_PLAN_END_ON),
)


def parse(
    found: FoundList, *, today: date, said: cells.Said = MappingProxyType({})
) -> Iterator[Outcome]:
    """One outcome for each row that holds something below the header.

    `said` is what the people of the contract said that spellings mean, beside our own table.

    Rows under one key stand together at the end: equal ones count once, the others are refused,
    each naming the lines, since nobody here can tell which of them is right.
    """
    if found.problems:
        raise Unreadable(found.problems[0])
    reading = _Reading(found, columns_of(found, today, said))
    outcomes = [reading.outcome(row) for row in _rows(found)]
    rows_of = Counter(one.key for one in outcomes if not isinstance(one, RefusedRow))
    held: dict[str, list[ParsedRow]] = {}
    for one in outcomes:
        outcome = one.in_full() if isinstance(one, _Again) else one
        if isinstance(outcome, ParsedRow) and rows_of[outcome.key] > 1:
            held.setdefault(outcome.key, []).append(outcome)
        else:
            yield outcome
    for group in held.values():
        yield from _judge(group)


def opens_case(row: ParsedRow, listed_on: date) -> bool:
    """Whether the work was still open on the day of the list; the rest is the child's history.

    List 3: no further action is not recorded as taken. List 4: not authorised. List 5: the
    conference was neither held by that day nor deemed unnecessary. List 6: not closed. List 7:
    never. CIN census: neither closed nor without further action. A plain list: neither authorised
    nor closed, by its date or its status.
    """
    facts = row.facts
    match row.layout:
        case Layout.LIST_3:
            return facts.get(Field.REFERRAL_NFA) != cells.Answer.YES
        case Layout.LIST_5:
            held_on = facts.get(Field.ICPC_ON)
            held = isinstance(held_on, date) and held_on <= listed_on
            return not held and facts.get(Field.ICPC_UNNECESSARY) != cells.Answer.YES
        case Layout.LIST_7:
            return False
        case Layout.CENSUS if facts.get(Field.REFERRAL_NFA) == cells.Answer.YES:
            return False
        case Layout.PLAIN if facts.get(Field.CASE_STATUS) == cells.CouncilStatus.CLOSED:
            return False
    return facts.get(Field.AUTHORISED_ON) is None and facts.get(Field.CLOSED_ON) is None


def _rows(found: FoundList) -> Iterator[Row]:
    for row in found.sheet.rows():
        if row.line > found.header_line:
            yield row


class _Again(NamedTuple):
    """A row whose cells beside the reference are those of an earlier one."""

    line: int
    key: str
    reference: str
    before: ParsedRow
    alike: Mapping[Field, Fact]

    def in_full(self) -> ParsedRow:
        before, facts = self.before, {**self.alike, Field.REFERENCE: self.reference}
        of_cells = before.not_understood, before.unknown, self.alike
        return ParsedRow(self.line, before.layout, self.key, facts, *of_cells)


class _Reading:
    """One list as it is read; what was read once of equal cells is not read again."""

    def __init__(self, found: FoundList, columns: list[Column]) -> None:
        self._found = found
        self._columns = columns
        self._reference = next(one for one in columns if one.field is Field.REFERENCE)
        others = [one.at for one in columns if one is not self._reference]
        self._width = (
            len(found.headers) if found.sheet.ragged else max(one.at for one in columns) + 1
        )
        self._others = itemgetter(*others, *others[:1]) if others else None
        self._begin = f"{found.layout.value}:"
        self._told: dict[tuple[Any, ...], dict[Field, Fact]] = {}
        # With how the keys of such rows end.
        self._alike: dict[Any, tuple[str, ParsedRow, Mapping[Field, Fact]]] = {}

    def outcome(self, row: Row) -> ParsedRow | RefusedRow | _Again:
        """The row in full; of one that differs from an earlier one in its reference, only that."""
        cells_alike = self._cells(row)
        before = self._alike.get(cells_alike) if cells_alike else None
        if before is not None:
            try:
                cell = row.cells[self._reference.at]
                cells.check_whole(cell)
                reference = self._reference.read(cell)
            except ValueError:
                return self._read(row)
            end, first, alike = before
            return _Again(row.line, f"{self._begin}{reference}{end}", reference, first, alike)
        outcome = self._read(row)
        if cells_alike and isinstance(outcome, ParsedRow) and len(self._alike) < _ALIKE:
            end = outcome.key.removeprefix(f"{self._begin}{outcome.facts[Field.REFERENCE]}")
            self._alike[cells_alike] = end, outcome, outcome.alike or {}
        return outcome

    def _cells(self, row: Row) -> Any:
        """The cells beside the reference, for comparing; None where the row is to be looked at."""
        read = row.cells
        if self._others is None or len(read) < self._width:
            return None
        if self._found.layout is Layout.PLAIN and " " in str(read[self._reference.at]):
            return None
        if self._found.sheet.ragged:
            return self._others(read) if len(read) == self._width else None
        of_columns = self._others(read)
        # By their types too, since 1 is 1.0 and True.
        return of_columns, tuple(map(type, of_columns))

    def _read(self, row: Row) -> ParsedRow | RefusedRow:
        found = self._found
        try:
            _check_width(found, row)
            facts, left_out, unknown = _facts(row, self._columns)
            _check_alone(found, row, facts)
            key = _key(found.layout, facts)
            if not key:
                column = found.column_name(KEY_DATE[found.layout])
                raise _Fault(column, "The date is empty, and it tells a child's rows apart.")
            _check_order(found, facts)
        except _Fault as fault:
            whose = self._whose(row)
            return RefusedRow(row.line, fault.column, fault.reason, fault.unknown, whose)
        alike = {**facts}
        del alike[Field.REFERENCE]
        # Lists differ in many cells of which nothing is kept but that they say something.
        alike = self._told.setdefault((*alike.values(), left_out, unknown), alike)
        return ParsedRow(row.line, found.layout, key, facts, left_out, unknown, alike)

    def _whose(self, row: Row) -> str:
        """The reference of a row of which something else may be wrong."""
        try:
            facts, _, _ = _facts(row, [self._reference])
        except _Fault:
            return ""
        return str(facts[Field.REFERENCE])


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


def _check_alone(found: FoundList, row: Row, facts: Mapping[Field, Fact]) -> None:
    """Words that stand alone in a row, as between two parts of a list, are no reference."""
    if found.layout is Layout.PLAIN and " " in str(facts[Field.REFERENCE]):
        others = sum(1 for cell in row.cells if cells.as_text(cell)) - 1
        if not others and len(found.headers) > 1:
            raise _Fault("", "Only one cell of the row is filled: a heading or a note, no case.")


def _facts(
    row: Row, columns: list[Column]
) -> tuple[dict[Field, Fact], tuple[str, ...], tuple[Unknown, ...]]:
    facts: dict[Field, Fact] = {}
    left_out: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    width = len(row.cells)
    for column in columns:
        cell = row.cells[column.at] if column.at < width else ""
        fact = column.known.get((cell.__class__, cell), _UNREAD)
        if fact is _UNREAD:
            try:
                fact = column.fact(cell)
            except ValueError as error:
                unknown += _spelling(error)
                if not column.may_be_left_out or cells.is_broken(cell):
                    raise _Fault(column.name, _reason(row, column, error), unknown) from error
                fact = None
                left_out = (*left_out, column.name)
        facts[column.field] = fact
    return facts, left_out, unknown


def _spelling(error: ValueError) -> tuple[Unknown, ...]:
    if isinstance(error, cells.UnknownSpelling):
        return (Unknown(error.field, error.text),)
    return ()


def _reason(row: Row, column: Column, error: ValueError) -> str:
    return f"Cell {column_letters(column.at + 1)}{row.line} {error}"


def _key(layout: Layout, facts: Mapping[Field, Fact]) -> str:
    """Empty where the date that tells a child's rows apart is empty."""
    dated = KEY_DATE.get(layout)
    if dated is None:
        return f"{layout.value}:{facts[Field.REFERENCE]}"
    day = facts[dated]
    return f"{layout.value}:{facts[Field.REFERENCE]}:{day}" if day else ""


def _check_order(found: FoundList, facts: Mapping[Field, Fact]) -> None:
    for first, then in _IN_ORDER:
        start, end = facts.get(first), facts.get(then)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            raise _Fault(
                found.column_name(then),
                f"{show_date(end)} is before {show_date(start)} in column "
                f"{found.column_name(first)}.",
            )


def _judge(group: list[ParsedRow]) -> Iterator[Outcome]:
    first, *others = group
    if all(row.facts == first.facts for row in others):
        yield first
        yield from (EqualRepeat(row.line, first.line) for row in others)
        return
    reason = f"{_lines([row.line for row in group])} differ on {_about(first)}."
    whose = str(first.facts[Field.REFERENCE])
    yield from (RefusedRow(row.line, "", reason, (), whose) for row in group)


def _about(row: ParsedRow) -> str:
    reference, dated = row.facts[Field.REFERENCE], KEY_DATE.get(row.layout)
    day = row.facts[dated] if dated else None
    return f"{reference} of {show_date(day)}" if isinstance(day, date) else f"{reference}"


def _lines(numbers: list[int]) -> str:
    """Lines 12 and 40; of many, the first few."""
    if len(numbers) > _NAMED_AT_MOST:
        rest = len(numbers) - _NAMED_AT_MOST
        return f"Lines {', '.join(map(str, numbers[:_NAMED_AT_MOST]))} and {rest} more"
    return f"Lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
