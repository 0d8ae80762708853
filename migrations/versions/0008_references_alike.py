"""What stays of a reference, to find those alike, and indexes without the cases they leave out."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_HELD = (
    ("ix_cases_worker", ["practitioner_id", "state", "allocated_on"], "practitioner_id"),
    ("ix_cases_co_worker_id", ["co_worker_id"], "co_worker_id"),
    ("ix_cases_family", ["contract_id", "family_key"], "family_key"),
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_POINT_ZERO = re.compile(r"\.0+$")
_ZEROS_IN_FRONT = re.compile(r"^([a-z]*)0+(?=[0-9])")


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reference_core", sa.String(40), nullable=False, server_default="")
        )
    _fill_cores()
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.alter_column("reference_core", server_default=None)
    op.create_index("ix_cases_core", "cases", ["contract_id", "reference_core"])
    for name, columns, held in _HELD:
        op.drop_index(name, table_name="cases")
        where = sa.text(f"{held} IS NOT NULL")
        op.create_index(name, "cases", columns, sqlite_where=where, postgresql_where=where)
    op.drop_index("ix_imported_rows_reference", table_name="imported_rows")
    waiting = sa.text("case_id IS NULL")
    op.create_index(
        "ix_imported_rows_reference",
        "imported_rows",
        ["reference"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("districts", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(
        "UPDATE import_batches SET districts = true WHERE id IN "
        "(SELECT batch_id FROM imported_rows WHERE facts LIKE '%\"district\":%')"
    )
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.alter_column("districts", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.drop_column("districts")
    op.drop_index("ix_imported_rows_reference", table_name="imported_rows")
    op.create_index("ix_imported_rows_reference", "imported_rows", ["reference"])
    for name, columns, _ in _HELD:
        op.drop_index(name, table_name="cases")
        op.create_index(name, "cases", columns)
    op.drop_index("ix_cases_core", table_name="cases")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_column("reference_core")


def _fill_cores() -> None:
    """What stays of each reference without case, signs and zeros in front."""
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT id, reference FROM cases")).all()
    told = [{"row": case_id, "core": _core(reference)} for case_id, reference in found]
    if told:
        connection.execute(sa.text("UPDATE cases SET reference_core = :core WHERE id = :row"), told)


def _core(reference: str) -> str:
    plain = unicodedata.normalize("NFKC", reference).casefold().strip()
    return _ZEROS_IN_FRONT.sub(r"\1", _NOT_WORD.sub("", _POINT_ZERO.sub("", plain)))[:40]
