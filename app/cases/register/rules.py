"""What a reference is known by, priority, the order of triage, who holds a case and why."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled
from app.people.points.rules import Band

FLAG_OPEN = "A safeguarding flag is open on this case."
LONGEST_TO_REVIEW = timedelta(days=92)
LONGEST_CORE = 40
_POINT_ZERO = re.compile(r"\.0+$")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ZEROS_IN_FRONT = re.compile(r"([a-z]*)0+(?=[0-9])")


class Priority(StrEnum):
    """How urgent a case is to allocate and see; words, not colours of performance."""

    URGENT = "urgent"
    HIGH = "high"
    # Nobody has judged it yet: it is shown as such and stands before those judged less urgent.
    NOT_SET = "not_set"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


JUDGED = tuple(priority for priority in Priority if priority is not Priority.NOT_SET)


class PriorityReason(Labelled):
    """Why a case has its priority; the last five are given by other desks alone."""

    IMMEDIATE_RISK = "immediate_risk", "Immediate risk to the child"
    REPEAT_REFERRAL = "repeat_referral", "Referred again, or concerns add up"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse in the household"
    YOUNG_CHILD = "young_child", "Unborn or very young child"
    CHILD_NOT_SEEN = "child_not_seen", "The child has not been seen"
    OTHERS_INVOLVED = "others_involved", "Others are working with the family"
    RISK_REDUCED = "risk_reduced", "The risk has become less"
    ROUTINE = "routine", "Nothing stands out"
    RISK_REVIEW = "risk_review", "A review of the risk to a waiting child"
    FLAG_RAISED = "flag_raised", "A safeguarding flag was raised"
    FLAG_RESOLVED = "flag_resolved", "A safeguarding flag was resolved"
    ENQUIRY_OPENED = "enquiry_opened", "A section 47 enquiry was opened"
    ENQUIRY_ENDED = "enquiry_ended", "A section 47 enquiry ended"


OF_OTHER_DESKS = {
    PriorityReason.RISK_REVIEW,
    PriorityReason.FLAG_RAISED,
    PriorityReason.FLAG_RESOLVED,
    PriorityReason.ENQUIRY_OPENED,
    PriorityReason.ENQUIRY_ENDED,
}
CHOSEN_REASONS = tuple(reason for reason in PriorityReason if reason not in OF_OTHER_DESKS)


def check_review(priority: Priority, next_review_on: date, *, on: date) -> None:
    """Raise Invalid for a judgement that says nothing, or is not looked at again soon."""
    if priority is Priority.NOT_SET:
        raise Invalid("priority", "Choose how urgent the case is.")
    if next_review_on <= on:
        raise Invalid("next_review_on", "The next review is on a later day than today.")
    latest = on + LONGEST_TO_REVIEW
    if next_review_on > latest:
        raise Invalid("next_review_on", f"Look at it again by {show_date(latest)}.")


class Cohort(Labelled):
    """A group of children that is looked at across cases; the last two follow from the age."""

    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    MISSING = "missing", "Missing from home or care"
    SEXUAL_EXPLOITATION = "cse", "Sexual exploitation"
    CRIMINAL_EXPLOITATION = "cce", "Criminal exploitation"
    MISSING_EDUCATION = "missing_education", "Missing education"
    HOME_EDUCATED = "home_educated", "Elective home education"
    UNBORN = "unborn", "Unborn"
    UNDER_ONE = "under_one", "Under one"


BY_AGE = {Cohort.UNBORN: "Unborn", Cohort.UNDER_ONE: "Under 1"}
CODED = tuple(cohort for cohort in Cohort if cohort not in BY_AGE)


class Criterion(StrEnum):
    """What triage may be ordered by; a contract's rule is some of these in an order."""

    words: str

    def __new__(cls, value: str, words: str = "") -> "Criterion":
        criterion = str.__new__(cls, value)
        criterion._value_ = value
        criterion.words = words
        return criterion

    FLAG = "flag", "an open safeguarding flag"
    PROTECTION = "child_protection", "a child protection plan or enquiry"
    PRIORITY = "priority", "priority (urgent, high, not set, medium, low)"
    NOT_SEEN = "not_seen", "a child not seen yet"
    DAYS_UNSEEN = "days_unseen", "the longest without being seen"
    DAYS_WAITING = "days_waiting", "the longest since referral or reopening"
    AGE = "age", "the youngest child"


