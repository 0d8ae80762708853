"""Lots by earned value, from the counted weeks, the budgets and the recorded costs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.contract.rules import TargetTerms, curve
from app.finance.earned_points import queries as points
from app.finance.earned_points.rules import Terms, Week
from app.finance.earned_value.rules import Measured, Money, add_up, measure
from app.finance.models import Budget, Cost
from app.kernel.days import week_ending
from app.performance.variations.queries import Asked, asked_of_lots
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class LotEarned:
    """One lot: its opening list against the first target, and all its work against the last one.

    `as_at` is the last week whose costs are known in every lot of the contract; `why` says why
    nothing is measured where that is so.
    """

    lot_id: int
    lot: str
    contract_id: int
    as_at: date | None
    original: Measured | None
    everything: Measured | None
    why: str = ""

    def of(self, *, everything: bool) -> Measured | None:
        return self.everything if everything else self.original


@dataclass(frozen=True)
class ContractEarned:
    """The lots of one contract that the actor sees, and those measured added up."""

    contract_id: int
    contract: str
    as_at: date | None
    lots: tuple[LotEarned, ...]

    def whole(self, *, everything: bool) -> Measured | None:
        """All lots as one; None where one of them is not measured."""
        known = [one.of(everything=everything) for one in self.lots]
        found = [one for one in known if one is not None]
        return add_up(found) if found and len(found) == len(known) else None


_BUDGETS = select(col(Budget.lot_id), func.sum(col(Budget.planned_pence))).group_by(
    col(Budget.lot_id)
)
_COSTS = select(col(Cost.lot_id), col(Cost.week_ending), func.sum(col(Cost.pence))).group_by(
    col(Cost.lot_id), col(Cost.week_ending)
)


@dataclass(frozen=True)
class _Known:
    """Everything that lots are measured from, by lot."""

    weeks: dict[int, list[Week]]
    money: dict[int, Money]
    asked: Mapping[int, Asked]


def earned(uow: UnitOfWork) -> list[LotEarned]:
    """The actor's lots by earned value, in the order of their names."""
    return [lot for one in by_contract(uow) for lot in one.lots]


def by_contract(uow: UnitOfWork) -> list[ContractEarned]:
    """The actor's contracts by earned value: seven statements, and one for each contract."""
    known, lots = _known(uow), contract.list_lots(uow)
    found = []
    for one in contract.list_contracts(uow):
        own = [lot for lot in lots if lot.contract_id == one.id]
        as_at = _as_at([known.money[lot.id or 0] for lot in own], uow.today)
        terms = points.terms_in_force(uow, one.id or 0)(as_at or uow.today)
        found.append(_contract(one, own, known, as_at, terms))
    return found


def _contract(
    one: Contract, lots: Sequence[Lot], known: _Known, as_at: date | None, terms: Terms
) -> ContractEarned:
    measured = tuple(_lot(lot, known, as_at, terms) for lot in lots)
    return ContractEarned(one.id or 0, one.name, as_at, measured)


def _lot(lot: Lot, known: _Known, as_at: date | None, terms: Terms) -> LotEarned:
    lot_id = lot.id or 0
    money, weeks, asked = known.money[lot_id], known.weeks[lot_id], known.asked.get(lot_id)
    who = lot_id, lot.name, lot.contract_id
    why = _missing(money, weeks, asked.now if asked else None)
    if why or as_at is None or asked is None:
        return LotEarned(*who, None, None, None, why or "No week’s costs are known yet.")
    opening = [week for week in weeks if week.original]
    return LotEarned(
        *who,
        as_at,
        measure(opening, money, curve(asked.first or asked.now), as_at, terms),
        measure(weeks, money, curve(asked.now), as_at, terms),
    )


def _missing(money: Money, weeks: Sequence[Week], target: TargetTerms | None) -> str:
    if money.budget <= 0:
        return "No budget is recorded for this lot."
    if target is None or target.opening_backlog <= 0:
        return "This lot has no target, so nothing was planned."
    if not any(week.original for week in weeks):
        return "No case of the opening list is counted yet."
    return ""


def _as_at(money: Sequence[Money], today: date) -> date | None:
    """The last week that is over and costed in every lot that has costs at all."""
    over = week_ending(today - timedelta(days=6))
    last = [max(friday for friday, _ in one.costs) for one in money if one.costs]
    return min([over, *last]) if last else None


def _known(uow: UnitOfWork) -> _Known:
    weeks: dict[int, list[Week]] = defaultdict(list)
    for week in points.list_weeks(uow):
        weeks[week.lot_id].append(week)
    costs: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for lot_id, friday, pence in uow.rows(_COSTS):
        costs[lot_id].append((friday, int(pence)))
    budgets = {lot_id: int(pence) for lot_id, pence in uow.rows(_BUDGETS)}
    money = {
        lot_id: Money(budgets.get(lot_id, 0), costs[lot_id])
        for lot_id, _ in contract.lot_choices(uow)
    }
    return _Known(weeks, money, asked_of_lots(uow))
