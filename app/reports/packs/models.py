"""Tables of packs: drafts, what was issued as it was issued, receipts and schedules."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Text, UniqueConstraint, or_
from sqlmodel import Field, col

from app.db.tables import ContractScoped, Row, Utc, Versioned, Viewer, stored
from app.reports.packs.rules import Kind
from app.reports.sections.rules import Audience


class PackSchedule(ContractScoped, Versioned, Row, table=True):
    """On which day a kind of pack is drafted by itself."""

    __tablename__ = "pack_schedules"
    __table_args__ = (UniqueConstraint("contract_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = Field(sa_type=stored(Kind))
    weekday: int | None = None
    month_day: int | None = None
    last_drafted_on: date | None = None


def _seen_in(lot: Any, contract: ColumnElement[bool], viewer: Viewer) -> ColumnElement[bool]:
    """A row about one lot is seen by people of that lot alone."""
    return contract & or_(col(lot).is_(None), col(lot).in_(viewer.lot_ids))


class PackDraft(ContractScoped, Versioned, Row, table=True):
    """A pack that waits for a named person, with what they say in it; its figures are live."""

    __tablename__ = "pack_drafts"

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = Field(sa_type=stored(Kind))
    # A sheet for one lot; the others are about the whole contract.
    of_lot_id: int | None = Field(default=None, foreign_key="lots.id", ondelete="RESTRICT")
    starts_on: date
    ends_on: date
    remarks: str = Field(default="", sa_type=Text)
    decisions: str = Field(default="", sa_type=Text)
    # Nobody where the night made it.
    made_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    made_at: datetime = Field(sa_type=Utc)
    edited_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    edited_at: datetime | None = Field(default=None, sa_type=Utc)
    # The number that it issues again, with what changed.
    again: int | None = None
    issued_at: datetime | None = Field(default=None, sa_type=Utc, index=True)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return _seen_in(cls.of_lot_id, super().visible_to(viewer), viewer)


class _OfLot(ContractScoped):
    """A row about the whole contract, or about one lot of it."""

    of_lot_id: int | None = Field(
        default=None, foreign_key="lots.id", index=True, ondelete="RESTRICT"
    )

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return _seen_in(cls.of_lot_id, super().visible_to(viewer), viewer)


class Pack(_OfLot, Row, table=True):
    """One issue of a pack; a later revision of its number follows it and leaves it as it was."""

    __tablename__ = "packs"
    __table_args__ = (UniqueConstraint("contract_id", "number", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = Field(sa_type=stored(Kind))
    number: int
    revision: int = 1
    starts_on: date
    ends_on: date
    # What changed since the revision before; empty for the first.
    changed: str = Field(default="", max_length=1000)
    as_at: datetime = Field(sa_type=Utc)
    issued_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    issued_at: datetime = Field(sa_type=Utc)


class PackEdition(_OfLot, Row, table=True):
    """What one audience is told by an issue, in its one spelling, with the digest of that."""

    __tablename__ = "pack_editions"
    __table_args__ = (UniqueConstraint("pack_id", "audience"),)
    # The entry tells its digest; the text itself would only repeat what is sealed here.
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    pack_id: int = Field(foreign_key="packs.id", ondelete="RESTRICT")
    audience: Audience = Field(sa_type=stored(Audience))
    content: str = Field(sa_type=Text)
    digest: str = Field(max_length=64)


class PackReceipt(_OfLot, Row, table=True):
    """The council’s word that it received an issue."""

    __tablename__ = "pack_receipts"
    __table_args__ = (UniqueConstraint("pack_id"),)

    id: int | None = Field(default=None, primary_key=True)
    pack_id: int = Field(foreign_key="packs.id", ondelete="RESTRICT")
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
