"""Reads of the points table: the one in force, the draft, and those before."""

from sqlmodel import col, select

from app.people.points.models import PointsVersion
from app.people.points.rules import STANDARD, PointsTable, figures
from app.work.uow import UnitOfWork


def points_table(uow: UnitOfWork, contract_id: int) -> PointsTable:
    """The last agreed version of a contract; the standard one where none is agreed yet."""
    found = uow.session.exec(
        select(PointsVersion)
        .where(PointsVersion.contract_id == contract_id, col(PointsVersion.agreed_at).is_not(None))
        .order_by(col(PointsVersion.number).desc())
        .limit(1)
    ).first()
    return table_of(found) if found else STANDARD


def table_of(version: PointsVersion) -> PointsTable:
    """A stored version as its rules take it."""
    return PointsTable(
        **{name: getattr(version, name) for name in figures(STANDARD)}, number=version.number
    )
