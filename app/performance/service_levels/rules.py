"""What a service level may be, what it asks for on each day, and how a lot is judged by it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled
from app.kernel.money import Pence, show
from app.performance.measures.rules import Better, Kind, Measure
from app.performance.measures.rules import show as show_figure
from app.planning.variation_charts import Direction

# Values are kept in hundredths of their unit: of a per cent, of a case, of a day.
HUNDREDTHS = 100
TENTH = 10
WHOLE_SHARE = 100 * HUNDREDTHS
LARGEST_VALUE = 100_000 * HUNDREDTHS
LARGEST_CREDIT = 100_000_000
WHOLE_CHARGE = 1000
# Where a lot is heading is read from so many complete weeks; from fewer than the least, its last.
HEADING_WEEKS = 8
LEAST_WEEKS = 4
# Kendall's statistic by weeks: without a trend, chance reaches it at most once in twenty one way.
CLEAR = {4: 6, 5: 8, 6: 11, 7: 13, 8: 16}

Span = tuple[date, date]


@dataclass(frozen=True)
class Terms:
    """What was agreed: a straight line of values between two days, and what missing it costs.

    `credit_per_mille` is taken of `charge_pence`, a month's charge as agreed; `cap_pence` is the
    most that credits come to in twelve months.
    """

    clause: str
    starts_on: date
    ends_on: date
    from_value: int
    to_value: int
    tolerance: int
    publishable: bool = False
    critical: bool = False
    credit_pence: int = 0
    credit_per_mille: int = 0
    charge_pence: int = 0
    cap_pence: int = 0


class Rag(Labelled):
    """Where a lot is heading, against what was agreed for the last day."""

    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"
    NONE = "none", "Not judged"

    @property
    def tone(self) -> str:
        return {"green": "good", "amber": "warn", "red": "bad"}.get(self.value, "plain")


def direction_of(measure: Measure) -> Direction:
    """Which way a measure is to move, as the charts of variation know it."""
    if measure.better is Better.HIGHER:
        return "higher"
    return "lower" if measure.better is Better.LOWER else "neither"


def adds_up(measure: Measure, *, standing: bool) -> bool:
    """Whether a month holds more of it than a week does, so that no one target is for both."""
    return measure.kind is Kind.COUNT and not standing


def scale_of(measure: Measure) -> int:
    """How many of the hundredths that are kept make up one of the measure's figure."""
    return WHOLE_SHARE if measure.kind is Kind.SHARE else HUNDREDTHS


def words_of(measure: Measure, kept: float) -> str:
    """A value that is kept in hundredths, as the measure shows its figures."""
    if measure.kind is not Kind.SHARE and kept % HUNDREDTHS:
        return f"{kept / HUNDREDTHS:,.1f}"
    return show_figure(measure.kind, kept / scale_of(measure))


def exact_words(measure: Measure, kept: float) -> str:
    """What was agreed, or judged against it, in words: to the hundredth where it has one."""
    if not round(kept) % TENTH:
        return words_of(measure, kept)
    return f"{kept / HUNDREDTHS:,.2f}{'%' if measure.kind is Kind.SHARE else ''}"


def tolerance_words(measure: Measure, kept: int) -> str:
    """How far a value may be off; of shares in points, which are not per cent of the target."""
    if measure.kind is Kind.SHARE:
        return f"{kept / HUNDREDTHS:g} points"
    return f"{exact_words(measure, kept)} {measure.unit}"


@dataclass(frozen=True)
class Heading:
    """The value that a lot would have on a day if its last weeks went on, and how that is known.

    Weeks that clearly rise or fall are carried on; others are taken as level.
    """

    value: float
    on: date
    weeks: int
    clear: bool


def expected(terms: Terms, on: date) -> float:
    """What is asked for on a day, in hundredths; before and after the period, as at its ends."""
    span = (terms.ends_on - terms.starts_on).days
    share = min(max((on - terms.starts_on).days, 0), span) / span if span else 1.0
    return terms.from_value + (terms.to_value - terms.from_value) * share


def threshold(terms: Terms, direction: Direction, on: date) -> float:
    """The value on a day beyond which the service level has failed."""
    asked = expected(terms, on)
    return asked - terms.tolerance if direction == "higher" else asked + terms.tolerance


def rag(terms: Terms, direction: Direction, value: float | None, on: date) -> Rag:
    """Green where what was asked for on a day is met, amber within the tolerance, else red."""
    if value is None:
        return Rag.NONE
    if _meets(value, expected(terms, on), direction):
        return Rag.GREEN
    met = _meets(value, threshold(terms, direction, on), direction)
    return Rag.AMBER if met else Rag.RED


