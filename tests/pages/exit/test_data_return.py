"""A contract's data goes back whole and is erased by the word of two people."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app import cli
from app.access.actor import actor_for
from app.access.models import UserLot
from app.cases.bulk.models import BulkRun
from app.cases.bulk.rules import BulkAct
from app.cases.register import service as register
from app.cases.register.models import Case
from app.contract.everywhere import everywhere
from app.contract.models import Contract
from app.db.engine import open_engine
from app.exit.data_return import service
from app.exit.data_return.models import DataReturn, Erasure
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work import archive, trail
from app.work.database import Database
from app.work.models import TrailDetail, TrailEntry
from app.work.uow import UnitOfWork
from tests.browse import readable
from tests.conftest import ON_POSTGRES
from tests.makers import a_case, an_assessing_case
from tests.makers_agreements import a_closed_case
from tests.personas import BY_KEY
from tests.questions import questions
from tests.world import World

CANARY = "zebra-canary-7719"


def _zip(answer: object) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(answer.content))  # type: ignore[attr-defined]


def _rows(pack: zipfile.ZipFile, name: str) -> list[dict]:
    return [json.loads(line) for line in pack.read(f"tables/{name}.jsonl").splitlines()]


@pytest.fixture
def elsewhere(laid_out):
    """Another installation on the same kind of database, with tables and nothing in them."""
    engine = open_engine(laid_out("elsewhere"))
    yield engine
    engine.dispose()


def _written(world: World, key: str = "hana") -> io.BytesIO:
    with world.acting(key) as uow, service.write_return(uow, world.contract()) as file:
        return io.BytesIO(file.read())


def test_everything_of_one_contract_goes_out_and_nothing_of_another(world: World, browse) -> None:
    own, other = an_assessing_case(world), a_case(world, "Moor")
    address = f"/exit/data/contracts/{world.contract()}/return"
    pack = _zip(browse("paula").post(address, 200))
    assert [row["id"] for row in _rows(pack, "cases")] == [own]
    assert other not in [row["id"] for row in _rows(pack, "cases")]
    names = {row["name"] for row in _rows(pack, "users")}
    assert "Hana Lowe" in names
    assert "Eve Hart" not in names
    assert all(row["password_hash"] is None for row in _rows(pack, "users"))
    assert not {"tables/sign_in_sessions.csv", "tables/used_keys.csv"} & set(pack.namelist())
    manifest = json.loads(pack.read("manifest.json"))
    for part in manifest["tables"]:
        for kind in ("csv", "json"):
            file = f"tables/{part['name']}.{'csv' if kind == 'csv' else 'jsonl'}"
            assert hashlib.sha256(pack.read(file)).hexdigest() == part[f"{kind}_sha256"]
        plain = pack.read(f"tables/{part['name']}.csv").decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(plain, newline="")))
        assert len(lines) - 1 == part["rows"]
        assert lines[0] == part["columns"]
    moor = world.lot("Moor")
    theirs = {one["seq"] for one in _rows(pack, "trail") if one["lot_id"] == moor}
    held = [one for one in _rows(pack, "trail_details") if one["seq"] in theirs]
    assert held
    assert all(one["changes"] is None and one["digest"] for one in held)
    [row] = world.rows(DataReturn)
    assert row.manifest_sha256 == hashlib.sha256(pack.read("manifest.json")).hexdigest()


def test_a_return_is_read_into_an_empty_installation_with_equal_counts_and_hashes(
    world: World, elsewhere
) -> None:
    a_closed_case(world)
    an_assessing_case(world)
    a_case(world, "Moor")
    with world.setting_up() as uow:
        uow.get(Case, _first(world)).source_team = '=HYPERLINK("x")'
    first = _written(world)
    manifest = service.read_return(elsewhere, first)
    with elsewhere.connect() as connection:
        assert trail.verify(connection).ok
        assert not archive.is_empty(connection)
    there = Database(elsewhere, lambda: datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
    with there.work(everywhere(there)) as uow:
        service.note_read(uow, manifest)
        with service.write_return(uow, world.contract()) as file:
            again = zipfile.ZipFile(io.BytesIO(file.read()))
    then = {part.name: part for part in manifest.parts}
    now = json.loads(again.read("manifest.json"))["tables"]
    changed = [one["name"] for one in now if one["json_sha256"] != then[one["name"]].json_sha256]
    # Having been read stands in the trail, and nowhere else.
    assert sorted(changed) == ["trail", "trail_details"]
    with elsewhere.connect() as connection:
        assert trail.verify(connection).ok
    with pytest.raises(Refused, match="still empty"):
        service.read_return(elsewhere, first)


def test_whoever_acted_is_named_in_the_return_though_they_see_nothing_any_more(
    world: World,
) -> None:
    case_id = a_case(world)
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        register.set_facts(uow, register.find(uow, case_id), source_team="Fen team")
    with world.setting_up() as uow:
        for sight in world.rows(UserLot, user_id=world.user("tess")):
            uow.remove(uow.session.merge(sight))
    with zipfile.ZipFile(_written(world)) as pack:
        actors = {one["actor_id"] for one in _rows(pack, "trail") if one["lot_id"] == world.lot()}
        assert world.user("tess") in actors
        assert actors - {None} <= {one["id"] for one in _rows(pack, "users")}


def _first(world: World) -> int:
    return min(int(case.id) for case in world.rows(Case))


def test_a_return_that_was_changed_or_is_none_is_refused(world: World, elsewhere) -> None:
    a_case(world)
    whole = _written(world)
    for name in ("manifest.json", "tables/cases.jsonl"):
        spoilt = io.BytesIO()
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(spoilt, "w") as new:
            for entry in old.namelist():
                content = old.read(entry)
                new.writestr(entry, content[:-3] if entry == name else content)
        with pytest.raises(Refused, match=r"manifest|changed after"):
            service.read_return(elsewhere, spoilt)
    with pytest.raises(Refused, match="not a whole return"):
        service.read_return(elsewhere, io.BytesIO(b"PK nothing"))
    with elsewhere.connect() as connection:
        assert archive.is_empty(connection)


def _settled(world: World, browse) -> int:
    """A contract whose data is returned, received and past its keeping; its return's id."""
    hana, contract_id = browse("hana"), world.contract()
    address = f"/exit/data/contracts/{contract_id}"
    hana.post(f"{address}/terms", keep_months="6", hold_reason="", _version="0")
    pack = _zip(hana.post(f"{address}/return", 200))
    [row] = world.rows(DataReturn)
    digest = hashlib.sha256(pack.read("manifest.json")).hexdigest()
    shown = f"/exit/data/returns/{row.id}"
    assert "not the hash" in readable(hana.post(shown, 422, manifest_sha256="0" * 64).text)
    hana.post(shown, manifest_sha256=digest)
    assert "Hana Lowe" in hana.get(shown)
    return int(row.id)


