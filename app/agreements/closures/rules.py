"""What a closure must say, and what stands between it and the pressing of Close."""

from dataclasses import dataclass
from datetime import date

from app.agreements.gates import rules as gates
from app.agreements.gates.rules import Check, Facts
from app.cases.states import CaseState
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.plans.rules import Outcome, Route

WRITABLE = frozenset({CaseState.AUTHORISED, CaseState.PROPOSED, CaseState.AGREED})


class ClosureReason(Labelled):
    """Why a case closes, by the codes of the statutory children in need census."""

    RC1 = "RC1", "Adopted"
    RC2 = "RC2", "Died"
    RC3 = "RC3", "Child arrangements order"
    RC4 = "RC4", "Special guardianship order"
    RC5 = "RC5", "Moved to another authority"
    RC6 = "RC6", "Moved to adult services"
    RC7 = "RC7", "Services ended for another reason, or no longer in need"
    RC8 = "RC8", "After assessment, no further action"
    RC9 = "RC9", "After assessment, referred to early help"


@dataclass(frozen=True)
class Draft:
    """A closure as it was written; each of the two was told, or there is a reason why not."""

    reason: ClosureReason
    ongoing_support: str
    advice: str
    family_told_on: date | None = None
    family_not_told: str = ""
    referrer_told_on: date | None = None
    referrer_not_told: str = ""


def check_draft(draft: Draft, *, referred_on: date, today: date) -> None:
    """Find fault with the first answer about who was told; Invalid names its field."""
    for who, told_on, not_told in (
        ("family", draft.family_told_on, draft.family_not_told),
        ("referrer", draft.referrer_told_on, draft.referrer_not_told),
    ):
        field = f"{who}_told_on"
        if told_on is None and not not_told:
            raise Invalid(field, f"Enter the day the {who} was told, or why they were not.")
        if told_on is not None and not_told:
            raise Invalid(field, f"The {who} was told or was not told; clear one answer.")
        if told_on is not None and told_on > today:
            raise Invalid(field, f"{show_date(told_on)} has not come yet.")
        if told_on is not None and told_on < referred_on:
            raise Invalid(
                field, f"{show_date(told_on)} is before the referral on {show_date(referred_on)}."
            )


def check_writable(state: CaseState, planned: Outcome | None) -> None:
    """A closure follows an authorised assessment and a plan that closes the case."""
    if state not in WRITABLE:
        raise Refused("A closure can be written once the assessment is authorised.")
    if planned is None or planned.route is not Route.CLOSURE:
        raise Refused("Write an outcome plan that closes the case first.")


def entries(draft: Draft) -> dict[str, str]:
    """What a closure says, under the names a reader knows; what is empty is left out."""
    said = {
        "Reason for closure": f"{draft.reason.value} {draft.reason.label}",
        "Family told": _told(draft.family_told_on, draft.family_not_told),
        "Referrer told": _told(draft.referrer_told_on, draft.referrer_not_told),
        "Ongoing support": draft.ongoing_support,
        "Advice if referred again": draft.advice,
    }
    return {name: words for name, words in said.items() if words}


def checks(facts: Facts, *, author: int | None, closer: int | None) -> tuple[Check, ...]:
    """What a closure asks before this person can close the case."""
    own = author is None or author == closer
    return (
        *gates.checks(facts),
        Check(
            "Closed by someone who did not write the closure",
            "Whoever wrote a closure cannot also close the case." if own else "",
        ),
    )


def _told(told_on: date | None, not_told: str) -> str:
    return show_date(told_on) if told_on else f"No: {not_told}"
