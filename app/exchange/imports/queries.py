"""Reads of imports: the list of them, one with its preview, and its refused rows."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, func, or_, select

from app.access.models import User
from app.cases.register.models import Case
from app.cases.scope.models import Baseline, LedgerPosting
from app.cases.scope.rules import Term
from app.cases.statements.models import ScopeStatement
from app.contract.models import Lot
from app.db.registry import scoped_models
from app.exchange.differences.models import CaseDifference
from app.exchange.imports import rules
from app.exchange.imports.models import (
    BatchChange,
    FoundSheet,
    ImportBatch,
    ImportedRow,
    StagedRow,
)
from app.exchange.imports.rules import Part, Stage, Verdict
from app.exchange.layouts import KEPT, Field, Layout
from app.exchange.layouts.fields import NEEDED
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import NotFound
from app.work.models import TrailDetail, TrailEntry
from app.work.uow import UnitOfWork

SHOWN = 20
LATEST = 30
# A later list that still stands is told by itself, one that was undone is not; a new order of
# triage holds for what is put back too; and whoever only looked built nothing.
_NOT_BUILDING = tuple(
    act.value
    for act in (
        Act.IMPORT_RUN,
        Act.IMPORT_UNDO,
        Act.TRIAGE_ORDER,
        Act.COUNTERS_REBUILD,
        Act.QUALITY_CHECK,
        Act.OWNERSHIP_CHECK,
        Act.DRIFT_LOOK,
        Act.CASE_SEE,
    )
)


@dataclass(frozen=True)
class Batch:
    """One import as its page and the list of imports show it."""

    id: int
    lot_id: int
    lot: str
    file_name: str
    listed_on: date
    lists: str
    stage: Stage
    problem: str
    total: int
    done: int
    rows: int
    new: int
    changed: int
    unchanged: int
    refused: int
    backlog: int
    sent_again: int
    differences: int
    good_rows_only: bool
    kept_as: str
    cases_opened: int
    uploaded_by: str | None
    uploaded_at: datetime
    moved_at: datetime
    confirmed_at: datetime | None
    undone_by: str | None
    undone_at: datetime | None

    def is_under_way(self, now: datetime) -> bool:
        """Whether its page should ask again how far it is."""
        return self.stage in rules.UNDER_WAY and not rules.is_stuck(self.stage, self.moved_at, now)

    @property
    def parts(self) -> list[tuple[Part, int]]:
        """The parts of what is being done, each with the rows or cases that it has to go through.

        Nothing is said of how many where that shows only on the way.
        """
        numbers = {
            Part.OPEN: self.backlog,
            Part.CORRECT: self.changed,
            Part.KEEP: self.new + self.changed,
            Part.WITHDRAW: self.cases_opened,
            Part.FORGET: self.new + self.changed,
        }
        return [(part, numbers.get(part, 0)) for part in rules.PARTS.get(self.stage, ())]


@dataclass(frozen=True)
class SheetView:
    """A sheet of an import's file, with its columns and what they are taken for."""

    id: int
    name: str
    layout: Layout
    headers: Sequence[str]
    rows: int
    dropped: Sequence[str]
    mapping: dict[str, str]
    notices: Sequence[str]

    @property
    def list_name(self) -> str:
        return rules.list_name(self.layout)

    @property
    def wanted(self) -> list[tuple[Field, bool]]:
        """The fields that such a list can hold, each with whether it is needed."""
        return [(field, field in NEEDED[self.layout]) for field in KEPT[self.layout]]


@dataclass(frozen=True)
class RefusedLine:
    """A row that was refused: where it stands and why."""

    sheet: str
    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class SampleRow:
    """A row of the preview."""

    line: int
    sheet: str
    reference: str
    verdict: Verdict
    opens_case: bool
    facts: dict[str, str]
    difference: str


@dataclass(frozen=True)
class Obstacles:
    """Why an import cannot be undone, in sentences, and the cases that were worked on since."""

    sentences: Sequence[str]
    cases: Sequence[str]


@dataclass(frozen=True)
class Effect:
    """How much undoing an import would take out and put back."""

    cases: int
    changed: int
    rows: int
    differences: int


