"""When a case drifts: nothing has happened on it, and it is old for its stage."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.cases.states import CaseState
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.planning.survival import Stays, Survival, kaplan_meier

LONGEST_ASIDE = timedelta(days=28)
# A look reads every open case.
BETWEEN_LOOKS = timedelta(minutes=10)


class Basis(Labelled):
    """What a case is called old by."""

    HISTORY = "history", "The lot’s own history of this stage"
    LIMIT = "limit", "Its due day: the lot has too little history of this stage"


class Suggestion(Labelled):
    """The act that would move a drifting case on; `page` is where, below the case's address."""

    ALLOCATE = "allocate", "Allocate it"
    START = "start", "Have the assessment started, or change its worker"
    SEE_CHILD = "see_child", "See the child"
    WHY_LATE = "why_late", "Record why it is late, and who ends that"
    END_DELAY = "end_delay", "End the delay that holds it up, or escalate it"
    SUBMIT = "submit", "Have the assessment submitted"
    AUTHORISE = "authorise", "Authorise or return the assessment"
    PROPOSE = "propose", "Write the outcome plan and propose it"
    DECIDE = "decide", "Ask the District Manager for the decision"
    END_CASE = "end_case", "Complete the handover or closure"

    @property
    def page(self) -> str:
        return _PAGES.get(self, "")


_PAGES = {
    Suggestion.ALLOCATE: "/allocate",
    Suggestion.WHY_LATE: "/delays/new",
    Suggestion.END_DELAY: "/delays",
    Suggestion.AUTHORISE: "/assessment/authorise",
}


class Aside(Labelled):
    """Why a drifting case is left off the list for a while."""

    MOVES = "moves", "It moves: what happened is not recorded yet"
    AGREED = "agreed", "The delay is agreed with the council"
    PURPOSEFUL = "purposeful", "It waits on purpose, for the child’s sake"
    DATED = "dated", "The next step has its day already"


STAGE_ACTS = {
    CaseState.UNALLOCATED: Suggestion.ALLOCATE,
    CaseState.ALLOCATED: Suggestion.START,
    CaseState.ASSESSING: Suggestion.SUBMIT,
    CaseState.SUBMITTED: Suggestion.AUTHORISE,
    CaseState.AUTHORISED: Suggestion.PROPOSE,
    CaseState.PROPOSED: Suggestion.DECIDE,
    CaseState.AGREED: Suggestion.END_CASE,
}


@dataclass(frozen=True)
class Policy:
    """What a contract calls drift.

    A case drifts when nothing happened on it for `idle_days` working days (`flagged_days` with an
    open safeguarding flag, `council_days` while a proposal waits with a recorded delay), at an age
    by which `percent` of the lot's cases had left the stage. With fewer than `least` cases that
    left it, a case past its due day counts as old. A lot lists at most `most` of them.
    """

    idle_days: int = 10
    flagged_days: int = 5
    council_days: int = 20
    percent: int = 90
    least: int = 30
    most: int = 25


# The least and the most that each term may be, under the name of its field.
BOUNDS = {
    "idle_days": (3, 40),
    "flagged_days": (1, 20),
    "council_days": (5, 60),
    "percent": (50, 99),
    "least": (10, 200),
    "most": (5, 50),
}


def check_policy(policy: Policy) -> None:
    """Raise Invalid, on the field at fault, for terms that nobody can mean."""
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(policy, name) <= most:
            raise Invalid(name, f"Write a number from {least} to {most}.")


@dataclass(frozen=True)
class Standstill:
    """An open case: its stage, since when, and when something last happened on it."""

    case_id: int
    lot_id: int
    stage: CaseState
    stage_since: date
    idle_since: date
    due_on: date | None
    is_flagged: bool
    was_seen: bool
    # A delay is open; the expected end of one has passed.
    is_delayed: bool
    is_delay_late: bool

    def idle_limit(self, policy: Policy) -> int:
        """Working days after which nothing has happened for too long."""
        if self.is_flagged:
            return policy.flagged_days
        if self.stage is CaseState.PROPOSED and self.is_delayed:
            return policy.council_days
        return policy.idle_days


