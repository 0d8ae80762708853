"""Databases of the demo's own: one that is filled once, and empty ones to fill."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from app.db import migrate as schema
from app.db.engine import open_engine
from app.work.database import Database
from seed import demo
from tests.world import MovingClock

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def named(server: str) -> Callable[[], str]:
    """Makes a database with all tables and nothing in them; returns its address."""

    def name() -> str:
        new = f"demo{uuid4().hex}"
        if not server.startswith("postgresql"):
            address = f"sqlite:///{server}/{new}.sqlite3"
            schema.upgrade(address)
            return address
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {new}"))
        engine.dispose()
        address = make_url(server).set(database=new).render_as_string(hide_password=False)
        schema.upgrade(address)
        return address

    return name


@pytest.fixture
def empty(named: Callable[[], str]) -> Iterator[Callable[[], Database]]:
    """Opens databases with all tables and nothing in them."""
    opened: list[Database] = []

    def new() -> Database:
        database = Database(open_engine(named()), MovingClock())
        opened.append(database)
        return database

    yield new
    for database in opened:
        database.engine.dispose()


@pytest.fixture(scope="session")
def filled(named: Callable[[], str]) -> Iterator[Database]:
    """The demo as of a Friday in November; tests read it only."""
    address = named()
    demo.main(address, fresh=False, today=TODAY)
    database = Database(open_engine(address), demo.clock_of(TODAY))
    yield database
    database.engine.dispose()
