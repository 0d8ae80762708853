"""Fills a database with an invented county, so that Clearway can be tried and measured."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlmodel import Session, col, exists, func, select

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from app.access.actor import Actor
from app.access.models import User
from app.db.engine import open_engine
from app.db.registry import load_models
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.days import london_date, show_date
from app.kernel.errors import Refused
from app.work.database import Database
from app.work.models import TrailEntry
from seed.diary import Diary, at
from seed.events import Story
from seed.load import load
from seed.setting import Setting, lay_out
from seed.stories import Chronicle


def main(address: str, *, fresh: bool, today: date | None = None) -> None:
    """Load the demo as of `today`; one that is there already is kept unless `fresh`.

    Refused where the database holds anybody who is not of the demo.
    """
    engine = open_engine(address)
    load_models()
    if not inspect(engine).has_table("cases"):
        Row.metadata.create_all(engine)
    refuse_real_people(engine)
    day = today or london_date(datetime.now(UTC))
    made_on = made_for(engine)
    if made_on is not None and fresh:
        empty(engine)
        made_on = None
    if made_on is None:
        fill(Database(engine, clock_of(today)), day)
    elif made_on != day:
        print(f"This demo was made on {show_date(made_on)}; --fresh makes one for today.")
    engine.dispose()


def fill(database: Database, today: date, *, scale: int = 1) -> Setting:
    """Lay out both contracts and load `scale` times about 650 cases."""
    setter = Actor.command_line(frozenset(), frozenset())
    with database.work(setter) as uow, uow.command(Act.DEMO_SEED), uow.beyond_scope():
        setting = lay_out(uow, today, scale)
    load(database, setting, stories(setting, today))
    return setting


def stories(setting: Setting, today: date) -> Iterator[Story]:
    """Every case's story up to the evening before `today`; the same for the same day."""
    diary = Diary.of_england()
    for district in setting.districts:
        neighbours = [
            other.lot_id
            for other in setting.districts
            if other.contract_id == district.contract_id
        ]
        yield from Chronicle(district, neighbours, today, diary).stories()


def clock_of(today: date | None) -> Callable[[], datetime]:
    """Now; or half past eight in the morning of a day that was asked for."""
    return (lambda: datetime.now(UTC)) if today is None else (lambda: at(today, 8 * 60 + 30))


def refuse_real_people(engine: Engine) -> None:
    with Session(engine) as session:
        if session.scalar(select(exists().where(~col(User.demo)))):
            raise Refused("This database holds people who are not of the demo: choose another.")


def made_for(engine: Engine) -> date | None:
    """The day on which the demo was loaded; None where there is none."""
    with Session(engine) as session:
        made = session.scalar(
            select(func.min(TrailEntry.at)).where(TrailEntry.act == Act.DEMO_SEED.value)
        )
    return made and london_date(made)


def empty(engine: Engine) -> None:
    """Throw the demo's rows away, tables and all, and make the tables anew."""
    Row.metadata.drop_all(engine)
    Row.metadata.create_all(engine)
