"""The kinds of finding, who mends each, and those that a case's own facts show."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.cases.states import CaseState
from app.kernel.days import show_date

LONGEST_WORDS = 300


class Source(StrEnum):
    """What a finding was seen in; each source is looked at as a whole, by itself."""

    CASE = "case"
    LIST = "list"
    PAIR = "pair"
    PATHWAY = "pathway"


class Mender(StrEnum):
    """Who can put a finding right."""

    COUNCIL = "council"
    TEAM = "team"

    @property
    def label(self) -> str:
        return "The council, in its list" if self is Mender.COUNCIL else "The team, in Clearway"


class Kind(StrEnum):
    """One thing that can be wrong, under the name that the queue gives it."""

    label: str
    field: str
    source: Source
    mender: Mender

    def __new__(
        cls, value: str, label: str, field: str, source: Source, mender: Mender = Mender.COUNCIL
    ) -> "Kind":
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label, kind.field, kind.source, kind.mender = label, field, source, mender
        return kind

    DUPLICATE = "duplicate", "Duplicate of another case", "Reference", Source.PAIR, Mender.TEAM
    NO_CLOCK = "no_clock", "Under way without a clock", "Clock", Source.CASE, Mender.TEAM
    CORE_FROM_REFERRAL = (
        "core_from_referral",
        "Core assessment straight from referral",
        "Assessment",
        Source.PATHWAY,
        Mender.TEAM,
    )
    EARLY_HELP_AGAIN = (
        "early_help_again",
        "Early-help assessment after a full one",
        "Assessment",
        Source.PATHWAY,
        Mender.TEAM,
    )
    REFERENCE_CHANGED = (
        "reference_changed",
        "Reference changed by Excel",
        "Reference",
        Source.CASE,
    )
    REFERRED_AFTER_LIST = (
        "referred_after_list",
        "Referred after the day of the list",
        "Referral date",
        Source.CASE,
    )
    NO_AGE = "no_age", "No age", "Age", Source.CASE
    ZEROS_LOST = "zeros_lost", "Leading zeros lost", "Reference", Source.LIST
    NO_START = "no_start", "No referral or start date", "Referral date", Source.LIST
    DATES_OUT_OF_ORDER = "dates_out_of_order", "Dates out of order", "Dates", Source.LIST
    DATE_AHEAD = "date_ahead", "Date after the day of the list", "Dates", Source.LIST
    OPEN_TWICE = "open_twice", "Several open pieces of work", "Dates", Source.LIST
    OVERLAP = "overlap", "Overlapping pieces of work", "Dates", Source.LIST
    OPEN_AND_CLOSED = "open_and_closed", "Open and closed at once", "Case status", Source.LIST
    REASON_NOT_CLOSED = (
        "reason_not_closed",
        "Reason for closure without its date",
        "Reason for closure",
        Source.LIST,
    )
    CLOSED_NO_REASON = (
        "closed_no_reason",
        "Closure without its reason",
        "Reason for closure",
        Source.LIST,
    )
    CONFERENCE_AT_WEEKEND = (
        "conference_at_weekend",
        "Conference at a weekend",
        "Child protection conference date",
        Source.LIST,
    )
    NO_DISTRICT = "no_district", "No district", "District", Source.LIST
    OTHER_DISTRICT = "other_district", "District of another lot", "District", Source.LIST
    WORKER_IS_TEAM = "worker_is_team", "Worker is a team or tray", "Allocated worker", Source.LIST


def kinds_of(source: Source) -> list[Kind]:
    """What can be found by one source, in the order of `Kind`."""
    return [kind for kind in Kind if kind.source is source]


class CaseFacts(NamedTuple):
    """What a case holds of itself that can be wrong."""

    reference: str
    state: CaseState
    referred_on: date
    received_on: date
    clock_started_on: date | None
    age_band: str


# What Excel makes of a reference such as 3/21 or MAR21, and of one with more than 15 digits.
_DAY_MADE_BY_EXCEL = re.compile(
    r"[0-9]{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}",
    re.IGNORECASE,
)
_DIGITS_LOST = re.compile(r"[0-9]{15}0+")
_EXACT_DIGITS = 15
_POINT = re.compile(r"[0-9]+\.[0-9]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_NEEDS_CLOCK = frozenset({CaseState.ASSESSING, CaseState.SUBMITTED})


def of_case(case: CaseFacts) -> dict[Kind, str]:
    """What the case's own facts show, each in words; nothing once it has ended."""
    if not case.state.is_open:
        return {}
    found = {}
    if case.clock_started_on is None and case.state in _NEEDS_CLOCK:
        found[Kind.NO_CLOCK] = "The assessment is under way, and no clock counts its days."
    if not case.age_band:
        found[Kind.NO_AGE] = "Nobody has said how old the child is."
    if why := changed_by_excel(case.reference):
        found[Kind.REFERENCE_CHANGED] = why
    if case.referred_on > case.received_on:
        found[Kind.REFERRED_AFTER_LIST] = (
            f"Referred on {show_date(case.referred_on)}; the list is of "
            f"{show_date(case.received_on)}."
        )
    return found


def may_be_changed(reference: str) -> bool:
    """Whether it is worth a look if a spreadsheet made a reference of another, as of few it is."""
    return not reference.isalnum() or len(reference) > _EXACT_DIGITS


def changed_by_excel(reference: str) -> str:
    """Why a reference looks like what a spreadsheet makes of another; empty where it does not."""
    if not may_be_changed(reference):
        return ""
    if _DAY_MADE_BY_EXCEL.fullmatch(reference):
        return f"{reference} is a date; Excel may have made it of another reference."
    if _DIGITS_LOST.fullmatch(reference):
        return f"{reference} ends in zeros after 15 digits; Excel keeps no more than 15."
    if _POINT.fullmatch(reference):
        return f"{reference} is a number with a point, not a reference."
    if _THOUSANDS.fullmatch(reference):
        return f"{reference} is a number with its thousands set apart, not a reference."
    return ""


def padded_length(references: Sequence[str]) -> int | None:
    """How long the references of a list are, where all zeros in front are kept and needed.

    None unless nine in ten of those that are all digits have one length, and one of them begins
    with a zero.
    """
    digits = [one for one in references if one.isdigit()]
    if not digits:
        return None
    lengths: dict[int, int] = {}
    for one in digits:
        lengths[len(one)] = lengths.get(len(one), 0) + 1
    length = max(lengths, key=lambda n: lengths[n])
    common = lengths[length] * 10 >= len(digits) * 9
    padded = any(one[0] == "0" and len(one) == length for one in digits)
    return length if common and padded else None
