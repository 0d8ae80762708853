"""The commands of `python3 -m app`, each a thin call into the rooms below."""

import fcntl
import ipaddress
import os
import runpy
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from sqlalchemy.engine import make_url
from sqlmodel import Session, col, exists, select

from app.access.models import User
from app.db import migrate as schema
from app.db.engine import open_engine
from app.kernel.errors import DomainError, Refused
from app.settings import ROOT, Settings
from app.work import trail

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
screen = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)

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


def present_database() -> str:
    """The installation's database; where there is none yet, the demo's."""
    address = Settings().database_url
    if not is_missing(address):
        return address
    if DEMO_DATABASE.exists() and "CLEARWAY_DATABASE_URL" not in os.environ:
        complaints.print("Using the demo's database.")
        return f"sqlite:///{DEMO_DATABASE}"
    raise Refused("There is no database yet: run `python3 -m app migrate` first.")


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
