"""Sets up a contract with its lots, and changes what is agreed in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import select

from app.access.models import Deputy
from app.access.roles import Role
from app.contract import queries
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
from app.contract.rules import (
    COUNTING_WORDS,
    CalendarAct,
    TargetTerms,
    Waiting,
    check_closing,
    check_cover,
    check_entering,
    check_extra_day,
    check_intake,
    check_target,
    check_term,
    check_waiting,
)
from app.kernel import clock
from app.kernel.acts import Act
from app.kernel.calendar import Counting
from app.kernel.days import show_date
from app.kernel.errors import Invalid, NotFound, Refused
from app.work.terms import next_number
from app.work.uow import UnitOfWork

SETTING_UP = Act.CONTRACT_CREATE, Act.DEMO_SEED


@dataclass(frozen=True)
class ContractTerms:
    """The parties of a contract, its term, and how its clocks and calendar run."""

    name: str
    reference: str
    council: str
    agency: str
    starts_on: date
    ends_on: date
    counting: Counting = Counting.DAY_ZERO
    seen_within_days: int = 20
    decide_within_days: int = 5
    chase_most: int = 3
    conference_within_days: int = 15


def create_contract(
    uow: UnitOfWork,
    terms: ContractTerms,
    rules: Sequence[clock.ClockRule],
    extra_days: Sequence[date] = (),
) -> int:
    """Add a contract with its clock rules and extra days off, within a command; returns its id.

    Invalid for a name that is taken and for a term that cannot be meant.
    """
    uow.must_be_in(*SETTING_UP)
    check_term(terms.starts_on, terms.ends_on)
    with uow.beyond_scope():
        if uow.session.exec(select(Contract.id).where(Contract.name == terms.name)).first():
            raise Invalid("name", f"There is a contract named {terms.name} already.")
        contract = uow.add(Contract(**vars(terms)))
        contract_id = contract.id or 0
        for rule in rules:
            if rule.assessment_type is None:
                raise ValueError("The conference’s clock is a term of the contract.")
            uow.add(ClockRule(contract_id=contract_id, **_columns_of(rule)))
        for day in extra_days:
            uow.add(ExtraDay(contract_id=contract_id, day=day))
    return contract_id


def add_lot(
    uow: UnitOfWork,
    contract_id: int,
    name: str,
    district: str,
    *,
    teams: Sequence[tuple[str, int]],
    target: TargetTerms,
) -> int:
    """Add a lot with its receiving teams (name, weekly intake) and target, within a command."""
    uow.must_be_in(*SETTING_UP)
    with uow.beyond_scope():
        contract = uow.get(Contract, contract_id)
        check_target(target, runs=(contract.starts_on, contract.ends_on), cleared=0)
        lot = uow.add(Lot(contract_id=contract_id, name=name, district=district))
        lot_id = lot.id or 0
        for team, weekly_intake in teams:
            check_intake(weekly_intake)
            uow.add(ReceivingTeam(lot_id=lot_id, name=team, weekly_intake=weekly_intake))
        uow.add(Target(lot_id=lot_id, **vars(target)))
    return lot_id


def name_district_manager(uow: UnitOfWork, lot_id: int, user_id: int) -> None:
    """Name the District Manager whom a lot's safeguarding flags are sent to."""
    uow.must_be_in(*SETTING_UP)
    with uow.beyond_scope():
        uow.get(Lot, lot_id).district_manager_id = user_id


def change_district_manager(uow: UnitOfWork, lot_id: int, user_id: int, version: int) -> None:
    """Name another District Manager of a lot, who sees it already; a cover by them ends with it."""
    with uow.command(Act.DISTRICT_MANAGER_NAME):
        lot = queries.find_lot(uow, lot_id)
        known = dict(queries.deputy_choices(uow)).get(
            lot.district_manager_id or 0, "Nobody in post"
        )
        uow.expect(lot, version, {"District Manager": known})
        if user_id == lot.district_manager_id:
            raise Invalid("user_id", "This is the lot’s District Manager already.")
        if user_id not in dict(queries.manager_choices(uow, lot_id)):
            raise Invalid("user_id", "Choose a District Manager who sees this lot.")
        lot.district_manager_id = user_id
        for cover in uow.session.exec(select(Deputy).where(Deputy.lot_id == lot_id)).all():
            if cover.user_id == user_id and cover.ended_at is None and cover.ends_on >= uow.today:
                cover.ended_at, cover.ended_by = uow.now, uow.actor.user_id
        uow.mail(user_id, "You are named District Manager of a lot", "/deputies")


