"""The tests' databases, application and personas."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, make_url, text

from app.db import migrate
from app.db.engine import open_engine
from app.main import create_app
from app.settings import Settings
from app.work.database import Database
from tests.browse import Browse
from tests.postgres import running_postgres
from tests.world import MovingClock, World, lay_out

hypothesis_settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("ci")

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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where databases are made: a PostgreSQL, or a folder for SQLite files."""
    if ON_POSTGRES:
        with running_postgres() as address:
            yield address
    else:
        yield str(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def template(server: str) -> tuple[str, dict[str, dict[str, int]]]:
    """A migrated database with the tests' people in it, from which each test gets a copy."""
    address = _address(server, "template")
    if ON_POSTGRES:
        _on_server(server, "CREATE DATABASE template")
    migrate.upgrade(address)
    database = Database(open_engine(address), MovingClock())
    ids = lay_out(database)
    database.engine.dispose()
    return address, ids


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def world(
    server: str, template: tuple[str, dict[str, dict[str, int]]], clock: MovingClock
) -> Iterator[World]:
    """A database of the test's own."""
    name = f"t{uuid4().hex}"
    address = _address(server, name)
    if ON_POSTGRES:
        _on_server(server, f"CREATE DATABASE {name} TEMPLATE template")
    else:
        shutil.copyfile(_file(template[0]), _file(address))
    database = Database(open_engine(address), clock)
    yield World(database, clock, template[1])
    database.engine.dispose()
    if ON_POSTGRES:
        _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(world: World) -> Settings:
    return Settings(
        database_url=world.database.engine.url.render_as_string(hide_password=False),
        hosts=("testserver", "127.0.0.1", "localhost"),
        origin="http://testserver",
    )


@pytest.fixture
def app(world: World, settings: Settings) -> object:
    return create_app(settings, world.database)


@pytest.fixture
def browse(world: World, app: object) -> Callable[..., Browse]:
    """`browse("tess")` is Tess signed in; `browse()` is nobody."""

    def open_browser(key: str | None = None) -> Browse:
        return Browse(app, world.cookie(key) if key else None)

    return open_browser


def _address(server: str, name: str) -> str:
    if not ON_POSTGRES:
        return f"sqlite:///{server}/{name}.sqlite3"
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _file(address: str) -> Path:
    return Path(make_url(address).database or "")


def _on_server(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
