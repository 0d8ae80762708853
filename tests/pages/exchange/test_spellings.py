"""Spellings that nobody knows: kept once, explained once, used from then on."""

import pytest

from app.exchange.cells import Worker
from app.exchange.layouts import Field
from app.exchange.spellings import service
from app.exchange.spellings.models import Spelling
from app.exchange.spellings.queries import said_of
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers_imports import an_importer
from tests.workbooks import LIST_3, LIST_6, a_csv
from tests.world import World

NOBODY = ("Marsh Team", "DUTY")


def a_child(number: int) -> list[object]:
    """The columns with which every list begins."""
    return [f"C{number}", "b) Female", "a) WBRI", "02/03/2017", 9]


def list_6(*needs: str) -> bytes:
    rows = [
        [*a_child(n), "b) No", "01/09/2026", need, "10/11/2026", *[""] * 3, *NOBODY]
        for n, need in enumerate(needs)
    ]
    return a_csv([LIST_6, *rows])


def list_3(*answers: str) -> bytes:
    rows = [
        [*a_child(n), "01/09/2026", "2A", answer, 0, *NOBODY] for n, answer in enumerate(answers)
    ]
    return a_csv([LIST_3, *rows])


def a_spelling(world: World, browse, written: str = "Zug-7 worries") -> Spelling:
    an_importer(world, browse).send(list_6(written))
    return world.rows(Spelling)[0]


def test_an_unknown_spelling_is_listed_once_however_many_rows_hold_it(world, browse) -> None:
    an_importer(world, browse).send(list_6("Zug-7 worries", "ZUG 7 WORRIES", "N4"))
    [spelling] = world.rows(Spelling)
    assert (spelling.field, spelling.spelling, spelling.rows) == (
        Field.PRIMARY_NEED,
        "zug 7 worries",
        2,
    )
    page = readable(browse("paula").get("/spellings"))
    assert "1 spelling waits" in page
    assert "Zug-7 worries Primary need 2" in page


def test_a_row_is_taken_without_a_value_that_nobody_knows(world, browse) -> None:
    batch = an_importer(world, browse).send(list_6("Zug-7 worries"))
    assert (batch.new, batch.refused) == (1, 0)


def test_the_preview_counts_what_it_leaves_out_of_rows_that_stay(world: World, browse) -> None:
    sender = an_importer(world, browse)
    page = readable(sender.page(sender.send(list_6("Zug-7 worries", "Vok-2 trouble"))))
    assert "2 texts in column" in page
    assert "will be left out; the rows stay. Spellings lists what nobody knows." in page


def test_a_row_is_refused_where_the_value_decides_whether_a_case_is_open(world, browse) -> None:
    sender = an_importer(world, browse)
    batch = sender.send(list_3("Perhaps", "b) No"))
    assert (batch.new, batch.refused) == (1, 1)
    [spelling] = world.rows(Spelling)
    assert (spelling.field, spelling.written) == (Field.REFERRAL_NFA, "Perhaps")


def test_what_a_person_says_once_is_used_for_every_list_after(world, browse) -> None:
    sender = an_importer(world, browse)
    sender.send(list_3("Perhaps", "b) No"))
    [spelling] = world.rows(Spelling)
    page = sender.browser.follow(f"/spellings/{spelling.id}", meaning="no")
    assert "No spelling waits" in readable(page)
    batch = sender.send(list_3("PERHAPS", "b) No"))
    assert (batch.new, batch.refused, batch.backlog) == (2, 0, 2)
    assert "spelling.map" in {one.act for one in world.rows(TrailEntry)}
    known = readable(sender.browser.get("/spellings?show=known"))
    assert "Perhaps Referral nfa No Paula Marsh" in known


def test_a_spelling_may_say_nothing_and_is_then_left_out_in_silence(world, browse) -> None:
    spelling = a_spelling(world, browse)
    sender = an_importer(world, browse)
    sender.browser.post(f"/spellings/{spelling.id}", meaning="nothing")
    batch = sender.send(list_6("Zug-7 worries"))
    assert "could not be understood" not in sender.page(batch)
    assert "Nothing that is kept" in readable(sender.browser.get(f"/spellings/{spelling.id}"))


def test_a_team_in_the_worker_column_is_named_once(world, browse) -> None:
    paula = browse("paula")
    page = paula.follow(
        "/spellings/worker",
        contract_id=world.contract(),
        text="Marsh East",
        meaning="nobody",
    )
    assert "read so" in readable(page)
    paula.post(
        "/spellings/worker", contract_id=world.contract(), text="marsh  east", meaning="named"
    )
    [spelling] = world.rows(Spelling)
    assert spelling.meaning == Worker.NAMED


def test_an_entry_is_shown_again_when_wrong(world, browse) -> None:
    page = browse("paula").post(
        "/spellings/worker", 422, contract_id=world.contract(), text="?!", meaning="nobody"
    )
    assert "at least one letter" in page.text
    spelling = a_spelling(world, browse)
    for wrong in ("", "N99", "yes"):
        page = browse("paula").post(f"/spellings/{spelling.id}", 422, meaning=wrong).text
        assert "Zug-7 worries" in page


@pytest.mark.parametrize("who", ["tess", "dina", "hana", "carl", "ada"])
def test_others_do_not_say_what_spellings_mean(world, browse, who: str) -> None:
    spelling = a_spelling(world, browse)
    browse(who).get("/spellings", 403)
    browse(who).post(f"/spellings/{spelling.id}", 403, meaning="N1")


def test_another_contracts_spelling_is_not_there(world, browse) -> None:
    spelling = a_spelling(world, browse)
    eve = browse("eve")
    eve.get(f"/spellings/{spelling.id}", 404)
    eve.post(f"/spellings/{spelling.id}", 404, meaning="N1")
    eve.post("/spellings/worker", 404, contract_id=world.contract(), text="Marsh", meaning="nobody")
    assert "No spelling waits" in readable(eve.get("/spellings"))


def test_a_contract_reads_its_lists_by_its_own_words_alone(world) -> None:
    with world.acting("eve") as uow:
        service.add_worker(uow, world.contract("Eastmoor"), "Ines Calder", Worker.NOBODY)
    with world.acting("eve") as uow:
        assert len(said_of(uow, world.contract("Eastmoor"))) == 1
    with world.acting("paula") as uow:
        assert said_of(uow, world.contract()) == {}


def test_one_contracts_page_shows_a_long_and_odd_spelling_safely(world, browse) -> None:
    a_spelling(world, browse, "<script>alert(1)</script> " + "x" * 200)
    page = browse("paula").get("/spellings")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