def heading(readings: Sequence[tuple[date, float]], to: date, *, most: float) -> Heading | None:
    """The last weeks carried on to a day by the median slope between any two of them (Theil–Sen).

    `readings` are the last days of complete weeks with their values, oldest first, each from 0 to
    `most`. Weeks whose trend may well be chance are taken as level at their median; of fewer than
    four the last one counts. None without any up to that day.
    """
    kept = [one for one in readings if one[0] <= to][-HEADING_WEEKS:]
    if not kept:
        return None
    if len(kept) < LEAST_WEEKS:
        return Heading(kept[-1][1], to, len(kept), clear=False)
    pairs = list(combinations(kept, 2))
    steps = sum((late > early) - (late < early) for (_, early), (_, late) in pairs)
    if abs(steps) < CLEAR[len(kept)]:
        return Heading(median(value for _, value in kept), to, len(kept), clear=False)
    slope = median((late - early) / (then - on).days for (on, early), (then, late) in pairs)
    level = median(value + slope * (to - on).days for on, value in kept)
    return Heading(min(max(level, 0.0), most), to, len(kept), clear=True)


def say_thresholds(terms: Terms, direction: Direction, words: Callable[[float], str]) -> str:
    """What is green, amber and red on the last day, in words."""
    edge = max(threshold(terms, direction, terms.ends_on), 0.0)
    bound, beyond = ("at least", "below") if direction == "higher" else ("at most", "above")
    green = f"Green: {bound} {words(terms.to_value)} on {show_date(terms.ends_on)}. "
    if not terms.tolerance:
        return f"{green}Red: {beyond} it; there is no tolerance."
    return f"{green}Amber: {bound} {words(edge)}. Red: {beyond} that."


def say_credit(terms: Terms) -> str:
    """What each failure costs, in words."""
    if not (terms.credit_pence or terms.credit_per_mille):
        return "No service credit"
    each = (
        show(Pence(terms.credit_pence))
        if terms.credit_pence
        else f"{terms.credit_per_mille / 10:g}% of {show(Pence(terms.charge_pence))}"
    )
    return f"{each} a failure, at most {show(Pence(terms.cap_pence))} in twelve months"


def check(terms: Terms, measure: Measure, runs: Span) -> None:
    """Raise Invalid, on the field at fault, for a service level that cannot be meant.

    `runs` are the first and the last day of the contract.
    """
    direction = direction_of(measure)
    if direction == "neither":
        raise Invalid("measure", "Neither way is better for this measure: it has no target.")
    _check_days(terms, runs)
    for name in ("from_value", "to_value"):
        value = getattr(terms, name)
        if measure.kind is Kind.SHARE and value > WHOLE_SHARE:
            raise Invalid(name, "A share is at most 100%.")
        if value > LARGEST_VALUE:
            raise Invalid(name, f"Write a number up to {LARGEST_VALUE // HUNDREDTHS:,}.")
    values = terms.from_value, terms.to_value
    widest = min(values) if direction == "higher" else max(values)
    if terms.tolerance > widest:
        raise Invalid("tolerance", "The tolerance is wider than the target itself.")
    _check_credit(terms)


def check_apart(terms: Terms, others: Sequence[Span]) -> None:
    """Raise Invalid where another service level of the same measure and lot runs at that time."""
    for starts_on, ends_on in others:
        if terms.starts_on <= ends_on and starts_on <= terms.ends_on:
            raise Invalid(
                "starts_on",
                f"Another service level of this measure runs from {show_date(starts_on)}"
                f" to {show_date(ends_on)}.",
            )


def _check_days(terms: Terms, runs: Span) -> None:
    if terms.starts_on < runs[0]:
        raise Invalid("starts_on", f"The contract starts on {show_date(runs[0])}.")
    if terms.ends_on > runs[1]:
        raise Invalid("ends_on", f"The contract ends on {show_date(runs[1])}.")
    if terms.ends_on <= terms.starts_on:
        raise Invalid("ends_on", f"It starts on {show_date(terms.starts_on)}, so it ends later.")


def _check_credit(terms: Terms) -> None:
    for name in ("credit_pence", "charge_pence", "cap_pence"):
        if not 0 <= getattr(terms, name) <= LARGEST_CREDIT:
            raise Invalid(name, f"Write an amount from £0 to {show(Pence(LARGEST_CREDIT))}.")
    if terms.credit_per_mille > WHOLE_CHARGE:
        raise Invalid("credit_per_mille", "A credit is at most the whole charge, 1,000 ‰.")
    if terms.credit_pence and terms.credit_per_mille:
        raise Invalid("credit_per_mille", "A credit is an amount or a share of the charge.")
    if terms.credit_per_mille and not terms.charge_pence:
        raise Invalid("charge_pence", "Write the month’s charge that the share is taken of.")
    if (terms.credit_pence or terms.credit_per_mille) and not terms.cap_pence:
        raise Invalid("cap_pence", "Credits have a cap over twelve months.")


def _meets(value: float, asked: float, direction: Direction) -> bool:
    # Values are read in whole hundredths, so that what is shown as equal is equal.
    return round(value) >= round(asked) if direction == "higher" else round(value) <= round(asked)
