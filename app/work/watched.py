"""A session that shows each of its statements and flushes to the unit of work it belongs to."""

from typing import Protocol, cast

from sqlalchemy import Connection, event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session


class Watcher(Protocol):
    """Who is shown what a session does."""

    def before_statement(self, state: ORMExecuteState) -> None: ...

    def before_flush(self, session: Session) -> None: ...

    def after_flush(self, session: Session) -> None: ...


class Watched(Session):
    """A session that flushes when it is told to, and is watched."""

    def __init__(self, connection: Connection, watcher: Watcher) -> None:
        # It ends the transaction of the connection as if it were its own.
        super().__init__(connection, autoflush=False, join_transaction_mode="control_fully")
        self.watcher = watcher


# On the class and once: listeners of its own would cost each session a tenth of a page.
@event.listens_for(Watched, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    cast("Watched", state.session).watcher.before_statement(state)


@event.listens_for(Watched, "before_flush")
def _before_flush(session: Watched, _context: object, _instances: object) -> None:
    session.watcher.before_flush(session)


@event.listens_for(Watched, "after_flush")
def _after_flush(session: Watched, _context: object) -> None:
    session.watcher.after_flush(session)
