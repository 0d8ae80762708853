"""Reads of outlooks as they were worked out last, and of what they are worked out from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.cases.scope.rules import Change
from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.finance.evidence.queries import cases_due
from app.finance.evidence.rules import LineKind
from app.finance.expenses.queries import signed_expenses
from app.finance.invoices import queries as invoices
from app.finance.invoices.models import Invoice, InvoiceLine
from app.finance.milestones.models import Milestone
from app.finance.models import Budget, Cost
from app.finance.outlook.models import ContractOutlook, LotOutlook
from app.finance.outlook.rules import (
    AHEAD_WEEKS,
    WEEK,
    Basis,
    ByMonth,
    CaseMoney,
    LotMoney,
    Worked,
    by_week,
    capped,
    caps_ahead,
    differs,
    fees_ahead,
    first_open,
    paid_share,
    price_of,
    travelled,
    unbilled,
)
from app.finance.prices.queries import prices
from app.finance.prices.rules import PriceTerms
from app.finance.rules import CostKind
from app.finance.shifts import queries as shifts
from app.kernel.days import week_ending
from app.people.engagement.models import Engagement
from app.people.engagement.rules import NOTICE_WEEKS
from app.people.models import PractitionerLot
from app.performance.failures.queries import credits_due
from app.planning.cost_paths import Fees
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
    # The names of those that have none yet.
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """What a lot's work came to: its changes of late, and its open cases with an agreed plan."""

    changes: Sequence[Change]
    agreed: int


PER_CASE = frozenset({LineKind.ASSESSMENT, LineKind.CLEARED})
NO_FEES = Fees((0,), (0,))
_DRAFTED = (
    select(func.sum(col(InvoiceLine.pence)))
    .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
    .where(
        col(InvoiceLine.lot_id) == bindparam("lot"),
        col(Invoice.issued_at).is_(None),
        col(InvoiceLine.kind).in_(PER_CASE),
    )
)
_MILESTONES = select(
    func.sum(col(Milestone.pence)).filter(col(Milestone.achieved_on).is_not(None)),
    func.sum(col(Milestone.pence)).filter(col(Milestone.achieved_on).is_(None)),
).where(col(Milestone.lot_id) == bindparam("lot"))
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
        own = {lot.id or 0: lot.name for lot in lots if lot.contract_id == one.id}
        whole = wholes.get(one.id or 0)
        seen = whole if whole is not None and whole.lots == len(own) else None
        known = tuple(ahead[lot_id] for lot_id in own if lot_id in ahead)
        without = tuple(name for lot_id, name in own.items() if lot_id not in ahead)
        found.append(ContractAhead(one.id or 0, one.name, one.ends_on, known, seen, without))
    return found


def money_of(uow: UnitOfWork, lot: Lot, term: Contract, work: Work) -> LotMoney:
    """What an outlook of a lot is worked out from, up to the last week that is over."""
    lot_id, first, as_at = lot.id or 0, term.starts_on, week_ending(uow.today - timedelta(days=6))
    costs, agreed = _costs(uow, lot_id), prices(uow, lot_id)
    staff, parts = costs[CostKind.STAFF], _signed(uow, lot_id, agreed, first, as_at)
    signed = by_week(parts)
    since = first_open(first, as_at, staff.keys() | signed.keys())
    rota, basis = _rota(uow, lot_id, agreed, since, as_at)
    certified, to_come = _milestones(uow, lot_id)
    due = unbilled(agreed, cases_due(uow, lot_id, min(uow.today, term.ends_on), agreed))
    travel = travelled(agreed, _expenses(uow, lot_id, first, as_at), costs[CostKind.TRAVEL])
    other = costs[CostKind.OTHER]
    money = LotMoney(
        first,
        as_at,
        _budget(uow, lot_id),
        staff,
        {
            friday: travel.get(friday, 0) + other.get(friday, 0)
            for friday in travel.keys() | other.keys()
        },
        signed,
        rota,
        basis,
        _notice_weeks(uow, lot_id),
        _cases(uow, lot, agreed, as_at, work, sum(due.values())),
        certified,
        to_come,
        sum(one.pence for one in credits_due(uow, lot_id, first, uow.today)),
    )
    month = (as_at + WEEK).replace(day=1)
    weeks = sum(pence for (_, of_month), pence in parts.items() if of_month == month)
    return replace(money, caps=caps_ahead(agreed, money, weeks + due.get(month, 0)))


