"""The columns of a recognised list, each with how its cells are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from app.exchange import cells
from app.exchange.layouts import Field, FoundList
from app.exchange.readers import Cell

Fact: TypeAlias = str | date | None


class Unknown(NamedTuple):
    """A spelling of a coded field that nobody has said the meaning of."""

    field: Field
    text: str


class LeftOut(NamedTuple):
    """A cell that was not understood, in a column of which nothing hangs on that."""

    unknown: tuple[Unknown, ...]


# What a cell says that cannot be read.
UNREADABLE = object()
# Councils write hundreds of spellings here, and nothing hangs on them: a text that is not
# understood is left out and counted, not guessed and no reason to refuse the child.
_MAY_BE_LEFT_OUT = {
    Field.CHILD_SEEN,
    Field.SUPPORT_REQUIRED,
    Field.PRIMARY_NEED,
    Field.CLOSURE_REASON,
    Field.CASE_STATUS,
    Field.AGE,
    Field.ASSESSMENT_TYPE,
}
# As many cells of one column as the largest list has rows.
_REMEMBERED = 150_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list whose fact is kept, and how its cells are read."""

    field: Field
    at: int
    name: str
    read: Callable[[Cell], Any]
    may_be_left_out: bool

    def fact(self, cell: Cell) -> Fact | LeftOut:
        """What a cell says; ValueError with words where that cannot be understood."""
        if cell == "" and self.field is not Field.REFERENCE:
            return None
        try:
            cells.check_whole(cell)
            fact: Fact = self.read(cell)
        except ValueError as error:
            if self.may_be_left_out and not cells.is_broken(cell):
                return LeftOut(spelling(error))
            raise
        return fact


class Known:
    """What the cells of a column say; what was read once of a cell is not read again."""

    def __init__(self, column: Column) -> None:
        # By type too, since 1 is 1.0 and True.
        self._by_type: dict[type, _OfType] = {}
        self._column = column
        # What was said by the cells that were not understood.
        self.left_out: set[LeftOut] = set()

    def of(self, told: Sequence[Cell]) -> list[Any]:
        """What each of these cells says: a fact, what is left out of it, or UNREADABLE."""
        kinds = set(map(type, told))
        known = {kind: self._of(kind) for kind in kinds}
        if len(kinds) == 1:
            return list(map(known[kinds.pop()].__getitem__, told))
        return [known[type(cell)][cell] for cell in told]

    def _of(self, kind: type) -> "_OfType":
        if kind not in self._by_type:
            self._by_type[kind] = _OfType(self._column, self.left_out)
        return self._by_type[kind]


class _OfType(dict[Cell, Any]):
    """What cells of one type say."""

    def __init__(self, column: Column, left_out: set[LeftOut]) -> None:
        self._column = column
        self._left_out = left_out

    def __missing__(self, cell: Cell) -> Any:
        try:
            fact: Any = self._column.fact(cell)
        except ValueError:
            fact = UNREADABLE
        if isinstance(fact, LeftOut):
            self._left_out.add(fact)
        if len(self) < _REMEMBERED:
            self[cell] = fact
        return fact


def spelling(error: ValueError) -> tuple[Unknown, ...]:
    """The spelling that nobody said the meaning of, where that is why a cell was not understood."""
    if isinstance(error, cells.UnknownSpelling):
        return (Unknown(error.field, error.text),)
    return ()


def columns_of(found: FoundList, today: date, said: cells.Said) -> list[Column]:
    """The columns of a list; `said` is what people said that spellings mean."""
    on = {"today": today, "date1904": found.sheet.date1904}
    return [
        Column(
            field=field,
            at=at,
            name=found.column_name(field),
            read=_dated(field, on) or _reader(field, said, found.headers[at]),
            may_be_left_out=field in _MAY_BE_LEFT_OUT,
        )
        for field, at in found.columns.items()
    ]


def _dated(field: Field, on: Mapping[str, Any]) -> Callable[[Cell], Any] | None:
    """How a field is read whose cells may hold a day."""
    if field is Field.AGE:
        return partial(cells.age_band, **on)
    if field.endswith("_on"):
        return partial(cells.day, not_yet=cells.NOT_YET.get(field, ()), **on)
    return None


def _reader(field: Field, said: cells.Said, header: str) -> Callable[[Cell], Any]:
    if field is Field.REFERENCE:
        return partial(_reference, header)
    if field is Field.FAMILY_KEY:
        return cells.family_key
    if field is Field.ALLOCATED_WORKER:
        return partial(cells.worker, said=said)
    if field in cells.MEANINGS:
        return partial(cells.coded, field, said=said)
    return cells.words


def _reference(header: str, cell: Cell) -> str:
    if cell == header:
        raise ValueError("repeats the header of its column.")
    return cells.reference(cell)
