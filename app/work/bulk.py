"""Many rows at once, column by column, inserted by the shortest way that each database has."""

# ruff: noqa: S608 - the statements hold names of our own tables and columns, and no value

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar
from zlib import crc32

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, update

Columns: TypeAlias = Mapping[str, Sequence[Any]]
Told = TypeVar("Told")
# Fewer rows than this are not worth a table to carry them.
CARRIED = 200


def columns_of(rows: Sequence[Mapping[str, Any]], same: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The rows' values by name, with what all hold alike; every row has the names of the first."""
    alike = {name: [value] * len(rows) for name, value in same.items()}
    return {name: [row[name] for row in rows] for name in rows[0]} | alike


def each(values: Sequence[Any], tell: Callable[[Any], Told]) -> list[Told]:
    """What `tell` says of every value; it is asked once for each that differs."""
    if values.count(values[0]) == len(values):
        return [tell(values[0])] * len(values)
    told = {value: tell(value) for value in set(values)}
    return [told[value] for value in values]


def insert_all(connection: Connection, table: Table, columns: Columns) -> None:
    """Insert a row for each place in the columns; what is left out has its table's default."""
    whole = _with_defaults(table, columns)
    if connection.dialect.name != "sqlite":
        rows = zip(*whole.values(), strict=True)
        told = [dict(zip(whole, row, strict=True)) for row in rows]
        connection.execute(insert(table), told)
        return
    dialect = connection.dialect
    bound = [_bound(dialect, table.c[name].type, values) for name, values in whole.items()]
    _insert_sqlite(connection, table, list(whole), list(zip(*bound, strict=True)))


def update_all(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Set the named columns of many rows, each given as `row`, its id, and `to_` each name."""
    new: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
    if "version" in table.c:
        new["version"] = table.c.version + 1
    connection.execute(update(table).where(table.c.id == bindparam("row")).values(new), rows)


def _with_defaults(table: Table, columns: Columns) -> dict[str, Sequence[Any]]:
    whole = dict(columns)
    length = len(next(iter(columns.values())))
    for column in table.c:
        default: Any = column.default
        if column.name not in whole and default is not None and default.is_scalar:
            whole[column.name] = [default.arg] * length
    return whole


def _bound(dialect: Dialect, kind: Any, values: Sequence[Any]) -> Sequence[Any]:
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if process is None else each(values, process)


def _insert_sqlite(
    connection: Connection, table: Table, names: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Many rows go by a table in memory.

    SQLite builds the choices of each CHECK anew for every statement; one statement for all rows
    takes a third less time.
    """
    quote = connection.dialect.identifier_preparer.quote
    listed, into = ", ".join(map(quote, names)), quote(table.name)
    places = ", ".join("?" * len(names))
    if len(rows) < CARRIED:
        connection.exec_driver_sql(f"INSERT INTO {into} ({listed}) VALUES ({places})", rows)
        return
    # It stays, empty, for the next load of this shape: while rows are being read none is dropped.
    carrier = quote(f"carried_{table.name}_{crc32(listed.encode()):x}")
    for statement, values in (
        (f"CREATE TEMP TABLE IF NOT EXISTS {carrier} AS SELECT {listed} FROM {into} WHERE 0", None),
        (f"INSERT INTO {carrier} VALUES ({places})", rows),
        (f"INSERT INTO {into} ({listed}) SELECT * FROM {carrier} ORDER BY rowid", None),
        (f"DELETE FROM {carrier}", None),
    ):
        connection.exec_driver_sql(statement, values)
