"""Commands that take a council's list in and write a lot's list out."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.cases.register.filter import CaseFilter
from app.cli.database import in_lot, present
from app.cli.screen import complaints, screen
from app.exchange.exports.queries import HEADER, case_rows
from app.exchange.exports.service import note
from app.exchange.imports.service.receiving import Sent
from app.exchange.imports.service.staging import limits_of
from app.exchange.imports.service.unattended import Report, import_file
from app.exchange.layouts import KEPT, Field, Layout
from app.exchange.writers import json_rows, xlsx
from app.kernel.csvs import Value, csv_rows
from app.kernel.days import london_date, parse_date
from app.kernel.errors import DomainError, Refused
from app.settings import Settings
from app.work.database import Database

COLUMN = "Of a list in other columns, what one holds: reference=Case ID; once for each, remembered."
COUNTS = ("rows", "new", "changed", "unchanged")
LotName = Annotated[str, typer.Option("--lot", help="A lot's name, or Contract/Lot.")]


def import_list(
    file: Annotated[Path, typer.Argument(help="The council's list.", exists=True, dir_okay=False)],
    lot: LotName,
    listed: Annotated[
        int | None, typer.Option("--list", help="Only this Annex A list.", min=3, max=7)
    ] = None,
    on: Annotated[str, typer.Option(help="Day of the list; today by default.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, import nothing.")] = False,
    good_rows: Annotated[
        bool, typer.Option("--good-rows", help="Leave refused rows out instead of stopping.")
    ] = False,
    columns: Annotated[list[str] | None, typer.Option("--column", help=COLUMN)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Import a council's case list; exit 1 if refused rows held it back."""
    only = Layout(f"list_{listed}") if listed else None
    with told_whole(as_json=as_json), present() as database, file.open("rb") as content:
        actor, lot_id = in_lot(database, lot)
        report = import_file(
            database,
            actor,
            lot_id,
            Sent(content, file.name, day_of(on, database), only),
            limits_of(Settings()),
            dry_run=dry_run,
            good_rows=good_rows,
            columns=columns_of(columns or ()),
        )
    tell(report, as_json=as_json)
    if report.refused and not report.imported:
        raise typer.Exit(1)


def export_list(
    file: Annotated[Path, typer.Argument(help="Where to write: a .csv, .json or .xlsx file.")],
    lot: LotName,
    show: Annotated[str, typer.Option(help="open, cleared or all cases.")] = "open",
) -> None:
    """Export a lot's list of cases."""
    with present() as database:
        actor, lot_id = in_lot(database, lot)
        wanted, ignored = CaseFilter.read({"lot": str(lot_id), "show": show})
        if ignored:
            raise Refused(ignored[0])
        with database.work(actor) as uow:
            note(uow, lot_id, f"Export {file.suffix[1:].upper()}: {wanted.url('cases')}")
            write_list(file, case_rows(uow, wanted))
        database.views.write(database)


def columns_of(typed: Sequence[str]) -> dict[Field, str]:
    """The header of the column in which each field stands, as typed: reference=Case ID."""
    said = {name: header for name, _, header in (one.partition("=") for one in typed)}
    known = KEPT[Layout.PLAIN]
    if wrong := [name for name, header in said.items() if name not in known or not header]:
        raise Refused(
            f"Write --column as field=header. {wrong[0]} is not; the fields are {', '.join(known)}."
        )
    if said and Field.REFERENCE not in said:
        raise Refused("Say in which column the reference stands: --column reference=…")
    return {Field(name): header for name, header in said.items()}


def day_of(typed: str, database: Database) -> date:
    """The day that was typed, today where none was."""
    try:
        return parse_date(typed) if typed else london_date(database.clock())
    except ValueError as fault:
        raise Refused(str(fault)) from fault


@contextmanager
def told_whole(*, as_json: bool) -> Iterator[None]:
    """Answer in JSON too where the whole list is refused; the refusal goes on as it was."""
    try:
        yield
    except DomainError as refusal:
        if as_json:
            refused = {"sheet": "", "line": 0, "column": "", "reason": refusal.sentence}
            nothing = dict.fromkeys(COUNTS, 0) | {"refused": [refused], "imported": False}
            typer.echo(json.dumps(nothing, ensure_ascii=False))
        raise


def tell(report: Report, *, as_json: bool) -> None:
    """Print what became of a list."""
    batch = report.batch
    if as_json:
        counted = {name: getattr(batch, name) for name in COUNTS}
        more = {
            "refused": [asdict(row) for row in report.refused],
            "notices": report.notices,
            "backlog": batch.backlog,
            "batch": batch.id,
            "imported": report.imported,
        }
        typer.echo(json.dumps(counted | more, ensure_ascii=False))
        return
    for sentence in report.notices:
        complaints.print(sentence, markup=False)
    for row in report.refused:
        place = f"{row.sheet}, line {row.line}, {row.column or 'whole row'}"
        screen.print(f"{place}: {row.reason}", markup=False)
    screen.print(
        f"{batch.rows:,} rows: {batch.new:,} new ({batch.backlog:,} open a case), "
        f"{batch.changed:,} changed, {batch.unchanged:,} unchanged, {batch.refused:,} refused"
    )
    screen.print("Imported" if report.imported else "Nothing was imported")


def write_list(file: Path, rows: Iterator[tuple[Value, ...]]) -> None:
    """Write an export in the format that the file's name asks for."""
    match file.suffix.lower():
        case ".csv":
            with file.open("wb") as out:
                out.writelines(csv_rows(HEADER, rows))
        case ".json":
            with file.open("wb") as out:
                out.writelines(json_rows(HEADER, rows))
        case ".xlsx":
            with xlsx(HEADER, rows, sheet="Cases") as book, file.open("wb") as out:
                shutil.copyfileobj(book, out)
        case _:
            raise Refused("An export is a .csv, a .json or an .xlsx file.")
