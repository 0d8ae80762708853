"""How an enquiry under section 47 runs, what may come of it, and its conference's clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import Clock, ClockRule
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

SATURDAY = 5
LONGEST_AHEAD = timedelta(days=60)


class Agencies(Labelled):
    """Who makes the enquiry."""

    SINGLE = "single", "Children’s social care alone"
    JOINT = "joint", "Jointly with the police"


class EnquiryOutcome(Labelled):
    """What an enquiry leads to: the sector's standard list."""

    CONFERENCE = "icpc", "Initial child protection conference"
    MONITORED = "monitored", "Another agency monitors"
    ASSESSMENT = "assessment", "No further action: the assessment goes on"
    LEGAL = "legal", "Legal action"
    SERVICES = "services", "Services for a child in need"
    SHORT_BREAK = "short_break", "Short break"
    NO_ACTION = "no_action", "No further action"
    OTHER = "other", "Other"


class ConferenceResult(Labelled):
    """What the conference decided."""

    PLAN = "plan", "A child protection plan"
    NO_PLAN = "no_plan", "No child protection plan"


class Owner(Labelled):
    """With whom the next step of an enquiry is."""

    HOLDER = "holder", "who holds the case"
    DISTRICT_MANAGER = "district_manager", "the District Manager"


@dataclass(frozen=True)
class NextStep:
    """What comes next in an enquiry, and with whom it is."""

    words: str
    owner: Owner


class Show(Labelled):
    """Which of the enquiries that run a list holds."""

    ALL = "all", "All that run or wait for their conference"
    TO_BOOK = "to-book", "With a conference to book"

    @classmethod
    def read(cls, word: str | None) -> "Show":
        """What an address asks for; all of them where it asks for nothing that there is."""
        return next((one for one in cls if one == word), cls.ALL)


@dataclass(frozen=True)
class Course:
    """The days and results of one enquiry; a conference's day is booked until its result."""

    strategy_on: date
    outcome: EnquiryOutcome | None = None
    concluded_on: date | None = None
    conference_on: date | None = None
    result: ConferenceResult | None = None

    @property
    def awaits_conference(self) -> bool:
        return self.outcome is EnquiryOutcome.CONFERENCE and self.result is None

    @property
    def runs(self) -> bool:
        """Whether the child is still in the enquiry or before its conference."""
        return self.outcome is None or self.awaits_conference

    @property
    def next_step(self) -> NextStep | None:
        """The enquiry is the practitioner's; its conference is the council's to call and hold."""
        if not self.runs:
            return None
        if not self.awaits_conference:
            return NextStep("Finish the enquiry", Owner.HOLDER)
        words = "Hold the conference" if self.conference_on else "Book the conference"
        return NextStep(words, Owner.DISTRICT_MANAGER)

    @property
    def held_on(self) -> date | None:
        return self.conference_on if self.result is not None else None


def conference_clock(course: Course, rule: ClockRule, calendar: WorkingCalendar) -> Clock:
    """The working days to the conference; the first strategy discussion starts them."""
    return Clock(rule, course.strategy_on, calendar, course.held_on)


def check_strategy(strategy_on: date, *, referred_on: date, today: date) -> None:
    """The discussion has happened, and not before the child was referred."""
    if strategy_on > today:
        raise Invalid("strategy_on", "The strategy discussion has not happened yet.")
    if strategy_on < referred_on:
        raise Invalid("strategy_on", "The strategy discussion is before the referral.")


def check_lead(name: str, barred: str | None, *, choosing: bool) -> None:
    """Whoever holds a case under an enquiry is qualified, present and past their ASYE.

    Raises Invalid beside the choice for somebody `choosing`, else Refused.
    """
    if barred is None:
        return
    sentence = f"{name} cannot hold a case under an enquiry: {barred}"
    if choosing:
        raise Invalid("practitioner_id", sentence)
    raise Refused(f"{sentence} Ask your team manager to open it with somebody else.")


def check_conclude(course: Course, on: date, *, today: date) -> None:
    """An enquiry ends once, after its strategy discussion and not in the future."""
    if course.outcome is not None:
        raise Refused("This enquiry has its outcome already.")
    if on > today:
        raise Invalid("concluded_on", "This day has not come yet.")
    if on < course.strategy_on:
        raise Invalid("concluded_on", "The enquiry cannot end before its strategy discussion.")


def check_conference(
    course: Course, on: date, result: ConferenceResult | None, *, today: date
) -> None:
    """A conference is booked ahead or recorded once held, never at a weekend."""
    if not course.awaits_conference:
        raise Refused("This enquiry waits for no conference.")
    if on < course.strategy_on:
        raise Invalid("conference_on", "The conference is before the strategy discussion.")
    if on.weekday() >= SATURDAY:
        raise Invalid("conference_on", "A conference is not held at a weekend.")
    if result is not None and on > today:
        raise Invalid("result", "A conference that is still to come has no result.")
    if result is None and on < today:
        raise Invalid("result", "Say what the conference decided, or book a day to come.")
    if on > today + LONGEST_AHEAD:
        raise Invalid("conference_on", "This day is more than 60 days ahead.")


@dataclass(frozen=True)
class Timeliness:
    """How many conferences were held, and how many of them in time."""

    held: int = 0
    in_time: int = 0

    @property
    def share(self) -> int | None:
        """Whole per cent held in time; None without a conference."""
        return round(100 * self.in_time / self.held) if self.held else None


def timeliness(clocks: Iterable[Clock], today: date) -> Timeliness:
    """Conferences held by `today`, each in time or over its working days."""
    held = [clock for clock in clocks if clock.is_stopped(today)]
    return Timeliness(len(held), sum(1 for clock in held if not clock.ran_over(today)))
