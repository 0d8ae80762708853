"""What each measure comes to by its statement in measures.sql."""

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path

from sqlalchemy import Column, Date, Integer, MetaData, Table, bindparam, insert, text

from app.db.tables import Utc
from app.kernel.calendar import read_bank_holidays
from app.kernel.days import london_instant
from app.performance.measures.rules import OUT_OF_MUCH, Kind, Measure, Period, Tally
from tests.world import World

FIRST, LAST, NEVER = date(2025, 7, 1), date(2027, 6, 30), date(9999, 12, 31)
PARTS = dict(
    re.findall(
        r"^-- (\S+)\n(.*?)(?=^-- |\Z)",
        Path(__file__).with_name("measures.sql").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
SHARED = PARTS.pop("with")
EVENTS = {Measure(name): sql for name, sql in PARTS.items()}
# Added up by lot and cohort: what counts, how many events, their amounts and the middle one.
ADDED_UP = """
    WITH {shared}, events AS ({events}), parts AS (
        SELECT e.lot_id, e.counted, e.amount, COALESCE((
            SELECT CASE WHEN c.due_on < c.received_on THEN 'inherited' END
            FROM cases c WHERE c.id = e.case_id
        ), 'new') AS cohort
        FROM events e WHERE e.lot_id BETWEEN :from_lot AND :to_lot
    ), twice AS (
        SELECT lot_id, cohort, counted, amount FROM parts
        UNION ALL SELECT lot_id, 'all', counted, amount FROM parts
    ), placed AS (
        SELECT w.*, COUNT(*) OVER (PARTITION BY lot_id, cohort) AS many,
            ROW_NUMBER() OVER (PARTITION BY lot_id, cohort ORDER BY amount) AS place
        FROM twice w
    )
    SELECT lot_id, cohort, SUM(counted) AS counted, COUNT(*) AS events, SUM(amount) AS amounts,
        MAX(CASE WHEN place = (many + 1) / 2 THEN amount END) AS middle
    FROM placed GROUP BY lot_id, cohort
"""
DAYS = tuple(bindparam(name, type_=Date) for name in ("first", "last", "never"))


def lay_days(world: World) -> None:
    """The table of days, each with how many and how many working days were up to it.

    Laid once the rows are there, since it also lets both engines look at them.
    """
    days = Table(
        "measured_days",
        MetaData(),
        Column("day", Date, primary_key=True),
        Column("number", Integer, index=True),
        Column("nth", Integer, index=True),
        Column("begins", Utc, index=True),
    )
    off, nth, rows = read_bank_holidays().days, 0, []
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        nth += day.weekday() < 5 and day not in off
        begins = london_instant(day, time(0))
        rows.append({"day": day, "number": number, "nth": nth, "begins": begins})
    with world.database.engine.connect().execution_options(writing=True) as connection:
        days.create(connection)
        connection.execute(insert(days), rows)
        # Every table is new: without a look at them both engines plan as if they were empty.
        connection.execute(text("ANALYZE"))
        connection.commit()


def added_up(
    world: World, sql: str, measure: Measure, span: Period, within: int | None, lots: Sequence[int]
) -> dict[tuple[int, str], Tally]:
    """The tally of each lot and cohort that has any events, by the statement of a measure."""
    statement = text(ADDED_UP.format(shared=SHARED, events=sql)).bindparams(*DAYS)
    values = {
        "first": span.starts_on,
        "last": span.ends_on,
        "never": NEVER,
        "allowed": within or 0,
        "from_lot": min(lots),
        "to_lot": max(lots),
    }
    with world.database.engine.connect() as connection:
        found = connection.execute(statement, values).all()
    return {
        (row.lot_id, row.cohort): Tally(
            int(row.counted),
            int(row.amounts if measure in OUT_OF_MUCH else row.events),
            int(row.middle) if measure.kind is Kind.MEDIAN else None,
        )
        for row in found
    }
