"""first_tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contracts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("council", sa.String(120), nullable=False),
        sa.Column("agency", sa.String(120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("seen_within_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
        sa.UniqueConstraint("name", name=op.f("uq_contracts_name")),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("window_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_tries")),
        sa.UniqueConstraint(
            "subject", "window_starts_at", name=op.f("uq_sign_in_tries_subject_window_starts_at")
        ),
    )
    op.create_table(
        "trail",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trail")),
    )
    with op.batch_alter_table("trail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trail_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trail_case_id"), ["case_id"], unique=False)

    op.create_table(
        "trail_details",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(32), nullable=True),
        sa.Column("changes", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_details")),
    )
    with op.batch_alter_table("trail_details", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trail_details_seq"), ["seq"], unique=False)

    op.create_table(
        "used_keys",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("body_digest", sa.String(64), nullable=False),
        sa.Column("location", sa.String(500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_used_keys")),
    )
    op.create_table(
        "clock_rules",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "assessment_type",
            sa.Enum(
                "initial_assessment",
                "core_assessment",
                "child_and_family_assessment",
                name="assessmenttype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "start_event",
            sa.Enum(
                "referral",
                "received",
                "assessment_start",
                "allocation",
                name="startevent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("limit_working_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_clock_rules_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_rules")),
        sa.UniqueConstraint(
            "contract_id",
            "assessment_type",
            name=op.f("uq_clock_rules_contract_id_assessment_type"),
        ),
    )
    with op.batch_alter_table("clock_rules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clock_rules_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "extra_days",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_extra_days_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_days")),
        sa.UniqueConstraint("contract_id", "day", name=op.f("uq_extra_days_contract_id_day")),
    )
    with op.batch_alter_table("extra_days", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_extra_days_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "practitioners",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("qualified", sa.Boolean(), nullable=False),
        sa.Column("registration_expires_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("case_limit", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_practitioners_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioners")),
    )
    with op.batch_alter_table("practitioners", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_practitioners_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "users",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column(
            "role",
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
            nullable=False,
        ),
        sa.Column(
            "organisation",
            sa.Enum(
                "agency",
                "council",
                name="organisation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(255), nullable=True),
        sa.Column("practitioner_id", sa.Integer(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("active_until", sa.Date(), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_users_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "exit_steps",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("gate", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("agency_owner", sa.String(120), nullable=False),
        sa.Column("council_owner", sa.String(120), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(done_on IS NULL) = (done_by IS NULL)", name=op.f("ck_exit_steps_done_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_exit_steps_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["users.id"], name=op.f("fk_exit_steps_done_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_steps")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_exit_steps_contract_id_number")),
    )
    with op.batch_alter_table("exit_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exit_steps_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "lots",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("district", sa.String(60), nullable=False),
        sa.Column("district_manager_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_lots_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["district_manager_id"],
            ["users.id"],
            name=op.f("fk_lots_district_manager_id_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lots")),
        sa.UniqueConstraint("contract_id", "name", name=op.f("uq_lots_contract_id_name")),
    )
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lots_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "one_time_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "invitation",
                "reset",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_one_time_links_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_links_token_hash")),
    )
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_links_user_id"), ["user_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("to_user_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["to_user_id"],
            ["users.id"],
            name=op.f("fk_outbox_to_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "saved_mappings",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("headers_digest", sa.String(64), nullable=False),
        sa.Column(
            "layout",
            sa.Enum(
                "list_3",
                "list_4",
                "list_5",
                "list_6",
                "plain",
                name="layout",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_saved_mappings_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["users.id"],
            name=op.f("fk_saved_mappings_made_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_mappings")),
        sa.UniqueConstraint(
            "contract_id",
            "headers_digest",
            name=op.f("uq_saved_mappings_contract_id_headers_digest"),
        ),
    )
    with op.batch_alter_table("saved_mappings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saved_mappings_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "sign_in_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_sign_in_sessions_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_sessions_token_hash")),
    )
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "baselines",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_baselines_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baselines")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_baselines_lot_id")),
    )
    with op.batch_alter_table("baselines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_baselines_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "budgets",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column("planned_pence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_budgets_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budgets")),
        sa.UniqueConstraint("lot_id", "week_ending", name=op.f("uq_budgets_lot_id_week_ending")),
    )
    with op.batch_alter_table("budgets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budgets_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "case_counters",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
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
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_case_counters_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lot_id", "state", "due_on", name=op.f("pk_case_counters")),
    )
    op.create_table(
        "cases",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("family_key", sa.String(40), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
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
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "proposed_from",
            sa.Enum(
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
                name="proposed_from",
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
                "medium",
                "low",
                name="priority",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("open_flags", sa.Integer(), nullable=False),
        sa.Column("triage_rank", sa.Integer(), nullable=False),
        sa.Column(
            "assessment_type",
            sa.Enum(
                "initial_assessment",
                "core_assessment",
                "child_and_family_assessment",
                name="assessmenttype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("clock_started_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("practitioner_id", sa.Integer(), nullable=True),
        sa.Column("co_worker_id", sa.Integer(), nullable=True),
        sa.Column("allocated_on", sa.Date(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("age_band", sa.String(10), nullable=False),
        sa.Column("primary_need", sa.String(4), nullable=False),
        sa.Column("source_team", sa.String(80), nullable=False),
        sa.Column("council_worker_named", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["co_worker_id"],
            ["practitioners.id"],
            name=op.f("fk_cases_co_worker_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_cases_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_cases_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_cases_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint(
            "contract_id", "reference", name=op.f("uq_cases_contract_id_reference")
        ),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_co_worker_id"), ["co_worker_id"], unique=False)
        batch_op.create_index("ix_cases_due", ["due_on", "id"], unique=False)
        batch_op.create_index(
            "ix_cases_ended",
            ["ended_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NOT NULL"),
            postgresql_where=sa.text("ended_on IS NOT NULL"),
        )
        batch_op.create_index("ix_cases_family", ["contract_id", "family_key"], unique=False)
        batch_op.create_index(
            "ix_cases_open_due",
            ["due_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(
            "ix_cases_open_referred",
            ["referred_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(
            "ix_cases_open_state_due",
            ["state", "due_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(
            "ix_cases_open_state_triage",
            ["state", "triage_rank", "referred_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(
            "ix_cases_open_triage",
            ["triage_rank", "referred_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index("ix_cases_reference", ["reference", "id"], unique=False)
        batch_op.create_index("ix_cases_referred", ["referred_on", "id"], unique=False)
        batch_op.create_index("ix_cases_worker", ["practitioner_id", "state"], unique=False)

    op.create_table(
        "costs",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "staff",
                "travel",
                "other",
                name="costkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_costs_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_costs_recorded_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_costs")),
    )
    with op.batch_alter_table("costs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_costs_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index("ix_costs_lot_week", ["lot_id", "week_ending", "kind"], unique=False)

    op.create_table(
        "daily_totals",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "term",
            sa.Enum(
                "opening",
                "received",
                "handed_back",
                "transferred",
                "cleared",
                "reopened",
                name="term",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_daily_totals_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lot_id", "day", "term", "outcome", name=op.f("pk_daily_totals")),
    )
    op.create_table(
        "import_batches",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("kept_as", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column(
            "only",
            sa.Enum(
                "list_3",
                "list_4",
                "list_5",
                "list_6",
                "plain",
                name="layout",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("lists", sa.String(120), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "reading",
                "mapping",
                "previewed",
                "confirming",
                "confirmed",
                "refused",
                "discarded",
                "expired",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("problem", sa.String(500), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("backlog", sa.Integer(), nullable=False),
        sa.Column("sent_again", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("good_rows_only", sa.Boolean(), nullable=False),
        sa.Column("imports_before", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_import_batches_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_import_batches_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["users.id"],
            name=op.f("fk_import_batches_uploaded_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
    )
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_batches_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_import_batches_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_batches_sha256"), ["sha256"], unique=False)

    op.create_table(
        "practitioner_lots",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_practitioner_lots_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_practitioner_lots_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner_lots")),
        sa.UniqueConstraint(
            "practitioner_id", "lot_id", name=op.f("uq_practitioner_lots_practitioner_id_lot_id")
        ),
    )
    with op.batch_alter_table("practitioner_lots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practitioner_lots_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_practitioner_lots_practitioner_id"), ["practitioner_id"], unique=False
        )

    op.create_table(
        "receiving_teams",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("weekly_intake", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_receiving_teams_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receiving_teams")),
        sa.UniqueConstraint("lot_id", "name", name=op.f("uq_receiving_teams_lot_id_name")),
    )
    with op.batch_alter_table("receiving_teams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receiving_teams_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "targets",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_backlog", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ramp_weeks", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_targets_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_targets_lot_id")),
    )
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_targets_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "user_lots",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_user_lots_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_user_lots_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_lots_user_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("user_id", "lot_id", name=op.f("pk_user_lots")),
    )
    op.create_table(
        "views",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_views_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_views_user_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_views")),
    )
    with op.batch_alter_table("views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_views_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_views_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "allocations",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
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
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "reason",
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
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_allocations_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_allocations_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_allocations_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_allocations_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocations")),
    )
    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocations_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocations_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_allocations_practitioner_id"), ["practitioner_id"], unique=False
        )

    op.create_table(
        "assessments",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "assessment_type",
            sa.Enum(
                "initial_assessment",
                "core_assessment",
                "child_and_family_assessment",
                name="assessmenttype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column(
            "not_seen_reason",
            sa.Enum(
                "unborn",
                "moved",
                "whereabouts_unknown",
                "refused",
                "seen_by_other",
                name="notseenreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("authorised_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authorised_by"],
            ["users.id"],
            name=op.f("fk_assessments_authorised_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_assessments_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_assessments_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["started_by"],
            ["users.id"],
            name=op.f("fk_assessments_started_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"],
            ["users.id"],
            name=op.f("fk_assessments_submitted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessments_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessments_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_assessments_waiting",
            ["submitted_on", "case_id"],
            unique=False,
            sqlite_where=sa.text("authorised_on IS NULL AND submitted_on IS NOT NULL"),
            postgresql_where=sa.text("authorised_on IS NULL AND submitted_on IS NOT NULL"),
        )

    op.create_table(
        "case_moves",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
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
                name="before",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "after",
            sa.Enum(
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
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_case_moves_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_moves_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_case_moves_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_moves")),
    )
    with op.batch_alter_table("case_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_moves_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_moves_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "found_sheets",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column(
            "layout",
            sa.Enum(
                "list_3",
                "list_4",
                "list_5",
                "list_6",
                "plain",
                name="layout",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("dropped", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("notices", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_found_sheets_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_found_sheets_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_sheets")),
    )
    with op.batch_alter_table("found_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_found_sheets_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_found_sheets_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "imported_rows",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column(
            "layout",
            sa.Enum(
                "list_3",
                "list_4",
                "list_5",
                "list_6",
                "plain",
                name="layout",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_imported_rows_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_imported_rows_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_imported_rows_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_imported_rows_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_rows")),
        sa.UniqueConstraint("contract_id", "key", name=op.f("uq_imported_rows_contract_id_key")),
    )
    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_rows_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_rows_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_rows_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_rows_reference"), ["reference"], unique=False)

    op.create_table(
        "ledger_postings",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "term",
            sa.Enum(
                "opening",
                "received",
                "handed_back",
                "transferred",
                "cleared",
                "reopened",
                name="term",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_ledger_postings_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_ledger_postings_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_postings")),
    )
    with op.batch_alter_table("ledger_postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_postings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_ledger_postings_lot_day", ["lot_id", "effective_on", "term"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ledger_postings_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "outcome_plans",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "close_nfa",
                "close_early_help",
                "cin_plan",
                "section_47",
                "pre_proceedings",
                "other_authority",
                "hand_back",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("receiving_team_id", sa.Integer(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column(
            "hand_back_reason",
            sa.Enum(
                "already_closed",
                "held_elsewhere",
                "out_of_area",
                "below_threshold",
                "at_court",
                "sibling_allocated",
                name="handbackreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_outcome_plans_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_outcome_plans_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["receiving_team_id"],
            ["receiving_teams.id"],
            name=op.f("fk_outcome_plans_receiving_team_id_receiving_teams"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["users.id"],
            name=op.f("fk_outcome_plans_written_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_plans")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_outcome_plans_case_id_number")),
    )
    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_plans_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_plans_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "safeguarding_flags",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column(
            "concern",
            sa.Enum(
                "physical_harm",
                "sexual_harm",
                "emotional_harm",
                "neglect",
                "domestic_abuse",
                "exploitation",
                "missing",
                "not_seen",
                "unsafe_contact",
                "other",
                name="concern",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"],
            ["users.id"],
            name=op.f("fk_safeguarding_flags_acknowledged_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_safeguarding_flags_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_safeguarding_flags_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["raised_by"],
            ["users.id"],
            name=op.f("fk_safeguarding_flags_raised_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"],
            ["users.id"],
            name=op.f("fk_safeguarding_flags_resolved_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_flags")),
    )
    with op.batch_alter_table("safeguarding_flags", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_safeguarding_flags_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_safeguarding_flags_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_safeguarding_flags_open",
            ["raised_at", "id"],
            unique=False,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )

    op.create_table(
        "staged_rows",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(200), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column(
            "layout",
            sa.Enum(
                "list_3",
                "list_4",
                "list_5",
                "list_6",
                "plain",
                name="layout",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum(
                "new",
                "changed",
                "unchanged",
                "refused",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("opens_case", sa.Boolean(), nullable=False),
        sa.Column("sent_again", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("difference", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_staged_rows_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_staged_rows_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_rows")),
    )
    with op.batch_alter_table("staged_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_rows_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_staged_rows_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "visits",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_alone", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_visits_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_visits_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_visits_recorded_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visits_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visits_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "assessment_returns",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("returned_by", sa.Integer(), nullable=True),
        sa.Column("points", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessments.id"],
            name=op.f("fk_assessment_returns_assessment_id_assessments"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_assessment_returns_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_assessment_returns_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["returned_by"],
            ["users.id"],
            name=op.f("fk_assessment_returns_returned_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_returns")),
    )
    with op.batch_alter_table("assessment_returns", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_returns_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_returns_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_assessment_returns_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "proposals",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "closure",
                "handover",
                "hand_back",
                name="route",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column(
            "proposed_for",
            sa.Enum(
                "agency",
                "council",
                name="organisation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "agreed",
                "returned",
                "refused",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("points", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_proposals_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_proposals_decided_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_proposals_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["outcome_plans.id"],
            name=op.f("fk_proposals_plan_id_outcome_plans"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["users.id"],
            name=op.f("fk_proposals_proposed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            "ix_proposals_undecided",
            ["lot_id", "proposed_at"],
            unique=False,
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )

    op.create_table(
        "closures",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "RC1",
                "RC2",
                "RC3",
                "RC4",
                "RC5",
                "RC6",
                "RC7",
                "RC8",
                "RC9",
                name="closurereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("family_told_on", sa.Date(), nullable=True),
        sa.Column("family_not_told", sa.String(120), nullable=False),
        sa.Column("referrer_told_on", sa.Date(), nullable=True),
        sa.Column("referrer_not_told", sa.String(120), nullable=False),
        sa.Column("ongoing_support", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("agreed_hash", sa.String(64), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_closures_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"],
            ["users.id"],
            name=op.f("fk_closures_closed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_closures_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.id"],
            name=op.f("fk_closures_proposal_id_proposals"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["users.id"],
            name=op.f("fk_closures_written_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
        sa.UniqueConstraint("case_id", "episode", name=op.f("uq_closures_case_id_episode")),
    )
    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closures_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_closures_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "handovers",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("plan_number", sa.Integer(), nullable=False),
        sa.Column("receiving_team_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chronology_current_on", sa.Date(), nullable=True),
        sa.Column("chronology_by", sa.Integer(), nullable=True),
        sa.Column("family_told_on", sa.Date(), nullable=True),
        sa.Column("family_told_by", sa.Integer(), nullable=True),
        sa.Column("receiving_worker", sa.String(120), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["users.id"],
            name=op.f("fk_handovers_accepted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_handovers_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["chronology_by"],
            ["users.id"],
            name=op.f("fk_handovers_chronology_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["family_told_by"],
            ["users.id"],
            name=op.f("fk_handovers_family_told_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_handovers_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.id"],
            name=op.f("fk_handovers_proposal_id_proposals"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["receiving_team_id"],
            ["receiving_teams.id"],
            name=op.f("fk_handovers_receiving_team_id_receiving_teams"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_handovers_proposal_id")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_accepted_on"), ["accepted_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_handovers_receiving_team_id"), ["receiving_team_id"], unique=False
        )
    keep_the_trail()


def downgrade() -> None:
    let_the_trail_go()
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handovers_receiving_team_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_lot_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_case_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_accepted_on"))

    op.drop_table("handovers")
    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closures_lot_id"))
        batch_op.drop_index(batch_op.f("ix_closures_case_id"))

    op.drop_table("closures")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_proposals_undecided",
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_proposals_plan_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_lot_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_case_id"))

    op.drop_table("proposals")
    with op.batch_alter_table("assessment_returns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_returns_lot_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_returns_case_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_returns_assessment_id"))

    op.drop_table("assessment_returns")
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visits_lot_id"))
        batch_op.drop_index(batch_op.f("ix_visits_case_id"))

    op.drop_table("visits")
    with op.batch_alter_table("staged_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_rows_lot_id"))
        batch_op.drop_index(batch_op.f("ix_staged_rows_batch_id"))

    op.drop_table("staged_rows")
    with op.batch_alter_table("safeguarding_flags", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_safeguarding_flags_open",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_safeguarding_flags_lot_id"))
        batch_op.drop_index(batch_op.f("ix_safeguarding_flags_case_id"))

    op.drop_table("safeguarding_flags")
    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_plans_lot_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_plans_case_id"))

    op.drop_table("outcome_plans")
    with op.batch_alter_table("ledger_postings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_postings_lot_id"))
        batch_op.drop_index("ix_ledger_postings_lot_day")
        batch_op.drop_index(batch_op.f("ix_ledger_postings_case_id"))

    op.drop_table("ledger_postings")
    with op.batch_alter_table("imported_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_rows_reference"))
        batch_op.drop_index(batch_op.f("ix_imported_rows_lot_id"))
        batch_op.drop_index(batch_op.f("ix_imported_rows_case_id"))
        batch_op.drop_index(batch_op.f("ix_imported_rows_batch_id"))

    op.drop_table("imported_rows")
    with op.batch_alter_table("found_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_found_sheets_lot_id"))
        batch_op.drop_index(batch_op.f("ix_found_sheets_batch_id"))

    op.drop_table("found_sheets")
    with op.batch_alter_table("case_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_moves_lot_id"))
        batch_op.drop_index(batch_op.f("ix_case_moves_case_id"))

    op.drop_table("case_moves")
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_assessments_waiting",
            sqlite_where=sa.text("authorised_on IS NULL AND submitted_on IS NOT NULL"),
            postgresql_where=sa.text("authorised_on IS NULL AND submitted_on IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assessments_lot_id"))
        batch_op.drop_index(batch_op.f("ix_assessments_case_id"))

    op.drop_table("assessments")
    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocations_practitioner_id"))
        batch_op.drop_index(batch_op.f("ix_allocations_lot_id"))
        batch_op.drop_index(batch_op.f("ix_allocations_case_id"))

    op.drop_table("allocations")
    with op.batch_alter_table("views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_views_lot_id"))
        batch_op.drop_index(batch_op.f("ix_views_case_id"))

    op.drop_table("views")
    op.drop_table("user_lots")
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_targets_lot_id"))

    op.drop_table("targets")
    with op.batch_alter_table("receiving_teams", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receiving_teams_lot_id"))

    op.drop_table("receiving_teams")
    with op.batch_alter_table("practitioner_lots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practitioner_lots_practitioner_id"))
        batch_op.drop_index(batch_op.f("ix_practitioner_lots_lot_id"))

    op.drop_table("practitioner_lots")
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batches_sha256"))
        batch_op.drop_index(batch_op.f("ix_import_batches_lot_id"))
        batch_op.drop_index(batch_op.f("ix_import_batches_contract_id"))

    op.drop_table("import_batches")
    op.drop_table("daily_totals")
    with op.batch_alter_table("costs", schema=None) as batch_op:
        batch_op.drop_index("ix_costs_lot_week")
        batch_op.drop_index(batch_op.f("ix_costs_lot_id"))

    op.drop_table("costs")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_worker")
        batch_op.drop_index("ix_cases_referred")
        batch_op.drop_index("ix_cases_reference")
        batch_op.drop_index(
            "ix_cases_open_triage",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_cases_open_state_triage",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_cases_open_state_due",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_cases_open_referred",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_cases_open_due",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index("ix_cases_family")
        batch_op.drop_index(
            "ix_cases_ended",
            sqlite_where=sa.text("ended_on IS NOT NULL"),
            postgresql_where=sa.text("ended_on IS NOT NULL"),
        )
        batch_op.drop_index("ix_cases_due")
        batch_op.drop_index(batch_op.f("ix_cases_co_worker_id"))

    op.drop_table("cases")
    op.drop_table("case_counters")
    with op.batch_alter_table("budgets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budgets_lot_id"))

    op.drop_table("budgets")
    with op.batch_alter_table("baselines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_baselines_lot_id"))

    op.drop_table("baselines")
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_sessions_user_id"))

    op.drop_table("sign_in_sessions")
    with op.batch_alter_table("saved_mappings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_mappings_contract_id"))

    op.drop_table("saved_mappings")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_sent_at"))

    op.drop_table("outbox")
    with op.batch_alter_table("one_time_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_links_user_id"))

    op.drop_table("one_time_links")
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lots_contract_id"))

    op.drop_table("lots")
    with op.batch_alter_table("exit_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exit_steps_contract_id"))

    op.drop_table("exit_steps")
    op.drop_table("users")
    with op.batch_alter_table("practitioners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_practitioners_contract_id"))

    op.drop_table("practitioners")
    with op.batch_alter_table("extra_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extra_days_contract_id"))

    op.drop_table("extra_days")
    with op.batch_alter_table("clock_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clock_rules_contract_id"))

    op.drop_table("clock_rules")
    op.drop_table("used_keys")
    with op.batch_alter_table("trail_details", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trail_details_seq"))

    op.drop_table("trail_details")
    with op.batch_alter_table("trail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trail_case_id"))
        batch_op.drop_index(batch_op.f("ix_trail_actor_id"))

    op.drop_table("trail")
    op.drop_table("sign_in_tries")
    op.drop_table("contracts")


TRAIL = ("trail", "trail_details")


def keep_the_trail() -> None:
    """Refuse to change the trail; only the values of a detail may be erased."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE_TRIGGERS:
            op.execute(statement)
    else:
        for statement in POSTGRESQL_TRIGGERS:
            op.execute(statement)


