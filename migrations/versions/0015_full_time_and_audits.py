"""Measures of cases by full-time equivalents, of inadequate files and of what audits led to."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# The tables that name a measure; on SQLite one of them keeps its rows in its key's order.
MEASURED = (
    "benchmarks",
    "measure_readings",
    "measure_versions",
    "running_readings",
    "service_levels",
)
IN_KEY_ORDER = "running_readings"
NEWER = ("audited-inadequate", "audit-actions", "caseload-full-time")
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
    "audited-inadequate",
    "audit-actions",
    "handed-back",
    "supervised",
    "personal-supervision",
    "in-post",
    "contracted-filled",
    "agency-workers",
    "turnover",
    "vacancies",
    "caseload",
    "caseload-full-time",
    "open-cases",
    "open-overdue",
    "unallocated",
    "on-hold",
    "cleared-cases",
    "received-cases",
    "reopened-cases",
)
OLDER = tuple(name for name in MEASURES if name not in NEWER)
# The national figures are of full-time equivalents.
NATIONAL = "Department for Education, Children’s social work workforce"


def upgrade() -> None:
    _measures(MEASURES)
    _benchmarks("caseload", "caseload-full-time")


def downgrade() -> None:
    _benchmarks("caseload-full-time", "caseload")
    _forget_newer()
    _measures(OLDER)


def _benchmarks(before: str, after: str) -> None:
    held = sa.table("benchmarks", sa.column("measure"), sa.column("source"))
    national = held.c.measure == before, held.c.source == NATIONAL
    op.execute(sa.update(held).where(*national).values(measure=after))


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


def _measures(names: tuple[str, ...]) -> None:
    for table in MEASURED:
        check = op.f(f"ck_{table}_measure")
        kept = {"sqlite_with_rowid": False} if table == IN_KEY_ORDER else {}
        with op.batch_alter_table(table, schema=None, table_kwargs=kept) as batch_op:
            batch_op.drop_constraint(check, type_="check")
            batch_op.create_check_constraint(check, sa.column("measure").in_(names))
