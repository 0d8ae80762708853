"""Writes lists as CSV row by row, never holding more than a few of them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from operator import is_
from types import NoneType
from typing import TypeAlias, cast

from app.kernel.days import london_clock
from app.kernel.injection import guarded

Value: TypeAlias = str | int | float | bool | date | datetime | None

MEDIA_TYPE = "text/csv; charset=utf-8"
_BATCH = 2_000
_BOM = b"\xef\xbb\xbf"


def csv_rows(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, which Excel needs; text that looks like a formula is guarded.

    Dates are written year first; times as London reads them.
    """
    yield _BOM + _csv_lines([header])
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield _csv_lines(batch)


def _csv_lines(rows: Sequence[Sequence[Value]]) -> bytes:
    text = io.StringIO(newline="")
    columns = [_csv_column(values) for values in zip(*rows, strict=True)]
    csv.writer(text).writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def _csv_column(values: Sequence[Value]) -> Iterable[Value]:
    """Each text or day that differs is looked at once: most columns of a list hold few."""
    kinds = set(map(type, values))
    if kinds.isdisjoint((str, date, datetime)):
        return values
    if kinds == {str} and "".join(cast("Sequence[str]", values)).isalnum():
        # Letters and figures alone are no formula: references mostly, which all differ.
        return values
    if kinds <= {str, NoneType} or kinds <= {date, NoneType}:
        told = {value: _csv_cell(value) for value in set(values)}
        as_they_are = all(map(is_, told, told.values()))
        return values if as_they_are else [told[value] for value in values]
    return map(_csv_cell, values)


def _csv_cell(value: Value) -> Value:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, datetime):
        return london_clock(value).isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value
