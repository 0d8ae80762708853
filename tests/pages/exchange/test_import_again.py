"""Lists that come again: what changed, what was handed back, and what is only told."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import STANDARD_ORDER, triage_rank
from app.cases.register.service import waiting
from app.cases.scope.models import Baseline, CaseCounter, DailyTotal, LedgerPosting
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.exchange.imports.models import ImportedRow
from app.exchange.imports.rules import Stage
from app.work.models import TrailEntry
from tests.browse import Browse, readable
from tests.makers import a_case
from tests.makers_imports import Importer, an_importer, counts, list_4, list_6_row, plain
from tests.workbooks import LIST_4, LIST_6, an_xlsx, list_4_row
from tests.world import TODAY, World


@pytest.fixture
def paula(world: World, browse: Callable[..., Browse]) -> Importer:
    return an_importer(world, browse)


def only_case(world: World) -> Any:
    (case,) = world.rows(Case)
    return case


def open_cases(world: World) -> int:
    return sum(counter.cases for counter in world.rows(CaseCounter) if counter.state.is_open)


def test_a_shuffled_list_changes_nothing(world: World, paula: Importer) -> None:
    rows = [list_4_row(f"C{number}") for number in range(20)]
    paula.take(list_4(*rows))
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert counts(paula.take(list_4(*rows))) == (0, 0, 20, 0)
    assert {case.version for case in world.rows(Case)} == {1}


def test_a_changed_fact_is_carried_over_with_what_follows(world: World, paula: Importer) -> None:
    paula.take(plain(("C1", "01/09/2026", "", "9", "")))
    due = only_case(world).due_on
    batch = paula.take(plain(("C1", "15/09/2026", "", "0", "")))
    assert counts(batch) == (0, 1, 0, 0)
    case = only_case(world)
    assert (case.referred_on, case.clock_started_on, case.age_band) == (
        date(2026, 9, 15),
        date(2026, 9, 15),
        "Under 1",
    )
    assert case.due_on > due
    assert case.triage_rank == triage_rank(STANDARD_ORDER, waiting(case))
    assert {c.due_on: c.cases for c in world.rows(CaseCounter)} == {due: 0, case.due_on: 1}
    assert len(world.rows(LedgerPosting)) == len(world.rows(CaseMove)) == 1


def test_what_a_person_changed_since_is_left_alone(world: World, paula: Importer) -> None:
    paula.take(list_4(list_4_row("C1", c10="Marsh duty")))
    with world.setting_up() as uow:
        uow.get(Case, only_case(world).id).source_team = "Corrected by hand"
    batch = paula.take(list_4(list_4_row("C1", c10="Marsh hub")))
    assert counts(batch) == (0, 1, 0, 0)
    assert only_case(world).source_team == "Corrected by hand"


def test_a_case_older_than_the_calendar_counts_from_its_first_day(
    world: World, paula: Importer
) -> None:
    batch = paula.take(plain(("C1", "01/03/1995", "", "9", ""), ("C2", "01/09/2026", "", "", "")))
    assert "1 case began before 1 Jan 2010" in readable(paula.page(batch))
    old = next(case for case in world.rows(Case) if case.reference == "C1")
    assert (old.referred_on, old.clock_started_on) == (date(1995, 3, 1), date(2010, 1, 1))


def test_work_that_has_ended_is_history_and_opens_no_case(world: World, paula: Importer) -> None:
    batch = paula.take(list_4(list_4_row("C1", c8="01/10/2026"), list_4_row("C2")))
    assert (counts(batch), batch.backlog) == ((2, 0, 0, 0), 1)
    assert [case.reference for case in world.rows(Case)] == ["C2"]
    assert {row.reference: row.case_id is None for row in world.rows(ImportedRow)} == {
        "C1": True,
        "C2": False,
    }


def test_history_joins_the_case_that_opens_later(world: World, paula: Importer) -> None:
    paula.take(list_4(list_4_row("C1", "01/03/2026", c8="01/04/2026")))
    paula.take(list_4(list_4_row("C1", "01/09/2026")))
    assert {row.case_id for row in world.rows(ImportedRow)} == {only_case(world).id}


def test_rows_of_one_child_in_two_lists_are_one_case(world: World, paula: Importer) -> None:
    book = an_xlsx(
        {
            "List 4": [LIST_4, list_4_row("C1", "01/09/2026")],
            "List 6": [LIST_6, list_6_row("C1", "03/08/2026")],
        }
    )
    batch = paula.take(book, "annex.xlsx")
    assert (batch.lists, counts(batch), batch.backlog) == ("List 4, List 6", (2, 0, 0, 0), 1)
    case = only_case(world)
    assert (case.referred_on, case.primary_need) == (date(2026, 8, 3), "N4")
    assert len(world.rows(ImportedRow, case_id=case.id)) == 2
    assert counts(paula.send(book, only="list_6")) == (0, 0, 1, 0)


def test_an_import_never_moves_a_case_but_tells_the_difference(
    world: World, paula: Importer
) -> None:
    paula.take(list_4(list_4_row("C1")))
    batch = paula.send(list_4(list_4_row("C1", c8="02/11/2026")))
    assert (counts(batch), batch.differences) == ((0, 1, 0, 0), 1)
    page = readable(paula.page(batch))
    assert "On the council’s list authorised on 2 Nov 2026; here it is unallocated." in page
    paula.confirm(batch)
    assert only_case(world).state is CaseState.UNALLOCATED


def handed_back(world: World, on: date) -> None:
    """The only case, sent back to the council on a day."""
    with world.setting_up() as uow:
        case = uow.get(Case, only_case(world).id)
        case.state, case.ended_on, case.outcome = CaseState.HANDED_BACK, on, "handed_back"


def test_a_case_handed_back_and_sent_again_is_received(world: World, paula: Importer) -> None:
    paula.take(list_4(list_4_row("C1")), listed_on="2026-11-02")
    handed_back(world, date(2026, 11, 10))
    batch = paula.send(list_4(list_4_row("C1", c10="Hub")), listed_on="2026-11-18")
    assert (batch.changed, batch.sent_again, batch.backlog) == (1, 1, 0)
    assert "1 that was handed back and is sent again" in readable(paula.page(batch))
    assert paula.confirm(batch).stage is Stage.CONFIRMED
    case = only_case(world)
    assert (case.state, case.ended_on, case.clock_started_on) == (
        CaseState.UNALLOCATED,
        None,
        TODAY,
    )
    assert [p.term for p in world.rows(LedgerPosting)] == [Term.OPENING, Term.RECEIVED]
    again = paula.take(list_4(list_4_row("C1", c10="Hub")), listed_on="2026-11-19")
    assert counts(again) == (0, 0, 1, 0)


def test_the_same_file_does_not_bring_back_what_was_handed_back(
    world: World, paula: Importer
) -> None:
    paula.take(list_4(), listed_on="2026-11-02")
    with world.setting_up() as uow:
        for case in world.rows(Case):
            row = uow.get(Case, case.id)
            row.state, row.ended_on = CaseState.HANDED_BACK, date(2026, 11, 10)
    batch = paula.take(list_4(), listed_on="2026-11-18")
    assert (counts(batch), batch.sent_again) == ((0, 0, 3, 0), 0)
    assert {case.state for case in world.rows(Case)} == {CaseState.HANDED_BACK}


def test_after_the_opening_list_is_frozen_new_cases_are_received(
    world: World, paula: Importer
) -> None:
    a_case(world)
    with world.setting_up() as uow:
        frozen = date(2026, 11, 9)
        uow.add(
            Baseline(lot_id=world.lot(), frozen_on=frozen, frozen_at=uow.now, cases=1, digest="x")
        )
    paula.take(list_4(), listed_on="2026-11-02")
    received = {p.effective_on for p in world.rows(LedgerPosting, term=Term.RECEIVED)}
    assert received == {TODAY}
    assert open_cases(world) == sum(t.cases for t in world.rows(DailyTotal)) == 4


def plant_a_fault(world: World, table: str, broken: str) -> None:
    """From now on the database fails at the row of one reference."""
    event = f"CREATE TRIGGER fault BEFORE INSERT ON {table}"
    if world.database.is_sqlite:
        when = f"WHEN NEW.reference = '{broken}' BEGIN SELECT RAISE(ABORT, 'full'); END"
        statements = [f"{event} {when}"]
    else:
        statements = [
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'full'; END $$",
            f"{event} FOR EACH ROW WHEN (NEW.reference = '{broken}') EXECUTE FUNCTION fail()",
        ]
    with world.database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def lift_the_fault(world: World, table: str) -> None:
    on = "" if world.database.is_sqlite else f" ON {table}"
    with world.database.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER fault{on}"))


@pytest.mark.parametrize("broken", ["C0", "C4", "C9"])
@pytest.mark.parametrize("table", ["cases", "imported_rows"])
def test_a_fault_at_any_row_leaves_nothing(
    world: World, paula: Importer, table: str, broken: str
) -> None:
    batch = paula.send(list_4(*(list_4_row(f"C{number}") for number in range(10))))
    plant_a_fault(world, table, broken)
    entries = len(world.rows(TrailEntry, subject="cases"))
    late = paula.confirm(batch)
    assert late.stage is Stage.PREVIEWED
    assert "Say this reference to your administrator" in paula.page(late)
    for model in (Case, CaseMove, LedgerPosting, ImportedRow, DailyTotal, CaseCounter):
        assert world.rows(model) == []
    assert len(world.rows(TrailEntry, subject="cases")) == entries
    lift_the_fault(world, table)
    assert paula.confirm(late).stage is Stage.CONFIRMED
    assert len(world.rows(Case)) == 10
