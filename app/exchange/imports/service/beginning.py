"""What the cases of new children begin with, worked out column by column."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, compress
from operator import and_
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import String, type_coerce
from sqlmodel import col, select

from app.cases.register import service as register
from app.cases.register.rules import Waiting, triage_rank
from app.exchange.checks import NOT_CHECKED, WORKER_NAMED
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, StagedRow
from app.exchange.imports.rules import Facts, Verdict
from app.exchange.imports.service.clocks import Clocks
from app.exchange.layouts import Field, Layout
from app.exchange.once import Once
from app.work.bulk import each
from app.work.uow import UnitOfWork

# The facts on which others of the case depend, and those others.
_DECIDING = (
    *rules.TIMED,
    Field.CASE_STATUS,
    Field.PROTECTION_PLAN_START_ON,
    Field.PROTECTION_PLAN_END_ON,
    WORKER_NAMED,
)
# What nothing of a new case depends on.
_NOT_ASKED = NOT_CHECKED - {*_DECIDING, *(field for field, _ in rules.NAMED)}
_DECIDED = ("referred_on", "assessment_type", "child_protection", "council_worker_named")
# What triage asks of a case that is new.
_RANKED = ("referred_on", "age_band", "child_protection")
# So many rows are taken apart at a time.
_AT_ONCE = 5_000


# The reference of a row, its layout, whether it opens a case, and its facts.
_Row: TypeAlias = tuple[str, str, bool, str]


class Rows(NamedTuple):
    """Rows of children as they are staged, column by column; `opens` those that open a case."""

    references: Sequence[str]
    layouts: Sequence[str]
    opens: Sequence[bool]
    facts: Sequence[str]

    def where(self, wanted: Callable[[str], bool], *, opening: bool = False) -> "Rows":
        """The rows of the children that are wanted; of those that open a case alone if so told."""
        chosen = map(wanted, self.references)
        kept = list(map(and_, chosen, self.opens)) if opening else list(chosen)
        return self if all(kept) else Rows._make([list(compress(one, kept)) for one in self])

    def portions(self, most: int) -> Iterator["Rows"]:
        for start in range(0, len(self.references), most):
            yield Rows._make([values[start : start + most] for values in self])


_NO_ROWS = Rows([], [], [], [])


class Children(NamedTuple):
    """The children who are to have a case: those with one row, and those with several."""

    single: Rows
    several: Rows

    def apart(self, references: Collection[str]) -> tuple["Children", "Children"]:
        """Those under these references, and the others."""
        if not references:
            return Children(_NO_ROWS, _NO_ROWS), self

        def is_other(reference: str) -> bool:
            return reference not in references

        return (
            Children._make([rows.where(references.__contains__) for rows in self]),
            Children._make([rows.where(is_other) for rows in self]),
        )


@dataclass(frozen=True, eq=False, slots=True)
class Telling:
    """What rows of a child tell that are looked at for findings, each with its layout.

    Children of whom the same is told share one, which is known by itself.
    """

    rows: tuple[tuple[Layout, tuple[tuple[str, str], ...]], ...]


class Beginnings(NamedTuple):
    """How the cases begin, column by column: those first that are due first.

    What comes in that order costs a database least. `telling` is what findings depend on.
    """

    facts: Mapping[str, Sequence[Any]]
    telling: Sequence[Telling]


def children_of(uow: UnitOfWork, batch: ImportBatch, known: Collection[str]) -> Children:
    """The children of a list who are not known and of whom a row is still open."""
    columns: tuple[Any, ...] = (
        StagedRow.reference,
        type_coerce(col(StagedRow.layout), String),
        StagedRow.opens_case,
        StagedRow.facts,
    )
    found = uow.rows(
        select(*columns)
        .where(
            StagedRow.batch_id == batch.id,
            col(StagedRow.verdict).in_((Verdict.NEW, Verdict.CHANGED)),
        )
        .order_by(col(StagedRow.id))
    )
    held: tuple[list[Any], ...] = ([], [], [], [])
    for portion in found.partitions(_AT_ONCE):
        for column, values in zip(held, zip(*portion, strict=True), strict=True):
            column.extend(values)
    rows = Rows._make(held)
    if known:
        rows = rows.where(lambda reference: reference not in known)
    times = Counter(rows.references)
    opening = set(compress(rows.references, rows.opens))
    return Children(
        rows.where(lambda reference: times[reference] == 1, opening=True),
        rows.where(lambda reference: times[reference] > 1 and reference in opening),
    )


def beginnings(
    uow: UnitOfWork, batch: ImportBatch, clocks: Clocks, children: Children
) -> Beginnings:
    """What the lists tell of children and what follows from it, under the register's names."""
    said: dict[str, list[Any]] = {name: [] for name in ("reference", *rules.CASE_FACTS)}
    telling: list[Telling] = []
    tellings = Once(_tellings)
    for portion in children.single.portions(_AT_ONCE):
        _add_single(said, telling, tellings, portion)
    several: dict[str, list[_Row]] = {}
    for row in zip(*children.several, strict=True):
        several.setdefault(row[0], []).append(row)
    for reference, rows in several.items():
        _add_several(said, telling, reference, rows)
    listed_on = batch.listed_on
    referred = [day or listed_on for day in said["referred_on"]]
    kinds = each(said["assessment_type"], clocks.kind) if referred else []
    runs = [
        clocks.started(kind, referred_on=day, received_on=listed_on)
        for kind, day in zip(kinds, referred, strict=True)
    ]
    order = register.triage_order(uow, batch.contract_id)

    def rank(told: tuple[Any, ...]) -> int:
        return triage_rank(order, Waiting(**dict(zip(_RANKED, told, strict=True))))

    ranks = Once(rank)
    waiting = zip(referred, said["age_band"], said["child_protection"], strict=True)
    facts: dict[str, Sequence[Any]] = {
        **said,
        "referred_on": referred,
        "assessment_type": kinds,
        "triage_rank": [ranks[one] for one in waiting],
        "clock_started_on": [started for started, _ in runs],
        "due_on": [due for _, due in runs],
    }
    first = sorted(range(len(referred)), key=_by_due(facts).__getitem__)
    return Beginnings(
        {name: list(map(values.__getitem__, first)) for name, values in facts.items()},
        list(map(telling.__getitem__, first)),
    )


