"""Commands that serve: the demo, and the installation's own database."""

import fcntl
import ipaddress
import os
import runpy
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from app.cli import database
from app.cli.database import has_demo_people, sqlite_file
from app.cli.screen import screen, shown
from app.db import migrate as schema
from app.kernel.errors import Refused
from app.settings import ROOT, Settings

SEED = ROOT / "seed" / "standing.py"
Port = Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)]


def demo(
    port: Port = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Prepare, then stop.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the old demo away.")] = False,
) -> None:
    """Prepare a living demo of invented people and cases, and serve it on this machine."""
    chosen = os.environ.get("CLEARWAY_DATABASE_URL")
    address = chosen or f"sqlite:///{database.DEMO_DATABASE}"
    with only_server_of(address):
        if fresh and not chosen:
            throw_away(database.DEMO_DATABASE)
        with shown("Migrating the database"):
            schema.upgrade(address)
        with shown("Loading the demo"):
            runpy.run_path(str(SEED))["main"](address, fresh=fresh, today=None)
        if not no_serve:
            os.environ |= {"CLEARWAY_DATABASE_URL": address, "CLEARWAY_DEMO": "true"}
            listen("127.0.0.1", port)


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
    # Before the address is told: whoever opens it at once waits for no import.
    server.config.load()
    screen.print(f"Clearway is at http://{name}:{port}/sign-in — Ctrl+C stops it")
    server.run(sockets=[door])


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