@dataclass(frozen=True)
class Drift:
    """Why a case is said to drift, and the act that would move it on."""

    case: Standstill
    basis: Basis
    still_there: int | None
    suggestion: Suggestion


def judge(
    case: Standstill,
    policy: Policy,
    history: Survival | None,
    calendar: WorkingCalendar,
    today: date,
) -> Drift | None:
    """Whether a case drifts; `history` is of its lot and stage."""
    if calendar.days_between(case.idle_since, today) < case.idle_limit(policy):
        return None
    suggestion = suggest(case, today)
    age = (today - case.stage_since).days
    # Shares are products of fractions: one that should be a tenth may be a hair above it.
    old_at = history.age_at((100 - policy.percent) / 100 + 1e-9) if history else None
    if history and old_at is not None and history.ended >= policy.least:
        left = round(history.at(age) * 1000)
        return Drift(case, Basis.HISTORY, left, suggestion) if age >= old_at else None
    if case.due_on is not None and case.due_on < today:
        return Drift(case, Basis.LIMIT, None, suggestion)
    return None


def suggest(case: Standstill, today: date) -> Suggestion:
    """The act that would move the case on."""
    if case.stage is CaseState.UNALLOCATED:
        return Suggestion.ALLOCATE
    if case.is_delay_late:
        return Suggestion.END_DELAY
    if case.stage is CaseState.ASSESSING and not case.was_seen:
        return Suggestion.SEE_CHILD
    overdue = case.due_on is not None and case.due_on < today
    if case.stage is CaseState.ASSESSING and overdue and not case.is_delayed:
        return Suggestion.WHY_LATE
    return STAGE_ACTS[case.stage]


def most_stuck(found: Iterable[Drift], most: int) -> list[Drift]:
    """A lot's list, capped: open flags first, then the rarest age, then the longest silence."""
    return sorted(found, key=_stuckness)[:most]


def _stuckness(one: Drift) -> tuple[bool, int, date, int]:
    still = 1000 if one.still_there is None else one.still_there
    return not one.case.is_flagged, still, one.case.idle_since, one.case.case_id


@dataclass(frozen=True)
class Spell:
    """Equal spells of a lot's cases in one stage: since when, until when, and how many."""

    lot_id: int
    stage: CaseState
    since: date
    left_on: date | None
    count: int


def histories(spells: Sequence[Spell], today: date) -> Mapping[tuple[int, CaseState], Survival]:
    """How long each lot's cases stay in each stage."""
    stays: dict[tuple[int, CaseState], list[Stays]] = {}
    for spell in spells:
        age = ((spell.left_on or today) - spell.since).days
        # A row back-dated by an import can end before it began; it tells nothing.
        if age >= 0:
            one = Stays(age, spell.left_on is not None, spell.count)
            stays.setdefault((spell.lot_id, spell.stage), []).append(one)
    return {key: kaplan_meier(found) for key, found in stays.items()}


def check_look(looked_at: Sequence[datetime], lots: int, now: datetime) -> None:
    """Raise Refused where each of so many lots was looked over a moment ago."""
    lately = [at for at in looked_at if now < at + BETWEEN_LOOKS]
    if lots and len(lately) == lots:
        minutes = int(BETWEEN_LOOKS.total_seconds()) // 60
        raise Refused(f"The cases were looked over less than {minutes} minutes ago.")


def check_aside(until: date, today: date) -> None:
    """Raise Invalid for a day that is past, or longer than four weeks off."""
    if until <= today:
        raise Invalid("until", "It stays off the list until a later day than today.")
    if until > today + LONGEST_ASIDE:
        raise Invalid(
            "until", f"A case stays off the list until {show_date(today + LONGEST_ASIDE)} at most."
        )
