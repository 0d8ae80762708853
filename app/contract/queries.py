"""Reads of the contract: its lots, teams, clock rules, targets and its calendar."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import Deputy, User, UserLot
from app.access.roles import Role
from app.contract.models import (
    CalendarChange,
    ClockRule,
    Contract,
    ExtraDay,
    Lot,
    ReceivingTeam,
    Target,
    WaitingTerms,
)
from app.contract.rules import Placeholder, TargetTerms, Waiting, curve
from app.kernel import clock
from app.kernel.calendar import Counting, WorkingCalendar, england_and_wales
from app.kernel.clock import AssessmentType
from app.kernel.errors import NotFound
from app.planning.clearance import PlannedWeek
from app.work.once import read_once
from app.work.terms import versions_of
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Decider:
    """Somebody who decides for the council in a lot today; `is_away` is a District Manager."""

    user_id: int
    name: str
    is_deputy: bool
    is_away: bool


@dataclass(frozen=True)
class Cover:
    """A deputy of a lot, from a day to a day."""

    id: int
    lot_id: int
    lot: str
    name: str
    away: bool
    starts_on: date
    ends_on: date
    named_by: str | None
    ended_at: datetime | None

    def stands_on(self, day: date) -> bool:
        return self.ended_at is None and self.starts_on <= day <= self.ends_on


_COUNTING = (
    select(col(Contract.counting), col(ExtraDay.day))
    .outerjoin(ExtraDay, col(ExtraDay.contract_id) == col(Contract.id))
    .where(Contract.id == bindparam("contract_id"))
)
_RULE = select(col(ClockRule.start_event), col(ClockRule.limit_working_days)).where(
    ClockRule.contract_id == bindparam("contract_id"),
    ClockRule.assessment_type == bindparam("kind"),
)

_CONFERENCE = select(col(Contract.conference_within_days)).where(
    Contract.id == bindparam("contract_id")
)


def calendar(uow: UnitOfWork, contract_id: int) -> WorkingCalendar:
    """The working days of one contract: bank holidays, its extra days and how it counts."""
    found = uow.rows(_COUNTING, contract_id=contract_id).all()
    if not found:
        raise NotFound
    extra = frozenset(day for _, day in found if day is not None)
    return england_and_wales(found[0].counting, extra)


def rule_for(uow: UnitOfWork, contract_id: int, kind: AssessmentType) -> clock.ClockRule:
    """What the contract says about one type of assessment; NotFound if it says nothing."""
    rule = uow.rows(_RULE, contract_id=contract_id, kind=kind).first()
    if rule is None:
        raise NotFound
    return clock.ClockRule(kind, rule.start_event, rule.limit_working_days)


class CalendarTerms(NamedTuple):
    """What a statement reads by the columns of `CALENDAR`: enough for `calendar_of`."""

    contract_id: int
    counting: Counting
    has_extra_days: bool


_HAS_EXTRA_DAYS = exists().where(col(ExtraDay.contract_id) == col(Contract.id)).correlate(Contract)
CALENDAR: tuple[Any, ...] = (Contract.id, Contract.counting, _HAS_EXTRA_DAYS)


def calendar_of(uow: UnitOfWork, terms: CalendarTerms) -> WorkingCalendar:
    """The calendar of a contract; extra days off are asked for where there are any."""
    if terms.has_extra_days:
        return calendar(uow, terms.contract_id)
    return england_and_wales(terms.counting)


class ClockTerms(NamedTuple):
    """What a statement over cases reads `with_clock`: enough for `clock_of`."""

    start_event: clock.StartEvent
    limit_working_days: int
    counting: Counting
    has_extra_days: bool


def with_clock(statement: Any, cases: Any) -> Any:
    """A select from a table of cases with the columns of `ClockTerms` after its own."""
    of_kind = and_(
        col(ClockRule.contract_id) == cases.contract_id,
        col(ClockRule.assessment_type) == cases.assessment_type,
    )
    joined = statement.join(Contract, col(Contract.id) == cases.contract_id)
    return joined.join(ClockRule, of_kind).add_columns(
        ClockRule.start_event, ClockRule.limit_working_days, Contract.counting, _HAS_EXTRA_DAYS
    )


def clock_of(
    uow: UnitOfWork, contract_id: int, kind: AssessmentType, terms: ClockTerms
) -> tuple[clock.ClockRule, WorkingCalendar]:
    """The rule and the calendar of a case; extra days off are asked for where there are any."""
    rule = clock.ClockRule(kind, terms.start_event, terms.limit_working_days)
    days = CalendarTerms(contract_id, terms.counting, terms.has_extra_days)
    return rule, calendar_of(uow, days)


def conference_rule(uow: UnitOfWork, contract_id: int) -> clock.ClockRule:
    """How long may lie between a strategy discussion and its initial conference."""
    days = uow.rows(_CONFERENCE, contract_id=contract_id).scalar()
    if days is None:
        raise NotFound
    return clock.conference_rule(days)


def waiting(uow: UnitOfWork, contract_id: int) -> Waiting:
    """What the contract asks for today while a child has no named worker."""
    return next(iter(_waiting_in_force(uow, contract_id)), Waiting())


def waiting_versions(uow: UnitOfWork, contract_id: int) -> list[tuple[WaitingTerms, str | None]]:
    """Every version of those terms with who set it, newest first."""
    return versions_of(uow, WaitingTerms, contract_id)


def calendar_changes(uow: UnitOfWork, contract_id: int) -> list[tuple[CalendarChange, str | None]]:
    """Every change of the contract's calendar with who made it, newest first."""
    found = uow.session.exec(
        select(CalendarChange, User.name)
        .outerjoin(User, col(User.id) == col(CalendarChange.by_user_id))
        .where(CalendarChange.contract_id == contract_id)
        .order_by(col(CalendarChange.id).desc())
    ).all()
    return [(change, name) for change, name in found]


