"""The groups of a case, and the class in which a forecast counts it."""

from datetime import date
from typing import NamedTuple

from app.kernel.labels import Labelled

PROTECTED = "child_protection"
"""The group of cases with a running enquiry, a conference to come or a child protection plan."""


class ForecastClass(Labelled):
    """Cases that end at a pace of their own; a section 47 enquiry moves its case to the first."""

    PROTECTED = PROTECTED, "Child protection: an enquiry, a conference or a plan"
    OTHER = "other", "Every other case"


class Member(NamedTuple):
    """An open case of a lot with the codes of its groups."""

    lot_id: int
    groups: frozenset[str]


class GroupChange(NamedTuple):
    """How many open cases of a lot came into a group in a week, and how many left it."""

    lot_id: int
    week_ending: date
    came: int
    went: int

    @property
    def net(self) -> int:
        return self.came - self.went
