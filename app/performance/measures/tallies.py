"""How events become tallies, which periods and versions there are, and what outsiders see."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from app.kernel.days import week_beginning, week_ending
from app.kernel.errors import Invalid, Refused
from app.kernel.small_numbers import SMALLEST_SHOWN, is_small, suppress
from app.performance.measures.rules import Cohort, Kind, Period, Reading, Tally

# Below so many events no share is told outside the contract's teams.
FEWEST = 10
WEEKS_READ, MONTHS_READ = 53, 13

Days = Callable[[date, date], int]


@dataclass(frozen=True)
class Fact:
    """One event of a worked example; `amount` is what a worker holds, where cases are shared out.

    `met` says of a measure without days whether it counts, `out_of` of how much it is a share.
    """

    words: str
    began: date | None = None
    ended: date | None = None
    met: bool = True
    amount: int = 1
    out_of: int = 1


def tally(kind: Kind, facts: Iterable[Fact], within: int | None, days: Days) -> Tally:
    """Events by the rule of their kind: what a worked example shows, and its page and test run."""
    facts = list(facts)
    if kind is Kind.MEDIAN:
        return middle(Counter(days(*_span(one)) for one in facts))
    if kind is not Kind.SHARE:
        return Tally(sum(one.amount for one in facts), sum(one.out_of for one in facts))
    counted = sum(one.amount for one in facts if counts(one, within, days))
    return Tally(counted, sum(one.out_of for one in facts))


def counts(fact: Fact, within: int | None, days: Days) -> bool:
    """Whether an event of a share counts: what was to end ended within its days."""
    if within is None or fact.began is None:
        return fact.met
    return fact.ended is not None and days(fact.began, fact.ended) <= within


def middle(amounts: Counter[int]) -> Tally:
    """The middle one of amounts with how often each came, of two the lower; none of nothing."""
    every = sorted(amounts.elements())
    return Tally(len(every), len(every), median_low(every) if every else None)


def _span(fact: Fact) -> tuple[date, date]:
    if fact.began is None or fact.ended is None:
        raise ValueError(f"{fact.words} has no days to count.")
    return fact.began, fact.ended


def calendar_days(began: date, ended: date) -> int:
    """Days from one to the other, weekends and all."""
    return (ended - began).days


def week_of(day: date) -> Period:
    """The week, Saturday to Friday, that a day falls into."""
    friday = week_ending(day)
    return Period(friday, week_beginning(friday), monthly=False)


def month_of(day: date) -> Period:
    """The calendar month that a day falls into."""
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(after - timedelta(days=1), first, monthly=True)


def periods(first: date, last: date) -> list[Period]:
    """The weeks and months that any day from the first to the last falls into, in their order.

    At most a year of them, so that a first reading has an end.
    """
    found = []
    for of, most in ((week_of, WEEKS_READ), (month_of, MONTHS_READ)):
        day = last
        for _ in range(most):
            if day < first:
                break
            period = of(day)
            found.append(period)
            day = period.starts_on - timedelta(days=1)
    return sorted(found)


@dataclass(frozen=True)
class Signed:
    """A version of a definition as the reading of periods asks for it."""

    number: int
    within: int | None
    # The day on which the second party signed; none while one of them has not.
    from_on: date | None


def version_on(versions: Sequence[Signed], day: date, standard: Signed) -> Signed:
    """The version that both parties had signed by a day; the standard one before the first."""
    signed = [one for one in versions if one.from_on is not None and one.from_on <= day]
    return max(signed, key=lambda one: one.number, default=standard)


def check_draft(
    within: int | None, least_most: tuple[int, int] | None, *, same: bool, first: bool
) -> None:
    """Raise Invalid for days that cannot be meant, and for a version that changes nothing."""
    if least_most is None and within is not None:
        raise Invalid("within", "This measure has no days to change. Leave this empty.")
    if least_most is not None:
        least, most = least_most
        if within is None or not least <= within <= most:
            raise Invalid("within", f"Write a number of days from {least} to {most}.")
    if same and not first:
        raise Invalid("words", "This is the version in force: change its words or its days.")


def check_signature(*, mine: bool, is_newest: bool) -> None:
    """Refuse a second signature of one side, and any on a version that another followed."""
    if not is_newest:
        raise Refused("A newer version was drafted since. Read and sign that one.")
    if mine:
        raise Refused("Your side has signed this version already.")


@dataclass(frozen=True)
class Guarded:
    """A reading as outsiders see it; None is hidden."""

    reading: Reading
    numerator: int | None
    share_shown: bool

    @property
    def shown(self) -> str:
        if self.numerator is None:
            return "c"
        return self.reading.shown if self.share_shown else "–"

    @property
    def denominator(self) -> int | None:
        """What it is counted of: hidden where it is small itself or, of a part, tells the other."""
        whole = self.reading.denominator
        tells = whole < SMALLEST_SHOWN or self.reading.cohort is not Cohort.ALL
        return None if self.numerator is None and tells else whole


def guarded(readings: Collection[Reading]) -> dict[Reading, Guarded]:
    """One period's readings of one sensitive measure, all work, with small numbers hidden.

    What a lot has not is hidden with what it has, and further lots where one would tell of another.
    """
    ordered = list(readings)
    if not ordered:
        return {}
    if ordered[0].measure.kind is Kind.COUNT:
        return {
            one: Guarded(
                one,
                None if 0 < one.numerator < SMALLEST_SHOWN else one.numerator,
                share_shown=True,
            )
            for one in ordered
        }
    rows = suppress([(one.numerator, one.denominator - one.numerator) for one in ordered]).rows
    return {
        one: Guarded(
            one,
            None if 0 < one.denominator < SMALLEST_SHOWN else row[0],
            share_shown=not 0 < one.denominator < FEWEST,
        )
        for one, row in zip(ordered, rows, strict=True)
    }


def guarded_parts(parts: Collection[Reading]) -> dict[Reading, Guarded]:
    """The parts of one reading of a measure whose whole is told; all are hidden for a small one.

    What a part has not is a number of it too. A middle is told of ten on, as a share is.
    """
    ordered = list(parts)
    numbers = [(one.numerator, one.denominator - one.numerator, one.denominator) for one in ordered]
    hidden = any(is_small(number) for of_one in numbers for number in of_one)
    return {
        one: Guarded(
            one,
            None if hidden else one.numerator,
            share_shown=one.measure.kind is Kind.COUNT or not 0 < one.denominator < FEWEST,
        )
        for one in ordered
    }


@dataclass(frozen=True)
class Line:
    """Events of a measure that are alike: how many there are, and how many of them count."""

    lot_id: int
    cohort: Cohort
    day: date
    events: int
    counted: int
    amount: int | None = None


def add_up(
    kind: Kind, lines: Iterable[Line], spans: Sequence[Period], cohorts: Sequence[Cohort]
) -> dict[tuple[Period, int, Cohort], Tally]:
    """Each lot's tally of each period and cohort that has any events; lines fall into many."""
    found: dict[tuple[Period, int, Cohort], list[Line]] = defaultdict(list)
    for line in lines:
        for span in spans:
            if span.starts_on <= line.day <= span.ends_on:
                for cohort in (Cohort.ALL, line.cohort):
                    if cohort in cohorts:
                        found[span, line.lot_id, cohort].append(line)
    return {key: _sum(kind, alike) for key, alike in found.items()}


def _sum(kind: Kind, lines: Sequence[Line]) -> Tally:
    if kind is Kind.MEDIAN:
        amounts: Counter[int] = Counter()
        for line in lines:
            amounts[line.amount or 0] += line.events
        return middle(amounts)
    return Tally(sum(one.counted for one in lines), sum(one.events for one in lines))
