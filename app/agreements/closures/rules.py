"""What a closure must say, and what stands between it and the pressing of Close."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

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


class Involvement(Labelled):
    """Why social care was involved; a case may have several reasons."""

    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical harm"
    SEXUAL = "sexual", "Sexual harm"
    EMOTIONAL = "emotional", "Emotional harm"
    PARENT_HEALTH = "parent_health", "A parent’s mental health, substance use or disability"
    CHILD_NEEDS = "child_needs", "The child’s disability, health or behaviour"
    EXPLOITATION = "exploitation", "Exploitation or going missing"
    HOME = "home", "Housing, money or no recourse to public funds"
    OTHER = "other", "Another reason"


class Achieved(Labelled):
    """What came of the work."""

    MET = "met", "Needs met"
    PARTLY = "partly", "Needs met in part"
    DECLINED = "declined", "Not met: the family declined help"
    NO_NEED = "no_need", "No need was found"
    ENDED = "ended", "Ended for a reason outside the work"


class Told(Labelled):
    """An agency that was told of the closure."""

    SCHOOL = "school", "School or nursery"
    HEALTH = "health", "Health visitor, nurse or doctor"
    POLICE = "police", "Police"
    EARLY_HELP = "early_help", "Early help"
    HOUSING = "housing", "Housing"
    OTHER = "other", "Another agency"
    NOBODY = "nobody", "No agency was involved"


class Support(Labelled):
    """Who goes on supporting the family, and leads."""

    NOBODY = "nobody", "Nobody: none is needed"
    SCHOOL = "school", "School or nursery"
    HEALTH = "health", "Health"
    EARLY_HELP = "early_help", "Early help"
    VOLUNTARY = "voluntary", "A voluntary organisation"
    ADULTS = "adults", "Adult social care"
    AUTHORITY = "authority", "Another authority"


class Item(Labelled):
    """Something that a council asks to have been done before a case closes."""

    FAMILY_WRITTEN = "family_written", "The family was told in writing"
    AGENCIES_WRITTEN = "agencies_written", "The agencies were told in writing"
    ASSESSMENT_SHARED = "assessment_shared", "The assessment was shared with the family"
    SEEN_ALONE = "seen_alone", "The child was seen and spoken to alone"
    PARENTS_SEEN = "parents_seen", "The parents were seen"
    HOME_SEEN = "home_seen", "The home was seen"
    CHRONOLOGY = "chronology", "The chronology is up to date"
    SUMMARY = "summary", "The case summary is written"
    RECORDINGS = "recordings", "Recordings are finalised"
    DETAILS = "details", "Details of the child and relationships are right"


# An assessment is complete when family and agencies are told in writing and a manager authorised
# it; no case is closed before that last.
STANDARD = (Item.FAMILY_WRITTEN, Item.AGENCIES_WRITTEN)
# Nobody can be asked to see a child who has died.
OF_THE_LIVING = frozenset({Item.SEEN_ALONE})


@dataclass(frozen=True)
class Draft:
    """A closure as it was written; each of the two was told, or there is a reason why not.

    What is ticked off is not among its words: it may be added to after they are agreed.
    """

    reason: ClosureReason
    ongoing_support: str
    advice: str
    family_told_on: date | None = None
    family_not_told: str = ""
    referrer_told_on: date | None = None
    referrer_not_told: str = ""
    involvement: frozenset[Involvement] = frozenset()
    achieved: Achieved | None = None
    views: str = ""
    agencies_told: frozenset[Told] = frozenset()
    support_from: Support | None = None
    ticked: frozenset[Item] = frozenset()


@dataclass(frozen=True)
class Template:
    """What a council asks to be ticked off, from a day on."""

    items: tuple[Item, ...] = STANDARD


def columns(draft: Draft) -> dict[str, Any]:
    """The closure as a row of its table holds it: several codes as words in one line."""
    return {
        name: " ".join(one for one in _order(value) if one in value)
        if isinstance(value, frozenset)
        else value
        for name, value in vars(draft).items()
    }


def lacking_headings(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Each heading of the record that says nothing: its field, and its name."""
    said = (
        ("involvement", "reasons for involvement", draft.involvement),
        ("achieved", "what was achieved", draft.achieved),
        ("views", "views of child and family", draft.views),
        ("agencies_told", "agencies told", draft.agencies_told),
        ("support_from", "who goes on supporting", draft.support_from),
    )
    return tuple((field, name) for field, name, value in said if not value)


