"""Reads of the ladder: the steps that matters have reached, and what was answered on them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.ladder.models import Escalation
from app.cases.ladder.rules import Answer, Promise, Rung, Standing
from app.work.uow import UnitOfWork


class Matter(NamedTuple):
    """What is escalated: a case's wait since a day, or its delay that passed one."""

    case_id: int
    delay_id: int | None
    since: date


class Reached(NamedTuple):
    """A matter of a lot with where it stands on the ladder today."""

    matter: Matter
    lot_id: int
    standing: Standing
    acknowledged: bool = False


class Step(NamedTuple):
    """A step that a matter has reached."""

    rung: Rung
    reached_on: date
    until: date | None
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class Answered:
    """One step that a case's matters have reached, with what was answered on it."""

    delay_id: int | None
    rung: Rung
    reached_on: date
    since: date
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    decision: Promise | None
    until: date | None
    note: str
    decided_by: str | None
    decided_at: datetime | None


_MATTER = (Escalation.case_id, Escalation.delay_id, Escalation.since)
_STEP = (Escalation.rung, Escalation.reached_on, Escalation.until, Escalation.acknowledged_at)
# How many cases one question names: databases take so many values, and no more.
BATCH = 5_000
_STEPS = (
    select(*_MATTER, *_STEP)  # type: ignore[call-overload]
    .where(col(Escalation.case_id).in_(bindparam("case_ids", expanding=True)))
    .order_by(col(Escalation.id))
)
_ACKNOWLEDGER, _DECIDER = aliased(User), aliased(User)
_answered: tuple[Any, ...] = (
    Escalation.delay_id,
    Escalation.rung,
    Escalation.reached_on,
    Escalation.since,
    _ACKNOWLEDGER.name,
    Escalation.acknowledged_at,
    Escalation.decision,
    Escalation.until,
    Escalation.note,
    _DECIDER.name,
    Escalation.decided_at,
)
_OF_CASE = (
    select(*_answered)
    .select_from(Escalation)
    .outerjoin(_ACKNOWLEDGER, col(_ACKNOWLEDGER.id) == Escalation.acknowledged_by)
    .outerjoin(_DECIDER, col(_DECIDER.id) == Escalation.decided_by)
    .where(col(Escalation.case_id) == bindparam("case_id"))
    .order_by(col(Escalation.id).desc())
)


def steps(uow: UnitOfWork, case_ids: Collection[int]) -> Mapping[Matter, Sequence[Step]]:
    """The steps that the matters of those cases have reached, the oldest first."""
    found: dict[Matter, list[Step]] = defaultdict(list)
    asked = list(case_ids)
    for first in range(0, len(asked), BATCH):
        for row in uow.rows(_STEPS, case_ids=asked[first : first + BATCH]):
            found[Matter(*row[:3])].append(Step(*row[3:]))
    return found


def last_answer(steps: Sequence[Step]) -> Answer | None:
    """The last decision among the steps of one matter."""
    decided = [Answer(step.rung, step.until) for step in steps if step.until is not None]
    return decided[-1] if decided else None


def is_acknowledged(steps: Sequence[Step], at: Standing | None) -> bool:
    """Whether somebody said that they read the step on which the matter stands."""
    here = at and (at.rung, at.reached_on)
    return any(
        (step.rung, step.reached_on) == here and step.acknowledged_at is not None for step in steps
    )


def steps_of(uow: UnitOfWork, case_id: int) -> list[Answered]:
    """The steps of a case's ladders, the latest first."""
    return [Answered(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]
