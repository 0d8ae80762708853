"""One database of one process: its engine, its clock and the fair lock that its writers share."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from app.access.actor import Actor
from app.work.uow import UnitOfWork
from app.work.views import ViewLog


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

    def gather_statistics(self) -> None:
        """Let SQLite look at a sample of each table, so that it chooses among indexes well."""
        if self.is_sqlite:
            writing = self.engine.connect().execution_options(writing=True)
            with writing as connection, connection.begin():
                connection.exec_driver_sql("PRAGMA analysis_limit=1000")
                connection.exec_driver_sql("ANALYZE")

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
