"""Packs for the weekly performance meeting of a lot."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# What names a kind of pack; the editions of an issue go with it.
TABLES = ("pack_schedules", "pack_drafts", "packs")
NEWER = "performance"
KINDS = ("weekly", NEWER, "fortnightly", "monthly", "final")


def upgrade() -> None:
    _kinds(KINDS)


def downgrade() -> None:
    _forget_newer()
    _kinds(tuple(kind for kind in KINDS if kind != NEWER))


def _forget_newer() -> None:
    """The older tables have no word for these packs."""
    packs = sa.table("packs", sa.column("id"), sa.column("kind"))
    gone = sa.select(packs.c.id).where(packs.c.kind == NEWER)
    for name in ("pack_receipts", "pack_editions"):
        of_pack = sa.table(name, sa.column("pack_id"))
        op.execute(sa.delete(of_pack).where(of_pack.c.pack_id.in_(gone)))
    for name in TABLES:
        told = sa.table(name, sa.column("kind"))
        op.execute(sa.delete(told).where(told.c.kind == NEWER))


def _kinds(names: tuple[str, ...]) -> None:
    for table in TABLES:
        check = op.f(f"ck_{table}_kind")
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(check, type_="check")
            batch_op.create_check_constraint(check, sa.column("kind").in_(names))
