"""Reads of the points table: the one in force, the draft, and those before."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal_column
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User, UserLot
from app.access.roles import Role
from app.contract import queries as contract
from app.people.points.models import PointsVersion
from app.people.points.rules import STANDARD, Difference, PointsTable, differences, figures
from app.work.once import read_once
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class VersionView:
    """A version with who drafted and agreed it, and what it changed of the one before."""

    table: PointsTable
    version: int
    reason: str
    drafted_by: str
    drafted_at: datetime
    agreed_by: str
    agreed_at: datetime | None
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class ContractPoints:
    """The points of one contract: the table in force, the draft, and all versions agreed."""

    contract_id: int
    contract: str
    table: PointsTable
    draft: VersionView | None
    agreed: tuple[VersionView, ...]


_FIGURES: list[Any] = [getattr(PointsVersion, field.name) for field in fields(PointsTable)]
_IN_FORCE = (
    select(*_FIGURES)
    .where(
        col(PointsVersion.contract_id) == bindparam("contract_id"),
        col(PointsVersion.agreed_at).is_not(None),
    )
    .order_by(col(PointsVersion.number).desc())
    .limit(literal_column("1"))
)


@read_once
def points_table(uow: UnitOfWork, contract_id: int) -> PointsTable:
    """The last agreed version of a contract; the standard one where none is agreed yet."""
    found = uow.rows(_IN_FORCE, contract_id=contract_id).first()
    return PointsTable(*found) if found else STANDARD


def draft_of(uow: UnitOfWork, contract_id: int) -> PointsVersion | None:
    """The version that waits for the council, if there is one."""
    return uow.session.exec(
        select(PointsVersion).where(
            PointsVersion.contract_id == contract_id, col(PointsVersion.agreed_at).is_(None)
        )
    ).first()


def who_agrees(uow: UnitOfWork, contract_id: int) -> Sequence[int]:
    """The council's project managers of a contract, who can sign in."""
    found = uow.session.exec(
        select(User.id)
        .join(UserLot, col(UserLot.user_id) == col(User.id))
        .where(
            UserLot.contract_id == contract_id,
            User.role == Role.COUNCIL_PROJECT_MANAGER,
            col(User.disabled_at).is_(None),
        )
        .distinct()
        .order_by(col(User.id))
    ).all()
    return [user_id for user_id in found if user_id is not None]


def list_points(uow: UnitOfWork) -> list[ContractPoints]:
    """The points tables of the actor's contracts; the latest agreed version first."""
    versions = _versions(uow)
    return [
        _contract_points(one.id or 0, one.name, versions.get(one.id or 0, []))
        for one in contract.list_contracts(uow)
    ]


def _contract_points(contract_id: int, name: str, versions: list[VersionView]) -> ContractPoints:
    agreed = tuple(one for one in reversed(versions) if one.agreed_at)
    draft = next((one for one in versions if one.agreed_at is None), None)
    table = agreed[0].table if agreed else STANDARD
    return ContractPoints(contract_id, name, table, draft, agreed)


def _versions(uow: UnitOfWork) -> dict[int, list[VersionView]]:
    """Every version by contract, the first one first."""
    drafter, agreer = aliased(User), aliased(User)
    found = uow.session.execute(
        select(PointsVersion, drafter.name, agreer.name)
        .outerjoin(drafter, col(drafter.id) == col(PointsVersion.drafted_by))
        .outerjoin(agreer, col(agreer.id) == col(PointsVersion.agreed_by))
        .order_by(col(PointsVersion.contract_id), col(PointsVersion.number))
    )
    by_contract: dict[int, list[VersionView]] = {}
    for row, drafted_by, agreed_by in found:
        before = by_contract.setdefault(row.contract_id, [])
        table = table_of(row)
        changes = differences(before[-1].table if before else STANDARD, table)
        before.append(
            VersionView(
                table,
                row.version,
                row.reason,
                drafted_by or "the command line",
                row.drafted_at,
                agreed_by or "",
                row.agreed_at,
                tuple(changes),
            )
        )
    return by_contract


def table_of(version: PointsVersion) -> PointsTable:
    """A stored version as its rules take it."""
    return PointsTable(
        **{name: getattr(version, name) for name in figures(STANDARD)}, number=version.number
    )
