"""Keeps the counts of groups: one function counts every change of what cases belong to."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from app.cases.groups.models import GroupWeek
from app.cases.groups.rules import Member
from app.kernel.days import week_ending
from app.work.uow import UnitOfWork


def count(
    uow: UnitOfWork,
    changes: Iterable[tuple[Member | None, Member | None]],
    on: date | None = None,
) -> None:
    """Count cases from what they belonged to, to what they belong to, in the running command.

    A case that is not open is None. They come and go `on` a day, today by default.
    """
    uow.must_be_in()
    came: Counter[tuple[int, str]] = Counter()
    went: Counter[tuple[int, str]] = Counter()
    for before, after in changes:
        if before == after:
            continue
        was, now = _keys(before), _keys(after)
        came.update(now - was)
        went.update(was - now)
    ending = week_ending(on or uow.today)
    uow.add_up(
        GroupWeek,
        [
            (
                {"lot_id": lot_id, "code": code, "week_ending": ending},
                {"came": came[lot_id, code], "went": went[lot_id, code]},
            )
            for lot_id, code in sorted(came.keys() | went.keys())
        ],
    )


def _keys(case: Member | None) -> set[tuple[int, str]]:
    return {(case.lot_id, code) for code in case.groups} if case else set()
