"""Reads of an agenda: a worker's cases with every reason to talk about them, the gravest first."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.assurance.agenda.rules import NEAR, Topic, order_of, topics_of
from app.cases.assessments.models import AssessmentReturn
from app.cases.delays import queries as delays
from app.cases.drift import queries as drift
from app.cases.register.models import Case
from app.cases.states import CLOCK_RUNS, CaseState
from app.contract.models import Lot
from app.kernel.days import show_date
from app.plans.models import OutcomePlan
from app.safeguarding.issues import queries as issues
from app.work.uow import UnitOfWork

# Drifting cases of a lot are a capped list; a manager's agenda takes no more of anything else.
MOST = 100


@dataclass(frozen=True)
class AgendaLine:
    """One case with the reasons to talk about it; none where all is well."""

    case_id: int
    reference: str
    lot: str
    state: CaseState
    due_on: date | None
    supervised_on: date | None
    topics: tuple[tuple[Topic, str], ...]


_columns: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Case.lot_id,
    Lot.name,
    Case.state,
    Case.open_flags,
    Case.due_on,
    Case.supervised_on,
    Case.allocated_on,
)
_CASES = (
    select(*_columns)
    .select_from(Case)
    .join(Lot, col(Lot.id) == col(Case.lot_id))
    .where(col(Case.ended_on).is_(None))
    .order_by(col(Case.due_on), col(Case.id))
)
_HELD = _CASES.where(
    or_(
        col(Case.practitioner_id) == bindparam("worker_id"),
        col(Case.co_worker_id) == bindparam("worker_id"),
    )
)
_NAMED = _CASES.where(col(Case.id).in_(bindparam("case_ids", expanding=True)))
_FLAGGED = (
    select(col(Case.id))
    .where(
        col(Case.open_flags) > 0,
        col(Case.ended_on).is_(None),
        col(Case.lot_id).in_(bindparam("lot_ids", expanding=True)),
    )
    .order_by(col(Case.id))
    .limit(MOST)
)
_RETURNED = (
    select(col(AssessmentReturn.case_id), func.max(col(AssessmentReturn.returned_on)))
    .where(col(AssessmentReturn.case_id).in_(bindparam("case_ids", expanding=True)))
    .group_by(col(AssessmentReturn.case_id))
)
_later = aliased(OutcomePlan)
# Of each case, the plan in force.
_TARGETS = select(col(OutcomePlan.case_id), col(OutcomePlan.target_on)).where(
    col(OutcomePlan.case_id).in_(bindparam("case_ids", expanding=True)),
    ~exists().where(
        col(_later.case_id) == col(OutcomePlan.case_id),
        col(_later.number) > col(OutcomePlan.number),
    ),
)


def of_worker(uow: UnitOfWork, worker_id: int, child_days: int) -> list[AgendaLine]:
    """Every open case that a worker holds or co-works, those to talk about first."""
    return _lines(uow, uow.rows(_HELD, worker_id=worker_id).all(), child_days)


def of_lots(uow: UnitOfWork, lot_ids: Collection[int], child_days: int) -> list[AgendaLine]:
    """The cases of a manager's lots that need somebody: at risk, flagged or drifting."""
    lots = list(lot_ids)
    wanted = {row.id for row in uow.rows(_FLAGGED, lot_ids=lots)}
    wanted |= {one.case_id for one in drift.list_drifting(uow, lots, MOST)}
    wanted |= {one.case_id for one in issues.unresolved(uow)}
    cases = [row for row in uow.rows(_NAMED, case_ids=sorted(wanted)) if row.lot_id in lots]
    return _lines(uow, cases, child_days)


def _lines(uow: UnitOfWork, cases: Sequence[Any], child_days: int) -> list[AgendaLine]:
    found = _topics(uow, cases, child_days)
    lines = [
        AgendaLine(
            row.id,
            row.reference,
            row.name,
            row.state,
            row.due_on,
            row.supervised_on,
            topics_of(found[row.id]),
        )
        for row in cases
    ]
    return sorted(lines, key=lambda line: order_of(line.topics))


def _topics(uow: UnitOfWork, cases: Sequence[Any], child_days: int) -> dict[int, dict[Topic, str]]:
    found: dict[int, dict[Topic, str]] = defaultdict(dict)
    if cases:
        for case_id, topic, words in (*_of_rooms(uow, cases), *_of_work(uow, cases)):
            found[case_id][topic] = words
        for row in cases:
            found[row.id] |= _own_topics(row, uow.today, child_days)
    return found


def _of_rooms(uow: UnitOfWork, cases: Sequence[Any]) -> Iterator[tuple[int, Topic, str]]:
    """What the registers of issues, drift and delays say of the cases."""
    ids = [row.id for row in cases]
    for issue in issues.unresolved(uow, case_ids=ids):
        covered = issue.cover if issue.covered(uow.today) else "nobody covers tonight"
        yield issue.case_id, Topic.ISSUE, f"{issue.trouble.label}; {covered}"
    for stuck in drift.list_drifting(uow, {row.lot_id for row in cases}, MOST):
        since = f"{stuck.stage.label} for {stuck.days(uow.today)} days"
        yield stuck.case_id, Topic.DRIFT, f"{since}: {stuck.suggestion.label}"
    for case_id, running in delays.open_delays(uow, ids).items():
        if running:
            words = [f"{one.reason.label}, until {show_date(one.expected_end)}" for one in running]
            yield case_id, Topic.DELAY, "; ".join(words)


def _of_work(uow: UnitOfWork, cases: Sequence[Any]) -> Iterator[tuple[int, Topic, str]]:
    """Assessments sent back that are still to be mended, and plans whose day is near."""
    ids = [row.id for row in cases]
    assessing = {row.id for row in cases if row.state is CaseState.ASSESSING}
    for case_id, returned_on in uow.rows(_RETURNED, case_ids=ids):
        if case_id in assessing:
            yield case_id, Topic.RETURNED, show_date(returned_on)
    for case_id, target_on in uow.rows(_TARGETS, case_ids=ids):
        if target_on <= uow.today + NEAR:
            yield case_id, Topic.PLAN, show_date(target_on)


def _own_topics(row: Any, today: date, child_days: int) -> dict[Topic, str]:
    """What a case's own facts give to talk about."""
    own = {}
    if row.open_flags:
        own[Topic.FLAG] = "1 open" if row.open_flags == 1 else f"{row.open_flags} open"
    if row.state in CLOCK_RUNS and row.due_on is not None and row.due_on < today:
        own[Topic.OVERDUE] = f"since {show_date(row.due_on)}"
    since = row.supervised_on or row.allocated_on
    if since is not None and since + timedelta(days=child_days) < today:
        own[Topic.NOT_DISCUSSED] = (
            f"last {show_date(since)}" if row.supervised_on else f"held since {show_date(since)}"
        )
    return own
