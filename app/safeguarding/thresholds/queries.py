"""Reads of threshold decisions: the log, its counts by lot, and those of one case."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func
from sqlmodel import col, select

from app.access.models import User
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel import paging
from app.safeguarding.thresholds.models import ThresholdDecision
from app.safeguarding.thresholds.rules import Rationale, Threshold
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
COUNTED = timedelta(weeks=13)


@dataclass(frozen=True)
class DecisionView:
    """One line of the log."""

    id: int
    case_id: int
    reference: str
    lot: str
    threshold: Threshold
    met: bool
    rationale: Rationale
    partners_told: bool
    decided_on: date
    decided_by: str | None


@dataclass(frozen=True)
class Decided:
    """How one lot decided on one threshold lately, and how often partners were told."""

    lot: str
    threshold: Threshold
    met: int
    not_met: int
    told: int

    @property
    def all(self) -> int:
        return self.met + self.not_met


def list_decisions(uow: UnitOfWork, page: str | None) -> paging.Slice[DecisionView]:
    """One page of the log, the latest decision first."""
    total = int(uow.rows(_TOTAL).scalar_one())
    place = paging.place(page, total=total, size=PAGE_SIZE)
    found = uow.rows(_LATEST, offset=place.offset, size=place.size)
    return paging.Slice.at(place, [DecisionView(*row) for row in found])


def of_case(uow: UnitOfWork, case_id: int) -> list[DecisionView]:
    """The decisions on one case, the latest first."""
    return [DecisionView(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


def count_by_lot(uow: UnitOfWork) -> list[Decided]:
    """The decisions of the last thirteen weeks by lot and threshold."""
    return [Decided(*row) for row in uow.rows(_COUNTS, since=uow.today - COUNTED)]


_TOTAL = select(func.count()).select_from(ThresholdDecision)
_COLUMNS: tuple[Any, ...] = (
    ThresholdDecision.id,
    ThresholdDecision.case_id,
    Case.reference,
    Lot.name,
    ThresholdDecision.threshold,
    ThresholdDecision.met,
    ThresholdDecision.rationale,
    ThresholdDecision.partners_told,
    ThresholdDecision.decided_on,
    User.name,
)
_LOG: Any = (
    select(*_COLUMNS)
    .select_from(ThresholdDecision)
    .join(Case, col(Case.id) == ThresholdDecision.case_id)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(User, col(User.id) == ThresholdDecision.decided_by)
    .order_by(col(ThresholdDecision.decided_on).desc(), col(ThresholdDecision.id).desc())
)
_LATEST = _LOG.offset(bindparam("offset")).limit(bindparam("size"))
_OF_CASE = _LOG.where(col(ThresholdDecision.case_id) == bindparam("case_id"))
_MET = col(ThresholdDecision.met)
_COUNTS: Any = (
    select(  # type: ignore[call-overload]
        Lot.name,
        ThresholdDecision.threshold,
        func.sum(case((_MET, 1), else_=0)),
        func.sum(case((_MET, 0), else_=1)),
        func.sum(case((col(ThresholdDecision.partners_told), 1), else_=0)),
    )
    .select_from(ThresholdDecision)
    .join(Lot, col(Lot.id) == ThresholdDecision.lot_id)
    .where(col(ThresholdDecision.decided_on) > bindparam("since"))
    .group_by(col(Lot.id), col(Lot.name), col(ThresholdDecision.threshold))
    .order_by(col(Lot.name), col(ThresholdDecision.threshold))
)
