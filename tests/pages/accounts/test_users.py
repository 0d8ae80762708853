"""The administrator's pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from app.access.models import SignInSession, User, UserLot
from app.access.roles import Organisation, Role
from app.accounts.users import service
from app.kernel.errors import Refused
from app.main import create_app
from app.settings import Settings
from app.work.models import OutboxMessage, TrailEntry
from tests.browse import Browse, readable
from tests.makers_accounts import PASSWORD, a_password, disabled
from tests.world import World

Browser = Callable[..., Browse]
MOVED = {"role": "district_manager", "organisation": "council"}
NEW = "seven kites over Marrakesh"


def invitation(world: World, **answers: Any) -> dict[str, Any]:
    return {
        "name": "Nora Finch",
        "email": "Nora@Example.org",
        "role": "team_manager",
        "lots": str(world.lot("North")),
    } | answers


def standing(world: World, key: str = "tess", **answers: Any) -> dict[str, Any]:
    """The edit form of Tess as it stands, or of somebody else with her answers."""
    return {
        "_version": str(world.row(User, world.user(key)).version),
        "name": "Tess Oyelaran",
        "role": "team_manager",
        "organisation": "agency",
        "lots": str(world.lot("North")),
    } | answers


def link_in(page: str) -> str:
    found = re.search(r'value="http://testserver(/choose-password/[^"]+)"', page)
    assert found
    return found[1]


def a_second_administrator(world: World) -> int:
    with world.setting_up() as uow:
        user = uow.add(
            User(
                email="abel@example.org",
                name="Abel Moss",
                role=Role.ADMINISTRATOR,
                organisation=Organisation.COUNCIL,
                created_at=uow.now,
            )
        )
        assert user.id
        contract = world.contract()
        uow.add(UserLot(user_id=user.id, lot_id=world.lot("North"), contract_id=contract))
        return user.id


def test_an_administrator_sees_the_people_of_their_contracts(world: World, browse: Browser) -> None:
    disabled(world, "tom")
    page = readable(browse("ada").get("/users"))
    for words in ("Tess Oyelaran", "Disabled", "Invited", "North, Mid, South"):
        assert words in page
    assert "Eve Hart" not in page


@pytest.mark.parametrize("key", ["tess", "paula", "hana", "alan"])
def test_others_do_not(key: str, world: World, browse: Browser) -> None:
    other = browse(key)
    other.get("/users", 403)
    other.get(f"/users/{world.user('priya')}", 403)
    other.post("/users/new", 403, **invitation(world))
    for act in ("", "/disable", "/enable", "/sign-out", "/link"):
        other.post(f"/users/{world.user('priya')}{act}", 403)


def test_people_of_another_contract_are_as_absent_as_nobody(world: World, browse: Browser) -> None:
    ada = browse("ada")
    assert ada.get(f"/users/{world.user('eve')}", 404) == ada.get("/users/999999", 404)
    for act in ("/disable", "/enable", "/sign-out", "/link"):
        ada.post(f"/users/{world.user('eve')}{act}", 404)
    ada.post(f"/users/{world.user('eve')}", 404, **standing(world))


def test_who_works_in_another_contract_too_is_changed_by_an_administrator_of_both(
    world: World, browse: Browser
) -> None:
    with world.setting_up() as uow:
        moor = {"lot_id": world.lot("Moor"), "contract_id": world.contract("Eastmoor")}
        uow.add(UserLot(user_id=world.user("tess"), **moor))
    ada, tess = browse("ada"), world.user("tess")
    assert "another contract too" in readable(ada.get(f"/users/{tess}"))
    for act in ("/disable", "/enable", "/sign-out", "/link"):
        assert "an administrator of both" in ada.post(f"/users/{tess}{act}", 409).text
    for answers in ({"name": "T"}, {"active_until": "20/11/2027"}, MOVED):
        ada.post(f"/users/{tess}", 409, **standing(world, **answers))
    ada.post(f"/users/{tess}", **standing(world, lots=str(world.lot("Mid"))))
    held = {row.lot_id for row in world.rows(UserLot, user_id=tess)}
    assert held == {world.lot("Mid"), world.lot("Moor")}
    with world.setting_up() as uow:
        uow.add(UserLot(user_id=world.user("ada"), **moor))
    ada.post(f"/users/{tess}", **standing(world, name="Tess O", lots=str(world.lot("Mid"))))
    assert world.row(User, tess).name == "Tess O"


def test_an_invited_person_comes_in_by_the_link(world: World, browse: Browser) -> None:
    page = browse("ada").post("/users/new", 200, **invitation(world)).text
    path = link_in(page)
    assert path.startswith("/choose-password/invitation/")
    browse().post(path, password=NEW, again=NEW)
    nora = browse()
    nora.post("/sign-in", email="nora@example.org", password=NEW)
    assert "Team manager, Agency" in nora.get("/account")
    [user] = world.rows(User, email="nora@example.org")
    assert [row.lot_id for row in world.rows(UserLot, user_id=user.id)] == [world.lot("North")]
    assert path.rpartition("/")[2] not in browse("ada").get("/users")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"email": "a@b"}, "such as name@example.org"),
        ({"email": "Tess@Example.org"}, "already signs in"),
        ({"role": "auditor"}, "Choose the organisation"),
        ({"organisation": "council"}, "belongs to the agency"),
        ({"role": "practitioner"}, "on a page of their own"),
        ({"role": "emperor"}, "Choose the role"),
        ({"lots": ""}, "at least one lot"),
        ({"lots": "4"}, "only lots that you have"),
        ({"name": ""}, "Enter the name"),
        ({"id": "77", "demo": "yes"}, "did not ask for"),
    ],
)
def test_a_faulty_invitation_is_shown_again(
    answers: dict[str, str], words: str, world: World, browse: Browser
) -> None:
    assert world.lot("Moor") == 4
    before = len(world.rows(User))
    page = browse("ada").post("/users/new", 422, **invitation(world, **answers)).text
    assert words in page
    assert len(world.rows(User)) == before


def test_a_changed_role_counts_from_the_next_request(world: World, browse: Browser) -> None:
    tess = browse("tess")
    tess.get("/who-may-do-what")
    tess.get("/trail", 403)
    address = f"/users/{world.user('tess')}"
    page = browse("ada").follow(address, **standing(world, role="auditor"))
    assert "Saved." in page
    tess.get("/trail")


@pytest.mark.parametrize(
    ("first", "saved"), [({"name": "Tess Bell"}, "North"), ({"lots": ["1", "2"]}, "North, Mid")]
)
def test_of_two_administrators_the_slower_is_shown_what_the_faster_saved(
    first: dict[str, Any], saved: str, world: World, browse: Browser
) -> None:
    a_second_administrator(world)
    address, opened = f"/users/{world.user('tess')}", standing(world)
    assert f'name="_version" value="{opened["_version"]}"' in browse("ada").get(address)
    browse("ada").post(address, **opened | first)
    answer = browse("ada").post(address, 409, **opened | {"name": "Tess Typed"})
    assert "Tess Typed" in answer.text
    told = readable(answer.text)
    assert "Ada Stone saved it first" in told
    assert f"Role Team manager Team manager Organisation Agency Agency Lots North {saved}" in told
    assert world.row(User, world.user("tess")).name != "Tess Typed"
    browse("ada").post(address, 422, **{k: v for k, v in opened.items() if k != "_version"})


def test_changed_lots_and_a_last_day_count_at_once(world: World, browse: Browser) -> None:
    address = f"/users/{world.user('tess')}"
    ada, tess = browse("ada"), browse("tess")
    lots = [str(world.lot("Mid")), str(world.lot("South"))]
    ada.post(address, **standing(world, lots=lots, active_until="2026-11-20"))
    rows = world.rows(UserLot, user_id=world.user("tess"))
    assert sorted(row.lot_id for row in rows) == sorted(map(int, lots))
    tess.get("/account")
    world.clock.move(hours=14)
    tess.get("/account", 303)
    assert "Left" in browse("ada").get("/users")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"role": "practitioner"}, "on a page of their own"),
        ({"lots": "4"}, "only lots that you have"),
        ({"active_until": "31/02/2027"}, "February 2027 has 28 days"),
        ({"password_hash": "x"}, "did not ask for"),
    ],
)
def test_a_faulty_change_is_shown_again(
    answers: dict[str, str], words: str, world: World, browse: Browser
) -> None:
    address = f"/users/{world.user('tess')}"
    assert words in browse("ada").post(address, 422, **standing(world, **answers)).text


def test_a_practitioner_stays_one(world: World, browse: Browser) -> None:
    address = f"/users/{world.user('priya')}"
    ada = browse("ada")
    assert "Practitioner" in ada.get(address)
    ada.post(address, 422, **standing(world, "priya"))
    ada.post(address, **standing(world, "priya", name="Priya Nair-Holm", role="practitioner"))
    assert world.row(User, world.user("priya")).name == "Priya Nair-Holm"


def test_a_disabled_person_is_out_at_once_until_let_in_again(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    address = f"/users/{world.user('tess')}"
    ada, tess = browse("ada"), browse("tess")
    path = link_in(ada.post(f"{address}/link", 200).text)
    assert "Disabled" in ada.follow(f"{address}/disable")
    tess.get("/account", 303)
    browse().get(path, 404)
    browse().post("/sign-in", 422, email="tess@example.org", password=PASSWORD)
    assert "can sign in again" in ada.follow(f"{address}/enable")
    browse().post("/sign-in", email="tess@example.org", password=PASSWORD)
    assert {row.act for row in world.rows(TrailEntry)} >= {"user.disable", "user.edit"}


def test_sessions_of_a_person_are_ended_for_them(world: World, browse: Browser) -> None:
    first, second = browse("tess"), browse("tess")
    page = browse("ada").follow(f"/users/{world.user('tess')}/sign-out")
    assert "Sessions ended: 2." in page
    first.get("/account", 303)
    second.get("/account", 303)
    assert sum(row.ended_at is not None for row in world.rows(SignInSession)) == 2


def test_a_link_resets_a_password_or_invites_again(world: World, browse: Browser) -> None:
    ada = browse("ada")
    address = f"/users/{world.user('tess')}/link"
    assert "/invitation/" in link_in(ada.post(address, 200).text)
    a_password(world, "tess")
    assert "/reset/" in link_in(ada.post(address, 200).text)
    assert world.rows(OutboxMessage) == []


def test_where_there_is_a_mail_server_the_link_goes_by_mail_too(
    world: World, settings: Settings
) -> None:
    app = create_app(settings.model_copy(update={"smtp_host": "127.0.0.1"}), world.database)
    ada = Browse(app, world.cookie("ada"))
    page = ada.post("/users/new", 200, **invitation(world)).text
    assert "on its way by mail" in page
    assert [row.path for row in world.rows(OutboxMessage)] == [link_in(page)]


def test_an_administrator_neither_changes_nor_disables_themselves(
    world: World, browse: Browser
) -> None:
    a_second_administrator(world)
    address = f"/users/{world.user('ada')}"
    ada = browse("ada")
    assert "This is you." in ada.get(address)
    ada.post(f"{address}/disable", 409)
    own = standing(world, name="Ada Stone", role="auditor")
    ada.post(address, 409, **own)


def test_the_last_administrator_stays(world: World) -> None:
    second = a_second_administrator(world)
    disabled(world, "ada")
    # Ada was disabled after a request of hers had begun.
    with world.acting("ada") as uow, pytest.raises(Refused, match="last administrator"):
        service.disable(uow, second)


def test_another_administrator_can_be_disabled(world: World, browse: Browser) -> None:
    second = a_second_administrator(world)
    assert "Disabled" in browse("ada").follow(f"/users/{second}/disable")
