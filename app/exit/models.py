"""The table of the exit strategy's steps."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Versioned


class ExitStep(ContractScoped, Versioned, Row, table=True):
    """A dated step with an owner on either side; a gate waits for the steps before it."""

    __tablename__ = "exit_steps"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("(done_on IS NULL) = (done_by IS NULL)", name="done_by_somebody"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: int
    title: str = Field(max_length=120)
    gate: bool
    due_on: date
    agency_owner: str = Field(default="", max_length=120)
    council_owner: str = Field(default="", max_length=120)
    done_on: date | None = None
    done_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
