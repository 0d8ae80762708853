"""Tables of service levels and of each version that was drafted and signed."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint, func, select
from sqlmodel import Field, col

from app.db.tables import Agreed, InTerm, Large, LotScoped, Row, Utc, Versioned, stored
from app.performance.measures.rules import Cohort, Measure


class ServiceLevel(LotScoped, Row, table=True):
    """What is agreed of one measure in one lot for a time."""

    __tablename__ = "service_levels"
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    measure: Measure = Field(sa_type=stored(Measure))
    cohort: Cohort = Field(sa_type=stored(Cohort))


class ServiceLevelTerms(LotScoped, Agreed, Versioned, Row, table=True):
    """One version of a service level; it holds from the day on which both sides have signed it.

    Values are hundredths of the measure's unit.
    """

    __tablename__ = "service_level_terms"
    __table_args__ = (UniqueConstraint("service_level_id", "number"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    service_level_id: int = Field(foreign_key="service_levels.id", index=True, ondelete="RESTRICT")
    clause: str = Field(max_length=40)
    starts_on: date
    ends_on: date
    from_value: int
    to_value: int
    tolerance: int
    publishable: bool = False
    critical: bool = False
    credit_pence: int = Field(default=0, sa_type=Large)
    credit_per_mille: int = 0
    charge_pence: int = Field(default=0, sa_type=Large)
    cap_pence: int = Field(default=0, sa_type=Large)
    agency_signed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    agency_signed_at: datetime | None = Field(default=None, sa_type=Utc)
    council_signed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    council_signed_at: datetime | None = Field(default=None, sa_type=Utc)
    # The day on which the second signature came; none while one is missing.
    in_force_from: date | None = None

    @classmethod
    def in_term(cls) -> InTerm:
        newest = select(func.max(col(cls.id))).group_by(col(cls.service_level_id))
        return InTerm(
            "service levels",
            col(cls.starts_on),
            col(cls.ends_on),
            "on the page of service levels",
            where=(col(cls.id).in_(newest.scalar_subquery()),),
        )
