"""What a checklist may ask of a case before its handover, and what each entry lacks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date

from app.agreements.gates.rules import Check
from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled
from app.plans.rules import Outcome, Route

LONGEST_VISIT, LONGEST_SUPERVISION = 60, 90
HANDED_OVER = tuple(one for one in Outcome if one.route is Route.HANDOVER)


class Item(Labelled):
    """One entry; that the words stand and the child was seen is asked of every handover."""

    CHRONOLOGY = "chronology_current", "Chronology current"
    FAMILY = "family_told", "Family told"
    GENOGRAM = "genogram_current", "Genogram current"
    JOINT_VISIT = "joint_visit_made", "Joint visit with the receiving team"
    RECORDINGS = "recordings_finalised", "Recordings finalised"
    SUPERVISION = "supervised", "Case supervision recent"
    ASSESSMENT = "assessment_authorised", "Assessment authorised"
    SIBLINGS = "siblings_together", "Sibling group together"
    AUDIT = "file_audited", "File audited by a team manager"


# What people tick off with a day; the others are worked out.
LACKING = {
    Item.CHRONOLOGY: "The chronology is not marked as current.",
    Item.FAMILY: "It is not recorded that the family was told.",
    Item.GENOGRAM: "The genogram is not marked as current.",
    Item.JOINT_VISIT: "No joint visit with the receiving team is recorded.",
    Item.RECORDINGS: "The recordings are not marked as finalised.",
}


@dataclass(frozen=True)
class Checklist:
    """The days on which the entries that people tick off were done."""

    chronology_current_on: date | None = None
    family_told_on: date | None = None
    genogram_current_on: date | None = None
    joint_visit_made_on: date | None = None
    recordings_finalised_on: date | None = None

    @classmethod
    def of(cls, days: Mapping[Item, date]) -> "Checklist":
        return cls(**{f"{item.value}_on": day for item, day in days.items()})

    @property
    def days(self) -> dict[Item, date]:
        """The day of each entry that is ticked off."""
        found = {Item(name.removesuffix("_on")): day for name, day in vars(self).items()}
        return {item: day for item, day in found.items() if day is not None}


TICKED = tuple(Item(one.name.removesuffix("_on")) for one in fields(Checklist))


@dataclass(frozen=True)
class Template:
    """What is asked for one outcome; both limits are in working days.

    Without `visit_days` the contract's own limit on when the child was last seen holds.
    """

    items: frozenset[Item] = frozenset({Item.CHRONOLOGY, Item.FAMILY})
    visit_days: int | None = None
    supervision_days: int = 20

    @property
    def ticked(self) -> tuple[Item, ...]:
        """The entries that people tick off, in their order."""
        return tuple(item for item in TICKED if item in self.items)


@dataclass(frozen=True)
class FileFacts:
    """What the entries that nobody ticks off are worked out from.

    `siblings_apart` counts the open cases of the family that no handover to the same team waits
    for; `audit` is None where nobody audited the file, else what it found inadequate.
    """

    authorised_on: date | None = None
    supervised_days_ago: int | None = None
    siblings_apart: int = 0
    split_reason: str = ""
    audit: Collection[str] | None = None


def check_template(template: Template, from_on: date, today: date) -> None:
    """Find fault with the first limit that nobody can mean; Invalid names its field."""
    if template.visit_days is not None and not 1 <= template.visit_days <= LONGEST_VISIT:
        raise Invalid("visit_days", f"Write a number from 1 to {LONGEST_VISIT}.")
    if not 1 <= template.supervision_days <= LONGEST_SUPERVISION:
        raise Invalid("supervision_days", f"Write a number from 1 to {LONGEST_SUPERVISION}.")
    if from_on < today:
        raise Invalid("from_on", f"{show_date(from_on)} is in the past: what was asked stands.")


def check_days(checklist: Checklist, *, referred_on: date, today: date) -> None:
    """Each day lies between the referral and today; Invalid names the field."""
    for name, day in vars(checklist).items():
        if day is None:
            continue
        if day > today:
            raise Invalid(name, f"{show_date(day)} has not come yet.")
        if day < referred_on:
            raise Invalid(
                name, f"{show_date(day)} is before the referral on {show_date(referred_on)}."
            )


def checks(template: Template, checklist: Checklist, file: FileFacts) -> tuple[Check, ...]:
    """Every entry that the template asks for, with what it lacks."""
    days = checklist.days
    return tuple(
        Check(item.label, _lacking(item, template, days, file))
        for item in Item
        if item in template.items
    )


def _lacking(item: Item, template: Template, days: Mapping[Item, date], file: FileFacts) -> str:
    if item in LACKING and item not in days:
        return LACKING[item]
    if item is Item.SUPERVISION:
        return _late_supervision(template.supervision_days, file.supervised_days_ago)
    if item is Item.ASSESSMENT and file.authorised_on is None:
        return "The assessment is not authorised."
    if item is Item.SIBLINGS and file.siblings_apart and not file.split_reason:
        return (
            f"Open cases of this family that would stay behind: {file.siblings_apart}. Hand the"
            " children over together, or write why not."
        )
    if item is Item.AUDIT:
        return _audited(file.audit)
    return ""


def _late_supervision(limit: int, days_ago: int | None) -> str:
    if days_ago is None:
        return "No supervision of this case is recorded."
    if days_ago <= limit:
        return ""
    return f"The last supervision was {days_ago} working days ago; {limit} at most are asked for."


def _audited(inadequate: Collection[str] | None) -> str:
    if inadequate is None:
        return "No team manager has audited the file."
    if inadequate:
        return f"The audit found inadequate: {', '.join(inadequate).lower()}."
    return ""
