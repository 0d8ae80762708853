"""What a week's statement of the clock says, and how either side answers its lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.cases.holds.rules import Tile
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import Holder
from app.kernel.days import show_date, week_beginning, week_ending
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

ONE_DAY = timedelta(days=1)
AT_WORK = "At work"


class Answer(Labelled):
    """What one side says of a line."""

    ACCEPTED = "accepted", "Accepted"
    DISPUTED = "disputed", "Disputed"


class Posting(NamedTuple):
    """A case that came to the lot (1) or left it (−1) on a day, by the ledger."""

    on: date
    cases: int


@dataclass(frozen=True)
class Line:
    """Working days of one case with one holder; the agency's own line is of many cases."""

    holder: Holder
    why: str
    since: date
    until: date
    days: int
    cases: int = 1
    case_id: int | None = None


@dataclass(frozen=True)
class Said:
    """Every line of a week: they sum to the working days that open cases had in it."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        return sum(line.days for line in self.lines)

    @property
    def by_holder(self) -> dict[Holder, int]:
        """Working days of each holder who has any."""
        shared = {
            holder: sum(line.days for line in self.lines if line.holder is holder)
            for holder in Holder
        }
        return {holder: days for holder, days in shared.items() if days}


def nights(friday: date, calendar: WorkingCalendar) -> list[tuple[date, date]]:
    """Each working day of the week with the night before it; a day is whose that night was."""
    days = [week_beginning(friday) + timedelta(days=n) for n in range(7)]
    return [(day - ONE_DAY, day) for day in days if calendar.is_working_day(day)]


def lines_of(
    case_id: int,
    tiles: Iterable[Tile],
    postings: Sequence[Posting],
    week: Sequence[tuple[date, date]],
) -> list[Line]:
    """What others than the agency held of one case, on the nights when it was open in the lot."""
    here = [
        (night, day)
        for night, day in week
        if sum(one.cases for one in postings if one.on <= night) > 0
    ]
    lines = []
    for one in tiles:
        held = one.held
        days = [day for night, day in here if held.since <= night < held.until]
        if held.holder is not Holder.AGENCY and days:
            lines.append(Line(held.holder, one.why, days[0], days[-1], len(days), case_id=case_id))
    return lines


def say(others: Iterable[Line], open_at: Sequence[int], week: Sequence[tuple[date, date]]) -> Said:
    """The statement: the agency's own time is all that nobody else held.

    `open_at` is how many cases the ledger had open on each night of the week.
    """
    lines = sorted(others, key=lambda line: (line.holder, line.case_id or 0, line.since))
    left = sum(open_at) - sum(line.days for line in lines)
    if left and week:
        own = Line(Holder.AGENCY, AT_WORK, week[0][1], week[-1][1], left, max(open_at))
        lines.insert(0, own)
    return Said(tuple(lines))


def check_week(friday: date, today: date) -> None:
    """Raise Invalid for a day that ends no week, and Refused for a week that is not over."""
    if week_ending(friday) != friday:
        raise Invalid("week", f"{show_date(friday)} is not a Friday.")
    if friday >= today:
        raise Refused("A statement is issued once its week is over.")


def check_answer(answer: Answer, words: str) -> None:
    """Whoever disputes a line says why."""
    if answer is Answer.DISPUTED and not words:
        raise Invalid("words", "Say what is wrong with this line.")
