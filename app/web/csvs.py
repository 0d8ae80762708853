"""A small table as CSV, for spreadsheets and for other systems."""

import csv
import io
from collections.abc import Iterable, Sequence

from app.kernel.injection import guarded

MEDIA_TYPE = "text/csv; charset=utf-8"
_BOM = b"\xef\xbb\xbf"


def csv_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark that Excel needs; text that looks like a formula is guarded."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return _BOM + text.getvalue().encode()
