"""Gathers what a lot's month may bill, and what was billed and came back since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.cases.assessments.models import Assessment
from app.cases.register.models import Case
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.finance.evidence.models import BilledCase, BilledEntry
from app.finance.evidence.rules import (
    CaseEvent,
    CreditDone,
    Evidence,
    ExpenseDone,
    LineKind,
    MilestoneDone,
    Return,
    ShiftDone,
    WeekBilled,
    fridays_over,
    is_of_this_work,
    stands,
)
from app.finance.expenses.queries import signed_expenses
from app.finance.milestones.models import Milestone
from app.finance.prices.rules import PriceModel, PriceTerms
from app.finance.shifts.queries import worked
from app.kernel.days import london_date, london_instant, week_beginning
from app.performance.failures.queries import credits_due
from app.plans.rules import Route
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class CameBack:
    """A billed case that came back within what its price says."""

    billed_id: int
    case_id: int
    lot_id: int
    line_id: int
    returned: Return


_back = aliased(LedgerPosting)
_CASE = col(LedgerPosting.case_id)


def _billed(kind: LineKind, case_id: Any) -> Any:
    """How often a case was billed under one kind of price before."""
    return (
        select(func.count())
        .where(col(BilledCase.case_id) == case_id, col(BilledCase.kind) == kind)
        .scalar_subquery()
    )


def _stands_billed(kind: LineKind, case_id: Any) -> Any:
    return exists().where(
        col(BilledCase.case_id) == case_id,
        col(BilledCase.kind) == kind,
        col(BilledCase.credit_line_id).is_(None),
    )


def _last(term: Term, column: Any, case_id: Any) -> Any:
    return (
        select(func.max(column))
        .where(
            col(_back.case_id) == case_id,
            col(_back.term) == term,
            col(_back.at) <= bindparam("now"),
        )
        .scalar_subquery()
    )


def _posted(term: Term, kind: LineKind) -> Any:
    """The cases that a lot's ledger has under a term, each with when it last came back."""
    return (
        select(
            _CASE,
            func.max(col(LedgerPosting.effective_on)),
            func.max(col(LedgerPosting.at)),
            func.max(col(LedgerPosting.id)),
            _last(Term.REOPENED, col(_back.id), _CASE),
            _last(Term.REOPENED, col(_back.effective_on), _CASE),
            _billed(kind, _CASE),
        )
        .where(
            col(LedgerPosting.lot_id) == bindparam("lot"),
            col(LedgerPosting.term) == term,
            col(LedgerPosting.effective_on).between(bindparam("first"), bindparam("last")),
            ~_stands_billed(kind, _CASE),
        )
        .group_by(_CASE)
        .having(func.sum(col(LedgerPosting.cases)) < 0)
        .order_by(func.max(col(LedgerPosting.effective_on)), _CASE)
    )


