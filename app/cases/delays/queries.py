"""Reads of delays: the open ones, those of a case, the weekly sheet, and the days they cost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.delays.models import Delay
from app.cases.delays.rules import Ask, DelayReason
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel.clock import Holder
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
# More than a meeting can read, and never the whole of a large lot.
SHEET_MOST = 200


@dataclass(frozen=True)
class DelayRow:
    """One delay with the case it holds up and who is to end it."""

    id: int
    case_id: int
    lot_id: int
    reference: str
    lot: str
    reason: DelayReason
    holder: Holder
    owner_id: int
    owner: str
    begins_on: date
    expected_end: date
    ask: Ask
    solution: str
    recorded_on: date | None
    ended_on: date | None
    version: int

    def days(self, today: date) -> int:
        """Calendar days lost until it ended, or until today."""
        return ((self.ended_on or today) - self.begins_on).days

    def is_late(self, today: date) -> bool:
        """Whether it was expected to have ended by now."""
        return self.ended_on is None and self.expected_end < today


_owner = aliased(User)
_columns: tuple[Any, ...] = (
    Delay.id,
    Delay.case_id,
    Delay.lot_id,
    Case.reference,
    Lot.name,
    Delay.reason,
    Delay.holder,
    Delay.owner_id,
    _owner.name,
    Delay.begins_on,
    Delay.expected_end,
    Delay.ask,
    Delay.solution,
    Delay.recorded_on,
    Delay.ended_on,
    Delay.version,
)
_ROWS = (
    select(*_columns)
    .select_from(Delay)
    .join(Case, col(Case.id) == col(Delay.case_id))
    .join(Lot, col(Lot.id) == col(Delay.lot_id))
    .join(_owner, col(_owner.id) == col(Delay.owner_id))
)
_IS_OPEN = col(Delay.ended_on).is_(None)
_OPEN_OF = _ROWS.where(
    _IS_OPEN, col(Delay.case_id).in_(bindparam("case_ids", expanding=True))
).order_by(col(Delay.begins_on), col(Delay.id))


def open_delays(uow: UnitOfWork, case_ids: Collection[int]) -> dict[int, list[DelayRow]]:
    """The delays that hold those cases up now, by case, the oldest first."""
    found: dict[int, list[DelayRow]] = {case_id: [] for case_id in case_ids}
    for row in uow.rows(_OPEN_OF, case_ids=list(case_ids)):
        found[row.case_id].append(DelayRow(*row))
    return found
