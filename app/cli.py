"""The commands of `python3 -m app`, each a thin call into the rooms below."""

import fcntl
import ipaddress
import json
import os
import runpy
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from sqlalchemy.engine import make_url
from sqlmodel import Session, col, exists, select

from app.access.actor import Actor
from app.access.models import User
from app.accounts.users.service import add_administrator
from app.cases.register.queries import CaseFilter
from app.cases.register.recount import rebuild, recount
from app.contract.models import Contract, Lot
from app.contract.queries import list_lots
from app.db import migrate as schema
from app.db.engine import open_engine
from app.exchange.exports.queries import HEADER, case_rows
from app.exchange.exports.service import note
from app.exchange.imports.service.receiving import Sent
from app.exchange.imports.service.staging import limits_of
from app.exchange.imports.service.unattended import Report, import_file
from app.exchange.layouts import Layout
from app.exchange.writers import Value, csv_rows, xlsx
from app.kernel.days import london_date, parse_date
from app.kernel.errors import DomainError, Refused
from app.settings import ROOT, Settings
from app.work import trail
from app.work.database import Database

DEMO_DATABASE = ROOT / "data" / "demo.sqlite3"
SEED = ROOT / "seed" / "demo.py"

commands = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Clearway: a contract that clears a backlog of social work assessments, end to end.",
)
audit = typer.Typer(no_args_is_help=True, help="The trail of everything that was done.")
commands.add_typer(audit, name="audit")
people = typer.Typer(no_args_is_help=True, help="The people who can sign in.")
commands.add_typer(people, name="user")
screen = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)

