"""The tests' databases, application and personas."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import URL, Engine, NullPool, create_engine, event, make_url

from app.db import migrate
from app.db.engine import open_engine
from app.main import create_app, make_site
from app.settings import Settings
from app.web.shield import Shield
from app.work.database import Database
from tests.browse import Browse
from tests.postgres import running_postgres
from tests.world import MovingClock, World, lay_out

# After every 700 objects, as Python does it, this would take a sixth of the tests' time.
gc.set_threshold(50_000)
hypothesis_settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("ci")

LAID_OUT: dict[Settings, Shield] = {}
ON_POSTGRES = os.environ.get("CLEARWAY_TEST_DATABASE") == "postgresql"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, only what asks for its server: the rest would repeat SQLite's run."""
    if not ON_POSTGRES:
        return
    asking: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        (asking if "server" in getattr(item, "fixturenames", ()) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = asking


def pytest_collection_finish() -> None:
    """Never look for garbage among what was imported and collected, for it stays."""
    gc.freeze()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where databases are made: a PostgreSQL, or a folder for SQLite files."""
    if ON_POSTGRES:
        with running_postgres() as address:
            yield address
    else:
        yield str(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def copied(server: str) -> Callable[[str, str], str]:
    """Makes a database by copying another one, by their names; returns its address.

    Nobody may be connected to the one that is copied.
    """

    def copy(source: str, name: str) -> str:
        address = _address(server, name)
        if ON_POSTGRES:
            _on_server(
                server,
                f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
                # Half the time of a copy that goes through the log, which nothing here needs.
                f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY FILE_COPY",
            )
            return address
        file = _file(address)
        for leftover in file.parent.glob(f"{file.name}*"):
            leftover.unlink()
        shutil.copyfile(_file(_address(server, source)), file)
        return address

    return copy


@pytest.fixture(scope="session")
def laid_out(server: str, copied: Callable[[str, str], str]) -> Callable[[str], str]:
    """Makes databases with all tables and nothing in them: migrated once, for that takes long."""
    if ON_POSTGRES:
        _on_server(server, "CREATE DATABASE tables")
    migrate.upgrade(_address(server, "tables"))
    return partial(copied, "tables")


@pytest.fixture(scope="session")
def template(laid_out: Callable[[str], str]) -> dict[str, dict[str, int]]:
    """A database with the tests' people in it, from which each test gets a copy; their ids."""
    address = laid_out("template")
    database = Database(open_engine(address), MovingClock())
    ids = lay_out(database)
    database.engine.dispose()
    return ids


@pytest.fixture(scope="session")
def engine(server: str) -> Iterator[Engine]:
    """One engine at one address for all tests, which then compile a statement once, not each."""
    opened = open_engine(_address(server, "copy"))
    if not ON_POSTGRES:
        # Nothing here tests power cuts, and waiting for the disk would take most of the time.
        event.listen(opened, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def world(
    copied: Callable[[str, str], str],
    template: dict[str, dict[str, int]],
    engine: Engine,
    clock: MovingClock,
) -> Iterator[World]:
    """A fresh copy of the template, for this test alone."""
    copied("template", "copy")
    yield World(Database(engine, clock), clock, deepcopy(template))
    engine.dispose()


@pytest.fixture(scope="session")
def seal_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests' own vault has its key."""
    return tmp_path_factory.mktemp("keys") / "seal.key"


@pytest.fixture
def settings(world: World, seal_key_file: Path) -> Settings:
    return Settings(
        seal_key_file=seal_key_file,
        database_url=world.database.engine.url.render_as_string(hide_password=False),
        hosts=("testserver", "127.0.0.1", "localhost"),
        origin="http://testserver",
    )


@pytest.fixture
def app(world: World, settings: Settings) -> Shield:
    """The application on the test's database; its routes are laid out once for all tests."""
    if settings not in LAID_OUT:
        LAID_OUT[settings] = create_app(settings, world.database)
    shield = LAID_OUT[settings]
    state = shield.app.state  # type: ignore[attr-defined]
    state.site = make_site(settings, world.database, state.site.paths)
    return shield


@pytest.fixture(scope="session")
def loop() -> Iterator[BlockingPortal]:
    """One event loop for all tests' requests, each of which would start one with its threads."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture
def browse(world: World, app: object, loop: BlockingPortal) -> Callable[..., Browse]:
    """`browse("tess")` is Tess signed in; `browse()` is nobody."""

    def open_browser(key: str | None = None) -> Browse:
        return Browse(app, world.cookie(key) if key else None, loop)

    return open_browser


def _address(server: str, name: str) -> str:
    if not ON_POSTGRES:
        return f"sqlite:///{server}/{name}.sqlite3"
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _file(address: str | URL) -> Path:
    return Path(make_url(address).database or "")


def _on_server(server: str, *statements: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
