"""Tables of the exit strategy's steps and of who agreed its gates."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.access.roles import Organisation
from app.db.tables import ContractScoped, Row, Utc, Versioned, stored
from app.exit.steps.rules import Workstream


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
    workstream: Workstream = Field(default=Workstream.GOVERNANCE, sa_type=stored(Workstream))
    gate: bool
    due_on: date
    agency_owner: str = Field(default="", max_length=120)
    council_owner: str = Field(default="", max_length=120)
    done_on: date | None = None
    done_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class GateSignature(ContractScoped, Row, table=True):
    """One side's agreement to the exact words of a gate; with both the gate is passed."""

    __tablename__ = "gate_signatures"
    __table_args__ = (UniqueConstraint("step_id", "organisation"),)

    id: int | None = Field(default=None, primary_key=True)
    step_id: int = Field(foreign_key="exit_steps.id", ondelete="RESTRICT")
    organisation: Organisation = Field(sa_type=stored(Organisation))
    words_hash: str = Field(max_length=64)
    signed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    signed_at: datetime = Field(sa_type=Utc)
