"""Reads of the calendar: what each team and week holds, and the plans that smooth them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.agreements.calendar.models import Smoothing, SmoothingMove
from app.agreements.calendar.rules import HORIZON, Result, Waiting, names_of
from app.agreements.handovers.models import Handover
from app.agreements.handovers.queries import IS_WAITING
from app.agreements.intakes import queries as intakes
from app.agreements.intakes.rules import WEEK, Offer, weeks_from
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.queries import IS_OUT
from app.agreements.receiving import queries as receiving
from app.cases.register.models import Case
from app.contract.models import Lot, ReceivingTeam
from app.kernel import paging
from app.kernel.days import week_ending
from app.kernel.errors import NotFound, Refused
from app.planning.smoothing import Item, min_constant_intake, shortfalls
from app.plans.models import OutcomePlan
from app.plans.rules import Route
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Cell:
    """One team's week: children accepted and booked beside what it takes, and what may come."""

    week: date
    offer: Offer
    accepted: int
    booked: int
    proposed: int

    @property
    def load(self) -> int:
        return self.accepted + self.booked

    @property
    def room(self) -> int:
        """What it still takes beside what it has accepted."""
        return max(0, self.offer.intake - self.accepted)

    @property
    def over(self) -> int:
        return max(0, self.load - self.offer.intake)

    @property
    def tone(self) -> str:
        if self.over:
            return "over"
        return "full" if self.load and self.load == self.offer.intake else "room"


@dataclass(frozen=True)
class TeamRow:
    """One receiving team with its weeks; `unbooked` wait for it without a week."""

    id: int
    team: str
    lot: str
    lot_id: int
    unbooked: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Booked:
    """One waiting handover of a team as its lists show it."""

    case_id: int
    reference: str
    outcome: str
    asked_of: str
    opened_at: datetime
    target_on: date
    waiting: Waiting


_TEAMS: Any = (
    select(
        col(ReceivingTeam.id),
        col(ReceivingTeam.name),
        col(Lot.name),
        col(ReceivingTeam.lot_id),
        col(ReceivingTeam.weekly_intake),
    )
    .join(Lot, col(Lot.id) == ReceivingTeam.lot_id)
    .order_by(col(Lot.name), col(ReceivingTeam.name))
)
# Proposals that are out: they may be agreed and then want a week near their target.
_PROPOSED: Any = (
    select(col(OutcomePlan.receiving_team_id), col(OutcomePlan.target_on), func.count())
    .select_from(Proposal)
    .join(Case, col(Case.id) == Proposal.case_id)
    .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
    .where(
        IS_OUT,
        col(Proposal.route) == Route.HANDOVER,
        col(OutcomePlan.receiving_team_id).is_not(None),
    )
    .group_by(col(OutcomePlan.receiving_team_id), col(OutcomePlan.target_on))
)


def calendar(uow: UnitOfWork, weeks: Sequence[date]) -> list[TeamRow]:
    """Every receiving team of the actor's lots with its weeks, the Fridays given."""
    this_week = week_ending(uow.today)
    published = intakes.published(uow, weeks[0], weeks[-1])
    waiting = {
        (team, week): number for (_, team, week), number in receiving.waiting_by_week(uow).items()
    }
    before = weeks[0] - WEEK
    days = receiving.accepted_by_day(uow, before, weeks[-1])
    accepted = _by_week(((team, day, number) for (_, team, day), number in days.items()), before)
    proposed = _by_week(uow.rows(_PROPOSED), this_week)
    rows = []
    for team_id, team, lot, lot_id, usual in uow.rows(_TEAMS):
        cells = tuple(
            Cell(
                week,
                published.get((team_id, week), Offer(usual)),
                accepted[team_id, week],
                waiting.get((team_id, week), 0),
                proposed[team_id, week],
            )
            for week in weeks
        )
        # What was booked for a week that is over has no week any more.
        unbooked = sum(
            number
            for (team_of, week), number in waiting.items()
            if team_of == team_id and (week is None or week < this_week)
        )
        rows.append(TeamRow(team_id, team, lot, lot_id, unbooked, cells))
    return rows


def _by_week(
    rows: Iterable[tuple[int | None, date, int]], earliest: date
) -> Counter[tuple[int | None, date]]:
    """Numbers by team and Friday; what was meant for an earlier week counts in the earliest."""
    counted: Counter[tuple[int | None, date]] = Counter()
    for team_id, day, number in rows:
        counted[team_id, max(week_ending(day), earliest)] += number
    return counted


