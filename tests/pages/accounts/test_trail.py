"""The auditor's pages."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.access.models import User, UserLot
from app.accounts.trail import queries
from app.cases.register.models import Case
from app.contract.models import Contract
from tests.browse import Browse, readable
from tests.makers import a_case
from tests.makers_accounts import PASSWORD, a_password
from tests.work.test_unit_of_work import lift_the_triggers
from tests.world import World

Browser = Callable[..., Browse]


@pytest.mark.parametrize("key", ["tess", "paula", "hana", "ada", "carl"])
@pytest.mark.parametrize("address", ["/trail", "/trail/verify", "/trail/views?case=1"])
def test_only_an_auditor_reads_the_trail(key: str, address: str, browse: Browser) -> None:
    browse(key).get(address, 403)


def test_a_change_is_told_with_who_made_it_and_what_it_changed(
    world: World, browse: Browser
) -> None:
    ada = browse("ada")
    lots = str(world.lot("North"))
    sent = {"name": "Tess Oyelaran-Bell", "role": "team_manager", "lots": lots, "_version": "1"}
    ada.post(f"/users/{world.user('tess')}", **sent)
    page = readable(browse("alan").get("/trail?act=user.edit"))
    for words in (
        "Ada Stone administrator",
        "Change a person’s role, lots and leaving date".replace("'", "&#39;"),
        "Person Tess Oyelaran-Bell",
        "Name: Tess Oyelaran → Tess Oyelaran-Bell",
    ):
        assert words in page


def test_entries_of_a_case_are_found_and_those_of_other_contracts_are_not(
    world: World, browse: Browser
) -> None:
    case_id = a_case(world)
    theirs = a_case(world, "Moor")
    alan = browse("alan")
    page = readable(alan.get(f"/trail?case={case_id}"))
    assert "State: unallocated" in page
    reference = world.row(Case, case_id).reference
    assert f"Case {case_id}, {reference}" in page
    assert "Lot: North" in page
    assert f"Who looked at case {case_id}, {reference}" in readable(
        alan.get(f"/trail/views?case={case_id}")
    )
    assert f"Who looked at case {case_id}" in page
    assert "No entry fits" in alan.get(f"/trail?case={theirs}")
    assert "Moor district" not in alan.get("/trail")


def test_entries_of_no_lot_are_told_to_the_auditors_of_their_contract_alone(
    world: World, browse: Browser
) -> None:
    seen = browse("alan")
    with world.setting_up() as uow:
        for key in ("Northshire", "Eastmoor"):
            uow.get(Contract, world.contract(key)).agency = f"{key} Agency of Old"
        for key in ("tess", "eve"):
            uow.get(User, world.user(key)).name = f"{key.title()} Renamed"
    page = readable(seen.get("/trail"))
    assert "Northshire Agency of Old" in page
    assert "Tess Renamed" in page
    assert "Eastmoor Agency of Old" not in page
    assert "Eve Renamed" not in page
    # Whoever works in both contracts tells neither what they did in the other.
    with world.setting_up() as uow:
        moor = {"lot_id": world.lot("Moor"), "contract_id": world.contract("Eastmoor")}
        uow.add(UserLot(user_id=world.user("ada"), **moor))
    browse("ada").post(f"/users/{world.user('eve')}/disable")
    assert "Disabled at" not in readable(seen.get("/trail"))


def test_the_trail_is_followed_by_person_and_by_day(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    world.clock.move(days=1)
    browse().post("/sign-in", email="tess@example.org", password=PASSWORD)
    browse().post("/sign-in", 422, email="tom@example.org", password=PASSWORD)
    alan = browse("alan")
    page = readable(alan.get(f"/trail?person={world.user('tess')}&day=21/11/2026"))
    assert "Outcome: signed in" in page
    assert "Somebody as Tess Oyelaran" in page
    assert "Outcome: refused" not in page
    assert "No entry fits" in alan.get(f"/trail?person={world.user('tess')}&day=22/11/2026")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("act=no.such", "There is no such act"),
        ("day=31/02/2026", "February 2026 has 28 days"),
        ("case=abc", "found by its number"),
        ("case=99999999999", "found by its number"),
        ("person=x&before=-4", "Newest entries or none"),
    ],
)
def test_a_garbled_filter_is_left_out_and_said(query: str, words: str, browse: Browser) -> None:
    page = browse("alan").get(f"/trail?{query}")
    assert (words in page) == (words != "Newest entries or none")
    assert "Load invented data" in page


def test_a_long_trail_is_read_page_by_page(world: World, browse: Browser) -> None:
    for _ in range(30):
        a_case(world)
    alan = browse("alan")
    first = alan.get("/trail?act=demo.seed")
    older = first.partition('rel="next"')[0].rpartition('href="')[2].rstrip('" ')
    second = alan.get(older.replace("&amp;", "&"))
    assert "Newest" in second
    numbers = [set(queries_in(page)) for page in (first, second)]
    assert len(numbers[0]) == queries.SIZE
    assert not numbers[0] & numbers[1]


def queries_in(page: str) -> list[str]:
    """The numbers of the entries on a page."""
    marks = page.split('<th scope="row" class="number">')[1:]
    return [mark.partition("<")[0] for mark in marks]


def test_rows_loaded_together_tell_their_first_few(world: World, browse: Browser) -> None:
    case_id = a_case(world)
    looked = [browse(key) for key in ("tess", "tom", "dina", "paula", "priya")]
    with world.acting("tess") as uow:
        for _ in looked:
            uow.seen(lot_id=world.lot(), what="case page", case_id=case_id)
    world.database.views.write(world.database)
    page = readable(browse("alan").get("/trail?act=case.seen"))
    assert "2 more rows changed together" in page


def test_views_written_together_tell_everybody_who_looked(world: World, browse: Browser) -> None:
    seen = {"lot_id": world.lot(), "what": "case page", "case_id": a_case(world)}
    for key in ("tess", "dina", "paula", "tom", "tess"):
        with world.acting(key) as uow:
            uow.seen(**seen)
    world.database.views.write(world.database)
    page = readable(browse("alan").get("/trail?act=case.seen"))
    assert "Dina Ferris, Paula Marsh, Tess Oyelaran, Tom Birch Open a case page" in page
    assert "Clearway itself" not in page


def test_who_looked_at_a_case_is_told_of_own_lots_only(world: World, browse: Browser) -> None:
    case_id, theirs = a_case(world), a_case(world, "Moor")
    for key, seen in (("tess", case_id), ("dina", case_id), ("eve", theirs)):
        lot = "Moor" if seen == theirs else "North"
        with world.acting(key) as uow:
            uow.seen(lot_id=world.lot(lot), what="case page", case_id=seen)
    world.database.views.write(world.database)
    alan = browse("alan")
    page = readable(alan.get(f"/trail/views?case={case_id}"))
    assert "Tess Oyelaran" in page
    assert "Dina Ferris" in page
    assert "Nobody looked" in alan.get(f"/trail/views?case={theirs}")
    for address in ("/trail/views", "/trail/views?case=abc"):
        page = alan.get(address)
        assert "Give a case" in page
        assert "Nobody looked" not in page


def test_a_whole_trail_holds(browse: Browser) -> None:
    page = readable(browse("alan").get("/trail/verify"))
    assert "The chain holds up to entry" in page
    assert "beginning after" not in page


def test_a_long_trail_is_verified_from_its_newest_part(
    world: World, browse: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_case(world)
    monkeypatch.setattr(queries, "VERIFIED_AT_ONCE", 3)
    assert "beginning after entry" in readable(browse("alan").get("/trail/verify"))


@pytest.mark.parametrize("cap", [3, 10_000])
def test_an_edited_entry_is_found(
    cap: int, world: World, browse: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_case(world)
    alan = browse("alan")
    monkeypatch.setattr(queries, "VERIFIED_AT_ONCE", cap)
    with world.database.engine.begin() as connection:
        lift_the_triggers(connection)
        last = connection.scalar(text("SELECT max(seq) FROM trail"))
        connection.execute(
            text("UPDATE trail SET actor_id = 1 WHERE seq = :seq"), {"seq": last - 1}
        )
    assert f"The chain breaks at entry {last - 1:,}." in readable(alan.get("/trail/verify"))


def test_what_a_person_looked_at_is_a_page_beside_what_they_did(
    world: World, browse: Browser
) -> None:
    case_id = a_case(world)
    reference = world.row(Case, case_id).reference
    browse("tess").get(f"/cases/{case_id}")
    browse("tess").get("/cases/export.csv")
    browse("tom").get(f"/cases/{case_id}")
    world.database.views.write(world.database)
    alan, address = browse("alan"), f"/trail/views?person={world.user('tess')}"
    assert address in alan.get(f"/trail?person={world.user('tess')}")
    rows = readable(alan.get(address)).split("What Of")[1]
    assert rows.count(f"Case {case_id}, {reference}") == 1
    assert "North" in rows
    nobody = alan.get(f"/trail/views?person={world.user('pete')}")
    assert "Nothing was looked at" in nobody
    alan.get(f"/trail/views?person={world.user('eve')}", 404)
