"""What the demo's contracts cost week by week, and how far their exit strategies have come."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import col, select

from app.contract.models import Contract
from app.exit.steps import service as exit_strategy
from app.exit.steps.models import ExitStep
from app.finance import service as finance
from app.finance.evidence.queries import cases_due
from app.finance.expenses.queries import signed_expenses
from app.finance.models import Cost
from app.finance.outlook.rules import Worked, price_of, travelled, unbilled
from app.finance.prices.queries import prices
from app.finance.rules import CostKind
from app.finance.shifts.queries import worked
from app.kernel.days import week_ending, weeks_between
from app.kernel.money import Pence, split
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

# Pence that the budget has for one worker's week, and what is spent of it besides, more or less.
WORKER_WEEK = 185_000
BESIDE = ((CostKind.TRAVEL, 0.018, 0.3), (CostKind.OTHER, 0.009, 0.5))
STEPS_DONE = 3


def load_delivery(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store budgets and exit steps of every contract, within a command."""
    for contract_id in sorted(setting.contract_ids):
        exit_strategy.lay_default_plan(uow, contract_id)
    for district in setting.districts:
        ends_on = uow.get(Contract, district.contract_id).ends_on
        finance.plan_budget(uow, district.lot_id, list(_budget(district, ends_on)))
    _steps_done(uow, setting, today)


def load_costs(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store what each week cost by the agreed prices and the signed weeks, within a command."""
    for district in setting.districts:
        staff = _staff(uow, district, today)
        uow.load(Cost, _costs(district, today, staff, _travel(uow, district, today)))


def _travel(uow: UnitOfWork, district: District, today: date) -> dict[date, int]:
    """The expenses of signed weeks where they are paid at cost; nothing elsewhere."""
    agreed, last = prices(uow, district.lot_id), week_ending(today - timedelta(days=6))
    found: dict[tuple[date, date], int] = defaultdict(int)
    for one in signed_expenses(uow, district.lot_id, district.starts_on, last):
        found[one.week_ending, one.day.replace(day=1)] += one.pence
    return travelled(agreed, found, {})


def _staff(uow: UnitOfWork, district: District, today: date) -> dict[date, int]:
    """What signed weeks come to, and the cases of each month shared out over its weeks."""
    agreed, last = prices(uow, district.lot_id), week_ending(today - timedelta(days=6))
    by_week: dict[date, list[Worked]] = defaultdict(list)
    for one in worked(uow, district.lot_id, district.starts_on, last):
        by_week[week_ending(one.day)].append(Worked(one.band, one.day, one.minutes))
    priced = {friday: price_of(agreed, days, friday) for friday, days in by_week.items()}
    found = {friday: sum(pair[0].values()) for friday, pair in priced.items() if pair is not None}
    for month, pence in unbilled(agreed, cases_due(uow, district.lot_id, last, agreed)).items():
        fridays = [friday for friday in found if friday.replace(day=1) == month]
        parts = split(Pence(pence), [1] * len(fridays)) if fridays else ()
        for friday, part in zip(fridays, parts, strict=True):
            found[friday] += part
    return found


def _budget(district: District, ends_on: date) -> Iterator[tuple[date, int]]:
    """Fewer people in the first fortnight, and from the week in which the backlog is to be gone."""
    full = _full_week(district)
    for week in range(weeks_between(district.starts_on, ends_on) + 1):
        share = 60 if week < 2 else 100 if week < 30 else 40
        yield district.starts_on + timedelta(weeks=week), full * share // 100


def _costs(
    district: District, today: date, staff: Mapping[date, int], travel: Mapping[date, int]
) -> Iterator[dict[str, Any]]:
    """One row a week and kind, recorded on the Monday after; one week was put right later."""
    random = Random(f"{today.toordinal()} money {district.name}")
    diary = Diary.of_england()
    for week, (friday, pence) in enumerate(sorted(staff.items())):
        monday = diary.working(friday + timedelta(days=3))
        if monday >= today:
            return
        spent = {CostKind.STAFF: pence}
        for kind, share, spread in BESIDE:
            luck = 1 - spread / 2 + spread * random.random()
            spent[kind] = int(_full_week(district) * (0.55 if week < 2 else 1.0) * share * luck)
        if travel:
            spent[CostKind.TRAVEL] = travel.get(friday, 0)
        for kind, amount in spent.items():
            if amount:
                yield _cost(district, friday, kind, amount, at(monday, 600 + len(kind)))
        if week == 5 and not travel:
            noted = at(diary.working(monday + timedelta(days=2)), 690)
            yield _cost(district, friday, CostKind.TRAVEL, -2_450, noted, "Mileage entered twice")


def _cost(
    district: District,
    friday: date,
    kind: CostKind,
    pence: int,
    recorded_at: datetime,
    note: str = "",
) -> dict[str, Any]:
    return {
        "lot_id": district.lot_id,
        "week_ending": friday,
        "kind": kind,
        "pence": pence,
        "note": note,
        "recorded_at": recorded_at,
        "recorded_by": district.project_manager,
    }


def _full_week(district: District) -> int:
    return WORKER_WEEK * (len(district.workers) + len(district.team_managers))


def _steps_done(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """The first steps were done in time; what fell due since is late."""
    managers = {one.contract_id: one.council_manager for one in setting.districts}
    steps = uow.session.exec(select(ExitStep).where(col(ExitStep.number) <= STEPS_DONE)).all()
    for step in steps:
        if step.due_on < today:
            step.done_on, step.done_by = step.due_on, managers[step.contract_id]