_POSTED = {
    PriceModel.CLEARED: _posted(Term.CLEARED, LineKind.CLEARED),
    PriceModel.SCREENED_OUT: _posted(Term.HANDED_BACK, LineKind.SCREENED_OUT),
}
_PROPOSED = col(Proposal.case_id)
_AUTHORISED = (
    select(func.max(col(Assessment.authorised_on)))
    .where(col(Assessment.case_id) == _PROPOSED)
    .scalar_subquery()
)
_AGREED = (
    select(
        _PROPOSED,
        func.max(col(Proposal.decided_at)),
        _AUTHORISED,
        _last(Term.REOPENED, col(_back.effective_on), _PROPOSED),
        _last(Term.REOPENED, col(_back.at), _PROPOSED),
        _billed(LineKind.ASSESSMENT, _PROPOSED),
    )
    .join(Case, col(Case.id) == _PROPOSED)
    .where(
        col(Proposal.lot_id) == bindparam("lot"),
        col(Proposal.decision) == Decision.AGREED,
        col(Proposal.route) != Route.HAND_BACK,
        col(Proposal.decided_at).between(bindparam("since"), bindparam("until")),
        # Screened out after all: nothing is paid for it.
        col(Case.state) != CaseState.HANDED_BACK,
        ~_stands_billed(LineKind.ASSESSMENT, _PROPOSED),
    )
    .group_by(_PROPOSED)
    .order_by(func.max(col(Proposal.decided_at)), _PROPOSED)
)
_TERMS: Any = bindparam(
    "terms", [Term.REOPENED, Term.HANDED_BACK], expanding=True, literal_execute=True
)
_RETURNED = (
    select(
        col(LedgerPosting.case_id),
        col(LedgerPosting.effective_on),
        col(LedgerPosting.at),
        col(LedgerPosting.term),
    )
    .where(
        col(LedgerPosting.term).in_(_TERMS),
        col(LedgerPosting.effective_on) >= bindparam("since"),
        col(LedgerPosting.at) <= bindparam("now"),
    )
    .order_by(col(LedgerPosting.effective_on), col(LedgerPosting.id))
)
_BILLED_COLUMNS: tuple[Any, ...] = (
    BilledCase.id,
    BilledCase.case_id,
    BilledCase.lot_id,
    BilledCase.line_id,
    BilledCase.happened_on,
    BilledCase.happened_at,
    BilledCase.credit_days,
)
_STILL_BILLED = (
    select(*_BILLED_COLUMNS)
    .where(
        col(BilledCase.case_id).in_(bindparam("cases", expanding=True)),
        col(BilledCase.kind) != LineKind.SCREENED_OUT,
        col(BilledCase.credit_line_id).is_(None),
    )
    .order_by(col(BilledCase.id))
)
_SOURCES = select(col(BilledEntry.source)).where(
    col(BilledEntry.lot_id) == bindparam("lot"), col(BilledEntry.kind) == bindparam("kind")
)
_WEEKS = (
    select(col(BilledEntry.day), func.sum(col(BilledEntry.quantity)), func.count())
    .where(col(BilledEntry.lot_id) == bindparam("lot"), col(BilledEntry.kind) == LineKind.TEAM_WEEK)
    .group_by(col(BilledEntry.day))
)
_CERTIFIED = (
    select(
        col(Milestone.id),
        col(Milestone.title),
        col(Milestone.clause),
        col(Milestone.achieved_on),
        col(Milestone.pence),
        col(Milestone.vat),
        col(Milestone.releases),
    )
    .where(
        col(Milestone.lot_id) == bindparam("lot"),
        col(Milestone.achieved_on) <= bindparam("last"),
    )
    .order_by(col(Milestone.achieved_on), col(Milestone.id))
)


def gather(
    uow: UnitOfWork, lot_id: int, month: tuple[date, date], prices: Sequence[PriceTerms]
) -> Evidence:
    """What a lot's month may bill under its prices: all up to its end that was not billed yet."""
    first, last = month
    begun = _begun(prices)
    certified = uow.rows(_CERTIFIED, lot=lot_id, last=last).all()
    paid = _sources(uow, lot_id, LineKind.MILESTONE)
    team_since = begun.get(PriceModel.TEAM_WEEK)
    fridays = fridays_over(team_since, last) if team_since else []
    weeks = _weeks(uow, lot_id)
    return Evidence(
        first,
        last,
        prices,
        cases=cases_due(uow, lot_id, last, prices),
        shifts=_shifts(uow, lot_id, begun.get(PriceModel.DAY_RATE), last),
        attended=_attended(uow, lot_id, fridays),
        fridays=[friday for friday in fridays if friday not in weeks],
        weeks=weeks,
        expenses=_expenses(uow, lot_id, begun.get(PriceModel.EXPENSES), last),
        milestones=[MilestoneDone(*row[:6]) for row in certified if str(row[0]) not in paid],
        credits=_credits(uow, lot_id, min(begun.values(), default=first), last),
        released=any(row[6] for row in certified),
    )


def cases_due(
    uow: UnitOfWork, lot_id: int, last: date, prices: Sequence[PriceTerms]
) -> dict[PriceModel, Sequence[CaseEvent]]:
    """What happened to a lot's cases up to a day that stands and was not billed, by its price."""
    begun = _begun(prices)
    return {
        model: _events(uow, lot_id, model, begun[model], last, prices)
        for model in (PriceModel.ASSESSMENT, *_POSTED)
        if model in begun
    }


def _begun(prices: Sequence[PriceTerms]) -> dict[PriceModel, date]:
    """When the first price of each model there is begins."""
    return {
        model: min(one.starts_on for one in prices if one.model is model)
        for model in {one.model for one in prices}
    }


