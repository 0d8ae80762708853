"""Tables of workers' checks and of the contract's induction."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Versioned


class Checks(ContractScoped, Versioned, Row, table=True):
    """What is recorded of one worker; empty is unknown. No document and no result is kept."""

    __tablename__ = "practitioner_checks"
    __table_args__ = (UniqueConstraint("practitioner_id"),)

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    registration_number: str = Field(default="", max_length=20)
    dbs_on: date | None = None
    dbs_update_service: bool = False
    references: int = 0
    qualified_on: date | None = None
    experience_exception: str = Field(default="", max_length=200)
    right_to_work_on: date | None = None
    right_to_work_expires_on: date | None = None
    approved_on: date | None = None


class InductionStep(ContractScoped, Row, table=True):
    """One step of the induction that a contract asks of every worker."""

    __tablename__ = "induction_steps"
    __table_args__ = (UniqueConstraint("contract_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    position: int
    # A step no longer asked for keeps what was done of it.
    asked: bool = True


class InductionDone(ContractScoped, Row, table=True):
    """A worker has done a step of the induction."""

    __tablename__ = "inductions_done"
    __table_args__ = (UniqueConstraint("practitioner_id", "step_id"),)

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    step_id: int = Field(foreign_key="induction_steps.id", index=True, ondelete="RESTRICT")
    done_on: date