LotName = Annotated[str, typer.Option("--lot", help="A lot's name, or Contract/Lot.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)]


def main(arguments: list[str]) -> None:
    """Run one command; a refusal is one sentence and exit 2."""
    try:
        commands(arguments, prog_name="python3 -m app")
    except DomainError as refusal:
        complaints.print(refusal.sentence, markup=False)
        sys.exit(2)


@commands.command()
def demo(
    port: Port = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Prepare, then stop.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the old demo away.")] = False,
) -> None:
    """Prepare a living demo of invented people and cases, and serve it on this machine."""
    chosen = os.environ.get("CLEARWAY_DATABASE_URL")
    address = chosen or f"sqlite:///{DEMO_DATABASE}"
    with only_server_of(address):
        if fresh and not chosen:
            throw_away(DEMO_DATABASE)
        with shown("Migrating the database"):
            schema.upgrade(address)
        with shown("Loading the demo"):
            runpy.run_path(str(SEED))["main"](address, fresh=fresh, today=None)
        if not no_serve:
            os.environ |= {"CLEARWAY_DATABASE_URL": address, "CLEARWAY_DEMO": "true"}
            listen("127.0.0.1", port)


@commands.command()
def serve(
    host: Annotated[str, typer.Option(help="Address of this machine to listen on.")] = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Serve the installation's own database."""
    address = Settings().database_url
    if not is_loopback(host):
        raise Refused("Clearway listens only on this machine until sign-in has a second factor.")
    with only_server_of(address):
        schema.upgrade(address)
        if has_demo_people(address):
            raise Refused("This database holds demo people, who sign in without a password.")
        listen(host, port)


@commands.command()
def migrate() -> None:
    """Bring the installation's database to the schema of this version."""
    with shown("Migrating the database"):
        schema.upgrade(Settings().database_url)


@commands.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="The council's list.", exists=True, dir_okay=False)],
    lot: LotName,
    listed: Annotated[
        int | None, typer.Option("--list", help="Only this Annex A list.", min=3, max=6)
    ] = None,
    on: Annotated[str, typer.Option(help="Day of the list; today by default.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, import nothing.")] = False,
    good_rows: Annotated[
        bool, typer.Option("--good-rows", help="Leave refused rows out instead of stopping.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Import a council's case list; exit 1 if refused rows held it back."""
    only = Layout(f"list_{listed}") if listed else None
    with present() as database, file.open("rb") as content:
        actor, lot_id = in_lot(database, lot)
        report = import_file(
            database,
            actor,
            lot_id,
            Sent(content, file.name, day_of(on, database), only),
            limits_of(Settings()),
            dry_run=dry_run,
            good_rows=good_rows,
        )
    tell(report, as_json=as_json)
    if report.refused and not report.imported:
        raise typer.Exit(1)


@commands.command("export")
def export_list(
    file: Annotated[Path, typer.Argument(help="Where to write: a .csv or .xlsx file.")],
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
            note(uow, wanted, file.suffix[1:].upper())
            write_list(file, case_rows(uow, wanted))
        database.views.write(database)


@audit.command()
def verify() -> None:
    """Walk the whole trail; exit 1 and name the first entry that does not hold."""
    engine = open_engine(present_database())
    with engine.connect() as connection:
        verdict = trail.verify(connection)
    engine.dispose()
    if not verdict.ok:
        screen.print(f"Entry {verdict.broken_at} of the trail: {verdict.why}")
        raise typer.Exit(1)
    screen.print(f"ok: {verdict.entries:,} entries hold")


@commands.command()
def counters(
    mend: Annotated[bool, typer.Option("--mend", help="Count the register again.")] = False,
) -> None:
    """Prove the counters and the ledger against a recount; exit 1 where they differ."""
    with present() as database, database.work(everywhere(database)) as uow:
        found = recount(uow)
        if mend and not found.ok:
            rebuild(uow)
    for key, kept, counted in found.differences:
        screen.print(f"{key}: kept {kept}, counted {counted}", markup=False)
    if not found.ok and not mend:
        raise typer.Exit(1)
    screen.print("ok: every counter equals a recount" if found.ok else "Counted again")


@commands.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def bench(asked: typer.Context) -> None:
    """Measure beside bare floors; needs the packages of `test`. --help tells its options."""
    measured = subprocess.run(
        [sys.executable, "-m", "tests.bench", *asked.args], cwd=ROOT, check=False
    )
    raise typer.Exit(measured.returncode)


def everywhere(database: Database) -> Actor:
    """An actor over every lot of every contract."""
    with Session(database.engine) as session:
        lots = session.exec(select(Lot.id, Lot.contract_id)).all()
    return Actor.command_line(
        frozenset(lot or 0 for lot, _ in lots), frozenset(contract for _, contract in lots)
    )


@people.command("add-administrator")
def add_an_administrator(
    email: Annotated[str, typer.Option(help="The address they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name.")],
) -> None:
    """Add an administrator for every lot, or give a known one a new link; prints the link once."""
    with present() as database, database.work(everywhere(database)) as uow:
        lots = {lot.id: lot.contract_id for lot in list_lots(uow) if lot.id is not None}
        invited = add_administrator(uow, email, name, lots)
    screen.print("Open this link within 72 hours to choose a password; it works once:")
    screen.print(f"{Settings().origin}{invited.path}", markup=False, soft_wrap=True)


def present_database() -> str:
    """The installation's database; where there is none yet, the demo's."""
    address = Settings().database_url
    if not is_missing(address):
        return address
    if DEMO_DATABASE.exists() and "CLEARWAY_DATABASE_URL" not in os.environ:
        complaints.print("Using the demo's database.")
        return f"sqlite:///{DEMO_DATABASE}"
    raise Refused("There is no database yet: run `python3 -m app migrate` first.")


@contextmanager
def present() -> Iterator[Database]:
    """The present database, for a command that works in it."""
    engine = open_engine(present_database())
    try:
        yield Database(engine, lambda: datetime.now(UTC))
    finally:
        engine.dispose()


def in_lot(database: Database, words: str) -> tuple[Actor, int]:
    """An actor over the whole contract of a lot, which may be named as Contract/Lot."""
    with Session(database.engine) as session:
        lots = session.exec(
            select(Lot.id, Lot.name, Contract.id, Contract.name).join(
                Contract, col(Contract.id) == Lot.contract_id
            )
        ).all()
    named = [one for one in lots if words in (one[1], f"{one[3]}/{one[1]}")]
    if len(named) != 1:
        known = ", ".join(f"{contract}/{lot}" for _, lot, _, contract in lots)
        raise Refused(f"{'No' if not named else 'More than one'} lot is {words}. Lots: {known}.")
    lot_id, _, contract_id, _ = named[0]
    all_lots = frozenset(one[0] or 0 for one in lots if one[2] == contract_id)
    return Actor.command_line(all_lots, frozenset({contract_id or 0})), lot_id or 0


def day_of(typed: str, database: Database) -> date:
    """The day that was typed, today where none was."""
    try:
        return parse_date(typed) if typed else london_date(database.clock())
    except ValueError as fault:
        raise Refused(str(fault)) from fault


def tell(report: Report, *, as_json: bool) -> None:
    """Print what became of a list."""
    batch = report.batch
    if as_json:
        refused = [{"line": r.line, "column": r.column, "reason": r.reason} for r in report.refused]
        counted = {name: getattr(batch, name) for name in ("rows", "new", "changed", "unchanged")}
        more = {"backlog": batch.backlog, "batch": batch.id, "imported": report.imported}
        typer.echo(json.dumps(counted | {"refused": refused} | more, ensure_ascii=False))
        return
    for row in report.refused:
        screen.print(f"Line {row.line}, {row.column or 'whole row'}: {row.reason}", markup=False)
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
        case ".xlsx":
            with xlsx(HEADER, rows, sheet="Cases") as book, file.open("wb") as out:
                shutil.copyfileobj(book, out)
        case _:
            raise Refused("An export is a .csv or an .xlsx file.")


def is_missing(address: str) -> bool:
    file = sqlite_file(address)
    return file is not None and not file.exists()


def sqlite_file(address: str) -> Path | None:
    """The file behind a SQLite address."""
    url = make_url(address)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def has_demo_people(address: str) -> bool:
    engine = open_engine(address)
    with Session(engine) as session:
        found = session.scalar(select(exists().where(col(User.demo))))
    engine.dispose()
    return bool(found)


def throw_away(file: Path) -> None:
    """Remove a SQLite database with the files beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{ending}").unlink(missing_ok=True)


@contextmanager
def only_server_of(address: str) -> Iterator[None]:
    """Hold a SQLite database's lock file, so that one server at a time writes to it."""
    file = sqlite_file(address)
    with ExitStack() as held:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            lock = held.enter_context(Path(f"{file}.lock").open("w"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused("Another Clearway is already running on this database.") from None
        yield


def listen(host: str, port: int) -> None:
    """Serve until stopped; requests under way get ten seconds to end."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family)
    except OSError as problem:
        raise Refused(f"Port {port} cannot be used ({problem.strerror}): choose another.") from None
    name, port = f"[{host}]" if ":" in host else host, door.getsockname()[1]
    os.environ.setdefault("CLEARWAY_ORIGIN", f"http://{name}:{port}")
    server = uvicorn.Server(
        uvicorn.Config(
            "app.main:create_asgi",
            factory=True,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=10,
            ws="none",
        )
    )
    screen.print(f"Clearway is at http://{name}:{port}/sign-in — Ctrl+C stops it")
    server.run(sockets=[door])


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def shown(doing: str) -> Iterator[None]:
    """Show what is going on, and how long it took."""
    started = time.monotonic()
    with screen.status(doing):
        yield
    screen.print(f"{doing}: {time.monotonic() - started:.1f} s")