# The plan agreed to, beside the newer ones that `IS_WAITING` looks for.
_AGREED = aliased(OutcomePlan)
_WEIGHED = (
    Handover.id,
    Handover.case_id,
    Handover.lot_id,
    Handover.receiving_team_id,
    Case.family_key,
    Case.priority,
    Case.open_flags,
    Case.child_protection,
    _AGREED.outcome,
    _AGREED.target_on,
    Handover.week_ending,
)
_LIST: Any = (
    select(  # type: ignore[call-overload]
        *_WEIGHED, Case.reference, Handover.asked_of, Handover.opened_at
    )
    .select_from(Handover)
    .join(Case, col(Case.id) == Handover.case_id)
    .join(
        _AGREED,
        (col(_AGREED.case_id) == col(Handover.case_id))
        & (col(_AGREED.number) == col(Handover.plan_number)),
    )
    .where(IS_WAITING, col(Handover.receiving_team_id).is_not(None))
    .order_by(col(Handover.opened_at), col(Handover.id))
)
_OF_TEAM = _LIST.where(col(Handover.receiving_team_id) == bindparam("team_id"))
_PAGE = _OF_TEAM.limit(bindparam("size")).offset(bindparam("skip"))
_NUMBER: Any = (
    select(func.count())
    .select_from(Handover)
    .join(Case, col(Case.id) == Handover.case_id)
    .where(IS_WAITING, col(Handover.receiving_team_id) == bindparam("team_id"))
)
_OF_LOT = _LIST.where(col(Handover.lot_id) == bindparam("lot_id"))
_OF_CASE = _LIST.where(col(Handover.case_id) == bindparam("case_id"))


def list_team(uow: UnitOfWork, team_id: int) -> list[Booked]:
    """The handovers that wait for a team, the one agreed first at the head."""
    return [_booked(row) for row in uow.rows(_OF_TEAM, team_id=team_id)]


def page_of_team(uow: UnitOfWork, team_id: int, page: str | None) -> paging.Slice[Booked]:
    """One page of them."""
    place = paging.place(page, total=int(uow.rows(_NUMBER, team_id=team_id).scalar() or 0), size=50)
    found = uow.rows(_PAGE, team_id=team_id, size=place.size, skip=place.offset)
    return paging.Slice.at(place, [_booked(row) for row in found])


def list_lot(uow: UnitOfWork, lot_id: int) -> list[Waiting]:
    """The handovers of a lot that wait for a team, the one agreed first at the head."""
    return [_booked(row).waiting for row in uow.rows(_OF_LOT, lot_id=lot_id)]


def find_waiting(uow: UnitOfWork, case_id: int) -> Booked:
    """A case's handover to a team that waits; Refused where there is none."""
    uow.get(Case, case_id)
    found = uow.rows(_OF_CASE, case_id=case_id).first()
    if found is None:
        raise Refused("No agreed handover of this case waits for a receiving team.")
    return _booked(found)


def _booked(row: Any) -> Booked:
    waiting = Waiting(*row[: len(_WEIGHED)])
    reference, asked_of, opened_at = row[len(_WEIGHED) :]
    return Booked(
        waiting.case_id,
        reference,
        waiting.outcome.label,
        asked_of,
        opened_at,
        waiting.target_on,
        waiting,
    )


@dataclass(frozen=True)
class MoveView:
    """One case of a plan: its week before and now, and the weeks that it waits for others."""

    case_id: int
    reference: str
    team_id: int
    team: str
    urgency: int
    ready_week: date
    latest_week: date
    before_week: date | None
    week_ending: date
    result: Result | None

    @property
    def extra_weeks(self) -> int:
        return (self.week_ending - self.ready_week) // WEEK

    @property
    def is_late(self) -> bool:
        return self.week_ending > self.latest_week

    def item(self, first: date) -> Item:
        """The case as the planner weighs one child."""
        ready, latest = (self.ready_week - first) // WEEK, (self.latest_week - first) // WEEK
        return Item(self.case_id, ready, latest, 1, self.urgency, self.team_id)


@dataclass(frozen=True)
class SmoothingView:
    """A plan with who made and accepted it."""

    id: int
    lot_id: int
    lot: str
    first_week: date
    proven: bool
    made_by: str | None
    made_at: datetime
    accepted_by: str | None
    accepted_at: datetime | None


