"""Tables of imports: the batch, what was read of it for a day, and what the council last said."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, Index, Text, UniqueConstraint, false, text
from sqlmodel import Field, col

from app.db.tables import ContractScoped, LotScoped, Row, Utc, Viewer, stored
from app.exchange.imports.rules import Stage, Verdict
from app.exchange.layouts import Layout


class ImportBatch(LotScoped, Row, table=True):
    """One file that somebody sent for a lot, and how far it came."""

    __tablename__ = "import_batches"
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="contracts.id", index=True, ondelete="RESTRICT")
    file_name: str = Field(max_length=120)
    # The name of a temporary file: what was sent until it is read, then how far importing or
    # undoing it has come; empty in between.
    kept_as: str = Field(default="", max_length=80)
    sha256: str = Field(max_length=64, index=True)
    size: int
    listed_on: date
    only: Layout | None = Field(default=None, sa_type=stored(Layout))
    lists: str = Field(default="", max_length=120)
    stage: Stage = Field(sa_type=stored(Stage))
    problem: str = Field(default="", max_length=500)
    total: int = 0
    done: int = 0
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    backlog: int = 0
    sent_again: int = 0
    differences: int = 0
    good_rows_only: bool = False
    # Whether it tells of any child's district.
    districts: bool = False
    # How many lists of the contract were imported before this one was compared with them.
    imports_before: int = 0
    uploaded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    uploaded_at: datetime = Field(sa_type=Utc)
    moved_at: datetime = Field(sa_type=Utc)
    confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    # The cases that it opened have the ids from the first on, one after another.
    first_case_id: int | None = None
    cases_opened: int = 0
    undone_at: datetime | None = Field(default=None, sa_type=Utc)
    undone_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class FoundSheet(LotScoped, Row, table=True):
    """What a batch's file holds: the columns of a sheet, which are dropped, what to note."""

    __tablename__ = "found_sheets"
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batches.id", index=True, ondelete="RESTRICT")
    name: str = Field(max_length=200)
    layout: Layout = Field(sa_type=stored(Layout))
    # Lists and mappings as JSON: headers as written, and fields by their header.
    headers: str = Field(sa_type=Text)
    # Those below the headers that hold something.
    rows: int = 0
    dropped: str = Field(default="[]", sa_type=Text)
    mapping: str = Field(default="{}", sa_type=Text)
    notices: str = Field(default="[]", sa_type=Text)
    chosen: bool = False


class StagedRow(LotScoped, Row, table=True):
    """One row of a list as it was read, kept for a day: only the columns that are wanted."""

    __tablename__ = "staged_rows"
    __table_args__ = (Index("ix_staged_rows_batch", "batch_id", "verdict"),)
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: rows are always those of one batch.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    batch_id: int = Field(foreign_key="import_batches.id", ondelete="RESTRICT")
    sheet: str = Field(max_length=200)
    line: int
    layout: Layout = Field(sa_type=stored(Layout))
    verdict: Verdict = Field(sa_type=stored(Verdict))
    key: str = Field(default="", max_length=80)
    reference: str = Field(default="", max_length=40)
    opens_case: bool = False
    sent_again: bool = False
    facts: str = Field(default="", sa_type=Text)
    column_name: str = Field(default="", sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    difference: str = Field(default="", max_length=200)


class SavedMapping(ContractScoped, Row, table=True):
    """Which column held what in a list of these headers, as a person said once."""

    __tablename__ = "saved_mappings"
    __table_args__ = (UniqueConstraint("contract_id", "headers_digest"),)

    id: int | None = Field(default=None, primary_key=True)
    headers_digest: str = Field(max_length=64)
    layout: Layout = Field(sa_type=stored(Layout))
    mapping: str = Field(sa_type=Text)
    made_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    made_at: datetime = Field(sa_type=Utc)


class ImportedRow(LotScoped, Row, table=True):
    """What the council's list last said under one key: the child's history beside the case."""

    __tablename__ = "imported_rows"
    # The trail keeps the digest of the file they come from, and each change of them.
    in_trail: ClassVar[bool] = False
    __table_args__ = (
        UniqueConstraint("contract_id", "key"),
        # The children without a case, who may yet get one.
        Index(
            "ix_imported_rows_reference",
            "reference",
            sqlite_where=text("case_id IS NULL"),
            postgresql_where=text("case_id IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: a row is looked for by its key, its batch or its case.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    contract_id: int = Field(foreign_key="contracts.id", ondelete="RESTRICT")
    batch_id: int = Field(foreign_key="import_batches.id", index=True, ondelete="RESTRICT")
    case_id: int | None = Field(
        default=None, foreign_key="cases.id", index=True, ondelete="RESTRICT"
    )
    key: str = Field(max_length=80)
    reference: str = Field(max_length=40)
    layout: Layout = Field(sa_type=stored(Layout))
    facts: str = Field(sa_type=Text)
    listed_on: date

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Nobody's own case: a practitioner sees none of it."""
        return false() if viewer.own_cases_only else col(cls.lot_id).in_(viewer.lot_ids)


class BatchChange(LotScoped, Row, table=True):
    """What a row that was there before held until a batch changed it, so that it can be undone."""

    __tablename__ = "batch_changes"
    # The trail tells the change itself.
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: changes are always those of one batch.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    batch_id: int = Field(foreign_key="import_batches.id", index=True, ondelete="RESTRICT")
    table: str = Field(max_length=40)
    row_id: int
    # The values by column as JSON.
    held: str = Field(sa_type=Text)
