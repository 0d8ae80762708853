"""Issues a lot's weekly statement of the clock, and takes each side's answers to its lines."""

from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from app.cases.clock_statements import queries, rules
from app.cases.clock_statements.models import ClockDays, ClockLine, ClockStatement
from app.cases.clock_statements.rules import Answer
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def issue(uow: UnitOfWork, lot_id: int, friday: date) -> int:
    """State who held the clocks of a lot's cases in the week that ended on that Friday.

    Returns the statement's id; its lines stay as they were counted here.
    """
    with uow.command(Act.CLOCK_ISSUE):
        rules.check_week(friday, uow.today)
        said = queries.count_week(uow, lot_id, friday)
        if queries.find_week(uow, lot_id, friday) is not None:
            raise Refused("The statement of this week is issued already.")
        if not said.lines:
            raise Refused("No case was open in this week, so there is nothing to state.")
        statement = uow.add(
            ClockStatement(
                lot_id=lot_id,
                week_ending=friday,
                days=said.total,
                issued_by=uow.actor.user_id,
                issued_at=uow.now,
            )
        )
        statement_id = statement.id or 0
        for line in said.lines:
            uow.session.add(ClockLine(lot_id=lot_id, statement_id=statement_id, **vars(line)))
        for holder, days in said.by_holder.items():
            uow.session.add(
                ClockDays(lot_id=lot_id, statement_id=statement_id, holder=holder, days=days)
            )
        uow.session.flush()
        return statement_id


def answer_for_agency(
    uow: UnitOfWork, line_id: int, answer: Answer, words: str, *, version: int
) -> None:
    """The agency accepts a line, or disputes it and says why."""
    with uow.command(Act.CLOCK_ANSWER_AGENCY):
        line = _line(uow, line_id, answer, words, version)
        line.agency_answer, line.agency_words = answer, words
        line.agency_by, line.agency_at = uow.actor.user_id, uow.now


def answer_for_council(
    uow: UnitOfWork, line_id: int, answer: Answer, words: str, *, version: int
) -> None:
    """The council accepts a line, or disputes it and says why."""
    with uow.command(Act.CLOCK_ANSWER_COUNCIL):
        line = _line(uow, line_id, answer, words, version)
        line.council_answer, line.council_words = answer, words
        line.council_by, line.council_at = uow.actor.user_id, uow.now


def accept_rest_for_agency(uow: UnitOfWork, statement_id: int) -> int:
    """The agency accepts every line that it has not answered; returns how many there were."""
    with uow.command(Act.CLOCK_ANSWER_AGENCY):
        lines = _lines(uow, statement_id, col(ClockLine.agency_answer).is_(None))
        for line in lines:
            line.agency_answer = Answer.ACCEPTED
            line.agency_by, line.agency_at = uow.actor.user_id, uow.now
        return len(lines)


def accept_rest_for_council(uow: UnitOfWork, statement_id: int) -> int:
    """The council accepts every line that it has not answered; returns how many there were."""
    with uow.command(Act.CLOCK_ANSWER_COUNCIL):
        lines = _lines(uow, statement_id, col(ClockLine.council_answer).is_(None))
        for line in lines:
            line.council_answer = Answer.ACCEPTED
            line.council_by, line.council_at = uow.actor.user_id, uow.now
        return len(lines)


def _line(uow: UnitOfWork, line_id: int, answer: Answer, words: str, version: int) -> ClockLine:
    line = uow.get(ClockLine, line_id)
    shown = {
        "The agency": line.agency_answer.label if line.agency_answer else "Not answered",
        "The council": line.council_answer.label if line.council_answer else "Not answered",
    }
    uow.expect(line, version, shown)
    rules.check_answer(answer, words)
    return line


def _lines(uow: UnitOfWork, statement_id: int, unanswered: ColumnElement[bool]) -> list[ClockLine]:
    uow.get(ClockStatement, statement_id)
    kept = select(ClockLine).where(ClockLine.statement_id == statement_id, unanswered)
    return list(uow.session.exec(kept.order_by(col(ClockLine.id))).all())