def close_lot(uow: UnitOfWork, lot_id: int, references: Sequence[str], cases: int) -> None:
    """Let no case enter a lot from today, within a command; Refused while `cases` are open."""
    uow.must_be_in(Act.EXIT_LOT)
    lot = queries.find_lot(uow, lot_id)
    check_closing(lot.name, lot.closed_on, references, cases)
    lot.closed_on = uow.today


def open_lot_again(uow: UnitOfWork, lot_id: int) -> None:
    """Let cases enter a closed lot again, within a command."""
    uow.must_be_in(Act.EXIT_LOT)
    lot = queries.find_lot(uow, lot_id)
    if lot.closed_on is None:
        raise Refused(f"Lot {lot.name} is open.")
    lot.closed_on = None


def check_takes_cases(uow: UnitOfWork, lot_id: int) -> None:
    """Raise Refused where a lot is closed, whoever's it is."""
    with uow.beyond_scope():
        lot = uow.get(Lot, lot_id)
    check_entering(lot.name, lot.closed_on)


def set_target(
    uow: UnitOfWork, lot_id: int, terms: TargetTerms, *, version: int, cleared: int
) -> None:
    """Set a lot's target, within a command; `cleared` is how many of its cases are cleared.

    Raises Invalid for terms that cannot be meant and Conflict where someone else was faster.
    """
    uow.must_be_in(Act.CONTRACT_EDIT)
    lot = queries.find_lot(uow, lot_id)
    target = queries.find_target(uow, lot_id)
    uow.expect(target, version, shown(target))
    contract = uow.get(Contract, lot.contract_id)
    check_target(terms, runs=(contract.starts_on, contract.ends_on), cleared=cleared)
    for name, value in vars(terms).items():
        setattr(target, name, value)


def end_on(uow: UnitOfWork, contract_id: int, ends_on: date) -> None:
    """Let a contract end on another day, within a command; Invalid for one that cannot be."""
    uow.must_be_in(Act.CONTRACT_EDIT)
    contract = queries.find_contract(uow, contract_id)
    try:
        check_term(contract.starts_on, ends_on)
    except Invalid as fault:
        raise Invalid("contract_ends_on", fault.sentence) from fault
    contract.ends_on = ends_on
    uow.session.flush()


def set_intake(uow: UnitOfWork, team_id: int, weekly_intake: int, *, version: int) -> None:
    """Change how many cases a receiving team can take over in a week."""
    with uow.command(Act.CONTRACT_EDIT):
        team = uow.get(ReceivingTeam, team_id)
        uow.expect(team, version, {"Weekly intake": str(team.weekly_intake)})
        check_intake(weekly_intake)
        team.weekly_intake = weekly_intake


def name_deputy(
    uow: UnitOfWork, lot_id: int, user_id: int, starts_on: date, ends_on: date, *, away: bool
) -> int:
    """Name who decides in a lot beside its District Manager, or for her while she is `away`.

    She does so for her own lots and the council project manager for any; a deputy names no other.
    """
    with uow.command(Act.DEPUTY_NAME):
        lot = _own_lot(uow, lot_id)
        if user_id == lot.district_manager_id:
            raise Invalid("user_id", "This is the lot’s District Manager.")
        if user_id not in dict(queries.deputy_choices(uow)):
            raise Invalid("user_id", "Choose a District Manager of the council.")
        check_cover(starts_on, ends_on, uow.today)
        deputy = uow.add(
            Deputy(
                lot_id=lot_id,
                contract_id=lot.contract_id,
                user_id=user_id,
                away=away,
                starts_on=starts_on,
                ends_on=ends_on,
                named_by=uow.actor.user_id,
                named_at=uow.now,
            )
        )
        uow.mail(user_id, "You are named as deputy for a District Manager", "/deputies")
        return deputy.id or 0


def end_cover(uow: UnitOfWork, deputy_id: int) -> None:
    """End a deputy's cover now, before its last day."""
    with uow.command(Act.DEPUTY_NAME):
        deputy = uow.get(Deputy, deputy_id)
        _own_lot(uow, deputy.lot_id)
        if deputy.ended_at is not None or deputy.ends_on < uow.today:
            raise Refused("This cover has ended already.")
        deputy.ended_at, deputy.ended_by = uow.now, uow.actor.user_id


def _own_lot(uow: UnitOfWork, lot_id: int) -> Lot:
    lot = queries.find_lot(uow, lot_id)
    covering = uow.actor.role is Role.DISTRICT_MANAGER
    if covering and lot.district_manager_id != uow.actor.user_id:
        raise Refused("Only the lot’s District Manager or the council project manager does this.")
    return lot


