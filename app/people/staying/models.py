"""The table of who would stay with the council."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Versioned, stored
from app.people.staying.rules import Intent


class Transition(ContractScoped, Versioned, Row, table=True):
    """A worker's wish to stay; the council is told of it only with their consent."""

    __tablename__ = "transitions"
    __table_args__ = (UniqueConstraint("practitioner_id"),)

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    intent: Intent = Field(sa_type=stored(Intent))
    consent_on: date | None = None
    post: str = Field(default="", max_length=120)
    starts_on: date | None = None
