"""The jobs of the night: escalations are taken up, drifting cases looked for; that also by day."""

import threading
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from app.cases.drift import queries as drift_queries
from app.cases.drift import service as drift
from app.cases.drift.models import DriftLook
from app.cases.drift.rules import check_look
from app.cases.escalation import service as escalation
from app.cases.register.models import CaseLinked
from app.contract.everywhere import everywhere
from app.kernel.days import london_date
from app.plans.models import OutcomePlan
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.proceedings.models import PreProceedingsStep
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.uow import UnitOfWork

LOOK_EVERY_SECONDS = 600
# Nothing older keeps a case from drifting, whatever its contract says.
LATELY = timedelta(days=120)


def keep_looking(database: Database, stop: threading.Event) -> None:
    """Do the jobs of the night soon after midnight, or as soon as the server runs again."""
    keep_doing(partial(look_daily, database), LOOK_EVERY_SECONDS, stop)


def look_daily(database: Database) -> bool:
    """Take escalations up and look for drift, unless that was done today; says whether it did."""
    everyone = everywhere(database)
    with Session(database.engine) as session:
        looked, oldest = session.execute(
            select(func.count(), func.min(col(DriftLook.looked_at))).where(
                col(DriftLook.by_user_id).is_(None)
            )
        ).one()
    if looked == len(everyone.lot_ids) and _is_of(oldest, london_date(database.clock())):
        return False
    with database.work(everyone) as uow:
        escalation.climb(uow)
        drift.look(uow, elsewhere(uow))
    return True


def look_now(uow: UnitOfWork) -> int:
    """Look over the actor's lots for drift at once; returns how many cases drift."""
    looked_at = [one.looked_at for one in drift_queries.list_looks(uow)]
    check_look(looked_at, len(uow.actor.lot_ids), uow.now)
    return drift.look(uow, elsewhere(uow))


def elsewhere(uow: UnitOfWork) -> dict[int, date]:
    """When something last happened on a case in the rooms above the register.

    Plans written, and what went on for the child's protection.
    """
    plans = (
        select(col(OutcomePlan.case_id), func.max(col(OutcomePlan.written_at)))
        .where(col(OutcomePlan.written_at) >= uow.now - LATELY)
        .group_by(col(OutcomePlan.case_id))
    )
    found = {case_id: london_date(written_at) for case_id, written_at in uow.rows(plans)}
    for statement in _PROTECTING:
        for case_id, on in uow.rows(statement, since=uow.today - LATELY):
            found[case_id] = max(on, found.get(case_id, on))
    return found


def _last(model: type[CaseLinked], on: Any, *kept: Any) -> Any:
    return (
        select(col(model.case_id), func.max(on))
        .where(on >= bindparam("since"), *kept)
        .group_by(col(model.case_id))
    )


_PROTECTING = (
    _last(Enquiry, col(Enquiry.strategy_on)),
    _last(Enquiry, col(Enquiry.concluded_on)),
    _last(Enquiry, col(Enquiry.conference_on), col(Enquiry.result).is_not(None)),
    _last(PreProceedingsStep, col(PreProceedingsStep.taken_on)),
)


def _is_of(instant: datetime | None, day: date) -> bool:
    return instant is None or london_date(instant) == day
