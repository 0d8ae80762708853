"""What the case of a child begins with, worked out once for all whose rows say the same."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, repeat
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import String, type_coerce
from sqlmodel import col, select

from app.cases.register import service as register
from app.cases.register.rules import Waiting, triage_rank
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, StagedRow
from app.exchange.imports.rules import Row, Verdict
from app.exchange.imports.service.clocks import Clocks
from app.exchange.layouts import Layout
from app.kernel.clock import AssessmentType
from app.work.uow import UnitOfWork

# A row of a child as it is staged: the list, whether it is open, and what it says.
Told: TypeAlias = tuple[str, bool, str]


class Facts(NamedTuple):
    """What a list tells of a new case; the names are the columns'."""

    family_key: str | None
    triage_rank: int
    assessment_type: AssessmentType
    referred_on: date
    clock_started_on: date | None
    due_on: date | None
    age_band: str
    child_protection: bool
    primary_need: str
    source_team: str
    council_worker_named: bool


class Beginning(NamedTuple):
    """How the cases begin of children whose rows differ in the reference alone, and of which."""

    facts: Facts
    rows: Sequence[Row]
    references: list[str]


class Beginnings:
    """The beginnings of one list."""

    def __init__(self, uow: UnitOfWork, batch: ImportBatch, clocks: Clocks) -> None:
        self._listed_on = batch.listed_on
        self._clocks = clocks
        self._order = register.triage_order(uow, batch.contract_id)
        self._known: dict[tuple[Told, ...], Beginning] = {}
        self._ranks: dict[tuple[date, str, bool], int] = {}

    def add(self, reference: str, rows: tuple[Told, ...]) -> None:
        """A child who is to have a case."""
        named = f'"reference":"{reference}"'
        alike = tuple([(layout, opens, text.replace(named, "", 1)) for layout, opens, text in rows])
        known = self._known.get(alike)
        if known is None:
            known = self._known[alike] = self._begin(rows)
        known.references.append(reference)

    def in_order(self) -> list[Beginning]:
        """Those first that are due first: what comes in order costs a database least."""
        return sorted(self._known.values(), key=_due)

    def _begin(self, rows: Sequence[Told]) -> Beginning:
        read = [(layout, opens, json.loads(text)) for layout, opens, text in rows]
        said = rules.merged([(opens, facts) for _, opens, facts in read])
        referred = said.get("referred_on", self._listed_on)
        kind = self._clocks.kind(said.get("assessment_type"))
        started, due = self._clocks.started(kind, referred_on=referred, received_on=self._listed_on)
        band, protected = said.get("age_band", ""), said.get("child_protection", False)
        facts = Facts(
            family_key=said.get("family_key"),
            triage_rank=self._rank(referred, band, protected=protected),
            assessment_type=kind,
            referred_on=referred,
            clock_started_on=started,
            due_on=due,
            age_band=band,
            child_protection=protected,
            primary_need=said.get("primary_need", ""),
            source_team=said.get("source_team", ""),
            council_worker_named=said.get("council_worker_named", False),
        )
        return Beginning(facts, [(Layout(layout), told) for layout, _, told in read], [])

    def _rank(self, referred_on: date, band: str, *, protected: bool) -> int:
        like = referred_on, band, protected
        if like not in self._ranks:
            waiting = Waiting(referred_on=referred_on, age_band=band, child_protection=protected)
            self._ranks[like] = triage_rank(self._order, waiting)
        return self._ranks[like]


def _due(begins: Beginning) -> tuple[date, int]:
    return begins.facts.due_on or date.max, begins.facts.triage_rank


def children_of(
    uow: UnitOfWork, batch: ImportBatch, known: Collection[str]
) -> Iterator[tuple[str, tuple[Told, ...]]]:
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
    told: dict[str, tuple[Told, ...]] = {}
    for reference, layout, opens, text in found:
        row = layout, opens, text
        told[reference] = (*told[reference], row) if reference in told else (row,)
    for reference, rows in told.items():
        if reference not in known and any(opens for _, opens, _ in rows):
            yield reference, rows


def columns_of(beginnings: Sequence[Beginning]) -> Mapping[str, Sequence[Any]]:
    """What the lists tell of the cases, column by column."""
    references = list(chain.from_iterable(begins.references for begins in beginnings))
    times = [len(begins.references) for begins in beginnings]
    told = zip(*(begins.facts for begins in beginnings), strict=True)
    columns = (list(chain.from_iterable(map(repeat, values, times))) for values in told)
    return {"reference": references, **dict(zip(Facts._fields, columns, strict=False))}
