"""What the home pages ask of the rooms: lines per lot, what waits for whom, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, exists, literal_column
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.assessments.models import Assessment, AssessmentReturn
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Lot
from app.performance import queries as performance
from app.performance.queries import Figures
from app.planning.clearance import planned_on
from app.work.uow import UnitOfWork

SHORT_LIST = 8


@dataclass(frozen=True)
class LotLine:
    """One lot's figures beside what its target planned for today."""

    figures: Figures
    planned: int | None
    ends_on: date | None

    @property
    def has_cases(self) -> bool:
        return bool(self.figures.open or self.figures.cleared)

    @property
    def behind(self) -> int | None:
        """Cases more than planned, negative when ahead; None without a plan or any case yet."""
        if self.planned is None or not self.has_cases:
            return None
        return self.figures.open - self.planned


def total(lines: Sequence[LotLine]) -> LotLine:
    """All of them as one, without what has no target."""
    sums = [sum(numbers) for numbers in zip(*(line.figures[2:] for line in lines), strict=True)]
    figures = Figures(0, "All lots", *(sums or [0] * len(Figures._fields[2:])))
    return LotLine(figures, sum(line.planned or 0 for line in lines), None)


def lot_lines(uow: UnitOfWork) -> list[LotLine]:
    """The actor's lots with what is open, waiting and planned."""
    targets = contract.list_targets(uow)
    lines = []
    for figures in performance.figures(uow):
        target = targets.get(figures.lot_id)
        planned = None
        if target is not None:
            curve = contract.planned_of(target)
            planned = planned_on(target.opening_backlog, target.starts_on, curve, uow.today)
        lines.append(LotLine(figures, planned, target.ends_on if target else None))
    return lines


@dataclass(frozen=True)
class Waiting:
    """A case that waits for the reader, since when, and what its last act said."""

    case_id: int
    reference: str
    lot: str
    since: date
    by: str | None
    text: str = ""


# As a number in words: SQLite would plan anew for each value in its place.
_FEW = literal_column(str(SHORT_LIST), Integer)
_WAITING: tuple[Any, ...] = (Case.id, Case.reference, Lot.name)
_SUBMITTED = (*_WAITING, Assessment.submitted_on, User.name)
_TO_AUTHORISE = (
    select(*_SUBMITTED)
    .select_from(Case)
    .join(Assessment, col(Assessment.case_id) == Case.id)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(User, col(User.id) == Assessment.submitted_by)
    .where(
        Case.state == CaseState.SUBMITTED,
        col(Assessment.authorised_on).is_(None),
        col(Assessment.submitted_on).is_not(None),
    )
    # By the assessment's own column, as its index of those that wait has them in turn.
    .order_by(col(Assessment.submitted_on), col(Assessment.case_id))
    .limit(_FEW)
)
_SENT_BACK = (*_WAITING, AssessmentReturn.returned_on, User.name, AssessmentReturn.points)
_AGAIN = aliased(AssessmentReturn)
_RETURNED = (
    select(*_SENT_BACK)
    .select_from(Case)
    .join(AssessmentReturn, col(AssessmentReturn.case_id) == Case.id)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(User, col(User.id) == AssessmentReturn.returned_by)
    .where(
        Case.state == CaseState.ASSESSING,
        ~exists().where(
            col(_AGAIN.case_id) == AssessmentReturn.case_id, col(_AGAIN.id) > AssessmentReturn.id
        ),
    )
    # As a sum, which no index has: by it, a planner would walk through everybody's returns.
    .order_by((col(AssessmentReturn.id) + 0).desc())
    .limit(_FEW)
)


def to_authorise(uow: UnitOfWork) -> list[Waiting]:
    """The assessments that wait longest for a team manager's authorisation."""
    return [Waiting(*row) for row in uow.rows(_TO_AUTHORISE).all()]


def returned_to_fix(uow: UnitOfWork) -> list[Waiting]:
    """Assessments sent back with points to fix that were not submitted again, the latest first."""
    return [Waiting(*row) for row in uow.rows(_RETURNED)]
