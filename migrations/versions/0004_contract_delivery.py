"""Measures, service levels, prices, shifts, earned value, invoices, packs and meetings."""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "benchmarks",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "child-seen",
                "seen-soon",
                "seen-lately",
                "needs-met",
                "no-further-action",
                "re-referred",
                "conference-timeliness",
                "flags-raised",
                "flags-acknowledged",
                "enquiries-started",
                "risk-reviewed",
                "assessment-timeliness",
                "assessment-duration",
                "assessment-from-referral",
                "assessment-days",
                "allocation-timeliness",
                "allocation-days",
                "authorisation-days",
                "authorised-first-time",
                "decision-days",
                "decision-timeliness",
                "proposals-agreed",
                "handover-acceptance",
                "handover-days",
                "handover-stuck",
                "audited-good",
                "handed-back",
                "supervised",
                "personal-supervision",
                "in-post",
                "caseload",
                "open-cases",
                "open-overdue",
                "unallocated",
                "on-hold",
                "cleared-cases",
                "received-cases",
                "reopened-cases",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("of", sa.String(80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_benchmarks_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmarks")),
        sa.UniqueConstraint(
            "contract_id",
            "measure",
            "of",
            "year",
            name=op.f("uq_benchmarks_contract_id_measure_of_year"),
        ),
    )
    with op.batch_alter_table("benchmarks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_benchmarks_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "contract_outlooks",
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=False),
        sa.Column("accrued", sa.Integer(), nullable=False),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("middle", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.Column("unended", sa.Integer(), nullable=False),
        sa.Column("ends_early", sa.Date(), nullable=True),
        sa.Column("ends_middle", sa.Date(), nullable=True),
        sa.Column("ends_late", sa.Date(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lots", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_contract_outlooks_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_outlooks")),
    )
    with op.batch_alter_table("contract_outlooks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_outlooks_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index("ix_contract_outlooks_last", ["contract_id", "made_at"], unique=False)

    op.create_table(
        "pack_schedules",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "weekly",
                "fortnightly",
                "monthly",
                "final",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("month_day", sa.Integer(), nullable=True),
        sa.Column("last_drafted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_pack_schedules_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_schedules")),
        sa.UniqueConstraint("contract_id", "kind", name=op.f("uq_pack_schedules_contract_id_kind")),
    )
    with op.batch_alter_table("pack_schedules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pack_schedules_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "clock_terms",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("single_days", sa.Integer(), nullable=False),
        sa.Column(
            "single_start",
            sa.Enum(
                "referral",
                "received",
                "assessment_start",
                "allocation",
                "strategy_discussion",
                name="single_start",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("initial_days", sa.Integer(), nullable=True),
        sa.Column(
            "initial_start",
            sa.Enum(
                "referral",
                "received",
                "assessment_start",
                "allocation",
                "strategy_discussion",
                name="initial_start",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("core_days", sa.Integer(), nullable=True),
        sa.Column(
            "core_start",
            sa.Enum(
                "referral",
                "received",
                "assessment_start",
                "allocation",
                "strategy_discussion",
                name="core_start",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("conference_days", sa.Integer(), nullable=False),
        sa.Column("seen_days", sa.Integer(), nullable=False),
        sa.Column("decide_days", sa.Integer(), nullable=False),
        sa.Column("chase_most", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_by"],
            ["users.id"],
            name=op.f("fk_clock_terms_agreed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_clock_terms_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"],
            ["users.id"],
            name=op.f("fk_clock_terms_drafted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_terms")),
    )
    with op.batch_alter_table("clock_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clock_terms_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(
            "ix_clock_terms_draft",
            ["contract_id"],
            unique=True,
            sqlite_where=sa.text("agreed_at IS NULL"),
            postgresql_where=sa.text("agreed_at IS NULL"),
        )
        batch_op.create_index("ix_clock_terms_number", ["contract_id", "number"], unique=True)

    op.create_table(
        "commentaries",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_commentaries_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"],
            ["users.id"],
            name=op.f("fk_commentaries_drafted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["users.id"],
            name=op.f("fk_commentaries_issued_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentaries")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_commentaries_contract_id_number")
        ),
    )
    with op.batch_alter_table("commentaries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_commentaries_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "contract_caps",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_contract_caps_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_contract_caps_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_caps")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_contract_caps_contract_id_number")
        ),
    )
    with op.batch_alter_table("contract_caps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_caps_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "earned_terms",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_and_family", sa.Integer(), nullable=False),
        sa.Column("initial", sa.Integer(), nullable=False),
        sa.Column("core", sa.Integer(), nullable=False),
        sa.Column("protection", sa.Integer(), nullable=False),
        sa.Column("assessed", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("screened", sa.Integer(), nullable=False),
        sa.Column("assessed_weeks", sa.Integer(), nullable=False),
        sa.Column("agreed_weeks", sa.Integer(), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreed_by"],
            ["users.id"],
            name=op.f("fk_earned_terms_agreed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_earned_terms_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_earned_terms_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earned_terms")),
        sa.UniqueConstraint(
            "contract_id", "number", name=op.f("uq_earned_terms_contract_id_number")
        ),
    )
    with op.batch_alter_table("earned_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_earned_terms_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "measure_versions",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "child-seen",
                "seen-soon",
                "seen-lately",
                "needs-met",
                "no-further-action",
                "re-referred",
                "conference-timeliness",
                "flags-raised",
                "flags-acknowledged",
                "enquiries-started",
                "risk-reviewed",
                "assessment-timeliness",
                "assessment-duration",
                "assessment-from-referral",
                "assessment-days",
                "allocation-timeliness",
                "allocation-days",
                "authorisation-days",
                "authorised-first-time",
                "decision-days",
                "decision-timeliness",
                "proposals-agreed",
                "handover-acceptance",
                "handover-days",
                "handover-stuck",
                "audited-good",
                "handed-back",
                "supervised",
                "personal-supervision",
                "in-post",
                "caseload",
                "open-cases",
                "open-overdue",
                "unallocated",
                "on-hold",
                "cleared-cases",
                "received-cases",
                "reopened-cases",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(400), nullable=False),
        sa.Column("within", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_hash", sa.String(64), nullable=False),
        sa.Column("agency_by", sa.Integer(), nullable=True),
        sa.Column("agency_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("council_by", sa.Integer(), nullable=True),
        sa.Column("council_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_by"],
            ["users.id"],
            name=op.f("fk_measure_versions_agency_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_measure_versions_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_measure_versions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["council_by"],
            ["users.id"],
            name=op.f("fk_measure_versions_council_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_versions")),
        sa.UniqueConstraint(
            "contract_id",
            "measure",
            "number",
            name=op.f("uq_measure_versions_contract_id_measure_number"),
        ),
    )
    with op.batch_alter_table("measure_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_versions_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "commentary_sentences",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commentary_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "children",
                "service-levels",
                "work",
                "council",
                "money",
                "exit",
                "actions",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("drafted", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("link", sa.String(200), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["commentary_id"],
            ["commentaries.id"],
            name=op.f("fk_commentary_sentences_commentary_id_commentaries"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_commentary_sentences_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"],
            ["users.id"],
            name=op.f("fk_commentary_sentences_edited_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentary_sentences")),
        sa.UniqueConstraint(
            "commentary_id", "position", name=op.f("uq_commentary_sentences_commentary_id_position")
        ),
    )
    with op.batch_alter_table("commentary_sentences", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_commentary_sentences_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "contract_meetings",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "weekly",
                "project",
                "contract",
                "board",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("of_lot_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("present", sa.String(200), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("minutes_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_contract_meetings_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["users.id"],
            name=op.f("fk_contract_meetings_issued_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["of_lot_id"],
            ["lots.id"],
            name=op.f("fk_contract_meetings_of_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"],
            ["users.id"],
            name=op.f("fk_contract_meetings_planned_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_meetings")),
    )
    with op.batch_alter_table("contract_meetings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_meetings_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index("ix_contract_meetings_held", ["held_on", "id"], unique=False)

    op.create_table(
        "earned_marks",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("last_move_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_earned_marks_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_earned_marks")),
    )
    op.create_table(
        "earned_weeks",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column("original", sa.Boolean(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "entered",
                "removed",
                "assessed",
                "agreed",
                "cleared",
                "screened",
                "reversed",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("earned", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_earned_weeks_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint(
            "lot_id", "week_ending", "original", "step", name=op.f("pk_earned_weeks")
        ),
    )
    op.create_table(
        "invoices",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invoice",
                "credit_note",
                name="invoicekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_invoices_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"],
            ["users.id"],
            name=op.f("fk_invoices_drafted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["users.id"],
            name=op.f("fk_invoices_issued_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_invoices_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_invoices_contract_id_number")),
    )
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invoices_draft",
            ["lot_id"],
            unique=True,
            sqlite_where=sa.text("issued_at IS NULL"),
            postgresql_where=sa.text("issued_at IS NULL"),
        )
        batch_op.create_index("ix_invoices_lot", ["lot_id", "month"], unique=False)

    op.create_table(
        "lot_codes",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cost_centre", sa.String(20), nullable=False),
        sa.Column("ledger_code", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_lot_codes_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_codes")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_lot_codes_lot_id")),
    )
    with op.batch_alter_table("lot_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_codes_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "lot_outlooks",
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=False),
        sa.Column("accrued", sa.Integer(), nullable=False),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("middle", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.Column("unended", sa.Integer(), nullable=False),
        sa.Column("ends_early", sa.Date(), nullable=True),
        sa.Column("ends_middle", sa.Date(), nullable=True),
        sa.Column("ends_late", sa.Date(), nullable=True),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.Column("weekly", sa.Integer(), nullable=False),
        sa.Column("notice_weeks", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("eac", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(600), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_lot_outlooks_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_outlooks")),
    )
    with op.batch_alter_table("lot_outlooks", schema=None) as batch_op:
        batch_op.create_index("ix_lot_outlooks_last", ["lot_id", "made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_lot_outlooks_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "measure_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "child-seen",
                "seen-soon",
                "seen-lately",
                "needs-met",
                "no-further-action",
                "re-referred",
                "conference-timeliness",
                "flags-raised",
                "flags-acknowledged",
                "enquiries-started",
                "risk-reviewed",
                "assessment-timeliness",
                "assessment-duration",
                "assessment-from-referral",
                "assessment-days",
                "allocation-timeliness",
                "allocation-days",
                "authorisation-days",
                "authorised-first-time",
                "decision-days",
                "decision-timeliness",
                "proposals-agreed",
                "handover-acceptance",
                "handover-days",
                "handover-stuck",
                "audited-good",
                "handed-back",
                "supervised",
                "personal-supervision",
                "in-post",
                "caseload",
                "open-cases",
                "open-overdue",
                "unallocated",
                "on-hold",
                "cleared-cases",
                "received-cases",
                "reopened-cases",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "cohort",
            sa.Enum(
                "all",
                "inherited",
                "new",
                name="cohort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("monthly", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_measure_readings_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_readings")),
    )
    with op.batch_alter_table("measure_readings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_measure_readings_period",
            ["lot_id", "measure", "monthly", "starts_on", "cohort", "id"],
            unique=False,
        )

    op.create_table(
        "milestones",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("releases", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_by", sa.Integer(), nullable=True),
        sa.Column("evidence_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("achieved_on", sa.Date(), nullable=True),
        sa.Column("certified_by", sa.Integer(), nullable=True),
        sa.Column("certified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certificate", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["certified_by"],
            ["users.id"],
            name=op.f("fk_milestones_certified_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["evidence_by"],
            ["users.id"],
            name=op.f("fk_milestones_evidence_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_milestones_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "option_periods",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("extends_to", sa.Date(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "taken",
                "lapsed",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("variation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_option_periods_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_option_periods_decided_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["variation_id"],
            ["variations.id"],
            name=op.f("fk_option_periods_variation_id_variations"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_periods")),
    )
    with op.batch_alter_table("option_periods", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_option_periods_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "pack_drafts",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "weekly",
                "fortnightly",
                "monthly",
                "final",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("of_lot_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("again", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_pack_drafts_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"],
            ["users.id"],
            name=op.f("fk_pack_drafts_edited_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["users.id"],
            name=op.f("fk_pack_drafts_made_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["of_lot_id"],
            ["lots.id"],
            name=op.f("fk_pack_drafts_of_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_drafts")),
    )
    with op.batch_alter_table("pack_drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pack_drafts_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pack_drafts_issued_at"), ["issued_at"], unique=False)

    op.create_table(
        "packs",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("of_lot_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "weekly",
                "fortnightly",
                "monthly",
                "final",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("changed", sa.String(1000), nullable=False),
        sa.Column("as_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_packs_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["users.id"], name=op.f("fk_packs_issued_by_users"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["of_lot_id"], ["lots.id"], name=op.f("fk_packs_of_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packs")),
        sa.UniqueConstraint(
            "contract_id", "number", "revision", name=op.f("uq_packs_contract_id_number_revision")
        ),
    )
    with op.batch_alter_table("packs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_packs_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_packs_of_lot_id"), ["of_lot_id"], unique=False)

    op.create_table(
        "prices",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "model",
            sa.Enum(
                "day_rate",
                "team_week",
                "assessment",
                "cleared",
                "screened_out",
                "expenses",
                "retention",
                "month_cap",
                "lot_cap",
                "hire",
                name="pricemodel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "band",
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
            nullable=True,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("pay", sa.Integer(), nullable=False),
        sa.Column("insurance", sa.Integer(), nullable=False),
        sa.Column("levy", sa.Integer(), nullable=False),
        sa.Column("holiday", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("full_minutes", sa.Integer(), nullable=False),
        sa.Column("credit_days", sa.Integer(), nullable=False),
        sa.Column("billed_to", sa.Date(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_prices_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["users.id"], name=op.f("fk_prices_set_by_users"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
    )
    with op.batch_alter_table("prices", schema=None) as batch_op:
        batch_op.create_index("ix_prices_lot", ["lot_id", "model", "starts_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_prices_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "running_readings",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "child-seen",
                "seen-soon",
                "seen-lately",
                "needs-met",
                "no-further-action",
                "re-referred",
                "conference-timeliness",
                "flags-raised",
                "flags-acknowledged",
                "enquiries-started",
                "risk-reviewed",
                "assessment-timeliness",
                "assessment-duration",
                "assessment-from-referral",
                "assessment-days",
                "allocation-timeliness",
                "allocation-days",
                "authorisation-days",
                "authorised-first-time",
                "decision-days",
                "decision-timeliness",
                "proposals-agreed",
                "handover-acceptance",
                "handover-days",
                "handover-stuck",
                "audited-good",
                "handed-back",
                "supervised",
                "personal-supervision",
                "in-post",
                "caseload",
                "open-cases",
                "open-overdue",
                "unallocated",
                "on-hold",
                "cleared-cases",
                "received-cases",
                "reopened-cases",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "cohort",
            sa.Enum(
                "all",
                "inherited",
                "new",
                name="cohort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("monthly", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_running_readings_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "lot_id", "measure", "cohort", "monthly", name=op.f("pk_running_readings")
        ),
    )
    op.create_table(
        "service_levels",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "child-seen",
                "seen-soon",
                "seen-lately",
                "needs-met",
                "no-further-action",
                "re-referred",
                "conference-timeliness",
                "flags-raised",
                "flags-acknowledged",
                "enquiries-started",
                "risk-reviewed",
                "assessment-timeliness",
                "assessment-duration",
                "assessment-from-referral",
                "assessment-days",
                "allocation-timeliness",
                "allocation-days",
                "authorisation-days",
                "authorised-first-time",
                "decision-days",
                "decision-timeliness",
                "proposals-agreed",
                "handover-acceptance",
                "handover-days",
                "handover-stuck",
                "audited-good",
                "handed-back",
                "supervised",
                "personal-supervision",
                "in-post",
                "caseload",
                "open-cases",
                "open-overdue",
                "unallocated",
                "on-hold",
                "cleared-cases",
                "received-cases",
                "reopened-cases",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "cohort",
            sa.Enum(
                "all",
                "inherited",
                "new",
                name="cohort",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_service_levels_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_levels")),
    )
    with op.batch_alter_table("service_levels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_levels_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "shift_differences",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sick",
                "unpaid",
                "half_day",
                "extra",
                "other_lot",
                "from_lot",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("other_lot_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(120), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_shift_differences_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_shift_differences_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["other_lot_id"],
            ["lots.id"],
            name=op.f("fk_shift_differences_other_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_shift_differences_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_differences")),
        sa.UniqueConstraint(
            "practitioner_id",
            "day",
            "lot_id",
            name=op.f("uq_shift_differences_practitioner_id_day_lot_id"),
        ),
    )
    with op.batch_alter_table("shift_differences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_differences_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "shift_expenses",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "travel",
                "lodging",
                "meals",
                "other",
                name="expensekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(40), nullable=False),
        sa.Column("note", sa.String(120), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_shift_expenses_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_shift_expenses_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_shift_expenses_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_expenses")),
    )
    with op.batch_alter_table("shift_expenses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_expenses_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_shift_expenses_practitioner_id"), ["practitioner_id"], unique=False
        )
        batch_op.create_index("ix_shift_expenses_week", ["lot_id", "week_ending"], unique=False)

    op.create_table(
        "start_figures",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("unallocated", sa.Integer(), nullable=False),
        sa.Column("oldest_on", sa.Date(), nullable=True),
        sa.Column("kept_by", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_by"],
            ["users.id"],
            name=op.f("fk_start_figures_kept_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_start_figures_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_figures")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_start_figures_lot_id")),
    )
    with op.batch_alter_table("start_figures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_start_figures_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "timesheets",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["users.id"],
            name=op.f("fk_timesheets_accepted_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_timesheets_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"],
            ["users.id"],
            name=op.f("fk_timesheets_signed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timesheets")),
        sa.UniqueConstraint("lot_id", "week_ending", name=op.f("uq_timesheets_lot_id_week_ending")),
    )
    with op.batch_alter_table("timesheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timesheets_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "week_totals",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
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
        sa.Column("again", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_week_totals_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint(
            "lot_id", "week_ending", "term", "outcome", name=op.f("pk_week_totals")
        ),
    )
    op.create_table(
        "weeks_bought",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("week_ending", sa.Date(), nullable=False),
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
        sa.Column("assessed", sa.Integer(), nullable=False),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_weeks_bought_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lot_id", "week_ending", "band", name=op.f("pk_weeks_bought")),
    )
    op.create_table(
        "clock_days",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
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
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_clock_days_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["clock_statements.id"],
            name=op.f("fk_clock_days_statement_id_clock_statements"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("statement_id", "holder", name=op.f("pk_clock_days")),
    )
    with op.batch_alter_table("clock_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_days_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "earned_cases",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("original", sa.Boolean(), nullable=False),
        sa.Column("last_move_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_earned_cases_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_earned_cases_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_earned_cases")),
    )
    with op.batch_alter_table("earned_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_earned_cases_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "invoice_lines",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "day_rate",
                "team_week",
                "assessment",
                "cleared",
                "screened_out",
                "expenses",
                "milestone",
                "retention",
                "retention_paid",
                "service_credit",
                "case_credit",
                name="linekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_pence", sa.Integer(), nullable=False),
        sa.Column("price_id", sa.Integer(), nullable=True),
        sa.Column("credits_line_id", sa.Integer(), nullable=True),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("vat_pence", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "waiting",
                "accepted",
                "queried",
                "rejected",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("accepted_pence", sa.Integer(), nullable=False),
        sa.Column("accepted_vat", sa.Integer(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("reply", sa.String(200), nullable=False),
        sa.Column("replied_by", sa.Integer(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settlement", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["users.id"],
            name=op.f("fk_invoice_lines_answered_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["credits_line_id"],
            ["invoice_lines.id"],
            name=op.f("fk_invoice_lines_credits_line_id_invoice_lines"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoices.id"],
            name=op.f("fk_invoice_lines_invoice_id_invoices"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_invoice_lines_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["price_id"],
            ["prices.id"],
            name=op.f("fk_invoice_lines_price_id_prices"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["replied_by"],
            ["users.id"],
            name=op.f("fk_invoice_lines_replied_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_lines")),
        sa.UniqueConstraint(
            "invoice_id", "position", name=op.f("uq_invoice_lines_invoice_id_position")
        ),
    )
    with op.batch_alter_table("invoice_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invoice_lines_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "meeting_items",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "children",
                "service-levels",
                "work",
                "council",
                "money",
                "exit",
                "actions",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(200), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "decided",
                "noted",
                "put_off",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_meeting_items_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["contract_meetings.id"],
            name=op.f("fk_meeting_items_meeting_id_contract_meetings"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["users.id"],
            name=op.f("fk_meeting_items_written_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_items")),
        sa.UniqueConstraint(
            "meeting_id", "position", name=op.f("uq_meeting_items_meeting_id_position")
        ),
    )
    with op.batch_alter_table("meeting_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_items_contract_id"), ["contract_id"], unique=False
        )

    op.create_table(
        "pack_editions",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("of_lot_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "restricted",
                "commissioner",
                "public",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_pack_editions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["of_lot_id"],
            ["lots.id"],
            name=op.f("fk_pack_editions_of_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["pack_id"],
            ["packs.id"],
            name=op.f("fk_pack_editions_pack_id_packs"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_editions")),
        sa.UniqueConstraint("pack_id", "audience", name=op.f("uq_pack_editions_pack_id_audience")),
    )
    with op.batch_alter_table("pack_editions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pack_editions_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pack_editions_of_lot_id"), ["of_lot_id"], unique=False)

    op.create_table(
        "pack_receipts",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("of_lot_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_pack_receipts_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_pack_receipts_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["of_lot_id"],
            ["lots.id"],
            name=op.f("fk_pack_receipts_of_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["pack_id"],
            ["packs.id"],
            name=op.f("fk_pack_receipts_pack_id_packs"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_receipts")),
        sa.UniqueConstraint("pack_id", name=op.f("uq_pack_receipts_pack_id")),
    )
    with op.batch_alter_table("pack_receipts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pack_receipts_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pack_receipts_of_lot_id"), ["of_lot_id"], unique=False)

    op.create_table(
        "payments",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_payments_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoices.id"],
            name=op.f("fk_payments_invoice_id_invoices"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_payments_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_invoice_id"), ["invoice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payments_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "service_level_periods",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_level_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "met",
                "within",
                "failed",
                "not_judged",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_service_level_periods_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["service_level_id"],
            ["service_levels.id"],
            name=op.f("fk_service_level_periods_service_level_id_service_levels"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_level_periods")),
        sa.UniqueConstraint(
            "service_level_id",
            "ends_on",
            name=op.f("uq_service_level_periods_service_level_id_ends_on"),
        ),
    )
    with op.batch_alter_table("service_level_periods", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_service_level_periods_lot_id"), ["lot_id"], unique=False
        )

    op.create_table(
        "service_level_terms",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_level_id", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("from_value", sa.Integer(), nullable=False),
        sa.Column("to_value", sa.Integer(), nullable=False),
        sa.Column("tolerance", sa.Integer(), nullable=False),
        sa.Column("publishable", sa.Boolean(), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("credit_pence", sa.Integer(), nullable=False),
        sa.Column("credit_per_mille", sa.Integer(), nullable=False),
        sa.Column("charge_pence", sa.Integer(), nullable=False),
        sa.Column("cap_pence", sa.Integer(), nullable=False),
        sa.Column("agency_signed_by", sa.Integer(), nullable=True),
        sa.Column("agency_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("council_signed_by", sa.Integer(), nullable=True),
        sa.Column("council_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_signed_by"],
            ["users.id"],
            name=op.f("fk_service_level_terms_agency_signed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_service_level_terms_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_service_level_terms_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["council_signed_by"],
            ["users.id"],
            name=op.f("fk_service_level_terms_council_signed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_service_level_terms_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["service_level_id"],
            ["service_levels.id"],
            name=op.f("fk_service_level_terms_service_level_id_service_levels"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_level_terms")),
        sa.UniqueConstraint(
            "service_level_id",
            "number",
            name=op.f("uq_service_level_terms_service_level_id_number"),
        ),
    )
    with op.batch_alter_table("service_level_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_service_level_terms_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_service_level_terms_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_service_level_terms_service_level_id"),
            ["service_level_id"],
            unique=False,
        )

    op.create_table(
        "shifts",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("timesheet_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column(
            "band",
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
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sick",
                "unpaid",
                "half_day",
                "extra",
                "other_lot",
                "from_lot",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_shifts_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_shifts_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_shifts_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["timesheet_id"],
            ["timesheets.id"],
            name=op.f("fk_shifts_timesheet_id_timesheets"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_shifts_lot_day", ["lot_id", "day", "practitioner_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_shifts_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_shifts_practitioner_id"), ["practitioner_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_shifts_timesheet_id"), ["timesheet_id"], unique=False)

    op.create_table(
        "billed_cases",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "day_rate",
                "team_week",
                "assessment",
                "cleared",
                "screened_out",
                "expenses",
                "milestone",
                "retention",
                "retention_paid",
                "service_credit",
                "case_credit",
                name="linekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("credit_days", sa.Integer(), nullable=False),
        sa.Column("credit_line_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_billed_cases_case_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["credit_line_id"],
            ["invoice_lines.id"],
            name=op.f("fk_billed_cases_credit_line_id_invoice_lines"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["invoice_lines.id"],
            name=op.f("fk_billed_cases_line_id_invoice_lines"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_billed_cases_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billed_cases")),
        sa.UniqueConstraint(
            "case_id", "kind", "turn", name=op.f("uq_billed_cases_case_id_kind_turn")
        ),
    )
    with op.batch_alter_table("billed_cases", schema=None) as batch_op:
        batch_op.create_index("ix_billed_cases_credit", ["credit_line_id"], unique=False)
        batch_op.create_index(
            "ix_billed_cases_line", ["line_id", "happened_on", "case_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_billed_cases_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "billed_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "day_rate",
                "team_week",
                "assessment",
                "cleared",
                "screened_out",
                "expenses",
                "milestone",
                "retention",
                "retention_paid",
                "service_credit",
                "case_credit",
                name="linekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["invoice_lines.id"],
            name=op.f("fk_billed_entries_line_id_invoice_lines"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.id"], name=op.f("fk_billed_entries_lot_id_lots"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_billed_entries_practitioner_id_practitioners"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billed_entries")),
        sa.UniqueConstraint(
            "lot_id", "kind", "source", name=op.f("uq_billed_entries_lot_id_kind_source")
        ),
    )
    with op.batch_alter_table("billed_entries", schema=None) as batch_op:
        batch_op.create_index("ix_billed_entries_line", ["line_id", "day"], unique=False)

    op.create_table(
        "meeting_actions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("case_action_id", sa.Integer(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_action_id"],
            ["case_actions.id"],
            name=op.f("fk_meeting_actions_case_action_id_case_actions"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contracts.id"],
            name=op.f("fk_meeting_actions_contract_id_contracts"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["users.id"],
            name=op.f("fk_meeting_actions_ended_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["meeting_items.id"],
            name=op.f("fk_meeting_actions_item_id_meeting_items"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_meeting_actions_owner_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["users.id"],
            name=op.f("fk_meeting_actions_set_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_actions")),
    )
    with op.batch_alter_table("meeting_actions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_actions_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_meeting_actions_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "ix_meeting_actions_open",
            ["due_on", "id"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "service_level_failures",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_level_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("whole_pence", sa.Integer(), nullable=False),
        sa.Column("credit_pence", sa.Integer(), nullable=False),
        sa.Column("waived_by", sa.Integer(), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waive_reason", sa.String(200), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"],
            ["users.id"],
            name=op.f("fk_service_level_failures_closed_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_service_level_failures_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["service_level_periods.id"],
            name=op.f("fk_service_level_failures_period_id_service_level_periods"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["service_level_id"],
            ["service_levels.id"],
            name=op.f("fk_service_level_failures_service_level_id_service_levels"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["waived_by"],
            ["users.id"],
            name=op.f("fk_service_level_failures_waived_by_users"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_level_failures")),
        sa.UniqueConstraint(
            "service_level_id",
            "ends_on",
            name=op.f("uq_service_level_failures_service_level_id_ends_on"),
        ),
    )
    with op.batch_alter_table("service_level_failures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_service_level_failures_closed_on", ["closed_on", "lot_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_service_level_failures_lot_id"), ["lot_id"], unique=False
        )

    op.create_table(
        "rectification_plans",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("failure_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(200), nullable=False),
        sa.Column("steps", sa.String(1000), nullable=False),
        sa.Column("owner", sa.String(120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "accepted",
                "rejected",
                name="plandecision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_user_id"],
            ["users.id"],
            name=op.f("fk_rectification_plans_by_user_id_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["users.id"],
            name=op.f("fk_rectification_plans_decided_by_users"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["failure_id"],
            ["service_level_failures.id"],
            name=op.f("fk_rectification_plans_failure_id_service_level_failures"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.id"],
            name=op.f("fk_rectification_plans_lot_id_lots"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_plans")),
        sa.UniqueConstraint(
            "failure_id", "number", name=op.f("uq_rectification_plans_failure_id_number")
        ),
    )
    with op.batch_alter_table("rectification_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rectification_plans_lot_id"), ["lot_id"], unique=False)

    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.create_index("ix_allocations_day", ["starts_on", "role"], unique=False)

    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(200), nullable=True))

    with op.batch_alter_table("clock_lines", schema=None) as batch_op:
        batch_op.create_index(
            "ix_clock_lines_agency",
            ["lot_id"],
            unique=False,
            sqlite_where=sa.text("agency_answer IS NULL"),
            postgresql_where=sa.text("agency_answer IS NULL"),
        )
        batch_op.create_index(
            "ix_clock_lines_council",
            ["lot_id"],
            unique=False,
            sqlite_where=sa.text("council_answer IS NULL"),
            postgresql_where=sa.text("council_answer IS NULL"),
        )

    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.create_index("ix_closures_closed", ["closed_at"], unique=False)

    with op.batch_alter_table("handover_audits", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handover_audits_audited_on"), ["audited_on"], unique=False
        )

    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_handovers_rejected",
            ["rejected_at"],
            unique=False,
            sqlite_where=sa.text("rejected_at IS NOT NULL"),
            postgresql_where=sa.text("rejected_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_handovers_waiting_since",
            ["opened_at", "id"],
            unique=False,
            sqlite_where=sa.text("accepted_on IS NULL AND rejected_at IS NULL"),
            postgresql_where=sa.text("accepted_on IS NULL AND rejected_at IS NULL"),
        )

    with op.batch_alter_table("ledger_postings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ledger_postings_back",
            ["effective_on", "case_id", "at"],
            unique=False,
            sqlite_where=sa.text("term IN ('reopened', 'handed_back')"),
            postgresql_where=sa.text("term IN ('reopened', 'handed_back')"),
        )

    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bulk_runs_bulkact"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_bulk_runs_bulkact"),
            sa.column("act").in_(
                (
                    "transfer",
                    "co_worker",
                    "priority",
                    "migrate",
                )
            ),
        )

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
    _bring_up_to_date()


def downgrade() -> None:
    _find_older_words()
    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bulk_runs_bulkact"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_bulk_runs_bulkact"),
            sa.column("act").in_(
                (
                    "transfer",
                    "co_worker",
                    "priority",
                )
            ),
        )

    with op.batch_alter_table("case_actions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_case_actions_source"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_case_actions_source"),
            sa.column("source").in_(
                (
                    "supervision",
                    "performance_meeting",
                    "agreement_meeting",
                    "escalation",
                    "delay_reply",
                    "direction",
                )
            ),
        )

    with op.batch_alter_table("ledger_postings", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_ledger_postings_back",
            sqlite_where=sa.text("term IN ('reopened', 'handed_back')"),
            postgresql_where=sa.text("term IN ('reopened', 'handed_back')"),
        )

    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_handovers_waiting_since",
            sqlite_where=sa.text("accepted_on IS NULL AND rejected_at IS NULL"),
            postgresql_where=sa.text("accepted_on IS NULL AND rejected_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_handovers_rejected",
            sqlite_where=sa.text("rejected_at IS NOT NULL"),
            postgresql_where=sa.text("rejected_at IS NOT NULL"),
        )

    with op.batch_alter_table("handover_audits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_audits_audited_on"))

    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.drop_index("ix_closures_closed")

    with op.batch_alter_table("clock_lines", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_clock_lines_council",
            sqlite_where=sa.text("council_answer IS NULL"),
            postgresql_where=sa.text("council_answer IS NULL"),
        )
        batch_op.drop_index(
            "ix_clock_lines_agency",
            sqlite_where=sa.text("agency_answer IS NULL"),
            postgresql_where=sa.text("agency_answer IS NULL"),
        )

    with op.batch_alter_table("bulk_runs", schema=None) as batch_op:
        batch_op.drop_column("reason")

    with op.batch_alter_table("allocations", schema=None) as batch_op:
        batch_op.drop_index("ix_allocations_day")

    with op.batch_alter_table("rectification_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rectification_plans_lot_id"))

    op.drop_table("rectification_plans")
    with op.batch_alter_table("service_level_failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_level_failures_lot_id"))
        batch_op.drop_index("ix_service_level_failures_closed_on")

    op.drop_table("service_level_failures")
    with op.batch_alter_table("meeting_actions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_meeting_actions_open",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_meeting_actions_item_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_actions_contract_id"))

    op.drop_table("meeting_actions")
    with op.batch_alter_table("billed_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_billed_entries_line")

    op.drop_table("billed_entries")
    with op.batch_alter_table("billed_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_billed_cases_lot_id"))
        batch_op.drop_index("ix_billed_cases_line")
        batch_op.drop_index("ix_billed_cases_credit")

    op.drop_table("billed_cases")
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shifts_timesheet_id"))
        batch_op.drop_index(batch_op.f("ix_shifts_practitioner_id"))
        batch_op.drop_index(batch_op.f("ix_shifts_lot_id"))
        batch_op.drop_index("ix_shifts_lot_day")

    op.drop_table("shifts")
    with op.batch_alter_table("service_level_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_level_terms_service_level_id"))
        batch_op.drop_index(batch_op.f("ix_service_level_terms_lot_id"))
        batch_op.drop_index(batch_op.f("ix_service_level_terms_contract_id"))

    op.drop_table("service_level_terms")
    with op.batch_alter_table("service_level_periods", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_level_periods_lot_id"))

    op.drop_table("service_level_periods")
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payments_lot_id"))
        batch_op.drop_index(batch_op.f("ix_payments_invoice_id"))

    op.drop_table("payments")
    with op.batch_alter_table("pack_receipts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_receipts_of_lot_id"))
        batch_op.drop_index(batch_op.f("ix_pack_receipts_contract_id"))

    op.drop_table("pack_receipts")
    with op.batch_alter_table("pack_editions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_editions_of_lot_id"))
        batch_op.drop_index(batch_op.f("ix_pack_editions_contract_id"))

    op.drop_table("pack_editions")
    with op.batch_alter_table("meeting_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_items_contract_id"))

    op.drop_table("meeting_items")
    with op.batch_alter_table("invoice_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invoice_lines_lot_id"))

    op.drop_table("invoice_lines")
    with op.batch_alter_table("earned_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_earned_cases_lot_id"))

    op.drop_table("earned_cases")
    with op.batch_alter_table("clock_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clock_days_lot_id"))

    op.drop_table("clock_days")
    op.drop_table("weeks_bought")
    op.drop_table("week_totals")
    with op.batch_alter_table("timesheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_timesheets_lot_id"))

    op.drop_table("timesheets")
    with op.batch_alter_table("start_figures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_start_figures_lot_id"))

    op.drop_table("start_figures")
    with op.batch_alter_table("shift_expenses", schema=None) as batch_op:
        batch_op.drop_index("ix_shift_expenses_week")
        batch_op.drop_index(batch_op.f("ix_shift_expenses_practitioner_id"))
        batch_op.drop_index(batch_op.f("ix_shift_expenses_lot_id"))

    op.drop_table("shift_expenses")
    with op.batch_alter_table("shift_differences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shift_differences_lot_id"))

    op.drop_table("shift_differences")
    with op.batch_alter_table("service_levels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_levels_lot_id"))

    op.drop_table("service_levels")
    op.drop_table("running_readings")
    with op.batch_alter_table("prices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prices_lot_id"))
        batch_op.drop_index("ix_prices_lot")

    op.drop_table("prices")
    with op.batch_alter_table("packs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_packs_of_lot_id"))
        batch_op.drop_index(batch_op.f("ix_packs_contract_id"))

    op.drop_table("packs")
    with op.batch_alter_table("pack_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_drafts_issued_at"))
        batch_op.drop_index(batch_op.f("ix_pack_drafts_contract_id"))

    op.drop_table("pack_drafts")
    with op.batch_alter_table("option_periods", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_option_periods_contract_id"))

    op.drop_table("option_periods")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_lot_id"))

    op.drop_table("milestones")
    with op.batch_alter_table("measure_readings", schema=None) as batch_op:
        batch_op.drop_index("ix_measure_readings_period")

    op.drop_table("measure_readings")
    with op.batch_alter_table("lot_outlooks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_outlooks_lot_id"))
        batch_op.drop_index("ix_lot_outlooks_last")

    op.drop_table("lot_outlooks")
    with op.batch_alter_table("lot_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_codes_lot_id"))

    op.drop_table("lot_codes")
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.drop_index("ix_invoices_lot")
        batch_op.drop_index(
            "ix_invoices_draft",
            sqlite_where=sa.text("issued_at IS NULL"),
            postgresql_where=sa.text("issued_at IS NULL"),
        )

    op.drop_table("invoices")
    op.drop_table("earned_weeks")
    op.drop_table("earned_marks")
    with op.batch_alter_table("contract_meetings", schema=None) as batch_op:
        batch_op.drop_index("ix_contract_meetings_held")
        batch_op.drop_index(batch_op.f("ix_contract_meetings_contract_id"))

    op.drop_table("contract_meetings")
    with op.batch_alter_table("commentary_sentences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commentary_sentences_contract_id"))

    op.drop_table("commentary_sentences")
    with op.batch_alter_table("measure_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_versions_contract_id"))

    op.drop_table("measure_versions")
    with op.batch_alter_table("earned_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_earned_terms_contract_id"))

    op.drop_table("earned_terms")
    with op.batch_alter_table("contract_caps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_caps_contract_id"))

    op.drop_table("contract_caps")
    with op.batch_alter_table("commentaries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commentaries_contract_id"))

    op.drop_table("commentaries")
    with op.batch_alter_table("clock_terms", schema=None) as batch_op:
        batch_op.drop_index("ix_clock_terms_number")
        batch_op.drop_index(
            "ix_clock_terms_draft",
            sqlite_where=sa.text("agreed_at IS NULL"),
            postgresql_where=sa.text("agreed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_clock_terms_contract_id"))

    op.drop_table("clock_terms")
    with op.batch_alter_table("pack_schedules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_schedules_contract_id"))

    op.drop_table("pack_schedules")
    with op.batch_alter_table("contract_outlooks", schema=None) as batch_op:
        batch_op.drop_index("ix_contract_outlooks_last")
        batch_op.drop_index(batch_op.f("ix_contract_outlooks_contract_id"))

    op.drop_table("contract_outlooks")
    with op.batch_alter_table("benchmarks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_benchmarks_contract_id"))

    op.drop_table("benchmarks")


def _bring_up_to_date() -> None:
    """What the new tables say of rows that were there."""
    _total_weeks()
    op.execute(
        "INSERT INTO clock_days (lot_id, statement_id, holder, days) "
        "SELECT lot_id, statement_id, holder, sum(days) FROM clock_lines "
        "GROUP BY lot_id, statement_id, holder"
    )


def _total_weeks() -> None:
    """Sums of the ledger by week, and of them what changed how many cases are open once more."""
    asked = sa.text(
        "SELECT case_id, lot_id, effective_on, term, outcome, cases FROM ledger_postings "
        "ORDER BY case_id, id"
    )
    posted = op.get_bind().execute(asked, execution_options={"yield_per": 1_000})
    weeks: dict[tuple[int, date, str, str], list[int]] = {}
    last, again = None, False
    for case_id, lot_id, on, term, outcome, cases in posted:
        last, again = case_id, term == "reopened" or (again and case_id == last)
        day = on if isinstance(on, date) else date.fromisoformat(on)
        friday = day + timedelta(days=(4 - day.weekday()) % 7)
        sums = weeks.setdefault((lot_id, friday, term, outcome), [0, 0])
        sums[0] += cases
        sums[1] += cases if again else 0
        again = again and term in ("reopened", "transferred")
    names = ("lot_id", "week_ending", "term", "outcome", "cases", "again")
    typed = sa.table(
        "week_totals", sa.column("week_ending", sa.Date()), *map(sa.column, names[:1] + names[2:])
    )
    rows = [dict(zip(names, (*key, *sums), strict=True)) for key, sums in weeks.items()]
    if rows:
        op.bulk_insert(typed, rows)


def _find_older_words() -> None:
    """The nearest word the older tables have, and no row where they have none."""
    actions = sa.table("case_actions", sa.column("source"))
    weekly = actions.c.source == "weekly_meeting"
    op.execute(actions.update().where(weekly).values(source="agreement_meeting"))
    gone = sa.select(RUNS.c.id).where(RUNS.c.act == "migrate")
    op.execute(sa.delete(RUN_CASES).where(RUN_CASES.c.run_id.in_(gone)))
    op.execute(sa.delete(RUNS).where(RUNS.c.act == "migrate"))


RUNS = sa.table("bulk_runs", sa.column("id"), sa.column("act"))
RUN_CASES = sa.table("bulk_rows", sa.column("run_id"))
