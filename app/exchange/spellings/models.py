"""The table of spellings that our own table does not know."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field as Column

from app.db.tables import ContractScoped, Row, Utc, stored
from app.exchange.cells import LONGEST_SPELLING
from app.exchange.layouts import Field


class Spelling(ContractScoped, Row, table=True):
    """One spelling that the lists of a contract hold, with its meaning once somebody said it."""

    __tablename__ = "spellings"
    __table_args__ = (UniqueConstraint("contract_id", "field", "spelling"),)

    id: int | None = Column(default=None, primary_key=True)
    field: Field = Column(sa_type=stored(Field))
    # Folded, as it is compared, and as it was first written.
    spelling: str = Column(max_length=LONGEST_SPELLING)
    written: str = Column(max_length=LONGEST_SPELLING)
    # None while nobody has said it; empty where it says nothing that is kept.
    meaning: str | None = Column(default=None, max_length=40)
    # How many rows of the list that held it last.
    rows: int = 0
    first_met_on: date
    last_met_on: date
    said_by: int | None = Column(default=None, foreign_key="users.id", ondelete="RESTRICT")
    said_at: datetime | None = Column(default=None, sa_type=Utc)
