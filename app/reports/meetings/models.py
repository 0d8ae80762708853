"""Tables of the meetings of a contract, of what was talked about and of who is to do what."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Index, Text, UniqueConstraint, or_, text
from sqlmodel import Field, col

from app.db.tables import ContractScoped, Row, Utc, Versioned, Viewer, stored
from app.reports.commentary.rules import Topic
from app.reports.meetings.rules import Kind, Outcome


class ContractMeeting(ContractScoped, Versioned, Row, table=True):
    """A meeting of both sides; once issued its minutes stand as they were frozen."""

    __tablename__ = "contract_meetings"
    __table_args__ = (Index("ix_contract_meetings_held", "held_on", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = Field(sa_type=stored(Kind))
    # The lot that a weekly meeting is of; the others are of the whole contract.
    of_lot_id: int | None = Field(default=None, foreign_key="lots.id", ondelete="RESTRICT")
    held_on: date
    present: str = Field(default="", max_length=200)
    planned_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    planned_at: datetime = Field(sa_type=Utc)
    # When its agenda was last made from the figures.
    as_at: datetime = Field(sa_type=Utc)
    issued_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    issued_at: datetime | None = Field(default=None, sa_type=Utc)
    # The minutes as they were issued, in JSON, and their fingerprint.
    minutes: str = Field(default="", sa_type=Text)
    minutes_hash: str = Field(default="", max_length=64)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        of_lot = or_(col(cls.of_lot_id).is_(None), col(cls.of_lot_id).in_(viewer.lot_ids))
        return super().visible_to(viewer) & of_lot


class MeetingItem(ContractScoped, Versioned, Row, table=True):
    """One item of an agenda with what came of it; without a topic somebody brought it along."""

    __tablename__ = "meeting_items"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="contract_meetings.id", ondelete="RESTRICT")
    position: int
    topic: Topic | None = Field(default=None, sa_type=stored(Topic))
    text: str = Field(sa_type=Text)
    link: str = Field(default="", max_length=200)
    outcome: Outcome | None = Field(default=None, sa_type=stored(Outcome))
    note: str = Field(default="", sa_type=Text)
    written_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    written_at: datetime | None = Field(default=None, sa_type=Utc)


class MeetingAction(ContractScoped, Versioned, Row, table=True):
    """What a meeting gave somebody of either side to do.

    One about a case stands with the case: its owner, its day and its end are there.
    """

    __tablename__ = "meeting_actions"
    __table_args__ = (
        Index(
            "ix_meeting_actions_open",
            "due_on",
            "id",
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="meeting_items.id", index=True, ondelete="RESTRICT")
    what: str = Field(max_length=200)
    owner_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    due_on: date
    case_action_id: int | None = Field(
        default=None, foreign_key="case_actions.id", ondelete="RESTRICT"
    )
    set_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    set_at: datetime = Field(sa_type=Utc)
    ended_on: date | None = None
    ended_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    how: str = Field(default="", max_length=200)
