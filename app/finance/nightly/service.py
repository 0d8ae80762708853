"""The jobs of the night about money: what came back is credited, work counted, outlooks made."""

import threading
from functools import partial

from sqlmodel import Session, col, func, select

from app.contract.everywhere import everywhere
from app.finance.earned_points import service as earned_points
from app.finance.earned_points.models import EarnedMark
from app.finance.invoices import service as invoices
from app.finance.outlook import service as outlook
from app.finance.value import service as value
from app.kernel.days import london_date
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.uow import UnitOfWork

LOOK_EVERY_SECONDS = 600


def keep_reckoning(database: Database, stop: threading.Event) -> None:
    """Do the jobs of the night soon after midnight, or as soon as the server runs again."""
    keep_doing(partial(reckon_daily, database), LOOK_EVERY_SECONDS, stop)


def reckon_daily(database: Database) -> bool:
    """Do the jobs of the night, unless that was done today."""
    everyone = everywhere(database)
    with Session(database.engine) as session:
        counted, oldest = session.exec(
            select(func.count(), func.min(col(EarnedMark.counted_at))).select_from(EarnedMark)
        ).one()
    today = london_date(database.clock())
    if counted == len(everyone.lot_ids) and (oldest is None or london_date(oldest) == today):
        return False
    with database.work(everyone) as uow:
        reckon(uow)
    return True


def reckon(uow: UnitOfWork, *, anew: bool = False) -> None:
    """Credit what came back, count what was earned, or all of it anew, and look ahead."""
    invoices.issue_all_due(uow)
    (earned_points.rebuild if anew else earned_points.count)(uow)
    outlook.make(uow)
    value.count(uow)
