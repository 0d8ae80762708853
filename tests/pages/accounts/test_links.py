"""Choosing a password by a one-time link."""

from collections.abc import Callable

import pytest

from app.access.models import LinkPurpose, OneTimeLink, User
from app.access.sessions import digest
from app.accounts.links.service import make_link
from app.kernel.acts import Act
from tests.browse import Browse
from tests.makers_accounts import PASSWORD, a_password, disabled
from tests.world import World

Browser = Callable[..., Browse]
NEW = "seven kites over Marrakesh"
CHOSEN = {"password": NEW, "again": NEW}
GONE = "This link no longer works"


def a_link(world: World, key: str = "tess", purpose: LinkPurpose = LinkPurpose.RESET) -> str:
    with world.acting("ada") as uow, uow.command(Act.USER_RESET):
        return make_link(uow, world.user(key), purpose, mailed=False)


def enters(browse: Browser, password: str) -> bool:
    answers = {"email": "tess@example.org", "password": password}
    return browse().client.post("/sign-in", data=answers).status_code == 303


def test_a_link_lets_its_holder_choose_a_password_and_sign_in(
    world: World, browse: Browser
) -> None:
    path = a_link(world, purpose=LinkPurpose.INVITATION)
    nobody = browse()
    assert "For Tess Oyelaran" in nobody.get(path)
    page = nobody.follow(path, **CHOSEN)
    assert "Your password is saved." in page
    assert enters(browse, NEW)


def test_only_the_digest_of_a_link_is_kept(world: World) -> None:
    token = a_link(world).rpartition("/")[2]
    assert len(token) >= 43
    assert [row.token_hash for row in world.rows(OneTimeLink)] == [digest(token)]


def test_a_link_works_once(world: World, browse: Browser) -> None:
    path = a_link(world)
    browse().post(path, **CHOSEN)
    assert GONE in browse().get(path, 404)
    answer = browse().post(path, 404, password=PASSWORD, again=PASSWORD)
    assert GONE in answer.text
    assert not enters(browse, PASSWORD)


@pytest.mark.parametrize(
    ("purpose", "minutes"), [(LinkPurpose.RESET, 30), (LinkPurpose.INVITATION, 72 * 60)]
)
def test_a_link_ends_in_its_time(
    purpose: LinkPurpose, minutes: int, world: World, browse: Browser
) -> None:
    path = a_link(world, purpose=purpose)
    world.clock.move(minutes=minutes, seconds=-1)
    browse().get(path)
    world.clock.move(seconds=1)
    browse().get(path, 404)
    browse().post(path, 404, **CHOSEN)


def test_a_link_serves_its_own_purpose_only(world: World, browse: Browser) -> None:
    path = a_link(world)
    browse().get(path.replace("/reset/", "/invitation/"), 404)
    browse().get(path.replace("/reset/", "/another/"), 404)
    browse().get("/choose-password/reset/unknown", 404)


def test_a_newer_link_ends_the_older(world: World, browse: Browser) -> None:
    older, newer = a_link(world), a_link(world)
    browse().get(older, 404)
    browse().get(newer)


def test_using_a_link_ends_every_session_of_the_person(world: World, browse: Browser) -> None:
    tess, tom = browse("tess"), browse("tom")
    browse().post(a_link(world), **CHOSEN)
    tess.get("/account", 303)
    tom.get("/account")


def test_a_disabled_person_chooses_nothing(world: World, browse: Browser) -> None:
    path = a_link(world)
    disabled(world, "tess")
    browse().get(path, 404)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"password": "tess-oyelaran-1", "again": "tess-oyelaran-1"}, "first that somebody"),
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": "x" * 1_025, "again": "x"}, "1,024 characters or fewer"),
        ({"password": NEW, "again": PASSWORD}, "The two passwords differ."),
        ({"password": NEW}, "Enter the new password again."),
        ({**CHOSEN, "role": "administrator"}, "did not ask for"),
    ],
)
def test_a_poor_choice_is_shown_again_without_the_password(
    answers: dict[str, str], words: str, world: World, browse: Browser
) -> None:
    path = a_link(world)
    page = browse().post(path, 422, **answers).text
    assert words in page
    assert NEW not in page
    assert world.row(User, world.user("tess")).password_hash is None
    browse().get(path)


def test_someone_signed_in_can_use_a_link_of_their_own(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    browse("tess").post(a_link(world), **CHOSEN)
    assert enters(browse, NEW)