def _cases(
    uow: UnitOfWork,
    lot: Lot,
    agreed: Sequence[PriceTerms],
    as_at: date,
    work: Work,
    due: int,
) -> CaseMoney | None:
    """What the cases of a lot that are paid for one by one come to; None for any other lot."""
    lot_id = lot.id or 0
    billed = invoices.charged(uow, lot.contract_id, PER_CASE).get(lot_id, 0)
    fees = fees_ahead(agreed, as_at, begun=work.agreed, paid=paid_share(work.changes))
    if fees is None and not billed and not due:
        return None
    back = sum(one.amount.pence for one in invoices.credits_due(uow, lot_id))
    drafted = int(uow.rows(_DRAFTED, lot=lot_id).scalar() or 0)
    return CaseMoney(billed, due + drafted - back, fees or NO_FEES)


def _milestones(uow: UnitOfWork, lot_id: int) -> tuple[int, int]:
    """What a lot's milestones come to: certified, and still to come."""
    found = uow.rows(_MILESTONES, lot=lot_id).one()
    return int(found[0] or 0), int(found[1] or 0)


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


def _expenses(uow: UnitOfWork, lot_id: int, first: date, as_at: date) -> ByMonth:
    """What was spent at cost in the signed weeks, by the month of its day."""
    found: dict[tuple[date, date], int] = defaultdict(int)
    for one in signed_expenses(uow, lot_id, first, as_at):
        found[one.week_ending, one.day.replace(day=1)] += one.pence
    return found


def _signed(
    uow: UnitOfWork, lot_id: int, agreed: Sequence[PriceTerms], first: date, as_at: date
) -> ByMonth:
    """What the signed weeks come to by their prices, those without a price left out."""
    done = shifts.worked(uow, lot_id, first, as_at)
    days = [Worked(one.band, one.day, one.minutes) for one in done]
    priced = _priced(agreed, days, week_ending(first), as_at)
    parts = {
        (friday, month): pence
        for friday, (months, _) in priced.items()
        for month, pence in months.items()
    }
    return capped(agreed, parts)


def _rota(
    uow: UnitOfWork, lot_id: int, agreed: Sequence[PriceTerms], since: date, as_at: date
) -> tuple[dict[date, int], Basis]:
    """What the rota's weeks come to by their prices; nothing where the next has none."""
    last = as_at + timedelta(weeks=AHEAD_WEEKS)
    days = shifts.planned(uow, lot_id, since, last)
    planned = [Worked(one.post, one.day, one.minutes) for one in days]
    priced = _priced(agreed, planned, since, last)
    coming = priced.get(as_at + WEEK)
    if coming is None:
        return {}, Basis.AVERAGE
    return {friday: sum(months.values()) for friday, (months, _) in priced.items()}, coming[1]


def _priced(
    agreed: Sequence[PriceTerms], days: Sequence[Worked], friday: date, last: date
) -> dict[date, tuple[dict[date, int], Basis]]:
    weeks: dict[date, list[Worked]] = defaultdict(list)
    for one in days:
        weeks[week_ending(one.day)].append(one)
    found = {}
    while friday <= last:
        pair = price_of(agreed, weeks[friday], friday)
        if pair is not None:
            found[friday] = pair
        friday += WEEK
    return found


def _notice_weeks(uow: UnitOfWork, lot_id: int) -> int:
    """The longest notice of a lot's workers; what the rules ask for where none is recorded."""
    here: Any = select(col(PractitionerLot.practitioner_id)).where(
        col(PractitionerLot.lot_id) == lot_id
    )
    longest = select(func.max(col(Engagement.notice_weeks))).where(
        col(Engagement.practitioner_id).in_(here)
    )
    return int(uow.session.scalar(longest) or NOTICE_WEEKS)
