"""Reads of what waits for the receiving teams and of what they accepted."""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlmodel import col

from app.agreements.handovers.models import Handover
from app.agreements.handovers.queries import (
    ELSEWHERE,
    HANDOVERS,
    IS_TO_ACCEPT,
    IS_WAITING,
    HandoverView,
)
from app.agreements.intakes.models import IntakeWeek
from app.agreements.receiving.rules import Show, TeamWeek
from app.contract.models import Lot, ReceivingTeam
from app.kernel import paging
from app.kernel.counts import Count, counted
from app.kernel.days import week_beginning, week_ending
from app.work.counting import figure, up_to
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
LATELY = 20
MOST_OF_TEAM = 100
"""Handovers waiting for one team that are counted one by one."""

_KEPT: dict[Show, ColumnElement[bool]] = {Show.ALL: IS_WAITING, Show.TO_ACCEPT: IS_TO_ACCEPT}
_IDS: dict[Show, Any] = {show: select(col(Handover.id)).where(kept) for show, kept in _KEPT.items()}
_COUNTS = {
    show: ids.with_only_columns(func.count(), maintain_column_froms=True)
    for show, ids in _IDS.items()
}
_TO_ACCEPT = up_to(_IDS[Show.TO_ACCEPT])
_PAGES: dict[Show, Any] = {
    show: HANDOVERS.where(kept)
    .order_by(col(Handover.opened_at), col(Handover.id))
    .limit(PAGE_SIZE)
    .offset(bindparam("skip"))
    for show, kept in _KEPT.items()
}
_ACCEPTED_LATELY = (
    HANDOVERS.where(col(Handover.accepted_on).is_not(None))
    .order_by(col(Handover.accepted_on).desc(), col(Handover.id).desc())
    .limit(LATELY)
)
_OF_TEAM: tuple[Any, ...] = (Handover.lot_id, Handover.receiving_team_id)
_WAITING: Any = (
    select(*_OF_TEAM, col(Handover.week_ending), func.count())
    .where(IS_WAITING)
    .group_by(*_OF_TEAM, col(Handover.week_ending))
)
_ACCEPTED: Any = (
    select(*_OF_TEAM, col(Handover.accepted_on), func.count())
    .where(col(Handover.accepted_on).between(bindparam("first"), bindparam("last")))
    .group_by(*_OF_TEAM, col(Handover.accepted_on))
)


def _waiting_for(lot: Any, team: ColumnElement[bool]) -> Any:
    found = _IDS[Show.ALL].where(col(Handover.lot_id) == lot, team)
    return up_to(found.correlate(ReceivingTeam, Lot), MOST_OF_TEAM).scalar_subquery()


_TEAMS: Any = (
    select(
        col(ReceivingTeam.id),
        col(ReceivingTeam.lot_id),
        col(ReceivingTeam.name),
        col(Lot.name),
        func.coalesce(IntakeWeek.intake, ReceivingTeam.weekly_intake),
        _waiting_for(ReceivingTeam.lot_id, col(Handover.receiving_team_id) == ReceivingTeam.id),
    )
    .join(Lot, col(Lot.id) == ReceivingTeam.lot_id)
    .outerjoin(
        IntakeWeek,
        (col(IntakeWeek.receiving_team_id) == ReceivingTeam.id)
        & (col(IntakeWeek.week_ending) == bindparam("ends")),
    )
    .order_by(col(Lot.name), col(ReceivingTeam.name))
)
_ELSEWHERE = select(
    col(Lot.id), col(Lot.name), _waiting_for(Lot.id, col(Handover.receiving_team_id).is_(None))
).order_by(col(Lot.name))


def count_waiting(uow: UnitOfWork, show: Show = Show.ALL) -> int:
    """How many agreed handovers of the actor's lots wait, or wait for the council's answer."""
    return int(uow.rows(_COUNTS[show]).scalar() or 0)


def count_to_accept(uow: UnitOfWork) -> Count:
    """How many handovers wait for the council's answer, for a figure."""
    return figure(uow.rows(_TO_ACCEPT).scalar())


def list_waiting(
    uow: UnitOfWork, show: Show = Show.ALL, page: str | int | None = 1
) -> paging.Slice[HandoverView]:
    """One page of the handovers that wait, the one agreed first at the head."""
    place = paging.place(page, total=count_waiting(uow, show), size=PAGE_SIZE)
    found = uow.rows(_PAGES[show], skip=place.offset)
    return paging.Slice.at(place, [HandoverView(*row) for row in found])


def list_accepted(uow: UnitOfWork) -> list[HandoverView]:
    """The handovers of the actor's lots that were accepted last, newest first."""
    return [HandoverView(*row) for row in uow.rows(_ACCEPTED_LATELY)]


def waiting_by_week(uow: UnitOfWork) -> dict[tuple[int, int | None, date | None], int]:
    """How many handovers wait, by lot, team and the week booked; without a team it is elsewhere."""
    return {(lot, team, week): number for lot, team, week, number in uow.rows(_WAITING)}


def accepted_by_day(
    uow: UnitOfWork, first: date, last: date
) -> dict[tuple[int, int | None, date], int]:
    """How many handovers were accepted, by lot, team and day."""
    found = uow.rows(_ACCEPTED, first=first, last=last)
    return {(lot, team, day): number for lot, team, day, number in found}


def list_teams(uow: UnitOfWork) -> list[TeamWeek]:
    """Each receiving team of the actor's lots with its week, which ends on Friday."""
    ends = week_ending(uow.today)
    accepted = Counter[tuple[int, int | None]]()
    for (lot_id, team_id, _), number in accepted_by_day(uow, week_beginning(ends), ends).items():
        accepted[lot_id, team_id] += number
    teams = [
        TeamWeek(team, lot, intake, counted(waiting, MOST_OF_TEAM), accepted[lot_id, team_id])
        for team_id, lot_id, team, lot, intake, waiting in uow.rows(_TEAMS, ends=ends)
    ]
    elsewhere = [
        TeamWeek(ELSEWHERE, lot, None, counted(waiting, MOST_OF_TEAM), accepted[lot_id, None])
        for lot_id, lot, waiting in uow.rows(_ELSEWHERE)
        if waiting or accepted[lot_id, None]
    ]
    return teams + elsewhere
