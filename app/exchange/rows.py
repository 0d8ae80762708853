"""Each row of a recognised list, read in full, refused with its reason, or an equal repeat."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from app.exchange import cells
from app.exchange.columns import Fact, Unknown, columns_of
from app.exchange.layouts import KEY_DATE, Field, FoundList, Layout
from app.exchange.precheck import Unreadable
from app.exchange.readers import Row
from app.exchange.reading import Block, Omitted, Reading, RefusedRow
from app.kernel.days import show_date

__all__ = [
    "AT_ONCE",
    "ENDING",
    "EqualRepeat",
    "Outcome",
    "ParsedRow",
    "Portion",
    "RefusedRow",
    "opens_case",
    "parse",
    "parsed_at",
    "portions",
]


class ParsedRow(NamedTuple):
    """A row that can be kept; `not_understood` names the columns whose text was left out."""

    line: int
    layout: Layout
    key: str
    facts: Mapping[Field, Fact]
    not_understood: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()


class EqualRepeat(NamedTuple):
    """A row that says again what an earlier line said."""

    line: int
    first_line: int


Outcome: TypeAlias = ParsedRow | EqualRepeat | RefusedRow


# So many rows are read before others are.
AT_ONCE = 20_000
_NAMED_AT_MOST = 5
# What it depends on whether a row opens a case.
ENDING = (
    Field.REFERRAL_NFA,
    Field.ICPC_ON,
    Field.ICPC_UNNECESSARY,
    Field.CASE_STATUS,
    Field.AUTHORISED_ON,
    Field.CLOSED_ON,
)


class Portion(NamedTuple):
    """Some rows of a list: those that can be kept, and what became of the others."""

    block: Block
    others: Sequence[EqualRepeat | RefusedRow]


def parse(
    found: FoundList, *, today: date, said: cells.Said = MappingProxyType({})
) -> Iterator[Outcome]:
    """One outcome for each row that holds something below the header, by portions in order."""
    for block, others in portions(found, today=today, said=said):
        kept = (parsed_at(found.layout, block, at) for at in range(len(block.lines)))
        yield from sorted((*kept, *others), key=attrgetter("line"))


def portions(found: FoundList, *, today: date, said: cells.Said) -> Iterator[Portion]:
    """Every row that holds something below the header, many at a time.

    `said` is what the people of the contract said that spellings mean, beside our own table.

    Rows under one key stand together at the end: equal ones count once, the others are refused,
    each naming the lines, since nobody here can tell which of them is right.
    """
    if found.problems:
        raise Unreadable(found.problems[0])
    reading, rows = Reading(found, columns_of(found, today, said)), _rows(found)
    read = list(map(reading.block, iter(lambda: list(islice(rows, AT_ONCE)), [])))
    rows_of = Counter(chain.from_iterable(block.keys for block, _ in read))
    again = {key for key, times in rows_of.items() if times > 1}
    held: dict[str, list[ParsedRow]] = {}
    for block, refused in read:
        places = [at for at, key in enumerate(block.keys) if key in again] if again else []
        for at in places:
            held.setdefault(block.keys[at], []).append(parsed_at(found.layout, block, at))
        if places:
            block = block.only(sorted(set(range(len(block.keys))).difference(places)))
        if block.keys or refused:
            yield Portion(block, refused)
    if held:
        yield _judged(found, held.values())


def apart(portion: Portion, sheet: str, before: dict[str, tuple[str, int]]) -> Portion:
    """A portion of one of several sheets without the keys of the sheets before, which are refused.

    `before` has the sheet and line of each key so far, and learns those of this portion.
    """
    block = portion.block
    again = {at for at, key in enumerate(block.keys) if key in before}
    refused = [
        RefusedRow(block.lines[at], "", f"{whose} is in line {line} of “{other}” too.", (), whose)
        for at in sorted(again)
        for whose, (other, line) in [(block.references[at], before[block.keys[at]])]
    ]
    if again:
        block = block.only(at for at in range(len(block.keys)) if at not in again)
    before |= {key: (sheet, line) for key, line in zip(block.keys, block.lines, strict=True)}
    return Portion(block, [*portion.others, *refused])


def parsed_at(layout: Layout, block: Block, at: int) -> ParsedRow:
    """The row of a block at a place, with all that it says."""
    facts: dict[Field, Fact] = {Field.REFERENCE: block.references[at]}
    facts |= {field: values[at] for field, values in block.facts.items()}
    omitted = block.omitted.get(block.lines[at], ((), ()))
    return ParsedRow(block.lines[at], layout, block.keys[at], facts, *omitted)


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


def _judged(found: FoundList, groups: Collection[list[ParsedRow]]) -> Portion:
    """What becomes of rows under keys that stand more than once."""
    outcomes = [one for group in groups for one in _judge(group)]
    kept = [one for one in outcomes if isinstance(one, ParsedRow)]
    block = Block(
        [row.line for row in kept],
        [row.key for row in kept],
        [str(row.facts[Field.REFERENCE]) for row in kept],
        {
            field: [row.facts[field] for row in kept]
            for field in found.columns
            if field is not Field.REFERENCE
        },
        {row.line: Omitted(row.not_understood, row.unknown) for row in kept if row.not_understood},
    )
    return Portion(block, [one for one in outcomes if not isinstance(one, ParsedRow)])


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
