"""The minutes that the rota has for a worker, a day and a lot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.calendar import WorkingCalendar
from app.people.capacity.rules import Hours, Reason, Reduced
from app.people.rules import Post

# Time taken from cases for these is time away; the rest is other work, which is paid as well.
AWAY = frozenset({Reason.LEAVE, Reason.ABSENCE})


@dataclass(frozen=True)
class Worker:
    """A worker as the rota of one lot sees them: hours, time off, and when they work there.

    `shares` says how many lots they work in on a day: a day is shared evenly between them.
    """

    practitioner_id: int
    name: str
    post: Post
    hours: Hours
    reduced: Sequence[Reduced]
    shares: Mapping[date, int]


def planned_minutes(worker: Worker, day: date, calendar: WorkingCalendar) -> int:
    """The minutes that the rota has for one worker, day and lot; leave and days off are none."""
    hours, shares = worker.hours, worker.shares.get(day, 0)
    works = day.isoweekday() in hours.days and hours.runs_on(day) and calendar.is_working_day(day)
    taken = [one for one in worker.reduced if one.reason in AWAY and one.covers(day)]
    if not shares or not works or any(one.minutes_a_week is None for one in taken):
        return 0
    weekly = hours.weekly_minutes - sum(one.minutes_a_week or 0 for one in taken)
    return max(0, weekly) // (len(hours.days) * shares)
