"""Which measures a chart of normal variation means something for, and what it says in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from app.kernel.days import show_date
from app.performance.measures.rules import OF_COUNTS, Kind, Measure, Reading
from app.planning.variation_charts import (
    ENOUGH,
    RUN,
    Direction,
    Limits,
    Rule,
    Signal,
    Verdict,
    between,
    signals,
    xmr,
)

# Below so many events in each period on the average, limits say more about luck than about work.
LEAST_EVENTS = 5
FORTNIGHT = 2
A_DAY = 100
AWAY: dict[Direction, Direction] = {"higher": "lower", "lower": "higher", "neither": "neither"}
RULES: dict[Rule, str] = {
    "outside": "Outside the limits of chance",
    "side": "Seven or more in a row on one side of the mean",
    "trend": "Seven or more in a row that only rise or only fall",
    "third": "Two of three in the outer third",
}
SIDES = {True: ", better", False: ", worse", None: ""}
VERDICTS: dict[Verdict, str] = {
    "pass": "What chance does to this work stays on the good side of the target: it is met as long"
    " as nothing changes.",
    "fail": "Even what chance does at its best misses the target: it is not met until the work"
    " itself changes.",
    "inconsistent": "The target lies between the limits: whether it is met is luck from one period"
    " to the next.",
}


@dataclass(frozen=True)
class Value:
    """A figure of one period, in hundredths of the measure's unit, and what it rests on."""

    ends_on: date
    value: float
    events: int
    version: int


@dataclass(frozen=True)
class Stretch:
    """Values between two changes that were written down, with their limits and signals."""

    values: tuple[Value, ...]
    limits: Limits
    signals: tuple[Signal, ...]


def refusal(measure: Measure, *, standing: bool) -> str:
    """Why no chart of this kind is drawn of a measure at all; empty where one may be."""
    if measure in OF_COUNTS:
        return (
            "The workforce is counted once or twice a year, so its weeks repeat one count and"
            " limits of chance do not hold for them."
        )
    if standing and measure.kind is not Kind.SHARE:
        return (
            "What is open carries over from week to week, so its weeks are not separate and limits"
            " of chance do not hold for it. See the burn-down."
        )
    return ""


def values_of(readings: Sequence[Reading], scale: int) -> tuple[list[Value], int]:
    """Values by weeks, or by fortnights where weeks hold too little, and how many weeks each is.

    No values where fortnights hold too little as well. `readings` are whole weeks of one lot and
    cohort, oldest first; `scale` makes hundredths of a figure.
    """
    weeks = [one for one in readings if one.value is not None]
    if weeks and _mean([_events(one) for one in weeks]) >= LEAST_EVENTS:
        return [_value(one, scale) for one in weeks], 1
    pairs = [] if weeks and weeks[0].measure.kind is Kind.MEDIAN else _pairs(weeks)
    together = [_together(*pair, scale) for pair in pairs]
    if together and _mean([one.events for one in together]) >= LEAST_EVENTS:
        return together, FORTNIGHT
    return [], FORTNIGHT


def waits_of(days: Sequence[date], version: int) -> list[Value]:
    """The days from each day with any rare event to the next such day, in hundredths.

    Events of one day, as of one family, count once: they did not come closer than days tell.
    """
    ordered = sorted(set(days))
    return [
        Value(after, float((after - before).days * A_DAY), 1, version)
        for before, after in pairwise(ordered)
    ]


def stretches(
    values: Sequence[Value],
    changes: Sequence[date],
    direction: Direction,
    *,
    waits: bool = False,
) -> list[Stretch]:
    """The values parted at changes that have seven or more of them on both sides.

    Empty for fewer than two values. `waits` are times between events, of which more are better
    where fewer events are.
    """
    parts: list[list[Value]] = [[]]
    days = sorted(changes)
    for place, one in enumerate(values):
        begins = days and days[0] <= one.ends_on
        while days and days[0] <= one.ends_on:
            days.pop(0)
        if begins and len(parts[-1]) >= RUN and len(values) - place >= RUN:
            parts.append([])
        parts[-1].append(one)
    found = []
    for part in parts:
        numbers = [one.value for one in part]
        judged = between(numbers, AWAY[direction]) if waits else _judged(numbers, direction)
        if judged is not None:
            found.append(Stretch(tuple(part), *judged))
    return found


def _judged(
    numbers: Sequence[float], direction: Direction
) -> tuple[Limits, tuple[Signal, ...]] | None:
    limits = xmr(numbers)
    return None if limits is None else (limits, signals(numbers, limits, direction))


def say_signals(found: Sequence[Stretch]) -> list[str]:
    """Every signal in words, the last one first; values of one signal stand together."""
    said = []
    for stretch in found:
        marked = sorted(stretch.signals, key=lambda one: (one.rule, str(one.better), one.index))
        for (rule, better), alike in groupby(marked, key=lambda one: (one.rule, one.better)):
            apart = FORTNIGHT if rule == "third" else 1
            for first, last in _runs([one.index for one in alike], apart):
                days = stretch.values[first].ends_on, stretch.values[last].ends_on
                said.append((days[1], f"{RULES[rule]}: {_span(*days)}{SIDES[better]}"))
    return [words for _, words in sorted(said, reverse=True)]


def marks(found: Sequence[Stretch]) -> dict[date, str]:
    """The word that each value which is part of a signal is marked with; worse before better."""
    words: dict[date, str] = {}
    for stretch in found:
        for one in stretch.signals:
            day = stretch.values[one.index].ends_on
            word = "Signal" if one.better is None else "Better" if one.better else "Worse"
            words[day] = "Worse" if "Worse" in (word, words.get(day)) else word
    return words


def caution(values: Sequence[Value]) -> str:
    """What is to be kept in mind because there are few values; empty where there are enough."""
    if len(values) >= ENOUGH:
        return ""
    return f"Only {len(values)} values: limits are not sure below {ENOUGH}."


def _pairs(weeks: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """Weeks that follow each other, two by two from the last one back."""
    pairs, place = [], len(weeks) - 1
    while place > 0:
        early, late = weeks[place - 1], weeks[place]
        if (late.ends_on - early.ends_on).days == 7:
            pairs.append((early, late))
            place -= 2
        else:
            place -= 1
    return pairs[::-1]


def _together(early: Reading, late: Reading, scale: int) -> Value:
    above, below = early.numerator + late.numerator, early.denominator + late.denominator
    if late.measure.kind is Kind.COUNT:
        return Value(late.ends_on, float(above * scale), above, late.version)
    return Value(late.ends_on, above / below * scale, below, late.version)


def _value(one: Reading, scale: int) -> Value:
    return Value(one.ends_on, (one.value or 0.0) * scale, _events(one), one.version)


def _events(one: Reading) -> int:
    return one.numerator if one.measure.kind is Kind.COUNT else one.denominator


def _mean(numbers: Sequence[int]) -> float:
    return sum(numbers) / len(numbers)


def _runs(places: Sequence[int], apart: int) -> list[tuple[int, int]]:
    """The first and last of places that follow each other at most so far apart."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place - found[-1][1] <= apart:
            found[-1] = found[-1][0], place
        else:
            found.append((place, place))
    return found


def _span(first: date, last: date) -> str:
    return show_date(last) if first == last else f"{show_date(first)} to {show_date(last)}"
