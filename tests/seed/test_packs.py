"""Every pack of the demo, for every audience: whole, balanced, and telling nobody too much."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, col, func, select

from app.access.actor import Actor
from app.cases.register.models import Case
from app.contract.everywhere import everywhere
from app.contract.models import Contract, Lot
from app.reports.packs.models import PackEdition
from app.reports.packs.queries import About, build, list_issued, read_edition
from app.reports.packs.rules import Kind, period_of
from app.reports.sections.moves import compare, drivers, figure
from app.reports.sections.packed import Said
from app.reports.sections.rules import HIDDEN, Audience, Content, Shown, canonical, plain, read
from app.reports.writers import workbook
from app.work.database import Database

# What breaks down by something about a child or family.
ABOUT_CHILDREN = {"delays", "delays-holders", "hand-backs", "check-backs", "flags"}


@pytest.fixture(scope="module")
def everybody(filled: Database) -> Actor:
    return everywhere(filled)


@pytest.fixture(scope="module")
def packs(filled: Database, everybody: Actor) -> dict[tuple[Kind, Audience], Content]:
    with filled.work(everybody) as uow:
        agreed = uow.session.scalars(select(Contract).order_by(col(Contract.id))).first()
        assert agreed
        lot = min(everybody.lot_ids)
        found = {}
        for kind in Kind:
            period = period_of(kind, agreed.starts_on, agreed.ends_on, uow.today)
            about = About(kind, agreed.id or 0, lot if kind.of_a_lot else None, period)
            for audience in kind.audiences:
                found[kind, audience] = build(uow, about, audience, Said("Said.", "Asked."))
    return found


def counts(content: Content) -> Iterator[tuple[str, object]]:
    for table in content.tables:
        for row in (*table.rows, table.totals):
            for cell, head in zip(row, table.columns, strict=False):
                if head.shown is Shown.COUNT:
                    yield table.key, cell


def test_each_edition_is_whole(packs: dict[tuple[Kind, Audience], Content]) -> None:
    monthly = [one.key for one in packs[Kind.MONTHLY, Audience.RESTRICTED].sections]
    assert monthly == [
        "about",
        "summary",
        "burn-down",
        "service-levels",
        "measures",
        "safeguarding",
        "waiting",
        "outcomes",
        "quality",
        "workforce",
        "money",
        "changes",
        "exit",
        "decisions",
        "data-quality",
        "tables",
    ]
    for content in packs.values():
        keys = [table.key for table in content.tables]
        assert len(set(keys)) == len(keys)
        assert all(len(row) == len(t.columns) for t in content.tables for row in t.rows)
        assert workbook(content, {}) == workbook(content, {})


def test_only_managers_are_told_of_cases(
    filled: Database, packs: dict[tuple[Kind, Audience], Content]
) -> None:
    with Session(filled.engine) as session:
        references = set(session.exec(select(Case.reference)))
    for (kind, audience), content in packs.items():
        said = {str(cell) for table in content.tables for row in table.rows for cell in row}
        words = {
            word.strip(".,:;") for s in content.sections for w in s.words for word in w.split()
        }
        assert bool(references & said) is (audience is Audience.RESTRICTED), kind
        assert not references & words
        if audience is not Audience.RESTRICTED:
            assert not any(link for table in content.tables for link in table.links)


def test_a_sheet_of_one_lot_names_no_other(
    filled: Database, packs: dict[tuple[Kind, Audience], Content]
) -> None:
    sheet = packs[Kind.WEEKLY, Audience.RESTRICTED]
    with Session(filled.engine) as session:
        others = {name for name in session.exec(select(Lot.name)) if name not in sheet.about}
    said = canonical(plain(sheet))
    assert len(others) > 2
    assert not [name for name in others if name in said]


def test_small_numbers_are_hidden_from_who_may_not_see_them(
    packs: dict[tuple[Kind, Audience], Content],
) -> None:
    for kind in (Kind.MONTHLY, Kind.FINAL):
        for table in packs[kind, Audience.COMMISSIONER].tables:
            cells = [cell for row in table.rows for cell in row[1:] if table.key in ABOUT_CHILDREN]
            assert not [n for n in cells if isinstance(n, int) and 0 < n < 6], table.key
        told = list(counts(packs[kind, Audience.PUBLIC]))
        assert not [n for key, n in told if key != "tables" and isinstance(n, int) and 0 < n < 6]
        assert any(n == HIDDEN for _, n in told)


def test_what_is_open_is_what_the_register_holds(
    filled: Database, packs: dict[tuple[Kind, Audience], Content]
) -> None:
    content = packs[Kind.FINAL, Audience.RESTRICTED]
    with Session(filled.engine) as session:
        lots = session.exec(
            select(func.count())
            .select_from(Case)
            .join(Contract, col(Contract.id) == col(Case.contract_id))
            .where(col(Case.ended_on).is_(None), Contract.name == content.contract)
        ).one()
    assert (
        figure(content, "standing", "Open") == figure(content, "ledger", "Open at the end") == lots
    )


def test_issued_packs_of_the_demo_hold_their_seals_and_say_what_moved(
    filled: Database, everybody: Actor
) -> None:
    with filled.work(everybody) as uow:
        issued = list_issued(uow).rows
        assert {one.kind for one in issued} == {Kind.WEEKLY, Kind.MONTHLY}
        last, before = (one for one in issued if one.kind is Kind.MONTHLY)
        for audience in Audience:
            now, then = (read_edition(uow, one, audience) for one in (last, before))
            assert compare(then, now)
            assert _outcome_columns(then) != _outcome_columns(now)
        assert [one.name for one in drivers(then, now)]
        assert (
            len(drivers(*(read_edition(uow, one, Audience.RESTRICTED) for one in (before, last))))
            == 6
        )
    with Session(filled.engine) as session:
        for edition in session.exec(select(PackEdition)):
            assert canonical(plain(read(edition.content))) == edition.content


def _outcome_columns(content: Content) -> list[str]:
    """The title and columns of what was cleared: each pack tells of its own time."""
    found = next(table for table in content.tables if table.key == "outcomes")
    return [found.title, *(head.title for head in found.columns)]
