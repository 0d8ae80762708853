"""The contract's clocks in the demo: a change that the agency drafted waits for the council."""

from dataclasses import replace
from datetime import date, timedelta

from app.cases.due_days.models import ClockTerms
from app.cases.due_days.queries import clocks_of
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.setting import Setting

REASON = "Variation 2: decisions within four working days while the backlog is over target"


def load_clock_terms(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store a draft of the first contract's clocks, within a command."""
    first = setting.districts[0]
    clocks = replace(clocks_of(uow, first.contract_id), decide_days=4)
    uow.add(
        ClockTerms(
            contract_id=first.contract_id,
            number=1,
            **vars(clocks),
            reason=REASON,
            drafted_by=first.project_manager,
            drafted_at=at(today - timedelta(days=3), 11 * 60 + 5),
        )
    )
