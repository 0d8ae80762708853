"""How many rows a sheet has is kept with it, to choose from several by."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Sheets wait a day at most to be chosen.
    op.add_column("found_sheets", sa.Column("rows", sa.Integer(), server_default="0"))
    with op.batch_alter_table("found_sheets") as table:
        table.alter_column("rows", nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("found_sheets") as table:
        table.drop_column("rows")
