"""Counts what a page asks of the database, and tells how SQLite reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.world import World


@contextmanager
def questions(world: World) -> Iterator[list[str]]:
    """The SELECTs sent to the world's database meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            asked.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)


@contextmanager
def plans(world: World) -> Iterator[list[str]]:
    """The lines of SQLite's plans of the SELECTs sent meanwhile, which are known afterwards.

    None on PostgreSQL, which chooses by the size of its tables.
    """
    asked: list[tuple[str, Any]] = []
    lines: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, values))

    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        yield lines
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)
    with world.database.engine.connect() as connection:
        for statement, values in asked if world.database.is_sqlite else ():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            lines += [line for *_, line in plan]
