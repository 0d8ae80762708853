"""Views of cases and exports, gathered and written together so that no page waits for them."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, update

from app.access.actor import Actor
from app.access.models import SignInSession
from app.kernel.acts import Act
from app.kernel.errors import DomainError
from app.work.models import View

if TYPE_CHECKING:
    from app.work.database import Database

log = logging.getLogger("clearway")
WRITE_EVERY_SECONDS = 0.5


@dataclass(frozen=True)
class Seen:
    """One view: who looked at what, and when."""

    at: datetime
    user_id: int | None
    lot_id: int
    case_id: int | None
    what: str


class ViewLog:
    """Gathers views in memory; a crash can lose at most the last half second of them."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._seen: list[Seen] = []
        self._awake: dict[int, datetime] = {}
        self._stop = threading.Event()

    def note(self, seen: Seen) -> None:
        with self._guard:
            self._seen.append(seen)

    def touch(self, session_id: int, at: datetime) -> None:
        """Note that a signed-in person is still there."""
        with self._guard:
            self._awake[session_id] = at

    def write(self, database: "Database") -> int:
        """Store what was gathered; returns how many views. What cannot be stored is kept."""
        with self._guard:
            seen, self._seen = self._seen, []
            awake, self._awake = self._awake, {}
        try:
            _store(database, seen, awake)
        except (DomainError, SQLAlchemyError):
            with self._guard:
                self._seen, self._awake = seen + self._seen, awake | self._awake
            raise
        return len(seen)

    def keep_writing(self, database: "Database") -> None:
        """Write every half second until told to stop, and once more then."""
        while not self._stop.wait(WRITE_EVERY_SECONDS):
            try:
                self.write(database)
            except (DomainError, SQLAlchemyError):
                log.exception("Views wait to be stored")
        self.write(database)

    def stop(self) -> None:
        self._stop.set()


def _store(database: "Database", seen: Sequence[Seen], awake: Mapping[int, datetime]) -> None:
    if not seen and not awake:
        return
    with database.work(Actor.nobody()) as uow:
        if seen:
            with uow.command(Act.CASE_SEE), uow.beyond_scope():
                # One entry of the trail for each lot: none tells of two contracts.
                for lot_id in sorted({view.lot_id for view in seen}):
                    uow.load(View, [vars(view) for view in seen if view.lot_id == lot_id])
        if awake:
            with uow.housekeeping():
                for session_id, at in awake.items():
                    mine = update(SignInSession).where(col(SignInSession.id) == session_id)
                    uow.session.exec(mine.values(seen_at=at))