def test_the_data_is_erased_by_two_people_and_leaves_a_certificate_and_no_trace(
    world: World, browse
) -> None:
    closed, elsewhere = a_closed_case(world), a_case(world, "Moor")
    contract_id = world.contract()
    _undone_in_bulk(world)
    with world.setting_up() as uow:
        uow.get(Case, closed).source_team = CANARY
    # Stored together, and told apart: nothing of the other contract goes.
    browse("paula").get(f"/cases/{closed}")
    browse("eve").get(f"/cases/{elsewhere}")
    world.database.views.write(world.database)
    moors = _told_of(world, "Moor")
    address = f"/exit/data/contracts/{contract_id}/erasure"
    _settled(world, browse)
    hana, paula = browse("hana"), browse("paula")
    assert "kept until 30 Oct 2027" in readable(hana.post(f"{address}/ask", 409).text)
    world.clock.move(days=345)
    hana, paula = browse("hana"), browse("paula")
    paula.post(f"{address}/ask", 403)
    with questions(world) as asked:
        page = readable(hana.get(address))
    assert "As return 1 of" in page
    assert "cases 1" in page.casefold()
    # What was returned was counted then: however much is held, looking here counts nothing.
    assert not any("count(" in one and "case_moves" in one for one in asked)
    hana.post(f"{address}/ask")
    hana.post(f"{address}/ask", 409)
    hana.post(f"{address}/agree", 403)
    browse("eve").post(f"{address}/agree", 404)
    with pytest.raises(Refused, match="agency has not agreed"):
        _erase(world)
    assert "has agreed" in paula.follow(f"{address}/agree")
    paula.post(f"{address}/agree", 409)
    document = f"/exit/data/contracts/{contract_id}/certificate.pdf"
    hana.get(document, 404)
    _erase(world)
    answer = browse("paula").client.get(document)
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert f'href="{document}"' in hana.get(address)
    for who, status in (("eve", 404), ("dina", 403), ("carl", 403)):
        browse(who).get(document, status)
    assert [case.lot_id for case in world.rows(Case)] == [world.lot("Moor")]
    [erasure] = world.rows(Erasure)
    said = json.loads(erasure.certificate)
    assert (said["asked_by"], said["agreed_by"]) == ("Hana Lowe", "Paula Marsh")
    assert said["erased"]["cases"] == 1
    digest = hashlib.sha256(erasure.certificate.encode()).hexdigest()
    assert erasure.certificate_sha256 == digest
    with world.database.engine.connect() as connection:
        assert trail.verify(connection).ok
    assert _told_of(world, "Moor") == moors
    assert any(f'"case_id":[null,{elsewhere}]' in str(told) for told in moors)
    assert set(_told_of(world, "North")) == {None}
    assert digest in browse("hana").get(address)
    for page in ("/", "/exit", "/contract", "/progress", "/cases", "/exit/data", "/people/staying"):
        browse("hana").get(page)
    if not ON_POSTGRES:
        file = Path(make_url(str(world.database.engine.url)).database or "")
        for one in (file, Path(f"{file}-wal")):
            assert not one.exists() or CANARY.encode() not in one.read_bytes()


