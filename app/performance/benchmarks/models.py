"""The table of benchmarks."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Versioned, stored
from app.performance.measures.rules import Measure


class Benchmark(ContractScoped, Versioned, Row, table=True):
    """What others reached in a year; `value` is in hundredths of the measure's unit."""

    __tablename__ = "benchmarks"
    __table_args__ = (UniqueConstraint("contract_id", "measure", "of", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    measure: Measure = Field(sa_type=stored(Measure))
    of: str = Field(max_length=80)
    year: int
    value: int
    source: str = Field(max_length=120)
    note: str = Field(default="", max_length=200)
