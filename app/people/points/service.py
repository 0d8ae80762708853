"""Drafts a points table for the agency and agrees it for the council."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.people.points.models import PointsVersion
from app.people.points.queries import draft_of, points_table, table_of, who_agrees
from app.people.points.rules import PointsTable, check_table, differences, figures, shown
from app.work.uow import UnitOfWork


def draft(
    uow: UnitOfWork, contract_id: int, table: PointsTable, reason: str, *, version: int
) -> None:
    """Write the next version of a contract's points table, or change the one being drafted.

    `version` is that of the draft the form began from, 0 where there was none. Raises Invalid for
    figures that cannot be meant, and for a draft that differs in none from the table in force.
    """
    with uow.command(Act.POINTS_DRAFT):
        contract.find_contract(uow, contract_id)
        check_table(table)
        if not differences(points_table(uow, contract_id), table):
            raise Invalid("standard", "This is the table in force: change a figure.")
        kept = draft_of(uow, contract_id)
        written: dict[str, Any] = {
            **figures(table),
            "reason": reason,
            "drafted_by": uow.actor.user_id,
            "drafted_at": uow.now,
        }
        if kept is None:
            number = _last(uow, contract_id) + 1
            uow.add(PointsVersion(contract_id=contract_id, number=number, **written))
            for user_id in who_agrees(uow, contract_id):
                uow.mail(user_id, "A points table waits for your agreement", "/people/points")
            return
        uow.expect(kept, version, shown(table_of(kept)))
        for name, value in written.items():
            setattr(kept, name, value)


def agree(uow: UnitOfWork, contract_id: int, *, version: int) -> None:
    """The council agrees the draft as it was read; it holds from this moment."""
    with uow.command(Act.POINTS_AGREE):
        contract.find_contract(uow, contract_id)
        kept = draft_of(uow, contract_id)
        if kept is None:
            raise Refused("There is no draft to agree.")
        uow.expect(kept, version, shown(table_of(kept)))
        kept.agreed_by, kept.agreed_at = uow.actor.user_id, uow.now


def _last(uow: UnitOfWork, contract_id: int) -> int:
    numbers = select(func.max(col(PointsVersion.number)))
    return uow.session.exec(numbers.where(PointsVersion.contract_id == contract_id)).one() or 0
