"""Reads of compliance: supervision by lot and month, by manager, and what was drawn and graded."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.assurance.supervision import rules
from app.assurance.supervision.models import Supervision
from app.assurance.supervision.queries import (
    HISTORY,
    LATEST,
    VIEWS,
    WINDOW,
    SupervisionView,
    gather,
)
from app.assurance.supervision.rules import Grade, Kept
from app.kernel.errors import NotFound
from app.people.models import PractitionerLot
from app.work.uow import UnitOfWork

MONTHS = 6


@dataclass(frozen=True)
class LotKept:
    """How one lot's supervisions kept to the contract, and the grades of those drawn."""

    lot: str
    months: tuple[Kept, ...]

    @property
    def all(self) -> Kept:
        return sum(self.months, Kept())


@dataclass(frozen=True)
class ManagerKept:
    """How many supervisions a manager held lately and how they were graded."""

    name: str
    held: int
    cases: int
    grades: Mapping[Grade, int]


_IN_LOTS = col(Supervision.practitioner_id).in_(select(col(PractitionerLot.practitioner_id)))
_SAMPLED = (
    VIEWS.where(col(Supervision.sampled_on).is_not(None), _IN_LOTS)
    .order_by(col(Supervision.grade).is_not(None), *LATEST)
    .limit(4 * HISTORY)
)
_ONE = VIEWS.where(
    col(Supervision.id) == bindparam("supervision_id"),
    col(Supervision.sampled_on).is_not(None),
    _IN_LOTS,
)
_GRADES = (
    select(col(Supervision.grade), func.count().label("number"))
    .where(col(Supervision.sampled_on).is_not(None), _IN_LOTS)
    .group_by(col(Supervision.grade))
)
_SINCE = VIEWS.where(col(Supervision.held_on) >= bindparam("since"), _IN_LOTS)


def compliance(uow: UnitOfWork) -> list[LotKept]:
    """Each lot's supervisions by month, this one last; a worker of two lots counts in both."""
    months = months_to(uow.today)
    workers, days, asked = gather(uow, months[0][0])
    by_lot: dict[tuple[str, int], list[Kept]] = defaultdict(lambda: [Kept()] * len(months))
    for one, lots in workers:
        every, held = asked[one.contract_id].case_days, days[one.id][0]
        own = [
            rules.kept((one.starts_on, one.ends_on), held, every, month, uow.today)
            for month in months
        ]
        for lot_id, name in lots.items():
            so_far = by_lot[name, lot_id]
            by_lot[name, lot_id] = [kept + more for kept, more in zip(so_far, own, strict=True)]
    return [LotKept(name, tuple(kept)) for (name, _), kept in sorted(by_lot.items())]


def months_to(today: date) -> list[tuple[date, date]]:
    """The first and last days of the months that compliance tells, the present one last."""
    months, last = [], today
    for _ in range(MONTHS):
        first = last.replace(day=1)
        months.append((first, last))
        last = first - timedelta(days=1)
    return months[::-1]


def list_sampled(uow: UnitOfWork) -> list[SupervisionView]:
    """The supervisions drawn to be graded, those not graded yet first."""
    return [SupervisionView(*row) for row in uow.rows(_SAMPLED)]


def count_grades(uow: UnitOfWork) -> dict[Grade | None, int]:
    """How many of those drawn have each grade; None stands for those not graded yet."""
    return {row.grade: row.number for row in uow.rows(_GRADES)}


def by_manager(uow: UnitOfWork) -> list[ManagerKept]:
    """What each manager held in the last twelve weeks, by name."""
    held: dict[tuple[str, int], list[SupervisionView]] = defaultdict(list)
    for row in uow.rows(_SINCE, since=uow.today - WINDOW):
        view = SupervisionView(*row)
        held[view.supervisor, view.supervisor_id].append(view)
    return [
        ManagerKept(
            name,
            len(views),
            sum(one.cases for one in views),
            {grade: sum(one.grade is grade for one in views) for grade in Grade},
        )
        for (name, _), views in sorted(held.items())
    ]


def find_view(uow: UnitOfWork, supervision_id: int) -> SupervisionView:
    """A supervision that was drawn, to be graded; NotFound when absent or of other lots."""
    row = uow.rows(_ONE, supervision_id=supervision_id).first()
    if row is None:
        raise NotFound
    return SupervisionView(*row)


def find_sampled(uow: UnitOfWork, supervision_id: int) -> Supervision:
    """A supervision that was drawn, or NotFound when absent, not drawn or of other lots."""
    found: Supervision | None = uow.session.execute(
        select(Supervision).where(
            col(Supervision.id) == supervision_id,
            col(Supervision.sampled_on).is_not(None),
            _IN_LOTS,
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found
