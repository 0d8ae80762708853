"""Who sees one lot passes over the others' rows in the index; a worker's cases in a day's order."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WAITING = "authorised_on IS NULL AND submitted_on IS NOT NULL"
# Each index with its table, what it held, what it holds besides, and the rows that it covers.
WIDENED: tuple[tuple[str, str, list[str], list[str], str], ...] = (
    (
        "ix_escalations_asked",
        "escalations",
        ["rung", "reached_on", "id"],
        ["lot_id"],
        "over_on IS NULL",
    ),
    (
        "ix_proposals_undecided",
        "proposals",
        ["proposed_at", "id"],
        ["lot_id", "case_id"],
        "decision IS NULL",
    ),
    ("ix_assessments_waiting", "assessments", ["submitted_on", "case_id"], ["lot_id"], WAITING),
)
ADDED = (
    (
        "ix_cases_worker_due",
        "cases",
        ["practitioner_id", "due_on", "id"],
        "ended_on IS NULL AND practitioner_id IS NOT NULL",
    ),
    (
        "ix_cases_co_worker_due",
        "cases",
        ["co_worker_id", "due_on", "id"],
        "ended_on IS NULL AND co_worker_id IS NOT NULL",
    ),
    (
        "ix_proposals_taken_back",
        "proposals",
        ["decided_at", "id", "lot_id", "case_id", "plan_id"],
        "route = 'hand_back' AND decision = 'agreed'",
    ),
)


def upgrade() -> None:
    for name, table, held, besides, rows in WIDENED:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, [*held, *besides], **_where(rows))
    for name, table, columns, rows in ADDED:
        op.create_index(name, table, columns, **_where(rows))


def downgrade() -> None:
    for name, table, _, _ in ADDED:
        op.drop_index(name, table_name=table)
    for name, table, held, _, rows in WIDENED:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, held, **_where(rows))


def _where(rows: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(rows), "postgresql_where": sa.text(rows)}
