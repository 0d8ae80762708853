"""One's own account."""

from collections.abc import Callable

import pytest

from app.access.models import SignInSession
from app.work.models import OutboxMessage
from tests.browse import Browse, readable
from tests.makers_accounts import PASSWORD, a_password
from tests.world import World

Browser = Callable[..., Browse]
NEW = "seven kites over Marrakesh"
CHANGE = {"present": PASSWORD, "password": NEW, "again": NEW}


def test_a_person_sees_where_they_are_signed_in(world: World, browse: Browser) -> None:
    tess = browse("tess")
    world.clock.move(minutes=3)
    browse("tess")
    browse("tom")
    page = readable(tess.get("/account"))
    assert "This one" in page
    assert page.count("A browser") == 2
    assert "tess@example.org" in page
    assert "no password" in page


def test_changing_the_password_ends_the_other_sessions(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    here, elsewhere = browse("tess"), browse("tess")
    assert "Your password is changed." in here.follow("/account/password", **CHANGE)
    elsewhere.get("/account", 303)
    sign_in = {"email": "tess@example.org", "password": PASSWORD}
    browse().post("/sign-in", 422, **sign_in)
    browse().post("/sign-in", **sign_in | {"password": NEW})
    assert world.rows(OutboxMessage) == []


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"present": "something else"}, "not your present password"),
        ({"password": "council-2026!", "again": "council-2026!"}, "first that somebody"),
        ({"again": PASSWORD}, "The two passwords differ."),
        ({"present": ""}, "Enter the present password."),
        ({"user_id": "1"}, "did not ask for"),
    ],
)
def test_a_faulty_change_is_shown_again(
    answers: dict[str, str], words: str, world: World, browse: Browser
) -> None:
    a_password(world, "tess")
    page = browse("tess").post("/account/password", 422, **CHANGE | answers).text
    assert words in page
    assert PASSWORD not in page


def test_the_present_password_cannot_be_guessed_from_an_open_session(
    world: World, browse: Browser
) -> None:
    a_password(world, "tess")
    tess = browse("tess")
    for _ in range(10):
        tess.post("/account/password", 422, **CHANGE | {"present": "a wrong guess"})
    tess.post("/account/password", 429, **CHANGE)


def test_somebody_without_a_password_cannot_change_it(world: World, browse: Browser) -> None:
    browse("tess").post("/account/password", 422, **CHANGE)


def test_a_person_ends_a_session_of_their_own_and_no_other(world: World, browse: Browser) -> None:
    tess, lost, tom = browse("tess"), browse("tess"), browse("tom")
    _, lost_id, tom_id = (row.id for row in world.rows(SignInSession))
    assert "That session is ended." in tess.follow(f"/account/sessions/{lost_id}/end")
    lost.get("/account", 303)
    tess.post(f"/account/sessions/{tom_id}/end", 404)
    tess.post("/account/sessions/999999/end", 404)
    tom.get("/account")


def test_nobody_has_no_account(browse: Browser) -> None:
    browse().get("/account", 303)
    browse().post("/account/password", 303, **CHANGE)


def test_everybody_may_read_who_may_do_what(browse: Browser) -> None:
    page = readable(browse("priya").get("/who-may-do-what"))
    assert "Agree a proposal for the council" in page
    assert "Council project manager" in page
    browse().get("/who-may-do-what", 303)
