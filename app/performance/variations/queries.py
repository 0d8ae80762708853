"""Reads of what was changed in a contract, and of lots against both their targets."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import and_, select
from sqlmodel import col

from app.access.models import User
from app.contract import queries as contract
from app.contract.models import Lot, Target
from app.contract.rules import TargetTerms
from app.db.registry import load_models
from app.db.tables import InTerm
from app.kernel.days import week_ending
from app.performance.variations.models import TargetVersion, Variation
from app.performance.variations.rules import Past, Standing, planned_today
from app.work.once import read_once
from app.work.uow import UnitOfWork

_TERMS = [one.name for one in fields(TargetTerms)]
_COLUMNS: list[Any] = [getattr(table, name) for table in (Target, TargetVersion) for name in _TERMS]
_FIRST = and_(
    col(TargetVersion.lot_id) == col(Target.lot_id), col(TargetVersion.variation_id).is_(None)
)
_ASKED = select(col(Target.lot_id), *_COLUMNS).outerjoin(TargetVersion, _FIRST)


class Asked(NamedTuple):
    """What is asked of a lot now, and what was at first where that was changed since."""

    now: TargetTerms
    first: TargetTerms | None


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


@read_once
def asked_of_lots(uow: UnitOfWork) -> Mapping[int, Asked]:
    """What is asked of each of the actor's lots that has a target, by lot."""
    known = len(_TERMS)
    return MappingProxyType(
        {
            lot_id: Asked(
                TargetTerms(*terms[:known]),
                None if terms[known] is None else TargetTerms(*terms[known:]),
            )
            for lot_id, *terms in uow.rows(_ASKED).all()
        }
    )


def past_end(uow: UnitOfWork, contract_id: int, ends_on: date) -> list[Past]:
    """What the open lots of a contract have agreed for days after an end, table by table."""
    dated = [model for model in load_models() if hasattr(model, "in_term")]
    return [past for model in dated for past in _past(uow, contract_id, model, ends_on)]


def _past(uow: UnitOfWork, contract_id: int, model: Any, ends_on: date) -> list[Past]:
    kept: InTerm = model.in_term()
    edge = week_ending(ends_on) if kept.weekly else ends_on
    late = col(Lot.contract_id) == contract_id, col(Lot.closed_on).is_(None), kept.last > edge
    found = (
        select(col(Lot.name), kept.first, kept.last)
        .join_from(model, Lot, col(Lot.id) == col(model.lot_id))
        .where(*late, *kept.where)
        .order_by(col(Lot.name), kept.last)
    )
    # Of each lot the last that can be changed, and the last that cannot.
    pages = {
        (lot, kept.page if first < edge else ""): until for lot, first, until in uow.rows(found)
    }
    return [Past(lot, kept.what, until, page) for (lot, page), until in pages.items()]


def standings(uow: UnitOfWork, open_cases: Mapping[int, int]) -> list[Standing]:
    """Each varied lot of those given by their open cases, against both targets."""
    asked, names = asked_of_lots(uow), dict(contract.lot_choices(uow))
    return [
        Standing(
            lot_id,
            names[lot_id],
            number,
            planned_today(one.first, uow.today),
            planned_today(one.now, uow.today),
        )
        for lot_id, number in open_cases.items()
        if (one := asked.get(lot_id)) and one.first
    ]


def terms_of(row: TargetVersion) -> TargetTerms:
    return TargetTerms(row.opening_backlog, row.starts_on, row.ends_on, row.ramp_weeks, row.clause)
