"""The tables of findings, and of rows of lists that were left out."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.cases.findings.rules import LONGEST_WORDS, Kind
from app.db.tables import LotScoped, Row, Utc, stored


class Finding(LotScoped, Row, table=True):
    """One thing wrong or missing in a case's facts; mended, it goes, accepted, it stays quiet.

    What is found is worked out from the facts, so that only its acceptance is told in the trail.
    """

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        Index(
            "ix_findings_to_mend",
            "lot_id",
            "kind",
            "case_id",
            sqlite_where=text("accepted_at IS NULL"),
            postgresql_where=text("accepted_at IS NULL"),
        ),
    )
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", ondelete="RESTRICT")
    kind: Kind = Field(sa_type=stored(Kind))
    words: str = Field(max_length=LONGEST_WORDS)
    found_on: date
    accepted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    accepted_at: datetime | None = Field(default=None, sa_type=Utc)
    accepted_because: str = Field(default="", max_length=1000)


class LeftOutRow(LotScoped, Row, table=True):
    """A row that was refused when the good ones of its list were imported, until a list mends it.

    Nothing of what the row said is kept, but where it stands and what is wrong.
    """

    __tablename__ = "left_out_rows"
    __table_args__ = (Index("ix_left_out_rows_lot", "lot_id", "superseded_by", "id"),)
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: the one above begins with it.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    import_id: int = Field(foreign_key="import_batches.id", index=True, ondelete="RESTRICT")
    list_name: str = Field(max_length=80)
    listed_on: date
    sheet: str = Field(max_length=200)
    line: int
    column_name: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    # The next import of such a list; undoing that brings the row back.
    superseded_by: int | None = Field(
        default=None, foreign_key="import_batches.id", ondelete="RESTRICT"
    )
