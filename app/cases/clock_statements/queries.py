"""Reads of the clock's statements: a week counted from its rows, and what was issued."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.access.roles import Organisation
from app.cases.clock_statements import rules
from app.cases.clock_statements.models import ClockDays, ClockLine, ClockStatement
from app.cases.clock_statements.rules import Answer, Posting, Said
from app.cases.holds.models import Hold
from app.cases.holds.queries import pause
from app.cases.holds.rules import Pause, Turn, whose
from app.cases.register.models import Case, CaseMove
from app.cases.scope import queries as scope
from app.cases.scope.models import DailyTotal, LedgerPosting
from app.cases.states import CaseState
from app.contract import queries as contract
from app.kernel import paging
from app.kernel.clock import Holder
from app.kernel.days import week_beginning
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
WEEKS_A_PAGE = 26
# A statement on SQLite takes 32,766 values at most.
CASES_AT_ONCE = 5_000


@dataclass(frozen=True)
class StatementView:
    """An issued statement, with how its lines were answered."""

    id: int
    lot_id: int
    week_ending: date
    days: int
    issued_by: str | None
    issued_at: datetime
    lines: int
    disputed: int
    agency_left: int
    council_left: int

    @property
    def is_settled(self) -> bool:
        """Whether both sides accepted every line."""
        return not (self.disputed or self.agency_left or self.council_left)


@dataclass(frozen=True)
class Spoken:
    """What one side said of a line, and who and when."""

    answer: Answer | None
    words: str
    by: str | None
    at: datetime | None


@dataclass(frozen=True)
class LineView:
    """One line of an issued statement; `reference` is empty on the agency's own line."""

    id: int
    statement_id: int
    case_id: int | None
    reference: str | None
    holder: Holder
    why: str
    since: date
    until: date
    days: int
    cases: int
    version: int
    agency: Spoken
    council: Spoken

    def said_by(self, side: Organisation) -> Spoken:
        return self.agency if side is Organisation.AGENCY else self.council


@dataclass(frozen=True)
class WeekRow:
    """One week with the statement that each lot has of it."""

    week_ending: date
    statements: Mapping[int, StatementView]


def count_week(uow: UnitOfWork, lot_id: int, friday: date) -> Said:
    """Who held the clocks of a lot's cases in a week, line by line.

    The cases looked at are those with a hold or a proposal in the week; all other time of the
    cases that the ledger has open is the agency's. A case that went to another lot since counts
    here for the nights it was here, so its rows are read there too.
    """
    lot = contract.find_lot(uow, lot_id)
    calendar = contract.calendar(uow, lot.contract_id)
    week = rules.nights(friday, calendar)
    with uow.beyond_scope():
        pauses = _pauses(uow, lot_id, friday)
        cases = sorted(pauses.keys() | _proposed(uow, lot_id, friday))
        turns: defaultdict[int, list[Turn]] = defaultdict(list)
        postings: defaultdict[int, list[Posting]] = defaultdict(list)
        for start in range(0, len(cases), CASES_AT_ONCE):
            portion = cases[start : start + CASES_AT_ONCE]
            turns |= _turns(uow, portion)
            postings |= _postings(uow, lot_id, portion)
    before = week_beginning(friday) - rules.ONE_DAY
    lines = [
        line
        for case_id in cases
        for line in rules.lines_of(
            case_id,
            whose(turns[case_id], pauses[case_id], start=before, end=friday, received_on=before),
            postings[case_id],
            week,
        )
    ]
    return rules.say(lines, _open_at(uow, lot_id, [night for night, _ in week]), week)


def _pauses(uow: UnitOfWork, lot_id: int, friday: date) -> defaultdict[int, list[Pause]]:
    """The holds that overlap the week, of cases that are or were in the lot."""
    columns: tuple[Any, ...] = (
        Hold.case_id,
        Hold.id,
        Hold.reason,
        Hold.began_on,
        Hold.until_on,
        Hold.ended_on,
    )
    found = uow.session.execute(
        select(*columns).where(
            col(Hold.began_on) < friday,
            col(Hold.until_on) >= week_beginning(friday),
            or_(col(Hold.lot_id) == lot_id, col(Hold.case_id).in_(_gone(lot_id, friday))),
        )
    )
    pauses: defaultdict[int, list[Pause]] = defaultdict(list)
    for case_id, *rest in found:
        pauses[case_id].append(pause(*rest))
    return pauses


