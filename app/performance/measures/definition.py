"""What a measure says, and a worked example of it that runs."""

from dataclasses import dataclass
from datetime import date

from app.kernel.calendar import WorkingCalendar
from app.performance.measures.rules import PARTS, Cohort, Group, Kind, Tally
from app.performance.measures.tallies import Days, Fact, calendar_days, counts, tally

# A Tuesday in a term without holidays near it.
BEGAN = date(2026, 9, 1)
SPLIT = (Cohort.ALL, *PARTS)
WHOLE = (Cohort.ALL,)


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A measure in words, and what a version of it may change: the words, and `within`.

    `within` are working days, unless `in_days` says calendar days; `least_most` are its bounds.
    A standing measure is read as at the end of a period, any other over its days.
    """

    group: Group
    words: str
    counted: str
    of: str
    day: str
    left_out: str = "Nothing is left out."
    within: int | None = None
    least_most: tuple[int, int] | None = None
    in_days: bool = False
    standing: bool = False
    # About facts of children or families: outsiders see no small number of it.
    sensitive: bool = False
    cohorts: tuple[Cohort, ...] = SPLIT
    example: tuple[str, ...]
    # Which of the example's events count, where no days decide it; amounts of a rate.
    met: tuple[int, ...] = ()
    # Out of how much each of them is, where a share is not one of events.
    out_of: tuple[int, ...] = ()
    expected: Tally

    def days(self, calendar: WorkingCalendar) -> Days:
        """How the days of this measure are counted."""
        return calendar_days if self.in_days else calendar.days_between

    @property
    def unit_of_days(self) -> str:
        return "days" if self.in_days else "working days"


def facts_of(definition: Definition, within: int | None, calendar: WorkingCalendar) -> list[Fact]:
    """The invented events of a worked example, laid around the days that a version allows."""
    if definition.within is not None and within is not None:
        ends = [within, within + 1, None]
        return [
            Fact(words, BEGAN, None if used is None else _after(definition, used, calendar))
            for words, used in zip(definition.example, ends, strict=False)
        ]
    if definition.expected.amount is not None:
        return [
            Fact(words, BEGAN, _after(definition, used, calendar))
            for words, used in zip(definition.example, definition.met, strict=True)
        ]
    whole = definition.out_of or (1,) * len(definition.met)
    return [
        Fact(words, met=bool(met), amount=met, out_of=out_of)
        for words, met, out_of in zip(definition.example, definition.met, whole, strict=True)
    ]


def run_example(
    kind: Kind, definition: Definition, within: int | None, calendar: WorkingCalendar
) -> tuple[list[tuple[Fact, bool]], Tally]:
    """A worked example under a version's days: each event, whether it counts, and their tally."""
    facts, days = facts_of(definition, within, calendar), definition.days(calendar)
    told = [(fact, kind is not Kind.SHARE or counts(fact, within, days)) for fact in facts]
    return told, tally(kind, facts, within, days)


def _after(definition: Definition, used: int, calendar: WorkingCalendar) -> date:
    if definition.in_days:
        return date.fromordinal(BEGAN.toordinal() + used)
    return calendar.add(BEGAN, used)


IN_TIME = ("Ends on the last day in time", "Ends one day later")
FIVE_TEN = ("Takes five working days", "Takes ten working days", "Takes twelve working days")
MIDDLE = Tally(3, 3, 10)
TEN_TO_SIXTY = (1, 90)
INHERITED_WORDS = (
    "Work that was overdue when it was received stands apart: clearing it lowers this share while"
    " the backlog falls."
)
