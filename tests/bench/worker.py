"""Serves the application or the floor from one process, as `python -m tests.bench.worker`."""

import socket
import sys

import uvicorn
from starlette.types import ASGIApp

from app.db.registry import load_models
from app.main import create_app
from app.settings import Settings
from tests.bench.floor import make_floor


def main(what: str, address: str, lot_id: str) -> None:
    """Print the port, then serve until the process is ended."""
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    load_models()
    app: ASGIApp
    if what == "floor":
        app = make_floor(address, int(lot_id))
    else:
        app = create_app(Settings(database_url=address, origin=f"http://127.0.0.1:{port}"))
    print(port, flush=True)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        # The kept connection outlasts the rounds of the others.
        timeout_keep_alive=600,
    )
    uvicorn.Server(config).run(sockets=[door])


if __name__ == "__main__":
    main(*sys.argv[1:])