def list_batches(uow: UnitOfWork) -> list[Batch]:
    """The latest imports of the actor's lots, newest first."""
    found = uow.session.execute(_batches().order_by(col(ImportBatch.id).desc()).limit(LATEST))
    return [Batch(*row) for row in found]


def find_batch(uow: UnitOfWork, batch_id: int) -> Batch:
    """One import; NotFound when it is absent or not the actor's."""
    found = uow.session.execute(_batches().where(ImportBatch.id == batch_id)).first()
    if found is None:
        raise NotFound
    return Batch(*found)


def in_the_way(uow: UnitOfWork, batch_id: int) -> Obstacles:
    """What was built on an import, so that it cannot be undone; nothing if it can."""
    batch = uow.get(ImportBatch, batch_id)
    sentences = []
    later = uow.session.scalar(
        select(ImportBatch.file_name)
        .where(
            ImportBatch.lot_id == batch.lot_id,
            col(ImportBatch.stage).in_(rules.IMPORTED),
            col(ImportBatch.id) > batch_id,
        )
        .order_by(col(ImportBatch.id).desc())
    )
    if later is not None:
        sentences.append(f"{later} was imported into this lot after it. Undo that first.")
    sentences += _counted_elsewhere(uow, batch)
    cases = _moved_on(uow, batch)
    if cases:
        one = len(cases) == 1
        sentences.append(
            f"{len(cases):,} {'case has' if one else 'cases have'} been worked on since: "
            f"{', '.join(cases[:SHOWN])}{' and more' if len(cases) > SHOWN else ''}."
        )
    return Obstacles(sentences, cases)


def effect(uow: UnitOfWork, batch_id: int) -> Effect:
    """What undoing an import would do."""
    batch = uow.get(ImportBatch, batch_id)
    changed = select(func.count(func.distinct(BatchChange.row_id))).where(
        BatchChange.batch_id == batch_id, BatchChange.table == "cases"
    )
    rows = select(func.count()).where(ImportedRow.batch_id == batch_id)
    waiting = select(func.count()).where(CaseDifference.batch_id == batch_id)
    return Effect(
        batch.cases_opened,
        *(int(uow.session.scalar(one) or 0) for one in (changed, rows, waiting)),
    )


def _counted_elsewhere(uow: UnitOfWork, batch: ImportBatch) -> Iterator[str]:
    """Figures that both sides rely on and that counted the cases of this import."""
    posted = uow.session.execute(
        select(col(LedgerPosting.id), col(LedgerPosting.term), col(LedgerPosting.effective_on))
        .where(LedgerPosting.case_id == batch.first_case_id)
        .order_by(col(LedgerPosting.id))
    ).first()
    if posted is None:
        return
    frozen = select(col(Baseline.frozen_on)).where(Baseline.lot_id == batch.lot_id)
    if posted.term is Term.OPENING and (on := uow.session.scalar(frozen)):
        yield f"The lot’s opening list was frozen with it on {show_date(on)}."
    week = uow.session.scalar(
        select(col(ScopeStatement.week_ending))
        .where(
            ScopeStatement.lot_id == batch.lot_id,
            ScopeStatement.known_to >= posted.id,
            col(ScopeStatement.week_ending) >= posted.effective_on,
        )
        .order_by(col(ScopeStatement.week_ending))
    )
    if week is not None:
        yield f"The statement of scope for the week to {show_date(week)} counts it."


def _moved_on(uow: UnitOfWork, batch: ImportBatch) -> list[str]:
    """References of the cases it opened or changed in which the trail tells of something since.

    Those with a difference of its list that somebody settled are among them.
    """
    came = select(func.max(TrailEntry.seq)).where(
        TrailEntry.subject == "import_batches",
        TrailEntry.subject_id == batch.id,
        TrailEntry.act == Act.IMPORT_RUN.value,
    )
    since = (
        col(TrailEntry.seq) > (uow.session.scalar(came) or 0),
        col(TrailEntry.act).not_in(_NOT_BUILDING),
    )
    first = batch.first_case_id or 0
    changed = select(BatchChange.row_id).where(
        BatchChange.batch_id == batch.id, BatchChange.table == "cases"
    )
    settled = select(CaseDifference.case_id).where(
        CaseDifference.batch_id == batch.id, col(CaseDifference.settled_by).is_not(None)
    )
    singly = select(TrailEntry.case_id).where(
        *since, TrailEntry.subject != "views", col(TrailEntry.case_id).is_not(None)
    )
    found = uow.session.scalars(
        select(Case.reference)
        .where(
            or_(
                col(Case.id).between(first, first + batch.cases_opened - 1),
                col(Case.id).in_(changed),
                col(Case.id).in_(settled),
            ),
            or_(col(Case.id).in_(singly), *_changed_in_bulk(uow, since)),
        )
        .order_by(Case.reference)
    )
    return list(found)


