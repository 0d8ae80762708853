"""Reads which open case would go to whom, and what is handed over with them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Source
from app.cases.delays.models import Delay
from app.cases.register.models import Case, ReceiverCounter, ResidualReceiver
from app.cases.scope import queries as scope
from app.cases.scope.models import CaseCounter
from app.cases.scope.queries import Standing
from app.cases.states import OPEN, CaseState
from app.contract import queries as contract
from app.contract.models import Contract, Lot, ReceivingTeam
from app.exit.residual.rules import FORTNIGHT, Receiver, Room, Way, seen_between, weeks_left
from app.kernel.paging import Slice, place
from app.kernel.small_numbers import SMALLEST_SHOWN
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome
from app.safeguarding.flags.models import Flag
from app.safeguarding.issues.models import ProtectionIssue
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
_VERSION, _PLANNED_TEAM = aliased(OutcomePlan), aliased(ReceivingTeam)

_NAMED = select(
    col(ReceiverCounter.lot_id), col(ReceiverCounter.receiving_team_id), col(ReceiverCounter.cases)
)


def _by_lot(lot: Any, *where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(lot, func.count()).where(*where).group_by(lot)


def _of_an_open_case(row: Any) -> ColumnElement[bool]:
    """As the lists count: what is left of a case that has ended goes over with no case."""
    return exists().where(col(Case.id) == col(row.case_id), col(Case.ended_on).is_(None))


_CARRIED: tuple[tuple[str, str, Select[*tuple[Any, ...]]], ...] = (
    (
        "Safeguarding flags not answered",
        "/flags",
        _by_lot(col(Flag.lot_id), col(Flag.resolved_at).is_(None)),
    ),
    (
        "Unresolved child protection issues",
        "/unresolved",
        _by_lot(col(ProtectionIssue.lot_id), col(ProtectionIssue.resolved_on).is_(None)),
    ),
    (
        "Actions not done",
        "/actions?whose=all",
        _by_lot(
            col(CaseAction.lot_id), col(CaseAction.ended_on).is_(None), _of_an_open_case(CaseAction)
        ),
    ),
    (
        "Of these, from file audits",
        "/actions?whose=audits",
        _by_lot(
            col(CaseAction.lot_id),
            col(CaseAction.ended_on).is_(None),
            col(CaseAction.source) == Source.FILE_AUDIT,
            _of_an_open_case(CaseAction),
        ),
    ),
    (
        "Delays not ended",
        "/delays",
        _by_lot(col(Delay.lot_id), col(Delay.ended_on).is_(None), _of_an_open_case(Delay)),
    ),
    (
        "Cases agreed and not yet handed over or closed",
        "/cases?state=agreed",
        select(col(CaseCounter.lot_id), func.sum(col(CaseCounter.cases)))
        .where(col(CaseCounter.state) == CaseState.AGREED)
        .group_by(col(CaseCounter.lot_id)),
    ),
)


@dataclass(frozen=True)
class Residual:
    """A lot's open cases, how many would go each way, stand in each state, and to which team."""

    lot_id: int
    contract_id: int
    lot: str
    ways: Mapping[Way, int]
    states: Mapping[CaseState, int]
    named_for: Mapping[int, int]

    @property
    def open(self) -> int:
        return sum(self.ways.values())

    @property
    def named(self) -> int:
        """Open cases that somebody was named to take over."""
        return sum(self.named_for.values())

    @property
    def unplanned(self) -> int:
        return self.ways[Way.NONE]

    @property
    def unnamed(self) -> int:
        """Open cases that nobody was named to take over."""
        return self.open - self.named


@dataclass(frozen=True)
class ResidualRow:
    """An open case, where its plan in force sends it and who was named to take it over."""

    case_id: int
    reference: str
    lot: str
    state: CaseState
    due_on: date | None
    outcome: Outcome | None
    team: str | None
    receiver: str | None
    person: str | None


@dataclass(frozen=True)
class ResidualFilter:
    """Which open cases; `unnamed` are those that nobody was named to take over."""

    lot_id: int | None = None
    way: Way | None = None
    unnamed: bool = False


@dataclass(frozen=True)
class Fortnight:
    """Open cases with something due in a contract's last fortnight, by what is due."""

    starts_on: date
    ends_on: date
    assessments: int
    visits: int
    priority_reviews: int
    risk_reviews: int
    actions: int


