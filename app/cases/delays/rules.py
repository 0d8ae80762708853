"""Why a case can be late, who holds it up, and which delays a case may have."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from app.kernel.clock import Holder
from app.kernel.days import show_date, week_beginning, week_ending
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled

LONGEST = timedelta(days=92)
WEEK = timedelta(weeks=1)


class DelayReason(Labelled):
    """Why a case does not go on; the last needs a few words."""

    FAMILY_REFUSES = "family_refuses", "The family does not engage"
    CHILD_NOT_SEEN = "child_not_seen", "The child is not seen, has moved or cannot be found"
    PARTNER_INFORMATION = "partner_information", "A partner’s information is awaited"
    SPECIALIST = "specialist", "A specialist or parenting assessment is awaited"
    INVESTIGATION = "investigation", "A criminal investigation runs at the same time"
    WORKER_CHANGED = "worker_changed", "The worker is ill, left or changed"
    LATE_ALLOCATION = "late_allocation", "It was allocated late, or to the wrong worker"
    WIDER_SCOPE = "wider_scope", "A sibling or a new concern widened it"
    ENQUIRY = "enquiry", "A strategy discussion or section 47 enquiry goes first"
    INTERPRETER = "interpreter", "An interpreter is awaited, or the family is away"
    COUNCIL_SYSTEM = "council_system", "The council’s case system is in the way"
    AUTHORISATION = "authorisation", "A manager’s authorisation is awaited"
    DISTRICT_MANAGER = "district_manager", "The District Manager’s decision is awaited"
    RECEIVING_TEAM = "receiving_team", "The receiving team has not accepted"
    LEGAL_ADVICE = "legal_advice", "The court or legal advice is awaited"
    PURPOSEFUL = "purposeful", "It waits on purpose, as a manager agreed"
    OTHER = "other", "Something else"

    @property
    def holder(self) -> Holder:
        """Who usually holds the case up for this reason."""
        return _USUAL.get(self, Holder.AGENCY)


_USUAL = {
    DelayReason.FAMILY_REFUSES: Holder.FAMILY,
    DelayReason.CHILD_NOT_SEEN: Holder.FAMILY,
    DelayReason.PARTNER_INFORMATION: Holder.PARTNER,
    DelayReason.SPECIALIST: Holder.PARTNER,
    DelayReason.INVESTIGATION: Holder.PARTNER,
    DelayReason.INTERPRETER: Holder.PARTNER,
    DelayReason.COUNCIL_SYSTEM: Holder.COUNCIL,
    DelayReason.DISTRICT_MANAGER: Holder.COUNCIL,
    DelayReason.RECEIVING_TEAM: Holder.COUNCIL,
    DelayReason.LEGAL_ADVICE: Holder.COURT,
}


class Ask(Labelled):
    """What the agency asks of the council to end a delay."""

    NOTHING = "nothing", "Nothing: we end it ourselves"
    DECIDE = "decide", "Decide what waits for the District Manager"
    CHASE = "chase", "Speak with the partner agency"
    JOINT_VISIT = "joint_visit", "Visit the family together"
    SYSTEM = "system", "Put the council’s case system right"
    RECEIVE = "receive", "Have the receiving team accept"
    ADVISE = "advise", "Get legal or specialist advice"
    AGREE = "agree", "Agree that it waits"


class Reply(Labelled):
    """What the council answers; each changes the delay or sets an action."""

    RESOLVED = "resolved", "It is resolved: the delay ends today"
    BY_THEN = "by_then", "We see to it by that day"
    ACTION = "action", "Somebody of ours acts: name who"
    ACCEPTED = "accepted", "We accept that it waits until that day"
    NOT_OURS = "not_ours", "It is for the agency to end"


# The replies after which the delay is expected to end on another day.
MOVING = frozenset({Reply.BY_THEN, Reply.ACTION, Reply.ACCEPTED})


def check_reply(reply: Reply, *, until: date | None, owned: bool, note: str, today: date) -> None:
    """Raise Invalid for a reply that leaves unsaid until when, by whom, or why not."""
    if reply in MOVING:
        if until is None:
            raise Invalid("until", "Say until when.")
        check_expected(until, today, "until")
    elif until is not None:
        raise Invalid("until", "This reply needs no day: leave it empty.")
    if reply is Reply.ACTION and not owned:
        raise Invalid("owner_id", "Choose who acts.")
    if reply is Reply.NOT_OURS and not note:
        raise Invalid("note", "Say in a few words why it is for the agency to end.")


def escalates_on(expected_end: date) -> date:
    """When a delay that has not ended comes to the lowest step of the ladder."""
    return expected_end + timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """A delay as it is written down; `owner_id` is the user who is to end it."""

    reason: DelayReason
    holder: Holder
    owner_id: int
    begins_on: date
    expected_end: date
    ask: Ask = Ask.NOTHING
    solution: str = ""
    recorded_on: date | None = None


def check_terms(terms: Terms, received_on: date, today: date) -> None:
    """Raise Invalid, on the field at fault, for days in the wrong order and for words unsaid."""
    if terms.begins_on > today:
        raise Invalid("begins_on", f"{show_date(terms.begins_on)} has not come yet.")
    if terms.begins_on < received_on:
        raise Invalid("begins_on", f"The case came on {show_date(received_on)}: not before it.")
    check_expected(terms.expected_end, today)
    if terms.recorded_on is not None and not terms.begins_on <= terms.recorded_on <= today:
        raise Invalid("recorded_on", "This day lies between the delay’s first day and today.")
    if (terms.reason is DelayReason.OTHER or terms.ask is not Ask.NOTHING) and not terms.solution:
        raise Invalid("solution", "Say in a few words what would end the delay.")


def check_expected(expected_end: date, today: date, field: str = "expected_end") -> None:
    """Raise Invalid for an expected end that is past or too far off to be an answer."""
    if expected_end < today:
        raise Invalid(field, f"{show_date(expected_end)} is in the past.")
    if expected_end > today + LONGEST:
        raise Invalid(field, f"Look at it again by {show_date(today + LONGEST)} at the latest.")


def check_end(begins_on: date, ended_on: date, today: date) -> None:
    """Raise Invalid for a delay that would end before it began, or tomorrow."""
    if ended_on < begins_on:
        raise Invalid("ended_on", f"The delay began on {show_date(begins_on)}.")
    if ended_on > today:
        raise Invalid("ended_on", f"{show_date(ended_on)} has not come yet.")


@dataclass(frozen=True)
class Stretch:
    """From which day a delay ran until which; open while `ended_on` is empty."""

    begins_on: date
    ended_on: date | None


def check_apart(begins_on: date, of_reason: Iterable[Stretch]) -> None:
    """Raise Invalid where a case was, on that day, late for this reason already."""
    for one in of_reason:
        if one.ended_on is None:
            raise Invalid("reason", "This case is late for this reason already: change that delay.")
        if begins_on < one.ended_on:
            raise Invalid(
                "begins_on", f"A delay for this reason ran until {show_date(one.ended_on)}."
            )


@dataclass(frozen=True)
class Lost:
    """Equal delays: where, why, held up by whom, from when to when, and how many there are."""

    lot_id: int
    reason: DelayReason
    holder: Holder
    begins_on: date
    ended_on: date | None
    delays: int


def days_lost(stretch: Lost, first: date, last: date, today: date) -> int:
    """Calendar days of a stretch from `first` to `last`; the day it ends is not lost any more."""
    until = min(stretch.ended_on or today, last + timedelta(days=1))
    return max(0, (until - max(stretch.begins_on, first)).days) * stretch.delays


def weeks_back(today: date, weeks: int) -> list[date]:
    """The last `weeks` week endings, the earliest first; the last may lie ahead of today."""
    this = week_ending(today)
    return [this - WEEK * (weeks - 1 - place) for place in range(weeks)]


def lost_by_week(
    stretches: Sequence[Lost], endings: Sequence[date], today: date
) -> dict[DelayReason, list[int]]:
    """Days lost by reason in each week, the reason that lost most first."""
    first, days = week_beginning(endings[0]), 7 * len(endings)
    # How many more are open from a day on than on the day before, and after the last nobody's.
    changes: dict[DelayReason, list[int]] = defaultdict(lambda: [0] * (days + 1))
    for one in stretches:
        begins = max(0, (one.begins_on - first).days)
        ends = min(days, ((one.ended_on or today) - first).days)
        if begins < ends:
            changes[one.reason][begins] += one.delays
            changes[one.reason][ends] -= one.delays
    lost = {reason: _weekly(list(accumulate(change))[:-1]) for reason, change in changes.items()}
    return dict(sorted(lost.items(), key=lambda kept: (-sum(kept[1]), kept[0])))


def _weekly(open_on: Sequence[int]) -> list[int]:
    return [sum(open_on[day : day + 7]) for day in range(0, len(open_on), 7)]


def totals(
    stretches: Sequence[Lost], first: date, today: date
) -> Mapping[str, Mapping[int | str, int]]:
    """Days lost from `first` until today by reason, by holder and by lot; each adds up alike."""
    by: dict[str, dict[int | str, int]] = {"reason": {}, "holder": {}, "lot": {}}
    for one in stretches:
        days = days_lost(one, first, today, today)
        keys: tuple[tuple[str, int | str], ...] = (
            ("reason", one.reason.value),
            ("holder", one.holder.value),
            ("lot", one.lot_id),
        )
        for name, key in keys:
            by[name][key] = by[name].get(key, 0) + days
    return by
