"""What a contract's targets, calendar and terms for waiting children may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from app.kernel.calendar import CalendarEnds, Counting, WorkingCalendar
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.planning.clearance import PlannedWeek, s_curve

LONGEST_RAMP = 52
LARGEST_BACKLOG = 100_000
LARGEST_INTAKE = 500
LONGEST_COVER = timedelta(days=366)
LONGEST_TERM = 10
COUNTING_WORDS = {
    Counting.DAY_ZERO: "The start day is day 0; bank holidays do not count",
    Counting.INCLUSIVE: "The start day is day 1 if it is a working day; bank holidays do not count",
    Counting.WEEKDAYS_ONLY: "The start day is day 0; every weekday counts, bank holidays too",
}


class Placeholder(StrEnum):
    """What a council writes where a worker's name should stand; by default none is a worker."""

    TEAM = "team"
    MANAGER = "manager"
    DUTY = "duty"
    TRAY = "tray"

    @property
    def words(self) -> str:
        return self.value if self is Placeholder.DUTY else f"a {self.value}"


class CalendarAct(StrEnum):
    """The ways in which a contract's calendar changes."""

    COUNTING = "counting"
    DAY_ADDED = "day_added"
    DAY_REMOVED = "day_removed"

    @property
    def label(self) -> str:
        return {"counting": "Counts otherwise", "day_added": "Day off added"}.get(
            self.value, "Day off removed"
        )


@dataclass(frozen=True)
class TargetTerms:
    """A lot's target: a number of cases cleared between two dates, and the clause that says so."""

    opening_backlog: int
    starts_on: date
    ends_on: date
    ramp_weeks: int
    clause: str


@lru_cache(maxsize=256)
def curve(terms: TargetTerms) -> tuple[PlannedWeek, ...]:
    """The planned clearance week by week."""
    return s_curve(terms.opening_backlog, terms.starts_on, terms.ends_on, terms.ramp_weeks)


def check_term(starts_on: date, ends_on: date) -> None:
    """Raise Invalid for a contract that ends before it starts, or runs for more than ten years."""
    if ends_on <= starts_on:
        raise Invalid(
            "ends_on", f"The contract starts on {show_date(starts_on)}, so it ends later."
        )
    if ends_on.year - starts_on.year > LONGEST_TERM:
        raise Invalid("ends_on", f"A contract runs for at most {LONGEST_TERM} years.")


def check_target(terms: TargetTerms, *, runs: tuple[date, date], cleared: int) -> None:
    """Raise Invalid, on the field at fault, for a target that cannot be meant.

    `runs` are the first and the last day of the contract.
    """
    if terms.opening_backlog < cleared:
        raise Invalid(
            "opening_backlog",
            f"{cleared:,} cases of this lot are cleared and still so, more than the"
            f" {terms.opening_backlog:,} of this target.",
        )
    if terms.opening_backlog > LARGEST_BACKLOG:
        raise Invalid("opening_backlog", f"A backlog is at most {LARGEST_BACKLOG:,} cases.")
    starts_on, ends_on = runs
    if terms.starts_on < starts_on:
        raise Invalid("starts_on", f"The contract starts on {show_date(starts_on)}.")
    if terms.ends_on > ends_on:
        raise Invalid("ends_on", f"The contract ends on {show_date(ends_on)}.")
    if terms.ramp_weeks > LONGEST_RAMP:
        raise Invalid("ramp_weeks", f"The pace rises over at most {LONGEST_RAMP} weeks.")
    try:
        curve(terms)
    except Refused as refused:
        raise Invalid("ends_on", refused.sentence) from refused


def check_closing(lot: str, closed_on: date | None, references: Sequence[str], cases: int) -> None:
    """Raise Refused for a lot that is closed, or has open cases: `references` are the first."""
    if closed_on is not None:
        raise Refused(f"Lot {lot} has been closed since {show_date(closed_on)}.")
    if cases:
        more = f" and {cases - len(references):,} more" if cases > len(references) else ""
        raise Refused(
            f"Lot {lot} has {cases:,} open case{'' if cases == 1 else 's'}: "
            f"{', '.join(references)}{more}. Each is handed over, closed, handed back or moved "
            "to another lot first."
        )


