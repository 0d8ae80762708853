"""The unit of work: reads see only the actor's rows, and every change is one command."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, Result, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from app.access.actor import Actor
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.kernel.errors import Busy, Change, Conflict, NotFound
from app.work import trail
from app.work.bulk import Columns, columns_of, insert_all, update_all
from app.work.keys import FormKey
from app.work.models import OutboxMessage
from app.work.scope import must_belong, narrowed, places
from app.work.views import Seen, ViewLog
from app.work.watched import Watched

if TYPE_CHECKING:
    from app.work.database import FairLock

AnyRow = TypeVar("AnyRow", bound=Row)
LOAD_BATCH = 5_000
# One writer at a time on PostgreSQL too: the number is ours alone among advisory locks.
WRITER = 4_071_926


class UnitOfWork:
    """Everything one request, job or command line call does with the database."""

    def __init__(
        self,
        engine: Engine,
        actor: Actor,
        clock: Callable[[], datetime],
        lock: "FairLock",
        views: ViewLog,
    ) -> None:
        self.actor = actor
        self.now = clock()
        self.today: date = london_date(self.now)
        self.form_key: FormKey | None = None
        self.answers_later = False
        self.only_reads = False
        self._engine = engine
        self._lock = lock
        self._views = views
        self._session: Watched | None = None
        self._act: Act | None = None
        self._pending = False
        self._locked = False
        self._everything = False
        self._chain: trail.Chain | None = None
        self._connection: Connection | None = None
        self._answers: dict[Hashable, Any] = {}
        self._answered = actor

    # Reading

    @property
    def connection(self) -> Connection:
        """What this unit reads and writes by: the session's own, once there is one."""
        if self._connection is None or self._connection.closed:
            self._connection = (
                self._session.connection()
                if self._session
                else self._engine.connect().execution_options(reading=True)
            )
        return self._connection

    @property
    def session(self) -> Watched:
        """For what needs entities; a page that asks for columns alone does without, and cheaper."""
        if self._session is None:
            # By the connection in use, so that all that is read is of one moment.
            self._session = Watched(self.connection, self)
        return self._session

    @property
    def answers(self) -> dict[Hashable, Any] | None:
        """What the actor read before and still holds; None where all is to be read afresh."""
        if self._locked or self._everything:
            return None
        if self._answered is not self.actor:
            self._answered = self.actor
            self._answers.clear()
        return self._answers

    def get(self, model: type[AnyRow], row_id: int | None) -> AnyRow:
        """The row, or NotFound when it is absent or not the actor's."""
        row = self.session.get(model, row_id) if row_id is not None else None
        if row is None:
            raise NotFound
        return row

    def rows(self, statement: Any, **values: Any) -> Result[*tuple[Any, ...]]:
        """The rows of a select of columns that the actor may see; `values` fill its parameters."""
        seen = statement if self._everything else narrowed(statement, self.actor)
        return self.connection.execute(seen, values)

    def rows_about(self, model: type[Row], case_id: int) -> Sequence[Any]:
        """The rows of any case-linked table that belong to one case."""
        about = _table(model).c.case_id == case_id
        return self.session.scalars(select(model).where(about)).all()

    @contextmanager
    def beyond_scope(self) -> Iterator[None]:
        """Read and write past the actor's lots; only for acts whose rule says so."""
        before, self._everything = self._everything, True
        try:
            yield
            if self._act is not None:
                self.session.flush()
        finally:
            self._everything = before

    def seen(self, *, lot_id: int, what: str, case_id: int | None = None) -> None:
        """Note that the actor looked; it is stored within a second, off the request's path."""
        self._views.note(Seen(self.now, self.actor.user_id, lot_id, case_id, what))

    # Changing

    @contextmanager
    def command(self, act: Act) -> Iterator[None]:
        """One act: authorised, alone in writing, recorded in the trail, and whole or not at all."""
        if self._act is not None or self._pending:
            raise RuntimeError(f"{act.value} began inside another command.")
        self.actor.must(act)
        self._begin()
        self._act = act
        try:
            if self.form_key is not None:
                self.form_key.must_be_new(self.connection, self.actor.user_id)
            self._chain = trail.Chain(self.session, act, self.actor, self.now)
            if self.form_key is not None and self.form_key.kept:
                self.note("free_text", seems_to_hold=self.form_key.kept)
            yield
            self.session.flush()
            self._chain.write()
        except StaleDataError as stale:
            self._abandon()
            raise Conflict(Change(None, {})) from stale
        except BaseException:
            self._abandon()
            raise
        finally:
            self._act = self._chain = None
        self._pending = True
        if not self.answers_later:
            self.settle("")

    @contextmanager
    def housekeeping(self) -> Iterator[None]:
        """Update rows that the trail does not keep, without an entry of its own."""
        self._begin()
        try:
            yield
            self.session.commit()
        except BaseException:
            self._abandon()
            raise
        self._release()

    def settle(self, location: str) -> None:
        """Commit the command that has ended, with the answer that its form's key will repeat."""
        if not self._pending:
            return
        try:
            if self.form_key is not None:
                self.form_key.use(self.connection, self.actor.user_id, location, self.now)
                self.form_key = None
            self.session.commit()
        except BaseException:
            self._abandon()
            raise
        self._pending = False
        self._release()

    def close(self) -> None:
        """Give the connection back; a command that was not settled never happened."""
        self._pending = False
        if self._session is not None:
            self._session.close()
        if self._connection is not None:
            self._connection.close()
        self._release()

    def must_be_in(self, *acts: Act) -> None:
        """Refuse a step that is called outside the commands it belongs to (a programming error)."""
        if self._act is None or (acts and self._act not in acts):
            raise RuntimeError(f"This step does not belong to {self._act}.")

    @property
    def chain(self) -> trail.Chain:
        """The trail of the command that is running."""
        if self._chain is None:
            raise RuntimeError("No command is running.")
        return self._chain

    @property
    def act(self) -> Act:
        """The act of the command that is running."""
        if self._act is None:
            raise RuntimeError("No command is running.")
        return self._act

    def add(self, row: AnyRow) -> AnyRow:
        """Add a row within the command; its id is known afterwards."""
        self.must_be_in()
        self.session.add(row)
        self.session.flush()
        return row

    def remove(self, row: Row) -> None:
        """Delete a row within the command; the trail keeps what it held."""
        self.must_be_in()
        self.session.delete(row)
        self.session.flush()

    def note(self, subject: str, subject_id: int | None = None, **facts: object) -> None:
        """Put facts into the command's trail that no row holds."""
        self.must_be_in()
        self.chain.record(subject, [trail.Told.of({"id": subject_id}, trail.arrival(facts))])

    def expect(self, row: Row, version: int, shown: Mapping[str, str]) -> None:
        """Refuse to save over a newer version; `shown` is what the row now holds, in words."""
        if getattr(row, "version", version) != version:
            raise self.conflict({type(row): [getattr(row, "id", 0)]}, shown)

    def conflict(self, rows: trail.Rows, shown: Mapping[str, str]) -> Conflict:
        """What to raise where one of some rows was saved meanwhile: it names who did so last."""
        return Conflict(Change(trail.saved_by(self.connection, rows), shown))

    def mail(self, to_user_id: int, subject: str, path: str, *, urgent: bool = False) -> None:
        """Queue a link without a child's details, sent after the commit, an urgent one first."""
        message = OutboxMessage(
            to_user_id=to_user_id, subject=subject, path=path, created_at=self.now, urgent=urgent
        )
        self.add(message)

    def next_id(self, model: type[Row]) -> int:
        """The id that the next loaded row of a table will get."""
        self.must_be_in()
        return int(self.session.scalar(select(func.max(_table(model).c.id))) or 0) + 1

    def load(self, model: type[Row], rows: Iterable[Mapping[str, Any]], **same: Any) -> int:
        """Insert many rows at once: each lot is checked, and one trail entry digests them all.

        `same` is what all of them hold alike.
        """
        left = iter(rows)
        batches = iter(lambda: list(islice(left, LOAD_BATCH)), [])
        return self._load(model, map(columns_of, batches), same)

    def load_columns(self, model: type[Row], portions: Iterable[Columns], **same: Any) -> int:
        """The same for portions of rows that are given column by column, as very many are."""
        return self._load(model, portions, same)

    def amend(
        self, model: type[Row], rows: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]
    ) -> int:
        """Change many rows at once: pairs of what was (with id and lot) and what is to differ."""
        self.must_be_in()
        self.session.flush()
        table, by_fields = _table(model), dict[tuple[str, ...], list[dict[str, Any]]]()
        told: list[trail.Told] = []
        for before, after in rows:
            self._in_scope(model, before)
            values = {f"to_{name}": value for name, value in after.items()}
            by_fields.setdefault(tuple(sorted(after)), []).append({"row": before["id"], **values})
            changes = {name: [before.get(name), value] for name, value in after.items()}
            told.append(trail.Told.of(before, trail.differences(changes)))
        for fields, values_of_rows in by_fields.items():
            update_all(self.connection, table, fields, values_of_rows)
        self.session.expire_all()
        return self.chain.record(str(model.__tablename__), told)

    def add_up(
        self, model: type[Row], rows: Iterable[tuple[Mapping[str, Any], Mapping[str, int]]]
    ) -> None:
        """Add amounts to derived counters, making the counter where there is none.

        Every row has the names of the first.
        """
        self.must_be_in()
        dialect = sqlite if self.session.get_bind().dialect.name == "sqlite" else postgresql
        table, told = _table(model), list(rows)
        if not told:
            return
        keys, amounts = told[0]
        statement = dialect.insert(table)
        added = {name: table.c[name] + statement.excluded[name] for name in amounts}
        self.session.execute(
            statement.on_conflict_do_update(index_elements=list(keys), set_=added),
            [{**which, **amount} for which, amount in told],
        )

    # How it is done

    def _load(self, model: type[Row], portions: Iterable[Columns], same: Mapping[str, Any]) -> int:
        self.must_be_in()
        self.session.flush()
        told = self._inserted(model, portions, same)
        if model.in_trail:
            return self.chain.record(str(model.__tablename__), told)
        return sum(one.rows for one in told)

    def _begin(self) -> None:
        if self.only_reads:
            raise RuntimeError("A brief page, for which all others may wait, waits for no writer.")
        self._end_reading()
        self._lock.acquire()
        self._locked = True
        try:
            connection = self.session.connection(execution_options={"writing": True})
            if connection.dialect.name == "postgresql":
                self.session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": WRITER})
        except OperationalError as busy:
            self._abandon()
            raise Busy from busy
        except BaseException:
            self._abandon()
            raise

    def _end_reading(self) -> None:
        """Let go of what was read; from here on the session has connections of its own."""
        self.session.rollback()
        if self._connection is not None:
            self._connection.close()
        self.session.bind = self._engine
        self._answers.clear()

    def _abandon(self) -> None:
        self._pending = False
        self.session.rollback()
        self._release()

    def _release(self) -> None:
        if self._locked:
            self._locked = False
            self._lock.release()

    def before_statement(self, state: ORMExecuteState) -> None:
        """Narrow every select to what the actor may see."""
        if (state.is_update or state.is_delete) and _entity_in_trail(state):
            raise RuntimeError("Rows in the trail change one by one, or through load and amend.")
        if not self._everything:
            state.statement = narrowed(state.statement, self.actor)

    def before_flush(self, session: Session) -> None:
        """Refuse what is changed outside a command or put beyond the actor's lots."""
        if self._act is None:
            raise RuntimeError("A change outside a command.")
        for row in session.new:
            self._in_scope(type(row), row.__dict__)
        for row in session.dirty:
            # Seen through the scope when it was read; only a new lot needs to be looked at.
            if "lot_id" in row.__dict__:
                self._in_scope(type(row), row.__dict__)

    def after_flush(self, session: Session) -> None:
        """Record every row that went in, changed or out."""
        for rows, gone in ((session.new, False), (session.dirty, False), (session.deleted, True)):
            for row in rows:
                if type(row).in_trail and (told := trail.changed(row, gone=gone)):
                    self.chain.record(str(row.__tablename__), [told])

    def _in_scope(self, model: type[Row], values: Mapping[str, Any]) -> None:
        if not self._everything:
            must_belong(self.actor, model, values)

    def _inserted(
        self, model: type[Row], portions: Iterable[Columns], same: Mapping[str, Any]
    ) -> Iterator[trail.Told]:
        """Insert in portions, their lots looked at first; each row with what the trail tells."""
        for columns in portions:
            for values in places(columns, same):
                self._in_scope(model, values)
            insert_all(self.connection, _table(model), columns, same)
            yield trail.told_of(model, columns, same)


def _table(model: type[Row]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


def _entity_in_trail(state: ORMExecuteState) -> bool:
    mapper = state.bind_mapper
    return mapper is not None and bool(getattr(mapper.class_, "in_trail", False))