def _proposed(uow: UnitOfWork, lot_id: int, friday: date) -> set[int]:
    """Cases of which a proposal waited in the week: it still does, or it was decided since."""
    waiting = select(col(Case.id)).where(
        col(Case.state) == CaseState.PROPOSED, col(Case.lot_id) == lot_id
    )
    decided = select(col(CaseMove.case_id)).where(
        col(CaseMove.before) == bindparam("decided", CaseState.PROPOSED, literal_execute=True),
        col(CaseMove.made_on) >= week_beginning(friday),
        or_(col(CaseMove.lot_id) == lot_id, col(CaseMove.case_id).in_(_gone(lot_id, friday))),
    )
    found = [*uow.session.exec(waiting), *uow.session.exec(decided)]
    return {case_id for case_id in found if case_id is not None}


def _gone(lot_id: int, friday: date) -> Any:
    """Cases that left the lot in the week or since."""
    return select(col(LedgerPosting.case_id)).where(
        col(LedgerPosting.lot_id) == lot_id,
        col(LedgerPosting.cases) < 0,
        col(LedgerPosting.effective_on) >= week_beginning(friday),
    )


def _turns(uow: UnitOfWork, cases: Sequence[int]) -> defaultdict[int, list[Turn]]:
    """When the cases came before the council and left it again; nothing else changes hands here."""
    columns: tuple[Any, ...] = CaseMove.case_id, CaseMove.made_on, CaseMove.after
    found = uow.session.execute(
        select(*columns)
        .where(
            col(CaseMove.case_id).in_(cases),
            or_(
                col(CaseMove.after) == CaseState.PROPOSED,
                col(CaseMove.before) == CaseState.PROPOSED,
            ),
        )
        .order_by(col(CaseMove.id))
    )
    turns: defaultdict[int, list[Turn]] = defaultdict(list)
    for case_id, on, state in found:
        turns[case_id].append(Turn(on, state))
    return turns


def _postings(
    uow: UnitOfWork, lot_id: int, cases: Sequence[int]
) -> defaultdict[int, list[Posting]]:
    columns: tuple[Any, ...] = (
        LedgerPosting.case_id,
        LedgerPosting.effective_on,
        LedgerPosting.cases,
    )
    found = uow.session.execute(
        select(*columns).where(
            col(LedgerPosting.lot_id) == lot_id, col(LedgerPosting.case_id).in_(cases)
        )
    )
    postings: defaultdict[int, list[Posting]] = defaultdict(list)
    for case_id, on, number in found:
        postings[case_id].append(Posting(on, number))
    return postings


def _open_at(uow: UnitOfWork, lot_id: int, ends: list[date]) -> list[int]:
    """How many cases the ledger has open at the end of each of those days."""
    found = uow.session.execute(
        select(col(DailyTotal.day), func.sum(col(DailyTotal.cases)))
        .where(col(DailyTotal.lot_id) == lot_id)
        .group_by(col(DailyTotal.day))
    ).all()
    return [sum(int(cases) for day, cases in found if day <= end) for end in ends]


_ISSUER, _AGENCY, _COUNCIL = aliased(User), aliased(User), aliased(User)


def _statements(uow: UnitOfWork, kept: Any) -> list[StatementView]:
    disputed = or_(
        col(ClockLine.agency_answer) == Answer.DISPUTED,
        col(ClockLine.council_answer) == Answer.DISPUTED,
    )
    columns: tuple[Any, ...] = (
        ClockStatement.id,
        ClockStatement.lot_id,
        ClockStatement.week_ending,
        ClockStatement.days,
        _ISSUER.name,
        ClockStatement.issued_at,
        func.count(col(ClockLine.id)),
        func.count(col(ClockLine.id)).filter(disputed),
        func.count(col(ClockLine.id)).filter(col(ClockLine.agency_answer).is_(None)),
        func.count(col(ClockLine.id)).filter(col(ClockLine.council_answer).is_(None)),
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(ClockStatement)
        .outerjoin(_ISSUER, col(_ISSUER.id) == ClockStatement.issued_by)
        .outerjoin(ClockLine, col(ClockLine.statement_id) == col(ClockStatement.id))
        .where(kept)
        .group_by(*columns[:6])
    )
    return [StatementView(*row) for row in found]


def find_statement(uow: UnitOfWork, statement_id: int) -> StatementView | None:
    """One statement, or None when it is absent or not the actor's."""
    return next(iter(_statements(uow, col(ClockStatement.id) == statement_id)), None)


def find_week(uow: UnitOfWork, lot_id: int, friday: date) -> int | None:
    """The id of a lot's statement of a week; None where none was issued."""
    return uow.session.exec(
        select(ClockStatement.id).where(
            ClockStatement.lot_id == lot_id, ClockStatement.week_ending == friday
        )
    ).first()


