"""How many cases will be left at the end, whether teams have room, and who may be named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.cases.scope.rules import WEEK, Change, present_rate
from app.exit.steps.rules import RESIDUAL_WEEKS
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import weeks_between
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled

FORTNIGHT = timedelta(days=13)
FORECASTS = 8
# What the oldest of the forecasts looks back on: a present rate takes eight weeks at most.
LOOKED_BACK = WEEK * (FORECASTS + 10)


class Way(Labelled):
    """How the plan in force would end a case."""

    HANDOVER = "handover", "Planned to go to a team or authority"
    CLOSURE = "closure", "Planned to close"
    HAND_BACK = "hand_back", "Planned to be handed back"
    NONE = "none", "No plan yet"

    @property
    def words(self) -> str:
        """The label, to follow a number."""
        return f"{self.label[0].lower()}{self.label[1:]}"


class Which(Labelled):
    """Which of a lot's cases without a receiver are given one at once."""

    PLANNED = "planned", "Those whose outcome plan names this team"
    ALL = "all", "Every open case of the lot that nobody was named for"


@dataclass(frozen=True)
class Receiver:
    """A receiving team and the person in it who answers for a case from then on."""

    receiving_team_id: int
    person: str


@dataclass(frozen=True)
class Room:
    """What a team is named for beside what it can take until the end, at its weekly intake."""

    team: str
    lot: str
    lot_id: int
    weekly_intake: int
    named: int
    weeks: int

    @property
    def capacity(self) -> int:
        return self.weekly_intake * self.weeks

    @property
    def over(self) -> int:
        """Cases too many; 0 where the team can take all it is named for."""
        return max(0, self.named - self.capacity)


@dataclass(frozen=True)
class Forecast:
    """How many cases would be open at the end, as it looked on a day; None before a full week.

    `cleared` and `received` are those of the weeks that the rate is taken from.
    """

    made_on: date
    open: int
    weeks: int
    cleared: int
    received: int
    left: int | None


def receiving_due(ends_on: date) -> date:
    """The day from which on no open case may be without a named receiver."""
    return ends_on - timedelta(weeks=RESIDUAL_WEEKS)


def check_receiver(receiver: Receiver, lot_team_ids: Iterable[int]) -> None:
    """Raise Invalid, on the field at fault, for a receiver that cannot be."""
    if receiver.receiving_team_id not in set(lot_team_ids):
        raise Invalid("receiving_team_id", "Choose a receiving team of the case’s lot.")
    if not any(letter.isalpha() for letter in receiver.person):
        raise Invalid("person", "Name a person: a team, duty or a number does not count.")


def weeks_left(today: date, ends_on: date) -> int:
    """How many more weeks teams take cases in, the present one included; 0 after the end."""
    return max(0, weeks_between(today, ends_on) + 1) if today <= ends_on else 0


def seen_between(
    calendar: WorkingCalendar, within: int, starts_on: date, ends_on: date
) -> tuple[date, date]:
    """The days on which a child was last seen whose next visit is due from a day to another.

    Due as many working days later as `within` says; the first day is after the last for none.
    """
    days = [starts_on - timedelta(days=back) for back in range(3 * within + 30, -1, -1)]
    days += [starts_on + timedelta(days=more) for more in range(1, (ends_on - starts_on).days + 1)]
    due = [day for day in days if starts_on <= calendar.add(day, within) <= ends_on]
    return (due[0], due[-1]) if due else (ends_on, starts_on)


def forecast(changes: Sequence[Change], ends_on: date, on: date) -> Forecast:
    """What would be left at the end if the last full weeks before a day repeat until then.

    Cleared less received and reopened, to whole cases, rounded up; never below nothing.
    """
    known = [change for change in changes if change.day <= on]
    still = sum(change.cases for change in known)
    rate = present_rate(known, on)
    left = None
    if rate.weeks:
        ahead = max(0, (ends_on - on).days)
        net = rate.cleared - rate.received
        left = max(0, still - (net * ahead) // (rate.weeks * WEEK.days))
    return Forecast(on, still, rate.weeks, rate.cleared, rate.received, left)


def forecasts(changes: Sequence[Change], ends_on: date, today: date) -> list[Forecast]:
    """The forecast as made on each of the last Mondays, the newest first, and today's before."""
    if not changes:
        return []
    first = min(change.day for change in changes)
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - WEEK * back for back in range(FORECASTS)]
    days = [today, *(day for day in mondays if first <= day < today)]
    return [forecast(changes, ends_on, day) for day in days]
