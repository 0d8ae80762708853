"""What the demo's contracts cost week by week, and how far their exit strategies have come."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import col, select

from app.contract.models import Contract
from app.exit.steps import service as exit_strategy
from app.exit.steps.models import ExitStep
from app.finance import service as finance
from app.finance.models import Cost
from app.finance.rules import CostKind
from app.kernel.days import week_ending, weeks_between
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

# Pence of one worker's week with employer's costs and the agency's fee, and how lots differ.
WORKER_WEEK = 210_000
DEARER = (0.97, 1.02, 1.09)
KINDS = ((CostKind.STAFF, 1.0, 0.05), (CostKind.TRAVEL, 0.016, 0.3), (CostKind.OTHER, 0.008, 0.5))
STEPS_DONE = 3


def load_delivery(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store budgets, costs and exit steps of every contract, within a command."""
    for contract_id in sorted(setting.contract_ids):
        exit_strategy.lay_default_plan(uow, contract_id)
    for place, district in enumerate(setting.districts):
        ends_on = uow.get(Contract, district.contract_id).ends_on
        finance.plan_budget(uow, district.lot_id, list(_budget(district, ends_on)))
        uow.load(Cost, _costs(district, today, DEARER[place % len(DEARER)]))
    _steps_done(uow, setting, today)


def _budget(district: District, ends_on: date) -> Iterator[tuple[date, int]]:
    """Fewer people in the first fortnight, and from the week in which the backlog is to be gone."""
    full = _full_week(district)
    for week in range(weeks_between(district.starts_on, ends_on) + 1):
        share = 60 if week < 2 else 100 if week < 30 else 40
        yield district.starts_on + timedelta(weeks=week), full * share // 100


def _costs(district: District, today: date, dearer: float) -> Iterator[dict[str, Any]]:
    """One row a week and kind, recorded on the Monday after; one week was put right later."""
    random = Random(f"{today.toordinal()} money {district.name}")
    diary = Diary.of_england()
    weeks = weeks_between(district.starts_on, today)
    for week in range(weeks):
        friday = week_ending(district.starts_on + timedelta(weeks=week))
        monday = diary.working(friday + timedelta(days=3))
        if monday >= today:
            return
        present = (0.55 if week < 2 else 1.0) * dearer
        for kind, share, spread in KINDS:
            luck = 1 - spread / 2 + spread * random.random()
            pence = int(_full_week(district) * present * share * luck)
            yield _cost(district, friday, kind, pence, at(monday, 600 + len(kind)))
        if week == 5:
            noted = at(diary.working(monday + timedelta(days=2)), 690)
            yield _cost(district, friday, CostKind.TRAVEL, -12_450, noted, "Mileage entered twice")


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
