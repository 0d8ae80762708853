"""Databases of invented cases to measure on, made once for each version of what makes them."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from sqlalchemy import Engine, create_engine, make_url

from app.db import migrate as schema
from app.db.engine import open_engine
from app.db.registry import load_models
from app.kernel.days import london_date
from app.settings import ROOT
from app.work.database import Database
from seed.demo import fill
from tests.bench.copies import copy_cases
from tests.bench.stock import Stock, look_into
from tests.postgres import running_postgres

KEPT = ROOT / "data" / "bench"
CASES_AT_SCALE_1 = 632
# More are copies of so many, each told as a story of its own.
TOLD = 10_000
RUN = "measured"
screen = Console(stderr=True, highlight=False)


@contextmanager
def on_sqlite(cases: int, *, fresh: bool) -> Iterator[Stock]:
    """A copy, in a folder that is thrown away, of a file of about so many cases."""
    kept = KEPT / f"{cases}-{fingerprint()}.sqlite3"
    if fresh or not kept.exists():
        for old in KEPT.glob(f"{cases}-*.sqlite3*"):
            old.unlink()
        # It has its name only once it is whole.
        unfinished = kept.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        make(cases, f"sqlite:///{unfinished}")
        unfinished.rename(kept)
    with tempfile.TemporaryDirectory(prefix="clearway-bench-") as folder:
        file = Path(folder) / f"{cases}.sqlite3"
        shutil.copyfile(kept, file)
        yield looked_into(f"sqlite:///{file}", None)


@contextmanager
def on_postgresql(cases: int, *, fresh: bool) -> Iterator[Stock]:
    """A copy of a database of about so many cases, on a server of this run's own."""
    folder, kept = KEPT / "postgresql", f"cases_{cases}_{fingerprint()}"
    with running_postgres(folder) as address, administering(address) as engine:
        with engine.connect() as connection:
            listed = "SELECT datname FROM pg_database WHERE datname LIKE %s"
            found = connection.exec_driver_sql(listed, (f"cases_{cases}_%",)).scalars().all()
        if fresh or kept not in found:
            tell(
                engine, *(f"DROP DATABASE {old}" for old in found), f"DROP DATABASE IF EXISTS {RUN}"
            )
            tell(engine, f"CREATE DATABASE {RUN}")
            make(cases, beside(address, RUN))
            tell(engine, f"ALTER DATABASE {RUN} RENAME TO {kept}")
        tell(
            engine,
            f"DROP DATABASE IF EXISTS {RUN}",
            f"CREATE DATABASE {RUN} TEMPLATE {kept} STRATEGY FILE_COPY",
        )
        server = int((folder / "postmaster.pid").read_text().split()[0])
        yield looked_into(beside(address, RUN), server)
        tell(engine, f"DROP DATABASE {RUN}")


ON = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def fingerprint() -> str:
    """What the contents of a database depend on: the code that lays out tables and history."""
    total = hashlib.sha256()
    here = [ROOT / "app/db/tables.py", ROOT / "tests/bench/copies.py"]
    sources = [*ROOT.glob("seed/*.py"), *ROOT.glob("app/**/models.py"), *here]
    for path in sorted([*sources, *ROOT.glob("migrations/versions/*.py")]):
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def make(cases: int, address: str) -> None:
    """Load history into a new database, and copy it until there are so many cases."""
    load_models()
    times = max(1, round(cases / TOLD))
    with screen.status(f"Loading {cases:,} cases"):
        schema.upgrade(address)
        engine = open_engine(address)
        now = datetime.now(UTC)
        scale = max(1, round(cases / times / CASES_AT_SCALE_1))
        fill(Database(engine, lambda: now), london_date(now), scale=scale)
        if times > 1:
            copy_cases(engine, times)
        settle(engine)
        engine.dispose()


def settle(engine: Engine) -> None:
    """Leave nothing for the measured requests to put in order."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("VACUUM ANALYZE")


def looked_into(address: str, served_by: int | None) -> Stock:
    engine = open_engine(address)
    try:
        return look_into(engine, address, served_by)
    finally:
        engine.dispose()


@contextmanager
def administering(address: str) -> Iterator[Engine]:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def tell(engine: Engine, *statements: str) -> None:
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def beside(address: str, name: str) -> str:
    """The address of another database of the same server."""
    url = make_url(address).set(database=name)
    return url.render_as_string(hide_password=False)
