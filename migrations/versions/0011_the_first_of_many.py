"""Indexes by which the first of many rows are found without the others."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_WAITS = "accepted_on IS NULL AND rejected_at IS NULL"
_OWED = "check_due_on IS NOT NULL"
# Table, name, condition, columns before and now.
_WIDER = (
    (
        "handovers",
        "ix_handovers_waiting",
        _WAITS,
        ["lot_id", "case_id"],
        ["lot_id", "receiving_team_id", "case_id"],
    ),
    (
        "handovers",
        "ix_handovers_check_due",
        _OWED,
        ["check_due_on", "id"],
        ["check_due_on", "id", "lot_id"],
    ),
)


def upgrade() -> None:
    for table, name, condition, _, now in _WIDER:
        op.drop_index(name, table_name=table)
        _create(table, name, condition, now)
    _create(
        "handover_questions",
        "ix_handover_questions_open",
        "answered_at IS NULL",
        ["lot_id", "handover_id"],
    )
    op.drop_index("ix_ledger_postings_case_id", table_name="ledger_postings")
    op.create_index(
        "ix_ledger_postings_case",
        "ledger_postings",
        ["case_id", "lot_id", "effective_on", "cases"],
    )


def downgrade() -> None:
    op.drop_index("ix_ledger_postings_case", table_name="ledger_postings")
    op.create_index("ix_ledger_postings_case_id", "ledger_postings", ["case_id"])
    op.drop_index("ix_handover_questions_open", table_name="handover_questions")
    for table, name, condition, before, _ in _WIDER:
        op.drop_index(name, table_name=table)
        _create(table, name, condition, before)


def _create(table: str, name: str, condition: str, columns: list[str]) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
