"""Reads of outcome plans: the one in force and the versions before it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column
from sqlmodel import col, select

from app.access.models import User
from app.cases.register.models import CaseMove
from app.cases.states import ENDED
from app.contract.models import ReceivingTeam
from app.plans import rules
from app.plans.models import OutcomePlan
from app.plans.rules import Draft, HandBackAdvice, HandBackReason, Outcome
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class PlanView:
    """One version of a plan, with the names of those it speaks of."""

    id: int
    number: int
    episode: int
    outcome: Outcome
    target_on: date
    rationale: str
    conditions: str
    receiving_team_id: int | None
    hand_back_reason: HandBackReason | None
    hand_back_advice: HandBackAdvice | None
    advice_note: str
    receiving_team: str | None
    written_by: str | None
    written_at: datetime

    @property
    def draft(self) -> Draft:
        """What was written, without who wrote it."""
        return Draft(
            self.outcome,
            self.target_on,
            self.rationale,
            self.conditions,
            self.receiving_team_id,
            self.hand_back_reason,
            self.hand_back_advice,
            self.advice_note,
        )

    @property
    def entries(self) -> dict[str, str]:
        """What the plan says, name by name."""
        return rules.entries(self.draft, self.receiving_team)


_COLUMNS: tuple[Any, ...] = (
    OutcomePlan.id,
    OutcomePlan.number,
    OutcomePlan.episode,
    OutcomePlan.outcome,
    OutcomePlan.target_on,
    OutcomePlan.rationale,
    OutcomePlan.conditions,
    OutcomePlan.receiving_team_id,
    OutcomePlan.hand_back_reason,
    OutcomePlan.hand_back_advice,
    OutcomePlan.advice_note,
    ReceivingTeam.name,
    User.name,
    OutcomePlan.written_at,
)
_PLANS = (
    select(*_COLUMNS)
    .select_from(OutcomePlan)
    .outerjoin(ReceivingTeam, col(ReceivingTeam.id) == OutcomePlan.receiving_team_id)
    .outerjoin(User, col(User.id) == OutcomePlan.written_by)
    .where(col(OutcomePlan.case_id) == bindparam("case_id"))
    .order_by(col(OutcomePlan.number).desc())
)
# Written into the statement: SQLite would plan it anew for each value that could suit an index.
_ENDED: list[Any] = [literal_column(f"'{state.value}'") for state in sorted(ENDED)]
# While a case stands ended, the stretch of work that ended it still counts as the one that runs.
_EPISODE = select(1 + func.count()).where(
    col(CaseMove.case_id) == bindparam("case_id"),
    col(CaseMove.before).in_(_ENDED),
)
_IN_FORCE = _PLANS.where(col(OutcomePlan.episode) == _EPISODE.scalar_subquery())


def versions(uow: UnitOfWork, case_id: int) -> list[PlanView]:
    """Every version of a case's plan, newest first, from before it was reopened too."""
    found = uow.rows(_PLANS, case_id=case_id)
    return [PlanView(*row) for row in found]


def latest(uow: UnitOfWork, case_id: int) -> PlanView | None:
    """The plan in force; None where none was written since the case was opened or reopened."""
    found = uow.rows(_IN_FORCE, case_id=case_id).first()
    return PlanView(*found) if found else None


def episode_of(uow: UnitOfWork, case_id: int) -> int:
    """Which stretch of work on a case runs: 1, and one more for each time it began anew."""
    return int(uow.rows(_EPISODE, case_id=case_id).scalar() or 1)
