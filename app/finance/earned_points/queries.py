"""Reads of earned points: the terms and their versions, and what the weeks of lots came to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import col

from app.access.models import User
from app.finance.earned_points.models import EarnedMark, EarnedTerms, EarnedWeek
from app.finance.earned_points.rules import (
    STANDARD,
    Amounts,
    Terms,
    Week,
    figures,
    terms_on,
)
from app.work.terms import versions_of
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class TermsView:
    """A version with who drafted and who agreed it."""

    terms: Terms
    reason: str
    drafted_by: str
    drafted_at: datetime
    agreed_by: str
    agreed_at: datetime | None
    from_on: date | None


_WEEKS = select(
    col(EarnedWeek.lot_id),
    col(EarnedWeek.week_ending),
    col(EarnedWeek.original),
    col(EarnedWeek.step),
    col(EarnedWeek.earned),
    col(EarnedWeek.weight),
    col(EarnedWeek.cases),
    col(EarnedWeek.days),
).order_by(col(EarnedWeek.lot_id), col(EarnedWeek.week_ending))
_MARKS = select(col(EarnedMark.lot_id), col(EarnedMark.counted_at))


def list_weeks(uow: UnitOfWork) -> list[Week]:
    """What every week of the actor's lots came to."""
    return [
        Week(lot_id, friday, original, step, Amounts(*amounts))
        for lot_id, friday, original, step, *amounts in uow.rows(_WEEKS)
    ]


def counted_at(uow: UnitOfWork) -> dict[int, datetime]:
    """When the points of each lot were counted last."""
    return {row.lot_id: row.counted_at for row in uow.rows(_MARKS)}


def list_versions(uow: UnitOfWork, contract_id: int) -> list[TermsView]:
    """Every version of a contract's terms, the newest first, drafts too."""
    agreers = {row.id: row.name for row in uow.session.scalars(select(User))}
    return [
        TermsView(
            terms_of(row),
            row.reason,
            by or "the command line",
            row.at,
            agreers.get(row.agreed_by, ""),
            row.agreed_at,
            row.from_on,
        )
        for row, by in versions_of(uow, EarnedTerms, contract_id)
    ]


def terms_in_force(uow: UnitOfWork, contract_id: int) -> Callable[[date], Terms]:
    """What holds in a contract on any day."""
    agreed = [
        (row.from_on, terms_of(row))
        for row in uow.session.scalars(
            select(EarnedTerms)
            .where(
                col(EarnedTerms.contract_id) == contract_id, col(EarnedTerms.from_on).is_not(None)
            )
            .order_by(col(EarnedTerms.from_on), col(EarnedTerms.number))
        )
    ]
    return terms_on([(day, terms) for day, terms in agreed if day is not None])


def newest(uow: UnitOfWork, contract_id: int) -> EarnedTerms | None:
    """The version with the highest number, drafted or agreed."""
    versions = versions_of(uow, EarnedTerms, contract_id)
    return versions[0][0] if versions else None


def terms_of(row: EarnedTerms) -> Terms:
    """A stored version as the rules take it."""
    return Terms(**{name: getattr(row, name) for name in figures(STANDARD)}, number=row.number)