def _changed_in_bulk(uow: UnitOfWork, since: Sequence[Any]) -> Iterator[Any]:
    """Whether rows of a case were among many that one entry of the trail tells of together."""
    together = (*since, col(TrailEntry.rows) > 1, col(TrailEntry.case_id).is_(None))
    subjects = set(uow.session.scalars(select(TrailEntry.subject).where(*together).distinct()))
    for model in scoped_models():
        case_id = Case.id if model is Case else getattr(model, "case_id", None)
        if case_id is None or not model.in_trail or model.__tablename__ not in subjects:
            continue
        rows = (
            select(TrailDetail.subject_id)
            .join(TrailEntry, col(TrailEntry.seq) == col(TrailDetail.seq))
            .where(*together, TrailEntry.subject == model.__tablename__)
        )
        row_id = model.id  # type: ignore[attr-defined]
        yield col(Case.id).in_(select(case_id).where(col(row_id).in_(rows)))


def list_sheets(uow: UnitOfWork, batch_id: int) -> list[SheetView]:
    """What is kept of the sheets of an import's file, for a day."""
    found = uow.session.exec(
        select(FoundSheet).where(FoundSheet.batch_id == batch_id).order_by(col(FoundSheet.id))
    )
    return [
        SheetView(
            id=sheet.id or 0,
            name=sheet.name,
            layout=sheet.layout,
            headers=json.loads(sheet.headers),
            rows=sheet.rows,
            dropped=json.loads(sheet.dropped),
            mapping=json.loads(sheet.mapping),
            notices=json.loads(sheet.notices),
        )
        for sheet in found
    ]


def list_refused(uow: UnitOfWork, batch_id: int, most: int | None = None) -> Iterator[RefusedLine]:
    """The refused rows of an import in the order of its file."""
    found = uow.session.execute(
        select(StagedRow.sheet, StagedRow.line, StagedRow.column_name, StagedRow.reason)
        .where(StagedRow.batch_id == batch_id, StagedRow.verdict == Verdict.REFUSED)
        .order_by(col(StagedRow.sheet), col(StagedRow.line))
        .limit(most)
    )
    return (RefusedLine(*row) for row in found)


def list_sample(uow: UnitOfWork, batch_id: int, verdict: Verdict | None = None) -> list[SampleRow]:
    """The first rows of a verdict, or the first that differ from the register."""
    wanted = (
        StagedRow.verdict == verdict if verdict is not None else col(StagedRow.difference) != ""
    )
    found = uow.session.exec(
        select(StagedRow)
        .where(StagedRow.batch_id == batch_id, wanted)
        .order_by(col(StagedRow.id))
        .limit(SHOWN)
    )
    return [
        SampleRow(
            line=row.line,
            sheet=row.sheet,
            reference=row.reference,
            verdict=row.verdict,
            opens_case=row.opens_case,
            facts={name: rules.shown(name, said) for name, said in json.loads(row.facts).items()},
            difference=row.difference,
        )
        for row in found
    ]


def _batches() -> Any:
    undoer = aliased(User)
    named = {"lot": Lot.name, "uploaded_by": User.name, "undone_by": undoer.name}
    columns: list[Any] = [
        named.get(one.name, getattr(ImportBatch, one.name, None)) for one in fields(Batch)
    ]
    return (
        select(*columns)
        .select_from(ImportBatch)
        .join(Lot, col(Lot.id) == ImportBatch.lot_id)
        .outerjoin(User, col(User.id) == ImportBatch.uploaded_by)
        .outerjoin(undoer, col(undoer.id) == ImportBatch.undone_by)
    )
