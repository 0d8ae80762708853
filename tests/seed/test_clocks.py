"""The demo's clocks: holds that run and are over, statements whose figures equal their rows."""

from sqlmodel import Session, col, func, select

from app.access.actor import Actor
from app.cases.assessments.models import Assessment
from app.cases.clock_statements import queries as statements
from app.cases.clock_statements.models import ClockLine, ClockStatement
from app.cases.due_days.models import ClockTerms
from app.cases.findings.models import Finding
from app.cases.holds.models import Hold
from app.cases.holds.queries import tiles_of
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.kernel.days import week_ending
from app.work.database import Database
from tests.seed.conftest import TODAY


def everything(database: Database) -> Actor:
    with Session(database.engine) as session:
        lots = session.exec(select(Lot.id, Lot.contract_id)).all()
    return Actor.command_line(
        frozenset(lot or 0 for lot, _ in lots), frozenset(contract for _, contract in lots)
    )


def test_a_change_of_the_clocks_waits_for_the_council(filled: Database) -> None:
    with Session(filled.engine) as session:
        [draft] = session.exec(select(ClockTerms)).all()
        agreed = session.get_one(Contract, draft.contract_id)
    assert draft.agreed_at is None
    assert (draft.decide_days, draft.single_days) == (4, 45)
    assert agreed.decide_within_days == 5


def test_holds_milestones_and_older_kinds_are_there(filled: Database) -> None:
    with Session(filled.engine) as session:
        holds = session.exec(select(Hold)).all()
        done = session.exec(select(Assessment).where(col(Assessment.entered_on).is_not(None))).all()
        kinds = set(session.exec(select(Finding.kind)).all())
    assert [one for one in holds if one.ended_on is None and one.until_on > TODAY]
    assert [one for one in holds if one.until_on > TODAY and one.review_on <= TODAY]
    assert [one for one in holds if one.ended_on]
    assert all(one.began_on < one.until_on and one.began_on < TODAY for one in holds)
    assert all(one.authorised_on and one.entered_on >= one.authorised_on for one in done)
    assert "core_from_referral" in kinds


def test_every_statement_equals_its_rows_and_the_rows_counted_again(filled: Database) -> None:
    with filled.work(everything(filled)) as uow:
        issued = uow.session.exec(select(ClockStatement)).all()
        for one in issued:
            said = statements.count_week(uow, one.lot_id, one.week_ending)
            assert one.days == said.total
            assert statements.by_holder(uow, one.id or 0) == said.by_holder
        lines = uow.session.exec(select(func.sum(ClockLine.days))).one()
        answered = {(one.agency_answer, one.council_answer) for one in _lines(uow)}
    assert sum(one.days for one in issued) == lines
    assert len(answered) == 3
    assert max(one.week_ending for one in issued) < week_ending(TODAY)


def _lines(uow: object) -> list[ClockLine]:
    return list(uow.session.exec(select(ClockLine)).all())  # type: ignore[attr-defined]


def test_the_time_of_every_case_is_shared_out_whole(filled: Database) -> None:
    with filled.work(everything(filled)) as uow:
        for case in uow.session.exec(select(Case).where(col(Case.id) % 7 == 0)).all():
            calendar = contract.calendar(uow, case.contract_id)
            tiles = tiles_of(uow, case, calendar)
            end = case.ended_on or TODAY
            assert tiles[0].held.since == case.referred_on
            assert tiles[-1].held.until == end
