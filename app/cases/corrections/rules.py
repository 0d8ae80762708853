"""Which facts of a case a person may correct, in which words, and what they may not become."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from app.kernel.days import show_date
from app.kernel.errors import Invalid

EARLIEST = date(1990, 1, 1)
AGE_BANDS = ("Unborn", "Under 1", "1–4", "5–9", "10–15", "16+")
# The codes of the statutory children in need census, in words.
PRIMARY_NEEDS = {
    "N0": "Not stated",
    "N1": "Abuse or neglect",
    "N2": "The child’s own disability",
    "N3": "A parent’s disability or illness",
    "N4": "Family in acute stress",
    "N5": "Family relationships that do not work",
    "N6": "Behaviour that others do not accept",
    "N7": "Low income",
    "N8": "Parents who are absent",
    "N9": "Not a child in need",
}


class Fact(StrEnum):
    """A fact that may be corrected; the value is its name on the case."""

    REFERRED_ON = "referred_on"
    AGE_BAND = "age_band"
    PRIMARY_NEED = "primary_need"
    FAMILY_KEY = "family_key"
    SOURCE_TEAM = "source_team"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def choices(self) -> tuple[str, ...]:
        """The only values it may have beside none; empty where any text goes."""
        return _CHOICES.get(self, ())


_LABELS = {
    Fact.REFERRED_ON: "Referred on",
    Fact.AGE_BAND: "Age",
    Fact.PRIMARY_NEED: "Primary need",
    Fact.FAMILY_KEY: "Family key",
    Fact.SOURCE_TEAM: "Source team",
}
_CHOICES = {Fact.AGE_BAND: AGE_BANDS, Fact.PRIMARY_NEED: tuple(PRIMARY_NEEDS)}
LONGEST = {Fact.FAMILY_KEY: 40, Fact.SOURCE_TEAM: 80}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of one case that may be corrected; text is empty where nothing is known."""

    referred_on: date
    age_band: str = ""
    primary_need: str = ""
    family_key: str = ""
    source_team: str = ""

    @classmethod
    def of(cls, case: Any) -> "Facts":
        """The facts as a case, or a view of one, holds them."""
        values: dict[str, Any] = {one.name: getattr(case, one.name) or "" for one in fields(cls)}
        return cls(**values)

    @property
    def words(self) -> dict[str, str]:
        """Each fact as a person reads it, by its label."""
        return {fact.label: in_words(getattr(self, fact)) for fact in Fact}


def in_words(value: str | date) -> str:
    """A fact's value as a person reads it; a dash where there is none."""
    if isinstance(value, date):
        return show_date(value)
    return value or "–"


def differences(before: Facts, after: Facts) -> dict[Fact, Any]:
    """The facts that differ, with what they become."""
    return {
        fact: getattr(after, fact) for fact in Fact if getattr(before, fact) != getattr(after, fact)
    }


def check(corrections: Mapping[Fact, Any], received_on: date) -> None:
    """Refuse what cannot be true, each with the fact that it is about."""
    for fact, value in corrections.items():
        if fact.choices and value and value not in fact.choices:
            raise Invalid(fact, f"{fact.label} is one of {', '.join(fact.choices)}.")
        if fact in LONGEST and len(value) > LONGEST[fact]:
            raise Invalid(fact, f"{fact.label} has at most {LONGEST[fact]} characters.")
    referred_on = corrections.get(Fact.REFERRED_ON)
    if referred_on is None:
        return
    if referred_on > received_on:
        came = show_date(received_on)
        raise Invalid(Fact.REFERRED_ON, f"The case was received on {came}, so no later referral.")
    if referred_on < EARLIEST:
        raise Invalid(Fact.REFERRED_ON, f"A referral is not before {show_date(EARLIEST)}.")
