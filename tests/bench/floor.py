"""The bare floor: FastAPI, Jinja and SQLAlchemy Core doing no more than the work itself needs."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment
from sqlalchemy import Engine, bindparam, text
from sqlmodel import col, select

from app.cases.register.models import Case
from app.cases.states import CaseState
from app.db.engine import open_engine

TABLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cases</title></head>
<body><h1>Cases</h1><table><thead><tr><th>Reference</th><th>Lot</th><th>State</th><th>Priority</th>
<th>Referred</th><th>Due</th><th>Seen</th><th>Age</th><th>Worker</th></tr></thead><tbody>
{% for id, reference, lot, state, priority, referred, due, seen, age in rows %}
<tr><th scope="row"><a class="link" href="/cases/{{ id }}">{{ reference }}</a></th>
<td>{{ lot }}</td><td>{{ state }}</td><td>{{ priority }}</td><td class="nowrap">{{ referred }}</td>
<td class="nowrap">{{ due }}</td><td>{{ seen }}</td><td>{{ age }}</td><td>{{ reference }}</td></tr>
{% endfor %}
</tbody></table></body></html>"""
PAGE = Environment(autoescape=True, trim_blocks=True).from_string(TABLE)
START = date(2026, 1, 5)
IN_MEMORY = [
    (number, f"10{number:05}", "Alderfell", "Assessing", "Medium", START, START, START, "5–9")
    for number in range(50)
]
FIRST_FIFTY = (
    select(
        *(
            col(getattr(Case, name))
            for name in ("id", "reference", "lot_id", "state", "priority", "referred_on")
        ),
        col(Case.due_on),
        col(Case.seen_on),
        col(Case.age_band),
    )
    .where(col(Case.lot_id) == bindparam("lot"), col(Case.ended_on).is_(None))
    .order_by(col(Case.due_on), col(Case.id))
    .limit(50)
)
A_DAY = text(
    "INSERT INTO floor_days (lot_id, day, cases) VALUES (:lot, :day, 1) "
    "ON CONFLICT (lot_id, day) DO UPDATE SET cases = floor_days.cases + 1"
)


def make_floor(address: str, lot_id: int) -> FastAPI:
    """Three routes in the event loop: a page from memory, a page from a query, a changed status."""
    engine = open_engine(address)
    app = FastAPI(openapi_url=None, lifespan=settled)
    lay_out(engine)

    @app.get("/memory")
    async def from_memory() -> HTMLResponse:
        return HTMLResponse(PAGE.render(rows=IN_MEMORY))

    @app.get("/list")
    async def from_query() -> HTMLResponse:
        with engine.connect() as connection:
            rows = connection.execute(FIRST_FIFTY, {"lot": lot_id}).all()
        return HTMLResponse(PAGE.render(rows=rows))

    @app.post("/change/{case_id}")
    async def change(case_id: int) -> RedirectResponse:
        change_status(engine, case_id)
        return RedirectResponse(f"/list?{case_id}", 303)

    return app


@asynccontextmanager
async def settled(_app: FastAPI) -> AsyncIterator[None]:
    """The collector rests on what was imported, as in the application."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)
    yield


def lay_out(engine: Engine) -> None:
    """Tables of the floor's own, so that a change of status spoils no figure of ours."""
    with engine.connect().execution_options(writing=True) as connection:
        for statement in (
            "DROP TABLE IF EXISTS floor_cases",
            "DROP TABLE IF EXISTS floor_days",
            "DROP TABLE IF EXISTS floor_notes",
            "CREATE TABLE floor_cases AS SELECT id, lot_id, state FROM cases",
            "CREATE UNIQUE INDEX ix_floor_cases ON floor_cases (id)",
            "CREATE TABLE floor_days (lot_id INT, day DATE, cases INT, PRIMARY KEY (lot_id, day))",
            "CREATE TABLE floor_notes (at TIMESTAMP, said TEXT)",
            "CREATE TABLE IF NOT EXISTS floor_moves AS SELECT * FROM case_moves WHERE false",
        ):
            connection.exec_driver_sql(statement)
        connection.commit()


def change_status(engine: Engine, case_id: int) -> None:
    """Read, update, note the move, count the day and add one row more, in one transaction."""
    now = datetime.now(UTC)
    with engine.connect().execution_options(writing=True) as connection:
        found = connection.execute(
            text("SELECT lot_id, state FROM floor_cases WHERE id = :id"), {"id": case_id}
        ).one()
        connection.execute(
            text("UPDATE floor_cases SET state = :state WHERE id = :id"),
            {"id": case_id, "state": CaseState.ALLOCATED.value},
        )
        connection.execute(A_MOVE, a_move(case_id, found.lot_id, found.state, now))
        day = now.date() - timedelta(days=case_id % 7)
        connection.execute(A_DAY, {"lot": found.lot_id, "day": day.isoformat()})
        connection.execute(A_NOTE, {"at": now.isoformat(), "said": f"Case {case_id}"})
        connection.commit()


A_NOTE = text("INSERT INTO floor_notes (at, said) VALUES (:at, :said)")
A_MOVE = text(
    "INSERT INTO floor_moves (case_id, lot_id, at, made_on, act, before, after, note) "
    "VALUES (:case_id, :lot_id, :at, :made_on, :act, :before, :after, '')"
)


def a_move(case_id: int, lot_id: int, before: str, now: datetime) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "lot_id": lot_id,
        "at": now.isoformat(),
        "made_on": now.date().isoformat(),
        "act": "case.allocate",
        "before": before,
        "after": CaseState.ALLOCATED.value,
    }
