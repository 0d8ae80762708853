"""Counts of named receivers, and indexes of the few: flagged, judged, returned."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FLAGGED = sa.text("open_flags > 0 AND ended_on IS NULL")
_JUDGED = sa.text("priority <> 'not_set' AND ended_on IS NULL")
_DONE = sa.text("authorised_on IS NOT NULL")
_AUTHORISED = ["authorised_on", "lot_id", "submitted_on"]
_OPEN = sa.text("resolved_at IS NULL")
_RETURNED = sa.text("ended_as = 'handed_over' AND reason = 'handover_returned'")


def upgrade() -> None:
    op.create_table(
        "receiver_counters",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("receiving_team_id", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_receiver_counters_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["receiving_team_id"],
            ["receiving_teams.id"],
            name=op.f("fk_receiver_counters_receiving_team_id_receiving_teams"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("lot_id", "receiving_team_id", name=op.f("pk_receiver_counters")),
    )
    op.execute(
        "INSERT INTO receiver_counters (lot_id, receiving_team_id, cases) "
        "SELECT cases.lot_id, residual_receivers.receiving_team_id, count(*) "
        "FROM residual_receivers JOIN cases ON cases.id = residual_receivers.case_id "
        "WHERE cases.ended_on IS NULL "
        "GROUP BY cases.lot_id, residual_receivers.receiving_team_id"
    )
    op.drop_index("ix_cases_flagged", table_name="cases")
    _index("ix_cases_flagged", "cases", ["state", "id", "lot_id", "contract_id"], _FLAGGED)
    _index("ix_cases_judged", "cases", ["priority", "lot_id", "state"], _JUDGED)
    op.drop_index("ix_assessments_authorised", table_name="assessments")
    _index("ix_assessments_authorised", "assessments", _AUTHORISED, _DONE)
    op.drop_index("ix_safeguarding_flags_lot_id", table_name="safeguarding_flags")
    op.drop_index("ix_safeguarding_flags_open", table_name="safeguarding_flags")
    _index(
        "ix_safeguarding_flags_open",
        "safeguarding_flags",
        ["raised_at", "id", "lot_id", "acknowledged_at", "case_id"],
        _OPEN,
    )
    _index("ix_reopenings_returned", "reopenings", ["ended_on", "lot_id", "reopened_on"], _RETURNED)


def downgrade() -> None:
    op.drop_index("ix_reopenings_returned", table_name="reopenings")
    op.drop_index("ix_safeguarding_flags_open", table_name="safeguarding_flags")
    _index("ix_safeguarding_flags_open", "safeguarding_flags", ["raised_at", "id"], _OPEN)
    op.create_index("ix_safeguarding_flags_lot_id", "safeguarding_flags", ["lot_id"])
    op.drop_index("ix_assessments_authorised", table_name="assessments")
    op.create_index("ix_assessments_authorised", "assessments", _AUTHORISED)
    op.drop_index("ix_cases_judged", table_name="cases")
    op.drop_index("ix_cases_flagged", table_name="cases")
    _index("ix_cases_flagged", "cases", ["id"], _FLAGGED)
    op.drop_table("receiver_counters")


def _index(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
