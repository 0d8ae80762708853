"""Support sessions: sealed to two people, and nowhere to be read by anybody else."""

import io
import logging
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.access.models import LinkPurpose, OneTimeLink
from app.assurance.sessions.models import SealedNote, SupportSession, ThemeTally
from app.assurance.sessions.rules import Theme
from app.db.registry import load_models
from tests.browse import readable
from tests.personas import PERSONAS
from tests.questions import questions
from tests.world import TODAY, World

SECRET = "Cannot sleep since the inquest"
ANSWER = "Grateful for the Tuesday walk"


def sent(world: World, who: str = "priya", **facts: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "personal",
        "supervisee_id": world.user(who),
        "held_on": "19/11/2026",
        "themes": ["wellbeing", "distress"],
        "words": SECRET,
    }
    return values | facts


def sealed(world: World, browse, by: str = "tess", **facts: Any) -> str:
    """A session that somebody wrote down; returns where its two people read it."""
    return browse(by).post("/support/new", **sent(world, **facts)).headers["location"]


def test_the_two_people_read_and_add_and_nobody_else_finds_it(world: World, browse) -> None:
    address = sealed(world, browse)
    priya, tess = browse("priya"), browse("tess")
    assert SECRET in priya.get(address)
    priya.post(address, words=ANSWER)
    for them in (priya, tess):
        page = readable(them.get(address))
        assert SECRET in page
        assert ANSWER in page
    assert "Enter what you want to add." in readable(priya.post(address, 422, words=" ").text)
    assert priya.client.get(address).headers["cache-control"] == "no-store"
    for persona in PERSONAS:
        if persona.key not in {"tess", "priya"}:
            may = persona.role.value in {"agency_project_manager", "team_manager", "practitioner"}
            browse(persona.key).get(address, 404 if may else 403)
            browse(persona.key).post(address, 404 if may else 403, words="x")


def test_what_is_sealed_is_not_in_the_database_the_trail_an_export_or_a_log(
    world: World, browse, caplog, capfd
) -> None:
    caplog.set_level(logging.DEBUG)
    address = sealed(world, browse)
    browse("priya").post(address, words=ANSWER)
    browse("priya").get(address)
    browse("tess").post("/support/new", 422, **sent(world, held_on="1/1/2030"))
    secrets = [word.encode() for word in (SECRET, ANSWER)]
    with world.database.engine.connect() as connection:
        for model in load_models():
            table = model.__table__  # type: ignore[attr-defined]
            kept = repr(connection.execute(table.select()).all()).encode()
            assert not [one for one in secrets if one in kept], table.name
    if world.database.is_sqlite:
        file = Path(world.database.engine.url.database or "")
        parts = list(file.parent.glob(f"{file.name}*"))
        assert parts
        for part in parts:
            raw = part.read_bytes()
            assert not [one for one in secrets if one in raw], part
    (key,) = {one.wrapped_key for one in world.rows(SupportSession)}
    trail = browse("alan").get("/trail")
    assert "support" in trail
    told = repr(world.rows(next(m for m in load_models() if m.__tablename__ == "trail_details")))
    assert key not in told
    assert not [one for one in world.rows(SealedNote) if one.sealed in told]
    for who, page in {
        "alan": "/trail",
        "paula": "/support",
        "tom": "/support",
        "ada": "/users",
        "hana": "/supervision-record",
        "carl": "/supervision-record",
    }.items():
        shown = browse(who).get(page)
        assert SECRET not in shown, page
        assert ANSWER not in shown, page
    said = {"filter": "", "ending": "csv", "purpose": "Audit of October"}
    export = browse("paula").post("/cases/export", 200, **said)
    assert SECRET not in export.text
    whole = browse("paula").post(f"/exit/data/contracts/{world.contract()}/return", 200)
    pack = zipfile.ZipFile(io.BytesIO(whole.content))
    assert "tables/sealed_notes.csv" in pack.namelist()
    for name in pack.namelist():
        assert not [one for one in secrets if one in pack.read(name)], name
    spoken = caplog.text + "".join(capfd.readouterr())
    assert SECRET not in spoken
    assert ANSWER not in spoken


