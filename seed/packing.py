"""The demo's packs: two monthly ones and last week's sheets, with a draft and the schedules."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine

from app.access.actor import Actor
from app.access.models import User
from app.contract.queries import find_contract, list_lots
from app.kernel.acts import Act
from app.kernel.days import show_moment, week_beginning, week_ending
from app.reports.packs.models import Pack, PackDraft, PackEdition, PackReceipt, PackSchedule
from app.reports.packs.queries import About, build
from app.reports.packs.rules import Kind
from app.reports.sections.children import outcomes
from app.reports.sections.packed import Said
from app.reports.sections.rules import (
    Audience,
    Cell,
    Content,
    Period,
    Table,
    canonical,
    digest_of,
    plain,
)
from app.reports.sections.scene import Scene
from app.reports.sections.work import burn_down, summary
from app.work.database import Database
from app.work.sight import looking_at
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

REMARKS = "Two practitioners started in the month; their first cases are counted in full from now."
DECISIONS = "Agree a second weekly place in the receiving team of the slowest lot."


class _Issuing:
    """What the packs of one contract are issued with."""

    def __init__(self, engine: Engine, setting: Setting, today: date) -> None:
        self.engine, self.setting, self.today, self.number = engine, setting, today, 0
        first = setting.districts[0]
        own = [one for one in setting.districts if one.contract_id == first.contract_id]
        self.contract_id = first.contract_id
        self.starts_on = min(one.starts_on for one in own)
        # By lot; the first one's people act for the whole contract.
        self.of: dict[int | None, District] = {one.lot_id: one for one in own} | {None: first}

    def on(self, day: date) -> AbstractContextManager[UnitOfWork]:
        everybody = Actor.command_line(self.setting.lot_ids, self.setting.contract_ids)
        return Database(self.engine, lambda: at(day, 10 * 60)).work(everybody)


def load_packs(engine: Engine, setting: Setting, today: date) -> None:
    """Issue the packs that the months and weeks before `today` would have brought."""
    diary, issuing = Diary.of_england(), _Issuing(engine, setting, today)
    last = today.replace(day=1) - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    for month in (before, last):
        period = Period(month.replace(day=1), month)
        day = diary.working(month + timedelta(days=3))
        about = About(Kind.MONTHLY, issuing.contract_id, None, period)
        if issuing.starts_on < period.starts_on and day < today:
            _issue(issuing, about, day, received=month == before)
    friday = week_ending(today) - timedelta(days=7)
    while (day := diary.working(friday + timedelta(days=3))) >= today:
        friday -= timedelta(days=7)
    week = Period(week_beginning(friday), friday)
    for lot_id in issuing.of:
        if lot_id is not None:
            about = About(Kind.WEEKLY, issuing.contract_id, lot_id, week)
            _issue(issuing, about, day, received=True)
    _plan(issuing, week)


def _issue(issuing: "_Issuing", about: About, day: date, *, received: bool) -> None:
    """One pack in its editions; what is open stands as it did on its own day."""
    of = issuing.of[about.lot_id]
    with issuing.on(issuing.today) as reader:
        by = reader.get(User, of.project_manager).name
        said = Said(REMARKS, DECISIONS, by) if about.kind is Kind.MONTHLY else Said()
        editions = [build(reader, about, audience, said) for audience in about.kind.audiences]
    issuing.number += 1
    with issuing.on(day) as uow, uow.command(Act.DEMO_SEED):
        own = {"contract_id": about.contract_id, "of_lot_id": about.lot_id}
        row = uow.add(
            Pack(
                **own,
                kind=about.kind,
                number=issuing.number,
                starts_on=about.period.starts_on,
                ends_on=about.period.ends_on,
                as_at=uow.now,
                issued_by=of.project_manager,
                issued_at=uow.now,
            )
        )
        for content in editions:
            facts = plain(_as_it_was(uow, about, content, said))
            uow.add(
                PackEdition(
                    **own,
                    pack_id=row.id,
                    audience=content.audience,
                    content=canonical(facts),
                    digest=digest_of(facts),
                )
            )
        if received:
            at_noon = uow.now + timedelta(hours=3)
            uow.add(PackReceipt(**own, pack_id=row.id, by_user_id=of.council_manager, at=at_noon))


def _as_it_was(uow: UnitOfWork, about: About, content: Content, said: Said) -> Content:
    """What is of the present day brought to that of the issue: instants, pace, outcomes, levels.

    What is open is what the ledger closed the period with. Nothing was commented on yet.
    """
    lots = {
        lot.id or 0: lot.name
        for lot in list_lots(uow)
        if lot.contract_id == about.contract_id and about.lot_id in (None, lot.id)
    }
    agreed = find_contract(uow, about.contract_id)
    scene = Scene(uow, agreed, lots, about.period, content.audience)
    with looking_at(uow, about.contract_id, lots):
        told = [summary(scene), burn_down(scene), outcomes(scene)]
    then = {one.key: one for section in told for one in section.tables}
    ledger = next((one for one in content.tables if one.key == "ledger"), None)
    closing = {row[0]: row[-1] for row in ledger.rows} if ledger else {}
    told_by_name = content.audience is not Audience.PUBLIC
    shift = {"standing": _shrunk, "plan": _beside_plan, "data-quality": _found}
    tables = {one.key: then.get(one.key, one) for one in content.tables}
    tables |= {key: shift[key](tables[key], closing) for key in shift if key in tables}
    remarks = (f"{said.remarks} ({said.by})",) if said.remarks and told_by_name else ()
    words = {
        "summary": (*remarks, *told[0].words),
        "decisions": tuple(said.decisions.splitlines()) or ("No decision is requested.",),
    }
    read, then_read = show_moment(content.as_at), show_moment(uow.now)
    sections = tuple(
        replace(
            section,
            words=words.get(
                section.key, tuple(one.replace(read, then_read) for one in section.words)
            ),
            tables=tuple(
                replace(tables[one.key], as_at=uow.now, links=()) for one in section.tables
            ),
        )
        for section in content.sections
    )
    return replace(content, as_at=uow.now, sections=sections)


def _beside_plan(plan: Table, closing: Mapping[Cell, Cell]) -> Table:
    rows = [
        (lot, backlog, planned, closing.get(lot), int(closing.get(lot) or 0) - int(planned or 0))
        for lot, backlog, planned, *_ in plan.rows
    ]
    return replace(plan, rows=tuple(rows), totals=_sums(plan, rows))


def _found(findings: Table, closing: Mapping[Cell, Cell]) -> Table:
    """Open cases in its first row, by lot and in all."""
    (what, *_), *rest = findings.rows
    by_lot = [closing.get(head.title) for head in findings.columns[1:-1]]
    first = (what, *by_lot, sum(int(cell or 0) for cell in by_lot))
    return replace(findings, rows=(first, *rest))


def _shrunk(standing: Table, closing: Mapping[Cell, Cell]) -> Table:
    """Every count of a lot in proportion to what was open by the ledger when the period ended."""
    rows = []
    for lot, open_now, *rest in standing.rows:
        then = closing.get(lot)
        if isinstance(open_now, int) and isinstance(then, int) and open_now:
            rest = [
                round(cell * then / open_now) if isinstance(cell, int) else cell for cell in rest
            ]
            open_now = then
        rows.append((lot, open_now, *rest))
    return replace(standing, rows=tuple(rows), totals=_sums(standing, rows))


def _sums(of: Table, rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    sums = [
        sum(one for one in column if isinstance(one, int)) for column in zip(*rows, strict=True)
    ]
    return ("All", *sums[1:]) if of.totals else ()


def _plan(issuing: _Issuing, week: Period) -> None:
    of, own = issuing.of[None], {"contract_id": issuing.contract_id}
    with issuing.on(issuing.today) as uow, uow.command(Act.DEMO_SEED):
        looked = {"last_drafted_on": issuing.today}
        uow.add(PackSchedule(**own, kind=Kind.WEEKLY, weekday=0, **looked))
        uow.add(PackSchedule(**own, kind=Kind.PERFORMANCE, weekday=0, **looked))
        uow.add(PackSchedule(**own, kind=Kind.MONTHLY, month_day=3, **looked))
        uow.add(
            PackDraft(
                **own,
                kind=Kind.FORTNIGHTLY,
                starts_on=week.starts_on - timedelta(days=7),
                ends_on=week.ends_on,
                remarks="Authorisation is quicker since the team managers share the queue.",
                made_by=of.project_manager,
                made_at=uow.now,
                edited_by=of.project_manager,
                edited_at=uow.now,
            )
        )
