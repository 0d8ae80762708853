"""A lot at its start beside today: figures that were kept then, and measures since."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.kernel.days import show_date
from app.kernel.errors import Refused
from app.performance.measures.rules import Better, Measure, Reading

# What is told beside the counts: outcomes for children before how fast the work goes.
TOLD = (
    Measure.CHILD_SEEN,
    Measure.NEEDS_MET,
    Measure.RE_REFERRED,
    Measure.CONFERENCE,
    Measure.SUPERVISED,
    Measure.TIMELINESS,
    Measure.ASSESSMENT_DAYS,
    Measure.DECISION_DAYS,
    Measure.CASELOAD,
)
STANDARD = "the standard definition"
Change = Literal["better", "worse", "same", "other", "none"]


@dataclass(frozen=True)
class Standing:
    """How a lot stood on a day."""

    on: date
    open: int
    overdue: int
    unallocated: int
    oldest_on: date | None


@dataclass(frozen=True)
class Line:
    """One figure then and now, each with the day or period that it is of and its definition."""

    title: str
    then: str
    then_at: str
    now: str
    now_at: str
    change: Change
    definition: str


@dataclass(frozen=True)
class Told:
    """A reading as its reader may see it."""

    reading: Reading
    shown: str


def count_lines(start: Standing, now: Standing) -> list[Line]:
    """The counts of a lot then and now, and how old its oldest case is."""
    pairs = (
        ("Open cases", start.open, now.open, "The scope ledger"),
        ("Open and overdue", start.overdue, now.overdue, "Past the day of its clock"),
        (
            "Without a named worker",
            start.unallocated,
            now.unallocated,
            "No named, qualified worker",
        ),
    )
    at = show_date(start.on), show_date(now.on)
    lines = [
        Line(title, f"{then:,}", at[0], f"{today:,}", at[1], _fell(then, today), words)
        for title, then, today, words in pairs
    ]
    then_days, now_days = (_age(one.oldest_on, one.on) for one in (start, now))
    lines.append(
        Line(
            "Oldest open case, days since its referral",
            _days(then_days),
            at[0],
            _days(now_days),
            at[1],
            "none" if then_days is None or now_days is None else _fell(then_days, now_days),
            "The earliest referral of an open case",
        )
    )
    return lines


def measure_line(
    measure: Measure, first: Told | None, last: Told | None, *, alike: bool = True
) -> Line | None:
    """A measure in its first and its last whole month; None while there is no whole month.

    Unless both are counted `alike`, neither is called better: the definition moved, too.
    """
    if first is None or last is None:
        return None
    later = last.reading.starts_on > first.reading.starts_on
    versions = sorted({first.reading.version, last.reading.version})
    return Line(
        measure.label,
        first.shown,
        _month(first.reading),
        last.shown if later else "Not yet",
        _month(last.reading) if later else "",
        _moved(measure, first, last) if later and alike else "none",
        " and ".join(f"version {one}" if one else STANDARD for one in versions).capitalize(),
    )


def check_keep(*, frozen: bool, kept: bool) -> None:
    """Figures are kept once, of a list that is frozen."""
    if not frozen:
        raise Refused("Freeze the lot’s opening list first: its figures are those of that list.")
    if kept:
        raise Refused("The figures at the start are kept already and do not change.")


def _moved(measure: Measure, first: Told, last: Told) -> Change:
    then, now = first.reading.value, last.reading.value
    if then is None or now is None or not {"c", "–"}.isdisjoint({first.shown, last.shown}):
        return "none"
    if first.shown == last.shown:
        return "same"
    if measure.better is Better.NEITHER:
        return "other"
    return "better" if (now > then) == (measure.better is Better.HIGHER) else "worse"


def _fell(then: int, now: int) -> Change:
    return "same" if then == now else "better" if now < then else "worse"


def _age(referred_on: date | None, on: date) -> int | None:
    return None if referred_on is None else (on - referred_on).days


def _days(days: int | None) -> str:
    return "n/a" if days is None else f"{days:,}"


def _month(reading: Reading) -> str:
    return f"{reading.starts_on:%B %Y}"
