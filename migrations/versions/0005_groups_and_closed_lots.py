"""Counts of groups of cases, lots that are closed, and mail that waits behind nothing."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_weeks",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("went", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_group_weeks_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lot_id", "code", "week_ending", name=op.f("pk_group_weeks")),
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assessments_unseen",
            ["lot_id"],
            unique=False,
            sqlite_where=sa.text("authorised_on IS NOT NULL AND seen_on IS NULL"),
            postgresql_where=sa.text("authorised_on IS NOT NULL AND seen_on IS NULL"),
        )

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cases_protected",
            ["due_on", "id", "lot_id"],
            unique=False,
            sqlite_where=sa.text("child_protection IS 1 AND ended_on IS NULL"),
            postgresql_where=sa.text("child_protection IS true AND ended_on IS NULL"),
        )

    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("urgent", server_default=None)

    with op.batch_alter_table("section_47_enquiries", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("protected_before", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("section_47_enquiries", schema=None) as batch_op:
        batch_op.alter_column("protected_before", server_default=None)

    with op.batch_alter_table("case_actions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_case_actions_source"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_actions_source"),
            sa.column("source").in_(
                (
                    "supervision",
                    "performance_meeting",
                    "agreement_meeting",
                    "weekly_meeting",
                    "escalation",
                    "delay_reply",
                    "direction",
                    "file_audit",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_case_actions_what"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_actions_what"),
            sa.column("what").in_(
                (
                    "see_child",
                    "speak_family",
                    "finish_assessment",
                    "update_plan",
                    "chase_partner",
                    "strategy_discussion",
                    "meeting",
                    "advice",
                    "record",
                    "prepare_ending",
                    "mend_file",
                    "other",
                )
            ),
        )

    with op.batch_alter_table("ownership_faults", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_ownership_faults_fault"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_ownership_faults_fault"),
            sa.column("fault").in_(
                (
                    "nobody",
                    "held_unallocated",
                    "holder_left",
                    "enquiry",
                    "no_manager",
                    "history",
                    "no_assessment",
                    "no_proposal",
                    "no_agreement",
                )
            ),
        )
    _count_groups()


def downgrade() -> None:
    _find_older_words()
    with op.batch_alter_table("case_actions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_case_actions_source"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_actions_source"),
            sa.column("source").in_(
                (
                    "supervision",
                    "performance_meeting",
                    "agreement_meeting",
                    "weekly_meeting",
                    "escalation",
                    "delay_reply",
                    "direction",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_case_actions_what"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_actions_what"),
            sa.column("what").in_(
                (
                    "see_child",
                    "speak_family",
                    "finish_assessment",
                    "update_plan",
                    "chase_partner",
                    "strategy_discussion",
                    "meeting",
                    "advice",
                    "record",
                    "prepare_ending",
                    "other",
                )
            ),
        )

    with op.batch_alter_table("ownership_faults", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_ownership_faults_fault"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_ownership_faults_fault"),
            sa.column("fault").in_(
                (
                    "nobody",
                    "held_unallocated",
                    "holder_left",
                    "no_manager",
                    "history",
                    "no_assessment",
                    "no_proposal",
                    "no_agreement",
                )
            ),
        )

    with op.batch_alter_table("section_47_enquiries", schema=None) as batch_op:
        batch_op.drop_column("protected_before")

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("urgent")

    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.drop_column("closed_on")

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_cases_protected",
            sqlite_where=sa.text("child_protection IS 1 AND ended_on IS NULL"),
            postgresql_where=sa.text("child_protection IS true AND ended_on IS NULL"),
        )

    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_assessments_unseen",
            sqlite_where=sa.text("authorised_on IS NOT NULL AND seen_on IS NULL"),
            postgresql_where=sa.text("authorised_on IS NOT NULL AND seen_on IS NULL"),
        )

    op.drop_table("group_weeks")


def _count_groups() -> None:
    """The open cases of each group as they stand, in a week from which no pace is read."""
    cases, cohorts = (
        sa.table(name, *map(sa.column, columns))
        for name, columns in (
            ("cases", ("id", "lot_id", "age_band", "child_protection", "ended_on")),
            ("case_cohorts", ("case_id", "cohort", "until")),
        )
    )
    is_open = cases.c.ended_on.is_(None)
    set_on = cohorts.join(cases, cases.c.id == cohorts.c.case_id)
    groups = (
        (sa.literal("unborn"), cases, cases.c.age_band == "Unborn"),
        (sa.literal("under_one"), cases, cases.c.age_band == "Under 1"),
        (sa.literal("child_protection"), cases, cases.c.child_protection.is_(sa.true())),
        (cohorts.c.cohort, set_on, cohorts.c.until.is_(None)),
    )
    for code, rows, belongs in groups:
        counted = (
            sa.select(
                cases.c.lot_id, code, sa.literal(date(1999, 12, 31), sa.Date()), sa.func.count(), 0
            )
            .select_from(rows)
            .where(is_open, belongs)
            .group_by(cases.c.lot_id, code)
        )
        weeks = sa.table("group_weeks", *map(sa.column, NAMES))
        op.execute(weeks.insert().from_select(NAMES, counted))


NAMES = "lot_id", "code", "week_ending", "came", "went"


def _find_older_words() -> None:
    """The nearest word the older tables have, and no row where they have none."""
    actions, faults = (
        sa.table(name, sa.column("source"), sa.column("what"), sa.column("fault"))
        for name in ("case_actions", "ownership_faults")
    )
    op.execute(actions.update().where(actions.c.what == "mend_file").values(what="other"))
    op.execute(actions.update().where(actions.c.source == "file_audit").values(source="direction"))
    op.execute(sa.delete(faults).where(faults.c.fault == "enquiry"))