def let_the_trail_go() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in (
            "trail_update",
            "trail_delete",
            "trail_details_update",
            "trail_details_delete",
        ):
            op.execute(f"DROP TRIGGER {name}_refused")
    else:
        for table in TRAIL:
            op.execute(f"DROP TRIGGER {table}_kept ON {table}")
            op.execute(f"DROP TRIGGER {table}_never_emptied ON {table}")
        op.execute("DROP FUNCTION refuse_trail_change")


SQLITE_TRIGGERS = (
    "CREATE TRIGGER trail_update_refused BEFORE UPDATE ON trail "
    "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
    "CREATE TRIGGER trail_delete_refused BEFORE DELETE ON trail "
    "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
    "CREATE TRIGGER trail_details_update_refused BEFORE UPDATE ON trail_details "
    "WHEN NEW.salt IS NOT NULL OR NEW.changes IS NOT NULL OR NEW.digest <> OLD.digest "
    "OR NEW.seq <> OLD.seq "
    "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
    "CREATE TRIGGER trail_details_delete_refused BEFORE DELETE ON trail_details "
    "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
)
POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION refuse_trail_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'trail_details' THEN
            IF NEW.salt IS NULL AND NEW.changes IS NULL
                AND NEW.digest = OLD.digest AND NEW.seq = OLD.seq THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'the trail is append-only';
    END $$""",
    *(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_trail_change()"
        for table in TRAIL
    ),
    *(
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_trail_change()"
        for table in TRAIL
    ),
)