def set_waiting(
    uow: UnitOfWork,
    contract_id: int,
    terms: Waiting,
    *,
    from_on: date,
    reason: str,
    began_from: int,
) -> None:
    """Agree from which day on what is asked for while a child has no named worker.

    `began_from` is the number of the version the form was made from, 0 where there was none;
    Conflict if there is a newer one.
    """
    with uow.command(Act.CONTRACT_EDIT):
        queries.find_contract(uow, contract_id)
        versions = queries.waiting_versions(uow, contract_id)
        number = next_number(versions, began_from, waiting_shown)
        check_waiting(terms, from_on, uow.today)
        uow.add(
            WaitingTerms(
                contract_id=contract_id,
                number=number,
                from_on=from_on,
                **waiting_columns(terms),
                reason=reason,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )


def waiting_columns(terms: Waiting) -> dict[str, Any]:
    """The terms as a row of their table holds them."""
    return {**vars(terms), "named": " ".join(sorted(terms.named))}


def waiting_shown(terms: WaitingTerms) -> dict[str, str]:
    """A version of those terms under the names that the form gives to its answers."""
    return {
        "From": show_date(terms.from_on),
        "Days between risk reviews": str(terms.review_days),
        "Days within which the child is seen": str(terms.seen_days),
        "Weeks until a case is escalated": str(terms.escalate_weeks),
        "Working days for each answer": str(terms.answer_days),
        "Taken for a named worker": terms.named.replace(" ", ", ") or "None of them",
    }


def set_clocks(
    uow: UnitOfWork, contract_id: int, rules: Sequence[clock.ClockRule], **days: int
) -> None:
    """Set a contract's clock rules and the days that stand on it, within a command."""
    uow.must_be_in(Act.CLOCK_TERMS_AGREE)
    contract = queries.find_contract(uow, contract_id)
    for name, number in days.items():
        setattr(contract, name, number)
    kept = select(ClockRule).where(ClockRule.contract_id == contract_id)
    known = {rule.assessment_type: rule for rule in uow.session.exec(kept)}
    for rule in rules:
        held = known.get(rule.assessment_type) if rule.assessment_type else None
        if held is not None:
            held.start_event = rule.start_event
            held.limit_working_days = rule.limit_working_days
        else:
            uow.add(ClockRule(contract_id=contract_id, **_columns_of(rule)))
    uow.session.flush()


def _columns_of(rule: clock.ClockRule) -> dict[str, Any]:
    return {name: value for name, value in vars(rule).items() if name != "stop_event"}


def set_counting(uow: UnitOfWork, contract_id: int, counting: Counting) -> None:
    """Count working days by another convention, within a command."""
    uow.must_be_in(Act.CONTRACT_EDIT)
    contract = queries.find_contract(uow, contract_id)
    if contract.counting is counting:
        raise Invalid("counting", f"It counts so already: {COUNTING_WORDS[counting].lower()}.")
    contract.counting = counting
    uow.session.flush()


def add_extra_day(uow: UnitOfWork, contract_id: int, day: date) -> None:
    """Take a day out of the contract's working days, within a command."""
    uow.must_be_in(Act.CONTRACT_EDIT)
    contract = queries.find_contract(uow, contract_id)
    calendar = queries.calendar(uow, contract_id)
    check_extra_day(day, calendar, (contract.starts_on, contract.ends_on))
    uow.add(ExtraDay(contract_id=contract_id, day=day))


def remove_extra_day(uow: UnitOfWork, contract_id: int, day: date) -> None:
    """Make a day off a working day again, within a command; NotFound where it is none."""
    uow.must_be_in(Act.CONTRACT_EDIT)
    found = uow.session.exec(
        select(ExtraDay).where(ExtraDay.contract_id == contract_id, ExtraDay.day == day)
    ).first()
    if found is None:
        raise NotFound
    uow.remove(found)


def note_calendar(
    uow: UnitOfWork,
    contract_id: int,
    act: CalendarAct,
    *,
    counting: Counting | None = None,
    day: date | None = None,
    reason: str,
    cases: int,
) -> None:
    """Keep who changed the calendar, why, and how many open cases it moved."""
    uow.must_be_in(Act.CONTRACT_EDIT)
    uow.add(
        CalendarChange(
            contract_id=contract_id,
            act=act,
            counting=counting,
            day=day,
            from_on=uow.today,
            reason=reason,
            cases=cases,
            by_user_id=uow.actor.user_id,
            at=uow.now,
        )
    )


def shown(target: Target) -> dict[str, str]:
    """A target under the names that its form gives to its answers."""
    return {
        "Opening backlog": str(target.opening_backlog),
        "First day": show_date(target.starts_on),
        "Last day": show_date(target.ends_on),
        "Weeks of rising pace": str(target.ramp_weeks),
        "Clause": target.clause,
    }
