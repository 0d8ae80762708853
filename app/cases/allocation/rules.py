"""Who may stand beside whom on a case, the soft limits on new work, and why one is passed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.cases.workload.rules import Load
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled
from app.people.points.rules import PointsTable


def check_pair(practitioner_id: int, co_worker_id: int | None) -> None:
    """The co-worker is someone other than the practitioner who holds the case."""
    if co_worker_id == practitioner_id:
        raise Invalid("co_worker_id", "Choose someone other than the practitioner as co-worker.")


class Limit(Labelled):
    """The soft limits on giving somebody more work."""

    CASES = "cases", "Cases held"
    POINTS = "points", "Points"
    NEW_CASES = "new_cases", "New cases this week"
    UNSTARTED = "unstarted", "Cases not started"
    OLD_UNSTARTED = "old_unstarted", "A case not started for long"


class Hands(NamedTuple):
    """How full somebody's hands are, beside what they can take; days of the oldest not started."""

    load: Load
    new_this_week: int
    oldest_unstarted: int
    case_limit: int
    points: int
    new_cases_a_week: int

    def with_more(self, cases: int, points: int, unstarted: int) -> "Hands":
        """The same hands with so many new cases of so many points, some of them not started."""
        load = Load(
            self.load.cases + cases,
            self.load.co_worked,
            self.load.unstarted + unstarted,
            self.load.points + points,
        )
        return Hands(
            load,
            self.new_this_week + cases,
            self.oldest_unstarted,
            self.case_limit,
            self.points,
            self.new_cases_a_week,
        )

    @property
    def room(self) -> int:
        """Points left; negative when over what they can carry."""
        return self.points - self.load.points


@dataclass(frozen=True)
class Passed:
    """A soft limit that more work would pass, in words."""

    limit: Limit
    words: str


def passed(before: Hands, after: Hands, table: PointsTable) -> tuple[Passed, ...]:
    """The soft limits that new work would pass, or that somebody stands beyond already."""
    return tuple(_passed(before, after, table))


def _passed(before: Hands, after: Hands, table: PointsTable) -> Iterator[Passed]:
    load, of = after.load, "are the limit"
    if load.cases > after.case_limit:
        yield Passed(Limit.CASES, f"would hold {load.cases} cases, and {after.case_limit} {of}")
    if load.points > after.points:
        carries = f"would carry {load.points} points, and can carry {after.points}"
        yield Passed(Limit.POINTS, carries)
    if after.new_this_week > after.new_cases_a_week:
        new = f"would have {after.new_this_week} new cases this week"
        yield Passed(Limit.NEW_CASES, f"{new}, and {after.new_cases_a_week} {of}")
    if load.unstarted > max(table.unstarted_cases, before.load.unstarted):
        unstarted = f"would have {load.unstarted} cases not started"
        yield Passed(Limit.UNSTARTED, f"{unstarted}, and {table.unstarted_cases} {of}")
    if before.oldest_unstarted > table.unstarted_days:
        waits = f"has had a case for {before.oldest_unstarted} days without starting it"
        yield Passed(Limit.OLD_UNSTARTED, f"{waits}, and {table.unstarted_days} {of}")


class OverrideReason(Labelled):
    """Why a manager gives somebody more than the limits allow."""

    SUITABILITY = "suitability", "Best suited to this child"
    CONTINUITY = "continuity", "Knows the child or the family"
    NOBODY_ELSE = "nobody_else", "Nobody else can take it"
    SAFETY = "safety", "The child cannot wait"
    OTHER = "other", "Other"


@dataclass(frozen=True)
class Override:
    """A manager's reason for passing soft limits."""

    reason: OverrideReason
    note: str = ""


def check_override(name: str, beyond: Sequence[Passed], override: Override | None) -> None:
    """Raise Invalid where limits are passed without a reason, or for “other” without words."""
    if beyond and override is None:
        words = "; ".join(one.words for one in beyond)
        raise Invalid("override", f"{name} {words}. Choose why it is right all the same.")
    check_words(override)


def check_words(override: Override | None) -> None:
    """Raise Invalid for “other” without words."""
    if override and override.reason is OverrideReason.OTHER and not override.note:
        raise Invalid("note", "Say in a few words what the other reason is.")


THIRD_CHANGE = 3


def change_words(changes: int) -> str:
    """What to say before a child's worker is changed, who changed so often before; or nothing."""
    if changes + 1 < THIRD_CHANGE:
        return ""
    return (
        f"This child’s worker has changed {changes} times. Another change would be number"
        f" {changes + 1}: keep the worker where that is possible."
    )
