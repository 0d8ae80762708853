"""Clocks, delay, safeguarding and supervision; the desk, handover, closure and exit in full."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theme_tallies",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "workload",
                "wellbeing",
                "distress",
                "safety",
                "team",
                "skills",
                "future",
                "practical",
                name="theme",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_theme_tallies_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_tallies")),
        sa.UniqueConstraint(
            "contract_id", "month", "theme", name=op.f("uq_theme_tallies_contract_id_month_theme")
        ),
    )
    with op.batch_alter_table("theme_tallies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_theme_tallies_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_calendar_feeds_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
    )
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feeds_user_id"), ["user_id"], unique=False)

    op.create_table(
        "checklist_templates",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "close_nfa",
                "close_early_help",
                "step_down",
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
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("items", sa.String(200), nullable=False),
        sa.Column("visit_days", sa.Integer(), nullable=True),
        sa.Column("supervision_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_checklist_templates_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_checklist_templates_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_templates")),
        sa.UniqueConstraint(
            "contract_id",
            "outcome",
            "number",
            name=op.f("uq_checklist_templates_contract_id_outcome_number"),
        ),
    )
    with op.batch_alter_table("checklist_templates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_checklist_templates_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "closure_templates",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("items", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_closure_templates_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_closure_templates_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure_templates")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_closure_templates_contract_id_number")
        ),
    )
    with op.batch_alter_table("closure_templates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_closure_templates_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "data_returns",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("manifest_sha256", sa.String(64), nullable=False),
        sa.Column("trail_to", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(received_at IS NULL) = (received_by IS NULL)",
            name=op.f("ck_data_returns_received_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_data_returns_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["received_by"],
            ["users.id"],
            name=op.f("fk_data_returns_received_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["users.id"],
            name=op.f("fk_data_returns_written_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_returns")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_data_returns_contract_id_number")
        ),
    )
    with op.batch_alter_table("data_returns", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_data_returns_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "data_terms",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("keep_months", sa.Integer(), nullable=False),
        sa.Column("legal_hold", sa.Boolean(), nullable=False),
        sa.Column("hold_reason", sa.String(200), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_data_terms_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["users.id"], name=op.f("fk_data_terms_set_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_terms")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_data_terms_contract_id")),
    )
    with op.batch_alter_table("data_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_data_terms_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "digests",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_digests_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_digests_user_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint(
            "user_id", "contract_id", "sent_on", name=op.f("uq_digests_user_id_contract_id_sent_on")
        ),
    )
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digests_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "drift_terms",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("idle_days", sa.Integer(), nullable=False),
        sa.Column("flagged_days", sa.Integer(), nullable=False),
        sa.Column("council_days", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_drift_terms_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_drift_terms_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift_terms")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_drift_terms_contract_id_number")
        ),
    )
    with op.batch_alter_table("drift_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_drift_terms_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "lessons",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "lesson",
                "unproved",
                name="lessonkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column(
            "side",
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
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_lessons_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_lessons_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lessons")),
    )
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lessons_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "offers",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column(
            "engagement",
            sa.Enum(
                "locum",
                "permanent",
                name="engagement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("post", sa.String(120), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "waiting",
                "accepted",
                "declined",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_offers_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_offers_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_offers_recorded_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("practitioner_id", name=op.f("uq_offers_practitioner_id")),
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offers_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "points_estimates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("line", sa.String(40), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("mean_days", sa.Integer(), nullable=False),
        sa.Column("in_force", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_points_estimates_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["users.id"],
            name=op.f("fk_points_estimates_made_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_estimates")),
        sa.UniqueConstraint(
            "contract_id", "month", "line", name=op.f("uq_points_estimates_contract_id_month_line")
        ),
    )
    op.create_table(
        "supervision_terms",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("case_days", sa.Integer(), nullable=False),
        sa.Column("child_days", sa.Integer(), nullable=False),
        sa.Column("personal_days", sa.Integer(), nullable=False),
        sa.Column("welfare_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_supervision_terms_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_supervision_terms_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_terms")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_supervision_terms_contract_id_number")
        ),
    )
    with op.batch_alter_table("supervision_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supervision_terms_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "supervisions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("sampled_on", sa.Date(), nullable=True),
        sa.Column(
            "grade",
            sa.Enum(
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("grade_note", sa.String(200), nullable=False),
        sa.Column("graded_by", sa.Integer(), nullable=True),
        sa.Column("graded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_supervisions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["graded_by"],
            ["users.id"],
            name=op.f("fk_supervisions_graded_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_supervisions_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"],
            ["users.id"],
            name=op.f("fk_supervisions_supervisor_id_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisions")),
    )
    with op.batch_alter_table("supervisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supervisions_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_supervisions_supervisor_id"), ["supervisor_id"], unique=False
        )
        batch_op.create_index(
            "ix_supervisions_worker", ["practitioner_id", "held_on"], unique=False
        )

    op.create_table(
        "support_sessions",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "personal",
                "welfare",
                "reflective",
                "coaching",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("supervisee_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("liaison_on", sa.Date(), nullable=True),
        sa.Column("wrapped_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_support_sessions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supervisee_id"],
            ["users.id"],
            name=op.f("fk_support_sessions_supervisee_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"],
            ["users.id"],
            name=op.f("fk_support_sessions_supervisor_id_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_sessions")),
    )
    with op.batch_alter_table("support_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_support_sessions_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_support_sessions_supervisee_id"), ["supervisee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_support_sessions_supervisor_id"), ["supervisor_id"], unique=False
        )

    op.create_table(
        "training_sessions",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "system",
                "thresholds",
                "assessment",
                "child_protection",
                "recording",
                "plans",
                "supervision",
                "learning",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("council_people", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_training_sessions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["users.id"],
            name=op.f("fk_training_sessions_given_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_sessions")),
    )
    with op.batch_alter_table("training_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_sessions_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index("ix_training_sessions_held", ["held_on", "id"], unique=False)

    op.create_table(
        "variations",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "variation",
                "extension",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_variations_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_variations_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variations")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_variations_contract_id_number")),
    )
    with op.batch_alter_table("variations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_variations_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "agreement_meetings",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("present", sa.String(200), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["users.id"],
            name=op.f("fk_agreement_meetings_issued_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_agreement_meetings_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"],
            ["users.id"],
            name=op.f("fk_agreement_meetings_planned_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_meetings")),
    )
    with op.batch_alter_table("agreement_meetings", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_meetings_held", ["held_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_meetings_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "clock_statements",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["users.id"],
            name=op.f("fk_clock_statements_issued_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_clock_statements_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_statements")),
        sa.UniqueConstraint(
            "lot_id", "week_ending", name=op.f("uq_clock_statements_lot_id_week_ending")
        ),
    )
    with op.batch_alter_table("clock_statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_statements_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "deputies",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_deputies_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["users.id"], name=op.f("fk_deputies_ended_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_deputies_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["named_by"], ["users.id"], name=op.f("fk_deputies_named_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_deputies_user_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputies")),
    )
    with op.batch_alter_table("deputies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deputies_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index("ix_deputies_user", ["user_id", "ends_on"], unique=False)

    op.create_table(
        "drift_looks",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_drift_looks_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_drift_looks_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift_looks")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_drift_looks_lot_id")),
    )
    with op.batch_alter_table("drift_looks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drift_looks_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "erasures",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("certificate_sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_by"],
            ["users.id"],
            name=op.f("fk_erasures_agreed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_erasures_asked_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_erasures_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["data_returns.id"],
            name=op.f("fk_erasures_return_id_data_returns"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"],
            ["users.id"],
            name=op.f("fk_erasures_withdrawn_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    with op.batch_alter_table("erasures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasures_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "gate_signatures",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
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
        sa.Column("words_hash", sa.String(64), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_gate_signatures_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"],
            ["users.id"],
            name=op.f("fk_gate_signatures_signed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["step_id"],
            ["exit_steps.id"],
            name=op.f("fk_gate_signatures_step_id_exit_steps"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_signatures")),
        sa.UniqueConstraint(
            "step_id", "organisation", name=op.f("uq_gate_signatures_step_id_organisation")
        ),
    )
    with op.batch_alter_table("gate_signatures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gate_signatures_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "performance_meetings",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("present", sa.String(200), nullable=False),
        sa.Column("open_cases", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("drifting", sa.Integer(), nullable=False),
        sa.Column("late_delays", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"],
            ["users.id"],
            name=op.f("fk_performance_meetings_closed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_performance_meetings_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["users.id"],
            name=op.f("fk_performance_meetings_opened_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_meetings")),
    )
    with op.batch_alter_table("performance_meetings", schema=None) as batch_op:
        batch_op.create_index("ix_performance_meetings_held", ["held_on", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_performance_meetings_lot_id"), ["lot_id"], unique=False
        )

    op.create_table(
        "ramp_steps",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_ramp_steps_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ramp_steps")),
        sa.UniqueConstraint("lot_id", "from_on", name=op.f("uq_ramp_steps_lot_id_from_on")),
    )
    with op.batch_alter_table("ramp_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ramp_steps_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "sealed_notes",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["users.id"],
            name=op.f("fk_sealed_notes_author_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_sealed_notes_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["support_sessions.id"],
            name=op.f("fk_sealed_notes_session_id_support_sessions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_notes")),
    )
    with op.batch_alter_table("sealed_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sealed_notes_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sealed_notes_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "smoothings",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_week", sa.Date(), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["users.id"],
            name=op.f("fk_smoothings_accepted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_smoothings_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_smoothings_made_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_smoothings")),
    )
    with op.batch_alter_table("smoothings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_smoothings_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "system_problems",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column(
            "area",
            sa.Enum(
                "access",
                "forms",
                "workflow",
                "reports",
                "data",
                "speed",
                name="area",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("fixed_by", sa.Integer(), nullable=True),
        sa.Column("fix", sa.String(200), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("solved_on", sa.Date(), nullable=True),
        sa.Column("solved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_system_problems_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["fixed_by"],
            ["users.id"],
            name=op.f("fk_system_problems_fixed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["found_by"],
            ["users.id"],
            name=op.f("fk_system_problems_found_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_sessions.id"],
            name=op.f("fk_system_problems_session_id_training_sessions"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["solved_by"],
            ["users.id"],
            name=op.f("fk_system_problems_solved_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system_problems")),
    )
    with op.batch_alter_table("system_problems", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_system_problems_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "target_versions",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("variation_id", sa.Integer(), nullable=True),
        sa.Column("opening_backlog", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ramp_weeks", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_target_versions_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["variation_id"],
            ["variations.id"],
            name=op.f("fk_target_versions_variation_id_variations"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_versions")),
        sa.UniqueConstraint(
            "lot_id", "variation_id", name=op.f("uq_target_versions_lot_id_variation_id")
        ),
    )
    with op.batch_alter_table("target_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_versions_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "training_attendances",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_training_attendances_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_training_attendances_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["training_sessions.id"],
            name=op.f("fk_training_attendances_session_id_training_sessions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_attendances")),
        sa.UniqueConstraint(
            "session_id",
            "practitioner_id",
            name=op.f("uq_training_attendances_session_id_practitioner_id"),
        ),
    )
    with op.batch_alter_table("training_attendances", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_attendances_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_training_attendances_practitioner_id"), ["practitioner_id"], unique=False
        )

    op.create_table(
        "advice",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(120), nullable=False),
        sa.Column(
            "asker",
            sa.Enum(
                "social_worker",
                "manager",
                "early_help",
                "business_support",
                "partner",
                name="asker",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "topic",
            sa.Enum(
                "thresholds",
                "assessment",
                "child_protection",
                "planning",
                "legal",
                "recording",
                "process",
                "other",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_advice_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["users.id"], name=op.f("fk_advice_given_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_advice_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
    )
    with op.batch_alter_table("advice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_advice_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_advice_given", ["given_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_advice_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "case_actions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
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
                name="what",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "supervision",
                "performance_meeting",
                "agreement_meeting",
                "escalation",
                "delay_reply",
                "direction",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ending",
            sa.Enum(
                "done",
                "dropped",
                name="ending",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_actions_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["users.id"],
            name=op.f("fk_case_actions_ended_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_case_actions_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_case_actions_owner_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["users.id"], name=op.f("fk_case_actions_set_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_actions")),
    )
    with op.batch_alter_table("case_actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_actions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_case_actions_due",
            ["due_on", "id", "lot_id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_case_actions_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_case_actions_owner",
            ["owner_id", "due_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "case_cohorts",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "cohort",
            sa.Enum(
                "domestic_abuse",
                "missing",
                "cse",
                "cce",
                "missing_education",
                "home_educated",
                "unborn",
                "under_one",
                name="cohort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_cohorts_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["users.id"],
            name=op.f("fk_case_cohorts_ended_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_case_cohorts_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["users.id"], name=op.f("fk_case_cohorts_set_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_cohorts")),
    )
    with op.batch_alter_table("case_cohorts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_cohorts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_case_cohorts_now",
            ["cohort", "lot_id", "case_id"],
            unique=False,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "case_discussions",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supervision_id", sa.Integer(), nullable=False),
        sa.Column("discussed_on", sa.Date(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "continue",
                "change_plan",
                "move_on",
                "protect",
                "prepare_ending",
                "escalate",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_case_discussions_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_discussions_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_case_discussions_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supervision_id"],
            ["supervisions.id"],
            name=op.f("fk_case_discussions_supervision_id_supervisions"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_discussions")),
    )
    with op.batch_alter_table("case_discussions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_discussions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_discussions_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_case_discussions_supervision_id"), ["supervision_id"], unique=False
        )

    op.create_table(
        "clock_lines",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column(
            "holder",
            sa.Enum(
                "agency",
                "council",
                "partner",
                "family",
                "court",
                name="holder",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("why", sa.String(80), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column(
            "agency_answer",
            sa.Enum(
                "accepted",
                "disputed",
                name="agency_answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("agency_words", sa.String(200), nullable=False),
        sa.Column("agency_by", sa.Integer(), nullable=True),
        sa.Column("agency_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "council_answer",
            sa.Enum(
                "accepted",
                "disputed",
                name="council_answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("council_words", sa.String(200), nullable=False),
        sa.Column("council_by", sa.Integer(), nullable=True),
        sa.Column("council_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_by"],
            ["users.id"],
            name=op.f("fk_clock_lines_agency_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_clock_lines_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["council_by"],
            ["users.id"],
            name=op.f("fk_clock_lines_council_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_clock_lines_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["clock_statements.id"],
            name=op.f("fk_clock_lines_statement_id_clock_statements"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_lines")),
    )
    with op.batch_alter_table("clock_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_lines_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index("ix_clock_lines_statement", ["statement_id", "id"], unique=False)

    op.create_table(
        "delays",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "family_refuses",
                "child_not_seen",
                "partner_information",
                "specialist",
                "investigation",
                "worker_changed",
                "late_allocation",
                "wider_scope",
                "enquiry",
                "interpreter",
                "council_system",
                "authorisation",
                "district_manager",
                "receiving_team",
                "legal_advice",
                "purposeful",
                "other",
                name="delayreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "holder",
            sa.Enum(
                "agency",
                "council",
                "partner",
                "family",
                "court",
                name="holder",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("expected_end", sa.Date(), nullable=False),
        sa.Column(
            "ask",
            sa.Enum(
                "nothing",
                "decide",
                "chase",
                "joint_visit",
                "system",
                "receive",
                "advise",
                "agree",
                name="ask",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("solution", sa.String(200), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_delays_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_delays_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_delays_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_delays_owner_id_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delays")),
    )
    with op.batch_alter_table("delays", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delays_asked",
            ["lot_id", "case_id"],
            unique=False,
            sqlite_where=sa.text("asked_on IS NOT NULL AND ended_on IS NULL"),
            postgresql_where=sa.text("asked_on IS NOT NULL AND ended_on IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_delays_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_delays_lost", ["ended_on", "begins_on", "lot_id", "reason", "holder"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_delays_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_delays_open",
            ["expected_end", "id", "lot_id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "drift_asides",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "moves",
                "agreed",
                "purposeful",
                "dated",
                name="aside",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_drift_asides_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_drift_asides_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_drift_asides_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift_asides")),
    )
    with op.batch_alter_table("drift_asides", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drift_asides_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drift_asides_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "drifting_cases",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
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
                "withdrawn",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.Date(), nullable=False),
        sa.Column("idle_since", sa.Date(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "history",
                "limit",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("still_there", sa.Integer(), nullable=True),
        sa.Column(
            "suggestion",
            sa.Enum(
                "allocate",
                "start",
                "see_child",
                "why_late",
                "end_delay",
                "submit",
                "authorise",
                "propose",
                "decide",
                "end_case",
                name="suggestion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_drifting_cases_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_drifting_cases_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drifting_cases")),
        sa.UniqueConstraint("case_id", name=op.f("uq_drifting_cases_case_id")),
    )
    with op.batch_alter_table("drifting_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drifting_cases_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drifting_cases_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index("ix_drifting_cases_place", ["lot_id", "place"], unique=False)

    op.create_table(
        "holds",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "council_records",
                "council_decision",
                "legal_advice",
                "council_system",
                "partner_information",
                "specialist",
                "criminal_investigation",
                "interpreter",
                "family_away",
                "family_asked",
                "in_hospital",
                "court_hearing",
                "court_direction",
                name="holdreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("placed_by", sa.Integer(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_holds_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["users.id"], name=op.f("fk_holds_ended_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_holds_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_holds_owner_id_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"], ["users.id"], name=op.f("fk_holds_placed_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holds_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_holds_lot_until", ["lot_id", "until_on"], unique=False)
        batch_op.create_index(
            "ix_holds_running",
            ["until_on", "review_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "intake_weeks",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receiving_team_id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column("intake", sa.Integer(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_intake_weeks_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_intake_weeks_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["receiving_team_id"],
            ["receiving_teams.id"],
            name=op.f("fk_intake_weeks_receiving_team_id_receiving_teams"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_weeks")),
        sa.UniqueConstraint(
            "receiving_team_id",
            "week_ending",
            name=op.f("uq_intake_weeks_receiving_team_id_week_ending"),
        ),
    )
    with op.batch_alter_table("intake_weeks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_weeks_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "left_out_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(80), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("sheet", sa.String(200), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_batches.id"],
            name=op.f("fk_left_out_rows_import_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_left_out_rows_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by"],
            ["import_batches.id"],
            name=op.f("fk_left_out_rows_superseded_by_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_out_rows")),
    )
    with op.batch_alter_table("left_out_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_left_out_rows_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            "ix_left_out_rows_lot", ["lot_id", "superseded_by", "id"], unique=False
        )

    op.create_table(
        "pre_proceedings",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gateway_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "step_down",
                "court",
                "other_care",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_pre_proceedings_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_pre_proceedings_decided_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_pre_proceedings_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["users.id"],
            name=op.f("fk_pre_proceedings_opened_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pre_proceedings")),
    )
    with op.batch_alter_table("pre_proceedings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pre_proceedings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pre_proceedings_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_pre_proceedings_running",
            ["next_review_on", "id", "case_id"],
            unique=False,
            sqlite_where=sa.text("decided_on IS NULL"),
            postgresql_where=sa.text("decided_on IS NULL"),
        )

    op.create_table(
        "protection_issues",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "trouble",
            sa.Enum(
                "no_strategy",
                "no_conference",
                "no_worker",
                "not_seen",
                "core_group",
                "safety_plan",
                "risk_at_home",
                "missing",
                "unborn",
                "disputed",
                name="trouble",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=True),
        sa.Column("action_taken", sa.String(200), nullable=False),
        sa.Column("cover", sa.String(120), nullable=False),
        sa.Column("covered_on", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "step_taken",
                "safe",
                "conference",
                "court",
                "with_team",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer_note", sa.String(200), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_protection_issues_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_protection_issues_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["raised_by"],
            ["users.id"],
            name=op.f("fk_protection_issues_raised_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"],
            ["users.id"],
            name=op.f("fk_protection_issues_resolved_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_issues")),
    )
    with op.batch_alter_table("protection_issues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protection_issues_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_issues_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_protection_issues_open",
            ["raised_on", "id", "case_id"],
            unique=False,
            sqlite_where=sa.text("resolved_on IS NULL"),
            postgresql_where=sa.text("resolved_on IS NULL"),
        )

    op.create_table(
        "re_referrals",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_re_referrals_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_re_referrals_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_re_referrals_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_re_referrals")),
        sa.UniqueConstraint(
            "case_id", "referred_on", name=op.f("uq_re_referrals_case_id_referred_on")
        ),
    )
    with op.batch_alter_table("re_referrals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_re_referrals_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_re_referrals_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_re_referrals_closed", ["closed_on", "lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_re_referrals_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "residual_receivers",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("receiving_team_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_residual_receivers_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_residual_receivers_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["named_by"],
            ["users.id"],
            name=op.f("fk_residual_receivers_named_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["receiving_team_id"],
            ["receiving_teams.id"],
            name=op.f("fk_residual_receivers_receiving_team_id_receiving_teams"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residual_receivers")),
        sa.UniqueConstraint("case_id", name=op.f("uq_residual_receivers_case_id")),
    )
    with op.batch_alter_table("residual_receivers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_residual_receivers_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_residual_receivers_receiving_team_id"),
            ["receiving_team_id"],
            unique=False,
        )

    op.create_table(
        "section_47_enquiries",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("strategy_on", sa.Date(), nullable=False),
        sa.Column(
            "agencies",
            sa.Enum(
                "single",
                "joint",
                name="agencies",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "icpc",
                "monitored",
                "assessment",
                "legal",
                "services",
                "short_break",
                "no_action",
                "other",
                name="enquiryoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("concluded_by", sa.Integer(), nullable=True),
        sa.Column("conference_on", sa.Date(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "plan",
                "no_plan",
                name="conferenceresult",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_section_47_enquiries_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["concluded_by"],
            ["users.id"],
            name=op.f("fk_section_47_enquiries_concluded_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_section_47_enquiries_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["users.id"],
            name=op.f("fk_section_47_enquiries_opened_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_47_enquiries")),
    )
    with op.batch_alter_table("section_47_enquiries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_section_47_enquiries_begun", ["strategy_on", "lot_id", "outcome"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_section_47_enquiries_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            "ix_section_47_enquiries_held", ["conference_on", "result"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_section_47_enquiries_lot_id"), ["lot_id"], unique=False
        )
        batch_op.create_index(
            "ix_section_47_enquiries_running",
            ["strategy_on", "id", "case_id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "threshold_decisions",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "threshold",
            sa.Enum(
                "referral",
                "section_47",
                "conference",
                name="threshold",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column(
            "rationale",
            sa.Enum(
                "harm",
                "injury",
                "told",
                "adds_up",
                "new_facts",
                "partner_view",
                "protected",
                "not_borne_out",
                "with_consent",
                name="rationale",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("partners_told", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_threshold_decisions_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_threshold_decisions_decided_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_threshold_decisions_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threshold_decisions")),
    )
    with op.batch_alter_table("threshold_decisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_threshold_decisions_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index("ix_threshold_decisions_day", ["decided_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_threshold_decisions_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "watched_lists",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_watched_lists_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_watched_lists_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_lists")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_watched_lists_batch_id")),
    )
    with op.batch_alter_table("watched_lists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watched_lists_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "assessment_migrations",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column(
            "was",
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
        sa.Column("migrated_on", sa.Date(), nullable=False),
        sa.Column("migrated_by", sa.Integer(), nullable=True),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessments.id"],
            name=op.f("fk_assessment_migrations_assessment_id_assessments"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_assessment_migrations_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_assessment_migrations_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["migrated_by"],
            ["users.id"],
            name=op.f("fk_assessment_migrations_migrated_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_migrations")),
    )
    with op.batch_alter_table("assessment_migrations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_migrations_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_migrations_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_migrations_lot_id"), ["lot_id"], unique=False
        )

    op.create_table(
        "delay_replies",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delay_id", sa.Integer(), nullable=False),
        sa.Column(
            "reply",
            sa.Enum(
                "resolved",
                "by_then",
                "action",
                "accepted",
                "not_ours",
                name="reply",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["case_actions.id"],
            name=op.f("fk_delay_replies_action_id_case_actions"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_delay_replies_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_delay_replies_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["delay_id"],
            ["delays.id"],
            name=op.f("fk_delay_replies_delay_id_delays"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_delay_replies_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delay_replies")),
    )
    with op.batch_alter_table("delay_replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delay_replies_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delay_replies_delay_id"), ["delay_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delay_replies_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "flag_alerts",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("flag_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_flag_alerts_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["flag_id"],
            ["safeguarding_flags.id"],
            name=op.f("fk_flag_alerts_flag_id_safeguarding_flags"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_flag_alerts_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_alerts")),
        sa.UniqueConstraint("flag_id", "number", name=op.f("uq_flag_alerts_flag_id_number")),
    )
    with op.batch_alter_table("flag_alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_alerts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_alerts_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "flag_calls",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("flag_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "called",
            sa.Enum(
                "district_manager",
                "deputy",
                "team_manager",
                "duty_team",
                "police",
                "other",
                name="called",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "acts",
                "later",
                "message",
                "no_answer",
                name="calloutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_flag_calls_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_flag_calls_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["flag_id"],
            ["safeguarding_flags.id"],
            name=op.f("fk_flag_calls_flag_id_safeguarding_flags"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_flag_calls_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_calls")),
    )
    with op.batch_alter_table("flag_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_calls_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_calls_flag_id"), ["flag_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_calls_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "performance_items",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("topics", sa.String(40), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "action",
                "aside",
                "noted",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["case_actions.id"],
            name=op.f("fk_performance_items_action_id_case_actions"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_performance_items_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_performance_items_decided_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_performance_items_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["performance_meetings.id"],
            name=op.f("fk_performance_items_meeting_id_performance_meetings"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_items")),
        sa.UniqueConstraint(
            "meeting_id", "case_id", name=op.f("uq_performance_items_meeting_id_case_id")
        ),
    )
    with op.batch_alter_table("performance_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_performance_items_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_performance_items_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "pre_proceedings_steps",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proceedings_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "letter",
                "meeting",
                "review",
                "family_meeting",
                "assessment",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_pre_proceedings_steps_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_pre_proceedings_steps_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proceedings_id"],
            ["pre_proceedings.id"],
            name=op.f("fk_pre_proceedings_steps_proceedings_id_pre_proceedings"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["users.id"],
            name=op.f("fk_pre_proceedings_steps_recorded_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pre_proceedings_steps")),
    )
    with op.batch_alter_table("pre_proceedings_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pre_proceedings_steps_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pre_proceedings_steps_lot_id"), ["lot_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pre_proceedings_steps_proceedings_id"), ["proceedings_id"], unique=False
        )

    op.create_table(
        "agenda_items",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "heard",
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
        sa.Column("heard_points", sa.Text(), nullable=False),
        sa.Column("heard_hash", sa.String(64), nullable=False),
        sa.Column("heard_by", sa.Integer(), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_agenda_items_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["heard_by"],
            ["users.id"],
            name=op.f("fk_agenda_items_heard_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_agenda_items_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["agreement_meetings.id"],
            name=op.f("fk_agenda_items_meeting_id_agreement_meetings"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.id"],
            name=op.f("fk_agenda_items_proposal_id_proposals"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint(
            "meeting_id", "proposal_id", name=op.f("uq_agenda_items_meeting_id_proposal_id")
        ),
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_items_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_agenda_items_heard",
            ["proposal_id", "case_id"],
            unique=False,
            sqlite_where=sa.text("heard IS NOT NULL AND settled_at IS NULL"),
            postgresql_where=sa.text("heard IS NOT NULL AND settled_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_agenda_items_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_agenda_items_proposal_id"), ["proposal_id"], unique=False
        )

    op.create_table(
        "conditions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_by", sa.Integer(), nullable=True),
        sa.Column("met_note", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_conditions_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_conditions_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["met_by"], ["users.id"], name=op.f("fk_conditions_met_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_conditions_owner_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.id"],
            name=op.f("fk_conditions_proposal_id_proposals"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["users.id"], name=op.f("fk_conditions_set_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conditions")),
    )
    with op.batch_alter_table("conditions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conditions_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conditions_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_conditions_proposal_id"), ["proposal_id"], unique=False
        )

    op.create_table(
        "disagreements",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "open",
                "escalated",
                "settled",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("raised_by", sa.Integer(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "stands",
                "propose_again",
                "joint_plan",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_disagreements_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_disagreements_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.id"],
            name=op.f("fk_disagreements_proposal_id_proposals"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["raised_by"],
            ["users.id"],
            name=op.f("fk_disagreements_raised_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["users.id"],
            name=op.f("fk_disagreements_settled_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreements")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_disagreements_proposal_id")),
    )
    with op.batch_alter_table("disagreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disagreements_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disagreements_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index("ix_disagreements_stage", ["stage", "raised_at"], unique=False)

    op.create_table(
        "check_backs",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("allocated", sa.Boolean(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_check_backs_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"],
            ["users.id"],
            name=op.f("fk_check_backs_checked_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handovers.id"],
            name=op.f("fk_check_backs_handover_id_handovers"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_check_backs_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_backs")),
        sa.UniqueConstraint("handover_id", name=op.f("uq_check_backs_handover_id")),
    )
    with op.batch_alter_table("check_backs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_backs_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_backs_checked_on"), ["checked_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_backs_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "disagreement_entries",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disagreement_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "agency",
                "council",
                "escalated",
                "view",
                name="said",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
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
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_disagreement_entries_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_disagreement_entries_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["disagreement_id"],
            ["disagreements.id"],
            name=op.f("fk_disagreement_entries_disagreement_id_disagreements"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_disagreement_entries_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement_entries")),
    )
    with op.batch_alter_table("disagreement_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disagreement_entries_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disagreement_entries_disagreement_id"), ["disagreement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_disagreement_entries_lot_id"), ["lot_id"], unique=False
        )

    op.create_table(
        "handover_audits",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column(
            "record",
            sa.Enum(
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                name="record",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "voice",
            sa.Enum(
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                name="voice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "risk",
            sa.Enum(
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                name="risk",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "plan",
            sa.Enum(
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                name="plan",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("audited_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_handover_audits_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_handover_audits_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handovers.id"],
            name=op.f("fk_handover_audits_handover_id_handovers"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_handover_audits_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_audits")),
    )
    with op.batch_alter_table("handover_audits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_audits_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_handover_audits_handover_id"), ["handover_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_handover_audits_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "handover_questions",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(1000), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(1000), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["users.id"],
            name=op.f("fk_handover_questions_answered_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["users.id"],
            name=op.f("fk_handover_questions_asked_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_handover_questions_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handovers.id"],
            name=op.f("fk_handover_questions_handover_id_handovers"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_handover_questions_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_questions")),
    )
    with op.batch_alter_table("handover_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handover_questions_case_id"), ["case_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_handover_questions_handover_id"), ["handover_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_handover_questions_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "handover_ticks",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column(
            "item",
            sa.Enum(
                "chronology_current",
                "family_told",
                "genogram_current",
                "joint_visit_made",
                "recordings_finalised",
                "supervised",
                "assessment_authorised",
                "siblings_together",
                "file_audited",
                name="item",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_handover_ticks_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_handover_ticks_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handovers.id"],
            name=op.f("fk_handover_ticks_handover_id_handovers"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_handover_ticks_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_ticks")),
        sa.UniqueConstraint("handover_id", "item", name=op.f("uq_handover_ticks_handover_id_item")),
    )
    with op.batch_alter_table("handover_ticks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_ticks_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_ticks_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "reopenings",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column(
            "ended_as",
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
                "withdrawn",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("closure_id", sa.Integer(), nullable=True),
        sa.Column("handover_id", sa.Integer(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "re_referral",
                "closed_in_error",
                "handover_returned",
                "new_information",
                name="reopenreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reopened_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_reopenings_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_reopenings_case_id_cases"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["closure_id"],
            ["closures.id"],
            name=op.f("fk_reopenings_closure_id_closures"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handovers.id"],
            name=op.f("fk_reopenings_handover_id_handovers"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_reopenings_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopenings")),
        sa.UniqueConstraint("case_id", "episode", name=op.f("uq_reopenings_case_id_episode")),
    )
    with op.batch_alter_table("reopenings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reopenings_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_reopenings_ended", ["ended_on", "lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reopenings_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "smoothing_moves",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("smoothing_id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("receiving_team_id", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("ready_week", sa.Date(), nullable=False),
        sa.Column("latest_week", sa.Date(), nullable=False),
        sa.Column("before_week", sa.Date(), nullable=True),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "booked",
                "kept",
                "gone",
                "changed",
                "locked",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_smoothing_moves_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handovers.id"],
            name=op.f("fk_smoothing_moves_handover_id_handovers"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_smoothing_moves_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["receiving_team_id"],
            ["receiving_teams.id"],
            name=op.f("fk_smoothing_moves_receiving_team_id_receiving_teams"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["smoothing_id"],
            ["smoothings.id"],
            name=op.f("fk_smoothing_moves_smoothing_id_smoothings"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_smoothing_moves")),
    )
    with op.batch_alter_table("smoothing_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_smoothing_moves_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_smoothing_moves_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_smoothing_moves_smoothing_id"), ["smoothing_id"], unique=False
        )

    with op.batch_alter_table("assessment_returns", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "reason",
                sa.Enum(
                    "analysis",
                    "childs_voice",
                    "chronology",
                    "risk",
                    "family_views",
                    "partner_information",
                    "next_steps",
                    "recording",
                    "other",
                    name="returnreason",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="other",
            )
        )
        batch_op.create_index(
            "ix_assessment_returns_day", ["returned_on", "lot_id", "reason"], unique=False
        )

    with op.batch_alter_table("assessment_returns", schema=None) as batch_op:
        batch_op.alter_column("reason", server_default=None)

    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("for_early_help", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("drafted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("drafted_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shared_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("shared_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("entered_by", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_assessments_authorised", ["authorised_on", "lot_id", "submitted_on"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_assessments_drafted_by_users"),
            "users",
            ["drafted_by"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_assessments_shared_by_users"),
            "users",
            ["shared_by"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_assessments_entered_by_users"),
            "users",
            ["entered_by"],
            ["id"],
            ondelete="RESTRICT",
        )

    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.alter_column("for_early_help", server_default=None)

    with op.batch_alter_table("case_moves", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_moves_decided",
            ["made_on", "case_id"],
            unique=False,
            sqlite_where=sa.text("before = 'proposed'"),
            postgresql_where=sa.text("before = 'proposed'"),
        )

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("supervised_on", sa.Date(), nullable=True))
        batch_op.create_index(
            "ix_cases_open_clock",
            ["state", "clock_started_on", "lot_id", "contract_id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(
            "ix_cases_young",
            ["lot_id", "age_band"],
            unique=False,
            sqlite_where=sa.text("age_band IN ('Unborn', 'Under 1') AND ended_on IS NULL"),
            postgresql_where=sa.text("age_band IN ('Unborn', 'Under 1') AND ended_on IS NULL"),
        )

    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("involvement", sa.String(200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "achieved",
                sa.Enum(
                    "met",
                    "partly",
                    "declined",
                    "no_need",
                    "ended",
                    name="achieved",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("views", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("agencies_told", sa.String(200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "support_from",
                sa.Enum(
                    "nobody",
                    "school",
                    "health",
                    "early_help",
                    "voluntary",
                    "adults",
                    "authority",
                    name="support",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("ticked", sa.String(200), nullable=False, server_default=""))

    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.alter_column("involvement", server_default=None)
        batch_op.alter_column("views", server_default=None)
        batch_op.alter_column("agencies_told", server_default=None)
        batch_op.alter_column("ticked", server_default=None)

    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("decide_within_days", sa.Integer(), nullable=False, server_default="5")
        )
        batch_op.add_column(
            sa.Column("chase_most", sa.Integer(), nullable=False, server_default="3")
        )
        batch_op.add_column(
            sa.Column("conference_within_days", sa.Integer(), nullable=False, server_default="15")
        )

    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.alter_column("decide_within_days", server_default=None)
        batch_op.alter_column("chase_most", server_default=None)
        batch_op.alter_column("conference_within_days", server_default=None)

    with op.batch_alter_table("differences", schema=None) as batch_op:
        batch_op.create_index(
            "ix_differences_open",
            ["lot_id", "mender", "field"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("delay_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("over_on", sa.Date(), nullable=True))
        batch_op.create_index(
            "ix_escalations_asked",
            ["rung", "reached_on", "id"],
            unique=False,
            sqlite_where=sa.text("over_on IS NULL"),
            postgresql_where=sa.text("over_on IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_escalations_delay_id"), ["delay_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_escalations_delay_id_delays"),
            "delays",
            ["delay_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.alter_column("unallocated_on", new_column_name="since")

    with op.batch_alter_table("exit_steps", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "workstream",
                sa.Enum(
                    "governance",
                    "cases",
                    "people",
                    "systems",
                    "account",
                    name="workstream",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="governance",
            )
        )

    with op.batch_alter_table("exit_steps", schema=None) as batch_op:
        batch_op.alter_column("workstream", server_default=None)

    _keep_ticks()
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("week_ending", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("split_reason", sa.String(200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("asked_of", sa.String(120), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("requested_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("requested_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("rejected_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "reject_reason",
                sa.Enum(
                    "file",
                    "plan",
                    "threshold",
                    "team",
                    "capacity",
                    "family",
                    name="rejectreason",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("reject_note", sa.String(200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("check_due_on", sa.Date(), nullable=True))
        batch_op.create_index(
            "ix_handovers_check_due",
            ["check_due_on", "id"],
            unique=False,
            sqlite_where=sa.text("check_due_on IS NOT NULL"),
            postgresql_where=sa.text("check_due_on IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_handovers_waiting",
            ["lot_id", "case_id"],
            unique=False,
            sqlite_where=sa.text("accepted_on IS NULL AND rejected_at IS NULL"),
            postgresql_where=sa.text("accepted_on IS NULL AND rejected_at IS NULL"),
        )
        batch_op.drop_constraint(
            batch_op.f("fk_handovers_family_told_by_users"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("fk_handovers_chronology_by_users"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_handovers_rejected_by_users"),
            "users",
            ["rejected_by"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_handovers_requested_by_users"),
            "users",
            ["requested_by"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.drop_column("chronology_by")
        batch_op.drop_column("family_told_on")
        batch_op.drop_column("chronology_current_on")
        batch_op.drop_column("family_told_by")

    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.alter_column("split_reason", server_default=None)
        batch_op.alter_column("asked_of", server_default=None)
        batch_op.alter_column("reject_note", server_default=None)

    with op.batch_alter_table("ledger_postings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_postings_lot_day"))
        batch_op.create_index(
            "ix_ledger_postings_lot_day",
            ["lot_id", "effective_on", "term", "case_id", "cases", "id"],
            unique=False,
        )

    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decided_for", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("chased", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("conditions", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.create_index("ix_proposals_decided", ["decided_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_proposals_decided_for_users"),
            "users",
            ["decided_for"],
            ["id"],
            ondelete="RESTRICT",
        )

    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.alter_column("chased", server_default=None)
        batch_op.alter_column("conditions", server_default=None)

    with op.batch_alter_table("safeguarding_flags", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attached_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attached_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_safeguarding_flags_raised", ["raised_at", "lot_id", "acknowledged_at"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_safeguarding_flags_attached_by_users"),
            "users",
            ["attached_by"],
            ["id"],
            ondelete="RESTRICT",
        )

    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bulk_runs_priorityreason"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_bulk_runs_priorityreason"),
            sa.column("priority_reason").in_(
                (
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
                    "enquiry_opened",
                    "enquiry_ended",
                )
            ),
        )

    with op.batch_alter_table("clock_rules", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clock_rules_startevent"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_clock_rules_startevent"),
            sa.column("start_event").in_(
                (
                    "referral",
                    "received",
                    "assessment_start",
                    "allocation",
                    "strategy_discussion",
                )
            ),
        )

    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_escalations_promise"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_escalations_promise"),
            sa.column("decision").in_(
                (
                    "allocated",
                    "covered",
                    "more_staff",
                    "unblocked",
                    "go_on",
                    "handed_back",
                    "accepted",
                )
            ),
        )

    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_findings_kind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_findings_kind"),
            sa.column("kind").in_(
                (
                    "duplicate",
                    "no_clock",
                    "core_from_referral",
                    "early_help_again",
                    "reference_changed",
                    "referred_after_list",
                    "no_age",
                    "zeros_lost",
                    "no_start",
                    "dates_out_of_order",
                    "date_ahead",
                    "open_twice",
                    "overlap",
                    "open_and_closed",
                    "reason_not_closed",
                    "closed_no_reason",
                    "conference_at_weekend",
                    "no_district",
                    "other_district",
                    "worker_is_team",
                )
            ),
        )

    with op.batch_alter_table("import_batches", schema=None) as batch_op:
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
                    "undoing",
                    "undone",
                    "refused",
                    "discarded",
                    "expired",
                )
            ),
        )

    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_outcome_plans_outcome"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_outcome_plans_outcome"),
            sa.column("outcome").in_(
                (
                    "close_nfa",
                    "close_early_help",
                    "step_down",
                    "cin_plan",
                    "section_47",
                    "pre_proceedings",
                    "other_authority",
                    "hand_back",
                )
            ),
        )

    with op.batch_alter_table("priority_reviews", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_priority_reviews_priorityreason"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_priority_reviews_priorityreason"),
            sa.column("reason").in_(
                (
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
                    "enquiry_opened",
                    "enquiry_ended",
                )
            ),
        )
    _bring_up_to_date()


def downgrade() -> None:
    _find_older_words()
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bulk_runs_priorityreason"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_bulk_runs_priorityreason"),
            sa.column("priority_reason").in_(
                (
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
                )
            ),
        )

    with op.batch_alter_table("clock_rules", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clock_rules_startevent"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_clock_rules_startevent"),
            sa.column("start_event").in_(
                (
                    "referral",
                    "received",
                    "assessment_start",
                    "allocation",
                )
            ),
        )

    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_escalations_promise"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_escalations_promise"),
            sa.column("decision").in_(
                (
                    "allocated",
                    "covered",
                    "more_staff",
                    "handed_back",
                    "accepted",
                )
            ),
        )

    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_findings_kind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_findings_kind"),
            sa.column("kind").in_(
                (
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
                )
            ),
        )

    with op.batch_alter_table("import_batches", schema=None) as batch_op:
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

    with op.batch_alter_table("outcome_plans", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_outcome_plans_outcome"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_outcome_plans_outcome"),
            sa.column("outcome").in_(
                (
                    "close_nfa",
                    "close_early_help",
                    "cin_plan",
                    "section_47",
                    "pre_proceedings",
                    "other_authority",
                    "hand_back",
                )
            ),
        )

    with op.batch_alter_table("priority_reviews", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_priority_reviews_priorityreason"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_priority_reviews_priorityreason"),
            sa.column("reason").in_(
                (
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
                )
            ),
        )

    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.drop_column("proved_at")

    with op.batch_alter_table("safeguarding_flags", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_safeguarding_flags_attached_by_users"), type_="foreignkey"
        )
        batch_op.drop_index("ix_safeguarding_flags_raised")
        batch_op.drop_column("attached_at")
        batch_op.drop_column("attached_by")

    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_proposals_decided_for_users"), type_="foreignkey")
        batch_op.drop_index("ix_proposals_decided")
        batch_op.drop_column("conditions")
        batch_op.drop_column("chased")
        batch_op.drop_column("decided_for")

    with op.batch_alter_table("ledger_postings", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_postings_lot_day")
        batch_op.create_index(
            batch_op.f("ix_ledger_postings_lot_day"),
            ["lot_id", "effective_on", "term"],
            unique=False,
        )

    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("family_told_by", sa.INTEGER(), nullable=True))
        batch_op.add_column(sa.Column("chronology_current_on", sa.DATE(), nullable=True))
        batch_op.add_column(sa.Column("family_told_on", sa.DATE(), nullable=True))
        batch_op.add_column(sa.Column("chronology_by", sa.INTEGER(), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_handovers_requested_by_users"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_handovers_rejected_by_users"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_handovers_chronology_by_users"),
            "users",
            ["chronology_by"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_handovers_family_told_by_users"),
            "users",
            ["family_told_by"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.drop_index(
            "ix_handovers_waiting",
            sqlite_where=sa.text("accepted_on IS NULL AND rejected_at IS NULL"),
            postgresql_where=sa.text("accepted_on IS NULL AND rejected_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_handovers_check_due",
            sqlite_where=sa.text("check_due_on IS NOT NULL"),
            postgresql_where=sa.text("check_due_on IS NOT NULL"),
        )
        batch_op.drop_column("check_due_on")
        batch_op.drop_column("reject_note")
        batch_op.drop_constraint(batch_op.f("ck_handovers_rejectreason"), type_="check")
        batch_op.drop_column("reject_reason")
        batch_op.drop_column("rejected_at")
        batch_op.drop_column("rejected_by")
        batch_op.drop_column("requested_at")
        batch_op.drop_column("requested_by")
        batch_op.drop_column("asked_of")
        batch_op.drop_column("split_reason")
        batch_op.drop_column("ticked_at")
        batch_op.drop_column("week_ending")
    _give_ticks_back()

    with op.batch_alter_table("exit_steps", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_exit_steps_workstream"), type_="check")
        batch_op.drop_column("workstream")

    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_escalations_delay_id_delays"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_escalations_delay_id"))
        batch_op.drop_index(
            "ix_escalations_asked",
            sqlite_where=sa.text("over_on IS NULL"),
            postgresql_where=sa.text("over_on IS NULL"),
        )
        batch_op.drop_column("over_on")
        batch_op.alter_column("since", new_column_name="unallocated_on")
        batch_op.drop_column("delay_id")

    with op.batch_alter_table("differences", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_differences_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.drop_column("conference_within_days")
        batch_op.drop_column("chase_most")
        batch_op.drop_column("decide_within_days")

    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.drop_column("ticked")
        batch_op.drop_constraint(batch_op.f("ck_closures_support"), type_="check")
        batch_op.drop_column("support_from")
        batch_op.drop_column("agencies_told")
        batch_op.drop_column("views")
        batch_op.drop_constraint(batch_op.f("ck_closures_achieved"), type_="check")
        batch_op.drop_column("achieved")
        batch_op.drop_column("involvement")

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_cases_young",
            sqlite_where=sa.text("age_band IN ('Unborn', 'Under 1') AND ended_on IS NULL"),
            postgresql_where=sa.text("age_band IN ('Unborn', 'Under 1') AND ended_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_cases_open_clock",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_column("supervised_on")

    with op.batch_alter_table("case_moves", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_moves_decided",
            sqlite_where=sa.text("before = 'proposed'"),
            postgresql_where=sa.text("before = 'proposed'"),
        )

    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_assessments_entered_by_users"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_assessments_shared_by_users"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_assessments_drafted_by_users"), type_="foreignkey")
        batch_op.drop_index("ix_assessments_authorised")
        batch_op.drop_column("entered_by")
        batch_op.drop_column("entered_on")
        batch_op.drop_column("shared_by")
        batch_op.drop_column("shared_on")
        batch_op.drop_column("drafted_by")
        batch_op.drop_column("drafted_on")
        batch_op.drop_column("for_early_help")

    with op.batch_alter_table("assessment_returns", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_returns_day")
        batch_op.drop_constraint(batch_op.f("ck_assessment_returns_returnreason"), type_="check")
        batch_op.drop_column("reason")

    with op.batch_alter_table("smoothing_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_smoothing_moves_smoothing_id"))
        batch_op.drop_index(batch_op.f("ix_smoothing_moves_lot_id"))
        batch_op.drop_index(batch_op.f("ix_smoothing_moves_case_id"))

    op.drop_table("smoothing_moves")
    with op.batch_alter_table("reopenings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reopenings_lot_id"))
        batch_op.drop_index("ix_reopenings_ended")
        batch_op.drop_index(batch_op.f("ix_reopenings_case_id"))

    op.drop_table("reopenings")
    with op.batch_alter_table("handover_ticks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_ticks_lot_id"))
        batch_op.drop_index(batch_op.f("ix_handover_ticks_case_id"))

    op.drop_table("handover_ticks")
    with op.batch_alter_table("handover_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_questions_lot_id"))
        batch_op.drop_index(batch_op.f("ix_handover_questions_handover_id"))
        batch_op.drop_index(batch_op.f("ix_handover_questions_case_id"))

    op.drop_table("handover_questions")
    with op.batch_alter_table("handover_audits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_audits_lot_id"))
        batch_op.drop_index(batch_op.f("ix_handover_audits_handover_id"))
        batch_op.drop_index(batch_op.f("ix_handover_audits_case_id"))

    op.drop_table("handover_audits")
    with op.batch_alter_table("disagreement_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disagreement_entries_lot_id"))
        batch_op.drop_index(batch_op.f("ix_disagreement_entries_disagreement_id"))
        batch_op.drop_index(batch_op.f("ix_disagreement_entries_case_id"))

    op.drop_table("disagreement_entries")
    with op.batch_alter_table("check_backs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_backs_lot_id"))
        batch_op.drop_index(batch_op.f("ix_check_backs_checked_on"))
        batch_op.drop_index(batch_op.f("ix_check_backs_case_id"))

    op.drop_table("check_backs")
    with op.batch_alter_table("disagreements", schema=None) as batch_op:
        batch_op.drop_index("ix_disagreements_stage")
        batch_op.drop_index(batch_op.f("ix_disagreements_lot_id"))
        batch_op.drop_index(batch_op.f("ix_disagreements_case_id"))

    op.drop_table("disagreements")
    with op.batch_alter_table("conditions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conditions_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_conditions_lot_id"))
        batch_op.drop_index(batch_op.f("ix_conditions_case_id"))

    op.drop_table("conditions")
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_items_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_items_lot_id"))
        batch_op.drop_index(
            "ix_agenda_items_heard",
            sqlite_where=sa.text("heard IS NOT NULL AND settled_at IS NULL"),
            postgresql_where=sa.text("heard IS NOT NULL AND settled_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_agenda_items_case_id"))

    op.drop_table("agenda_items")
    with op.batch_alter_table("pre_proceedings_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pre_proceedings_steps_proceedings_id"))
        batch_op.drop_index(batch_op.f("ix_pre_proceedings_steps_lot_id"))
        batch_op.drop_index(batch_op.f("ix_pre_proceedings_steps_case_id"))

    op.drop_table("pre_proceedings_steps")
    with op.batch_alter_table("performance_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_performance_items_lot_id"))
        batch_op.drop_index(batch_op.f("ix_performance_items_case_id"))

    op.drop_table("performance_items")
    with op.batch_alter_table("flag_calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flag_calls_lot_id"))
        batch_op.drop_index(batch_op.f("ix_flag_calls_flag_id"))
        batch_op.drop_index(batch_op.f("ix_flag_calls_case_id"))

    op.drop_table("flag_calls")
    with op.batch_alter_table("flag_alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flag_alerts_lot_id"))
        batch_op.drop_index(batch_op.f("ix_flag_alerts_case_id"))

    op.drop_table("flag_alerts")
    with op.batch_alter_table("delay_replies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delay_replies_lot_id"))
        batch_op.drop_index(batch_op.f("ix_delay_replies_delay_id"))
        batch_op.drop_index(batch_op.f("ix_delay_replies_case_id"))

    op.drop_table("delay_replies")
    with op.batch_alter_table("assessment_migrations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_migrations_lot_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_migrations_case_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_migrations_assessment_id"))

    op.drop_table("assessment_migrations")
    with op.batch_alter_table("watched_lists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watched_lists_lot_id"))

    op.drop_table("watched_lists")
    with op.batch_alter_table("threshold_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_threshold_decisions_lot_id"))
        batch_op.drop_index("ix_threshold_decisions_day")
        batch_op.drop_index(batch_op.f("ix_threshold_decisions_case_id"))

    op.drop_table("threshold_decisions")
    with op.batch_alter_table("section_47_enquiries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_section_47_enquiries_running",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_section_47_enquiries_lot_id"))
        batch_op.drop_index("ix_section_47_enquiries_held")
        batch_op.drop_index(batch_op.f("ix_section_47_enquiries_case_id"))
        batch_op.drop_index("ix_section_47_enquiries_begun")

    op.drop_table("section_47_enquiries")
    with op.batch_alter_table("residual_receivers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_residual_receivers_receiving_team_id"))
        batch_op.drop_index(batch_op.f("ix_residual_receivers_lot_id"))

    op.drop_table("residual_receivers")
    with op.batch_alter_table("re_referrals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_re_referrals_lot_id"))
        batch_op.drop_index("ix_re_referrals_closed")
        batch_op.drop_index(batch_op.f("ix_re_referrals_case_id"))
        batch_op.drop_index(batch_op.f("ix_re_referrals_batch_id"))

    op.drop_table("re_referrals")
    with op.batch_alter_table("protection_issues", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_protection_issues_open",
            sqlite_where=sa.text("resolved_on IS NULL"),
            postgresql_where=sa.text("resolved_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_protection_issues_lot_id"))
        batch_op.drop_index(batch_op.f("ix_protection_issues_case_id"))

    op.drop_table("protection_issues")
    with op.batch_alter_table("pre_proceedings", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_pre_proceedings_running",
            sqlite_where=sa.text("decided_on IS NULL"),
            postgresql_where=sa.text("decided_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_pre_proceedings_lot_id"))
        batch_op.drop_index(batch_op.f("ix_pre_proceedings_case_id"))

    op.drop_table("pre_proceedings")
    with op.batch_alter_table("left_out_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_left_out_rows_lot")
        batch_op.drop_index(batch_op.f("ix_left_out_rows_import_id"))

    op.drop_table("left_out_rows")
    with op.batch_alter_table("intake_weeks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intake_weeks_lot_id"))

    op.drop_table("intake_weeks")
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_holds_running",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index("ix_holds_lot_until")
        batch_op.drop_index(batch_op.f("ix_holds_case_id"))

    op.drop_table("holds")
    with op.batch_alter_table("drifting_cases", schema=None) as batch_op:
        batch_op.drop_index("ix_drifting_cases_place")
        batch_op.drop_index(batch_op.f("ix_drifting_cases_lot_id"))
        batch_op.drop_index(batch_op.f("ix_drifting_cases_case_id"))

    op.drop_table("drifting_cases")
    with op.batch_alter_table("drift_asides", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drift_asides_lot_id"))
        batch_op.drop_index(batch_op.f("ix_drift_asides_case_id"))

    op.drop_table("drift_asides")
    with op.batch_alter_table("delays", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_delays_open",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_delays_lot_id"))
        batch_op.drop_index("ix_delays_lost")
        batch_op.drop_index(batch_op.f("ix_delays_case_id"))
        batch_op.drop_index(
            "ix_delays_asked",
            sqlite_where=sa.text("asked_on IS NOT NULL AND ended_on IS NULL"),
            postgresql_where=sa.text("asked_on IS NOT NULL AND ended_on IS NULL"),
        )

    op.drop_table("delays")
    with op.batch_alter_table("clock_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_clock_lines_statement")
        batch_op.drop_index(batch_op.f("ix_clock_lines_lot_id"))

    op.drop_table("clock_lines")
    with op.batch_alter_table("case_discussions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_discussions_supervision_id"))
        batch_op.drop_index(batch_op.f("ix_case_discussions_lot_id"))
        batch_op.drop_index(batch_op.f("ix_case_discussions_case_id"))

    op.drop_table("case_discussions")
    with op.batch_alter_table("case_cohorts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_cohorts_now",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_case_cohorts_case_id"))

    op.drop_table("case_cohorts")
    with op.batch_alter_table("case_actions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_actions_owner",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_case_actions_lot_id"))
        batch_op.drop_index(
            "ix_case_actions_due",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_case_actions_case_id"))

    op.drop_table("case_actions")
    with op.batch_alter_table("advice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_advice_lot_id"))
        batch_op.drop_index("ix_advice_given")
        batch_op.drop_index(batch_op.f("ix_advice_case_id"))

    op.drop_table("advice")
    with op.batch_alter_table("training_attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_training_attendances_practitioner_id"))
        batch_op.drop_index(batch_op.f("ix_training_attendances_contract_id"))

    op.drop_table("training_attendances")
    with op.batch_alter_table("target_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_target_versions_lot_id"))

    op.drop_table("target_versions")
    with op.batch_alter_table("system_problems", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_system_problems_contract_id"))

    op.drop_table("system_problems")
    with op.batch_alter_table("smoothings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_smoothings_lot_id"))

    op.drop_table("smoothings")
    with op.batch_alter_table("sealed_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sealed_notes_session_id"))
        batch_op.drop_index(batch_op.f("ix_sealed_notes_contract_id"))

    op.drop_table("sealed_notes")
    with op.batch_alter_table("ramp_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ramp_steps_lot_id"))

    op.drop_table("ramp_steps")
    with op.batch_alter_table("performance_meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_performance_meetings_lot_id"))
        batch_op.drop_index("ix_performance_meetings_held")

    op.drop_table("performance_meetings")
    with op.batch_alter_table("gate_signatures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gate_signatures_contract_id"))

    op.drop_table("gate_signatures")
    with op.batch_alter_table("erasures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_erasures_contract_id"))

    op.drop_table("erasures")
    with op.batch_alter_table("drift_looks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drift_looks_lot_id"))

    op.drop_table("drift_looks")
    with op.batch_alter_table("deputies", schema=None) as batch_op:
        batch_op.drop_index("ix_deputies_user")
        batch_op.drop_index(batch_op.f("ix_deputies_lot_id"))

    op.drop_table("deputies")
    with op.batch_alter_table("clock_statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clock_statements_lot_id"))

    op.drop_table("clock_statements")
    with op.batch_alter_table("agreement_meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_meetings_lot_id"))
        batch_op.drop_index("ix_agreement_meetings_held")

    op.drop_table("agreement_meetings")
    with op.batch_alter_table("variations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_variations_contract_id"))

    op.drop_table("variations")
    with op.batch_alter_table("training_sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_training_sessions_held")
        batch_op.drop_index(batch_op.f("ix_training_sessions_contract_id"))

    op.drop_table("training_sessions")
    with op.batch_alter_table("support_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_sessions_supervisor_id"))
        batch_op.drop_index(batch_op.f("ix_support_sessions_supervisee_id"))
        batch_op.drop_index(batch_op.f("ix_support_sessions_contract_id"))

    op.drop_table("support_sessions")
    with op.batch_alter_table("supervisions", schema=None) as batch_op:
        batch_op.drop_index("ix_supervisions_worker")
        batch_op.drop_index(batch_op.f("ix_supervisions_supervisor_id"))
        batch_op.drop_index(batch_op.f("ix_supervisions_contract_id"))

    op.drop_table("supervisions")
    with op.batch_alter_table("supervision_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supervision_terms_contract_id"))

    op.drop_table("supervision_terms")
    op.drop_table("points_estimates")
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offers_contract_id"))

    op.drop_table("offers")
    with op.batch_alter_table("lessons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lessons_contract_id"))

    op.drop_table("lessons")
    with op.batch_alter_table("drift_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drift_terms_contract_id"))

    op.drop_table("drift_terms")
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digests_contract_id"))

    op.drop_table("digests")
    with op.batch_alter_table("data_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_data_terms_contract_id"))

    op.drop_table("data_terms")
    with op.batch_alter_table("data_returns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_data_returns_contract_id"))

    op.drop_table("data_returns")
    with op.batch_alter_table("closure_templates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closure_templates_contract_id"))

    op.drop_table("closure_templates")
    with op.batch_alter_table("checklist_templates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checklist_templates_contract_id"))

    op.drop_table("checklist_templates")
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feeds_user_id"))

    op.drop_table("calendar_feeds")
    with op.batch_alter_table("theme_tallies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_tallies_contract_id"))

    op.drop_table("theme_tallies")


TICKED = (
    ("chronology_current", "chronology_current_on", "chronology_by"),
    ("family_told", "family_told_on", "family_told_by"),
)


def _keep_ticks() -> None:
    """What was ticked off on a handover itself stands in its checklist from now on."""
    columns = ("id", "case_id", "lot_id", *(name for _, *names in TICKED for name in names))
    handovers = sa.table("handovers", *map(sa.column, columns))
    names = ("handover_id", "case_id", "lot_id", "item", "done_on", "by_user_id")
    ticks = sa.table("handover_ticks", *map(sa.column, names))
    for item, day, by in TICKED:
        ticked = sa.select(
            handovers.c.id,
            handovers.c.case_id,
            handovers.c.lot_id,
            sa.literal_column(f"'{item}'"),
            handovers.c[day],
            handovers.c[by],
        ).where(handovers.c[day].is_not(None))
        op.execute(sa.insert(ticks).from_select(names, ticked))


def _give_ticks_back() -> None:
    for item, day, by in TICKED:
        found = f"FROM handover_ticks WHERE handover_id = handovers.id AND item = '{item}'"
        op.execute(f"UPDATE handovers SET {day} = (SELECT done_on {found})")  # noqa: S608
        op.execute(f"UPDATE handovers SET {by} = (SELECT by_user_id {found})")  # noqa: S608


def _bring_up_to_date() -> None:
    """What the new columns say of rows that were there."""
    decided = "date(decided_at)"
    if op.get_bind().dialect.name == "postgresql":
        decided = "(decided_at AT TIME ZONE 'Europe/London')::date"
    op.execute(f"UPDATE escalations SET over_on = {decided} WHERE decision IS NOT NULL")  # noqa: S608


def _find_older_words() -> None:
    """The nearest word the older tables have, and no row where they have none."""
    for table, column, word, older in OLDER_WORDS:
        named = sa.table(table, sa.column(column))
        op.execute(named.update().where(named.c[column] == word).values({column: older}))
    for table, column, words in NO_OLDER_WORD:
        gone = sa.column(column).in_(words)
        op.execute(sa.delete(sa.table(table, sa.column(column))).where(gone))
    escalations = sa.table("escalations", sa.column("delay_id"))
    op.execute(sa.delete(escalations).where(escalations.c.delay_id.is_not(None)))


OLDER_WORDS = (
    ("bulk_runs", "priority_reason", "enquiry_opened", "immediate_risk"),
    ("bulk_runs", "priority_reason", "enquiry_ended", "risk_reduced"),
    ("priority_reviews", "reason", "enquiry_opened", "immediate_risk"),
    ("priority_reviews", "reason", "enquiry_ended", "risk_reduced"),
    ("escalations", "decision", "unblocked", "more_staff"),
    ("escalations", "decision", "go_on", "accepted"),
    ("import_batches", "stage", "undoing", "confirmed"),
    ("outcome_plans", "outcome", "step_down", "close_early_help"),
)
NO_OLDER_WORD = (
    ("clock_rules", "start_event", ("strategy_discussion",)),
    (
        "findings",
        "kind",
        (
            "core_from_referral",
            "early_help_again",
            "overlap",
            "closed_no_reason",
            "conference_at_weekend",
        ),
    ),
)
