"""Importing a list through its pages."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cases.register.models import Case, CaseMove
from app.cases.scope.models import CaseCounter, DailyTotal, LedgerPosting
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.exchange.imports import pages
from app.exchange.imports.models import FoundSheet, ImportBatch, ImportedRow, StagedRow
from app.exchange.imports.rules import Stage
from app.exchange.imports.service import background
from app.work import trail
from tests.browse import Browse, readable
from tests.makers_imports import Importer, an_importer, counts, list_4
from tests.workbooks import list_4_row
from tests.world import World


@pytest.fixture
def paula(world: World, browse: Callable[..., Browse]) -> Importer:
    return an_importer(world, browse)


def test_a_list_is_read_previewed_and_imported(world: World, paula: Importer) -> None:
    batch = paula.send(list_4())
    assert (batch.stage, counts(batch), batch.backlog) == (Stage.PREVIEWED, (3, 0, 0, 0), 3)
    assert "3 rows = 3 new + 0 changed + 0 unchanged + 0 refused" in readable(paula.page(batch))
    assert "C1001 2 Yes" in readable(paula.page(batch))
    assert world.rows(Case) == []
    batch = paula.confirm(batch)
    assert batch.stage is Stage.CONFIRMED, batch.problem
    assert "opened a case" in paula.page(batch)
    cases = world.rows(Case)
    assert {case.reference for case in cases} == {"C1001", "C1002", "C1003"}
    assert {case.state for case in cases} == {CaseState.UNALLOCATED}
    assert {case.age_band for case in cases} == {"5–9"}
    assert all(case.council_worker_named and case.due_on for case in cases)
    assert [(p.term, p.cases) for p in world.rows(LedgerPosting)] == [(Term.OPENING, 1)] * 3
    assert sum(total.cases for total in world.rows(DailyTotal)) == 3
    assert sum(counter.cases for counter in world.rows(CaseCounter)) == 3
    assert len(world.rows(CaseMove)) == len(world.rows(ImportedRow)) == 3
    with world.database.engine.connect() as connection:
        assert trail.verify(connection).ok


def test_a_backup_that_reads_meanwhile_holds_the_whole_register_of_before(
    world: World, paula: Importer
) -> None:
    with world.database.engine.connect().execution_options(reading=True) as backup:
        before = backup.exec_driver_sql("SELECT count(*) FROM trail").scalar_one()
        batch = paula.take(list_4())
        assert (batch.stage, len(world.rows(Case))) == (Stage.CONFIRMED, 3)
        for table, rows in (("cases", 0), ("ledger_postings", 0), ("trail", before)):
            assert backup.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == rows


def test_the_same_file_again_brings_nothing_new(world: World, paula: Importer) -> None:
    paula.take(list_4())
    versions = {case.reference: case.version for case in world.rows(Case)}
    again = paula.send(list_4())
    assert counts(again) == (0, 0, 3, 0)
    assert "This very file was imported before" in paula.page(again)
    assert "so nothing would change" in paula.page(again)
    assert "Import 3 rows" not in paula.page(again)
    assert paula.confirm(again).stage is Stage.CONFIRMED
    assert {case.reference: case.version for case in world.rows(Case)} == versions


def test_an_import_begun_twice_is_done_once_and_stays_imported(
    world: World, paula: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = paula.send(list_4())
    waiting: list[tuple[Any, ...]] = []
    monkeypatch.setattr(pages.background, "start", lambda *told: waiting.append(told))
    for _ in range(2):
        paula.browser.post(f"/imports/{batch.id}/confirm")
        world.clock.move(minutes=11)
    for told in waiting:
        background._run(*told)
    assert len(waiting) == 2
    assert world.row(ImportBatch, batch.id).stage is Stage.CONFIRMED
    assert len(world.rows(Case)) == 3
    waiting.clear()
    for _ in range(2):
        paula.browser.post(f"/imports/{batch.id}/undo")
        world.clock.move(minutes=11)
    for told in waiting:
        background._run(*told)
    assert world.row(ImportBatch, batch.id).stage is Stage.UNDONE


def test_another_file_with_the_key_of_an_earlier_one_is_not_taken_for_it(
    world: World, paula: Importer
) -> None:
    paula.send(list_4(), _key="k")
    paula.send(list_4(), _key="k")
    assert len(world.rows(ImportBatch)) == 1
    answers = {"_key": "k", "lot_id": world.lot("North"), "listed_on": "2026-11-20"}
    other = {"file": ("list.csv", b"Reference,Referred on\nC9,01/10/2026\n")}
    answer = paula.browser.client.post("/imports", data=answers, files=other)
    assert answer.status_code == 422
    assert "Open it again" in answer.text


def test_no_name_and_no_date_of_birth_is_kept_anywhere(world: World, paula: Importer) -> None:
    paula.take(list_4())
    kept = "".join(
        str(row.model_dump())
        for model in (StagedRow, ImportedRow, Case, ImportBatch)
        for row in world.rows(model)
    )
    assert "Calder" not in kept
    assert "2017" not in kept
    assert "Date of Birth" in paula.page(world.rows(ImportBatch)[0])


def test_a_refused_row_holds_back_the_whole_list(world: World, paula: Importer) -> None:
    batch = paula.send(list_4(list_4_row("C1"), list_4_row("", "01/09/2026"), list_4_row("C3")))
    assert counts(batch) == (2, 0, 0, 1)
    page = readable(paula.page(batch))
    assert "A (Child Unique ID)" in page
    assert "Cell A3 is empty" in page
    answer = paula.browser.post(f"/imports/{batch.id}/confirm", status=409)
    assert "1 row is refused, so nothing was imported" in answer.text
    assert world.rows(Case) == []
    told = paula.browser.get(f"/imports/{batch.id}/refused.csv")
    assert told.splitlines()[1].startswith("list,3,")
    done = paula.confirm(batch, good_rows=True)
    assert (done.stage, done.good_rows_only) == (Stage.CONFIRMED, True)
    assert {case.reference for case in world.rows(Case)} == {"C1", "C3"}


@pytest.mark.parametrize(("who", "status"), [("tess", 403), ("hana", 403), ("eve", 404)])
def test_others_cannot_see_or_confirm_an_import(
    world: World, browse: Callable[..., Browse], paula: Importer, who: str, status: int
) -> None:
    batch = paula.send(list_4())
    browse(who).get(f"/imports/{batch.id}", status=status)
    browse(who).get(f"/imports/{batch.id}/progress", status=status)
    browse(who).get(f"/imports/{batch.id}/refused.csv", status=status)
    for act in ("confirm", "confirm-good-rows", "discard"):
        browse(who).post(f"/imports/{batch.id}/{act}", status=status)
    assert world.row(ImportBatch, batch.id).stage is Stage.PREVIEWED


def test_a_list_cannot_be_sent_for_a_lot_of_another_contract(world: World, paula: Importer) -> None:
    answer = paula.browser.client.post(
        "/imports",
        data={"lot_id": world.lot("Moor"), "listed_on": "2026-11-20"},
        files={"file": ("list.csv", list_4())},
    )
    assert answer.status_code == 404
    assert world.rows(ImportBatch) == []


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"listed_on": "2026-11-21"}, "The day of the list cannot lie ahead."),
        ({"listed_on": "31/02/2026"}, "February 2026 has 28 days."),
        ({"lot_id": ""}, "Choose the lot."),
    ],
)
def test_the_form_is_shown_again_when_an_answer_is_wrong(
    world: World, paula: Importer, answers: dict[str, str], sentence: str
) -> None:
    sent = {"lot_id": str(world.lot()), "listed_on": "2026-11-20"} | answers
    answer = paula.browser.client.post(
        "/imports", data=sent, files={"file": ("list.csv", list_4())}
    )
    assert (answer.status_code, sentence in answer.text) == (422, True), readable(answer.text)
    assert world.rows(ImportBatch) == []


def test_a_form_without_a_file_is_shown_again(world: World, paula: Importer) -> None:
    sent = {"lot_id": str(world.lot()), "listed_on": "2026-11-20"}
    answer = paula.browser.post("/imports", status=422, **sent)
    assert '<a href="#file">Choose the file to import.</a>' in answer.text


def test_a_list_that_is_being_read_says_so(
    world: World, paula: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[tuple[Any, ...]] = []
    with monkeypatch.context() as held:
        held.setattr(pages.background, "start", lambda *told: waiting.append(told))
        answer = paula.browser.client.post(
            "/imports",
            data={"_key": "k", "lot_id": world.lot("North"), "listed_on": "2026-11-20"},
            files={"file": ("list.csv", list_4(list_4_row("C1", c10="Tîm y Gors")))},
        )
    address = answer.headers["location"]
    assert "Reading the list" in paula.browser.get(address)
    assert "Reading the list" in paula.browser.get(f"{address}/progress", **{"HX-Request": "true"})
    background.start(*waiting[0])
    assert paula.settled(int(address.rsplit("/", 1)[1])).stage is Stage.PREVIEWED


def test_a_discarded_list_leaves_nothing_of_its_rows(world: World, paula: Importer) -> None:
    batch = paula.send(list_4())
    paula.browser.post(f"/imports/{batch.id}/discard")
    assert world.rows(StagedRow) == world.rows(FoundSheet) == []
    assert "Nothing was imported" in paula.page(batch)
    paula.browser.post(f"/imports/{batch.id}/confirm", status=409)


def test_what_was_staged_is_forgotten_a_day_later(world: World, paula: Importer) -> None:
    old, taken = paula.send(list_4()), paula.take(list_4(list_4_row("C9")))
    world.clock.move(hours=25)
    paula.browser = Browse(paula.browser.client.app, world.cookie("paula"))
    paula.send(list_4(list_4_row("C77")))
    assert world.row(ImportBatch, old.id).stage is Stage.EXPIRED
    assert world.row(ImportBatch, taken.id).stage is Stage.CONFIRMED
    assert {row.reference for row in world.rows(StagedRow)} == {"C77"}
    assert "deleted after a day" in paula.page(old)


def test_a_file_whose_import_was_never_saved_is_deleted_a_day_later(
    paula: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old, new = tmp_path / "clearway-old.list", tmp_path / "clearway-new.list"
    for file, hours in ((old, 25), (new, 23)):
        file.touch()
        os.utime(file, (time.time() - hours * 3600,) * 2)
    paula.send(list_4())
    assert (old.exists(), new.exists()) == (False, True)


def test_a_preview_older_than_another_import_is_not_trusted(paula: Importer) -> None:
    first = paula.send(list_4())
    paula.take(list_4(list_4_row("C9")))
    late = paula.confirm(first)
    assert late.stage is Stage.PREVIEWED
    assert "Send the file again" in paula.page(late)


def test_a_form_without_lot_and_file_is_told_both_at_once(paula: Importer) -> None:
    answer = paula.browser.post("/imports", 422, lot_id="", listed_on="2026-11-20")
    page = readable(answer.text)
    assert "Choose the lot." in page
    assert "Choose the file to import." in page
