"""When supervision is due, what it may decide, how it keeps to the contract and is sampled."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.access.roles import Role
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.people.rules import Post

# A supervision may be written down, and cases added to it, until so long after it was held.
WRITTEN_UP = timedelta(days=7)
FURTHEST = timedelta(weeks=13)


@dataclass(frozen=True)
class Terms:
    """How many days may lie between two supervisions of each kind, and two talks about a child."""

    case_days: int = 28
    child_days: int = 31
    personal_days: int = 28
    welfare_days: int = 31


# The least and the most that each term may be, under the name of its field.
BOUNDS = {
    "case_days": (7, 92),
    "child_days": (7, 184),
    "personal_days": (7, 92),
    "welfare_days": (7, 92),
}


class Decision(Labelled):
    """What a talk about one child in supervision led to."""

    CONTINUE = "continue", "Go on as planned"
    CHANGE_PLAN = "change_plan", "Change the plan"
    MOVE_ON = "move_on", "Get it moving: it drifts"
    PROTECT = "protect", "Protect the child: strategy discussion or flag"
    PREPARE_ENDING = "prepare_ending", "Prepare the ending"
    ESCALATE = "escalate", "Take it further up"


class Grade(Labelled):
    """How good a sampled supervision was."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"


@dataclass(frozen=True)
class Kept:
    """How many supervisions fell due in a time, and what became of each of them."""

    on_time: int = 0
    late: int = 0
    missing: int = 0

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.missing

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.on_time + other.on_time, self.late + other.late, self.missing + other.missing
        )


def check_terms(terms: Terms, from_on: date, today: date) -> None:
    """Raise Invalid, on the field at fault, for terms that nobody can mean."""
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(terms, name) <= most:
            raise Invalid(name, f"Write a number from {least} to {most}.")
    if from_on < today:
        raise Invalid("from_on", f"{show_date(from_on)} is in the past: what was due then stands.")


def due_on(starts_on: date, held: Collection[date], days: int) -> date:
    """When the next one is due: so many days after the last one, or after the start."""
    return max([starts_on, *held]) + timedelta(days=days)


def kept(
    employed: tuple[date, date | None],
    held: Iterable[date],
    days: int,
    window: tuple[date, date],
    today: date,
) -> Kept:
    """What became of the supervisions that fell due in a window, its last day included.

    Each one held answers the day that was due then and sets the next; a day due that nothing has
    answered yet is missing once it is past. Nothing is due after the last day of work.
    """
    starts_on, ends_on = employed
    on_time = late = missing = 0
    due = starts_on + timedelta(days=days)
    last = min(window[1], ends_on or window[1])
    for day in sorted(held):
        if window[0] <= due <= last:
            on_time, late = on_time + (day <= due), late + (day > due)
        due = day + timedelta(days=days)
    if window[0] <= due <= last and due < today:
        missing = 1
    return Kept(on_time, late, missing)


def may_supervise(role: Role | None, post: Post) -> bool:
    """Whether somebody of a role supervises a post: nobody does their equals, or themselves."""
    return post.holds_cases or role is Role.AGENCY_PROJECT_MANAGER


def check_planned(planned_on: date, today: date) -> None:
    """Raise Invalid for a day that is past or too far off."""
    if planned_on < today:
        raise Invalid("planned_on", f"{show_date(planned_on)} is in the past.")
    if planned_on > today + FURTHEST:
        raise Invalid("planned_on", f"Choose a day by {show_date(today + FURTHEST)}.")


def check_held(held_on: date, today: date) -> None:
    """Raise Invalid for a day ahead, and for one too long ago to write down truly."""
    if held_on > today:
        raise Invalid("held_on", f"{show_date(held_on)} lies ahead.")
    if held_on < today - WRITTEN_UP:
        raise Invalid("held_on", f"It is written down within {WRITTEN_UP.days} days of being held.")


def takes_decisions(held_on: date | None, today: date) -> bool:
    """Whether a supervision was held so lately that decisions may still be written down."""
    return held_on is not None and held_on >= today - WRITTEN_UP


def held_lately(held_on: date | None, today: date) -> date:
    """The day of a supervision that still takes decisions; Refused where there is none."""
    if held_on is None or not takes_decisions(held_on, today):
        raise Refused("Start the supervision first: what is decided belongs to one held lately.")
    return held_on


def drawn(ids: Collection[int], salt: str, one_in: int) -> list[int]:
    """A sample that nobody chose: one in so many and at least one, the same for the same salt."""
    chance = {one: hashlib.sha256(f"{salt}/{one}".encode()).digest() for one in ids}
    return sorted(sorted(ids, key=lambda one: chance[one])[: -(-len(ids) // one_in)])


def check_grader(supervisor_id: int, grader_id: int | None, graded: Grade | None) -> None:
    """Nobody grades their own supervision, and none is graded twice."""
    if supervisor_id == grader_id:
        raise Refused("Nobody grades a supervision of their own.")
    if graded is not None:
        raise Refused("This supervision was graded already.")
