"""Fills a database with an invented county, so that Clearway can be tried and measured."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from app.access.actor import Actor
from app.access.models import User
from app.cases.recalibration.service import keep_estimates
from app.db import migrate as schema
from app.db.engine import open_engine
from app.db.registry import load_models
from app.finance.outlook.service import make_within as make_outlooks
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.kernel.errors import Refused
from app.safeguarding.flags.models import Flag
from app.safeguarding.flags.rules import Concern
from app.work.database import Database
from seed.allocating import load_allocating
from seed.clock_terms import load_clock_terms
from seed.clocks import load_clocks
from seed.delays import load_delays
from seed.delivery import load_costs, load_delivery
from seed.desk import load_desk
from seed.diary import Diary, at
from seed.differing import load_differences
from seed.events import Story
from seed.finding import load_finding
from seed.handovers import load_handovers
from seed.intake import load_intake
from seed.invoicing import load_invoices, load_prices
from seed.leaving import load_leaving
from seed.load import load
from seed.looking_back import load_looking_back
from seed.measures import load_measures
from seed.meeting import load_meetings
from seed.packing import load_packs
from seed.people import load_people
from seed.protecting import load_protecting
from seed.reckoning import load_reckoning, load_timesheets
from seed.service_levels import load_service_levels
from seed.setting import District, Setting, lay_out
from seed.standing import WHOLE
from seed.statements import load_statements
from seed.stories import Chronicle
from seed.supervision import load_supervision
from seed.waiting import load_waiting
from seed.workforce import load_workforce


def make(address: str, today: date | None) -> None:
    """Load the demo as of `today`, in the place of one that is there; the database has its tables.

    Refused where it holds anybody who is not of the demo.
    """
    load_models()
    engine = open_engine(address)
    try:
        if has_people(engine):
            empty(engine, address)
        fill(Database(engine, clock_of(today)), today or london_date(datetime.now(UTC)))
    finally:
        engine.dispose()


def fill(database: Database, today: date, *, scale: int = 1) -> Setting:
    """Lay out both contracts and load `scale` times about 650 cases."""
    setter = Actor.command_line(frozenset(), frozenset())
    with database.work(setter) as uow, uow.command(Act.DEMO_SEED), uow.beyond_scope():
        setting = lay_out(uow, today, scale)
    load(database, setting, stories(setting, today))
    loader = Actor.command_line(setting.lot_ids, setting.contract_ids)
    with database.work(loader) as uow, uow.command(Act.DEMO_SEED):
        load_delivery(uow, setting, today)
        load_waiting(uow, setting, today)
        load_statements(uow, setting, today)
        load_people(uow, setting, today)
        load_timesheets(uow, setting, today)
        load_intake(uow, setting, today)
        load_allocating(uow, setting, today)
        load_finding(uow, setting, today)
        load_clocks(uow, setting, today)
        load_clock_terms(uow, setting, today)
        load_differences(uow, setting, today)
        load_supervision(uow, setting, today)
        keep_estimates(uow, setting.districts[0].contract_id)
        # After all that the night looks at.
        load_delays(uow, setting, today)
        load_desk(uow, setting, today)
        load_leaving(uow, setting, today)
        uow.load(Flag, [unmatched_flag(setting.districts[0], today)])
        load_protecting(uow, setting, today)
        load_handovers(uow, setting, today)
    with database.work(loader) as uow, uow.command(Act.DEMO_SEED):
        load_prices(uow, setting)
        load_costs(uow, setting, today)
        load_reckoning(uow, setting, whole=scale == 1)
    with database.work(loader) as uow, uow.command(Act.DEMO_SEED):
        load_workforce(uow, setting, today)
    load_measures(database, setting, today, whole=scale == 1)
    with database.work(loader) as uow, uow.command(Act.DEMO_SEED):
        load_service_levels(uow, setting, today)
    if scale == 1:
        load_invoices(database.engine, setting, today)
    # After what is read and billed, which meetings and commentaries speak of.
    with database.work(loader) as uow, uow.command(Act.DEMO_SEED):
        load_looking_back(uow, setting, today)
        make_outlooks(uow)
        load_meetings(uow, setting, today)
    if scale == 1:
        load_packs(database.engine, setting, today)
    with database.work(loader) as uow, uow.command(Act.DEMO_SEED):
        uow.note(WHOLE)
    return setting


def unmatched_flag(district: District, today: date) -> dict[str, Any]:
    """A worry about a child whose reference was mistyped, raised two days ago."""
    day = today - timedelta(days=2)
    return {
        "version": 1,
        "lot_id": district.lot_id,
        "case_id": None,
        "reference": "10O0231",
        "concern": Concern.NOT_SEEN,
        "note": "Nobody opens the door; neighbours heard the children this morning.",
        "raised_by": district.workers[0].user_id,
        "raised_at": at(day, 15 * 60 + 20),
        "acknowledged_by": None,
        "acknowledged_at": None,
        "resolved_by": None,
        "resolved_at": None,
        "resolution": "",
    }


def stories(setting: Setting, today: date) -> Iterator[Story]:
    """Every case's story up to the evening before `today`; the same for the same day."""
    diary = Diary.of_england()
    for district in setting.districts:
        neighbours = [
            other.lot_id for other in setting.districts if other.contract_id == district.contract_id
        ]
        yield from Chronicle(district, neighbours, today, diary).stories()


def clock_of(today: date | None) -> Callable[[], datetime]:
    """Now; or half past eight in the morning of a day that was asked for."""
    return (lambda: datetime.now(UTC)) if today is None else (lambda: at(today, 8 * 60 + 30))


def has_people(engine: Engine) -> bool:
    """Whether a demo is here, whole or not; Refused if anybody is not of it."""
    with Session(engine) as session:
        of_demo = set(session.exec(select(User.demo).distinct()))
    if False in of_demo:
        raise Refused("This database holds people who are not of the demo: choose another.")
    return bool(of_demo)


def empty(engine: Engine, address: str) -> None:
    """Throw the demo's rows away, tables and all, and make the tables anew."""
    engine.dispose()
    schema.downgrade(address, "base")
    schema.upgrade(address)