def check_entering(lot: str, closed_on: date | None) -> None:
    """Raise Refused for a lot that no case enters any more."""
    if closed_on is not None:
        raise Refused(
            f"Lot {lot} has been closed since {show_date(closed_on)}: no case enters it. "
            "The council’s project manager can open it again."
        )


def check_intake(weekly_intake: int) -> None:
    """Raise Invalid for more cases a week than any team takes over."""
    if weekly_intake > LARGEST_INTAKE:
        raise Invalid("weekly_intake", f"A team takes at most {LARGEST_INTAKE} cases a week.")


@dataclass(frozen=True)
class Waiting:
    """What a contract asks for while a child has no named worker.

    A manager reviews the risk every `review_days` and the child is seen every `seen_days`, both in
    calendar days; after `escalate_weeks` the case goes up a ladder on which each step has
    `answer_days` working days for its answer. `named` are the placeholders in a council's list that
    this contract takes for a named worker.
    """

    review_days: int = 7
    seen_days: int = 28
    escalate_weeks: int = 4
    answer_days: int = 5
    named: frozenset[Placeholder] = frozenset()

    @property
    def nobody(self) -> str:
        """The placeholders that name nobody, in words; empty where all of them count."""
        words = [one.words for one in Placeholder if one not in self.named]
        return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


# The least and the most that each term may be, under the name of its field.
WAITING_BOUNDS = {
    "review_days": (1, 28),
    "seen_days": (1, 56),
    "escalate_weeks": (1, 26),
    "answer_days": (1, 20),
}


def check_waiting(terms: Waiting, from_on: date, today: date) -> None:
    """Raise Invalid, on the field at fault, for terms that nobody can mean."""
    for name, (least, most) in WAITING_BOUNDS.items():
        if not least <= getattr(terms, name) <= most:
            raise Invalid(name, f"Write a number from {least} to {most}.")
    if from_on < today:
        raise Invalid("from_on", f"{show_date(from_on)} is in the past: what was due then stands.")


def check_cover(starts_on: date, ends_on: date, today: date) -> None:
    """Raise Invalid for a cover that is over before it began or runs for too long."""
    if starts_on < today:
        raise Invalid("starts_on", f"{show_date(starts_on)} is in the past.")
    if ends_on < starts_on:
        raise Invalid("ends_on", f"The cover starts on {show_date(starts_on)}, so it ends later.")
    if ends_on > starts_on + LONGEST_COVER:
        raise Invalid("ends_on", "A deputy is named for at most a year; name them again then.")


def check_extra_day(day: date, calendar: WorkingCalendar, runs: tuple[date, date]) -> None:
    """Raise Invalid for a day off that takes no working day out of the contract's calendar."""
    starts_on, ends_on = runs
    if not starts_on <= day <= ends_on:
        raise Invalid(
            "day", f"The contract runs from {show_date(starts_on)} to {show_date(ends_on)}."
        )
    if day > calendar.known_until:
        raise Invalid("day", f"The calendar is known until {show_date(calendar.known_until)} only.")
    if day in calendar.extra_days:
        raise Invalid("day", f"{show_date(day)} is a day off already.")
    if day.weekday() > 4 or day in calendar.bank_holidays:
        raise Invalid("day", f"{show_date(day)} is a weekend or a bank holiday.")


def calendar_warning(calendar: WorkingCalendar, ends_on: date, longest: int, today: date) -> str:
    """Why the bank holidays that are known do not reach far enough; empty where they do.

    A clock of `longest` working days that starts on the contract's last day must still end.
    """
    if today > calendar.known_until:
        return "No working day after it can be counted: install a newer calendar at once."
    try:
        calendar.add(today, longest)
    except CalendarEnds:
        return "Clocks that start today run past it: install a newer calendar now."
    try:
        calendar.add(ends_on, longest)
    except CalendarEnds:
        return "Clocks that start late in this contract run past it: a newer calendar is needed."
    return ""
