"""The act that looks whether every open case has an owner and a next step, and does so nightly."""

import threading
from collections import Counter
from datetime import date, datetime
from functools import partial

from sqlmodel import Session, col, delete, func, select

from app.assurance.ownership.models import OwnershipCheck, OwnershipFault
from app.assurance.ownership.queries import find_faults
from app.contract.everywhere import everywhere
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.uow import UnitOfWork

LOOK_EVERY_SECONDS = 600


def check(uow: UnitOfWork) -> int:
    """Look at every open case of the actor's lots and keep what is at fault; returns how many."""
    with uow.command(Act.OWNERSHIP_CHECK):
        return look(uow)


def look(uow: UnitOfWork) -> int:
    """What `check` does, within a command."""
    uow.must_be_in(Act.OWNERSHIP_CHECK, Act.DEMO_SEED)
    lots = uow.actor.lot_ids
    found = find_faults(uow)
    uow.session.exec(delete(OwnershipFault).where(col(OwnershipFault.lot_id).in_(lots)))
    uow.load(OwnershipFault, [{**fault._asdict(), "found_on": uow.today} for fault in found])
    faults = Counter(fault.lot_id for fault in found)
    known = {row.lot_id: row for row in uow.session.exec(select(OwnershipCheck)).all()}
    for lot_id in sorted(lots):
        row = known.get(lot_id) or OwnershipCheck(lot_id=lot_id, checked_at=uow.now, faults=0)
        row.checked_at, row.by_user_id = uow.now, uow.actor.user_id
        row.faults = faults[lot_id]
        uow.session.add(row)
    return len(found)


def keep_checking(database: Database, stop: threading.Event) -> None:
    """Check every lot once a day, soon after midnight or as soon as the server runs again."""
    keep_doing(partial(check_daily, database), LOOK_EVERY_SECONDS, stop)


def check_daily(database: Database) -> bool:
    """Check every lot of every contract unless each was checked today; says whether it did."""
    everyone = everywhere(database)
    with Session(database.engine) as session:
        checked, oldest = session.exec(
            select(func.count(), func.min(OwnershipCheck.checked_at)).select_from(OwnershipCheck)
        ).one()
    if checked == len(everyone.lot_ids) and _is_of(oldest, london_date(database.clock())):
        return False
    with database.work(everyone) as uow:
        check(uow)
    return True


def _is_of(instant: datetime | None, day: date) -> bool:
    return instant is None or london_date(instant) == day
