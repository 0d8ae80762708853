"""Child protection plans with their reviews, counts of the workforce, and the measures of both."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MEASURED = (
    "benchmarks",
    "measure_readings",
    "measure_versions",
    "running_readings",
    "service_levels",
)
NEWER = ("plans-reviewed", "contracted-filled", "agency-workers", "turnover", "vacancies")
# In the order in which the models name them.
MEASURES = (
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
    "plans-reviewed",
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
    "contracted-filled",
    "agency-workers",
    "turnover",
    "vacancies",
    "caseload",
    "open-cases",
    "open-overdue",
    "unallocated",
    "on-hold",
    "cleared-cases",
    "received-cases",
    "reopened-cases",
)
OLDER = tuple(name for name in MEASURES if name not in NEWER)

FIELDS = (
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
    "latest_review_on",
)


def upgrade() -> None:
    op.create_table(
        "protection_plans",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("review_due_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        _to("protection_plans", "batch_id", "import_batches"),
        _to("protection_plans", "case_id", "cases"),
        _to("protection_plans", "lot_id", "lots"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_plans")),
        sa.UniqueConstraint(
            "case_id", "starts_on", name=op.f("uq_protection_plans_case_id_starts_on")
        ),
    )
    with op.batch_alter_table("protection_plans", schema=None) as batch_op:
        for name in ("batch_id", "case_id", "lot_id"):
            batch_op.create_index(batch_op.f(f"ix_protection_plans_{name}"), [name], unique=False)
    op.create_table(
        "review_conferences",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        _to("review_conferences", "batch_id", "import_batches"),
        _to("review_conferences", "case_id", "cases"),
        _to("review_conferences", "lot_id", "lots"),
        _to("review_conferences", "plan_id", "protection_plans"),
        _to("review_conferences", "recorded_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_conferences")),
        sa.UniqueConstraint(
            "plan_id", "held_on", name=op.f("uq_review_conferences_plan_id_held_on")
        ),
    )
    with op.batch_alter_table("review_conferences", schema=None) as batch_op:
        for name in ("batch_id", "case_id", "lot_id"):
            batch_op.create_index(batch_op.f(f"ix_review_conferences_{name}"), [name], unique=False)
    op.create_table(
        "workforce_counts",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("staff", "agency", "vacancies", "leavers", "contracted")
        ),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _to("workforce_counts", "lot_id", "lots"),
        _to("workforce_counts", "recorded_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workforce_counts")),
        sa.UniqueConstraint("lot_id", "as_at", name=op.f("uq_workforce_counts_lot_id_as_at")),
    )
    _measures(MEASURES)
    _spelt(FIELDS)
    _plans_of_conferences()


def downgrade() -> None:
    _forget_newer()
    _measures(OLDER)
    spelt = sa.table("spellings", sa.column("field"))
    op.execute(sa.delete(spelt).where(spelt.c.field == FIELDS[-1]))
    _spelt(FIELDS[:-1])
    op.drop_table("workforce_counts")
    op.drop_table("review_conferences")
    op.drop_table("protection_plans")


def _forget_newer() -> None:
    """The older tables have no word for these measures."""
    gone = sa.table("service_levels", sa.column("id"), sa.column("measure"))
    levels = sa.select(gone.c.id).where(gone.c.measure.in_(NEWER))
    failed = sa.table("service_level_failures", sa.column("id"), sa.column("service_level_id"))
    failures = sa.select(failed.c.id).where(failed.c.service_level_id.in_(levels))
    plans = sa.table("rectification_plans", sa.column("failure_id"))
    op.execute(sa.delete(plans).where(plans.c.failure_id.in_(failures)))
    for table in ("service_level_failures", "service_level_periods", "service_level_terms"):
        of_levels = sa.table(table, sa.column("service_level_id"))
        op.execute(sa.delete(of_levels).where(of_levels.c.service_level_id.in_(levels)))
    for table in MEASURED:
        measured = sa.table(table, sa.column("measure"))
        op.execute(sa.delete(measured).where(measured.c.measure.in_(NEWER)))


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def _measures(names: tuple[str, ...]) -> None:
    for table in MEASURED:
        check = op.f(f"ck_{table}_measure")
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(check, type_="check")
            batch_op.create_check_constraint(check, sa.column("measure").in_(names))


def _spelt(names: tuple[str, ...]) -> None:
    check = op.f("ck_spellings_field")
    with op.batch_alter_table("spellings", schema=None) as batch_op:
        batch_op.drop_constraint(check, type_="check")
        batch_op.create_check_constraint(check, sa.column("field").in_(names))


def _plans_of_conferences() -> None:
    """The plan of each conference that made one, of cases that are under protection still."""
    enquiries = sa.table(
        "section_47_enquiries",
        *map(sa.column, ("case_id", "lot_id", "result")),
        sa.column("conference_on", sa.Date()),
    )
    cases = sa.table("cases", *map(sa.column, ("id", "child_protection", "ended_on")))
    plans = sa.table(
        "protection_plans",
        *map(sa.column, ("case_id", "lot_id", "version")),
        sa.column("starts_on", sa.Date()),
        sa.column("review_due_on", sa.Date()),
    )
    made = op.get_bind().execute(
        sa.select(
            enquiries.c.case_id,
            enquiries.c.lot_id,
            sa.func.max(enquiries.c.conference_on, type_=sa.Date()),
        )
        .join(cases, cases.c.id == enquiries.c.case_id)
        .where(
            enquiries.c.result == "plan",
            cases.c.child_protection.is_(sa.true()),
            cases.c.ended_on.is_(None),
        )
        .group_by(enquiries.c.case_id, enquiries.c.lot_id)
    )
    rows = [
        {
            "case_id": case_id,
            "lot_id": lot_id,
            "version": 1,
            "starts_on": on,
            "review_due_on": on + timedelta(days=91),
        }
        for case_id, lot_id, on in made
    ]
    if rows:
        op.bulk_insert(plans, rows)
