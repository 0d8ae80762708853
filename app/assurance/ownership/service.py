"""The act that looks whether every open case has an owner and a next step, and does so nightly."""

import threading
from collections import Counter
from datetime import date, datetime

from sqlmodel import Session, col, delete, func, select

from app.access.actor import Actor
from app.assurance.ownership.models import OwnershipCheck, OwnershipFault
from app.assurance.ownership.queries import find_faults
from app.contract.models import Lot
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.kernel.errors import Busy
from app.work.database import Database
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
    while not stop.wait(LOOK_EVERY_SECONDS):
        try:
            check_daily(database)
        except Busy:
            continue


def check_daily(database: Database) -> bool:
    """Check every lot of every contract unless each was checked today; says whether it did."""
    with Session(database.engine) as session:
        lots = session.exec(select(Lot.id, Lot.contract_id)).all()
        checked, oldest = session.exec(
            select(func.count(), func.min(OwnershipCheck.checked_at)).select_from(OwnershipCheck)
        ).one()
    if checked == len(lots) and _is_of(oldest, london_date(database.clock())):
        return False
    everyone = Actor.command_line(
        frozenset(lot or 0 for lot, _ in lots), frozenset(contract for _, contract in lots)
    )
    with database.work(everyone) as uow:
        check(uow)
    return True


def _is_of(instant: datetime | None, day: date) -> bool:
    return instant is None or london_date(instant) == day
