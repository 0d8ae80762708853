"""Makes very many cases of few: each with all that hangs on it, copied in the database."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Column, Connection, Engine, Table

from app.cases.register.models import Case
from app.db.tables import Row
from app.performance.measures.events.chosen import OF_WORKERS
from app.performance.measures.rules import OF_COUNTS

CASES = str(Case.__tablename__)
# Names of a case of which no two may be alike, with what stands between one and its copy's number.
NAMES = {
    (CASES, "reference"): "-",
    (CASES, "reference_core"): "",
    (CASES, "family_key"): "-",
    ("imported_rows", "key"): "-",
}
# Where a column points to another table without a key to it.
POINTS = {("earned_cases", "last_move_id"): "case_moves"}
# Counts of cases that are kept beside them.
KEPT = {
    "case_counters": ("cases",),
    "receiver_counters": ("cases",),
    "daily_totals": ("cases",),
    "week_totals": ("cases", "again"),
    "workloads": ("held", "co_worked"),
    "group_weeks": ("came", "went"),
    "baselines": ("cases",),
    "start_figures": ("cases", "overdue", "unallocated"),
    "scope_statements": (
        *("before", "opening", "received", "handed_back", "transferred"),
        *("cleared", "reopened", "closing"),
    ),
    "clock_days": ("days",),
    "earned_weeks": ("earned", "weight", "cases", "days"),
    "measure_readings": ("numerator", "denominator"),
    "running_readings": ("numerator", "denominator"),
}
MOVES_COUNTED = (
    "UPDATE earned_marks SET last_move_id = "
    "(SELECT max(id) FROM case_moves WHERE case_moves.lot_id = earned_marks.lot_id)"
)


def copy_cases(engine: Engine, times: int) -> None:
    """Have every case so many times; counts of cases are as many times as large.

    The trail stays as it was, and with it what it tells of the first of each.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            # Every row that another points to is copied before it, so nobody need look.
            connection.exec_driver_sql("SET session_replication_role = replica")
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("SET maintenance_work_mem = '512MB'")
        tables = list(copied())
        most = {table.name: most_of(connection, table) for table in tables}
        for table in tables:
            copy_rows(connection, table, most, times)
            connection.commit()
        for name, columns in KEPT.items():
            connection.exec_driver_sql(as_many_times(name, columns, times))
        connection.exec_driver_sql(MOVES_COUNTED)
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def copied() -> Iterator[Table]:
    """The table of cases and all that point to it, straight or by another."""
    names = {CASES}
    for table in Row.metadata.sorted_tables:
        if table.name in names or names & {key.column.table.name for key in table.foreign_keys}:
            names.add(table.name)
            yield table


def most_of(connection: Connection, table: Table) -> int:
    """The largest id of a table, or of its cases where it goes by them."""
    [key] = table.primary_key
    found = connection.exec_driver_sql(f"SELECT max({key.name}) FROM {table.name}").scalar()
    return int(found or 0)


def copy_rows(connection: Connection, table: Table, most: Mapping[str, int], times: int) -> None:
    """Insert the copies of a table's rows, one copy of all after the other."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    [key] = table.primary_key
    for index in table.indexes:
        index.drop(connection)
    for copy in range(1, times):
        values = ", ".join(value_of(column, most, copy) for column in table.columns)
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) "
            f"SELECT {values} FROM {table.name} WHERE {key.name} <= {most[table.name]}"
        )
    for index in table.indexes:
        index.create(connection)
    if connection.dialect.name != "sqlite" and key.name == "id":
        moved = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id))"
        connection.exec_driver_sql(f"{moved} FROM {table.name}")


def value_of(column: Column[object], most: Mapping[str, int], copy: int) -> str:
    name = f'"{column.name}"'
    place = (column.table.name, column.name)
    if place in NAMES:
        return f"'{copy}{NAMES[place]}' || {name}"
    targets = {key.column.table.name for key in column.foreign_keys} & set(most)
    targets |= {POINTS[place]} if place in POINTS else set()
    if column.primary_key and not targets:
        targets = {column.table.name}
    return f"{name} + {copy * most[targets.pop()]}" if targets else name


def as_many_times(name: str, columns: Sequence[str], times: int) -> str:
    sums = ", ".join(f"{column} = {column} * {times}" for column in columns)
    of_workers = ", ".join(f"'{measure.value}'" for measure in sorted(OF_WORKERS | OF_COUNTS))
    kept = f" WHERE measure NOT IN ({of_workers})" if name.endswith("_readings") else ""
    return f"UPDATE {name} SET {sums}{kept}"
