"""The columns of a recognised list, each with how its cells are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from app.exchange import cells
from app.exchange.layouts import Field, FoundList
from app.exchange.readers import Cell

Fact: TypeAlias = str | date | None

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
    # What was read once of a cell is not read again; by its type too, since 1 is 1.0 and True.
    known: dict[tuple[type, Cell], Fact] = made_by(default_factory=dict)

    def fact(self, cell: Cell) -> Fact:
        """What a cell says; ValueError with words where that cannot be understood."""
        if cell == "" and self.field is not Field.REFERENCE:
            return None
        cells.check_whole(cell)
        fact: Fact = self.read(cell)
        if len(self.known) < _REMEMBERED:
            self.known[cell.__class__, cell] = fact
        return fact


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
