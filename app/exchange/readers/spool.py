"""Rows that wait in a temporary file, so that they can be gone through as often as wanted."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.exchange.readers.workbook import Cell, Row


def write_row(line: int, cells: list[Any]) -> str:
    """One row as it is kept, with its end of line."""
    return json.dumps([line, cells], default=_written, separators=(",", ":")) + "\n"


def read_rows(spool: Path, offset: int, filled: int) -> Iterator[Row]:
    """As many rows as a sheet has, from where its first one stands."""
    revive = json.JSONDecoder(object_hook=_revive).decode
    with spool.open(encoding="ascii") as lines:
        lines.seek(offset)
        for _ in range(filled):
            line, cells = revive(lines.readline())
            yield Row(line, tuple(cells))


def _written(value: object) -> dict[str, Any]:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    return {"seconds": value.total_seconds()}  # type: ignore[attr-defined]


def _revive(written: dict[str, Any]) -> Cell:
    kind, value = written.popitem()
    match kind:
        case "date":
            return date.fromisoformat(value)
        case "datetime":
            return datetime.fromisoformat(value)
        case "time":
            return time.fromisoformat(value)
    return timedelta(seconds=value)
