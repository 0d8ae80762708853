"""When an assessment may be started, submitted and authorised, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.cases.findings.rules import Kind
from app.cases.states import CaseState
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import AgeingBand, AssessmentType, ageing_band
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

ONE_DAY = timedelta(days=1)


class NotSeenReason(Labelled):
    """Why a child was not seen during an assessment; a manager has to accept it."""

    UNBORN = "unborn", "Unborn child"
    MOVED = "moved", "The family moved out of the area"
    WHEREABOUTS = "whereabouts_unknown", "Whereabouts unknown"
    REFUSED = "refused", "The family refused"
    SEEN_BY_OTHER = "seen_by_other", "Seen by another authority"


class ReturnReason(Labelled):
    """What an assessment lacked when it was returned; what recurs is what training is for."""

    ANALYSIS = "analysis", "Analysis does not follow from the facts"
    VOICE = "childs_voice", "The child’s voice is missing"
    CHRONOLOGY = "chronology", "Chronology or history is missing"
    RISK = "risk", "Risk is not weighed"
    FAMILY = "family_views", "Parents’ or carers’ views are missing"
    PARTNERS = "partner_information", "Partners’ information is missing"
    PLAN = "next_steps", "What happens next is not clear"
    RECORDING = "recording", "Recording or language"
    OTHER = "other", "Something else"


class Milestone(Labelled):
    """A step of an assessment that no act of its own records."""

    DRAFTED = "drafted", "Full draft written"
    SHARED = "shared", "Shared with the family"
    ENTERED = "entered", "Entered on the council’s system"


@dataclass(frozen=True)
class Way:
    """The days of an assessment that its milestones lie between."""

    started_on: date
    submitted_on: date | None
    authorised_on: date | None


@dataclass(frozen=True)
class Before:
    """What came before an assessment: the kinds assessed in this case, and the last full one."""

    kinds: frozenset[AssessmentType]
    full_on: date | None


@dataclass(frozen=True)
class Work:
    """An assessment as its rules look at it."""

    started_on: date
    seen_on: date | None
    not_seen_reason: NotSeenReason | None
    submitted_by: int | None


def check_day(field: str, day: date, *, not_before: date, today: date, since: str) -> None:
    """A day that something happened on lies between what came before it and today."""
    if day > today:
        raise Invalid(field, f"{show_date(day)} has not come yet.")
    if day < not_before:
        raise Invalid(field, f"{show_date(day)} is before {since} on {show_date(not_before)}.")


def check_milestone(milestone: Milestone, on: date, way: Way, today: date) -> None:
    """A draft lies before submission, sharing after it, entering after authorisation.

    Raises Refused where its time has not come, Invalid for a day that cannot be.
    """
    after, words = {
        Milestone.DRAFTED: (way.started_on, "the assessment began"),
        Milestone.SHARED: (way.submitted_on, "it was submitted"),
        Milestone.ENTERED: (way.authorised_on, "it was authorised"),
    }[milestone]
    if after is None:
        raise Refused(f"{milestone.label}: only once {words}.")
    check_day("on", on, not_before=after, today=today, since="the day " + words)
    if milestone is Milestone.DRAFTED and way.submitted_on and on > way.submitted_on:
        raise Invalid("on", f"It was submitted on {show_date(way.submitted_on)}.")


def pathway(
    kind: AssessmentType, started_on: date, before: Before, *, for_early_help: bool
) -> dict[Kind, str]:
    """What is unusual about the way to an assessment that has begun, in words."""
    found = {}
    if kind is AssessmentType.CORE and not before.kinds:
        found[Kind.CORE_FROM_REFERRAL] = (
            f"A core assessment began on {show_date(started_on)} and no initial one is known."
        )
    if for_early_help and before.full_on is not None:
        found[Kind.EARLY_HELP_AGAIN] = (
            f"An early-help assessment began on {show_date(started_on)}; a full one was"
            f" authorised on {show_date(before.full_on)}."
        )
    return found


def check_migration(kind: AssessmentType, state: CaseState) -> None:
    """Only an initial or core assessment turns into a single one, and not while it waits."""
    if not state.clock_runs:
        raise Refused("Only an assessment that is not authorised yet goes on as another kind.")
    if kind is AssessmentType.CHILD_AND_FAMILY:
        raise Refused("This is a single assessment already.")
    if state is CaseState.SUBMITTED:
        raise Refused("Authorise or return the assessment first.")


def band_starts(
    calendar: WorkingCalendar, today: date
) -> dict[AgeingBand, tuple[date | None, date | None]]:
    """The first and last day on which a clock began that is in each band today.

    Empty where there is no such limit; a band between whose days no day lies is left out.
    """
    longest = max(band.shortest for band in AgeingBand)
    days: dict[AgeingBand, list[date]] = {}
    day, used = today, 0
    while used < longest:
        used = calendar.days_between(day, today)
        days.setdefault(ageing_band(used), []).append(day)
        day -= ONE_DAY
    return {
        band: (
            None if band.longest is None else found[-1],
            None if band is AgeingBand.SAME_DAY else found[0],
        )
        for band, found in days.items()
    }


def median_of(counted: Mapping[int, int]) -> int | None:
    """The middle of how many days things took, from how often each number came; None for none.

    Of two in the middle, the smaller.
    """
    middle, passed = (sum(counted.values()) + 1) // 2, 0
    for days in sorted(counted):
        passed += counted[days]
        if passed >= middle > 0:
            return days
    return None


def check_submission(work: Work, reason: NotSeenReason | None) -> None:
    """A child was seen since the assessment began, or there is a reason why not."""
    if work.seen_on is None and reason is None:
        raise Invalid(
            "not_seen_reason", "Record when the child was seen, or choose why they were not."
        )


def check_authorisation(work: Work, *, by: int | None, accepts_not_seen: bool) -> None:
    """The authoriser is not the author, and accepts it when the child was not seen."""
    if by is not None and by == work.submitted_by:
        raise Refused("The person who submitted an assessment cannot also authorise it.")
    if work.seen_on is None and not accepts_not_seen:
        raise Invalid(
            "accepts_not_seen", "Tick to accept why the child was not seen, or return it."
        )
