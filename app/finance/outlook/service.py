"""Works out what the lots will have cost, and keeps it with what it was worked out from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.cases.scope import queries as scope
from app.cases.scope.rules import Change
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Contract
from app.contract.rules import TargetTerms
from app.finance.earned_value.queries import earned
from app.finance.outlook import queries
from app.finance.outlook.models import ContractOutlook, LotOutlook
from app.finance.outlook.rules import (
    PACE_WEEKS,
    WEEK,
    LotMoney,
    SoFar,
    beside,
    committed,
    pace_of,
    so_far,
    under_cap,
    weekly_ahead,
)
from app.finance.outlook.words import method, next_week
from app.finance.prices.queries import cap_of_contract
from app.kernel.acts import Act
from app.kernel.days import weeks_between
from app.planning.cost_paths import LONGEST, Ahead, Known, LotAhead, Seen, look_ahead
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class _Lot:
    """Everything that one lot's outlook is worked out from."""

    lot_id: int
    begun: bool
    remaining: int
    money: LotMoney
    pace: Known | Seen
    known: SoFar
    eac: int | None

    @property
    def ahead(self) -> LotAhead:
        return LotAhead(
            self.remaining,
            self.pace,
            weekly_ahead(self.money),
            self.money.notice_weeks,
            self.known.actual + self.known.accrued + self.money.to_come,
            self.known.budget,
            self.money.cases.fees if self.money.cases else None,
            self.money.caps,
            beside(self.money),
        )


def make(uow: UnitOfWork) -> None:
    """Work out the outlook of each of the actor's lots, and of each contract's lots together."""
    with uow.command(Act.OUTLOOK_MAKE):
        make_within(uow)


def make_within(uow: UnitOfWork) -> None:
    """What `make` does, within a command; the day is the seed, so that a day has one answer."""
    uow.must_be_in(Act.OUTLOOK_MAKE, Act.DEMO_SEED)
    facts = _facts(uow)
    seed = uow.today.toordinal()
    for one in contract.list_contracts(uow):
        # A lot whose list nobody imported yet is not one that costs nothing more.
        lots = [lot for lot in facts[one.id or 0] if lot.begun and lot.known.budget > 0]
        if not lots:
            continue
        cap = cap_of_contract(uow, one.id or 0)
        money, room = under_cap([lot.money for lot in lots], cap)
        lots = [replace(lot, money=own) for lot, own in zip(lots, money, strict=True)]
        played = look_ahead([lot.ahead for lot in lots], seed=seed, most=room)
        for lot, ahead in zip(lots, played, strict=False):
            uow.add(
                LotOutlook(
                    lot_id=lot.lot_id,
                    remaining=lot.remaining,
                    weekly=next_week(lot.money, lot.pace),
                    notice_weeks=lot.money.notice_weeks,
                    seed=seed,
                    eac=lot.eac,
                    method=method(lot.money, lot.pace, lot.remaining),
                    **_range(uow, [lot], ahead),
                )
            )
        if len(lots) == len(facts[one.id or 0]):
            together = _range(uow, lots, played[-1])
            uow.add(ContractOutlook(contract_id=one.id or 0, lots=len(lots), **together))


def _range(uow: UnitOfWork, lots: Sequence[_Lot], ahead: Ahead) -> dict[str, Any]:
    as_at = lots[0].money.as_at
    early, middle, late = (_friday(as_at, week) for week in ahead.weeks)
    sums = {
        name: sum(asdict(lot.known)[name] for lot in lots)
        for name in ("budget", "planned", "actual", "accrued")
    }
    return {
        "made_at": uow.now,
        "as_at": as_at,
        **sums,
        "committed": sum(committed(lot.money) for lot in lots),
        "low": ahead.low,
        "middle": ahead.middle,
        "high": ahead.high,
        "chance": round(ahead.chance * 10_000),
        "unended": round(ahead.unended * 10_000),
        "ends_early": early,
        "ends_middle": middle,
        "ends_late": late,
    }


def _friday(as_at: date, week: int) -> date | None:
    return as_at + WEEK * week if week <= LONGEST else None


def _facts(uow: UnitOfWork) -> dict[int, list[_Lot]]:
    """The actor's lots by contract."""
    contracts = {one.id: one for one in contract.list_contracts(uow)}
    counted = scope.list_counted(uow)
    begun = {one.lot_id for one in counted if one.state is not CaseState.WITHDRAWN}
    opened = scope.open_cases(counted)
    agreed_plans = scope.open_cases(one for one in counted if one.state is CaseState.AGREED)
    changes: dict[int, list[Change]] = defaultdict(list)
    since = uow.today - timedelta(weeks=PACE_WEEKS)
    for change in scope.list_recent(uow, since):
        changes[change.lot_id].append(change)
    targets = contract.list_targets(uow)
    estimates = {
        one.lot_id: one.everything.position.eac
        for one in earned(uow)
        if one.everything is not None and one.everything.position.enough
    }
    found: dict[int, list[_Lot]] = defaultdict(list)
    for lot in contract.list_lots(uow):
        lot_id, agreed = lot.id or 0, contracts[lot.contract_id]
        work = queries.Work(changes[lot_id], agreed_plans[lot_id])
        money = queries.money_of(uow, lot, agreed, work)
        target = targets.get(lot_id)
        planned = _planned(target, agreed) if target else 0.0
        found[lot.contract_id].append(
            _Lot(
                lot_id,
                lot_id in begun,
                opened[lot_id],
                money,
                pace_of(changes[lot_id], planned, uow.today),
                so_far(money),
                estimates.get(lot_id),
            )
        )
    return found


def _planned(target: TargetTerms, agreed: Contract) -> float:
    """The plan's pace in cases a week."""
    ends_on = min(target.ends_on, agreed.ends_on)
    return target.opening_backlog / (weeks_between(target.starts_on, ends_on) + 1)
