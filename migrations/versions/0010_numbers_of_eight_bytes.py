"""On PostgreSQL, amounts of money and of earned value have eight bytes: four end at £21 million."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

RANGE = ("budget", "planned", "actual", "accrued", "committed", "low", "middle", "high")
WIDENED = {
    "budgets": ("planned_pence",),
    "contract_caps": ("pence",),
    "contract_outlooks": RANGE,
    "costs": ("pence",),
    "earned_weeks": ("earned", "weight"),
    "engagements": ("hourly_pence",),
    "invoice_lines": (
        "unit_pence",
        "worth",
        "pence",
        "vat_pence",
        "accepted_pence",
        "accepted_vat",
    ),
    "lot_outlooks": (*RANGE, "weekly", "eac"),
    "milestones": ("pence",),
    "payments": ("pence",),
    "prices": ("pence", "pay", "insurance", "levy", "holiday", "fee"),
    "service_level_failures": ("whole_pence", "credit_pence"),
    "service_level_terms": ("credit_pence", "charge_pence", "cap_pence"),
    "shift_expenses": ("pence",),
}


def upgrade() -> None:
    _lay_out(sa.BigInteger())


def downgrade() -> None:
    # Refused by the database where an amount needs all eight: none is cut short.
    _lay_out(sa.Integer())


def _lay_out(kind: sa.types.TypeEngine[int]) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in WIDENED.items():
        for column in columns:
            op.alter_column(table, column, type_=kind)
