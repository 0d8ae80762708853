"""The checklist of a handover: what it lacks before the council can accept it."""

from dataclasses import dataclass
from datetime import date

from app.agreements.gates import rules as gates
from app.agreements.gates.rules import Check, Facts
from app.kernel.days import show_date
from app.kernel.errors import Invalid


@dataclass(frozen=True)
class Checklist:
    """What a person ticks off; that a plan stands and the child was seen is worked out."""

    chronology_current_on: date | None = None
    family_told_on: date | None = None


def check_days(checklist: Checklist, *, referred_on: date, today: date) -> None:
    """Each day lies between the referral and today; Invalid names the field."""
    for field, day in (
        ("chronology_current_on", checklist.chronology_current_on),
        ("family_told_on", checklist.family_told_on),
    ):
        if day is None:
            continue
        if day > today:
            raise Invalid(field, f"{show_date(day)} has not come yet.")
        if day < referred_on:
            raise Invalid(
                field, f"{show_date(day)} is before the referral on {show_date(referred_on)}."
            )


def checks(facts: Facts, checklist: Checklist) -> tuple[Check, ...]:
    """What a handover asks of a case before the council can accept it."""
    return (
        *gates.checks(facts),
        Check(
            "Chronology current",
            "" if checklist.chronology_current_on else "The chronology is not marked as current.",
        ),
        Check(
            "Family told",
            "" if checklist.family_told_on else "It is not recorded that the family was told.",
        ),
    )
