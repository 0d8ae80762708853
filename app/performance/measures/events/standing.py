"""What stands at the end of a day: open cases with and without a worker, and workers."""

from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, case, exists, func, or_, select
from sqlmodel import col

from app.access.models import User
from app.assurance.sessions.models import SupportSession
from app.assurance.sessions.rules import Kind
from app.assurance.supervision.models import CaseDiscussion
from app.cases.assessments.models import Visit
from app.cases.holds.models import Hold
from app.cases.register.models import Allocation, Case, CaseMove
from app.cases.register.rules import AllocationRole
from app.cases.scope.models import LedgerPosting
from app.cases.states import CLOCK_RUNS, CaseState
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import FULL_TIME, HOLDING
from app.performance.measures.events.columns import LOTS, all_work, events, yes

# The day, and the first day that its look back reaches.
AS_AT, FIRST = bindparam("as_at", type_=Date), bindparam("first", type_=Date)


def open_cases(*among: Any) -> Any:
    """Cases that the ledger has open at the end of the last day, each with its lot of that day.

    Where few of them are asked for, `among` says which of the postings to look at.
    """
    return (
        select(col(LedgerPosting.lot_id), col(LedgerPosting.case_id))
        .where(
            col(LedgerPosting.lot_id).in_(LOTS),
            col(LedgerPosting.effective_on) <= AS_AT,
            *among,
        )
        .group_by(col(LedgerPosting.lot_id), col(LedgerPosting.case_id))
        .having(func.sum(col(LedgerPosting.cases)) > 0)
        .subquery("standing")
    )


def _held(case_id: Any) -> Any:
    """Whether somebody was allocated to a case at the end of a day."""
    return exists().where(
        col(Allocation.case_id) == case_id,
        col(Allocation.role) == AllocationRole.PRIMARY,
        col(Allocation.starts_on) <= AS_AT,
        or_(col(Allocation.ends_on).is_(None), col(Allocation.ends_on) > AS_AT),
    )


def _cases(
    counted: Any, *, held: bool | None = None, began: Any = None, among: tuple[Any, ...] = ()
) -> Select[Any]:
    """Open cases, of which `counted` and `held` ask by the id of each."""
    standing = open_cases(*among)
    case_id = standing.c.case_id
    found = events(
        lot=standing.c.lot_id,
        case_id=case_id,
        subject=case_id,
        day=AS_AT,
        counted=counted(case_id) if callable(counted) else counted,
        began=began,
    )
    found = found.select_from(standing).join(Case, col(Case.id) == case_id)
    if held is None:
        return found
    here = _held(case_id)
    return found.where(here if held else ~here)


def opened() -> Select[Any]:
    """Open cases."""
    return _cases(1, began=col(Case.received_on))


def unallocated() -> Select[Any]:
    """Open cases that nobody held."""
    return _cases(1, held=False, began=col(Case.received_on))


def overdue() -> Select[Any]:
    """Those whose clock still ran after its due day, by the last state they were moved to."""
    state = (
        select(col(CaseMove.after))
        .where(col(CaseMove.case_id) == col(Case.id), col(CaseMove.made_on) <= AS_AT)
        .order_by(col(CaseMove.id).desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    runs = func.coalesce(state, CaseState.UNALLOCATED).in_(CLOCK_RUNS)
    late = _cases(1, began=col(Case.due_on)).where(col(Case.due_on) < AS_AT)
    return late.where(runs)


def on_hold() -> Select[Any]:
    """Open cases that were on hold."""
    waiting = select(col(Hold.case_id)).where(
        col(Hold.began_on) <= AS_AT,
        func.coalesce(col(Hold.ended_on), col(Hold.until_on)) > AS_AT,
    )
    return _cases(1, among=(col(LedgerPosting.case_id).in_(waiting),))


def seen_lately() -> Select[Any]:
    """Open cases that somebody held; those count whose child was seen since the look back began."""
    return _cases(lambda case_id: _lately(Visit, Visit.seen_on, case_id), held=True)


def supervised() -> Select[Any]:
    """Open cases that somebody held; those count discussed since the look back began."""
    on = CaseDiscussion.discussed_on
    return _cases(lambda case_id: _lately(CaseDiscussion, on, case_id), held=True)


def _lately(model: Any, on: Any, case_id: Any) -> Any:
    found = exists().where(model.case_id == case_id, on >= FIRST, on <= AS_AT)
    return yes(found)


def caseload() -> Select[Any]:
    """One event a worker and lot: how many open cases they held."""
    return _loads(func.count())


def caseload_full_time() -> Select[Any]:
    """One event a worker and lot: the open cases they held, out of how much of a full week.

    Both in hundredths; a week that is longer than a full one counts as one.
    """
    minutes = col(Practitioner.weekly_minutes)
    part = case((minutes >= FULL_TIME, 100), else_=(minutes * 100 + FULL_TIME // 2) // FULL_TIME)
    found = _loads(func.count() * 100).add_columns(part.label("out_of"))
    of_worker = col(Practitioner.id) == col(Allocation.practitioner_id)
    return found.join(Practitioner, of_worker).group_by(minutes)


def _loads(counted: Any) -> Select[Any]:
    standing, holds = open_cases(), col(Allocation.practitioner_id)
    found = events(
        lot=standing.c.lot_id,
        case_id=None,
        subject=holds,
        day=AS_AT,
        counted=counted,
        cohort=all_work(),
    )
    return (
        found.select_from(standing)
        .join(
            Allocation,
            and_(
                col(Allocation.case_id) == standing.c.case_id,
                col(Allocation.role) == AllocationRole.PRIMARY,
                col(Allocation.starts_on) <= AS_AT,
                or_(col(Allocation.ends_on).is_(None), col(Allocation.ends_on) > AS_AT),
            ),
        )
        .group_by(standing.c.lot_id, holds)
    )


def in_post() -> Select[Any]:
    """Workers who were in post."""
    return _workers(1, since=AS_AT)


def personal() -> Select[Any]:
    """Workers long enough in post who can sign in, and whether they had a session lately."""
    met = exists().where(
        col(SupportSession.supervisee_id) == col(User.id),
        col(SupportSession.kind) == Kind.PERSONAL,
        col(SupportSession.held_on) >= FIRST,
        col(SupportSession.held_on) <= AS_AT,
    )
    found = _workers(yes(met), since=FIRST)
    return found.join(User, col(User.practitioner_id) == col(Practitioner.id))


def _workers(counted: Any, *, since: Any) -> Select[Any]:
    member = PractitionerLot
    found = events(
        lot=col(member.lot_id),
        case_id=None,
        subject=col(Practitioner.id),
        day=AS_AT,
        counted=counted,
        began=col(Practitioner.starts_on),
        cohort=all_work(),
    )
    return (
        found.select_from(member)
        .join(Practitioner, col(Practitioner.id) == col(member.practitioner_id))
        .where(
            col(Practitioner.qualified),
            col(Practitioner.post).in_(HOLDING),
            col(Practitioner.starts_on) <= since,
            or_(col(Practitioner.ends_on).is_(None), col(Practitioner.ends_on) >= AS_AT),
            or_(col(member.starts_on).is_(None), col(member.starts_on) <= AS_AT),
            or_(col(member.ends_on).is_(None), col(member.ends_on) >= AS_AT),
        )
    )
