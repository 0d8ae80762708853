"""Whether a handover waits for its answer is kept with it; what waits is counted from an index."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_UNANSWERED = "accepted_on IS NULL AND rejected_at IS NULL"
_BY_TEAM = ["lot_id", "receiving_team_id"]
_WAITS = (
    "UPDATE handovers SET waits = true WHERE accepted_on IS NULL AND rejected_at IS NULL "
    "AND case_id IN (SELECT id FROM cases WHERE state = 'agreed') "
    "AND NOT EXISTS (SELECT 1 FROM outcome_plans WHERE outcome_plans.case_id = handovers.case_id "
    "AND outcome_plans.number > handovers.plan_number)"
)


def upgrade() -> None:
    _drop()
    op.add_column("handovers", sa.Column("waits", sa.Boolean(), server_default=sa.false()))
    op.execute(_WAITS)
    with op.batch_alter_table("handovers") as table:
        table.alter_column("waits", nullable=False, server_default=None)
    _create(
        [*_BY_TEAM, "week_ending", "requested_at", "id"],
        sqlite_where=sa.text("waits IS 1"),
        postgresql_where=sa.text("waits IS true"),
    )
    op.drop_index("ix_handovers_accepted_on", table_name="handovers")
    accepted = sa.text("accepted_on IS NOT NULL")
    op.create_index(
        "ix_handovers_accepted",
        "handovers",
        ["accepted_on", "id", *_BY_TEAM],
        sqlite_where=accepted,
        postgresql_where=accepted,
    )


def downgrade() -> None:
    _drop()
    op.drop_index("ix_handovers_accepted", table_name="handovers")
    op.create_index("ix_handovers_accepted_on", "handovers", ["accepted_on"])
    with op.batch_alter_table("handovers") as table:
        table.drop_column("waits")
    where = sa.text(_UNANSWERED)
    _create([*_BY_TEAM, "case_id"], sqlite_where=where, postgresql_where=where)


def _drop() -> None:
    for name in ("ix_handovers_waiting", "ix_handovers_waiting_since"):
        op.drop_index(name, table_name="handovers")


def _create(by_team: list[str], **where: sa.TextClause) -> None:
    op.create_index("ix_handovers_waiting", "handovers", by_team, **where)
    op.create_index("ix_handovers_waiting_since", "handovers", ["opened_at", "id"], **where)
