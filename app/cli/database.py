"""The database that a command works in, and the lots that it names there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlmodel import Session, col, exists, select

from app.access.actor import Actor
from app.access.models import User
from app.cli.screen import complaints
from app.contract.models import Contract, Lot
from app.db.engine import open_engine
from app.kernel.errors import Refused
from app.settings import ROOT, Settings
from app.work.database import Database

DEMO_DATABASE = ROOT / "data" / "demo.sqlite3"


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
