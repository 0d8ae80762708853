"""The table of proposals and of what the council decided."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from app.access.roles import Organisation
from app.agreements.proposals.rules import Decision, HandBackReply
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned, stored
from app.plans.rules import Route

TAKEN_BACK = "route = 'hand_back' AND decision = 'agreed'"


class Proposal(CaseLinked, Versioned, Row, table=True):
    """The exact words put before the District Manager, and the decision on those words.

    Undecided rows are out while the case stands proposed; one that new words have overtaken stays
    undecided for good.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        # With lot and case, so that those of other lots are passed over without their rows.
        Index(
            "ix_proposals_undecided",
            "proposed_at",
            "id",
            "lot_id",
            "case_id",
            sqlite_where=text("decision IS NULL"),
            postgresql_where=text("decision IS NULL"),
        ),
        Index("ix_proposals_decided", "decided_at"),
        # The few by which the council took a case back, the latest first.
        Index(
            "ix_proposals_taken_back",
            "decided_at",
            "id",
            "lot_id",
            "case_id",
            "plan_id",
            sqlite_where=text(TAKEN_BACK),
            postgresql_where=text(TAKEN_BACK),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: everybody sees whole lots, so it would only mislead a planner.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    plan_id: int = Field(foreign_key="outcome_plans.id", index=True, ondelete="RESTRICT")
    plan_number: int
    route: Route = Field(sa_type=stored(Route))
    text: str = Field(sa_type=Text)
    text_hash: str = Field(max_length=64)
    proposed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    proposed_for: Organisation = Field(sa_type=stored(Organisation))
    proposed_at: datetime = Field(sa_type=Utc)
    decision: Decision | None = Field(default=None, sa_type=stored(Decision))
    # The council's answer to a hand-back that it agreed; `points` may say more.
    reply: HandBackReply | None = Field(default=None, sa_type=stored(HandBackReply))
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    # The District Manager whom the decider stood in for; empty where she decided herself.
    decided_for: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    points: str = Field(default="", sa_type=Text)
    # How often a digest has chased the decision.
    chased: int = 0
    # On how many conditions the council agreed.
    conditions: int = 0
