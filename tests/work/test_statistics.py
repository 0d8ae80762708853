"""What the databases know of their tables and of what they are asked again and again."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from app.contract import queries as contract
from tests.makers import a_case
from tests.world import World


def test_what_was_gathered_reaches_every_connection(world: World) -> None:
    a_case(world)
    database = world.database
    held = database.engine.pool
    database.gather_statistics()
    # PostgreSQL gathers by itself, and its connections are left alone.
    assert (database.engine.pool is held) is not database.is_sqlite
    known = "sqlite_stat1 WHERE tbl" if database.is_sqlite else "pg_class WHERE relname"
    with database.engine.connect() as connection:
        found = connection.scalar(text(f"SELECT count(*) FROM {known} = 'cases'"))
    assert found


def test_what_postgresql_has_planned_outlives_the_reads_that_asked_for_it(world: World) -> None:
    if world.database.is_sqlite:
        return
    for _ in range(8):
        with world.acting("tess") as uow:
            contract.list_lots(uow)
    with world.database.engine.connect() as connection:
        planned = connection.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("FROM lots" in statement for statement in planned)


def test_on_postgresql_what_is_read_by_can_change_nothing(world: World) -> None:
    if world.database.is_sqlite:
        return
    with world.acting("tess") as uow, pytest.raises(InternalError, match="read-only transaction"):
        uow.connection.execute(text("UPDATE lots SET name = name"))
