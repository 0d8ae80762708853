"""The demo's weekly statements of scope: all but the latest are signed by both sides."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, func, select

from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import WEEK, Term
from app.cases.statements import queries, rules
from app.cases.statements.models import ScopeStatement
from app.kernel.days import week_ending
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting


def load_statements(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store a statement of every week that was over some days ago, within a command."""
    for district in setting.districts:
        uow.load(ScopeStatement, _statements(uow, district, today))


def _statements(uow: UnitOfWork, district: District, today: date) -> Iterator[dict[str, Any]]:
    """Issued and signed by the agency on the Monday after, by the council two days later."""
    diary, friday = Diary.of_england(), week_ending(district.starts_on)
    while (monday := diary.working(friday + timedelta(days=3))) < today:
        council_on = diary.working(monday + timedelta(days=2))
        signed = council_on < today - timedelta(days=7)
        issued_at = at(monday, 630)
        said = queries.by_totals(uow, district.lot_id, friday)
        known_to = int(
            uow.session.scalar(
                select(func.max(col(LedgerPosting.id))).where(
                    col(LedgerPosting.lot_id) == district.lot_id,
                    col(LedgerPosting.at) <= issued_at,
                )
            )
            or 0
        )
        postings = queries.sealed_postings(uow, district.lot_id, friday, known_to)
        yield {
            "version": 1,
            "lot_id": district.lot_id,
            "week_ending": friday,
            "before": said.before,
            **{term.value: said.change(term) for term in Term},
            "closing": said.closing,
            "known_to": known_to,
            "digest": rules.seal(district.lot_id, friday, said, postings),
            "issued_by": district.project_manager,
            "issued_at": issued_at,
            "agency_signed_by": district.project_manager,
            "agency_signed_at": issued_at + timedelta(minutes=5),
            "council_signed_by": district.district_manager if signed else None,
            "council_signed_at": at(council_on, 870) if signed else None,
        }
        friday += WEEK