@dataclass(frozen=True)
class Carried:
    """What is open beside the cases of each lot and goes over with them, by lot."""

    words: str
    address: str
    lots: Mapping[int, int]

    def shown(self, lot_id: int | None, *, exact: bool) -> int | None:
        """How many in a lot; None for 1 to 5 where it is not `exact`."""
        number = self.lots.get(lot_id or 0, 0)
        return None if not exact and 0 < number < SMALLEST_SHOWN else number


def named_by(uow: UnitOfWork, case_id: int) -> tuple[str | None, datetime] | None:
    """Who named the receiver of a case and when; None where nobody is named."""
    found = uow.session.execute(
        select(col(User.name), col(ResidualReceiver.named_at))
        .select_from(ResidualReceiver)
        .outerjoin(User, col(User.id) == col(ResidualReceiver.named_by))
        .where(col(ResidualReceiver.case_id) == case_id)
    ).first()
    return (found[0], found[1]) if found else None


_WAYS = [Way(way) for way in scope.WAYS]


def count_ways(uow: UnitOfWork) -> dict[Way, int]:
    """The open cases of the actor's lots by way, from the counters."""
    standing = [one for one in scope.list_standing(uow) if one.state.is_open]
    ways = zip(*(one.planned for one in standing), strict=True)
    planned = dict(zip(_WAYS, map(sum, ways), strict=False))
    return {
        **dict.fromkeys(Way, 0),
        **planned,
        Way.NONE: sum(one.cases for one in standing) - sum(planned.values()),
    }


def _ways_of(standing: Standing) -> dict[Way, int]:
    planned = dict(zip(_WAYS, standing.planned, strict=True))
    return {**planned, Way.NONE: standing.cases - sum(standing.planned)}


def count_residual(uow: UnitOfWork) -> list[Residual]:
    """Each lot's open cases by way and state, from the counters, and how many are spoken for."""
    ways: dict[int, Counter[Way]] = defaultdict(Counter)
    states: dict[int, Counter[CaseState]] = defaultdict(Counter)
    for one in scope.list_standing(uow):
        if not one.state.is_open:
            continue
        states[one.lot_id][one.state] += one.cases
        ways[one.lot_id].update(_ways_of(one))
    named: dict[int, dict[int, int]] = defaultdict(dict)
    for lot_id, team_id, number in uow.rows(_NAMED):
        named[lot_id][team_id] = int(number)
    return [
        Residual(
            lot.id,
            lot.contract_id,
            lot.name,
            {way: ways[lot.id][way] for way in Way},
            {state: states[lot.id][state] for state in OPEN},
            named[lot.id],
        )
        for lot in contract.list_lot_names(uow)
    ]


def list_rooms(
    uow: UnitOfWork, lots: Sequence[Residual], until: Mapping[int | None, date]
) -> list[Room]:
    """Each receiving team's room until a day of its contract, by lot and name of team.

    `lots` are all of the actor's, with who was named.
    """
    by_id = {lot.lot_id: lot for lot in lots}
    named: Counter[int] = Counter()
    for lot in lots:
        named.update(lot.named_for)
    return [
        Room(
            team.name,
            by_id[team.lot_id].lot,
            team.lot_id,
            team.weekly_intake,
            named[team.id or 0],
            weeks_left(uow.today, until[by_id[team.lot_id].contract_id]),
        )
        for team in contract.list_teams(uow)
    ]


def last_fortnight(uow: UnitOfWork, agreed: Contract, ends_on: date) -> Fortnight:
    """What falls due in the fortnight before a contract ends on a day, of its open cases.

    A visit is due as many working days after the child was last seen as the contract says.
    """
    starts_on = ends_on - FORTNIGHT
    calendar = contract.calendar(uow, agreed.id or 0)
    seen = seen_between(calendar, agreed.seen_within_days, starts_on, ends_on)
    last_seen = func.coalesce(col(Case.seen_on), col(Case.allocated_on), col(Case.received_on))
    dated = col(Case.due_on), col(Case.next_review_on), col(Case.risk_review_on)
    due_on, priority, risk = (one.between(starts_on, ends_on) for one in dated)
    due = due_on, last_seen.between(*seen), priority, risk
    found = uow.session.execute(
        select(*(func.count().filter(one) for one in due)).where(
            col(Case.contract_id) == agreed.id, col(Case.ended_on).is_(None), or_(*due)
        )
    ).one()
    actions = uow.session.scalar(
        select(func.count())
        .select_from(CaseAction)
        .join(Lot, col(Lot.id) == col(CaseAction.lot_id))
        .where(
            col(Lot.contract_id) == agreed.id,
            col(CaseAction.ended_on).is_(None),
            _of_an_open_case(CaseAction),
            col(CaseAction.due_on).between(starts_on, ends_on),
        )
    )
    assessments, visits, priorities, risks = found
    return Fortnight(starts_on, ends_on, assessments, visits, priorities, risks, int(actions or 0))


