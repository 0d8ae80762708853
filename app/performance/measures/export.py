"""Readings as records, for spreadsheets and for other systems: what the pages show, no more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.performance.measures.queries import outsiders
from app.performance.measures.rules import IN_HUNDREDTHS, Measure, Reading, scale_of
from app.performance.measures.tallies import Guarded

HIDDEN = "c"
FIELDS = (
    "measure",
    "name",
    "lot",
    "part",
    "from",
    "to",
    "numerator",
    "denominator",
    "figure",
    "interval_from",
    "interval_to",
    "version",
    "read_at",
)


def records(
    found: Sequence[Reading], lots: Mapping[int, str], *, exact: bool
) -> list[dict[str, Any]]:
    """One record a reading of these lots, in the order of FIELDS.

    Unless `exact`, small numbers are hidden, as they are beside all the lots of `found`.
    """
    told = [one for one in found if one.lot_id in lots]
    if exact:
        return [_record(Guarded(one, one.numerator, share_shown=True), lots) for one in told]
    seen = outsiders(found)
    return [_record(seen[one], lots) for one in told if one in seen]


def cells(told: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """The records as text, nothing where there is nothing to tell."""
    return [["" if one[name] is None else str(one[name]) for name in FIELDS] for one in told]


def _record(told: Guarded, lots: Mapping[int, str]) -> dict[str, Any]:
    one = told.reading
    shown = told.numerator is not None and told.share_shown
    limits = one.interval if shown else None
    values = (
        one.measure.value,
        one.measure.label,
        lots[one.lot_id],
        one.cohort.value,
        one.starts_on.isoformat(),
        one.ends_on.isoformat(),
        HIDDEN if told.numerator is None else _number(one.measure, told.numerator),
        HIDDEN if told.denominator is None else _number(one.measure, told.denominator),
        _rounded(one.value) if shown else HIDDEN,
        _rounded(limits.low) if limits else None,
        _rounded(limits.high) if limits else None,
        one.version,
        one.read_at.isoformat(),
    )
    return dict(zip(FIELDS, values, strict=True))


def _number(measure: Measure, counted: int) -> float | int:
    return counted / scale_of(measure) if measure in IN_HUNDREDTHS else counted


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
