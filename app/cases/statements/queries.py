"""Reads of statements: a week by the totals, by the postings and as it was known when issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.register.models import Case
from app.cases.scope import queries as scope
from app.cases.scope.models import CaseCounter, DailyTotal, LedgerPosting
from app.cases.scope.rules import Statement, Term
from app.cases.statements import rules
from app.cases.statements.models import ScopeStatement
from app.cases.statements.rules import Difference, Sealed
from app.cases.states import ENDED, CaseState
from app.kernel import paging
from app.kernel.days import week_beginning
from app.kernel.errors import first_of
from app.work.uow import UnitOfWork

WEEKS_A_PAGE = 13


@dataclass(frozen=True)
class Signature:
    """Who signed for one side, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class StatementView:
    """An issued statement with its signatures."""

    id: int
    lot_id: int
    week_ending: date
    said: Statement
    digest: str
    known_to: int
    issued_by: str | None
    issued_at: datetime
    agency: Signature | None
    council: Signature | None

    @property
    def is_signed(self) -> bool:
        """Whether both sides signed."""
        return self.agency is not None and self.council is not None


@dataclass(frozen=True)
class WeekRow:
    """One week with the statement that each lot has of it."""

    week_ending: date
    statements: Mapping[int, StatementView]


def by_totals(uow: UnitOfWork, lot_id: int, friday: date) -> Statement:
    """The week by the daily totals, as every page reads the ledger."""
    return _summed(uow, DailyTotal, DailyTotal.day, lot_id, friday)


def by_postings(
    uow: UnitOfWork, lot_id: int, friday: date, known_to: int | None = None
) -> Statement:
    """The week counted again from the postings, all of them or as known at one of them."""
    return _summed(uow, LedgerPosting, LedgerPosting.effective_on, lot_id, friday, known_to)


def imbalances(uow: UnitOfWork, lot_id: int, friday: date) -> tuple[Difference, ...]:
    """Where the week's totals, its postings and what is open now do not agree."""
    kept, counted = by_totals(uow, lot_id, friday), by_postings(uow, lot_id, friday)
    ledger = select(func.sum(col(DailyTotal.cases))).where(col(DailyTotal.lot_id) == lot_id)
    counters = select(func.sum(col(CaseCounter.cases))).where(
        col(CaseCounter.lot_id) == lot_id, col(CaseCounter.state).not_in(ENDED)
    )
    return rules.differences(kept, counted) + _unequal(
        "Open now by the ledger and by the counters", _number(uow, ledger), _number(uow, counters)
    )


def recounted(uow: UnitOfWork, lot_id: int) -> tuple[Difference, ...]:
    """Where the lot's ledger and counters differ from its register, counted case by case."""
    is_open = col(Case.ended_on).is_(None)
    cases = select(func.count()).where(col(Case.lot_id) == lot_id, is_open)
    postings = select(func.sum(col(LedgerPosting.cases))).where(col(LedgerPosting.lot_id) == lot_id)
    return _unequal(
        "Open now by the postings and by the register", _number(uow, postings), _number(uow, cases)
    ) + _unequal_states(uow, lot_id)


def last_posting(uow: UnitOfWork, lot_id: int) -> int:
    """The id of the lot's latest posting; 0 where there is none."""
    return _number(
        uow, select(func.max(col(LedgerPosting.id))).where(col(LedgerPosting.lot_id) == lot_id)
    )


def sealed_postings(uow: UnitOfWork, lot_id: int, friday: date, known_to: int) -> list[Sealed]:
    """The postings of a week that were known then, in the order in which they were made."""
    columns: tuple[Any, ...] = (
        LedgerPosting.id,
        LedgerPosting.case_id,
        LedgerPosting.term,
        LedgerPosting.cases,
        LedgerPosting.effective_on,
    )
    found = uow.session.execute(
        select(*columns)
        .where(
            col(LedgerPosting.lot_id) == lot_id,
            col(LedgerPosting.effective_on) >= week_beginning(friday),
            col(LedgerPosting.effective_on) <= friday,
            col(LedgerPosting.id) <= known_to,
        )
        .order_by(col(LedgerPosting.id))
    )
    return [Sealed(*row) for row in found]


def holds(uow: UnitOfWork, one: StatementView) -> bool:
    """Whether the figures and the postings known then still give the seal."""
    postings = sealed_postings(uow, one.lot_id, one.week_ending, one.known_to)
    return rules.seal(one.lot_id, one.week_ending, one.said, postings) == one.digest


