"""Reads of advice: the log, and what it amounts to by month and topic."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.access.models import User
from app.assurance.advice.models import Advice
from app.assurance.advice.rules import Asker, Topic
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel import paging
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
MONTHS = 6


@dataclass(frozen=True)
class AdviceRow:
    """One question with its answer; the case's reference where the reader sees the case."""

    id: int
    given_on: date
    given_by: str
    lot: str
    team: str
    asker: Asker
    topic: Topic
    question: str
    answer: str
    minutes: int
    case_id: int | None
    reference: str | None


@dataclass(frozen=True)
class MonthOfAdvice:
    """What a month's advice amounts to."""

    first: date
    number: int
    minutes: int


_columns: tuple[Any, ...] = (
    Advice.id,
    Advice.given_on,
    User.name,
    Lot.name,
    Advice.team,
    Advice.asker,
    Advice.topic,
    Advice.question,
    Advice.answer,
    Advice.minutes,
    Case.id,
    Case.reference,
)
_ROWS = (
    select(*_columns)
    .select_from(Advice)
    .join(User, col(User.id) == col(Advice.given_by))
    .join(Lot, col(Lot.id) == col(Advice.lot_id))
    .outerjoin(Case, col(Case.id) == col(Advice.case_id))
    .order_by(col(Advice.given_on).desc(), col(Advice.id).desc())
    .limit(PAGE_SIZE)
    .offset(bindparam("skip"))
)
_TOTAL = select(func.count()).select_from(Advice)
_SUMS = (
    select(col(Advice.given_on), col(Advice.topic), func.count(), func.sum(col(Advice.minutes)))
    .where(col(Advice.given_on) >= bindparam("since"))
    .group_by(col(Advice.given_on), col(Advice.topic))
)


def list_advice(uow: UnitOfWork, page: str | None) -> paging.Slice[AdviceRow]:
    """The log of the actor's lots, the latest first."""
    total = uow.rows(_TOTAL).scalar_one()
    place = paging.place(page, total=total, size=PAGE_SIZE)
    return paging.Slice.at(place, [AdviceRow(*row) for row in uow.rows(_ROWS, skip=place.offset)])


def sums(uow: UnitOfWork) -> tuple[list[MonthOfAdvice], list[tuple[Topic, int]]]:
    """What the advice of six months amounts to, by month and by topic."""
    firsts = [uow.today.replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    numbers: Counter[date] = Counter()
    minutes: Counter[date] = Counter()
    topics = dict.fromkeys(Topic, 0)
    for given_on, topic, number, spent in uow.rows(_SUMS, since=firsts[0]):
        first = given_on.replace(day=1)
        numbers[first] += number
        minutes[first] += int(spent)
        topics[topic] += number
    months = [MonthOfAdvice(first, numbers[first], minutes[first]) for first in firsts]
    return months, [(topic, number) for topic, number in topics.items() if number]