def test_without_the_key_file_nobody_reads_it_and_with_other_names_it_stays_shut(
    world: World, browse, seal_key_file: Path
) -> None:
    address = sealed(world, browse)
    kept = seal_key_file.read_text()
    seal_key_file.unlink()
    answer = browse("tess").get(address, 409)
    assert "not on this installation" in answer
    assert SECRET not in answer
    seal_key_file.write_text(kept)
    with world.setting_up() as uow:
        uow.get(SupportSession, 1).supervisee_id = world.user("pete")
    assert SECRET not in browse("pete").get(address, 409)


def test_a_new_password_by_link_keeps_it_shut_for_a_week(world: World, browse) -> None:
    address = sealed(world, browse)
    with world.setting_up() as uow:
        uow.add(
            OneTimeLink(
                token_hash="0" * 64,
                user_id=world.user("priya"),
                purpose=LinkPurpose.RESET,
                expires_at=uow.now,
                used_at=uow.now,
            )
        )
    page = browse("priya").get(address, 409)
    assert "opens again on 27 Nov 2026" in page
    assert SECRET not in page
    browse("priya").post(address, 409, words="x")
    assert SECRET in browse("tess").get(address)
    world.clock.move(days=7)
    assert SECRET in browse("priya").get(address)


def test_others_see_that_it_was_held_and_counts_of_themes(world: World, browse) -> None:
    for _ in range(6):
        sealed(world, browse, themes=["workload"])
    sealed(world, browse, by="paula", who="tess", kind="welfare", liaison_on="18/11/2026")
    page = readable(browse("tom").get("/support"))
    assert "Priya Nair Practitioner Personal supervision 19 Nov 2026 17 Dec 2026 – 6" in page
    assert (
        "Tess Oyelaran Team manager Welfare supervision 19 Nov 2026 20 Dec 2026 18 Nov 2026 1"
        in page
    )
    assert "Sam Quill" not in page
    assert "No session yet" in page
    assert "Workload 6" in page
    assert "Health and wellbeing c" in page
    assert {one.theme: one.sessions for one in world.rows(ThemeTally)} == {
        Theme.WORKLOAD: 6,
        Theme.WELLBEING: 1,
        Theme.DISTRESS: 1,
    }
    (welfare,) = world.rows(SupportSession, supervisee_id=world.user("tess"))
    assert welfare.liaison_on == date(2026, 11, 18)
    own = readable(browse("priya").get("/support"))
    assert "Tess Oyelaran Priya Nair" in own
    assert "Owed to your team" not in own
    world.clock.move(days=31)
    assert "Late" in readable(browse("tom").get("/support"))


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"kind": ""}, "Choose the kind of session."),
        ({"kind": "welfare"}, "Welfare supervision is for managers"),
        ({"held_on": "21/11/2026"}, "21 Nov 2026 lies ahead."),
        ({"held_on": "1/10/2026"}, "within 28 days"),
        ({"liaison_on": "19/11/2026"}, "Only welfare supervision goes with this liaison."),
        ({"supervisee_id": "8"}, "Choose somebody of the agency’s team."),
        ({"themes": ["gossip"]}, "Choose the themes from the list."),
        ({"words": "x" * 4001}, "4000 characters or fewer"),
    ],
)
def test_a_session_that_cannot_have_been_is_shown_again(
    world: World, browse, faulty: dict[str, Any], words: str
) -> None:
    answer = browse("tess").post("/support/new", 422, **sent(world) | faulty)
    assert words in readable(answer.text)
    assert world.rows(SupportSession) == world.rows(ThemeTally) == []


def test_who_writes_sessions_down_and_with_whom(world: World, browse) -> None:
    form = browse("tess").get("/support/new")
    for name in ("Sam Quill", "Tara South", "Paula Marsh"):
        assert name in form
    for name in ("Tess Oyelaran, team manager", "Dina Ferris", "Eve Hart", "Alan Reed"):
        assert name not in form
    for who, status in {"priya": 403, "dina": 403, "hana": 403, "carl": 403, "ada": 403}.items():
        browse(who).get("/support/new", status)
        browse(who).post("/support/new", status, **sent(world))
    sealed(world, browse, by="tara", who="priya", kind="reflective")
    assert "Reflective session" in browse("priya").get("/support")


def test_the_pages_take_few_questions(world: World, browse) -> None:
    with questions(world) as asked:
        browse("tess").get("/support")
    sealed(world, browse, held_on=(TODAY - timedelta(days=3)).isoformat())
    with questions(world) as more:
        browse("tess").get("/support")
    assert len(more) == len(asked) <= 14