def lacking_items(draft: Draft, template: Template) -> tuple[Item, ...]:
    """What the council asks for and nobody has ticked off."""
    asked = [
        item
        for item in template.items
        if not (draft.reason is ClosureReason.RC2 and item in OF_THE_LIVING)
    ]
    return tuple(item for item in asked if item not in draft.ticked)


def check_template(items: Collection[Item], from_on: date, today: date) -> None:
    """Raise Invalid, on the field at fault, for a checklist that cannot be."""
    missing = [item for item in STANDARD if item not in items]
    if missing:
        named = " and ".join(f"“{item.label}”" for item in missing)
        raise Invalid("items", f"Guidance asks for these everywhere: {named}.")
    if from_on < today:
        raise Invalid("from_on", f"A checklist begins today, {show_date(today)}, or later.")


def check_draft(draft: Draft, *, referred_on: date, today: date) -> None:
    """Find fault with the first answer that cannot be or is missing; Invalid names its field."""
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
    for field, name in lacking_headings(draft):
        raise Invalid(field, f"The record lacks {name}.")
    if Told.NOBODY in draft.agencies_told and len(draft.agencies_told) > 1:
        raise Invalid("agencies_told", "Either agencies were told or none was involved.")


def check_writable(state: CaseState, planned: Outcome | None) -> None:
    """A closure follows an authorised assessment and a plan that closes the case."""
    if state not in WRITABLE:
        raise Refused("A closure can be written once the assessment is authorised.")
    if not is_writable(state, planned):
        raise Refused("Write an outcome plan that closes the case first.")


def is_writable(state: CaseState, planned: Outcome | None) -> bool:
    """Whether a closure can be written now: one written earlier outlives a change of the plan."""
    return state in WRITABLE and planned is not None and planned.route is Route.CLOSURE


def entries(draft: Draft) -> dict[str, str]:
    """What a closure says, under the names a reader knows; what is empty is left out."""
    said = {
        "Reason for closure": f"{draft.reason.value} {draft.reason.label}",
        "Reasons for involvement": _listed(draft.involvement),
        "What was achieved": draft.achieved.label if draft.achieved else "",
        "Views of child and family": draft.views,
        "Family told": _told(draft.family_told_on, draft.family_not_told),
        "Referrer told": _told(draft.referrer_told_on, draft.referrer_not_told),
        "Agencies told": _listed(draft.agencies_told),
        "Support led by": draft.support_from.label if draft.support_from else "",
        "Ongoing support": draft.ongoing_support,
        "Advice if referred again": draft.advice,
    }
    return {name: words for name, words in said.items() if words}


def checks(
    facts: Facts, draft: Draft, template: Template, *, author: int | None, closer: int | None
) -> tuple[Check, ...]:
    """What a closure asks before this person can close the case."""
    own = author is None or author == closer
    headings = ", ".join(name for _, name in lacking_headings(draft))
    items = "; ".join(item.label for item in lacking_items(draft, template))
    return (
        *gates.checks(facts),
        Check(
            "No section 47 enquiry runs",
            "A section 47 enquiry runs, or waits for its conference: record what it leads to."
            if facts.enquiries
            else "",
        ),
        Check(
            "No pre-proceedings run",
            "Pre-proceedings run: the District Manager decides on the next step first."
            if facts.proceedings
            else "",
        ),
        Check("No action on the case is left open", _left_open(facts.open_actions)),
        Check(
            "The closure record is complete",
            f"The closure record lacks {headings}." if headings else "",
        ),
        Check(
            "The council’s checklist is ticked off",
            f"Not ticked off: {items}." if items else "",
        ),
        Check(
            "Closed by someone who did not write the closure",
            "Whoever wrote a closure cannot also close the case." if own else "",
        ),
    )


def _left_open(actions: int) -> str:
    if not actions:
        return ""
    left = "1 action is" if actions == 1 else f"{actions} actions are"
    return f"{left} left open on this case: each is done, or dropped with a reason, first."


def _told(told_on: date | None, not_told: str) -> str:
    return show_date(told_on) if told_on else f"No: {not_told}"


def _listed(codes: frozenset[Any]) -> str:
    return "; ".join(one.label for one in _order(codes) if one in codes)


def _order(codes: frozenset[Any]) -> Iterable[Any]:
    """Codes in the order in which their list has them, so that equal sets read alike."""
    kind: Any = type(next(iter(codes), None))
    return list(kind) if codes else []
