"""The tables of disagreements and of what was said in them."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from app.access.roles import Organisation
from app.agreements.disagreements.rules import Outcome, Said, Stage
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned, stored


class Disagreement(CaseLinked, Versioned, Row, table=True):
    """One decision that the agency does not share, and how far its settling has come."""

    __tablename__ = "disagreements"
    __table_args__ = (Index("ix_disagreements_stage", "stage", "raised_at"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", unique=True, ondelete="RESTRICT")
    stage: Stage = Field(default=Stage.OPEN, sa_type=stored(Stage))
    raised_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    raised_at: datetime = Field(sa_type=Utc)
    outcome: Outcome | None = Field(default=None, sa_type=stored(Outcome))
    settled_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    settled_at: datetime | None = Field(default=None, sa_type=Utc)


class DisagreementEntry(CaseLinked, Row, table=True):
    """What one person said in a disagreement; it is never changed."""

    __tablename__ = "disagreement_entries"

    id: int | None = Field(default=None, primary_key=True)
    disagreement_id: int = Field(foreign_key="disagreements.id", index=True, ondelete="RESTRICT")
    kind: Said = Field(sa_type=stored(Said))
    text: str = Field(default="", sa_type=Text)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    organisation: Organisation = Field(sa_type=stored(Organisation))
    at: datetime = Field(sa_type=Utc)
