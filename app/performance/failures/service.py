"""Judges the months of service levels, and keeps how failures are put right and credited."""

import threading
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.contract.everywhere import everywhere
from app.kernel.acts import Act
from app.performance.failures import queries, rules
from app.performance.failures.models import (
    RectificationPlan,
    ServiceLevelFailure,
    ServiceLevelPeriod,
)
from app.performance.failures.rules import PlanDecision, PlanTerms, Result
from app.performance.measures import queries as measures
from app.performance.measures.rules import Kind, Reading
from app.performance.service_levels import queries as levels
from app.performance.service_levels.queries import Agreement
from app.performance.service_levels.rules import direction_of, expected, threshold
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.uow import UnitOfWork

JUDGE_EVERY_SECONDS = 600
# A month that nobody read for so long is never judged: what is asked is what was known then.
LOOK_BACK = timedelta(days=100)
Wanted = tuple[Agreement, date, Reading]


def keep_judging(database: Database, stop: threading.Event) -> None:
    """Judge each month soon after it was read, or as soon as the server runs again."""
    keep_doing(partial(judge_all, database), JUDGE_EVERY_SECONDS, stop)


def judge_all(database: Database) -> int:
    """Judge what can be judged in every lot, in a command only where there is something."""
    with database.work(everywhere(database)) as uow:
        return judge(uow) if _wanted(uow) else 0


def judge(uow: UnitOfWork) -> int:
    """Judge every whole month that was read and not judged yet; returns how many there were."""
    with uow.command(Act.SERVICE_LEVEL_JUDGE):
        return judge_months(uow)


def judge_months(uow: UnitOfWork, *, tell: bool = True) -> int:
    """The same as a step of another command; both sides are told of failures if they are to be."""
    uow.must_be_in(Act.SERVICE_LEVEL_JUDGE, Act.DEMO_SEED)
    wanted = _wanted(uow)
    for one, ends_on, reading in wanted:
        failure = _judge(uow, one, ends_on, reading)
        if failure is not None and tell:
            _tell(uow, failure)
    return len(wanted)


def write_plan(uow: UnitOfWork, failure_id: int, plan: PlanTerms) -> None:
    """Say why a service level failed and how that is put right; the council decides on it."""
    with uow.command(Act.RECTIFICATION_PLAN):
        found = queries.find_failure(uow, failure_id)
        found.check_new_plan(uow.today)
        rules.check_plan(plan, uow.today)
        _check_words(uow, found.failure, cause=plan.cause, steps=plan.steps)
        uow.add(
            RectificationPlan(
                lot_id=found.failure.lot_id,
                failure_id=failure_id,
                number=len(found.plans) + 1,
                by_user_id=uow.actor.user_id,
                at=uow.now,
                **vars(plan),
            )
        )


def decide_plan(
    uow: UnitOfWork, failure_id: int, number: int, decision: PlanDecision, reason: str
) -> None:
    """The council accepts the newest plan, or rejects it with its reason."""
    with uow.command(Act.RECTIFICATION_DECIDE):
        found = queries.find_failure(uow, failure_id)
        waiting = found.waits and found.plan is not None and found.plan.number == number
        rules.check_decision(waiting=waiting, reason=reason, decision=decision)
        _check_words(uow, found.failure, reason=reason)
        if found.plan is not None:
            found.plan.decision, found.plan.reason = decision, reason
            found.plan.decided_by, found.plan.decided_at = uow.actor.user_id, uow.now


def close(uow: UnitOfWork, failure_id: int) -> None:
    """The council closes a failure that was put right."""
    with uow.command(Act.RECTIFICATION_DECIDE):
        found = queries.find_failure(uow, failure_id)
        rules.check_close(found.decision, closed=found.failure.closed_on is not None)
        found.failure.closed_on, found.failure.closed_by = uow.today, uow.actor.user_id


