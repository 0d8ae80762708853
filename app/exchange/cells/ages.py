"""What a cell says as an age: the sector's group of it is all that is kept."""

import re
from datetime import date
from enum import StrEnum

from app.exchange.cells.days import day
from app.exchange.cells.plain import as_text
from app.exchange.readers import Cell

_OLDEST = 120
# 5 years, 5y 3m; 8 months, 3 wks. Of the first the years count, the second is under one or not.
_YEARS = re.compile(r"([0-9]{1,3}) ?(?:y|yrs?|years?)\b.*")
_MONTHS = re.compile(r"([0-9]{1,3}) ?(?:m|mths?|months?)\b.*")
_SHORTER = re.compile(r"[0-9]{1,2} ?(?:d|days?|w|wks?|weeks?)\b.*")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")


class AgeBand(StrEnum):
    """The sector's age groups, with the unborn apart, as the register writes them."""

    UNBORN = "Unborn"
    UNDER_1 = "Under 1"
    FROM_1 = "1–4"
    FROM_5 = "5–9"
    FROM_10 = "10–15"
    FROM_16 = "16+"


_BANDS = {band.lower(): band for band in AgeBand}


def age_band(cell: Cell, *, today: date, date1904: bool) -> AgeBand | None:
    """The band of an age, in years unless it says otherwise, of a date of birth, or by its name.

    A child not yet born has the age −1, or the day on which it is expected.
    """
    text = as_text(cell).lower()
    if not text:
        return None
    if band := _BANDS.get(text.replace("-", "–")):
        return band
    years = _years(text)
    if years is None:
        years = _since_birth(cell, text, today=today, date1904=date1904)
    if years == -1:
        return AgeBand.UNBORN
    if not 0 <= years <= _OLDEST:
        raise ValueError(f"says {text[:40]}, which is not an age in years.")
    bands = zip((1, 5, 10, 16), list(AgeBand)[1:], strict=False)
    return next((band for below, band in bands if years < below), AgeBand.FROM_16)


def _years(text: str) -> float | None:
    """An age that is told as such; None where the text is none."""
    if years := _YEARS.fullmatch(text):
        return float(years[1])
    if months := _MONTHS.fullmatch(text):
        return float(months[1]) / 12
    if _SHORTER.fullmatch(text):
        return 0
    return float(text) if _NUMBER.fullmatch(text) else None


def _since_birth(cell: Cell, text: str, *, today: date, date1904: bool) -> int:
    """Whole years on a day; −1 before birth."""
    try:
        born = day(cell, today=today, date1904=date1904)
    except ValueError:
        born = None
    if born is None:
        raise ValueError(f"says “{text[:40]}”, which is not an age in years.")
    return max(-1, today.year - born.year - ((today.month, today.day) < (born.month, born.day)))
