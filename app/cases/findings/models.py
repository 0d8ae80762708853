"""The table of findings."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, text
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
