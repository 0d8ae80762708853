"""Opens the database with the manners each engine needs to keep what it says it kept."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from psycopg import IsolationLevel
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from app.db.forms import Forms

try:
    from pysqlite3 import dbapi2 as bundled
except ImportError:
    bundled = None

SQLITE_THREADS = 4
SQLITE_OVERFLOW = 60
POSTGRESQL_THREADS = 40
# Statements that each connection has planned; some 80 KB each of the database server's memory.
PREPARED = 400
# Times in milliseconds. A statement works alone: helpers cost short ones more time than they save,
# and long ones take them from other people's requests. Nor is one translated before it runs, which
# costs more than the longest of ours. A row found by an index costs hardly more than the next one,
# as nobody keeps cases on turning disks: else whole tables are read to count the first of them.
POSTGRESQL_MANNERS = " ".join(
    f"-c {name}={value}"
    for name, value in (
        ("lock_timeout", 10_000),
        ("statement_timeout", 120_000),
        ("idle_in_transaction_session_timeout", 120_000),
        ("max_parallel_workers_per_gather", 0),
        ("jit", "off"),
        ("random_page_cost", 1.1),
    )
)


def threads_for(engine: Engine) -> int:
    """How many requests may be answered by threads at once."""
    return SQLITE_THREADS if engine.dialect.name == "sqlite" else POSTGRESQL_THREADS


def open_engine(address: str) -> Engine:
    """An engine for `sqlite:///file` or `postgresql://…`, ready for commands and reads."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    return _open_postgresql(url)


def reads_beside_writes(engine: Engine) -> bool:
    """Whether a read waits neither for a writer nor for a server: SQLite's, where WAL is safe."""
    driver: Any = engine.dialect.dbapi
    return engine.dialect.name == "sqlite" and wal_is_safe(driver.sqlite_version_info)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the repair of the WAL-reset bug (3.51.3, 3.50.7, 3.44.6)."""
    branch, patch = (version[0], version[1]), version[2]
    repaired = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
    return branch > (3, 51) or patch >= repaired.get(branch, 10_000)


def sqlite_driver() -> ModuleType:
    """The wheel's own SQLite where it has one, else the standard library's."""
    return bundled or sqlite3


def _open_postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=POSTGRESQL_THREADS,
        max_overflow=0,
        # The connection that was used last knows most.
        pool_use_lifo=True,
        hide_parameters=True,
        execution_options={"compiled_cache": Forms()},
        connect_args={"options": POSTGRESQL_MANNERS},
    )

    @event.listens_for(engine, "connect")
    def prepare_all(driver: Any, _record: object) -> None:
        # Of the hundred that psycopg begins with, people on different pages take turns.
        driver.prepared_max = PREPARED

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        reading = _is_reading(connection)
        driver.read_only = reading
        # All that a page reads is of one moment, as it is on SQLite: a figure and the rows behind
        # it agree. A command locks out other writers and reads what the last of them left.
        driver.isolation_level = IsolationLevel.REPEATABLE_READ if reading else None

    @event.listens_for(engine, "rollback")
    def end_reading(connection: Connection) -> None:
        # At a ROLLBACK psycopg forgets what the server prepared, and each page would be planned
        # anew: half of its time there. What may only read has nothing to take back, so it ends by
        # a COMMIT.
        driver: Any = connection.connection.driver_connection
        if _is_reading(connection) and driver.info.transaction_status.name == "INTRANS":
            # Lost with the connection or not, the ROLLBACK that follows tells.
            with suppress(driver.OperationalError):
                driver.execute("COMMIT")

    return engine


def _is_reading(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("reading", False))


def _open_sqlite(url: URL) -> Engine:
    driver = sqlite_driver()
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        module=driver,
        poolclass=QueuePool,
        # One for each thread and one for the event loop, which must not wait until somebody on a
        # slow line has their file and gives one back.
        pool_size=SQLITE_THREADS + 1,
        max_overflow=SQLITE_OVERFLOW,
        # The connection that was used last knows most: pages asked in turn cost a tenth less.
        pool_use_lifo=True,
        # What somebody wrote stays out of the log when a statement fails.
        hide_parameters=True,
        execution_options={"compiled_cache": Forms()},
        connect_args={"isolation_level": None, "timeout": 30, "check_same_thread": False},
    )
    wal = wal_is_safe(driver.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def set_manners(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}")
        cursor.execute(f"PRAGMA synchronous={'FULL' if wal else 'EXTRA'}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.execute("PRAGMA mmap_size=0")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            # On the driver itself: a read waits for nobody, so it can meet no fault to translate.
            reading: Any = connection.connection.driver_connection
            reading.execute("BEGIN")

    return engine
