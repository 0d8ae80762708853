"""What a week of work comes to: the rota's days, how they differed, and what may still change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.finance.rota.rules import Worker, planned_minutes
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import show_date, week_ending
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.people.rules import Post, show_hours

LONGEST_DAY = 12 * 60


class Kind(Labelled):
    """How a day differed from the rota."""

    SICK = "sick", "Away sick"
    UNPAID = "unpaid", "Unpaid day off"
    HALF_DAY = "half_day", "Half a day"
    EXTRA = "extra", "Extra hours"
    OTHER_LOT = "other_lot", "Worked for another lot"
    # Kept in the other lot beside it; nobody chooses it.
    FROM_LOT = "from_lot", "Came from another lot"


CHOSEN = tuple(kind for kind in Kind if kind is not Kind.FROM_LOT)


@dataclass(frozen=True)
class Differing:
    """One difference; `minutes` count for extra hours and for a day that came from another lot."""

    practitioner_id: int
    day: date
    kind: Kind
    minutes: int = 0


@dataclass(frozen=True)
class DayWorked:
    """One worker's day for one lot: what the rota had, and what was worked."""

    practitioner_id: int
    name: str
    post: Post
    day: date
    planned: int
    minutes: int
    kind: Kind | None = None


@dataclass(frozen=True)
class Correction:
    """What a signed week is corrected by: minutes more, or fewer with a minus."""

    practitioner_id: int
    day: date
    minutes: int
    reason: str


def week_of(friday: date) -> tuple[date, ...]:
    """Saturday to Friday."""
    return tuple(friday - timedelta(days=back) for back in range(6, -1, -1))


def worked(planned: int, differing: Differing | None) -> int:
    """The minutes worked on a day that the rota had so many for."""
    if differing is None:
        return planned
    if differing.kind is Kind.HALF_DAY:
        return planned // 2
    if differing.kind in (Kind.EXTRA, Kind.FROM_LOT):
        return planned + differing.minutes
    return 0


def week_worked(
    workers: Sequence[Worker],
    differing: Sequence[Differing],
    friday: date,
    calendar: WorkingCalendar,
) -> list[DayWorked]:
    """Every day of a lot's week that was planned or differed, by worker and day."""
    by_day = {(one.practitioner_id, one.day): one for one in differing}
    found = []
    for worker in workers:
        for day in week_of(friday):
            planned = planned_minutes(worker, day, calendar)
            other = by_day.get((worker.practitioner_id, day))
            if planned or other:
                minutes, kind = worked(planned, other), other.kind if other else None
                who = worker.practitioner_id, worker.name, worker.post
                found.append(DayWorked(*who, day, planned, minutes, kind))
    return found


def check_difference(asked: Differing, planned: int, today: date) -> None:
    """Raise Invalid, on the field at fault, for a difference that cannot be meant."""
    if week_ending(asked.day) > week_ending(today):
        raise Invalid("day", "This week has not come yet.")
    if asked.kind is Kind.EXTRA:
        if asked.minutes <= 0:
            raise Invalid("minutes", "Say how many hours more were worked.")
        if planned + asked.minutes > LONGEST_DAY:
            most = show_hours(LONGEST_DAY)
            raise Invalid("minutes", f"A day has at most {most} hours, with those of the rota.")
        return
    if asked.minutes:
        raise Invalid("minutes", "Only extra hours are counted in hours.")
    if not planned:
        raise Invalid("day", f"The rota has no work for them here on {show_date(asked.day)}.")


def check_week_over(friday: date, today: date) -> None:
    """Refuse to sign a week that still has working days to come."""
    if friday > today:
        raise Refused(f"This week is signed when it is over, from {show_date(friday)} on.")


def check_correction(asked: Correction, signed: int) -> None:
    """Raise Invalid for a correction of nothing, or to fewer than no minutes or a day too long."""
    if not asked.minutes:
        raise Invalid("minutes", "Say how many hours more or, with a minus, fewer.")
    if signed + asked.minutes < 0:
        raise Invalid("minutes", f"Only {show_hours(signed)} hours are signed for that day.")
    if signed + asked.minutes > LONGEST_DAY:
        raise Invalid("minutes", f"A day has at most {show_hours(LONGEST_DAY)} hours.")
    if not asked.reason:
        raise Invalid("reason", "Say why it is corrected.")
