"""the_backlog_in_full."""

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
                "zeros_lost",
                "no_start",
                "dates_out_of_order",
                "date_ahead",
                "open_twice",
                "open_and_closed",
                "reason_not_closed",
                "no_district",
                "other_district",
                "no_age",
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
        batch_op.add_column(sa.Column("advice_note", sa.String(200), nullable=False))
        batch_op.create_index(
            "ix_outcome_plans_hand_back",
            ["lot_id", "hand_back_reason"],
            unique=False,
            sqlite_where=sa.text("hand_back_reason IS NOT NULL"),
            postgresql_where=sa.text("hand_back_reason IS NOT NULL"),
        )

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
            )
        )
        batch_op.add_column(sa.Column("weekly_minutes", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("weekdays", sa.String(7), nullable=False))
        batch_op.add_column(sa.Column("asye", sa.Boolean(), nullable=False))
        batch_op.add_column(sa.Column("home_lot_id", sa.Integer(), nullable=True))

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


def downgrade() -> None:
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_column("reply")

    with op.batch_alter_table("practitioners", schema=None) as batch_op:
        batch_op.drop_column("home_lot_id")
        batch_op.drop_column("asye")
        batch_op.drop_column("weekdays")
        batch_op.drop_column("weekly_minutes")
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
        batch_op.drop_column("hand_back_advice")

    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_findings_to_mend",
            sqlite_where=sa.text("accepted_at IS NULL"),
            postgresql_where=sa.text("accepted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_findings_lot_id"))

    op.drop_table("findings")
    with op.batch_alter_table("case_pairs", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_pairs_undecided",
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_case_pairs_second_id"))
        batch_op.drop_index(batch_op.f("ix_case_pairs_contract_id"))

    op.drop_table("case_pairs")
    with op.batch_alter_table("points_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_points_versions_number")
        batch_op.drop_index(
            "ix_points_versions_draft",
            sqlite_where=sa.text("agreed_at IS NULL"),
            postgresql_where=sa.text("agreed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_points_versions_contract_id"))

    op.drop_table("points_versions")
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
    with op.batch_alter_table("induction_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_induction_steps_contract_id"))

    op.drop_table("induction_steps")
