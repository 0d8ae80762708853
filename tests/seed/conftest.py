"""Databases of the demo's own: one that is filled once, and empty ones to fill."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from app.db.engine import open_engine
from app.work.database import Database
from seed import demo, standing
from tests.world import MovingClock

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def named(laid_out: Callable[[str], str]) -> Callable[[], str]:
    """Makes a database with all tables and nothing in them; returns its address."""
    return lambda: laid_out(f"demo{uuid4().hex}")


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
    standing.main(address, fresh=False, today=TODAY)
    database = Database(open_engine(address), demo.clock_of(TODAY))
    yield database
    database.engine.dispose()


@pytest.fixture
def filled_too(filled: Database, copied: Callable[[str, str], str]) -> Iterator[Database]:
    """A copy of the demo, to be changed."""
    filled.engine.dispose()
    source = Path(str(filled.engine.url.database)).stem
    database = Database(open_engine(copied(source, f"{source}too")), demo.clock_of(TODAY))
    yield database
    database.engine.dispose()
