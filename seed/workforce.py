"""The demo's counts of the council's own workforce, one before the start and one of late."""

from dataclasses import replace
from datetime import date, timedelta

from app.performance.workforce import service
from app.performance.workforce.rules import Counted
from app.work.uow import UnitOfWork
from seed.setting import Setting

SOURCE = "Workforce return of the council"


def load_workforce(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store two counts of each lot, in a command: vacancies fall, agency workers with them."""
    for number, district in enumerate(setting.districts):
        before = Counted(
            as_at=district.starts_on - timedelta(days=33),
            staff=6_240 + 415 * number,
            agency=1_760 - 120 * number,
            vacancies=1_925 - 90 * number,
            leavers=1_080 - 75 * number,
            contracted=len(district.workers) + 1 - number % 2,
            source=f"{SOURCE}, before the start",
        )
        service.write(uow, district.lot_id, before)
        lately = replace(
            before,
            as_at=today - timedelta(days=12),
            staff=before.staff + 235,
            agency=before.agency - 310,
            vacancies=before.vacancies - 235,
            leavers=before.leavers - 60,
            source=f"{SOURCE}, estimate of the month",
        )
        if lately.as_at > district.starts_on:
            service.write(uow, district.lot_id, lately)
