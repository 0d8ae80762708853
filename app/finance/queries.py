"""Reads of budgets and costs, and of the ledger that a forecast follows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from app.access.models import User
from app.cases.scope import queries as scope
from app.cases.scope.rules import LotWeek, rate_of_weeks
from app.contract.models import Contract, Lot
from app.finance.models import Budget, BudgetChange, Cost
from app.finance.rules import Account, CostKind, Spending, account
from app.kernel.days import parse_date
from app.kernel.paging import Slice, place
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
ACCOUNTS_KEPT = 256


@dataclass(frozen=True)
class LotAccount:
    """The account of one lot."""

    lot_id: int
    name: str
    account: Account


class WeekSum(NamedTuple):
    """Planned or spent in one week, in pence; `kind` is None for what is planned."""

    lot_id: int
    week_ending: date
    kind: CostKind | None
    pence: int


@dataclass(frozen=True)
class CostFilter:
    """Which costs; the links from a figure and the list behind it share it."""

    lot: int | None = None
    week: date | None = None
    kind: CostKind | None = None

    @classmethod
    def read(cls, words: Mapping[str, str]) -> "CostFilter":
        """The filter that a query string asks for; parts that cannot be read are left out."""
        lot = words.get("lot", "")
        kinds = {kind.value: kind for kind in CostKind}
        try:
            week = parse_date(words.get("week", ""))
        except ValueError:
            week = None
        return cls(
            int(lot) if lot.isascii() and lot.isdecimal() and len(lot) < 10 else None,
            week,
            kinds.get(words.get("kind", "")),
        )

    @property
    def url(self) -> str:
        parts = {"lot": self.lot, "week": self.week, "kind": self.kind}
        said = "&".join(f"{name}={value}" for name, value in parts.items() if value is not None)
        return f"/money/costs?{said}" if said else "/money/costs"


@dataclass(frozen=True)
class CostRow:
    """One entry of a cost."""

    week_ending: date
    lot: str
    kind: CostKind
    pence: int
    note: str
    recorded_at: datetime
    recorded_by: str | None


@dataclass(frozen=True)
class BudgetChangeRow:
    """A change of some weeks' budget, in pence, and whose it was."""

    lot_id: int
    lot: str
    first_ending: date
    last_ending: date
    before: int
    after: int
    reason: str
    at: datetime
    by: str | None


_PLANNED = select(col(Budget.lot_id), col(Budget.week_ending), col(Budget.planned_pence))
_SPENT_BY = col(Cost.lot_id), col(Cost.week_ending), col(Cost.kind)
_SPENT = select(*_SPENT_BY, func.sum(col(Cost.pence))).group_by(*_SPENT_BY)
_SPENT_IN_ALL = select(*_SPENT_BY[:2], func.sum(col(Cost.pence))).group_by(*_SPENT_BY[:2])
_COSTED_TO = (
    select(func.max(col(Cost.week_ending)))
    .where(col(Cost.lot_id) == col(Lot.id))
    .correlate(Lot)
    .scalar_subquery()
)
_BUDGET = select(func.sum(col(Budget.planned_pence))).where(col(Budget.lot_id) == col(Lot.id))
# The lots with the last week costed, the whole budget, and that of the weeks until then.
_LOTS: Any = (
    select(
        col(Lot.id),
        col(Lot.name),
        col(Contract.ends_on),
        _COSTED_TO,
        _BUDGET.correlate(Lot).scalar_subquery(),
        _BUDGET.where(col(Budget.week_ending) <= _COSTED_TO).correlate(Lot).scalar_subquery(),
    )
    .join(Contract, col(Contract.id) == col(Lot.contract_id))
    .order_by(col(Lot.contract_id), col(Lot.name))
)


def list_sums(uow: UnitOfWork) -> list[WeekSum]:
    """Planned and spent of every lot by week, the weeks in order."""
    sums = [WeekSum(lot, week, None, pence) for lot, week, pence in uow.rows(_PLANNED).all()]
    sums += [WeekSum(lot, week, kind, int(n)) for lot, week, kind, n in uow.rows(_SPENT).all()]
    return sorted(sums, key=attrgetter("week_ending", "lot_id"))