def came_back(uow: UnitOfWork, since: date) -> list[CameBack]:
    """The billed cases that came back since a day and are to be paid back, in drafts too."""
    returns: dict[int, list[tuple[datetime, Return]]] = defaultdict(list)
    for case_id, on, at, term in uow.rows(_RETURNED, since=since, now=uow.now):
        returns[case_id].append((at, Return(on, handed_back=term == Term.HANDED_BACK)))
    if not returns:
        return []
    found = []
    for billed_id, case_id, lot_id, line_id, on, at, days in uow.rows(
        _STILL_BILLED, cases=list(returns)
    ):
        after = [back for back_at, back in returns[case_id] if back_at > at]
        first = next((back for back in after if not stands(on, back, days)), None)
        if first is not None:
            found.append(CameBack(billed_id, case_id, lot_id, line_id, first))
    return found


def _events(
    uow: UnitOfWork,
    lot_id: int,
    model: PriceModel,
    first: date,
    last: date,
    prices: Sequence[PriceTerms],
) -> list[CaseEvent]:
    """What happened to cases from a day to another that stands and was not billed."""
    days = {price: price.credit_days for price in prices if price.model is model}
    events = []
    for event, returned in _happened(uow, lot_id, model, first, last):
        allowed = next((days[price] for price in days if price.holds_on(event.on)), 0)
        if stands(event.on, returned, allowed):
            events.append(event)
    return events


def _happened(
    uow: UnitOfWork, lot_id: int, model: PriceModel, first: date, last: date
) -> list[tuple[CaseEvent, Return | None]]:
    found: list[tuple[CaseEvent, Return | None]] = []
    if model is PriceModel.ASSESSMENT:
        instants = {"since": london_instant(first, time(0)), "until": _end_of(last)}
        for case_id, at, done_on, back_on, back_at, times in uow.rows(
            _AGREED, lot=lot_id, now=uow.now, **instants
        ):
            since = back_at is not None and back_at > at
            if is_of_this_work(done_on, None if since else back_on):
                event = CaseEvent(case_id, london_date(at), times + 1, at)
                found.append((event, Return(back_on) if since else None))
        return found
    for case_id, on, at, number, back, back_on, times in uow.rows(
        _POSTED[model], lot=lot_id, first=first, last=last, now=uow.now
    ):
        returned = Return(back_on) if back is not None and back > number else None
        found.append((CaseEvent(case_id, on, times + 1, at), returned))
    return found


def _end_of(day: date) -> datetime:
    return london_instant(day, time(23, 59, 59, 999_999))


def _shifts(uow: UnitOfWork, lot_id: int, first: date | None, last: date) -> list[ShiftDone]:
    if first is None:
        return []
    billed = _sources(uow, lot_id, LineKind.DAY_RATE)
    return [
        ShiftDone(one.shift_id, one.practitioner_id, one.band, one.day, one.minutes)
        for one in worked(uow, lot_id, first, last)
        if str(one.shift_id) not in billed
    ]


def _weeks(uow: UnitOfWork, lot_id: int) -> dict[date, WeekBilled]:
    """The team's weeks that were billed."""
    found = uow.rows(_WEEKS, lot=lot_id)
    return {friday: WeekBilled(int(minutes), times) for friday, minutes, times in found}


def _attended(uow: UnitOfWork, lot_id: int, fridays: Sequence[date]) -> list[ShiftDone]:
    if not fridays:
        return []
    return [
        ShiftDone(one.shift_id, one.practitioner_id, one.band, one.day, one.minutes)
        for one in worked(uow, lot_id, week_beginning(fridays[0]), fridays[-1])
    ]


def _expenses(uow: UnitOfWork, lot_id: int, first: date | None, last: date) -> list[ExpenseDone]:
    if first is None:
        return []
    billed = _sources(uow, lot_id, LineKind.EXPENSES)
    return [
        ExpenseDone(one.expense_id, one.practitioner_id, one.day, one.pence)
        for one in reversed(signed_expenses(uow, lot_id, first, last))
        if str(one.expense_id) not in billed
    ]


def _credits(uow: UnitOfWork, lot_id: int, first: date, last: date) -> list[CreditDone]:
    billed = _sources(uow, lot_id, LineKind.SERVICE_CREDIT)
    return [
        CreditDone(str(one.failure_id), one.words, one.clause, one.pence)
        for one in credits_due(uow, lot_id, first, last)
        if one.pence and str(one.failure_id) not in billed
    ]


def _sources(uow: UnitOfWork, lot_id: int, kind: LineKind) -> set[str]:
    return {source for (source,) in uow.rows(_SOURCES, lot=lot_id, kind=kind)}
