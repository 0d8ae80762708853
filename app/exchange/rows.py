"""Each row of a recognised list, read in full, refused with its reason, or an equal repeat."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from operator import getitem, itemgetter
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from app.exchange import cells
from app.exchange.columns import Column, Fact, Known, LeftOut, Unknown, columns_of, spelling
from app.exchange.layouts import KEY_DATE, Field, FoundList, Layout
from app.exchange.precheck import Unreadable, column_letters
from app.exchange.readers import Cell, Row
from app.kernel.days import show_date


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
_IN_ORDER = (
    (Field.ASSESSMENT_START_ON, Field.AUTHORISED_ON),
    (Field.CIN_START_ON, Field.CLOSED_ON),
    (Field.REFERRAL_ON, Field.CLOSED_ON),
    (Field.PROTECTION_PLAN_START_ON, Field.PROTECTION_PLAN_END_ON),
)
# What it depends on whether a row opens a case.
ENDING = (
    Field.REFERRAL_NFA,
    Field.ICPC_ON,
    Field.ICPC_UNNECESSARY,
    Field.CASE_STATUS,
    Field.AUTHORISED_ON,
    Field.CLOSED_ON,
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
        if isinstance(one, RefusedRow):
            yield one
        elif rows_of[one.key] > 1:
            held.setdefault(one.key, []).append(reading.in_full(one))
        else:
            yield reading.in_full(one)
    for group in held.values():
        yield from _judge(group)


def opens_case(row: ParsedRow, listed_on: date) -> bool:
    """Whether the work was still open on the day of the list; the rest is the child's history.

    List 3: no further action is not recorded as taken. List 4: not authorised. List 5: the
    conference was neither held by that day nor deemed unnecessary. List 6: not closed. List 7:
    never. CIN census: neither closed nor without further action. A plain list: neither authorised
    nor closed, by its date or its status. A date after that day has ended nothing yet.
    """
    facts = row.facts

    def past(field: Field) -> bool:
        day = facts.get(field)
        return isinstance(day, date) and day <= listed_on

    match row.layout:
        case Layout.LIST_3:
            return facts.get(Field.REFERRAL_NFA) != cells.Answer.YES
        case Layout.LIST_5:
            unnecessary = facts.get(Field.ICPC_UNNECESSARY) == cells.Answer.YES
            return not past(Field.ICPC_ON) and not unnecessary
        case Layout.LIST_7:
            return False
        case Layout.CENSUS if facts.get(Field.REFERRAL_NFA) == cells.Answer.YES:
            return False
        case Layout.PLAIN if facts.get(Field.CASE_STATUS) == cells.CouncilStatus.CLOSED:
            return False
    return not past(Field.AUTHORISED_ON) and not past(Field.CLOSED_ON)


def _rows(found: FoundList) -> Iterator[Row]:
    for row in found.sheet.rows():
        if row.line > found.header_line:
            yield row


class _Told(NamedTuple):
    """What rows say beside their reference, and how their keys end."""

    facts: Mapping[Field, Fact]
    end: str
    not_understood: tuple[str, ...]
    unknown: tuple[Unknown, ...]


class _Good(NamedTuple):
    """A row that can be kept."""

    line: int
    key: str
    reference: str
    told: _Told


class _Reading:
    """One list as it is read: each cell once that differs, and what equal rows say once."""

    def __init__(self, found: FoundList, columns: list[Column]) -> None:
        self._found = found
        self._columns = columns
        self._reference = next(one for one in columns if one.field is Field.REFERENCE)
        self._others = [one for one in columns if one is not self._reference]
        self._known = list(map(Known, self._others))
        at = [one.at for one in self._others]
        # Twice the first, since of one alone there would be no tuple.
        self._cells = itemgetter(*at, *at[:1]) if at else lambda _: ()
        self._width = (
            len(found.headers) if found.sheet.ragged else max(one.at for one in columns) + 1
        )
        fields = {one.field for one in columns}
        self._in_order = [pair for pair in _IN_ORDER if fields.issuperset(pair)]
        self._begin = f"{found.layout.value}:"
        self._told: dict[tuple[Fact | LeftOut, ...], _Told] = {}

    def outcome(self, row: Row) -> _Good | RefusedRow:
        """The row as far as it differs from others, or why it cannot be kept."""
        try:
            return self._read(row)
        except _Fault as fault:
            whose = self._whose(row)
            return RefusedRow(row.line, fault.column, fault.reason, fault.unknown, whose)

    def in_full(self, good: _Good) -> ParsedRow:
        """All that the row says."""
        told, facts = good.told, {Field.REFERENCE: good.reference, **good.told.facts}
        return ParsedRow(
            good.line,
            self._found.layout,
            good.key,
            facts,
            told.not_understood,
            told.unknown,
            told.facts,
        )

    def _read(self, row: Row) -> _Good:
        read = row.cells
        if len(read) != self._width:
            _check_width(self._found, row)
            read = (*read, *repeat("", self._width - len(read)))
        try:
            cell = read[self._reference.at]
            cells.check_whole(cell)
            reference = self._reference.read(cell)
            others = self._cells(read)
            said = tuple(map(getitem, self._known, zip(map(type, others), others, strict=True)))
        except ValueError as error:
            raise self._fault(row, read) from error
        if " " in reference:
            _check_alone(self._found, row)
        told = self._told.get(said)
        if told is None:
            told = self._told[said] = self._tell(said)
        return _Good(row.line, f"{self._begin}{reference}{told.end}", reference, told)

    def _fault(self, row: Row, read: Sequence[Cell]) -> _Fault:
        """The first column with a cell that cannot be read."""
        unknown: tuple[Unknown, ...] = ()
        for column in self._columns:
            try:
                fact = column.fact(read[column.at])
            except ValueError as error:
                unknown += spelling(error)
                return _Fault(column.name, _reason(row, column, error), unknown)
            if isinstance(fact, LeftOut):
                unknown += fact.unknown
        raise RuntimeError("A cell that could not be read can be read now.")

    def _tell(self, said: Sequence[Fact | LeftOut]) -> _Told:
        facts: dict[Field, Fact] = {}
        left_out: tuple[str, ...] = ()
        unknown: tuple[Unknown, ...] = ()
        for column, fact in zip(self._others, said, strict=True):
            if isinstance(fact, LeftOut):
                left_out, unknown = (*left_out, column.name), unknown + fact.unknown
                facts[column.field] = None
            else:
                facts[column.field] = fact
        end = self._end(facts)
        _check_order(self._found, self._in_order, facts)
        return _Told(facts, end, left_out, unknown)

    def _end(self, facts: Mapping[Field, Fact]) -> str:
        """How the key of a row ends: with the date that tells a child's rows apart."""
        dated = KEY_DATE.get(self._found.layout)
        if dated is None:
            return ""
        if not facts[dated]:
            column = self._found.column_name(dated)
            raise _Fault(column, "The date is empty, and it tells a child's rows apart.")
        return f":{facts[dated]}"

    def _whose(self, row: Row) -> str:
        """The reference of a row of which something else may be wrong."""
        at = self._reference.at
        try:
            return str(self._reference.fact(row.cells[at] if at < len(row.cells) else ""))
        except ValueError:
            return ""


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


def _check_alone(found: FoundList, row: Row) -> None:
    """Words that stand alone in a row, as between two parts of a list, are no reference."""
    if found.layout is Layout.PLAIN:
        others = sum(1 for cell in row.cells if cells.as_text(cell)) - 1
        if not others and len(found.headers) > 1:
            raise _Fault("", "Only one cell of the row is filled: a heading or a note, no case.")


def _reason(row: Row, column: Column, error: ValueError) -> str:
    return f"Cell {column_letters(column.at + 1)}{row.line} {error}"


def _check_order(
    found: FoundList, in_order: Sequence[tuple[Field, Field]], facts: Mapping[Field, Fact]
) -> None:
    for first, then in in_order:
        start, end = facts[first], facts[then]
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
