"""Many rows at once, column by column, inserted by the shortest way that each database has."""

# ruff: noqa: S608 - the statements hold names of our own tables and columns, and no value

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar, cast
from zlib import crc32

from sqlalchemy import CheckConstraint, Connection, Dialect, Table, bindparam, text, update
from sqlalchemy import Enum as ChoiceOf
from sqlalchemy.exc import DBAPIError

Columns: TypeAlias = Mapping[str, Sequence[Any]]
Told = TypeVar("Told")
_COUNTED = (
    "WITH RECURSIVE numbers(it) AS (SELECT ? UNION ALL SELECT it + 1 FROM numbers WHERE it < ?)"
)
# Fewer rows than this are not worth a table to carry them.
CARRIED = 200


@contextmanager
def collector_resting() -> Iterator[None]:
    """Rows by the thousand hold no cycles; looking for some takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The rows' values by name; every row has the names of the first."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def portions_of(columns: Columns, most: int) -> Iterator[Columns]:
    """The columns cut into portions of so many rows at most."""
    rows = len(next(iter(columns.values())))
    for start in range(0, rows, most):
        yield {name: values[start : start + most] for name, values in columns.items()}


def each(values: Sequence[Any], tell: Callable[[Any], Told]) -> list[Told]:
    """What `tell` says of every value; it is asked once for each that differs."""
    if _is_one(values):
        return [tell(values[0])] * len(values)
    different = set(values)
    if len(different) == len(values):
        return list(map(tell, values))
    told = {value: tell(value) for value in different}
    return [told[value] for value in values]


@contextmanager
def choices_known(connection: Connection, table: Table) -> Iterator[None]:
    """Let many rows in whose choices are members of their enums already, as their types make sure.

    SQLite takes a quarter of the time of a load of cases to look each up in the CHECK again.
    """
    spared = connection.dialect.name == "sqlite" and _has_choices_alone(table)
    if spared:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
    try:
        yield
    finally:
        if spared:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")


def insert_all(
    connection: Connection, table: Table, columns: Columns, same: Mapping[str, Any]
) -> None:
    """Insert a row for each place in the columns; `same` is what all hold alike.

    What neither tells has its table's default.
    """
    alike = _defaults(table, columns) | dict(same)
    if len(next(iter(columns.values()))) >= CARRIED:
        differing = {name: values for name, values in columns.items() if not _is_one(values)}
        if differing:
            alike |= {name: columns[name][0] for name in columns.keys() - differing.keys()}
            columns = differing
    dialect = connection.dialect
    bound = [_bound(dialect, table.c[name].type, values) for name, values in columns.items()]
    always = [_bound(dialect, table.c[name].type, [value])[0] for name, value in alike.items()]
    insert = _insert_sqlite if dialect.name == "sqlite" else _copy
    insert(connection, table, [*columns, *alike], bound, tuple(always))


def update_all(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Set the named columns of many rows, each given as `row`, its id, and `to_` each name."""
    new: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
    if "version" in table.c:
        new["version"] = table.c.version + 1
    connection.execute(update(table).where(table.c.id == bindparam("row")).values(new), rows)


def _is_one(values: Sequence[Any]) -> bool:
    return values.count(values[0]) == len(values)


def _has_choices_alone(table: Table) -> bool:
    """Whether every CHECK of a table is that of a column of choices."""
    checks = sum(1 for one in table.constraints if isinstance(one, CheckConstraint))
    return checks == sum(1 for one in table.c if isinstance(one.type, ChoiceOf))


def _defaults(table: Table, columns: Columns) -> dict[str, Any]:
    return {
        column.name: default.arg
        for column in table.c
        if column.name not in columns
        and (default := cast("Any", column.default)) is not None
        and default.is_scalar
    }


def _bound(dialect: Dialect, kind: Any, values: Sequence[Any]) -> Sequence[Any]:
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if process is None else each(values, process)


def _copy(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    told: Sequence[Sequence[Any]],
    always: tuple[Any, ...],
) -> None:
    """The same on PostgreSQL, as its own driver sends many rows."""
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(map(quote, names))})"
    statement = f"COPY {into} FROM STDIN"
    driver: Any = connection.connection.driver_connection
    faults: Any = connection.dialect.loaded_dbapi
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as sent:
            for row in zip(*told, strict=True):
                sent.write_row(row + always)
    except faults.Error as fault:
        # In SQLAlchemy's words, as from every other statement.
        raise DBAPIError.instance(
            statement, None, fault, faults.Error, hide_parameters=True, dialect=connection.dialect
        ) from fault
    if "id" in names:
        # Rows with ids of their own leave the sequence behind.
        moved = f"SELECT setval(pg_get_serial_sequence(:name, 'id'), max(id)) FROM {table.name}"
        connection.execute(text(moved), {"name": table.name})


def _insert_sqlite(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    told: Sequence[Sequence[Any]],
    always: tuple[Any, ...],
) -> None:
    """Rows with the values of the first names, beside what the last names always hold.

    Many go by a table in memory that carries what differs, since a statement for each would open
    every index anew: one for all takes two thirds of the time. Numbers one after another are
    counted in the statement itself.
    """
    quote = connection.dialect.identifier_preparer.quote
    quoted = [quote(name) for name in names]
    into = f"{quote(table.name)} ({', '.join(quoted)})"
    always_too = ", ?" * len(always)
    if len(told[0]) < CARRIED:
        connection.exec_driver_sql(
            f"INSERT INTO {into} VALUES ({', '.join('?' * len(names))})",
            [row + always for row in zip(*told, strict=True)],
        )
        return
    if len(told) == 1 and isinstance(told[0], range):
        with choices_known(connection, table):
            connection.exec_driver_sql(
                f"{_COUNTED} INSERT INTO {into} SELECT it{always_too} FROM numbers",
                (told[0][0], told[0][-1], *always),
            )
        return
    with choices_known(connection, table), _carried(connection, table, quoted, told) as carrier:
        connection.exec_driver_sql(
            f"INSERT INTO {into} SELECT {', '.join(quoted[: len(told)])}{always_too} "
            f"FROM {carrier} ORDER BY rowid",
            always,
        )


@contextmanager
def _carried(
    connection: Connection, table: Table, names: Sequence[str], told: Sequence[Sequence[Any]]
) -> Iterator[str]:
    """A table in memory that holds the values of the first of these names.

    It stays, empty, for the next load of this shape: while rows are being read none is dropped.
    """
    listed, places = ", ".join(names[: len(told)]), ", ".join("?" * len(told))
    quote = connection.dialect.identifier_preparer.quote
    carrier = quote(f"carried_{table.name}_{crc32(listed.encode()):x}")
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE IF NOT EXISTS {carrier} AS SELECT {listed} FROM {quote(table.name)} "
        "WHERE 0"
    )
    rows = list(zip(*told, strict=True))
    connection.exec_driver_sql(f"INSERT INTO {carrier} VALUES ({places})", rows)
    yield carrier
    connection.exec_driver_sql(f"DELETE FROM {carrier}")
