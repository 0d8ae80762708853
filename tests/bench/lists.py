"""Imports and writes lists, ours and bare, each in a process of its own that tells what it took."""

import csv
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Literal, TypeAlias, get_args

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import Engine

from app.access.actor import Actor
from app.cli.database import in_lot
from app.db.engine import open_engine
from app.db.registry import load_models
from app.exchange.imports.service.receiving import Sent
from app.exchange.imports.service.staging import limits_of
from app.exchange.imports.service.unattended import import_file
from app.settings import ROOT, Settings
from app.work.database import Database
from tests.bench.asking import MEBIBYTE, Cost
from tests.workbooks import LIST_4, list_4_row

ROWS, MANY = 10_000, 100_000
# So few are done first, as by whatever has run for a while.
FIRST = 20
Answer: TypeAlias = Literal["a) Yes", "b) No"]
YES_OR_NO = get_args(Answer)
PLACES = ("Marsh", "Ford", "Hill", "Vale", "Ness", "Holt")
TEAMS = ("Duty", "Locality", "Assessment")
FIRST_NAMES = ("Ines", "Omar", "Tess", "Dina", "Ivor", "Rhys", "Salma", "Nina")
LAST_NAMES = ("Calder", "Field", "Pugh", "Kovac", "Noor", "Fell", "Marsh", "Talbot")
COLUMNS = tuple(f"c{number}" for number in range(len(LIST_4)))
# The reference, the day of the start, the team and the worker.
INDEXED = ("c0", "c6", "c10", "c11")


class Line(BaseModel):
    """A line of the list as the floor reads it: the columns that an import keeps of it."""

    reference: str
    age: int
    started_on: date
    child_seen: Answer | None
    authorised_on: date | None
    support_required: Answer | None
    team: str
    worker: str


def spend(
    what: str, address: str, lot: str = "", rows: int = ROWS, mark: str = "M"
) -> tuple[Cost, float]:
    """Run one of WORK in a process of its own; returns its cost and its most memory in MiB."""
    command = [sys.executable, "-m", "tests.bench.lists", what, address, lot, str(rows), mark]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    wall, cpu, most = json.loads(told.stdout)
    return Cost([wall], [cpu]), most


def a_list(mark: str, length: int) -> bytes:
    """A List 4 of children with an open assessment, the same for the same mark.

    References of one mark never stand on the list of another.
    Hardly two rows are alike but for their references, as in the lists that councils send.
    """
    chance = random.Random(mark)
    latest = datetime.now(UTC).date() - timedelta(days=1)
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(LIST_4)
    for number in range(length):
        started = latest - timedelta(days=chance.randrange(300))
        rows.writerow(
            list_4_row(
                f"{mark}{number:06}",
                started.isoformat(),
                c4=chance.randrange(18),
                c5=chance.choice(YES_OR_NO),
                c7=chance.choice(YES_OR_NO),
                c10=f"{chance.choice(PLACES)} {chance.choice(TEAMS)} Team",
                c11=f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}",
            )
        )
    return out.getvalue().encode()


def import_ours(address: str, lot: str, rows: int, mark: str) -> Callable[[], None]:
    """Receive, read, judge and confirm, as the command line does it."""
    load_models()
    database = Database(open_engine(address), lambda: datetime.now(UTC))
    actor: Actor
    actor, lot_id = in_lot(database, lot)

    def work(content: bytes, rows: int) -> None:
        sent = Sent(io.BytesIO(content), "list.csv", datetime.now(UTC).date())
        report = import_file(database, actor, lot_id, sent, limits_of(Settings()))
        if not report.imported or report.batch.new not in (0, rows):
            raise RuntimeError(f"{report.batch.new} of {rows} rows were imported.")

    work(a_list(f"F{mark}", FIRST), FIRST)
    return partial(work, a_list(mark, rows), rows)


def import_floor(address: str, _lot: str, rows: int, mark: str) -> Callable[[], None]:
    """Read, validate and insert into one table with four indexes, and nothing else.

    The indexes are of columns that differ from row to row, as any register's would be.
    """
    engine = open_engine(address)
    with engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS floor_lines")
        connection.exec_driver_sql(f"CREATE TABLE floor_lines ({', '.join(COLUMNS)}, day)")
        for name in INDEXED:
            connection.exec_driver_sql(f"CREATE INDEX ix_floor_{name} ON floor_lines ({name})")
        connection.commit()
    lines = TypeAdapter(list[Line])
    read_floor(engine, lines, a_list("G", FIRST).decode())
    return partial(read_floor, engine, lines, a_list(mark, rows).decode())


def read_floor(engine: Engine, lines: TypeAdapter[list[Line]], content: str) -> None:
    names = dict(zip(COLUMNS, LIST_4, strict=True))
    read = list(csv.DictReader(io.StringIO(content)))
    valid = lines.validate_python(
        [
            {
                "reference": row[names["c0"]],
                "age": row[names["c4"]],
                "started_on": row[names["c6"]],
                "child_seen": row[names["c7"]] or None,
                "authorised_on": row[names["c8"]] or None,
                "support_required": row[names["c9"]] or None,
                "team": row[names["c10"]],
                "worker": row[names["c11"]],
            }
            for row in read
        ]
    )
    with engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql(
            f"INSERT INTO floor_lines VALUES ({', '.join('?' * (len(COLUMNS) + 1))})",
            [
                (*row.values(), line.started_on.isoformat())
                for row, line in zip(read, valid, strict=True)
            ],
        )
        connection.commit()


def write_floor(_address: str, _lot: str, rows: int, _mark: str) -> Callable[[], None]:
    """Write rows of twelve cells with csv.writer."""
    start = date(2026, 1, 5)
    row = ("1000001", "Alderfell", "Assessing", "Medium", 0, start, start, "A Name", start, "5–9")
    lines = [(*row, "", None)] * rows

    def work() -> None:
        with tempfile.TemporaryFile("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(lines)

    return work


WORK = {"import": import_ours, "import floor": import_floor, "write floor": write_floor}


def main(what: str, address: str, lot: str, rows: str, mark: str) -> None:
    """Do it once and print milliseconds, milliseconds of the processor, and MiB at the most."""
    work = WORK[what](address, lot, int(rows), mark)
    before, started = time.process_time(), time.perf_counter()
    work()
    wall, cpu = time.perf_counter() - started, time.process_time() - before
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEBIBYTE
    print(json.dumps([wall * 1000, cpu * 1000, most]))


if __name__ == "__main__":
    main(*sys.argv[1:])
