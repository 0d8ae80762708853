"""The table of outcome plans."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, stored
from app.plans.rules import HandBackAdvice, HandBackReason, Outcome


class OutcomePlan(CaseLinked, Row, table=True):
    """One version of a case's plan; it never changes, an edit writes the next."""

    __tablename__ = "outcome_plans"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        # The few plans that hand a case back, for the pattern by the team that sent it.
        Index(
            "ix_outcome_plans_hand_back",
            "lot_id",
            "hand_back_reason",
            sqlite_where=text("hand_back_reason IS NOT NULL"),
            postgresql_where=text("hand_back_reason IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: int
    # Which stretch of work on the case it belongs to: 1, and one more for each time it ended.
    episode: int = 1
    outcome: Outcome = Field(sa_type=stored(Outcome))
    receiving_team_id: int | None = Field(
        default=None, foreign_key="receiving_teams.id", ondelete="RESTRICT"
    )
    target_on: date
    rationale: str = Field(sa_type=Text)
    conditions: str = Field(default="", sa_type=Text)
    hand_back_reason: HandBackReason | None = Field(default=None, sa_type=stored(HandBackReason))
    hand_back_advice: HandBackAdvice | None = Field(default=None, sa_type=stored(HandBackAdvice))
    advice_note: str = Field(default="", max_length=200)
    written_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    written_at: datetime = Field(sa_type=Utc)
    text_hash: str = Field(max_length=64)
