"""Planned clearance curves, and where the present rate leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from app.kernel.days import show_date, week_ending, weeks_between
from app.kernel.errors import Refused

LONGEST = 1_040
"""Weeks beyond which an end at the present rate is not worth a date: twenty years."""

RATE_WEEKS = 6
"""Full weeks that a present rate looks back on."""


@dataclass(frozen=True)
class PlannedWeek:
    """Cases to clear in the week and cases still open when it ends."""

    week_ending: date
    cleared: int
    still_open: int


@dataclass(frozen=True)
class PresentRate:
    """What the last weeks add up to, and when the last case clears if they go on so.

    `cleared` and `received` are sums over `weeks`; `weeks_left` and `ends_on` are None where the
    rate leads to no end.
    """

    weeks: int
    cleared: int
    received: int
    weeks_left: int | None
    ends_on: date | None
    why: str


def s_curve(opening: int, start: date, end: date, ramp_weeks: int) -> tuple[PlannedWeek, ...]:
    """Cases to clear each week by weekdays, at a pace that rises and falls over `ramp_weeks`.

    Without a ramp the same number each weekday from `start` to `end`, both included. Whole cases,
    rounded so that the plan never runs ahead; 0 still open in the last week. Bank holidays count
    as other weekdays. Refused if no weekday lies between the dates; ValueError for numbers below 0.
    """
    if opening < 0 or ramp_weeks < 0:
        raise ValueError("A plan has no negative cases or weeks.")
    weeks = _working_weeks(start, end)
    if not weeks:
        raise Refused("A clearance plan needs at least one weekday between its start and its end.")
    paces = [min(i + 1, len(weeks) - i, ramp_weeks + 1) for i in range(len(weeks))]
    work = [days * pace for (_, days), pace in zip(weeks, paces, strict=True)]
    done = [opening * part // sum(work) for part in accumulate(work)]
    before = [0, *done[:-1]]
    return tuple(
        PlannedWeek(ending, cleared=now - then, still_open=opening - now)
        for (ending, _), then, now in zip(weeks, before, done, strict=True)
    )


def planned_on(opening: int, start: date, curve: Sequence[PlannedWeek], day: date) -> int:
    """Cases that were to be open still at the end of `day`: straight between week endings.

    Whole cases, rounded up so that the plan never runs ahead; `opening` up to the start, and what
    the last week leaves afterwards.
    """
    before, level = start, opening
    for week in curve:
        if day <= before:
            return level
        if day < week.week_ending:
            passed, whole = (day - before).days, (week.week_ending - before).days
            return level - (level - week.still_open) * passed // whole
        before, level = week.week_ending, week.still_open
    return level


def at_present_rate(
    weekly_cleared: Sequence[int],
    remaining: int,
    weekly_received: Sequence[int],
    *,
    as_at: date,
    weeks: int = RATE_WEEKS,
) -> PresentRate:
    """When `remaining` cases are cleared if the last `weeks` full weeks repeat.

    Both sequences hold one number per week, oldest first, up to the week ending `as_at`. A line
    for the eye: it says nothing about how sure it is.
    """
    if len(weekly_cleared) != len(weekly_received) or weeks < 1:
        raise ValueError("The present rate needs as many weeks received as cleared, at least one.")
    counted = min(weeks, len(weekly_cleared))
    cleared, received = sum(weekly_cleared[-weeks:]), sum(weekly_received[-weeks:])
    left = _weeks_left(remaining, cleared - received, counted)
    ends_on = None if left is None else as_at + timedelta(weeks=left)
    why = _why(remaining, counted, cleared, received, ends_on)
    return PresentRate(counted, cleared, received, left, ends_on, why)


def of_lots(lots: Mapping[str, PresentRate]) -> PresentRate:
    """Several lots, by name, as one: they end when the last of them does, each at its own rate.

    Together they have no end if one of them has none. ValueError without any lot.
    """
    if not lots:
        raise ValueError("There is no rate without a lot.")
    if len(lots) == 1:
        return next(iter(lots.values()))
    endless = next(((name, one) for name, one in lots.items() if one.weeks_left is None), None)
    name, last = endless or max(lots.items(), key=lambda lot: lot[1].weeks_left or 0)
    together = PresentRate(
        max(one.weeks for one in lots.values()),
        sum(one.cleared for one in lots.values()),
        sum(one.received for one in lots.values()),
        last.weeks_left,
        last.ends_on,
        "",
    )
    return replace(together, why=_why_of_lots(together, name, last))


def _why_of_lots(together: PresentRate, name: str, last: PresentRate) -> str:
    if last.weeks_left == 0:
        return last.why
    if not together.weeks:
        return "No full week has been counted yet."
    rate = f"{together.cleared} cleared and {together.received} received in the last"
    rate = f"{rate} {_weeks(together.weeks)}. Each lot at its own rate,"
    if last.ends_on is None:
        return f"{rate} there is no end, because of {name}. {name}: {last.why}"
    return f"{rate} the last lot, {name}, clears in the week ending {show_date(last.ends_on)}."


def _working_weeks(start: date, end: date) -> list[tuple[date, int]]:
    """Every week that has weekdays between the two days, and how many."""
    first = week_ending(start)
    endings = (first + timedelta(weeks=week) for week in range(weeks_between(start, end) + 1))
    weeks = ((ending, _weekdays(ending, start, end)) for ending in endings)
    return [(ending, days) for ending, days in weeks if days]


def _weekdays(ending: date, start: date, end: date) -> int:
    first, last = max(ending - timedelta(days=4), start), min(ending, end)
    return max(0, (last - first).days + 1)


def _weeks_left(remaining: int, net: int, weeks: int) -> int | None:
    if remaining <= 0:
        return 0
    if net <= 0:
        return None
    left = -(-remaining * weeks // net)
    return left if left <= LONGEST else None


def _why(remaining: int, weeks: int, cleared: int, received: int, ends_on: date | None) -> str:
    if remaining <= 0:
        return "Nothing is left to clear."
    if not weeks:
        return "No full week has been counted yet."
    rate = f"{cleared} cleared and {received} received in the last {_weeks(weeks)}"
    if ends_on:
        return f"{rate}: at this rate the last case clears in the week ending {show_date(ends_on)}."
    if cleared > received:
        return f"{rate}: at this rate clearing takes more than {LONGEST // 52} years."
    return f"{rate}: at this rate the backlog does not clear."


def _weeks(number: int) -> str:
    return "week" if number == 1 else f"{number} weeks"
