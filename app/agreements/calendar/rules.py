"""Which week a handover may be booked for, and the problem that smoothing solves."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.agreements.intakes.rules import WEEK, Offer
from app.cases.register.rules import Priority
from app.kernel.days import show_date, week_ending
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.planning.smoothing import URGENT, Item
from app.plans.rules import Outcome

SHOWN, HORIZON, FROZEN = 12, 26, 2
FURTHEST = timedelta(days=730)
AT_ONCE = frozenset({Outcome.SECTION_47, Outcome.PRE_PROCEEDINGS})


class Result(Labelled):
    """What became of one case when a plan was accepted."""

    BOOKED = "booked", "Booked"
    KEPT = "kept", "As it was"
    GONE = "gone", "No longer waits"
    CHANGED = "changed", "Booked otherwise meanwhile"
    LOCKED = "locked", "The week was locked meanwhile"


@dataclass(frozen=True)
class Waiting:
    """A handover that waits, as the calendar weighs it; weeks are named by their Fridays."""

    handover_id: int
    case_id: int
    lot_id: int
    team_id: int
    family_key: str | None
    priority: Priority
    open_flags: int
    child_protection: bool
    outcome: Outcome
    target_on: date
    booked: date | None

    @property
    def urgency(self) -> int:
        """5 where safeguarding or a court sets the day, 2 where the priority is high, else 1."""
        if self.open_flags or self.child_protection or self.outcome in AT_ONCE:
            return URGENT
        return {Priority.URGENT: URGENT, Priority.HIGH: 2}.get(self.priority, 1)

    @property
    def is_urgent(self) -> bool:
        return self.urgency >= URGENT


@dataclass(frozen=True)
class Problem:
    """What the planner is asked: families as items, what is fixed, and who belongs to each."""

    items: list[Item]
    locks: dict[int, int]
    members: dict[int, list[Waiting]]


def check_booking(one: Waiting, week: date, today: date, offer_of: Callable[[date], Offer]) -> None:
    """Refuse a week that is over, locked, or later than now for what is urgent."""
    this_week, wanted = week_ending(today), week_ending(week)
    if wanted < this_week:
        raise Invalid("week", f"The week of {show_date(week)} is over.")
    if week > today + FURTHEST:
        raise Invalid("week", "Choose a week within two years.")
    if one.is_urgent and wanted > this_week:
        raise Invalid("week", "This case is urgent: it is handed over this week, never later.")
    if one.booked == wanted:
        return
    if one.is_urgent:
        return
    if one.booked is not None and one.booked >= this_week and offer_of(one.booked).locked:
        raise Refused(f"The week ending {show_date(one.booked)} is locked: it stays as it is.")
    if offer_of(wanted).locked:
        raise Refused(f"The week ending {show_date(wanted)} is locked: nothing else comes in.")


def result_of(
    one: Waiting | None,
    before: date | None,
    week: date,
    *,
    this_week: date,
    locked: Collection[date],
) -> Result:
    """What accepting a plan does to one case; `before` is the week it had when it was planned.

    `locked` are its team's weeks. What has become urgent since is not put off to a later week.
    """
    if one is None:
        return Result.GONE
    if one.booked != before:
        return Result.CHANGED
    if one.booked == week or (one.is_urgent and week > this_week):
        return Result.KEPT
    held = week in locked or before in locked
    return Result.LOCKED if held and not one.is_urgent else Result.BOOKED


def problem(
    waiting: Iterable[Waiting], first: date, is_locked: Callable[[int, date], bool]
) -> Problem:
    """The planner's problem: all are ready in the first week, and late after their target.

    What is booked in a locked week or in one of the next two stays. Brothers and sisters who go to
    one team and are all free go together.
    """
    groups: dict[tuple[int, str], list[Waiting]] = defaultdict(list)
    locks: dict[int, int] = {}
    for one in waiting:
        week = _place(one.booked, first) if one.booked else -1
        stays = 0 <= week < FROZEN or (week >= 0 and is_locked(one.team_id, first + WEEK * week))
        if stays and week < HORIZON:
            locks[one.handover_id] = week
        together = one.family_key if one.family_key and not stays else f"#{one.handover_id}"
        groups[one.team_id, together].append(one)
    members = {group[0].handover_id: group for group in groups.values()}
    items = [
        Item(
            key,
            0,
            min(max(_place(week_ending(one.target_on), first), 0) for one in group),
            len(group),
            max(one.urgency for one in group),
            group[0].team_id,
        )
        for key, group in members.items()
    ]
    return Problem(items, locks, members)


def names_of(weeks: Sequence[date], first: int, last: int) -> str:
    """A run of weeks in words."""
    if first == last:
        return f"In the week ending {show_date(weeks[first])}"
    return f"From the week ending {show_date(weeks[first])} to that ending {show_date(weeks[last])}"


def _place(week: date, first: date) -> int:
    return (week - first) // WEEK
