"""The table of what each lot's weeks bought."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from app.db.tables import IN_KEY_ORDER, LotScoped, Row, stored
from app.people.points.rules import Band


class WeekBought(LotScoped, Row, table=True):
    """Assessments authorised and cases cleared in a lot's week, by band; a derived count."""

    __tablename__ = "weeks_bought"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    week_ending: date = Field(primary_key=True)
    band: Band = Field(sa_type=stored(Band), primary_key=True)
    assessed: int
    # Less those that were reopened in the week.
    cleared: int