def known_since(uow: UnitOfWork, one: StatementView) -> tuple[Difference, ...]:
    """What entries posted later changed in the statement's week and in what came before it."""
    return rules.differences(one.said, by_totals(uow, one.lot_id, one.week_ending))


def find_view(uow: UnitOfWork, statement_id: int) -> StatementView:
    """One statement; NotFound when it is absent or not the actor's."""
    return first_of(_views(uow, col(ScopeStatement.id) == statement_id))


def find_week(uow: UnitOfWork, lot_id: int, friday: date) -> StatementView | None:
    """A lot's statement of a week; None where none was issued."""
    kept = (col(ScopeStatement.lot_id) == lot_id) & (col(ScopeStatement.week_ending) == friday)
    return next(iter(_views(uow, kept)), None)


def list_weeks(uow: UnitOfWork, page: str | None) -> paging.Slice[WeekRow]:
    """The weeks that are over since the ledger began, the latest first, with their statements."""
    place, fridays = scope.weeks_over(uow, page, WEEKS_A_PAGE)
    found = _views(uow, col(ScopeStatement.week_ending).in_(fridays))
    return paging.Slice.at(
        place,
        [
            WeekRow(friday, {one.lot_id: one for one in found if one.week_ending == friday})
            for friday in fridays
        ],
    )


_ISSUER, _AGENCY, _COUNCIL = aliased(User), aliased(User), aliased(User)


def _views(uow: UnitOfWork, kept: Any) -> list[StatementView]:
    names: tuple[Any, ...] = (_ISSUER.name, _AGENCY.name, _COUNCIL.name)
    found = uow.session.execute(
        select(ScopeStatement, *names)
        .outerjoin(_ISSUER, col(_ISSUER.id) == ScopeStatement.issued_by)
        .outerjoin(_AGENCY, col(_AGENCY.id) == ScopeStatement.agency_signed_by)
        .outerjoin(_COUNCIL, col(_COUNCIL.id) == ScopeStatement.council_signed_by)
        .where(kept)
    )
    return [_view(*row) for row in found]


def _view(row: ScopeStatement, issuer: str | None, agency: str, council: str) -> StatementView:
    return StatementView(
        row.id or 0,
        row.lot_id,
        row.week_ending,
        said_in(row),
        row.digest,
        row.known_to,
        issuer,
        row.issued_at,
        Signature(agency, row.agency_signed_at) if row.agency_signed_at else None,
        Signature(council, row.council_signed_at) if row.council_signed_at else None,
    )


def said_in(row: ScopeStatement) -> Statement:
    """The figures that a stored statement holds."""
    return Statement(row.before, {term: getattr(row, term.value) for term in Term})


def _summed(
    uow: UnitOfWork,
    model: Any,
    day: Any,
    lot_id: int,
    friday: date,
    known_to: int | None = None,
) -> Statement:
    """What was open before a week, and the change of each term within it."""
    before = case((col(day) < week_beginning(friday), col(model.cases)), else_=0)
    within = case((col(day) >= week_beginning(friday), col(model.cases)), else_=0)
    asked = (
        select(model.term, func.sum(before), func.sum(within))
        .where(col(model.lot_id) == lot_id, col(day) <= friday)
        .group_by(model.term)
    )
    if known_to is not None:
        asked = asked.where(col(model.id) <= known_to)
    rows = [(term, int(early), int(late)) for term, early, late in uow.session.execute(asked)]
    return Statement(sum(row[1] for row in rows), {term: late for term, _, late in rows})


def _unequal_states(uow: UnitOfWork, lot_id: int) -> tuple[Difference, ...]:
    kept = _by_state(uow, CaseCounter, func.sum(col(CaseCounter.cases)), lot_id)
    counted = _by_state(uow, Case, func.count(), lot_id)
    return tuple(
        one
        for state in sorted({*kept, *counted})
        for one in _unequal(state.label, kept.get(state, 0), counted.get(state, 0))
    )


def _by_state(uow: UnitOfWork, model: Any, number: Any, lot_id: int) -> dict[CaseState, int]:
    found = uow.session.execute(
        select(model.state, number).where(col(model.lot_id) == lot_id).group_by(model.state)
    )
    return {state: int(cases) for state, cases in found}


def _unequal(what: str, kept: int, counted: int) -> tuple[Difference, ...]:
    return (Difference(what, kept, counted),) if kept != counted else ()


def _number(uow: UnitOfWork, statement: Any) -> int:
    return int(uow.session.scalar(statement) or 0)