def waive(uow: UnitOfWork, failure_id: int, reason: str) -> None:
    """The council waives the credit of a failure."""
    with uow.command(Act.CREDIT_WAIVE):
        failure = queries.find_failure(uow, failure_id).failure
        rules.check_waiver(waived=failure.waived_at is not None, pence=failure.credit_pence)
        _check_words(uow, failure, reason=reason)
        failure.waived_by, failure.waived_at = uow.actor.user_id, uow.now
        failure.waive_reason = reason


def _check_words(uow: UnitOfWork, failure: ServiceLevelFailure, **said: str) -> None:
    """What is said of a failure is read by people who see no case."""
    must_name_no_case(uow, contract.find_lot(uow, failure.lot_id).contract_id, said)


def _wanted(uow: UnitOfWork) -> list[Wanted]:
    """The months to judge, each with what was read of it, the earliest first."""
    since = (uow.today - LOOK_BACK).replace(day=1)
    found, done = levels.signed_versions(uow), queries.judged_since(uow, since)
    open_months = [
        (one, starts_on, ends_on)
        for one in found
        for starts_on, ends_on in rules.months_to_judge(
            one.terms, one.in_force_from, one.until or uow.today
        )
        if starts_on >= since and (one.level_id, ends_on) not in done
    ]
    read = _read(uow, [one for one, _, _ in open_months], since)
    wanted = [
        (one, ends_on, read[one.measure, one.cohort, one.lot_id, starts_on])
        for one, starts_on, ends_on in open_months
        if (one.measure, one.cohort, one.lot_id, starts_on) in read
    ]
    return sorted(wanted, key=lambda each: (each[1], each[0].level_id))


def _read(
    uow: UnitOfWork, found: Sequence[Agreement], since: date
) -> dict[tuple[object, ...], Reading]:
    if not found:
        return {}
    months = measures.readings(
        uow, measures={one.measure for one in found}, since=since, monthly=True, running=False
    )
    return {(one.measure, one.cohort, one.lot_id, one.starts_on): one for one in months}


def _judge(
    uow: UnitOfWork, one: Agreement, ends_on: date, reading: Reading
) -> ServiceLevelFailure | None:
    """Keep what a month came to; returns its failure if it failed."""
    direction, value = direction_of(one.measure), levels.value_of(reading)
    events = None if one.measure.kind is Kind.COUNT else reading.denominator
    result = rules.result(one.terms, direction, value, events, ends_on)
    period = uow.add(
        ServiceLevelPeriod(
            lot_id=one.lot_id,
            service_level_id=one.level_id,
            number=one.number,
            definition=reading.version,
            starts_on=reading.starts_on,
            ends_on=ends_on,
            numerator=reading.numerator,
            denominator=reading.denominator,
            value=None if value is None else round(value),
            asked=round(expected(one.terms, ends_on)),
            threshold=round(threshold(one.terms, direction, ends_on)),
            result=result,
            judged_at=uow.now,
        )
    )
    failed = result is Result.FAILED
    return _fail(uow, one, ends_on, period.id or 0) if failed else None


def _fail(uow: UnitOfWork, one: Agreement, ends_on: date, period_id: int) -> ServiceLevelFailure:
    before = queries.given(uow, one.level_id)
    whole, due = rules.credit(one.terms, before, ends_on)
    return uow.add(
        ServiceLevelFailure(
            lot_id=one.lot_id,
            service_level_id=one.level_id,
            period_id=period_id,
            ends_on=ends_on,
            notified_on=uow.today,
            critical=one.terms.critical,
            repeat=rules.repeat(before, ends_on),
            whole_pence=whole,
            credit_pence=due,
        )
    )


def _tell(uow: UnitOfWork, failure: ServiceLevelFailure) -> None:
    path = f"/service-levels/failures/{failure.id}"
    for user_id in queries.who_answers(uow, failure.lot_id):
        uow.mail(user_id, "A service level has failed", path)