def extra_days(uow: UnitOfWork, contract_id: int) -> list[date]:
    """The days off that the council agreed on beside the bank holidays, the first one first."""
    found = select(col(ExtraDay.day)).where(ExtraDay.contract_id == contract_id)
    return list(uow.session.exec(found.order_by(col(ExtraDay.day))).all())


def _waiting_in_force(uow: UnitOfWork, contract_id: int) -> list[Waiting]:
    kept = WaitingTerms.contract_id == contract_id, col(WaitingTerms.from_on) <= uow.today
    newest = col(WaitingTerms.from_on).desc(), col(WaitingTerms.number).desc()
    found = uow.session.exec(select(WaitingTerms).where(*kept).order_by(*newest).limit(1))
    return [waiting_of(terms) for terms in found]


def waiting_of(terms: WaitingTerms) -> Waiting:
    """A version's terms without who set them."""
    return Waiting(
        terms.review_days,
        terms.seen_days,
        terms.escalate_weeks,
        terms.answer_days,
        frozenset(Placeholder(word) for word in terms.named.split()),
    )


def find_contract(uow: UnitOfWork, contract_id: int) -> Contract:
    """The contract, or NotFound when it is absent or not the actor's."""
    return uow.get(Contract, contract_id)


def find_lot(uow: UnitOfWork, lot_id: int) -> Lot:
    """The lot, or NotFound when it is absent or not the actor's."""
    return uow.get(Lot, lot_id)


_LOTS = select(Lot).order_by(col(Lot.contract_id), col(Lot.name))
_LOT_NAMES = select(Lot.id, Lot.contract_id, Lot.name).order_by(col(Lot.contract_id), col(Lot.name))
_CONTRACT_NAMES = select(col(Contract.id), col(Contract.name)).order_by(col(Contract.name))
_CONTRACTS = select(Contract).order_by(col(Contract.name))
_ASKED: list[Any] = [getattr(Target, one.name) for one in fields(TargetTerms)]
_TARGETS = select(col(Target.lot_id), *_ASKED)


def list_lots(uow: UnitOfWork) -> list[Lot]:
    """The actor's lots in the order of their names."""
    return list(uow.session.exec(_LOTS).all())


class LotName(NamedTuple):
    """A lot as lists and figures name it."""

    id: int
    contract_id: int
    name: str


@read_once
def list_lot_names(uow: UnitOfWork) -> tuple[LotName, ...]:
    """The actor's lots in the order of `list_lots`."""
    return tuple(LotName(*row) for row in uow.rows(_LOT_NAMES).all())


def lot_choices(uow: UnitOfWork) -> list[tuple[int, str]]:
    """The ids and names of the actor's lots, in the order of `list_lots`, to choose from."""
    return [(lot.id, lot.name) for lot in list_lot_names(uow)]


_IN_POST = (
    col(User.disabled_at).is_(None),
    or_(col(User.active_until).is_(None), col(User.active_until) >= bindparam("on")),
)
_MANAGER = (
    select(User.id, User.name)
    .join(Lot, col(Lot.district_manager_id) == User.id)
    .where(Lot.id == bindparam("lot_id"), *_IN_POST)
)
_STANDING = (
    col(Deputy.starts_on) <= bindparam("on"),
    col(Deputy.ends_on) >= bindparam("on"),
    col(Deputy.ended_at).is_(None),
)
_DEPUTIES = (
    select(User.id, User.name, Deputy.away)
    .join(Deputy, col(Deputy.user_id) == User.id)
    .where(Deputy.lot_id == bindparam("lot_id"), *_STANDING, *_IN_POST)
    .order_by(col(Deputy.starts_on), col(Deputy.id))
)


