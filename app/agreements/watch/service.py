"""Looks for closed cases in later lists; a step of importing one, and of undoing it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.agreements.watch.models import ReReferral, WatchedList
from app.agreements.watch.rules import returns_of
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

# A statement on SQLite takes 32,766 values at most.
CASES_AT_ONCE = 5_000


def watch(
    uow: UnitOfWork,
    lot_id: int,
    batch_id: int,
    listed_on: date,
    referred: Mapping[int, Collection[date]],
) -> int:
    """Note referrals that a list has of closed cases, by case; how many are new."""
    uow.must_be_in(Act.IMPORT_RUN)
    uow.add(WatchedList(lot_id=lot_id, batch_id=batch_id, listed_on=listed_on))
    told = list(referred)
    found = [
        row
        for start in range(0, len(told), CASES_AT_ONCE)
        for row in _returned(uow, told[start : start + CASES_AT_ONCE], referred, listed_on)
    ]
    if not found:
        return 0
    return uow.load(ReReferral, found, batch_id=batch_id, listed_on=listed_on)


def forget(uow: UnitOfWork, batch_id: int) -> None:
    """Take back what a list that is undone had told."""
    uow.must_be_in(Act.IMPORT_UNDO)
    for found in uow.session.exec(select(ReReferral).where(ReReferral.batch_id == batch_id)):
        uow.remove(found)
    for looked in uow.session.exec(select(WatchedList).where(WatchedList.batch_id == batch_id)):
        uow.remove(looked)


def _returned(
    uow: UnitOfWork,
    case_ids: Sequence[int],
    referred: Mapping[int, Collection[date]],
    listed_on: date,
) -> list[dict[str, Any]]:
    """The referrals of those closed cases that are not noted yet."""
    ended = uow.session.execute(
        select(col(Case.id), col(Case.lot_id), col(Case.ended_on)).where(
            col(Case.id).in_(case_ids), Case.state == CaseState.CLOSED
        )
    ).all()
    known = {
        (case_id, day)
        for case_id, day in uow.session.execute(
            select(col(ReReferral.case_id), col(ReReferral.referred_on)).where(
                col(ReReferral.case_id).in_(case_ids)
            )
        )
    }
    return [
        {"case_id": case_id, "lot_id": lot, "closed_on": closed_on, "referred_on": day}
        for case_id, lot, closed_on in ended
        for day in returns_of(referred[case_id], closed_on or listed_on)
        if closed_on is not None and (case_id, day) not in known
    ]
