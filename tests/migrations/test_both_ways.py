"""The schema's revisions hold together, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, inspect, text

from app.db import migrate
from app.db.engine import open_engine
from app.db.registry import load_models
from app.db.tables import Row
from tests.postgres import running_postgres

SCRIPTS = ScriptDirectory.from_config(migrate.configuration(""))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'schema.sqlite3'}"
    else:
        with running_postgres() as postgres:
            yield postgres


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    engine = open_engine(address)
    yield engine
    engine.dispose()


def described(engine: Engine) -> dict[str, object]:
    """Every table as its columns, options, keys, checks and indexes, each asked for all at once."""
    found = inspect(engine)
    options = found.get_multi_table_options() if engine.name == "sqlite" else {}
    primary = found.get_multi_pk_constraint()
    foreign = found.get_multi_foreign_keys()
    unique = found.get_multi_unique_constraints()
    checks = found.get_multi_check_constraints()
    indexes = found.get_multi_indexes()
    return {
        table[1]: {
            # Whatever their order: a column that a revision adds stands at the end.
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"]) for column in columns
            ),
            # Whether SQLite keeps the rows in the order of the key.
            "options": options.get(table, {}),
            "primary": primary[table]["constrained_columns"],
            "foreign": sorted(
                (key["name"], key["referred_table"], key["options"].get("ondelete"))
                for key in foreign[table]
            ),
            "unique": sorted(key["name"] for key in unique[table]),
            "checks": sorted((check["name"], check["sqltext"]) for check in checks[table]),
            "indexes": sorted(
                (index["name"], tuple(index["column_names"]), bool(index["unique"]))
                for index in indexes[table]
            ),
        }
        for table, columns in found.get_multi_columns().items()
        if table[1] != "alembic_version"
    }


def test_revisions_are_one_line_numbered_from_one():
    numbers = [revision.revision for revision in SCRIPTS.walk_revisions()]
    assert numbers[::-1] == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_every_revision_goes_up_down_and_up_again(address: str, engine: Engine):
    for revision in reversed([found.revision for found in SCRIPTS.walk_revisions()]):
        migrate.upgrade(address, revision)
        there = described(engine)
        migrate.downgrade(address, "-1")
        migrate.upgrade(address, revision)
        assert described(engine) == there
    migrate.downgrade(address, "base")
    assert described(engine) == {}


def test_migrated_tables_equal_the_models(address: str, engine: Engine):
    migrate.upgrade(address)
    migrated = described(engine)
    migrate.downgrade(address, "base")
    load_models()
    with engine.connect().execution_options(writing=True) as connection:
        Row.metadata.create_all(connection)
        connection.commit()
    created = described(engine)
    assert migrated.keys() == created.keys()
    for table, shape in created.items():
        assert migrated[table] == shape, table


def test_an_up_to_date_database_is_left_alone(address: str, engine: Engine):
    migrate.upgrade(address)
    with engine.connect() as connection:
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    migrate.upgrade(address)
    everything = MetaData()
    everything.reflect(engine)
    assert version == SCRIPTS.get_current_head()
    assert set(everything.tables) - {"alembic_version"} == set(Row.metadata.tables)


def test_a_revision_that_breaks_a_foreign_key_on_sqlite_leaves_nothing(tmp_path: Path):
    broken = tmp_path / "versions"
    broken.mkdir()
    (broken / "0001_break.py").write_text(BREAKING)
    address = f"sqlite:///{tmp_path / 'schema.sqlite3'}"
    settings = migrate.configuration(address)
    settings.set_main_option("path_separator", "os")
    settings.set_main_option("version_locations", str(broken))
    with pytest.raises(ValueError, match="breaks 1 foreign keys, first in children"):
        migrate.command.upgrade(settings, "head")
    engine = open_engine(address)
    assert described(engine) == {}
    engine.dispose()


BREAKING = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    op.create_table("parents", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "children",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("parents.id")),
    )
    op.execute("INSERT INTO children VALUES (1, 7)")
"""