def deciders(uow: UnitOfWork, lot_id: int, on: date | None = None) -> list[Decider]:
    """Who decides for the council in a lot on a day, today by default.

    The District Manager first, then whoever covers; while she is away a deputy is there.
    """
    day = {"lot_id": lot_id, "on": on or uow.today}
    deputies = list(dict.fromkeys(uow.rows(_DEPUTIES, **day).all()))
    away = any(one.away for one in deputies)
    managers = [
        Decider(user_id, name, is_deputy=False, is_away=away)
        for user_id, name in uow.rows(_MANAGER, **day)
    ]
    known = {one.user_id for one in managers}
    return managers + [
        Decider(user_id, name, is_deputy=True, is_away=False)
        for user_id, name in dict.fromkeys((row.id, row.name) for row in deputies)
        if user_id not in known
    ]


_NAMER = aliased(User)
_COVERS = (
    select(  # type: ignore[call-overload]
        Deputy.id,
        Deputy.lot_id,
        Lot.name,
        User.name,
        Deputy.away,
        Deputy.starts_on,
        Deputy.ends_on,
        _NAMER.name,
        Deputy.ended_at,
    )
    .select_from(Deputy)
    .join(Lot, col(Lot.id) == Deputy.lot_id)
    .join(User, col(User.id) == Deputy.user_id)
    .outerjoin(_NAMER, col(_NAMER.id) == Deputy.named_by)
    .order_by(col(Deputy.starts_on).desc(), col(Deputy.id).desc())
    .limit(100)
)


def list_covers(uow: UnitOfWork) -> list[Cover]:
    """The deputies of the actor's lots, the latest first; at most 100."""
    return [Cover(*row) for row in uow.rows(_COVERS)]


_PEOPLE = (
    select(col(UserLot.contract_id), col(User.role), col(User.id), col(User.name))
    .join(User, col(User.id) == col(UserLot.user_id))
    .where(col(UserLot.contract_id).in_(bindparam("contracts", expanding=True)), *_IN_POST)
    .distinct()
    .order_by(col(User.name), col(User.id))
)


def people(uow: UnitOfWork, *roles: Role) -> list[tuple[int, Role, int, str]]:
    """Who is in post in these roles: contract, role, id and name."""
    found = uow.rows(_PEOPLE, contracts=sorted(uow.actor.contract_ids), on=uow.today)
    return [tuple(row) for row in found if row.role in roles]


def deputy_choices(uow: UnitOfWork) -> list[tuple[int, str]]:
    """The District Managers of the council, any of whom may stand in for another."""
    return list(dict.fromkeys(one[2:] for one in people(uow, Role.DISTRICT_MANAGER)))


def manager_choices(uow: UnitOfWork, lot_id: int) -> list[tuple[int, str]]:
    """The District Managers who see a lot by themselves, so that it can be theirs."""
    seeing = set(uow.session.exec(select(UserLot.user_id).where(UserLot.lot_id == lot_id)).all())
    return [(user_id, name) for user_id, name in deputy_choices(uow) if user_id in seeing]


def contract_choices(uow: UnitOfWork) -> list[tuple[int, str]]:
    """The ids and names of the actor's contracts, to choose from."""
    return [(contract_id, name) for contract_id, name in uow.rows(_CONTRACT_NAMES).all()]


def list_contracts(uow: UnitOfWork) -> list[Contract]:
    """The actor's contracts."""
    return list(uow.session.exec(_CONTRACTS).all())


def list_teams(uow: UnitOfWork, lot_id: int | None = None) -> list[ReceivingTeam]:
    """The receiving teams of the actor's lots, or of one of them."""
    teams = select(ReceivingTeam).order_by(col(ReceivingTeam.lot_id), col(ReceivingTeam.name))
    if lot_id is not None:
        teams = teams.where(ReceivingTeam.lot_id == lot_id)
    return list(uow.session.exec(teams).all())


def find_team(uow: UnitOfWork, team_id: int) -> ReceivingTeam:
    """The receiving team, or NotFound when it is absent or not the actor's."""
    return uow.get(ReceivingTeam, team_id)


def list_targets(uow: UnitOfWork) -> dict[int, TargetTerms]:
    """The target of each of the actor's lots, by lot."""
    return {lot_id: TargetTerms(*asked) for lot_id, *asked in uow.rows(_TARGETS).all()}


def find_target(uow: UnitOfWork, lot_id: int) -> Target:
    """The target of a lot, or NotFound when the lot is absent or not the actor's."""
    target = uow.session.exec(select(Target).where(Target.lot_id == lot_id)).first()
    if target is None:
        raise NotFound
    return target


def planned(uow: UnitOfWork, lot_id: int) -> tuple[PlannedWeek, ...]:
    """The planned clearance of a lot, week by week."""
    return curve(terms_of_target(find_target(uow, lot_id)))


def planned_of(target: TargetTerms) -> tuple[PlannedWeek, ...]:
    """The planned clearance that a target asks for, week by week."""
    return curve(target)


def terms_of_target(target: Target) -> TargetTerms:
    """What a target asks for."""
    return TargetTerms(
        target.opening_backlog, target.starts_on, target.ends_on, target.ramp_weeks, target.clause
    )