def _undone_in_bulk(world: World) -> None:
    """One act on many cases, and the one that took it back."""
    run = {"contract_id": world.contract(), "act": BulkAct.PRIORITY, "cases": 0}
    with world.setting_up() as uow:
        done = uow.add(BulkRun(**run, made_at=uow.now))
        uow.add(BulkRun(**run, made_at=uow.now, undoes=done.id))


def _told_of(world: World, lot: str) -> list[str | None]:
    """What the trail holds beside its entries of a lot."""
    of_lot = {entry.seq for entry in world.rows(TrailEntry, lot_id=world.lot(lot))}
    return [one.changes for one in world.rows(TrailDetail) if one.seq in of_lot]


def test_whoever_does_not_see_every_lot_neither_returns_nor_erases(world: World, browse) -> None:
    a_closed_case(world)
    _settled(world, browse)
    world.clock.move(days=345)
    contract_id = world.contract()

    def in_north_alone(key: str, act: Callable[[UnitOfWork, int], object]) -> None:
        one, sight = BY_KEY[key], frozenset({(world.lot(), contract_id)})
        actor = actor_for(world.user(key), one.name, one.role, one.role.organisation, sight)
        with (
            world.database.work(actor) as uow,
            pytest.raises(Refused, match="who sees every lot"),
        ):
            act(uow, contract_id)

    in_north_alone("paula", service.write_return)
    in_north_alone("hana", service.ask_erasure)
    with world.acting("hana") as uow:
        service.ask_erasure(uow, contract_id)
    in_north_alone("paula", service.agree_erasure)
    assert len(world.rows(DataReturn)) == 1


def _erase(world: World) -> None:
    """As the command does, on the tests' own clock."""
    with world.database.work(everywhere(world.database)) as uow:
        service.carry_out(uow, world.contract())
    archive.scrub(world.database.engine)