def _by_due(facts: Mapping[str, Sequence[Any]]) -> list[tuple[date, int]]:
    days = zip(facts["due_on"], facts["triage_rank"], strict=True)
    return [(due or date.max, rank) for due, rank in days]


def _add_single(
    said: Mapping[str, list[Any]],
    telling: list[Telling],
    tellings: Mapping[tuple[str, ...], Mapping[tuple[Any, ...], Telling]],
    rows: Rows,
) -> None:
    facts: list[Facts] = json.loads(f"[{','.join(rows.facts)}]")
    names = sorted(set(chain.from_iterable(facts)) - _NOT_ASKED)
    told = {name: [one.get(name) for one in facts] for name in names}
    said["reference"].extend(rows.references)
    for name, values in _case_columns(told, len(facts)).items():
        said[name].extend(values)
    checked = tuple([name for name in names if name not in NOT_CHECKED])
    looked_at = zip(rows.layouts, *(told[name] for name in checked), strict=True)
    telling.extend(map(tellings[checked].__getitem__, looked_at))


def _tellings(names: tuple[str, ...]) -> Once[tuple[Any, ...], Telling]:
    """What a row of one layout tells that has these names."""
    return Once(lambda row: Telling(((Layout(row[0]), _telling(names, row[1:])),)))


def _case_columns(told: Mapping[str, Sequence[str | None]], rows: int) -> dict[str, list[Any]]:
    """What rows of a child each say of their cases, whose facts are given column by column.

    Where a row says nothing stands what a case holds then.
    """
    said: dict[str, list[Any]] = {
        name: [nothing] * rows for name, nothing in rules.CASE_FACTS.items()
    }
    for field, name in rules.NAMED:
        if field in told:
            pairs = zip(told[field], said[name], strict=True)
            said[name] = [held if fact is None else fact for fact, held in pairs]
    names = [name for name in _DECIDING if name in told]

    def decide(row: tuple[str | None, ...]) -> tuple[Any, ...]:
        facts = {name: fact for name, fact in zip(names, row, strict=True) if fact is not None}
        case = {**rules.CASE_FACTS, **rules.case_facts(facts)}
        return tuple([case[name] for name in _DECIDED])

    decided = Once(decide)
    if names and rows:
        made = [decided[row] for row in zip(*(told[name] for name in names), strict=True)]
        said.update(zip(_DECIDED, map(list, zip(*made, strict=True)), strict=True))
    return said


def _add_several(
    said: Mapping[str, list[Any]], telling: list[Telling], reference: str, rows: Sequence[_Row]
) -> None:
    facts: list[Facts] = [json.loads(text) for *_, text in rows]
    case = rules.merged([(row[2], told) for row, told in zip(rows, facts, strict=True)])
    said["reference"].append(reference)
    for name, nothing in rules.CASE_FACTS.items():
        said[name].append(case.get(name, nothing))
    telling.append(
        Telling(
            tuple(
                (Layout(layout), _telling(told, told.values()))
                for (_, layout, *_), told in zip(rows, facts, strict=True)
            )
        )
    )


def _telling(names: Collection[str], facts: Collection[str | None]) -> tuple[tuple[str, str], ...]:
    return tuple(
        [
            (name, fact)
            for name, fact in zip(names, facts, strict=True)
            if fact is not None and name not in NOT_CHECKED
        ]
    )