def list_weeks(uow: UnitOfWork, page: str | None) -> paging.Slice[WeekRow]:
    """The weeks that are over since the ledger began, the latest first, with their statements."""
    place, fridays = scope.weeks_over(uow, page, WEEKS_A_PAGE)
    found = _statements(uow, col(ClockStatement.week_ending).in_(fridays))
    rows = [
        WeekRow(friday, {one.lot_id: one for one in found if one.week_ending == friday})
        for friday in fridays
    ]
    return paging.Slice.at(place, rows)


_LINE: tuple[Any, ...] = (
    ClockLine.id,
    ClockLine.statement_id,
    ClockLine.case_id,
    Case.reference,
    ClockLine.holder,
    ClockLine.why,
    ClockLine.since,
    ClockLine.until,
    ClockLine.days,
    ClockLine.cases,
    ClockLine.version,
    ClockLine.agency_answer,
    ClockLine.agency_words,
    _AGENCY.name,
    ClockLine.agency_at,
    ClockLine.council_answer,
    ClockLine.council_words,
    _COUNCIL.name,
    ClockLine.council_at,
)
_LINES = (
    select(*_LINE)
    .select_from(ClockLine)
    .outerjoin(Case, col(Case.id) == col(ClockLine.case_id))
    .outerjoin(_AGENCY, col(_AGENCY.id) == col(ClockLine.agency_by))
    .outerjoin(_COUNCIL, col(_COUNCIL.id) == col(ClockLine.council_by))
    .order_by(col(ClockLine.id))
)


def list_lines(
    uow: UnitOfWork, statement: StatementView, page: str | None
) -> paging.Slice[LineView]:
    """One page of a statement's lines, the agency's own first, then holder by holder."""
    place = paging.place(page, total=statement.lines, size=PAGE_SIZE)
    kept = _LINES.where(col(ClockLine.statement_id) == statement.id)
    found = uow.session.execute(kept.offset(place.offset).limit(place.size))
    return paging.Slice.at(place, [_line(*row) for row in found])


def find_line(uow: UnitOfWork, line_id: int) -> LineView | None:
    """One line, or None when it is absent or not the actor's."""
    found = uow.session.execute(_LINES.where(col(ClockLine.id) == line_id)).first()
    return _line(*found) if found else None


def count_unanswered(uow: UnitOfWork) -> int:
    """How many lines of the actor's lots wait for the actor's side."""
    return int(uow.rows(_unanswered(uow.actor.organisation or Organisation.COUNCIL)).scalar() or 0)


@cache
def unanswered_by(side: Organisation) -> Any:
    """A statement of the lines of the actor's lots that one side has not answered, by their ids."""
    answer = ClockLine.agency_answer if side is Organisation.AGENCY else ClockLine.council_answer
    return select(col(ClockLine.id)).where(col(answer).is_(None))


@cache
def _unanswered(side: Organisation) -> Any:
    return unanswered_by(side).with_only_columns(func.count())


_BY_HOLDER = select(col(ClockDays.holder), col(ClockDays.days)).where(
    col(ClockDays.statement_id) == bindparam("statement_id")
)
_BY_WEEK = (
    select(
        col(ClockStatement.lot_id),
        col(ClockStatement.week_ending),
        col(ClockDays.holder),
        col(ClockDays.days),
    )
    .join(ClockStatement, col(ClockStatement.id) == ClockDays.statement_id)
    .where(col(ClockStatement.week_ending) > bindparam("after"))
    .order_by(col(ClockStatement.week_ending).desc(), col(ClockStatement.lot_id))
)


def by_holder(uow: UnitOfWork, statement_id: int) -> dict[Holder, int]:
    """The working days of each holder in a statement."""
    shared = {row[0]: row[1] for row in uow.rows(_BY_HOLDER, statement_id=statement_id)}
    return {holder: shared[holder] for holder in Holder if holder in shared}


def by_week(uow: UnitOfWork, after: date) -> list[tuple[int, date, Holder, int]]:
    """Lot, week, holder and working days of each statement of a week after a day, latest first."""
    return [
        (lot, week, holder, days) for lot, week, holder, days in uow.rows(_BY_WEEK, after=after)
    ]


def _line(*row: Any) -> LineView:
    facts: tuple[Any, ...] = (*row[:11], Spoken(*row[11:15]), Spoken(*row[15:]))
    return LineView(*facts)
