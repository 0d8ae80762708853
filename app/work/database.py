"""One database of one process: its engine, its clock and the fair lock that its writers share."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy import Engine

from app.access.actor import Actor
from app.db.engine import reads_beside_writes
from app.work.keeper import keep_doing
from app.work.uow import UnitOfWork
from app.work.views import ViewLog

# Rows of an index. Of fewer, SQLite takes what half of all rows share for something rare, and reads
# the cases of a contract where it would find the few that are meant.
SAMPLE = 100_000
LOOK_EVERY_SECONDS = 600


class FairLock:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def acquire(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


@dataclass(frozen=True)
class Database:
    """Opens units of work on one engine with one clock."""

    engine: Engine
    clock: Callable[[], datetime]
    lock: FairLock = field(default_factory=FairLock)
    views: ViewLog = field(default_factory=ViewLog)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @cached_property
    def reads_at_once(self) -> bool:
        """Whether a read never waits: for no writer, no server and no free connection."""
        return reads_beside_writes(self.engine)

    def gather_statistics(self) -> None:
        """Let SQLite look at a sample of each table, so that it chooses among indexes well.

        A connection reads what was found when it opens, so those that are open are let go.
        """
        if self.is_sqlite:
            writing = self.engine.connect().execution_options(writing=True)
            with writing as connection, connection.begin():
                connection.exec_driver_sql(f"PRAGMA analysis_limit={SAMPLE}")
                connection.exec_driver_sql("ANALYZE")
            self.engine.dispose()

    @contextmanager
    def work(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A unit of work for jobs and the command line; each command commits as it ends."""
        uow = self.open(actor)
        try:
            yield uow
        finally:
            uow.close()

    def open(self, actor: Actor) -> UnitOfWork:
        """A unit of work that its holder closes."""
        return UnitOfWork(self.engine, actor, self.clock, self.lock, self.views)


def keep_statistics(database: Database, stop: threading.Event) -> None:
    """Look at the tables again as they grow; PostgreSQL does so by itself."""
    keep_doing(database.gather_statistics, LOOK_EVERY_SECONDS, stop)