def list_accounts(uow: UnitOfWork) -> list[LotAccount]:
    """The account of each of the actor's lots, by name."""
    spent: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for lot_id, week, pence in uow.rows(_SPENT_IN_ALL).all():
        spent[lot_id].append((week, int(pence)))
    weeks: dict[int, list[LotWeek]] = defaultdict(list)
    for one in scope.list_latest(uow):
        weeks[one.lot_id].append(one)
    return [
        LotAccount(
            lot_id,
            name,
            _account(_Known(tuple(spent[lot_id]), tuple(weeks[lot_id]), *money), uow.today),
        )
        for lot_id, name, *money in uow.rows(_LOTS).all()
    ]


class _Known(NamedTuple):
    """What a lot's account is worked out from, in pence; `planned` is for the weeks costed."""

    costs: tuple[tuple[date, int], ...]
    weeks: tuple[LotWeek, ...]
    contract_ends_on: date
    costed_to: date | None
    budget: int | None
    planned: int | None


@lru_cache(maxsize=ACCOUNTS_KEPT)
def _account(known: _Known, today: date) -> Account:
    """Worked out once for what is known, as many pages of a day show it."""
    budget, planned = int(known.budget or 0), int(known.planned or 0)
    spending = Spending(
        # Enough for an account: what was planned for the weeks costed, and the rest.
        [(known.costed_to or date.min, planned), (date.max, budget - planned)],
        known.costs,
        -sum(one.cleared + one.reopened for one in known.weeks),
        rate_of_weeks(known.weeks, today),
        known.contract_ends_on,
    )
    return account(spending)


def list_costs(uow: UnitOfWork, wanted: CostFilter, page: str | None) -> Slice[CostRow]:
    """A page of entries, the latest week first."""
    kept = _criteria(wanted)
    total = uow.session.scalar(select(func.count(col(Cost.id))).where(*kept)) or 0
    where = place(page, total=total, size=PAGE_SIZE)
    found = uow.session.execute(
        select(
            col(Cost.week_ending),
            col(Lot.name),
            col(Cost.kind),
            col(Cost.pence),
            col(Cost.note),
            col(Cost.recorded_at),
            col(User.name),
        )
        .join(Lot, col(Lot.id) == col(Cost.lot_id))
        .join(User, col(User.id) == col(Cost.recorded_by), isouter=True)
        .where(*kept)
        .order_by(col(Cost.week_ending).desc(), col(Cost.id).desc())
        .limit(PAGE_SIZE)
        .offset(where.offset)
    )
    return Slice.at(where, [CostRow(*row) for row in found])


def sum_of(uow: UnitOfWork, wanted: CostFilter) -> int:
    """What the entries come to, in pence."""
    asked = select(func.coalesce(func.sum(col(Cost.pence)), 0)).where(*_criteria(wanted))
    return int(uow.session.scalar(asked) or 0)


def recorded(uow: UnitOfWork, lot_id: int, week: date, kind: CostKind) -> list[int]:
    """The amounts already entered for one lot, week and kind."""
    wanted = CostFilter(lot_id, week, kind)
    return list(uow.session.scalars(select(col(Cost.pence)).where(*_criteria(wanted))))


def list_budget(uow: UnitOfWork, lot_id: int) -> list[Budget]:
    """A lot's weeks that have a budget."""
    return list(uow.session.scalars(select(Budget).where(col(Budget.lot_id) == lot_id)))


def list_budget_changes(uow: UnitOfWork) -> list[BudgetChangeRow]:
    """How the budgets of the actor's lots were changed, the first change first."""
    found = uow.session.execute(
        select(BudgetChange, col(Lot.name), col(User.name))
        .join(Lot, col(Lot.id) == col(BudgetChange.lot_id))
        .join(User, col(User.id) == col(BudgetChange.by_user_id), isouter=True)
        .order_by(col(BudgetChange.id))
    )
    return [
        BudgetChangeRow(
            row.lot_id,
            lot,
            row.first_ending,
            row.last_ending,
            row.before_pence,
            row.after_pence,
            row.reason,
            row.at,
            by,
        )
        for row, lot, by in found
    ]


def _criteria(wanted: CostFilter) -> list[ColumnElement[bool]]:
    return [
        column == value
        for column, value in (
            (col(Cost.lot_id), wanted.lot),
            (col(Cost.week_ending), wanted.week),
            (col(Cost.kind), wanted.kind),
        )
        if value is not None
    ]
