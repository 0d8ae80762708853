"""What SQLite knows of its tables, so that it chooses among indexes well."""

from sqlalchemy import text

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
