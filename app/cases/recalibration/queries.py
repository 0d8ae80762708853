"""Reads of the estimates, and of the time that assessments took."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.access.models import User
from app.cases.recalibration.models import PointsEstimate
from app.cases.recalibration.rules import Estimate, Took
from app.cases.register.models import Case
from app.cases.register.rules import band_of
from app.people.models import Practitioner
from app.people.points.rules import travel_to
from app.work.uow import UnitOfWork

_MONTHS = 12
_ESTIMATE: tuple[Any, ...] = (
    PointsEstimate.month,
    PointsEstimate.made_at,
    User.name,
    *(getattr(PointsEstimate, one.name) for one in fields(Estimate)),
)
_ESTIMATES = (
    select(*_ESTIMATE)
    .outerjoin(User, col(User.id) == PointsEstimate.made_by)
    .where(
        col(PointsEstimate.contract_id) == bindparam("contract_id"),
        col(PointsEstimate.month) >= bindparam("since"),
    )
    .order_by(col(PointsEstimate.month).desc(), col(PointsEstimate.id))
)
_TOOK_COLUMNS: tuple[Any, ...] = (
    Case.priority,
    Case.open_flags,
    Case.child_protection,
    Case.lot_id,
    Practitioner.home_lot_id,
    Case.allocated_on,
    Case.authorised_on,
)
_TOOK = (
    select(*_TOOK_COLUMNS)
    .join(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .where(
        col(Case.contract_id) == bindparam("contract_id"),
        col(Case.authorised_on) >= bindparam("since"),
        col(Case.allocated_on) <= col(Case.authorised_on),
    )
)


@dataclass(frozen=True)
class Month:
    """One month's estimates, in the order of the points table."""

    month: date
    made_at: datetime
    made_by: str
    lines: tuple[Estimate, ...]


def list_months(uow: UnitOfWork, contract_id: int) -> list[Month]:
    """The estimates of a contract in the last twelve months, the latest first."""
    first = uow.today.replace(day=1)
    rows = uow.rows(_ESTIMATES, contract_id=contract_id, since=first.replace(year=first.year - 1))
    return [
        _month(month, list(found)) for month, found in groupby(rows, key=lambda row: row.month)
    ][:_MONTHS]


def took(uow: UnitOfWork, contract_id: int, since: date) -> list[Took]:
    """How long each assessment took that was authorised since a day, in any lot of the contract.

    Band and travel are those of the case and its worker today. Reads all of them at once, so it
    belongs to an estimate and not to a page.
    """
    with uow.beyond_scope():
        rows = uow.rows(_TOOK, contract_id=contract_id, since=since).all()
    return [
        Took(
            band_of(priority, open_flags=flags, child_protection=protected),
            travel_to(lot_id, home_lot_id),
            (authorised_on - allocated_on).days + 1,
        )
        for priority, flags, protected, lot_id, home_lot_id, allocated_on, authorised_on in rows
    ]


def _month(month: date, rows: Sequence[Any]) -> Month:
    lines = tuple(Estimate(*row[3:]) for row in rows)
    return Month(month, rows[0].made_at, rows[0].name or "the command line", lines)