def list_carried(uow: UnitOfWork) -> list[Carried]:
    """Open flags, unresolved issues, actions and delays of the actor's lots, and handovers."""
    return [
        Carried(words, address, {lot_id: int(number) for lot_id, number in uow.rows(statement)})
        for words, address, statement in _CARRIED
    ]


def list_residual(uow: UnitOfWork, wanted: ResidualFilter, page: str | None) -> Slice[ResidualRow]:
    """A page of the residual list, those longest due first."""
    kept = _criteria(wanted)
    where = place(page, total=_total(uow, wanted, kept), size=PAGE_SIZE)
    found = uow.session.execute(
        _with_receiver(
            _with_plan(
                select(
                    col(Case.id),
                    col(Case.reference),
                    col(Lot.name),
                    col(Case.state),
                    col(Case.due_on),
                    col(OutcomePlan.outcome),
                    col(_PLANNED_TEAM.name),
                    col(ReceivingTeam.name),
                    col(ResidualReceiver.person),
                )
                .select_from(Case)
                .join(Lot, col(Lot.id) == col(Case.lot_id))
            )
        )
        .where(*kept)
        .order_by(col(Case.due_on), col(Case.id))
        .limit(PAGE_SIZE)
        .offset(where.offset)
    )
    return Slice.at(where, [ResidualRow(*row) for row in found])


def without_receiver(uow: UnitOfWork, lot_id: int, planned_team_id: int | None) -> list[int]:
    """The open cases of a lot that nobody was named for; of those whose plan names a team only."""
    found = (
        _with_plan(select(col(Case.id)).select_from(Case))
        .outerjoin(ResidualReceiver, col(ResidualReceiver.case_id) == col(Case.id))
        .where(col(Case.lot_id) == lot_id, col(ResidualReceiver.id).is_(None))
        .order_by(col(Case.id))
    )
    if planned_team_id is not None:
        found = found.where(col(OutcomePlan.receiving_team_id) == planned_team_id)
    return [int(case_id) for case_id in uow.session.scalars(found)]


def receiver_of(row: ResidualReceiver) -> Receiver:
    return Receiver(row.receiving_team_id, row.person)


def _total(uow: UnitOfWork, wanted: ResidualFilter, kept: list[ColumnElement[bool]]) -> int:
    """By the counters where they know it; those of one way without a receiver are counted."""
    if wanted.unnamed and wanted.way:
        counted = (
            select(func.count())
            .select_from(Case)
            .outerjoin(ResidualReceiver, col(ResidualReceiver.case_id) == col(Case.id))
            .where(col(Case.ended_on).is_(None), *kept)
        )
        return int(uow.session.scalar(counted) or 0)
    lots = [one for one in count_residual(uow) if wanted.lot_id in (None, one.lot_id)]
    if wanted.way:
        return sum(one.ways[wanted.way] for one in lots)
    return sum(one.unnamed if wanted.unnamed else one.open for one in lots)


def _with_plan(cases: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Open cases beside the plan in force, which is the latest where one is in force."""
    latest = (
        select(func.max(col(_VERSION.number)))
        .where(col(_VERSION.case_id) == col(Case.id))
        .correlate(Case)
        .scalar_subquery()
    )
    in_force = and_(
        col(OutcomePlan.case_id) == col(Case.id),
        col(OutcomePlan.number) == latest,
        col(Case.planned) != "",
    )
    return cases.join(OutcomePlan, in_force, isouter=True).where(col(Case.ended_on).is_(None))


def _with_receiver(cases: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        cases.outerjoin(_PLANNED_TEAM, col(_PLANNED_TEAM.id) == col(OutcomePlan.receiving_team_id))
        .outerjoin(ResidualReceiver, col(ResidualReceiver.case_id) == col(Case.id))
        .outerjoin(ReceivingTeam, col(ReceivingTeam.id) == col(ResidualReceiver.receiving_team_id))
    )


def _criteria(wanted: ResidualFilter) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = []
    if wanted.lot_id is not None:
        kept.append(col(Case.lot_id) == wanted.lot_id)
    if wanted.way is not None:
        kept.append(col(Case.planned) == ("" if wanted.way is Way.NONE else wanted.way.value))
    if wanted.unnamed:
        kept.append(col(ResidualReceiver.id).is_(None))
    return kept
