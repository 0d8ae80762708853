"""What an option period may be, until when it is to be taken up, and what became of it."""

from dataclasses import dataclass
from datetime import date

from app.contract.rules import check_term
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

# Six weeks ahead the decision is near: a council's own approval takes about that long.
DECIDE_SOON = 42


class Decision(Labelled):
    """What the council did with an option."""

    TAKEN = "taken", "Taken up"
    LAPSED = "lapsed", "Let go"


@dataclass(frozen=True)
class Terms:
    """An option: the day the contract then ends, and the last day on which it may be taken up."""

    title: str
    clause: str
    decide_by: date
    extends_to: date


def check(terms: Terms, *, runs: tuple[date, date], today: date) -> None:
    """Raise Invalid, on the field at fault, for an option that cannot be meant.

    `runs` are the first and the last day of the contract.
    """
    starts_on, ends_on = runs
    try:
        check_term(starts_on, terms.extends_to)
    except Invalid as fault:
        raise Invalid("extends_to", fault.sentence) from fault
    if terms.extends_to <= ends_on:
        raise Invalid("extends_to", f"The contract ends on {show_date(ends_on)} already.")
    if terms.decide_by < today:
        raise Invalid("decide_by", f"{show_date(terms.decide_by)} is in the past.")
    if terms.decide_by >= terms.extends_to:
        raise Invalid("decide_by", "It is taken up before the days that it adds are over.")


def check_undecided(terms: Terms, *, decided: bool, today: date) -> None:
    """Raise Refused for an option that nobody decides on any more."""
    if decided:
        raise Refused("This option is decided already.")
    if terms.decide_by < today:
        raise Refused(f"It was to be taken up by {show_date(terms.decide_by)} and has lapsed.")


def check_decision(
    decision: Decision, terms: Terms, *, decided: bool, ends_on: date, today: date
) -> None:
    """Raise Refused for an option that is decided, or whose day has passed."""
    check_undecided(terms, decided=decided, today=today)
    if decision is Decision.TAKEN and terms.extends_to <= ends_on:
        raise Refused(f"The contract ends on {show_date(ends_on)} already.")


def standing(decision: Decision | None, decide_by: date, today: date) -> tuple[str, str]:
    """What became of an option, in words, and the tone of its tag."""
    if decision is Decision.TAKEN:
        return decision.label, "good"
    if decision is not None:
        return decision.label, "plain"
    days = (decide_by - today).days
    if days < 0:
        return "Lapsed: not taken up in time", "plain"
    left = "today" if not days else f"in {days} day{'s' if days != 1 else ''}"
    return f"To decide {left}", "warn" if days <= DECIDE_SOON else "note"
