"""Acts of a hold: put a case on hold, look at it again, take it back before its day."""

from dataclasses import dataclass
from datetime import date

from app.cases.actions import queries as actions
from app.cases.actions.service import check_owner
from app.cases.holds import queries, rules
from app.cases.holds.models import Hold
from app.cases.holds.rules import HoldReason, Terms
from app.cases.register import service as register
from app.cases.register.models import Case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import show_date
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Wish:
    """A hold as it is asked for."""

    reason: HoldReason
    owner_id: int
    began_on: date
    review_on: date
    until_on: date
    note: str = ""


def place(uow: UnitOfWork, case_id: int, wish: Wish) -> date:
    """Put a case on hold for somebody else; returns the working day on which it comes back.

    The contract's clock runs on: a hold says whose time it is.
    """
    with uow.command(Act.HOLD_PLACE):
        case = register.find(uow, case_id)
        _must_be_theirs(uow, case)
        rules.check_state(case.state)
        terms = Terms(wish.began_on, wish.review_on, wish.until_on)
        rules.check_place(terms, uow.today, free_since=_free_since(uow, case))
        check_owner(uow, case_id, wish.owner_id)
        until_on = rules.returns_on(wish.until_on, _calendar(uow, case))
        uow.add(
            Hold(
                case_id=case_id,
                lot_id=case.lot_id,
                reason=wish.reason,
                note=wish.note,
                owner_id=wish.owner_id,
                began_on=wish.began_on,
                review_on=wish.review_on,
                until_on=until_on,
                placed_by=uow.actor.user_id,
            )
        )
        return until_on


def renew(
    uow: UnitOfWork,
    hold_id: int,
    *,
    version: int,
    owner_id: int,
    review_on: date,
    until_on: date,
    note: str,
) -> date:
    """Look at a hold that runs and say how long it goes on, and who sees to it.

    Returns the working day on which the case comes back.
    """
    with uow.command(Act.HOLD_RENEW):
        hold, case = _running(uow, hold_id)
        owners = dict(actions.possible_owners(uow, hold.case_id))
        uow.expect(hold, version, _shown(hold, owners.get(hold.owner_id)))
        rules.check_days(Terms(hold.began_on, review_on, until_on), uow.today)
        check_owner(uow, hold.case_id, owner_id)
        hold.owner_id, hold.review_on, hold.note = owner_id, review_on, note
        hold.until_on = rules.returns_on(until_on, _calendar(uow, case))
        return hold.until_on


def end(uow: UnitOfWork, hold_id: int) -> None:
    """Take a case back before its day: its time is the agency's again from today."""
    with uow.command(Act.HOLD_END):
        hold, _ = _running(uow, hold_id)
        hold.ended_on, hold.ended_by = uow.today, uow.actor.user_id


def _shown(hold: Hold, owner: str | None) -> dict[str, str]:
    """A hold under the names that its form gives to its answers."""
    return {
        "Who sees to it": owner or "–",
        "Look at it again on": show_date(hold.review_on),
        "Returns on": show_date(hold.until_on),
        "More about it": hold.note,
    }


def _running(uow: UnitOfWork, hold_id: int) -> tuple[Hold, Case]:
    hold = uow.get(Hold, hold_id)
    case = register.find(uow, hold.case_id)
    _must_be_theirs(uow, case)
    if not case.state.is_open:
        raise Refused("This case has ended.")
    if hold.ended_on is not None or hold.until_on <= uow.today:
        raise Refused("This hold is over: the case has come back.")
    return hold, case


def _must_be_theirs(uow: UnitOfWork, case: Case) -> None:
    """A practitioner holds only the cases that are hers; a manager any of the lot."""
    if uow.actor.own_cases_only:
        register.must_hold(uow, case)


def _free_since(uow: UnitOfWork, case: Case) -> date:
    """The first day from which the case's clock may be given to somebody else."""
    began = case.reopened_on or case.received_on
    ends = [pause.until for pause in queries.pauses_of(uow, case.id or 0)]
    if ends and max(ends) > uow.today:
        raise Refused("This case is on hold already. Renew the hold, or end it first.")
    return max([began, *ends])


def _calendar(uow: UnitOfWork, case: Case) -> WorkingCalendar:
    return contract.calendar(uow, case.contract_id)
