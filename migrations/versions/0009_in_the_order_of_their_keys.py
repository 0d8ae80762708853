"""On SQLite, tables that are read by a key of several columns keep their rows in its order.

The counters of cases have the way out before the day in theirs, as pages add them up.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "case_counters",
    "clock_days",
    "daily_totals",
    "earned_weeks",
    "group_weeks",
    "receiver_counters",
    "running_readings",
    "user_lots",
    "week_totals",
    "weeks_bought",
    "workloads",
)
ENDING = " WITHOUT ROWID"
DAY_FIRST = "(lot_id, state, due_on, planned)"
WAY_FIRST = "(lot_id, state, planned, due_on)"


def upgrade() -> None:
    _lay_tables(DAY_FIRST, WAY_FIRST, ENDING)


def downgrade() -> None:
    _lay_tables(WAY_FIRST, DAY_FIRST, "")


def _lay_tables(before: str, after: str, ending: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in TABLES:
            _lay_anew(name, (before, after), ending)
    else:
        op.execute("ALTER TABLE case_counters DROP CONSTRAINT pk_case_counters")
        op.execute(f"ALTER TABLE case_counters ADD CONSTRAINT pk_case_counters PRIMARY KEY {after}")


def _lay_anew(name: str, keys: tuple[str, str], ending: str) -> None:
    """The same table with another ending and the key's columns in another order."""
    connection = op.get_bind()
    told = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    [table] = connection.exec_driver_sql(told, (name, "table")).scalars().all()
    indexes = connection.exec_driver_sql(told, (name, "index")).scalars().all()
    before = f"{name}_before"
    for statement in (
        f"ALTER TABLE {name} RENAME TO {before}",
        table.replace(*keys).removesuffix(ENDING) + ending,
        f"INSERT INTO {name} SELECT * FROM {before}",  # noqa: S608 - a name of ours
        f"DROP TABLE {before}",
        *indexes,
    ):
        connection.exec_driver_sql(statement)
