"""Three ways of telling one fact: ours, the council's now and the council's last time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from app.cases.findings.rules import Mender
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused

# What a list tells of a child's work by having it, and by having it no longer.
LISTED, UNLISTED = "On its list", "Not on its list"
# A fact as text: a day as ISO writes it, nothing as "".
Told: TypeAlias = Mapping["Compared", str]


class Compared(StrEnum):
    """What is compared; the value is its name on the case."""

    REFERRED_ON = "referred_on"
    AGE_BAND = "age_band"
    PRIMARY_NEED = "primary_need"
    FAMILY_KEY = "family_key"
    SOURCE_TEAM = "source_team"
    SEEN_ON = "seen_on"
    AUTHORISED_ON = "authorised_on"
    ENDED_ON = "ended_on"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def can_be_taken(self) -> bool:
        """Whether the council's value may become ours; milestones come only from their own acts."""
        return self not in MILESTONES

    def in_words(self, told: str) -> str:
        """The fact as a person reads it."""
        if not told:
            return "Nothing"
        if told in (LISTED, UNLISTED):
            return told
        return show_date(date.fromisoformat(told)) if self.endswith("_on") else told


_LABELS = {
    Compared.REFERRED_ON: "Referred on",
    Compared.AGE_BAND: "Age",
    Compared.PRIMARY_NEED: "Primary need",
    Compared.FAMILY_KEY: "Family key",
    Compared.SOURCE_TEAM: "Source team",
    Compared.SEEN_ON: "Child last seen",
    Compared.AUTHORISED_ON: "Assessment authorised",
    Compared.ENDED_ON: "Ended",
}
MILESTONES = frozenset({Compared.SEEN_ON, Compared.AUTHORISED_ON, Compared.ENDED_ON})


class State(StrEnum):
    """How far a difference has come; a settled one stays as evidence."""

    OPEN = "open"
    TAKEN = "taken"
    KEPT = "kept"
    GONE = "gone"

    @property
    def label(self) -> str:
        return _STATES[self]


_STATES = {
    State.OPEN: "To settle",
    State.TAKEN: "The council’s taken",
    State.KEPT: "Ours kept",
    State.GONE: "Gone: both say the same now",
}


@dataclass(frozen=True)
class Difference:
    """One fact that is told differently."""

    field: Compared
    ours: str
    council_now: str
    council_before: str
    mender: Mender


# A child whose work goes on here, and of whom the list tells no longer.
GONE_FROM_LIST = Difference(Compared.ENDED_ON, "", UNLISTED, LISTED, Mender.COUNCIL)


@dataclass(frozen=True)
class Compare:
    """A case beside what the lists say of it; `silent` are facts of which silence says something.

    `listed_on` is the day of the newest list that tells of the case.
    """

    ours: Told
    now: Told
    before: Told
    listed_on: date
    silent: frozenset[Compared] = frozenset()


def compare(case: Compare) -> Iterator[Difference]:
    """The facts that differ, each with who can put it right.

    Where the council says nothing there is no difference, unless its list has the fact for every
    piece of work. A milestone of ours on or after the day of the list could not be in it.
    """
    for field in Compared:
        ours, now = case.ours.get(field, ""), case.now.get(field, "")
        if now == ours or (not now and (not ours or field not in case.silent)):
            continue
        if field in MILESTONES and ours and date.fromisoformat(ours) >= case.listed_on:
            continue
        before = case.before.get(field, "")
        yield Difference(field, ours, now, before, _mender(field, ours, now, before))


def _mender(field: Compared, ours: str, now: str, before: str) -> Mender:
    """Who left the fact behind: the council where it says nothing newer than ours."""
    if field in MILESTONES:
        return Mender.COUNCIL if ours and now < ours else Mender.TEAM
    return Mender.COUNCIL if now == before else Mender.TEAM


def is_the_list_again(again: int, missing: int) -> bool:
    """Whether a list is the earlier one again, and not another part of the council's children.

    So it is where it tells of twice as many of those known from its kind as it leaves out.
    """
    return 0 < missing * 2 <= again


def check_settling(state: State, field: Compared, how: State) -> None:
    """Refuse to settle twice, and to take over a milestone that only its own act may set."""
    if state is not State.OPEN:
        raise Refused("This difference was settled already.")
    if how not in (State.TAKEN, State.KEPT):
        raise Invalid("how", "Choose which of the two is right.")
    if how is State.TAKEN and not field.can_be_taken:
        raise Refused(
            f"“{field.label}” is not copied from a list: do it here by its own act, or keep ours."
        )


def as_told(case: Any) -> dict[Compared, str]:
    """What a case, or a row of its columns, holds of each fact."""
    held = {field: getattr(case, field) for field in Compared}
    return {field: str(value) if value else "" for field, value in held.items()}
