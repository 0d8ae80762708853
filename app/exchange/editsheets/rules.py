"""What an edit sheet looks like, and what its rows say when they come back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.cases.corrections.rules import PRIMARY_NEEDS, Fact, Facts
from app.exchange.cells import as_text, check_whole, day
from app.exchange.protected import Column
from app.exchange.readers import Cell, Row
from app.kernel.errors import Invalid

MOST_CASES = 5_000
# So few that others wait for less than a second while the rows of one command are written.
MOST_AT_ONCE = 250
KEPT_FOR = timedelta(days=30)
NUMBER, VERSION, REFERENCE = "Case number", "Version", "Reference"
KEYS = (NUMBER, VERSION, REFERENCE)
_HINTS = {
    Fact.REFERRED_ON: "A date, day first. Not after the day on which the case was received.",
    Fact.AGE_BAND: "Choose from the list, or leave it empty where it is not known.",
    Fact.PRIMARY_NEED: "; ".join(f"{code} {words}" for code, words in PRIMARY_NEEDS.items())[:255],
    Fact.FAMILY_KEY: "The children of one family have the same key.",
    Fact.SOURCE_TEAM: "The council team that sent the case.",
}
COLUMNS = (
    *(Column(name) for name in KEYS),
    *(
        Column(
            fact.label,
            is_open=True,
            is_date=fact is Fact.REFERRED_ON,
            choices=fact.choices,
            hint=_HINTS[fact],
        )
        for fact in Fact
    ),
)
ALTERED = "The locked columns of this line were changed."


class Standing(StrEnum):
    """Where one row of a sheet that came back stands."""

    READY = "ready"
    CONFLICT = "conflict"
    REFUSED = "refused"
    APPLIED = "applied"

    @property
    def label(self) -> str:
        return _STANDINGS[self]


_STANDINGS = {
    Standing.READY: "Can be applied",
    Standing.CONFLICT: "Changed here since",
    Standing.REFUSED: "Refused",
    Standing.APPLIED: "Applied",
}


@dataclass(frozen=True)
class Issued:
    """One row as it was given out."""

    case_id: int
    version: int
    reference: str
    facts: Facts


@dataclass(frozen=True)
class Returned:
    """What one row says: the facts as they now read, or why they cannot be read."""

    line: int
    facts: Facts | None = None
    problem: str = ""


def sheet_name(sheet_id: int) -> str:
    """The name of the sheet, by which a workbook is known again."""
    return f"Edit sheet {sheet_id}"


def places(header: Row) -> dict[str, int]:
    """Where each column stands; a person may have moved them, but not taken one away."""
    found = {as_text(cell): place for place, cell in enumerate(header.cells)}
    lacking = [column.title for column in COLUMNS if column.title not in found]
    if lacking:
        raise Invalid("file", f"The sheet lacks the columns {', '.join(lacking)}.")
    return {column.title: found[column.title] for column in COLUMNS}


def match(rows: Sequence[Row], where: Mapping[str, int], issued: Mapping[int, Issued]) -> list[Row]:
    """The rows, each of a case of the sheet and none twice; otherwise nothing is taken."""
    lines: dict[int, int] = {}
    for row in rows:
        number = as_text(_cell(row, where[NUMBER]))
        case_id = int(number) if number.isascii() and number.isdigit() else 0
        if case_id not in issued:
            raise Invalid("file", f"Line {row.line} is of no case of this sheet. {ALTERED}")
        if case_id in lines:
            raise Invalid("file", f"Lines {lines[case_id]} and {row.line} are of the same case.")
        lines[case_id] = row.line
    return list(rows)


def case_id_of(row: Row, where: Mapping[str, int]) -> int:
    """The case that a matched row is about."""
    return int(as_text(_cell(row, where[NUMBER])))


def read_row(row: Row, where: Mapping[str, int], issued: Issued, today: date) -> Returned:
    """What a row says of its case, if its keys are as they were given out."""
    keys = (str(issued.version), issued.reference)
    typed = tuple(as_text(_cell(row, where[name])) for name in (VERSION, REFERENCE))
    if typed != keys:
        return Returned(row.line, problem=ALTERED)
    values: dict[str, Any] = {}
    for fact in Fact:
        cell, given = _cell(row, where[fact.label]), getattr(issued.facts, fact)
        try:
            values[fact] = given if _is_same(cell, given) else _value(fact, cell, today)
        except ValueError as fault:
            return Returned(row.line, problem=f"{fact.label} {fault}")
    return Returned(row.line, Facts(**values))


def standing(*, applied: bool, problem: str, given: int, now: int) -> Standing:
    """Where a row stands, by the version given out and the case's version now."""
    if applied:
        return Standing.APPLIED
    if problem:
        return Standing.REFUSED
    return Standing.READY if given == now else Standing.CONFLICT


def written(facts: Facts) -> str:
    """Facts as they are kept with the sheet."""
    return json.dumps({fact: str(getattr(facts, fact)) for fact in Fact}, ensure_ascii=False)


def read(text: str) -> Facts:
    """What `written` was given."""
    kept = json.loads(text)
    return Facts(**kept | {Fact.REFERRED_ON: date.fromisoformat(kept[Fact.REFERRED_ON])})


def _cell(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else ""


def _is_same(cell: Cell, given: str | date) -> bool:
    """Whether a cell still says what was given out, even where that could not be typed anew."""
    if isinstance(given, date):
        return isinstance(cell, date) and cell.isoformat()[:10] == given.isoformat()
    return cell is not None and _plain(cell) == _plain(given)


def _plain(cell: Cell) -> str:
    return " ".join(as_text(cell).split())


def _as_typed(choice: str) -> str:
    """A choice as a keyboard writes it: 5-9 for 5–9, in any case."""
    return choice.replace("–", "-").casefold()


def _value(fact: Fact, cell: Cell, today: date) -> str | date:
    check_whole(cell)
    if fact is Fact.REFERRED_ON:
        found = day(cell, today=today, date1904=False)
        if found is None:
            raise ValueError("is empty.")
        return found
    text = _plain(cell)
    if not text.isprintable():
        raise ValueError("holds characters that cannot be seen.")
    return _chosen(fact, text) if fact.choices and text else text


def _chosen(fact: Fact, text: str) -> str:
    known = {_as_typed(choice): choice for choice in fact.choices}
    if _as_typed(text) not in known:
        raise ValueError(f"says “{text[:40]}”, which is not in its list.")
    return known[_as_typed(text)]
