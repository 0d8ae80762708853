"""Tables of how long data is kept, of each return of it, and of its erasure."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Utc, Versioned


class DataTerms(ContractScoped, Versioned, Row, table=True):
    """How long the council keeps a contract's data here after its end, and whether it is held."""

    __tablename__ = "data_terms"
    __table_args__ = (UniqueConstraint("contract_id"),)

    id: int | None = Field(default=None, primary_key=True)
    keep_months: int
    legal_hold: bool = False
    hold_reason: str = Field(default="", max_length=200)
    set_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    set_at: datetime = Field(sa_type=Utc)


class DataReturn(ContractScoped, Row, table=True):
    """One full export of a contract's data: its manifest, and who received it for the council."""

    __tablename__ = "data_returns"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint(
            "(received_at IS NULL) = (received_by IS NULL)", name="received_by_somebody"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: int
    rows: int
    manifest: str = Field(sa_type=Text)
    manifest_sha256: str = Field(max_length=64)
    # The last entry of the trail that it holds.
    trail_to: int
    written_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    written_at: datetime = Field(sa_type=Utc)
    received_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    received_at: datetime | None = Field(default=None, sa_type=Utc)


class Erasure(ContractScoped, Row, table=True):
    """An erasure that the council asks for and the agency agrees to, and its certificate."""

    __tablename__ = "erasures"

    id: int | None = Field(default=None, primary_key=True)
    return_id: int = Field(foreign_key="data_returns.id", ondelete="RESTRICT")
    asked_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    asked_at: datetime = Field(sa_type=Utc)
    agreed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    agreed_at: datetime | None = Field(default=None, sa_type=Utc)
    withdrawn_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Utc)
    carried_out_at: datetime | None = Field(default=None, sa_type=Utc)
    # What was erased and kept, by whom and on whose word, as JSON; empty until it is done.
    certificate: str = Field(default="", sa_type=Text)
    certificate_sha256: str = Field(default="", max_length=64)
