"""Why a case may be on hold, for how long, and who held it on each day of its time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from app.cases.states import ENDED, CaseState
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import Held, Holder, tile
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused

LONGEST_HOLD = 60
LATEST_RECORD = 14
NOT_RECEIVED = "Not yet with the project"
PROPOSED = "Proposal waits for a decision"
ENDED_BEFORE = "Ended, before it came back"


class HoldReason(StrEnum):
    """What a case waits for; whoever has to do it holds the clock meanwhile."""

    holder: Holder
    label: str

    def __new__(cls, value: str, holder: Holder, label: str) -> "HoldReason":
        reason = str.__new__(cls, value)
        reason._value_ = value
        reason.holder, reason.label = holder, label
        return reason

    COUNCIL_RECORDS = "council_records", Holder.COUNCIL, "Records or access from the council"
    COUNCIL_DECISION = "council_decision", Holder.COUNCIL, "A decision of the council"
    LEGAL_ADVICE = "legal_advice", Holder.COUNCIL, "Legal advice from the council"
    COUNCIL_SYSTEM = "council_system", Holder.COUNCIL, "The council’s case system is down"
    PARTNER_INFORMATION = (
        "partner_information",
        Holder.PARTNER,
        "Information from health, school, police or probation",
    )
    SPECIALIST = "specialist", Holder.PARTNER, "A specialist or parenting assessment"
    CRIMINAL = "criminal_investigation", Holder.PARTNER, "A criminal investigation"
    INTERPRETER = "interpreter", Holder.PARTNER, "An interpreter"
    FAMILY_AWAY = "family_away", Holder.FAMILY, "The family is away"
    FAMILY_ASKED = "family_asked", Holder.FAMILY, "The family asked to wait"
    IN_HOSPITAL = "in_hospital", Holder.FAMILY, "The child or a parent is in hospital"
    COURT_HEARING = "court_hearing", Holder.COURT, "A hearing"
    COURT_DIRECTION = "court_direction", Holder.COURT, "A direction of the court"

    @property
    def words(self) -> str:
        """The reason after whoever holds the clock."""
        return f"{self.holder.label}: {self.label}"


@dataclass(frozen=True)
class Terms:
    """When a hold begins, when somebody looks at it again, and the day it returns by itself."""

    began_on: date
    review_on: date
    until_on: date


def check_place(terms: Terms, today: date, *, free_since: date) -> None:
    """Raise Invalid for a hold that cannot be meant.

    `free_since` is the first day on which nobody else held the case's clock.
    """
    if terms.began_on > today:
        raise Invalid("began_on", f"{show_date(terms.began_on)} has not come yet.")
    if terms.began_on < free_since:
        raise Invalid(
            "began_on",
            f"Before {show_date(free_since)} the case was not here, or its clock was held already.",
        )
    if (today - terms.began_on).days > LATEST_RECORD:
        raise Invalid("began_on", f"A hold is recorded within {LATEST_RECORD} days of its start.")
    check_days(terms, today)


def check_days(terms: Terms, today: date) -> None:
    """Raise Invalid unless the review lies ahead, and the return not before it nor too far off."""
    if terms.until_on <= today:
        raise Invalid("until_on", "The case returns on a day after today.")
    if (terms.until_on - today).days > LONGEST_HOLD:
        furthest = today + timedelta(days=LONGEST_HOLD)
        raise Invalid("until_on", f"A hold returns by {show_date(furthest)}; renew it if need be.")
    if not today < terms.review_on <= terms.until_on:
        raise Invalid("review_on", "Look at it again after today, and by the day it returns.")


def returns_on(asked: date, calendar: WorkingCalendar) -> date:
    """The day a hold returns: the one asked for, or the working day after it."""
    return asked if calendar.is_working_day(asked) else calendar.next_working_day(asked)


def check_state(state: CaseState) -> None:
    """Refuse a hold where the clock is the council's already, or no longer runs."""
    if state in ENDED:
        raise Refused("This case has ended.")
    if state is CaseState.PROPOSED:
        raise Refused("The council has this case while its proposal waits.")


@dataclass(frozen=True)
class Running:
    """What a case is on hold for, and until when."""

    reason: HoldReason
    until_on: date
    review_on: date


class Turn(NamedTuple):
    """From a day on, a case stood in a state."""

    on: date
    state: CaseState


class Pause(NamedTuple):
    """A hold as it counts: from a day up to, but not on, the day it ended or returned."""

    hold_id: int
    reason: HoldReason
    since: date
    until: date


@dataclass(frozen=True)
class Tile:
    """A stretch of a case's time with one holder, and why; `hold_id` where it is a hold."""

    held: Held
    why: str = ""
    hold_id: int | None = None


def whose(
    turns: Sequence[Turn],
    pauses: Iterable[Pause],
    *,
    start: date,
    end: date,
    received_on: date,
) -> tuple[Tile, ...]:
    """A case's time from `start` to `end`, with no gap and no overlap.

    The agency holds the clock unless the case is not with the project, a proposal waits for the
    council, or a hold runs, in this order. `turns` are the case's moves in the order they were
    made.
    """
    kept = [pause for pause in pauses if pause.until > pause.since]
    cuts = {start, end, received_on, *(turn.on for turn in turns)}
    cuts |= {pause.since for pause in kept} | {pause.until for pause in kept}
    days = sorted(day for day in cuts if start <= day <= end)
    tiles: list[Tile] = []
    for since, until in pairwise(days):
        one = _tile(turns, kept, received_on, since, until)
        before = tiles[-1] if tiles else None
        same = before and (before.held.holder, before.why, before.hold_id) == (
            one.held.holder,
            one.why,
            one.hold_id,
        )
        if before and same:
            held = Held(one.held.holder, before.held.since, until)
            tiles[-1] = Tile(held, one.why, one.hold_id)
        else:
            tiles.append(one)
    tile([one.held for one in tiles], start, end)
    return tuple(tiles)


def _tile(
    turns: Sequence[Turn], pauses: Sequence[Pause], received_on: date, since: date, until: date
) -> Tile:
    """Who holds the clock from a day on; nothing changes hands before `until`."""
    state = next((turn.state for turn in reversed(turns) if turn.on <= since), None)
    if since < received_on:
        return Tile(Held(Holder.COUNCIL, since, until), NOT_RECEIVED)
    if state in ENDED:
        return Tile(Held(Holder.COUNCIL, since, until), ENDED_BEFORE)
    if state is CaseState.PROPOSED:
        return Tile(Held(Holder.COUNCIL, since, until), PROPOSED)
    for pause in pauses:
        if pause.since <= since < pause.until:
            return Tile(Held(pause.reason.holder, since, until), pause.reason.label, pause.hold_id)
    return Tile(Held(Holder.AGENCY, since, until))


def shares(tiles: Sequence[Tile], calendar: WorkingCalendar) -> list[int]:
    """The working days of each stretch, counted on from the first day as the clock counts."""
    each, counted = [], 0
    for one in tiles:
        total = calendar.days_between(tiles[0].held.since, one.held.until)
        each.append(total - counted)
        counted = total
    return each