STANDARD_ORDER = tuple(Criterion)
# An age that is not known is looked at right after the youngest, not last.
AGES = ("Unborn", "Under 1", "", "1–4", "5–9", "10–15", "16+")
DAYS = date(2101, 1, 1).toordinal()


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What triage asks of a case; the dates stand for days, so that no rank ages overnight."""

    referred_on: date
    reopened_on: date | None = None
    seen_on: date | None = None
    open_flags: int = 0
    child_protection: bool = False
    priority: Priority = Priority.NOT_SET
    age_band: str = ""

    @property
    def since(self) -> date:
        return self.reopened_on or self.referred_on


RANKED = tuple(field.name for field in fields(Waiting))


def triage_rank(order: Sequence[Criterion], case: Waiting) -> int:
    """A case's place in triage, lowest first: one digit for each criterion, the first weighs most.

    At most 49 bits; ranks compare only under one order.
    """
    rank = 0
    for criterion in order:
        place, places = _place(criterion, case)
        rank = rank * places + place
    return rank


def _place(criterion: Criterion, case: Waiting) -> tuple[int, int]:
    """Where the case stands by one criterion, and how many places that criterion has."""
    match criterion:
        case Criterion.FLAG:
            return (0 if case.open_flags else 1), 2
        case Criterion.PROTECTION:
            return (0 if case.child_protection else 1), 2
        case Criterion.PRIORITY:
            return list(Priority).index(case.priority), len(Priority)
        case Criterion.NOT_SEEN:
            return (0 if case.seen_on is None else 1), 2
        case Criterion.DAYS_UNSEEN:
            return (case.seen_on or case.since).toordinal(), DAYS
        case Criterion.DAYS_WAITING:
            return case.since.toordinal(), DAYS
        case _:
            return (AGES.index(case.age_band) if case.age_band in AGES else AGES.index("")), 7


def spoken(order: Sequence[Criterion]) -> str:
    """The order in one sentence, as it is printed beside the list."""
    first, *rest = (criterion.words for criterion in order)
    words = "".join(f", then {one}" for one in rest)
    return f"{first[0].upper()}{first[1:]} first{words}."


def check_order(order: Sequence[Criterion]) -> None:
    """Raise Invalid for an order of nothing, or one that names a criterion twice."""
    if not order:
        raise Invalid("first", "Choose at least what comes first.")
    if len(set(order)) != len(order):
        raise Invalid("first", "Choose each criterion once.")


def band_of(priority: Priority, *, open_flags: int, child_protection: bool) -> Band:
    """How much work a case is in itself: most under protection or with a flag, then if urgent."""
    if open_flags or child_protection:
        return Band.HIGHLY_COMPLEX
    pressing = priority in {Priority.URGENT, Priority.HIGH}
    return Band.COMPLEX if pressing else Band.STANDARD


class AllocationRole(StrEnum):
    PRIMARY = "primary"
    CO_WORKER = "co_worker"


class ChangeReason(Labelled):
    """Why a case changes worker: the sector's standard list of reasons."""

    MANAGING_CASELOADS = "MANAGE", "Managing caseloads"
    FIRST_CONTACT = "FCONTA", "First contact or re-referral"
    LEFT_ROLE = "LEFTRL", "Worker left the role"
    RESTRUCTURE = "ORGRST", "Restructure"
    STANDARD_TRANSFER = "TSPROC", "Transfer by the standard process"
    ABSENCE = "ABSENC", "Absence or return from absence"
    CHILD_ASKED = "CHCHAN", "The child asked for a change"
    CARER_ASKED = "PCCHAN", "A parent or carer asked for a change"
    WORKER_DIED = "SWDIED", "Worker died"
    OTHER = "OTHERS", "Other"


def changes_of_worker(holders: Iterable[int]) -> int:
    """How often a child's worker changed, from who held the case, one after the other.

    Somebody who comes back after another counts again; a break without anybody does not.
    """
    held = list(holders)
    return sum(1 for before, after in pairwise(held) if before != after)


def core(text: str) -> str:
    """What stays of a reference or key without case, spaces, signs, .0 and zeros in front."""
    if text.isascii() and text.isalnum():
        if text.isdigit():
            return text.lstrip("0") or text[-1]
        return _without_zeros(text.lower())
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return _without_zeros(_NOT_WORD.sub("", _POINT_ZERO.sub("", plain)))[:LONGEST_CORE]


def _without_zeros(text: str) -> str:
    zeros = _ZEROS_IN_FRONT.match(text)
    return f"{zeros[1]}{text[zeros.end() :]}" if zeros else text
