"""Reads of how full a team's weeks may become and what one child more a week would buy."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.agreements.calendar import queries as calendar
from app.agreements.calendar.queries import Booked, Cell, TeamRow
from app.agreements.calendar.rules import HORIZON, SHOWN, problem
from app.agreements.handovers.models import Handover
from app.agreements.intakes.rules import WEEK, weeks_from
from app.agreements.loads.rules import Agreed, Past, coming
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.kernel.days import london_date
from app.kernel.errors import NotFound
from app.planning.overload import overload_probability, ready_paths
from app.planning.smoothing import Worth, smooth_handovers, worth
from app.plans.rules import Route
from app.work.uow import UnitOfWork

LAST = 200
SECONDS = 2.0


@dataclass(frozen=True)
class LikelyWeek:
    """One week of a team: how likely it is over its intake, and how many come at most."""

    cell: Cell
    chance: float
    high: int

    @property
    def tone(self) -> str:
        if self.chance >= 0.5:
            return "bad"
        return "warn" if self.chance >= 0.15 else "good"


@dataclass(frozen=True)
class Weeks:
    """A team with its weeks and the handovers that wait for it."""

    row: TeamRow
    fridays: list[date]
    waiting: list[Booked]


@dataclass(frozen=True)
class Bought:
    """What a team's best weeks come to as published, and with one child more in each open week."""

    now: Worth
    more: Worth
    last_now: date
    last_more: date


_TOOK: Any = (
    select(col(Handover.opened_at), col(Handover.requested_at))
    .where(
        col(Handover.lot_id) == bindparam("lot_id"),
        col(Handover.accepted_on).is_not(None),
        col(Handover.requested_at).is_not(None),
    )
    .order_by(col(Handover.accepted_on).desc())
    .limit(LAST)
)
_DECIDED: Any = (
    select(col(Proposal.decision))
    .where(
        col(Proposal.lot_id) == bindparam("lot_id"),
        col(Proposal.route) == Route.HANDOVER,
        col(Proposal.decided_at).is_not(None),
    )
    .order_by(col(Proposal.decided_at).desc())
    .limit(LAST)
)


def weeks_of(uow: UnitOfWork, team_id: int) -> Weeks:
    """A team's weeks from this one, as far as weeks are worked out; NotFound if not the actor's."""
    fridays = weeks_from(uow.today, HORIZON)
    row = next((one for one in calendar.calendar(uow, fridays) if one.id == team_id), None)
    if row is None:
        raise NotFound
    return Weeks(row, fridays, calendar.list_team(uow, team_id))


def past_of(uow: UnitOfWork, lot_id: int) -> Past:
    """What a lot's last handovers and decisions tell."""
    took = tuple(
        (london_date(asked) - london_date(agreed)) // WEEK
        for agreed, asked in uow.rows(_TOOK, lot_id=lot_id)
    )
    decided = list(uow.rows(_DECIDED, lot_id=lot_id).scalars())
    return Past(took, len(decided), decided.count(Decision.AGREED))


def likely_weeks(uow: UnitOfWork, weeks: Weeks, past: Past) -> list[LikelyWeek]:
    """The weeks shown with how likely each is over; none where too little is known."""
    if not past.is_known:
        return []
    cells = weeks.row.cells[:SHOWN]
    agreed = (
        Agreed(one.waiting.booked, one.target_on, london_date(one.opened_at), bool(one.asked_of))
        for one in weeks.waiting
    )
    children = coming(agreed, [cell.proposed for cell in cells], past, uow.today)
    paths = ready_paths(children, past.took, SHOWN)
    likely = overload_probability(
        [one.week for one in children], paths, [cell.room for cell in cells]
    )
    return [
        LikelyWeek(cell, over, high + cell.accepted)
        for cell, over, high in zip(cells, likely.over, likely.high, strict=True)
    ]


def one_more(weeks: Weeks) -> Bought | None:
    """What one child more a week would buy; None where nothing waits.

    Both ways the weeks are chosen anew, as they would be worked out; closed weeks stay closed.
    """
    if not weeks.waiting:
        return None
    team, fridays = weeks.row.id, weeks.fridays
    barred = {place for place, cell in enumerate(weeks.row.cells) if cell.offer.locked}
    asked = problem(
        [one.waiting for one in weeks.waiting],
        fridays[0],
        lambda _, week: (week - fridays[0]) // WEEK in barred,
    )
    worths = []
    for extra in (0, 1):
        room = [cell.room + extra * (cell.offer.intake > 0) for cell in weeks.row.cells]
        plan = smooth_handovers(
            asked.items,
            {team: room},
            locks=asked.locks,
            barred={team: barred},
            time_budget_s=SECONDS,
        )
        worths.append(worth(asked.items, plan))
    now, more = worths
    return Bought(now, more, fridays[now.last], fridays[more.last])
