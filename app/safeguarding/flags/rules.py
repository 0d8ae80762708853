"""What a safeguarding flag says, who is alerted when, and when it may be answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.kernel.days import london_date, london_instant, week_ending
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.kernel.small_numbers import SMALLEST_SHOWN

HOUR = 3600
# The council acknowledges within this many hours, by day and by night.
WITHIN_HOURS = 4
EARLIEST_CALL = timedelta(days=1)
WEEKS_COUNTED = 13


class Concern(Labelled):
    """What the worker is worried about now."""

    PHYSICAL_HARM = "physical_harm", "Physical harm"
    SEXUAL_HARM = "sexual_harm", "Sexual harm"
    EMOTIONAL_HARM = "emotional_harm", "Emotional harm"
    NEGLECT = "neglect", "Neglect"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    EXPLOITATION = "exploitation", "Exploitation"
    MISSING = "missing", "Missing child"
    NOT_SEEN = "not_seen", "The child cannot be seen"
    UNSAFE_CONTACT = "unsafe_contact", "Contact with a person who is a risk"
    OTHER = "other", "Another immediate concern"


class Called(Labelled):
    """Who was rung about a flag."""

    DISTRICT_MANAGER = "district_manager", "District Manager"
    DEPUTY = "deputy", "Deputy of the District Manager"
    TEAM_MANAGER = "team_manager", "Team manager"
    DUTY_TEAM = "duty_team", "Emergency duty team"
    POLICE = "police", "Police"
    OTHER = "other", "Somebody else who can act"


class CallOutcome(Labelled):
    """What came of a telephone call."""

    ACTS = "acts", "Spoke, and they act now"
    LATER = "later", "Spoke, and they ring back"
    MESSAGE = "message", "Left a message"
    NO_ANSWER = "no_answer", "No answer"


@dataclass(frozen=True)
class Call:
    """One telephone call: when, to whom, and what came of it."""

    at: datetime
    called: Called
    outcome: CallOutcome


@dataclass(frozen=True)
class Standing:
    """How far a flag has got."""

    acknowledged: bool
    resolved: bool


def check_acknowledge(flag: Standing) -> None:
    """A flag is acknowledged once."""
    if flag.acknowledged:
        raise Refused("This flag is already acknowledged.")


def check_resolve(flag: Standing) -> None:
    """A flag is resolved once, by someone who took notice of it first."""
    if flag.resolved:
        raise Refused("This flag is already resolved.")
    if not flag.acknowledged:
        raise Refused("Acknowledge the flag before you resolve it.")


def hours_waiting(raised_at: datetime, now: datetime) -> int:
    """Whole hours from a flag's raising to `now`."""
    return int((now - raised_at).total_seconds()) // HOUR


def alert_due(hours: int) -> int:
    """The number of the alert that is due after so many hours unacknowledged; 0 before the first.

    After one and two hours whoever decides is told again; from the fourth hour on the head of
    service is told too, every four hours.
    """
    return min(hours, 2) if hours < WITHIN_HOURS else 2 + hours // WITHIN_HOURS


def goes_up(alert: int) -> bool:
    """Whether an alert goes to the head of service too."""
    return alert > 2


def check_attach(case_id: int | None, flag: Standing) -> None:
    """Only an open flag without a case is attached to one, and once."""
    if flag.resolved:
        raise Refused("This flag is already resolved.")
    if case_id is not None:
        raise Refused("This flag is on a case already.")


def call_instant(day: date, clock: time, which: str) -> datetime:
    """When a call was, as typed; `which` tells the first from the second of an hour shown twice."""
    second = which == "second" if which else None
    try:
        return london_instant(day, clock, second=second)
    except ValueError as fault:
        raise Invalid("which" if "twice" in str(fault) else "clock", str(fault)) from fault


def check_call(call: Call, raised_at: datetime, now: datetime) -> None:
    """A call has been made, and belongs to this flag."""
    if call.at > now:
        raise Invalid("clock", "This time has not come yet.")
    if call.at < raised_at - EARLIEST_CALL:
        raise Invalid("on", "This call was more than a day before the flag.")


@dataclass(frozen=True)
class Raised:
    """When one flag of a lot was raised and acknowledged."""

    lot_id: int
    raised_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True)
class Answered:
    """One lot's flags: how many were acknowledged in time, later, and not yet.

    A number is None where it is hidden.
    """

    lot: str
    raised: int | None
    in_time: int | None
    later: int | None
    waiting: int | None


@dataclass(frozen=True)
class Weeks:
    """Flags raised by week, each week's numbers in the order of the lots; None is hidden."""

    lots: tuple[str, ...]
    endings: tuple[date, ...]
    counts: tuple[tuple[int | None, ...], ...]
    answered: tuple[Answered, ...]


def weeks_until(today: date) -> tuple[date, ...]:
    """The Fridays of the weeks that are counted, this week's last."""
    last = week_ending(today)
    return tuple(last - timedelta(weeks=back) for back in reversed(range(WEEKS_COUNTED)))


def by_week(
    flags: Iterable[Raised], lots: Sequence[tuple[int, str]], today: date, *, exact: bool
) -> Weeks:
    """Flags by week and lot, given by its id and name. Unless `exact`, 1 to 5 are hidden.

    No sums are given beside hidden numbers, so that none can be worked out from another.
    """
    endings, found = weeks_until(today), list(flags)
    counts = [[0] * len(lots) for _ in endings]
    places = {lot_id: place for place, (lot_id, _) in enumerate(lots)}
    for flag in found:
        week = week_ending(london_date(flag.raised_at))
        counts[endings.index(week)][places[flag.lot_id]] += 1
    shown = tuple(tuple(_shown(one, exact=exact) for one in week) for week in counts)
    answered = tuple(
        _hidden(name) if not exact and _tells(one, [week[place] for week in shown]) else one
        for place, (name, one) in enumerate(
            (name, _answered(name, [flag for flag in found if flag.lot_id == lot_id]))
            for lot_id, name in lots
        )
    )
    return Weeks(tuple(name for _, name in lots), endings, shown, answered)


def _answered(lot: str, of_lot: Sequence[Raised]) -> Answered:
    waited = [one.acknowledged_at - one.raised_at for one in of_lot if one.acknowledged_at]
    in_time = sum(one <= timedelta(hours=WITHIN_HOURS) for one in waited)
    return Answered(lot, len(of_lot), in_time, len(waited) - in_time, len(of_lot) - len(waited))


def _tells(one: Answered, weeks: Sequence[int | None]) -> bool:
    """Whether a lot's numbers hold a small one, or are the sum of weeks with a hidden one."""
    numbers = (one.in_time, one.later, one.waiting)
    return None in weeks or any(0 < (number or 0) < SMALLEST_SHOWN for number in numbers)


def _hidden(lot: str) -> Answered:
    return Answered(lot, None, None, None, None)


def _shown(count: int, *, exact: bool) -> int | None:
    return None if not exact and 0 < count < SMALLEST_SHOWN else count
