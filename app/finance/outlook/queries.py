"""Reads of outlooks as they were worked out last, and of what they are worked out from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from app.contract import queries as contract
from app.contract.models import Lot
from app.finance.models import Budget, Cost
from app.finance.outlook.models import ContractOutlook, LotOutlook
from app.finance.outlook.rules import (
    AHEAD_WEEKS,
    WEEK,
    Basis,
    LotMoney,
    Worked,
    differs,
    first_open,
    price_of,
)
from app.finance.prices.queries import prices
from app.finance.prices.rules import PriceTerms
from app.finance.rules import CostKind
from app.finance.shifts import queries as shifts
from app.kernel.days import week_ending
from app.people.engagement.models import Engagement
from app.people.engagement.rules import NOTICE_WEEKS
from app.people.models import PractitionerLot
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class LotAhead:
    """The last outlook of one lot; `apart` is how far the estimate at completion is off, in %."""

    lot_id: int
    lot: str
    found: LotOutlook
    apart: int | None


@dataclass(frozen=True)
class ContractAhead:
    """The last outlooks of a contract's lots that the actor sees.

    `whole` is that of all of them together, for whoever sees every lot of it.
    """

    contract_id: int
    contract: str
    ends_on: date
    lots: tuple[LotAhead, ...]
    whole: ContractOutlook | None


_LAST = select(func.max(col(LotOutlook.id))).group_by(col(LotOutlook.lot_id))
_LAST_WHOLE = select(func.max(col(ContractOutlook.id))).group_by(col(ContractOutlook.contract_id))


def outlook(uow: UnitOfWork) -> list[LotAhead]:
    """The last outlook of each of the actor's lots that has one, in the order of their names."""
    found = uow.session.execute(
        select(LotOutlook, col(Lot.name))
        .join(Lot, col(Lot.id) == col(LotOutlook.lot_id))
        .where(col(LotOutlook.id).in_(_LAST))
        .order_by(col(Lot.contract_id), col(Lot.name))
    )
    return [LotAhead(row.lot_id, name, row, differs(row.eac, row.middle)) for row, name in found]


def by_contract(uow: UnitOfWork) -> list[ContractAhead]:
    """The actor's contracts with their last outlooks."""
    lots, ahead = contract.list_lots(uow), {one.lot_id: one for one in outlook(uow)}
    wholes = {
        row.contract_id: row
        for row in uow.session.scalars(
            select(ContractOutlook).where(col(ContractOutlook.id).in_(_LAST_WHOLE))
        )
    }
    found = []
    for one in contract.list_contracts(uow):
        own = [lot.id or 0 for lot in lots if lot.contract_id == one.id]
        whole = wholes.get(one.id or 0)
        seen = whole if whole is not None and whole.lots == len(own) else None
        known = tuple(ahead[lot_id] for lot_id in own if lot_id in ahead)
        found.append(ContractAhead(one.id or 0, one.name, one.ends_on, known, seen))
    return found


def money_of(uow: UnitOfWork, lot_id: int, first: date) -> LotMoney:
    """What an outlook of a lot is worked out from, up to the last week that is over."""
    as_at = week_ending(uow.today - timedelta(days=6))
    costs = _costs(uow, lot_id)
    agreed = prices(uow, lot_id)
    staff, signed = costs[CostKind.STAFF], _signed(uow, lot_id, agreed, first, as_at)
    since = first_open(first, as_at, staff.keys() | signed.keys())
    rota, basis = _rota(uow, lot_id, agreed, since, as_at)
    return LotMoney(
        first,
        as_at,
        _budget(uow, lot_id),
        staff,
        {
            friday: costs[CostKind.TRAVEL].get(friday, 0) + costs[CostKind.OTHER].get(friday, 0)
            for friday in costs[CostKind.TRAVEL].keys() | costs[CostKind.OTHER].keys()
        },
        signed,
        rota,
        basis,
        _notice_weeks(uow, lot_id),
    )


def _budget(uow: UnitOfWork, lot_id: int) -> dict[date, int]:
    asked = select(col(Budget.week_ending), col(Budget.planned_pence))
    return {
        row.week_ending: row.planned_pence
        for row in uow.rows(asked.where(col(Budget.lot_id) == lot_id))
    }


def _costs(uow: UnitOfWork, lot_id: int) -> dict[CostKind, dict[date, int]]:
    by = col(Cost.kind), col(Cost.week_ending)
    asked = select(*by, func.sum(col(Cost.pence))).where(col(Cost.lot_id) == lot_id).group_by(*by)
    found: dict[CostKind, dict[date, int]] = {kind: {} for kind in CostKind}
    for kind, friday, pence in uow.rows(asked):
        found[kind][friday] = int(pence)
    return found


def _signed(
    uow: UnitOfWork, lot_id: int, agreed: Sequence[PriceTerms], first: date, as_at: date
) -> dict[date, int]:
    """What the signed weeks come to by their prices, those without a price left out."""
    done = shifts.worked(uow, lot_id, first, as_at)
    priced = _priced(agreed, [Worked(one.band, one.day, one.minutes) for one in done])
    return {friday: pence for friday, (pence, _) in priced.items()}


def _rota(
    uow: UnitOfWork, lot_id: int, agreed: Sequence[PriceTerms], since: date, as_at: date
) -> tuple[dict[date, int], Basis]:
    """What the rota's weeks come to by their prices; nothing where the next has none."""
    last = as_at + timedelta(weeks=AHEAD_WEEKS)
    days = shifts.planned(uow, lot_id, since, last)
    priced = _priced(agreed, [Worked(one.post, one.day, one.minutes) for one in days])
    coming = priced.get(as_at + WEEK)
    if coming is None:
        return {}, Basis.AVERAGE
    return {friday: pence for friday, (pence, _) in priced.items()}, coming[1]


def _priced(agreed: Sequence[PriceTerms], days: Sequence[Worked]) -> dict[date, tuple[int, Basis]]:
    by_week: dict[date, list[Worked]] = defaultdict(list)
    for one in days:
        by_week[week_ending(one.day)].append(one)
    found = {friday: price_of(agreed, own, friday) for friday, own in by_week.items()}
    return {friday: pair for friday, pair in found.items() if pair is not None}


def _notice_weeks(uow: UnitOfWork, lot_id: int) -> int:
    """The longest notice of a lot's workers; what the rules ask for where none is recorded."""
    here: Any = select(col(PractitionerLot.practitioner_id)).where(
        col(PractitionerLot.lot_id) == lot_id
    )
    longest = select(func.max(col(Engagement.notice_weeks))).where(
        col(Engagement.practitioner_id).in_(here)
    )
    return int(uow.session.scalar(longest) or NOTICE_WEEKS)
