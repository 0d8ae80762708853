"""The backlog in full: people, triage and allocation, intake, scope, finding and doing."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "induction_steps",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_induction_steps_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_induction_steps")),
        sa.UniqueConstraint(
            "contract_id", "name", name=op.f("uq_induction_steps_contract_id_name")
        ),
    )
    with op.batch_alter_table("induction_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_induction_steps_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "engagements",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("hourly_pence", sa.Integer(), nullable=True),
        sa.Column("notice_weeks", sa.Integer(), nullable=True),
        sa.Column("left_post_on", sa.Date(), nullable=True),
        sa.Column("over_price_cap", sa.Boolean(), nullable=False),
        sa.Column("cap_signed_by", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_engagements_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_engagements_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagements")),
        sa.UniqueConstraint("practitioner_id", name=op.f("uq_engagements_practitioner_id")),
    )
    with op.batch_alter_table("engagements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_engagements_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "inductions_done",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_inductions_done_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_inductions_done_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["step_id"],
            ["induction_steps.id"],
            name=op.f("fk_inductions_done_step_id_induction_steps"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inductions_done")),
        sa.UniqueConstraint(
            "practitioner_id", "step_id", name=op.f("uq_inductions_done_practitioner_id_step_id")
        ),
    )
    with op.batch_alter_table("inductions_done", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inductions_done_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_inductions_done_step_id"), ["step_id"], unique=False)

    op.create_table(
        "practitioner_checks",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("registration_number", sa.String(20), nullable=False),
        sa.Column("dbs_on", sa.Date(), nullable=True),
        sa.Column("dbs_update_service", sa.Boolean(), nullable=False),
        sa.Column("references", sa.Integer(), nullable=False),
        sa.Column("qualified_on", sa.Date(), nullable=True),
        sa.Column("experience_exception", sa.String(200), nullable=False),
        sa.Column("right_to_work_on", sa.Date(), nullable=True),
        sa.Column("right_to_work_expires_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_practitioner_checks_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_practitioner_checks_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner_checks")),
        sa.UniqueConstraint("practitioner_id", name=op.f("uq_practitioner_checks_practitioner_id")),
    )
    with op.batch_alter_table("practitioner_checks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practitioner_checks_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "reductions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "leave",
                "absence",
                "training",
                "supervising",
                "duty",
                "court",
                "agreed",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("minutes_a_week", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_reductions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_reductions_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reductions")),
    )
    with op.batch_alter_table("reductions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reductions_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reductions_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reductions_practitioner_id"), ["practitioner_id"], unique=False
        )

    op.create_table(
        "transitions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column(
            "intent",
            sa.Enum(
                "undecided",
                "stay",
                "leave",
                name="intent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("post", sa.String(120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_transitions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_transitions_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transitions")),
        sa.UniqueConstraint("practitioner_id", name=op.f("uq_transitions_practitioner_id")),
    )
    with op.batch_alter_table("transitions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transitions_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "allocation_runs",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "chosen",
                "leaver",
                "absence",
                name="runkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("practitioner_id", sa.Integer(), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column(
            "override",
            sa.Enum(
                "suitability",
                "continuity",
                "nobody_else",
                "safety",
                "other",
                name="overridereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_allocation_runs_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_allocation_runs_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_allocation_runs_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_runs")),
    )
    with op.batch_alter_table("allocation_runs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_allocation_runs_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "bulk_runs",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "transfer",
                "co_worker",
                "priority",
                name="bulkact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filter", sa.String(500), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column(
            "change_reason",
            sa.Enum(
                "MANAGE",
                "FCONTA",
                "LEFTRL",
                "ORGRST",
                "TSPROC",
                "ABSENC",
                "CHCHAN",
                "PCCHAN",
                "SWDIED",
                "OTHERS",
                name="changereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "priority",
            sa.Enum(
                "urgent",
                "high",
                "not_set",
                "medium",
                "low",
                name="priority",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "priority_reason",
            sa.Enum(
                "immediate_risk",
                "repeat_referral",
                "domestic_abuse",
                "young_child",
                "child_not_seen",
                "others_involved",
                "risk_reduced",
                "routine",
                "risk_review",
                "flag_raised",
                "flag_resolved",
                name="priorityreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_bulk_runs_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_bulk_runs_made_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["undoes"],
            ["bulk_runs.id"],
            name=op.f("fk_bulk_runs_undoes_bulk_runs"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_runs")),
    )
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_runs_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_runs_made_by"), ["made_by"], unique=False)

    op.create_table(
        "calendar_changes",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "counting",
                "day_added",
                "day_removed",
                name="calendaract",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "counting",
            sa.Enum(
                "day_zero",
                "inclusive",
                "weekdays_only",
                name="counting",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_calendar_changes_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_calendar_changes_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_changes")),
    )
    with op.batch_alter_table("calendar_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_changes_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "edit_sheets",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filter", sa.String(500), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_edit_sheets_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["users.id"],
            name=op.f("fk_edit_sheets_made_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit_sheets")),
    )
    with op.batch_alter_table("edit_sheets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_edit_sheets_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_edit_sheets_made_by"), ["made_by"], unique=False)

    op.create_table(
        "points_versions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("standard", sa.Integer(), nullable=False),
        sa.Column("complex", sa.Integer(), nullable=False),
        sa.Column("highly_complex", sa.Integer(), nullable=False),
        sa.Column("to_start", sa.Integer(), nullable=False),
        sa.Column("assessing", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("handover", sa.Integer(), nullable=False),
        sa.Column("local", sa.Integer(), nullable=False),
        sa.Column("county", sa.Integer(), nullable=False),
        sa.Column("outside", sa.Integer(), nullable=False),
        sa.Column("co_worker", sa.Integer(), nullable=False),
        sa.Column("asye", sa.Integer(), nullable=False),
        sa.Column("ramp_weeks", sa.Integer(), nullable=False),
        sa.Column("full_time_points", sa.Integer(), nullable=False),
        sa.Column("full_time_minutes", sa.Integer(), nullable=False),
        sa.Column("target_cases", sa.Integer(), nullable=False),
        sa.Column("new_cases_a_week", sa.Integer(), nullable=False),
        sa.Column("unstarted_cases", sa.Integer(), nullable=False),
        sa.Column("unstarted_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreed_by"],
            ["users.id"],
            name=op.f("fk_points_versions_agreed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_points_versions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"],
            ["users.id"],
            name=op.f("fk_points_versions_drafted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_versions")),
    )
    with op.batch_alter_table("points_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_points_versions_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(
            "ix_points_versions_draft",
            ["contract_id"],
            unique=True,
            sqlite_where=sa.text("agreed_at IS NULL"),
            postgresql_where=sa.text("agreed_at IS NULL"),
        )
        batch_op.create_index("ix_points_versions_number", ["contract_id", "number"], unique=True)

    op.create_table(
        "saved_views",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("filter", sa.String(500), nullable=False),
        sa.Column(
            "shared_with",
            sa.Enum(
                "agency_project_manager",
                "team_manager",
                "practitioner",
                "district_manager",
                "council_project_manager",
                "commissioner",
                "auditor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_saved_views_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_saved_views_owner_id_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_saved_views_owner_id_name")),
    )
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.create_index(
            "ix_saved_views_audience", ["contract_id", "shared_with"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_saved_views_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "spellings",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "reference",
                "referral_on",
                "referral_nfa",
                "assessment_start_on",
                "child_seen",
                "authorised_on",
                "support_required",
                "strategy_discussion_on",
                "icpc_unnecessary",
                "icpc_on",
                "cin_start_on",
                "primary_need",
                "last_seen_on",
                "closed_on",
                "closure_reason",
                "case_status",
                "age",
                "district",
                "source_team",
                "allocated_team",
                "allocated_worker",
                "family_key",
                "assessment_type",
                "protection_plan_start_on",
                "protection_plan_end_on",
                name="field",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("spelling", sa.String(120), nullable=False),
        sa.Column("written", sa.String(120), nullable=False),
        sa.Column("meaning", sa.String(40), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("first_met_on", sa.Date(), nullable=False),
        sa.Column("last_met_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_spellings_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["users.id"], name=op.f("fk_spellings_said_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spellings")),
        sa.UniqueConstraint(
            "contract_id", "field", "spelling", name=op.f("uq_spellings_contract_id_field_spelling")
        ),
    )
    with op.batch_alter_table("spellings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spellings_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "triage_rules",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_triage_rules_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_triage_rules_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage_rules")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_triage_rules_contract_id_number")
        ),
    )
    with op.batch_alter_table("triage_rules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_triage_rules_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "waiting_terms",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("review_days", sa.Integer(), nullable=False),
        sa.Column("seen_days", sa.Integer(), nullable=False),
        sa.Column("escalate_weeks", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("named", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_waiting_terms_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_waiting_terms_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_terms")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_waiting_terms_contract_id_number")
        ),
    )
    with op.batch_alter_table("waiting_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_waiting_terms_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "ownership_checks",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_ownership_checks_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_ownership_checks_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership_checks")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_ownership_checks_lot_id")),
    )
    with op.batch_alter_table("ownership_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ownership_checks_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "scope_statements",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("handed_back", sa.Integer(), nullable=False),
        sa.Column("transferred", sa.Integer(), nullable=False),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("closing", sa.Integer(), nullable=False),
        sa.Column("known_to", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agency_signed_by", sa.Integer(), nullable=True),
        sa.Column("agency_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("council_signed_by", sa.Integer(), nullable=True),
        sa.Column("council_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_signed_by"],
            ["users.id"],
            name=op.f("fk_scope_statements_agency_signed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["council_signed_by"],
            ["users.id"],
            name=op.f("fk_scope_statements_council_signed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["users.id"],
            name=op.f("fk_scope_statements_issued_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_scope_statements_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scope_statements")),
        sa.UniqueConstraint(
            "lot_id", "week_ending", name=op.f("uq_scope_statements_lot_id_week_ending")
        ),
    )
    with op.batch_alter_table("scope_statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scope_statements_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "workloads",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "band",
            sa.Enum(
                "standard",
                "complex",
                "highly_complex",
                name="band",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "to_start",
                "assessing",
                "decision",
                "handover",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("co_worked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_workloads_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_workloads_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_workloads_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "contract_id", "practitioner_id", "lot_id", "band", "stage", name=op.f("pk_workloads")
        ),
    )
    op.create_table(
        "allocation_overrides",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("limits", sa.String(80), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "suitability",
                "continuity",
                "nobody_else",
                "safety",
                "other",
                name="overridereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_allocation_overrides_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_allocation_overrides_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_allocation_overrides_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_allocation_overrides_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_overrides")),
    )
    with op.batch_alter_table("allocation_overrides", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_allocation_overrides_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_allocation_overrides_lot_id"), ["lot_id"], unique=False
        )
        batch_op.create_index("ix_allocation_overrides_made", ["made_on", "id"], unique=False)

    op.create_table(
        "allocation_run_rows",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "primary",
                "co_worker",
                name="allocationrole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "waiting",
                "done",
                "refused",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sentence", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_allocation_run_rows_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_allocation_run_rows_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_allocation_run_rows_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["allocation_runs.id"],
            name=op.f("fk_allocation_run_rows_run_id_allocation_runs"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_run_rows")),
    )
    with op.batch_alter_table("allocation_run_rows", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_allocation_run_rows_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_allocation_run_rows_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_run_rows_run_id"), ["run_id"], unique=False)

    op.create_table(
        "batch_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_batch_changes_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_batch_changes_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_changes")),
    )
    with op.batch_alter_table("batch_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_changes_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "bulk_rows",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "waiting",
                "done",
                "refused",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sentence", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_bulk_rows_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_bulk_rows_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["bulk_runs.id"],
            name=op.f("fk_bulk_rows_run_id_bulk_runs"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_rows")),
    )
    with op.batch_alter_table("bulk_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_rows_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_rows_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index("ix_bulk_rows_run", ["run_id", "id"], unique=False)

    op.create_table(
        "case_pairs",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column(
            "likeness",
            sa.Enum(
                "reference",
                "under_one",
                "family_key",
                "said",
                name="likeness",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "first_stays",
                "second_stays",
                "one_family",
                "unrelated",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("because", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_case_pairs_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_case_pairs_decided_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["cases.id"],
            name=op.f("fk_case_pairs_first_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["cases.id"],
            name=op.f("fk_case_pairs_second_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pairs")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_case_pairs_first_id_second_id")),
    )
    with op.batch_alter_table("case_pairs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_pairs_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_pairs_second_id"), ["second_id"], unique=False)
        batch_op.create_index(
            "ix_case_pairs_undecided",
            ["id"],
            unique=False,
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )

    op.create_table(
        "differences",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "referred_on",
                "age_band",
                "primary_need",
                "family_key",
                "source_team",
                "seen_on",
                "authorised_on",
                "ended_on",
                name="compared",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ours", sa.String(200), nullable=False),
        sa.Column("council_now", sa.String(200), nullable=False),
        sa.Column("council_before", sa.String(200), nullable=False),
        sa.Column(
            "mender",
            sa.Enum(
                "council",
                "team",
                name="mender",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "taken",
                "kept",
                "gone",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("because", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_differences_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_differences_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_differences_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["users.id"],
            name=op.f("fk_differences_settled_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_differences")),
    )
    with op.batch_alter_table("differences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_differences_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_differences_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_differences_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_differences_queue", ["state", "lot_id", "field", "id"], unique=False
        )

    op.create_table(
        "edit_sheet_rows",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version_given", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Text(), nullable=False),
        sa.Column("problem", sa.String(300), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_edit_sheet_rows_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_edit_sheet_rows_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["edit_sheets.id"],
            name=op.f("fk_edit_sheet_rows_sheet_id_edit_sheets"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit_sheet_rows")),
        sa.UniqueConstraint(
            "sheet_id", "case_id", name=op.f("uq_edit_sheet_rows_sheet_id_case_id")
        ),
    )
    with op.batch_alter_table("edit_sheet_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edit_sheet_rows_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_edit_sheet_rows_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "escalations",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unallocated_on", sa.Date(), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "team_manager",
                "district_manager",
                "head_of_service",
                name="rung",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "allocated",
                "covered",
                "more_staff",
                "handed_back",
                "accepted",
                name="promise",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"],
            ["users.id"],
            name=op.f("fk_escalations_acknowledged_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_escalations_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_escalations_decided_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_escalations_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
    )
    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalations_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_escalations_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "findings",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "duplicate",
                "no_clock",
                "reference_changed",
                "referred_after_list",
                "no_age",
                "zeros_lost",
                "no_start",
                "dates_out_of_order",
                "date_ahead",
                "open_twice",
                "open_and_closed",
                "reason_not_closed",
                "no_district",
                "other_district",
                "worker_is_team",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_because", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["users.id"],
            name=op.f("fk_findings_accepted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_findings_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_findings_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("case_id", "kind", name=op.f("uq_findings_case_id_kind")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_findings_to_mend",
            ["lot_id", "kind", "case_id"],
            unique=False,
            sqlite_where=sa.text("accepted_at IS NULL"),
            postgresql_where=sa.text("accepted_at IS NULL"),
        )

    op.create_table(
        "ownership_faults",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "fault",
            sa.Enum(
                "nobody",
                "held_unallocated",
                "holder_left",
                "no_manager",
                "history",
                "no_assessment",
                "no_proposal",
                "no_agreement",
                name="fault",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_ownership_faults_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_ownership_faults_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership_faults")),
    )
    with op.batch_alter_table("ownership_faults", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ownership_faults_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ownership_faults_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "priority_reviews",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "priority",
            sa.Enum(
                "urgent",
                "high",
                "not_set",
                "medium",
                "low",
                name="priority",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "immediate_risk",
                "repeat_referral",
                "domestic_abuse",
                "young_child",
                "child_not_seen",
                "others_involved",
                "risk_reduced",
                "routine",
                "risk_review",
                "flag_raised",
                "flag_resolved",
                name="priorityreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_priority_reviews_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_priority_reviews_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_priority_reviews_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_reviews")),
    )
    with op.batch_alter_table("priority_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_priority_reviews_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_priority_reviews_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "risk_reviews",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "urgent",
                "high",
                "not_set",
                "medium",
                "low",
                name="priority",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "decision",
            sa.Enum(
                "may_wait",
                "see_child",
                "allocate_first",
                "safeguard",
                "hand_back",
                name="riskdecision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_risk_reviews_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_risk_reviews_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_risk_reviews_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_reviews")),
    )
    with op.batch_alter_table("risk_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_reviews_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_reviews_lot_id"), ["lot_id"], unique=False)

    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocations_practitioner_id"))
        batch_op.create_index(
            "ix_allocations_begun", ["practitioner_id", "starts_on"], unique=False
        )

    with op.batch_alter_table("baselines", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "frozen_at",
                sa.DateTime(timezone=True),
                nullable=False,
                server_default=sa.text("CURRENT_TIMESTAMP"),
            )
        )

    with op.batch_alter_table("baselines", schema=None) as batch_op:
        batch_op.alter_column("frozen_at", server_default=None)

    with op.batch_alter_table("case_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_moves_lot_id"))

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_review_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("child_protection", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("unallocated_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("risk_review_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("planned", sa.String(20), nullable=False, server_default=""))
        batch_op.alter_column(
            "triage_rank",
            existing_type=sa.INTEGER(),
            type_=sa.BigInteger(),
            existing_nullable=False,
        )
        batch_op.drop_index(
            batch_op.f("ix_cases_open_due"), sqlite_where=sa.text("ended_on IS NULL")
        )
        batch_op.create_index(
            "ix_cases_open_due",
            ["due_on", "id", "state", "lot_id", "priority", "open_flags", "ended_on"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(
            batch_op.f("ix_cases_open_state_due"), sqlite_where=sa.text("ended_on IS NULL")
        )
        batch_op.create_index(
            "ix_cases_open_state_due",
            ["state", "due_on", "id", "lot_id", "priority", "open_flags", "ended_on"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_cases_worker"))
        batch_op.create_index(
            "ix_cases_worker", ["practitioner_id", "state", "allocated_on"], unique=False
        )
        batch_op.create_index(
            "ix_cases_flagged",
            ["id"],
            unique=False,
            sqlite_where=sa.text("open_flags > 0 AND ended_on IS NULL"),
            postgresql_where=sa.text("open_flags > 0 AND ended_on IS NULL"),
        )
        batch_op.create_index(
            "ix_cases_waiting",
            ["unallocated_on", "id", "lot_id", "contract_id", "risk_review_on", "seen_on"],
            unique=False,
            sqlite_where=sa.text("unallocated_on IS NOT NULL"),
            postgresql_where=sa.text("unallocated_on IS NOT NULL"),
        )

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.alter_column("child_protection", server_default=None)
        batch_op.alter_column("planned", server_default=None)

    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_case_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("cases_opened", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("undone_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_import_batches_undone_by_users"),
            "users",
            ["undone_by"],
            ["id"],
            ondelete="RESTRICT",
        )

    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.alter_column("cases_opened", server_default=None)

    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_rows_lot_id"))
        batch_op.drop_column("digest")

    with op.batch_alter_table("ledger_postings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_postings_lot_id"))

    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "hand_back_advice",
                sa.Enum(
                    "holder_told",
                    "referrer_advised",
                    "early_help",
                    "universal_services",
                    "authority_told",
                    "not_needed",
                    name="handbackadvice",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("advice_note", sa.String(200), nullable=False, server_default="")
        )
        batch_op.create_index(
            "ix_outcome_plans_hand_back",
            ["lot_id", "hand_back_reason"],
            unique=False,
            sqlite_where=sa.text("hand_back_reason IS NOT NULL"),
            postgresql_where=sa.text("hand_back_reason IS NOT NULL"),
        )

    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.alter_column("advice_note", server_default=None)

    with op.batch_alter_table("practitioner_lots", schema=None) as batch_op:
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))

    with op.batch_alter_table("practitioners", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "post",
                sa.Enum(
                    "social_worker",
                    "senior_social_worker",
                    "advanced_practitioner",
                    "team_manager",
                    name="post",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="social_worker",
            )
        )
        batch_op.add_column(
            sa.Column("weekly_minutes", sa.Integer(), nullable=False, server_default="2220")
        )
        batch_op.add_column(
            sa.Column("weekdays", sa.String(7), nullable=False, server_default="12345")
        )
        batch_op.add_column(
            sa.Column("asye", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("home_lot_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("practitioners", schema=None) as batch_op:
        batch_op.alter_column("post", server_default=None)
        batch_op.alter_column("weekly_minutes", server_default=None)
        batch_op.alter_column("weekdays", server_default=None)
        batch_op.alter_column("asye", server_default=None)

    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "reply",
                sa.Enum(
                    "taken_back",
                    "sent_in_error",
                    "team_advised",
                    "will_send_again",
                    name="handbackreply",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.drop_index(batch_op.f("ix_proposals_lot_id"))
        batch_op.drop_index(
            batch_op.f("ix_proposals_undecided"), sqlite_where=sa.text("decision IS NULL")
        )
        batch_op.create_index(
            "ix_proposals_undecided",
            ["proposed_at", "id"],
            unique=False,
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )

    with op.batch_alter_table("staged_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_rows_batch_id"))
        batch_op.drop_index(batch_op.f("ix_staged_rows_lot_id"))
        batch_op.create_index("ix_staged_rows_batch", ["batch_id", "verdict"], unique=False)
        batch_op.drop_column("digest")

    with op.batch_alter_table("case_moves", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_case_moves_before"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_moves_before"),
            sa.column("before").in_(
                (
                    "unallocated",
                    "allocated",
                    "assessing",
                    "submitted",
                    "authorised",
                    "proposed",
                    "agreed",
                    "handed_over",
                    "closed",
                    "handed_back",
                    "withdrawn",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_case_moves_casestate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_moves_casestate"),
            sa.column("after").in_(
                (
                    "unallocated",
                    "allocated",
                    "assessing",
                    "submitted",
                    "authorised",
                    "proposed",
                    "agreed",
                    "handed_over",
                    "closed",
                    "handed_back",
                    "withdrawn",
                )
            ),
        )

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cases_casestate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cases_casestate"),
            sa.column("state").in_(
                (
                    "unallocated",
                    "allocated",
                    "assessing",
                    "submitted",
                    "authorised",
                    "proposed",
                    "agreed",
                    "handed_over",
                    "closed",
                    "handed_back",
                    "withdrawn",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_cases_priority"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cases_priority"),
            sa.column("priority").in_(
                (
                    "urgent",
                    "high",
                    "not_set",
                    "medium",
                    "low",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_cases_proposed_from"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cases_proposed_from"),
            sa.column("proposed_from").in_(
                (
                    "unallocated",
                    "allocated",
                    "assessing",
                    "submitted",
                    "authorised",
                    "proposed",
                    "agreed",
                    "handed_over",
                    "closed",
                    "handed_back",
                    "withdrawn",
                )
            ),
        )

    with op.batch_alter_table("found_sheets", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_found_sheets_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_found_sheets_layout"),
            sa.column("layout").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "list_7",
                    "census",
                    "section_47",
                    "plain",
                )
            ),
        )

    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_batches_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_batches_layout"),
            sa.column("only").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "list_7",
                    "census",
                    "section_47",
                    "plain",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_import_batches_stage"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_batches_stage"),
            sa.column("stage").in_(
                (
                    "reading",
                    "mapping",
                    "previewed",
                    "confirming",
                    "confirmed",
                    "undone",
                    "refused",
                    "discarded",
                    "expired",
                )
            ),
        )

    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_imported_rows_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_imported_rows_layout"),
            sa.column("layout").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "list_7",
                    "census",
                    "section_47",
                    "plain",
                )
            ),
        )

    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_outcome_plans_handbackreason"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_outcome_plans_handbackreason"),
            sa.column("hand_back_reason").in_(
                (
                    "already_closed",
                    "held_elsewhere",
                    "out_of_area",
                    "below_threshold",
                    "at_court",
                    "sibling_allocated",
                    "duplicate",
                )
            ),
        )

    with op.batch_alter_table("saved_mappings", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_saved_mappings_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_saved_mappings_layout"),
            sa.column("layout").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "list_7",
                    "census",
                    "section_47",
                    "plain",
                )
            ),
        )

    with op.batch_alter_table("staged_rows", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_staged_rows_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_staged_rows_layout"),
            sa.column("layout").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "list_7",
                    "census",
                    "section_47",
                    "plain",
                )
            ),
        )
    _bring_up_to_date()


def downgrade() -> None:
    _find_older_words()
    _count_by_due_day()

    with op.batch_alter_table("case_moves", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_case_moves_before"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_moves_before"),
            sa.column("before").in_(
                (
                    "unallocated",
                    "allocated",
                    "assessing",
                    "submitted",
                    "authorised",
                    "proposed",
                    "agreed",
                    "handed_over",
                    "closed",
                    "handed_back",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_case_moves_casestate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_moves_casestate"),
            sa.column("after").in_(
                (
                    "unallocated",
                    "allocated",
                    "assessing",
                    "submitted",
                    "authorised",
                    "proposed",
                    "agreed",
                    "handed_over",
                    "closed",
                    "handed_back",
                )
            ),
        )

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cases_casestate"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cases_casestate"),
            sa.column("state").in_(
                (
                    "unallocated",
                    "allocated",
                    "assessing",
                    "submitted",
                    "authorised",
                    "proposed",
                    "agreed",
                    "handed_over",
                    "closed",
                    "handed_back",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_cases_priority"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cases_priority"),
            sa.column("priority").in_(
                (
                    "urgent",
                    "high",
                    "medium",
                    "low",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_cases_proposed_from"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cases_proposed_from"),
            sa.column("proposed_from").in_(
                (
                    "unallocated",
                    "allocated",
                    "assessing",
                    "submitted",
                    "authorised",
                    "proposed",
                    "agreed",
                    "handed_over",
                    "closed",
                    "handed_back",
                )
            ),
        )

    with op.batch_alter_table("found_sheets", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_found_sheets_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_found_sheets_layout"),
            sa.column("layout").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "plain",
                )
            ),
        )

    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_batches_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_batches_layout"),
            sa.column("only").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "plain",
                )
            ),
        )
        batch_op.drop_constraint(batch_op.f("ck_import_batches_stage"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_import_batches_stage"),
            sa.column("stage").in_(
                (
                    "reading",
                    "mapping",
                    "previewed",
                    "confirming",
                    "confirmed",
                    "refused",
                    "discarded",
                    "expired",
                )
            ),
        )

    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_imported_rows_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_imported_rows_layout"),
            sa.column("layout").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "plain",
                )
            ),
        )

    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_outcome_plans_handbackreason"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_outcome_plans_handbackreason"),
            sa.column("hand_back_reason").in_(
                (
                    "already_closed",
                    "held_elsewhere",
                    "out_of_area",
                    "below_threshold",
                    "at_court",
                    "sibling_allocated",
                )
            ),
        )

    with op.batch_alter_table("saved_mappings", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_saved_mappings_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_saved_mappings_layout"),
            sa.column("layout").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "plain",
                )
            ),
        )

    with op.batch_alter_table("staged_rows", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_staged_rows_layout"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_staged_rows_layout"),
            sa.column("layout").in_(
                (
                    "list_3",
                    "list_4",
                    "list_5",
                    "list_6",
                    "plain",
                )
            ),
        )

    with op.batch_alter_table("staged_rows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest", sa.VARCHAR(length=64), nullable=False))
        batch_op.drop_index("ix_staged_rows_batch")
        batch_op.create_index(batch_op.f("ix_staged_rows_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_staged_rows_batch_id"), ["batch_id"], unique=False)

    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_proposals_undecided",
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_proposals_undecided"),
            ["lot_id", "proposed_at"],
            unique=False,
            sqlite_where=sa.text("decision IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_proposals_lot_id"), ["lot_id"], unique=False)
        batch_op.drop_constraint(batch_op.f("ck_proposals_handbackreply"), type_="check")
        batch_op.drop_column("reply")

    with op.batch_alter_table("practitioners", schema=None) as batch_op:
        batch_op.drop_column("home_lot_id")
        batch_op.drop_column("asye")
        batch_op.drop_column("weekdays")
        batch_op.drop_column("weekly_minutes")
        batch_op.drop_constraint(batch_op.f("ck_practitioners_post"), type_="check")
        batch_op.drop_column("post")

    with op.batch_alter_table("practitioner_lots", schema=None) as batch_op:
        batch_op.drop_column("ends_on")
        batch_op.drop_column("starts_on")

    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outcome_plans_hand_back",
            sqlite_where=sa.text("hand_back_reason IS NOT NULL"),
            postgresql_where=sa.text("hand_back_reason IS NOT NULL"),
        )
        batch_op.drop_column("advice_note")
        batch_op.drop_constraint(batch_op.f("ck_outcome_plans_handbackadvice"), type_="check")
        batch_op.drop_column("hand_back_advice")

    with op.batch_alter_table("ledger_postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_postings_lot_id"), ["lot_id"], unique=False)

    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest", sa.VARCHAR(length=64), nullable=False))
        batch_op.create_index(batch_op.f("ix_imported_rows_lot_id"), ["lot_id"], unique=False)

    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_import_batches_undone_by_users"), type_="foreignkey"
        )
        batch_op.drop_column("undone_by")
        batch_op.drop_column("undone_at")
        batch_op.drop_column("cases_opened")
        batch_op.drop_column("first_case_id")

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_cases_waiting",
            sqlite_where=sa.text("unallocated_on IS NOT NULL"),
            postgresql_where=sa.text("unallocated_on IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_cases_flagged",
            sqlite_where=sa.text("open_flags > 0 AND ended_on IS NULL"),
            postgresql_where=sa.text("open_flags > 0 AND ended_on IS NULL"),
        )
        batch_op.drop_index("ix_cases_worker")
        batch_op.create_index(
            batch_op.f("ix_cases_worker"), ["practitioner_id", "state"], unique=False
        )
        batch_op.drop_index(
            "ix_cases_open_state_due",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_cases_open_state_due"),
            ["state", "due_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_cases_open_due",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_cases_open_due"),
            ["due_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
        )
        batch_op.alter_column(
            "triage_rank",
            existing_type=sa.BigInteger(),
            type_=sa.INTEGER(),
            existing_nullable=False,
        )
        batch_op.drop_column("planned")
        batch_op.drop_column("risk_review_on")
        batch_op.drop_column("unallocated_on")
        batch_op.drop_column("child_protection")
        batch_op.drop_column("next_review_on")

    with op.batch_alter_table("case_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_moves_lot_id"), ["lot_id"], unique=False)

    with op.batch_alter_table("baselines", schema=None) as batch_op:
        batch_op.drop_column("frozen_at")

    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.drop_index("ix_allocations_begun")
        batch_op.create_index(
            batch_op.f("ix_allocations_practitioner_id"), ["practitioner_id"], unique=False
        )

    with op.batch_alter_table("risk_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_reviews_lot_id"))
        batch_op.drop_index(batch_op.f("ix_risk_reviews_case_id"))

    op.drop_table("risk_reviews")
    with op.batch_alter_table("priority_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_priority_reviews_lot_id"))
        batch_op.drop_index(batch_op.f("ix_priority_reviews_case_id"))

    op.drop_table("priority_reviews")
    with op.batch_alter_table("ownership_faults", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ownership_faults_lot_id"))
        batch_op.drop_index(batch_op.f("ix_ownership_faults_case_id"))

    op.drop_table("ownership_faults")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_findings_to_mend",
            sqlite_where=sa.text("accepted_at IS NULL"),
            postgresql_where=sa.text("accepted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_findings_lot_id"))

    op.drop_table("findings")
    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escalations_lot_id"))
        batch_op.drop_index(batch_op.f("ix_escalations_case_id"))

    op.drop_table("escalations")
    with op.batch_alter_table("edit_sheet_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edit_sheet_rows_lot_id"))
        batch_op.drop_index(batch_op.f("ix_edit_sheet_rows_case_id"))

    op.drop_table("edit_sheet_rows")
    with op.batch_alter_table("differences", schema=None) as batch_op:
        batch_op.drop_index("ix_differences_queue")
        batch_op.drop_index(batch_op.f("ix_differences_lot_id"))
        batch_op.drop_index(batch_op.f("ix_differences_case_id"))
        batch_op.drop_index(batch_op.f("ix_differences_batch_id"))

    op.drop_table("differences")
    with op.batch_alter_table("case_pairs", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_pairs_undecided",
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_case_pairs_second_id"))
        batch_op.drop_index(batch_op.f("ix_case_pairs_contract_id"))

    op.drop_table("case_pairs")
    with op.batch_alter_table("bulk_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_bulk_rows_run")
        batch_op.drop_index(batch_op.f("ix_bulk_rows_lot_id"))
        batch_op.drop_index(batch_op.f("ix_bulk_rows_case_id"))

    op.drop_table("bulk_rows")
    with op.batch_alter_table("batch_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_changes_batch_id"))

    op.drop_table("batch_changes")
    with op.batch_alter_table("allocation_run_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocation_run_rows_run_id"))
        batch_op.drop_index(batch_op.f("ix_allocation_run_rows_lot_id"))
        batch_op.drop_index(batch_op.f("ix_allocation_run_rows_case_id"))

    op.drop_table("allocation_run_rows")
    with op.batch_alter_table("allocation_overrides", schema=None) as batch_op:
        batch_op.drop_index("ix_allocation_overrides_made")
        batch_op.drop_index(batch_op.f("ix_allocation_overrides_lot_id"))
        batch_op.drop_index(batch_op.f("ix_allocation_overrides_case_id"))

    op.drop_table("allocation_overrides")
    op.drop_table("workloads")
    with op.batch_alter_table("scope_statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scope_statements_lot_id"))

    op.drop_table("scope_statements")
    with op.batch_alter_table("ownership_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ownership_checks_lot_id"))

    op.drop_table("ownership_checks")
    with op.batch_alter_table("waiting_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_terms_contract_id"))

    op.drop_table("waiting_terms")
    with op.batch_alter_table("triage_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_triage_rules_contract_id"))

    op.drop_table("triage_rules")
    with op.batch_alter_table("spellings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spellings_contract_id"))

    op.drop_table("spellings")
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_views_contract_id"))
        batch_op.drop_index("ix_saved_views_audience")

    op.drop_table("saved_views")
    with op.batch_alter_table("points_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_points_versions_number")
        batch_op.drop_index(
            "ix_points_versions_draft",
            sqlite_where=sa.text("agreed_at IS NULL"),
            postgresql_where=sa.text("agreed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_points_versions_contract_id"))

    op.drop_table("points_versions")
    with op.batch_alter_table("edit_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edit_sheets_made_by"))
        batch_op.drop_index(batch_op.f("ix_edit_sheets_contract_id"))

    op.drop_table("edit_sheets")
    with op.batch_alter_table("calendar_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_changes_contract_id"))

    op.drop_table("calendar_changes")
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_runs_made_by"))
        batch_op.drop_index(batch_op.f("ix_bulk_runs_contract_id"))

    op.drop_table("bulk_runs")
    with op.batch_alter_table("allocation_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocation_runs_contract_id"))

    op.drop_table("allocation_runs")
    with op.batch_alter_table("transitions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transitions_contract_id"))

    op.drop_table("transitions")
    with op.batch_alter_table("reductions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reductions_practitioner_id"))
        batch_op.drop_index(batch_op.f("ix_reductions_ends_on"))
        batch_op.drop_index(batch_op.f("ix_reductions_contract_id"))

    op.drop_table("reductions")
    with op.batch_alter_table("practitioner_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practitioner_checks_contract_id"))

    op.drop_table("practitioner_checks")
    with op.batch_alter_table("inductions_done", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inductions_done_step_id"))
        batch_op.drop_index(batch_op.f("ix_inductions_done_contract_id"))

    op.drop_table("inductions_done")
    with op.batch_alter_table("engagements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagements_contract_id"))

    op.drop_table("engagements")
    with op.batch_alter_table("induction_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_induction_steps_contract_id"))

    op.drop_table("induction_steps")


def _bring_up_to_date() -> None:
    """What the new columns say of rows that were there, and counters by the way out planned too."""
    op.drop_table("case_counters")
    _counters((*STATES, "withdrawn"), sa.Column("planned", sa.String(20), nullable=False))
    op.execute(PLANNED)
    op.execute(WAITING)
    op.execute(FROZEN if op.get_bind().dialect.name == "postgresql" else FROZEN_TEXT)
    _count(planned=sa.case((CASES.c.ended_on.is_(None), CASES.c.planned), else_=""))


def _find_older_words() -> None:
    """The nearest word the older tables have, and no row where they have none.

    The new ranks of triage do not fit the older column; counting again ranks the cases anew.
    """
    op.execute(sa.table("cases", sa.column("triage_rank")).update().values(triage_rank=0))
    for table, column, word, older in OLDER_WORDS:
        named = sa.table(table, sa.column(column))
        op.execute(named.update().where(named.c[column] == word).values({column: older}))
    lists = sa.column("layout").in_(("list_7", "census", "section_47"))
    for table in ("found_sheets", "imported_rows", "saved_mappings", "staged_rows"):
        op.execute(sa.delete(sa.table(table, sa.column("layout"))).where(lists))


def _count_by_due_day() -> None:
    op.drop_table("case_counters")
    _counters(STATES)
    op.create_index(op.f("ix_case_counters_lot_id"), "case_counters", ["lot_id"], unique=False)
    _count()


def _counters(states: tuple[str, ...], *further: sa.Column[str]) -> None:
    keys = [column.name for column in further]
    op.create_table(
        "case_counters",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *states, name="casestate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        *further,
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_case_counters_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("lot_id", "state", "due_on", *keys, name=op.f("pk_case_counters")),
    )


def _count(**further: sa.ColumnElement[str]) -> None:
    running = CASES.c.state.in_(STATES[:4]) & CASES.c.due_on.is_not(None)
    due = sa.case((running, CASES.c.due_on), else_=sa.literal(date(9999, 12, 31), sa.Date))
    by = [CASES.c.lot_id, CASES.c.state, due, *further.values()]
    names = ["lot_id", "state", "due_on", *further, "cases"]
    counted = sa.select(*by, sa.func.count()).group_by(*by)
    counters = sa.table("case_counters", *(sa.column(one) for one in names))
    op.execute(sa.insert(counters).from_select(names, counted))


OLDER_WORDS = (
    ("cases", "priority", "not_set", "medium"),
    ("cases", "state", "withdrawn", "handed_back"),
    ("case_moves", "before", "withdrawn", "handed_back"),
    ("case_moves", "after", "withdrawn", "handed_back"),
    ("outcome_plans", "hand_back_reason", "duplicate", "held_elsewhere"),
    ("import_batches", "stage", "undone", "confirmed"),
    ("import_batches", "only", "list_7", None),
    ("import_batches", "only", "census", None),
    ("import_batches", "only", "section_47", None),
)
CASES = sa.table(
    "cases",
    sa.column("lot_id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("due_on", sa.Date),
    sa.column("ended_on", sa.Date),
    sa.column("planned", sa.String),
)
STATES = (
    "unallocated",
    "allocated",
    "assessing",
    "submitted",
    "authorised",
    "proposed",
    "agreed",
    "handed_over",
    "closed",
    "handed_back",
)
PLANNED = """
UPDATE cases SET planned = coalesce((
    SELECT CASE
        WHEN plans.outcome IN ('close_nfa', 'close_early_help') THEN 'closure'
        WHEN plans.outcome = 'hand_back' THEN 'hand_back'
        ELSE 'handover' END
    FROM outcome_plans AS plans
    WHERE plans.case_id = cases.id AND plans.episode = 1 + (
        SELECT count(*) FROM case_moves AS moves
        WHERE moves.case_id = cases.id
        AND moves.before IN ('handed_over', 'closed', 'handed_back'))
    ORDER BY plans.number DESC LIMIT 1), '')
WHERE ended_on IS NULL
"""
WAITING = """
UPDATE cases SET unallocated_on = coalesce(reopened_on, received_on)
WHERE ended_on IS NULL AND practitioner_id IS NULL
"""
FROZEN = "UPDATE baselines SET frozen_at = frozen_on"
FROZEN_TEXT = "UPDATE baselines SET frozen_at = frozen_on || ' 00:00:00.000000'"