def test_a_hold_and_open_cases_and_later_changes_each_stop_an_erasure(world: World, browse) -> None:
    closed = a_closed_case(world)
    _settled(world, browse)
    world.clock.move(days=345)
    hana, paula, contract_id = browse("hana"), browse("paula"), world.contract()
    address = f"/exit/data/contracts/{contract_id}"
    hana.post(f"{address}/erasure/ask")
    held = {"keep_months": "6", "legal_hold": "yes", "hold_reason": "Inquiry of 2027"}
    assert "Say why" in readable(
        hana.post(f"{address}/terms", 422, **held | {"hold_reason": ""}, _version="1").text
    )
    hana.post(f"{address}/terms", **held, _version="1")
    hana.post(f"{address}/terms", 409, **held, _version="1")
    answer = paula.post(f"{address}/erasure/agree", 409)
    assert "The data is held: Inquiry of 2027" in readable(answer.text)
    hana.post(f"{address}/terms", keep_months="6", hold_reason="", _version="2")
    browse("tess").post(f"/cases/{closed}/reopen", reason="re_referral")
    answer = readable(paula.post(f"{address}/erasure/agree", 409).text)
    assert "1 case is still open." in answer
    assert "changed after the last return" in answer
    paula.post(f"{address}/erasure/withdraw")
    [erasure] = world.rows(Erasure)
    assert erasure.withdrawn_by == world.user("paula")
    paula.post(f"{address}/erasure/withdraw", 409)


def test_the_data_pages_are_for_those_who_answer_for_it(world: World, browse) -> None:
    contract_id = world.contract()
    for key in ("tess", "dina", "carl", "priya", "alan", "ada"):
        browse(key).get("/exit/data", 403)
        browse(key).post(f"/exit/data/contracts/{contract_id}/return", 403)
        browse(key).get(f"/exit/data/contracts/{contract_id}/erasure", 403)
    browse("paula").get(f"/exit/data/contracts/{contract_id}/terms", 403)
    browse("eve").get(f"/exit/data/contracts/{contract_id}/erasure", 404)
    browse("eve").post(f"/exit/data/contracts/{contract_id}/return", 404)
    page = readable(browse("hana").get("/exit/data"))
    assert "The council has not said how long" in page
    assert "No return yet" in page


def test_the_commands_write_a_return_and_read_it_back(
    world: World, elsewhere, tmp_path, monkeypatch, capsys
) -> None:
    case_id = an_assessing_case(world)
    _marked(world, case_id)
    file = tmp_path / "return.zip"
    _at(world.database.engine, monkeypatch)
    assert _ask("return", "write", "Northshire", str(tmp_path / "none" / "return.zip")) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert world.rows(DataReturn) == []
    assert _ask("return", "write", "Northshire", str(file)) == 0
    assert file.stat().st_mode & 0o077 == 0
    assert _ask("return", "write", "Nowhere", str(file)) == 2
    assert "Contracts: Eastmoor, Northshire" in capsys.readouterr().err
    assert _ask("return", "erase", "Northshire") == 2
    assert "No erasure" in capsys.readouterr().err
    _at(elsewhere, monkeypatch)
    assert _ask("return", "read", str(file)) == 0
    assert "as they were sent" in capsys.readouterr().out
    with elsewhere.connect() as connection:
        assert connection.execute(Contract.__table__.select()).one().name == "Northshire"
        assert trail.verify(connection).ok
    assert _ask("return", "read", str(file)) == 2


def _marked(world: World, case_id: int) -> None:
    with world.setting_up() as uow:
        uow.get(Case, case_id).source_team = CANARY


def _at(engine, monkeypatch) -> None:
    address = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", address)


def _ask(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(list(words))
    return int(end.value.code or 0)


def test_a_failing_check_leads_only_to_pages_that_its_reader_may_open(world: World, browse) -> None:
    for key, leads in (("paula", True), ("tess", False)):
        page = browse(key).get("/exit")
        assert "has not said how long the data is kept" in readable(page)
        assert ('href="/exit/data"' in page) is leads
