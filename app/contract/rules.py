"""What a lot's target must be, and the curve along which it is to be cleared."""

from dataclasses import dataclass
from datetime import date

from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.planning.clearance import PlannedWeek, s_curve

LONGEST_RAMP = 52
LARGEST_BACKLOG = 100_000
LARGEST_INTAKE = 500
LONGEST_TERM = 10


@dataclass(frozen=True)
class TargetTerms:
    """A lot's target: a number of cases cleared between two dates, and the clause that says so."""

    opening_backlog: int
    starts_on: date
    ends_on: date
    ramp_weeks: int
    clause: str


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


def check_intake(weekly_intake: int) -> None:
    """Raise Invalid for more cases a week than any team takes over."""
    if weekly_intake > LARGEST_INTAKE:
        raise Invalid("weekly_intake", f"A team takes at most {LARGEST_INTAKE} cases a week.")
