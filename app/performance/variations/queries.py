"""Reads of what was changed in a contract, and of lots against both their targets."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.access.models import User
from app.contract import queries as contract
from app.contract.models import Lot, Target
from app.contract.rules import TargetTerms
from app.performance.variations.models import TargetVersion, Variation
from app.performance.variations.rules import Standing, planned_today
from app.work.uow import UnitOfWork

_TERMS = [one.name for one in fields(TargetTerms)]
_COLUMNS: list[Any] = [getattr(table, name) for table in (TargetVersion, Target) for name in _TERMS]
# What lots whose target was varied had begun with, and what is asked of them now.
_VARIED = (
    select(col(TargetVersion.lot_id), *_COLUMNS)
    .join(Target, col(Target.lot_id) == col(TargetVersion.lot_id))
    .where(col(TargetVersion.variation_id).is_(None))
)


@dataclass(frozen=True)
class VariationRow:
    """A variation with who wrote it down, and the lot whose target it changed, if any."""

    variation: Variation
    by: str | None
    lot: str | None
    target: TargetTerms | None


def list_variations(uow: UnitOfWork, contract_id: int) -> list[VariationRow]:
    """Every change of a contract, the last one first."""
    found = uow.session.execute(
        select(Variation, col(User.name), col(Lot.name), TargetVersion)
        .outerjoin(User, col(User.id) == col(Variation.by_user_id))
        .outerjoin(TargetVersion, col(TargetVersion.variation_id) == col(Variation.id))
        .outerjoin(Lot, col(Lot.id) == col(TargetVersion.lot_id))
        .where(col(Variation.contract_id) == contract_id)
        .order_by(col(Variation.number).desc())
    )
    return [
        VariationRow(row, by, lot, terms_of(target) if target else None)
        for row, by, lot, target in found
    ]


def last_number(uow: UnitOfWork, contract_id: int) -> int:
    rows = list_variations(uow, contract_id)
    return rows[0].variation.number if rows else 0


def originals(uow: UnitOfWork) -> dict[int, TargetTerms]:
    """What each of the actor's lots whose target was varied had begun with, by lot."""
    first = select(TargetVersion).where(col(TargetVersion.variation_id).is_(None))
    return {row.lot_id: terms_of(row) for row in uow.session.scalars(first)}


def standings(uow: UnitOfWork, open_cases: Mapping[int, int]) -> list[Standing]:
    """Each varied lot of those given by their open cases, against both targets."""
    found = {lot_id: terms for lot_id, *terms in uow.rows(_VARIED)}
    names = dict(contract.lot_choices(uow))
    return [
        Standing(
            lot_id,
            names[lot_id],
            open_cases[lot_id],
            planned_today(TargetTerms(*terms[: len(_TERMS)]), uow.today),
            planned_today(TargetTerms(*terms[len(_TERMS) :]), uow.today),
        )
        for lot_id, terms in ((one, found[one]) for one in open_cases if one in found)
    ]


def terms_of(row: TargetVersion) -> TargetTerms:
    return TargetTerms(row.opening_backlog, row.starts_on, row.ends_on, row.ramp_weeks, row.clause)
