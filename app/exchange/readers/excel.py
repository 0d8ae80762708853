"""Reads Excel files in a process of their own, so that a hostile one can harm nothing else."""

import json
import subprocess
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.exchange.precheck import DAMAGED, TOO_MUCH, Limits, Unreadable
from app.exchange.readers.spool import read_rows
from app.exchange.readers.workbook import Kind, Sheet, Workbook

_ROOT = Path(__file__).parents[3]
_WORKER = "app.exchange.readers.worker"


def read_excel(path: Path, kind: Kind, limits: Limits) -> Workbook:
    """Sheets whose rows wait in a temporary file until the workbook is closed."""
    folder = TemporaryDirectory(prefix="clearway-")
    try:
        spool = Path(folder.name) / "rows"
        report = _convert(path, kind, spool, limits)
        if "refused" in report:
            raise Unreadable(report["refused"])
        sheets = tuple(_sheet(spool, entry) for entry in report["sheets"])
    except BaseException:
        folder.cleanup()
        raise
    return Workbook(kind, sheets, tuple(report["notices"]), folder.cleanup)


def _convert(path: Path, kind: Kind, spool: Path, limits: Limits) -> dict[str, Any]:
    words = [str(path.resolve()), kind, str(spool), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(
            [sys.executable, "-m", _WORKER, *words],
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.seconds,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            f"The file took longer than {limits.seconds} seconds to read; it was given up."
        ) from error
    except subprocess.CalledProcessError as error:
        # The worker answers in words for all it foresees. Out of memory, its parser aborts.
        raise Unreadable(TOO_MUCH if error.returncode < 0 else DAMAGED) from error
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _sheet(spool: Path, entry: dict[str, Any]) -> Sheet:
    return Sheet(
        name=entry["name"],
        filled=entry["filled"],
        open_rows=partial(read_rows, spool, entry["offset"], entry["filled"]),
        hidden=entry["hidden"],
        date1904=entry["date1904"],
    )
