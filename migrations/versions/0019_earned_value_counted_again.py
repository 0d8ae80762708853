"""What cases earned is counted again, for a case sent again was counted among the opening list.

The night's job finds nothing counted and counts every move; each case keeps its weight.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM earned_weeks")
    op.execute("DELETE FROM earned_marks")
    op.execute("UPDATE earned_cases SET last_move_id = 0")


def downgrade() -> None:
    """Counted by either version, the rows have one form."""
