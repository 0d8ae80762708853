"""What both sides signed of the demo's measures, and what the nights have read of them."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from app.access.actor import Actor
from app.kernel.acts import Act
from app.performance.measures import queries, service
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.models import MeasureVersion
from app.performance.measures.rules import Measure
from app.work.database import Database
from seed.diary import Diary, at
from seed.setting import District, Setting

# Signed as Clearway begins with them, in the second week.
SIGNED = (
    Measure.CHILD_SEEN,
    Measure.SEEN_LATELY,
    Measure.TIMELINESS,
    Measure.DURATION,
    Measure.DECIDED_SOON,
    Measure.OVERDUE,
    Measure.CLEARED,
)
DRAFTED, FEWER_DAYS = Measure.DECIDED_SOON, 3


def load_measures(database: Database, setting: Setting, today: date, *, whole: bool) -> None:
    """Sign what is signed, read the periods, and draft one change.

    Of a large register the last periods alone are read.
    """
    first = setting.districts[0]
    loader = Actor.command_line(setting.lot_ids, setting.contract_ids)
    with database.work(loader) as uow:
        with uow.command(Act.DEMO_SEED):
            uow.load(MeasureVersion, list(_signed(first)))
        service.read_due(uow, date.min if whole else today - timedelta(days=21))
        tried = service.try_on(uow, first.contract_id, DRAFTED, FEWER_DAYS)
        with uow.command(Act.DEMO_SEED):
            service.write(
                uow,
                first.contract_id,
                DRAFTED,
                DEFINITIONS[DRAFTED].words,
                FEWER_DAYS,
                reason="Cases wait too long between agreement meetings",
                number=2,
                tried=tried,
            )


def _signed(district: District) -> Iterator[dict[str, Any]]:
    diary = Diary.of_england()
    day = diary.working(district.starts_on + timedelta(days=8))
    for place, measure in enumerate(SIGNED):
        definition = DEFINITIONS[measure]
        said = queries.said_of(measure, definition.words, definition.within)
        yield {
            "contract_id": district.contract_id,
            "measure": measure,
            "number": 1,
            "words": definition.words,
            "within": definition.within,
            "said": said,
            "said_hash": hashlib.sha256(said.encode()).hexdigest(),
            "reason": "As agreed at the start, schedule 3",
            "by_user_id": district.project_manager,
            "at": _at(day, place),
            "agency_by": district.project_manager,
            "agency_at": _at(day, place + 20),
            "council_by": district.council_manager,
            "council_at": _at(diary.working(day + timedelta(days=1)), place + 40),
        }


def _at(day: date, minutes: int) -> datetime:
    return at(day, 10 * 60 + minutes)
