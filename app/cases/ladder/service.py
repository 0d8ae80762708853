"""Steps within others' commands: a rung is reached, acknowledged, and ended by a decision."""

from datetime import date

from sqlmodel import col, select

from app.cases.ladder import rules
from app.cases.ladder.models import Escalation
from app.cases.ladder.queries import Matter
from app.cases.ladder.rules import Promise, Standing
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def acknowledge(uow: UnitOfWork, matter: Matter, lot_id: int, at: Standing) -> None:
    """Say that a step was read, by whoever it is with or somebody further up."""
    uow.must_be_in(Act.ESCALATION_ACKNOWLEDGE)
    rules.check_answerer(uow.actor.role, at.rung)
    step = _step(uow, matter, lot_id, at)
    if step.acknowledged_at is not None:
        raise Refused("This escalation is acknowledged already.")
    step.acknowledged_by, step.acknowledged_at = uow.actor.user_id, uow.now


def decide(
    uow: UnitOfWork,
    matter: Matter,
    lot_id: int,
    at: Standing,
    decision: Promise,
    until: date,
    note: str = "",
) -> None:
    """End an escalation by a decision that holds until a day; it acknowledges the step too."""
    uow.must_be_in(Act.ESCALATION_DECIDE)
    rules.check_answerer(uow.actor.role, at.rung)
    rules.check_until(until, uow.today)
    step = _step(uow, matter, lot_id, at)
    if step.acknowledged_at is None:
        step.acknowledged_by, step.acknowledged_at = uow.actor.user_id, uow.now
    step.decision, step.until, step.note = decision, until, note
    step.decided_by, step.decided_at = uow.actor.user_id, uow.now
    for asked in _asked(uow, matter):
        asked.over_on = uow.today


def _asked(uow: UnitOfWork, matter: Matter) -> list[Escalation]:
    """The steps of a matter that still ask somebody."""
    found = select(Escalation).where(
        col(Escalation.case_id) == matter.case_id,
        col(Escalation.delay_id).is_not_distinct_from(matter.delay_id),
        col(Escalation.since) == matter.since,
        col(Escalation.over_on).is_(None),
    )
    return list(uow.session.exec(found))


def _step(uow: UnitOfWork, matter: Matter, lot_id: int, at: Standing) -> Escalation:
    """The step on which a matter stands, made where the night has not met it yet."""
    for step in _asked(uow, matter):
        if (step.rung, step.reached_on) == (at.rung, at.reached_on):
            return step
    return uow.add(
        Escalation(lot_id=lot_id, **matter._asdict(), rung=at.rung, reached_on=at.reached_on)
    )
