"""The table of workloads: how many cases of one kind a practitioner holds and helps with."""

from typing import ClassVar

from sqlmodel import Field

from app.db.tables import IN_KEY_ORDER, ContractScoped, Row, stored
from app.people.points.rules import Band, Stage


class Workload(ContractScoped, Row, table=True):
    """Open cases of one lot, band and stage with one practitioner, wherever the reader's lots are.

    Points are not kept: they follow from these counts by the points table in force.
    """

    __tablename__ = "workloads"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False

    contract_id: int = Field(foreign_key="contracts.id", primary_key=True, ondelete="RESTRICT")
    practitioner_id: int = Field(
        foreign_key="practitioners.id", primary_key=True, ondelete="RESTRICT"
    )
    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    band: Band = Field(sa_type=stored(Band), primary_key=True)
    stage: Stage = Field(sa_type=stored(Stage), primary_key=True)
    held: int
    co_worked: int