@dataclass(frozen=True)
class TeamOutlook:
    """What a plan means for one team: its worst week at once and after, and what it cannot meet."""

    team: str
    children: int
    peak_at_once: int
    peak: int
    over: tuple[tuple[date, int], ...]
    impossible: tuple[str, ...]
    enough: int


_MAKER, _ACCEPTER = aliased(User), aliased(User)
_SMOOTHINGS: Any = (
    select(
        col(Smoothing.id),
        col(Smoothing.lot_id),
        col(Lot.name),
        col(Smoothing.first_week),
        col(Smoothing.proven),
        col(_MAKER.name),
        col(Smoothing.made_at),
        col(_ACCEPTER.name),
        col(Smoothing.accepted_at),
    )
    .join(Lot, col(Lot.id) == Smoothing.lot_id)
    .outerjoin(_MAKER, col(_MAKER.id) == Smoothing.made_by)
    .outerjoin(_ACCEPTER, col(_ACCEPTER.id) == Smoothing.accepted_by)
    .order_by(col(Smoothing.id).desc())
)
_BY_ID = _SMOOTHINGS.where(col(Smoothing.id) == bindparam("smoothing_id"))
_LATEST = _SMOOTHINGS.limit(5)
_MOVES: Any = (
    select(
        col(SmoothingMove.case_id),
        col(Case.reference),
        col(SmoothingMove.receiving_team_id),
        col(ReceivingTeam.name),
        col(SmoothingMove.urgency),
        col(SmoothingMove.ready_week),
        col(SmoothingMove.latest_week),
        col(SmoothingMove.before_week),
        col(SmoothingMove.week_ending),
        col(SmoothingMove.result),
    )
    .join(Case, col(Case.id) == SmoothingMove.case_id)
    .join(ReceivingTeam, col(ReceivingTeam.id) == SmoothingMove.receiving_team_id)
    .where(col(SmoothingMove.smoothing_id) == bindparam("smoothing_id"))
    .order_by(col(ReceivingTeam.name), col(SmoothingMove.week_ending), col(SmoothingMove.id))
)


def find_smoothing(uow: UnitOfWork, smoothing_id: int) -> SmoothingView:
    """A plan, or NotFound when it is absent or not the actor's."""
    found = uow.rows(_BY_ID, smoothing_id=smoothing_id).first()
    if found is None:
        raise NotFound
    return SmoothingView(*found)


def list_smoothings(uow: UnitOfWork) -> list[SmoothingView]:
    """The actor's latest plans."""
    return [SmoothingView(*row) for row in uow.rows(_LATEST)]


def rows_of(uow: UnitOfWork, smoothing_id: int) -> list[SmoothingMove]:
    """The rows of a plan, to be changed."""
    found = select(SmoothingMove).where(col(SmoothingMove.smoothing_id) == smoothing_id)
    return list(uow.session.scalars(found))


def moves_of(uow: UnitOfWork, smoothing_id: int) -> list[MoveView]:
    """Every case of a plan, by team and week."""
    return [MoveView(*row) for row in uow.rows(_MOVES, smoothing_id=smoothing_id)]


def outlook(uow: UnitOfWork, plan: SmoothingView, moves: Sequence[MoveView]) -> list[TeamOutlook]:
    """What a plan means for each of its teams, by what the teams take as published now."""
    weeks = weeks_from(plan.first_week, HORIZON)
    rooms = {row.id: [cell.room for cell in row.cells] for row in calendar(uow, weeks)}
    found = []
    for team_id, team in sorted({(move.team_id, move.team) for move in moves}, key=lambda t: t[1]):
        own = [move for move in moves if move.team_id == team_id]
        after = Counter(move.week_ending for move in own)
        items = [move.item(plan.first_week) for move in own]
        short = shortfalls(items, rooms[team_id])
        least, _ = min_constant_intake([i.ready for i in items], [i.latest for i in items])
        found.append(
            TeamOutlook(
                team,
                len(own),
                max(Counter(move.ready_week for move in own).values()),
                max(after.values()),
                tuple(
                    (week, after[week] - room)
                    for week, room in zip(weeks, rooms[team_id], strict=True)
                    if after[week] > room
                ),
                tuple(
                    f"{names_of(weeks, one.first, one.last)} {one.needed} must come to be in time,"
                    f" and {one.offered} can: {one.missing} too many."
                    for one in short
                ),
                least,
            )
        )
    return found
