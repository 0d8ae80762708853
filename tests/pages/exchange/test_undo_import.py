"""A whole import is taken back while nothing was built on it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.corrections.rules import Facts
from app.cases.corrections.service import correct
from app.cases.register import service as register
from app.cases.register.models import Case, CaseMove
from app.cases.register.recount import recount
from app.cases.register.rules import Criterion
from app.cases.scope.models import Baseline, CaseCounter, DailyTotal, LedgerPosting
from app.cases.scope.rules import Term
from app.cases.statements import service as statements
from app.cases.states import CaseState
from app.cases.triage import service as triage
from app.exchange.differences.models import CaseDifference
from app.exchange.imports import pages, queries
from app.exchange.imports.models import ImportBatch, ImportedRow
from app.exchange.imports.rules import Part, Stage
from app.exchange.imports.service import background
from app.exchange.imports.service.telling import Teller, reached
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work import trail
from app.work.models import TrailEntry
from tests.browse import Browse, readable
from tests.makers import a_case
from tests.makers_imports import Importer, an_importer, counts, list_4
from tests.workbooks import list_4_row
from tests.world import World


@pytest.fixture
def paula(world: World, browse: Callable[..., Browse]) -> Importer:
    return an_importer(world, browse)


def undo(paula: Importer, batch: Any, status: int = 303) -> str:
    """Press the button and wait until it is done."""
    answer = str(paula.browser.post(f"/imports/{batch.id}/undo", status=status).text)
    paula.settled(batch.id)
    return answer


def cases(world: World) -> dict[str, Any]:
    return {case.reference: case for case in world.rows(Case)}


def open_now(world: World) -> tuple[int, int, int]:
    """Open cases as the counters, the daily totals and the register tell it."""
    counted = sum(one.cases for one in world.rows(CaseCounter) if one.state.is_open)
    summed = sum(total.cases for total in world.rows(DailyTotal))
    return counted, summed, sum(case.state.is_open for case in world.rows(Case))


def test_the_cases_that_it_opened_are_withdrawn(world: World, paula: Importer) -> None:
    batch = paula.take(list_4())
    assert "3 cases that it opened are withdrawn" in readable(
        paula.browser.get(f"/imports/{batch.id}/undo")
    )
    undo(paula, batch)
    assert {case.state for case in world.rows(Case)} == {CaseState.WITHDRAWN}
    assert open_now(world) == (0, 0, 0)
    postings = [(p.term, p.cases, p.effective_on) for p in world.rows(LedgerPosting)]
    day = date(2026, 11, 20)
    assert postings == [(Term.OPENING, 1, day)] * 3 + [(Term.OPENING, -1, day)] * 3
    assert world.rows(ImportedRow) == []
    assert world.row(ImportBatch, batch.id).stage is Stage.UNDONE
    assert "Undone" in readable(paula.page(batch))
    assert [move.act for move in world.rows(CaseMove)] == ["import.run"] * 3 + ["import.undo"] * 3


def test_undoing_is_told_in_the_trail(world: World, paula: Importer) -> None:
    undo(paula, paula.take(list_4()))
    told = {entry.subject: entry.rows for entry in world.rows(TrailEntry, act="import.undo")}
    assert told["cases"] == told["ledger_postings"] == told["case_moves"] == 3
    assert told["import_batches"] == 1
    with world.database.engine.connect() as connection:
        assert trail.verify(connection).ok


def test_an_import_undone_and_sent_again_is_the_import(world: World, paula: Importer) -> None:
    content = list_4()
    first = paula.take(content)
    before = {name: facts_of(case) for name, case in cases(world).items()}
    undo(paula, first)
    again = paula.take(content)
    assert counts(again) == counts(first) == (3, 0, 0, 0)
    assert again.backlog == 3
    assert {name: facts_of(case) for name, case in cases(world).items()} == before
    assert open_now(world) == (3, 3, 3)
    undo(paula, again)
    assert open_now(world) == (0, 0, 0)


def facts_of(case: Any) -> dict[str, Any]:
    return dict(case.model_dump(exclude={"version"}))


def test_a_list_sent_for_the_wrong_lot_is_undone_and_sent_for_the_right_one(
    world: World, paula: Importer
) -> None:
    wrong = paula.take(list_4(), lot_id=world.lot("South"))
    undo(paula, wrong)
    right = paula.take(list_4())
    assert counts(right) == (3, 0, 0, 0)
    assert {case.lot_id for case in world.rows(Case)} == {world.lot("North")}
    assert {move.lot_id for move in world.rows(CaseMove)} == {world.lot("North")}
    assert open_now(world) == (3, 3, 3)
    in_south = [total.cases for total in world.rows(DailyTotal, lot_id=world.lot("South"))]
    assert sum(in_south) == 0


def test_what_it_changed_is_put_back(world: World, paula: Importer) -> None:
    paula.take(list_4(list_4_row("C1", c10="Marsh duty")))
    second = paula.take(list_4(list_4_row("C1", c4=0, c10="Marsh hub"), list_4_row("C2")))
    undo(paula, second)
    held = cases(world)
    assert (held["C1"].source_team, held["C1"].age_band) == ("Marsh duty", "5–9")
    assert held["C2"].state is CaseState.WITHDRAWN
    (row,) = world.rows(ImportedRow)
    assert "Marsh duty" in row.facts
    assert open_now(world) == (1, 1, 1)
    assert counts(paula.send(list_4(list_4_row("C1", c10="Marsh duty")))) == (0, 0, 1, 0)


def test_differences_that_it_found_go_with_it(world: World, paula: Importer) -> None:
    paula.take(list_4(list_4_row("C1", c10="Marsh duty")))
    corrected(world, "Fen team")
    second = paula.take(list_4(list_4_row("C1", c10="Marsh hub")))
    third = paula.take(list_4(list_4_row("C1", c10="Fen team")))
    undo(paula, third)
    (row,) = world.rows(CaseDifference)
    assert (row.state.value, row.council_now) == ("open", "Marsh hub")
    undo(paula, second)
    assert world.rows(CaseDifference) == []


def corrected(world: World, team: str) -> None:
    with world.acting("paula") as uow, uow.command(Act.CASE_CORRECT):
        (case,) = world.rows(Case)
        found = register.find(uow, case.id)
        correct(uow, found, Facts(**{**vars(Facts.of(found)), "source_team": team}))


def test_a_case_that_was_sent_again_is_handed_back_as_before(world: World, paula: Importer) -> None:
    paula.take(list_4(list_4_row("C1")))
    (case,) = world.rows(Case)
    with world.setting_up() as uow:
        row = uow.get(Case, case.id)
        register.set_facts(uow, row, ended_on=date(2026, 11, 10), outcome="closed")
        row.state = CaseState.HANDED_BACK
    again = paula.take(list_4(list_4_row("C1"), list_4_row("C1", "02/11/2026")))
    assert again.sent_again == 1
    undo(paula, again)
    (case,) = world.rows(Case)
    assert (case.state, case.ended_on) == (CaseState.HANDED_BACK, date(2026, 11, 10))
    received = [p.cases for p in world.rows(LedgerPosting, term=Term.RECEIVED)]
    assert received == [1, -1]


def test_a_later_import_stands_in_the_way(world: World, paula: Importer) -> None:
    first = paula.take(list_4())
    paula.take(list_4(list_4_row("C9")), "later.csv")
    page = undo(paula, first, status=409)
    assert "later.csv was imported into this lot after it. Undo that first." in readable(page)
    assert open_now(world) == (4, 4, 4)


def test_cases_that_were_worked_on_since_stand_in_the_way_by_name(
    world: World, paula: Importer
) -> None:
    batch = paula.take(list_4())
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        case = register.find(uow, cases(world)["C1002"].id)
        register.set_facts(uow, case, co_worker_id=world.practitioner("pete"))
    page = readable(paula.browser.get(f"/imports/{batch.id}/undo"))
    assert "1 case has been worked on since: C1002." in page
    assert "Undo the import</button>" not in page
    undo(paula, batch, status=409)
    assert open_now(world) == (3, 3, 3)


@pytest.mark.parametrize("how", ["taken", "kept"])
def test_a_case_whose_difference_somebody_settled_stands_in_the_way(
    world: World, paula: Importer, browse: Callable[..., Browse], how: str
) -> None:
    paula.take(list_4(list_4_row("C1", c10="Marsh duty")))
    corrected(world, "Fen team")
    second = paula.take(list_4(list_4_row("C1", c10="Marsh hub")))
    (found,) = world.rows(CaseDifference)
    browse("tess").post(f"/differences/{found.id}", how=how, because="Seen in their record.")
    assert "1 case has been worked on since: C1." in undo(paula, second, status=409)
    (row,) = world.rows(CaseDifference)
    assert (row.state.value, row.because) == (how, "Seen in their record.")


def test_cases_that_another_act_changed_together_stand_in_the_way(
    world: World, paula: Importer
) -> None:
    batch = paula.take(list_4())
    held = cases(world)
    paired = [({"id": held[name].id, "lot_id": world.lot()}, name) for name in ("C1001", "C1003")]
    with world.setting_up() as uow:
        uow.amend(Case, [(case, {"primary_need": name[-2:]}) for case, name in paired])
    page = readable(paula.browser.get(f"/imports/{batch.id}/undo"))
    assert "2 cases have been worked on since: C1001, C1003." in page
    undo(paula, batch, status=409)


def test_a_new_order_of_triage_holds_for_what_is_put_back(world: World, paula: Importer) -> None:
    paula.take(list_4(list_4_row("C1", c4=16), list_4_row("C2", c4=1)))
    second = paula.take(list_4(list_4_row("C1", c4=0), list_4_row("C2", c4=1)))
    with world.acting("paula") as uow:
        order = [Criterion.AGE, *(one for one in Criterion if one is not Criterion.AGE)]
        triage.set_order(uow, world.contract(), order, "The youngest first", began_from=0)
    undo(paula, second)
    assert {case.age_band for case in world.rows(Case)} == {"16+", "1–4"}
    with world.setting_up() as uow:
        assert recount(uow).ok


def test_undoing_goes_on_beside_the_page_and_tells_its_parts(
    world: World, paula: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = paula.take(list_4())
    waiting: list[tuple[Any, ...]] = []
    monkeypatch.setattr(pages.background, "start", lambda *told: waiting.append(told))
    paula.browser.post(f"/imports/{batch.id}/undo")
    held = world.row(ImportBatch, batch.id)
    assert held.stage is Stage.UNDOING
    assert "Withdraw the cases that it opened: 3" in readable(paula.page(batch))
    Teller(held.kept_as).begin(Part.PUT_BACK)
    part = {"HX-Request": "true"}
    told = readable(paula.browser.get(f"/imports/{batch.id}/progress", **part))
    assert "Withdraw the cases that it opened: 3 – done" in told
    assert "Put back the cases that it changed – under way" in told
    (work, *told_it) = waiting[0]
    work(*told_it)
    assert "Undone" in readable(paula.page(batch))
    assert reached(held.kept_as) is None
    with pytest.raises(Refused, match="waits for nobody"):
        work(*told_it)


def test_undoing_that_stopped_can_be_begun_again(
    world: World, paula: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = paula.take(list_4())
    with monkeypatch.context() as stopped:
        stopped.setattr(pages.background, "start", lambda *_: None)
        paula.browser.post(f"/imports/{batch.id}/undo")
    paula.browser.post(f"/imports/{batch.id}/undo", status=409)
    world.clock.move(minutes=11)
    assert "nothing was undone. Undo it again" in readable(paula.page(batch))
    paula.browser.get(f"/imports/{batch.id}/undo")
    undo(paula, batch)
    assert world.row(ImportBatch, batch.id).stage is Stage.UNDONE


def test_what_was_built_on_it_meanwhile_ends_the_undoing_and_is_told(
    world: World, paula: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = paula.take(list_4())
    waiting: list[tuple[Any, ...]] = []
    with monkeypatch.context() as held:
        held.setattr(pages.background, "start", lambda *told: waiting.append(told))
        paula.browser.post(f"/imports/{batch.id}/undo")
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        case = register.find(uow, cases(world)["C1002"].id)
        register.set_facts(uow, case, co_worker_id=world.practitioner("pete"))
    background.start(*waiting[0])
    assert paula.settled(batch.id).stage is Stage.CONFIRMED
    assert "worked on since: C1002." in readable(paula.page(batch))
    assert open_now(world) == (3, 3, 3)


def test_looking_at_a_case_does_not_stand_in_the_way(world: World, paula: Importer) -> None:
    batch = paula.take(list_4())
    paula.browser.get(f"/cases/{cases(world)['C1001'].id}")
    world.database.views.write(world.database)
    undo(paula, batch)
    assert open_now(world) == (0, 0, 0)


def test_a_frozen_opening_list_stands_in_the_way(world: World, paula: Importer) -> None:
    batch = paula.take(list_4())
    with world.setting_up() as uow:
        on = date(2026, 11, 20)
        lot = world.lot()
        uow.add(Baseline(lot_id=lot, frozen_on=on, frozen_at=uow.now, cases=3, digest="x"))
    assert "frozen with it on 20 Nov 2026" in readable(undo(paula, batch, status=409))


def test_a_preview_cannot_be_undone_and_an_import_only_once(world: World, paula: Importer) -> None:
    sent = paula.send(list_4())
    undo(paula, sent, status=409)
    batch = paula.confirm(sent)
    undo(paula, batch)
    undo(paula, batch, status=409)
    assert open_now(world) == (0, 0, 0)


def test_cases_of_other_imports_are_left_alone(world: World, paula: Importer) -> None:
    a_case(world)
    batch = paula.take(list_4())
    undo(paula, batch)
    assert open_now(world) == (1, 1, 1)


@pytest.mark.parametrize(("who", "status"), [("tess", 403), ("dina", 403), ("eve", 404)])
def test_others_cannot_undo(
    world: World, paula: Importer, browse: Callable[..., Browse], who: str, status: int
) -> None:
    batch = paula.take(list_4())
    browse(who).post(f"/imports/{batch.id}/undo", status=status)
    assert world.row(ImportBatch, batch.id).stage is Stage.CONFIRMED


def test_only_a_statement_of_a_week_that_it_fell_in_stands_in_the_way(
    world: World, paula: Importer
) -> None:
    a_case(world)
    with world.acting("paula") as uow:
        register.freeze(uow, world.lot())
    batch = paula.take(list_4())
    with world.acting("paula") as uow:
        statements.issue(uow, world.lot(), date(2026, 11, 13))
        assert queries.in_the_way(uow, batch.id).sentences == []
    world.clock.now += timedelta(days=7)
    with world.acting("paula") as uow:
        statements.issue(uow, world.lot(), date(2026, 11, 20))
        told = queries.in_the_way(uow, batch.id).sentences
    assert told == ["The statement of scope for the week to 20 Nov 2026 counts it."]
