"""On SQLite, tables that are read by a key of several columns keep their rows in its order."""

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


def upgrade() -> None:
    for name in TABLES:
        _lay_anew(name, ENDING)


def downgrade() -> None:
    for name in TABLES:
        _lay_anew(name, "")


def _lay_anew(name: str, ending: str) -> None:
    """The same table with another ending, its rows and its indexes with it."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    told = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL"
    [table] = connection.exec_driver_sql(told, (name, "table")).scalars().all()
    indexes = connection.exec_driver_sql(told, (name, "index")).scalars().all()
    before = f"{name}_before"
    for statement in (
        f"ALTER TABLE {name} RENAME TO {before}",
        table.removesuffix(ENDING) + ending,
        f"INSERT INTO {name} SELECT * FROM {before}",
        f"DROP TABLE {before}",
        *indexes,
    ):
        connection.exec_driver_sql(statement)
