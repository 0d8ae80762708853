"""Reads earlier outlooks and what has come since."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.cases.scope import queries as scope
from app.cases.scope.models import DailyTotal
from app.cases.scope.rules import Term
from app.contract import queries as contract
from app.finance.outlook.models import LotOutlook
from app.finance.track_record.rules import Came, Said, Tested, chosen, compare
from app.kernel.days import london_date
from app.work.uow import UnitOfWork

LONGEST_AGO = timedelta(weeks=53)
_OUT = (Term.CLEARED, Term.HANDED_BACK, Term.TRANSFERRED)
# The last of each week, so that a year of nights is read as few rows.
_WEEKLY = (
    select(func.max(col(LotOutlook.id)))
    .where(col(LotOutlook.as_at) >= bindparam("since"))
    .group_by(col(LotOutlook.lot_id), col(LotOutlook.as_at))
)
_SAID = select(
    *(
        getattr(LotOutlook, name)
        for name in ("lot_id", "made_at", "remaining", "ends_early", "ends_middle", "ends_late")
    ),
    *(getattr(LotOutlook, name) for name in ("low", "middle", "high")),
).where(col(LotOutlook.id).in_(_WEEKLY))
_LEFT = (
    select(col(DailyTotal.lot_id), func.max(col(DailyTotal.day)).label("day"))
    .where(col(DailyTotal.term).in_(_OUT))
    .group_by(col(DailyTotal.lot_id))
)


@dataclass(frozen=True)
class LotRecord:
    """A lot's earlier outlooks, the latest first; none where none is old enough."""

    lot_id: int
    lot: str
    tested: tuple[Tested, ...]

    @property
    def within(self) -> int:
        return sum(1 for one in self.tested if one.came is Came.WITHIN)


def records(uow: UnitOfWork) -> list[LotRecord]:
    """How good the outlooks of the actor's lots were, in the order of the lots' names."""
    found = (
        Said(lot_id, london_date(made_at), *rest)
        for lot_id, made_at, *rest in uow.rows(_SAID, since=uow.today - LONGEST_AGO)
    )
    by_lot = chosen(found)
    still_open = scope.open_cases(scope.list_counted(uow))
    ended = _ended(uow) if any(not still_open[lot_id] for lot_id in by_lot) else {}
    return [
        LotRecord(
            lot_id,
            name,
            tuple(
                compare(
                    said,
                    by_lot[lot_id][0],
                    open_now=still_open[lot_id],
                    ended_on=None if still_open[lot_id] else ended.get(lot_id),
                    today=uow.today,
                )
                for said in by_lot[lot_id][1]
            ),
        )
        for lot_id, name in contract.lot_choices(uow)
        if lot_id in by_lot
    ]


def _ended(uow: UnitOfWork) -> dict[int, date]:
    """The last day on which a case left each lot."""
    return {row.lot_id: row.day for row in uow.rows(_LEFT)}
