"""Runs the revisions, each in a transaction of its own, on the database the command names."""

import os
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel.sql.sqltypes import AutoString

from app.db.engine import open_engine
from app.db.registry import load_models
from app.db.tables import Row, Utc


def run() -> None:
    """Migrate with foreign keys off on SQLite: rebuilding a parent would empty its children."""
    address = context.config.attributes.get("address")
    if address is None:
        # Alembic's own command line, which looks for what the tables have and no revision makes.
        load_models()
        address = os.environ["CLEARWAY_DATABASE_URL"]
    engine = open_engine(address)
    try:
        with engine.connect().execution_options(writing=True) as connection:
            if engine.dialect.name == "sqlite":
                connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            context.configure(
                connection=connection,
                target_metadata=Row.metadata,
                transactional_ddl=True,
                transaction_per_migration=True,
                render_as_batch=True,
                render_item=write_plain_type,
                process_revision_directives=number,
                on_version_apply=refuse_broken_keys,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


def refuse_broken_keys(ctx: MigrationContext, **_applied: object) -> None:
    """Undo a SQLite revision that leaves a row pointing at nothing."""
    if ctx.dialect.name != "sqlite" or ctx.connection is None:
        return
    broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise ValueError(
            f"The revision breaks {len(broken)} foreign keys, first in {broken[0][0]}."
        )


def write_plain_type(kind: str, item: object, _autogen: AutogenContext) -> str | Literal[False]:
    """Our own column types as SQLAlchemy's, so that old revisions outlive our classes."""
    if kind != "type":
        return False
    if isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    if isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.Enum):
        values = ", ".join(repr(value) for value in item.enums)
        kept = f"native_enum=False, create_constraint=True, length={item.length}"
        return f"sa.Enum({values}, name={item.name!r}, {kept})"
    return False


def number(_ctx: MigrationContext, _revision: Any, directives: list[MigrationScript]) -> None:
    """Number a new revision after the last one."""
    head = ScriptDirectory.from_config(context.config).get_current_head()
    for directive in directives:
        directive.rev_id = f"{int(head or 0) + 1:04d}"


run()
