"""The demo's statements hold and are signed, and its waiting children were looked after."""

from datetime import timedelta

from sqlmodel import Session, select

from app.access.actor import Actor
from app.cases.ladder.models import Escalation
from app.cases.register.models import Case
from app.cases.statements import queries as statements
from app.cases.statements.models import ScopeStatement
from app.cases.waiting.models import RiskReview
from app.cases.waiting.queries import Show, count_waiting
from app.contract.models import Lot
from app.work.database import Database
from tests.seed.conftest import TODAY


def everything(database: Database) -> Actor:
    with Session(database.engine) as session:
        lots = session.exec(select(Lot.id, Lot.contract_id)).all()
    return Actor.command_line(
        frozenset(lot or 0 for lot, _ in lots), frozenset(contract for _, contract in lots)
    )


def test_every_statement_holds_balances_and_was_signed_a_while_later(filled: Database) -> None:
    with filled.work(everything(filled)) as uow:
        issued = [one.id for one in uow.session.exec(select(ScopeStatement)).all()]
        views = [view for one in issued if (view := statements.find_view(uow, one or 0))]
        assert len(views) == len(issued) > 50
        for view in views:
            assert statements.holds(uow, view)
            assert statements.known_since(uow, view) == ()
            assert statements.imbalances(uow, view.lot_id, view.week_ending) == ()
    assert {view.is_signed for view in views} == {True, False}
    assert max(view.week_ending for view in views if view.is_signed) < TODAY - timedelta(days=7)


def test_some_children_wait_well_looked_after_and_some_do_not(filled: Database) -> None:
    with filled.work(everything(filled)) as uow:
        now, review, unseen, escalated, waiting = count_waiting(uow, *Show)
        reviews = uow.session.exec(select(RiskReview)).all()
        answers = uow.session.exec(select(Escalation)).all()
        cases = {case.id: case for case in uow.session.exec(select(Case)).all()}
    assert 0 < review < waiting
    assert 0 < unseen < waiting
    assert 0 < escalated < waiting
    assert max(review, unseen, escalated) <= now < waiting
    assert all(one.reviewed_on < TODAY for one in reviews)
    assert all(one.next_review_on > one.reviewed_on for one in reviews)
    assert {answer.decision is None for answer in answers} == {True, False}
    assert all(
        cases[answer.case_id].unallocated_on == answer.since
        for answer in answers
        if answer.delay_id is None
    )
