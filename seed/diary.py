"""Working hours: where an invented event may fall in a council's week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from app.kernel.calendar import WorkingCalendar, england_and_wales
from app.kernel.days import LONDON

OPENS, CLOSES = 9 * 60, 17 * 60


@dataclass(frozen=True)
class Diary:
    """Turns days into instants of working hours; bank holidays are kept free."""

    calendar: WorkingCalendar

    @classmethod
    def of_england(cls) -> "Diary":
        return cls(england_and_wales())

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.calendar.bank_holidays

    def working(self, day: date) -> date:
        """The day itself, or the working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def moment(self, day: date, random: Random, after: datetime | None = None) -> datetime:
        """A whole minute of working hours on the day or soon after it, later than `after`."""
        minute = OPENS + int(random.random() * (CLOSES - OPENS))
        found = at(self.working(day), minute)
        if after is None or found > after:
            return found
        later = after + timedelta(minutes=15)
        held = later.astimezone(LONDON)
        if self.is_working(held.date()) and held.hour * 60 + held.minute < CLOSES + 45:
            return later
        return at(self.working(held.date() + timedelta(days=1)), OPENS + minute % 60)


def at(day: date, minute: int) -> datetime:
    """So many minutes after midnight, as London's clocks show it."""
    local = datetime.combine(day, time(minute // 60, minute % 60), LONDON)
    return local.astimezone(UTC)
