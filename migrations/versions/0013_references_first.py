"""One index of references where there were two: unique in a contract, and in their order."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BEFORE = ("contract_id", "reference")
NOW = ("reference", "contract_id")


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_reference")
        batch_op.drop_constraint(_named(BEFORE), type_="unique")
        batch_op.create_unique_constraint(_named(NOW), list(NOW))


def downgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_constraint(_named(NOW), type_="unique")
        batch_op.create_unique_constraint(_named(BEFORE), list(BEFORE))
        batch_op.create_index("ix_cases_reference", ["reference", "id"], unique=False)


def _named(columns: tuple[str, ...]) -> str:
    return f"uq_cases_{'_'.join(columns)}"
