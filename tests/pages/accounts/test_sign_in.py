"""Signing in with a password: who gets in, who does not, and that nobody learns which."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from app.access.models import SignInSession, SignInTry, User
from app.access.sessions import digest
from app.accounts.passwords.hashing import hash_of, matches
from app.work.models import TrailDetail, UsedKey
from tests.browse import ORIGIN, Browse
from tests.makers_accounts import HASHED, PASSWORD, a_password, disabled
from tests.world import World

Browser = Callable[..., Browse]
TESS = "tess@example.org"


def enter(browser: Browse, status: int = 303, **answers: str) -> str:
    """Send the sign-in form; returns where it leads, or the page it answers."""
    sent = {"email": TESS, "password": PASSWORD} | answers
    answer = browser.post("/sign-in", status, **sent)
    return answer.headers.get("location") or answer.text


def together(app: Any) -> TestClient:
    """One client whose requests, from several threads, meet in one event loop."""
    return TestClient(app, base_url=ORIGIN, headers={"Origin": ORIGIN})


def test_the_right_password_opens_the_door(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    nobody = browse()
    assert enter(nobody, email="  Tess@Example.org ") == "/"
    assert "Your own account" in nobody.get("/account")


def test_the_cookie_is_for_this_browser_session_only_and_out_of_reach_of_scripts(
    world: World, browse: Browser
) -> None:
    a_password(world, "tess")
    cookie = browse().post("/sign-in", email=TESS, password=PASSWORD).headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    token, *flags = rest.split("; ")
    assert name == "sid"
    assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=lax"]
    assert [row.token_hash for row in world.rows(SignInSession)] == [digest(token)]
    assert len(token) >= 43


def test_over_tls_the_cookie_is_bound_to_the_host(world: World, secure_app: object) -> None:
    a_password(world, "tess")
    answer = Browse(secure_app).post("/sign-in", email=TESS, password=PASSWORD)
    name, _, rest = answer.headers["set-cookie"].partition("=")
    assert name == "__Host-sid"
    assert sorted(rest.split("; ")[1:]) == ["HttpOnly", "Path=/", "SameSite=lax", "Secure"]


@pytest.mark.parametrize("answers", [{"email": ""}, {"password": ""}, {"role": "administrator"}])
def test_an_incomplete_or_padded_form_is_shown_again(
    answers: dict[str, str], world: World, browse: Browser
) -> None:
    a_password(world, "tess")
    assert "There is a problem" in enter(browse(), 422, **answers)
    assert world.rows(SignInTry) == []


def test_a_wrong_password_an_unknown_person_and_a_disabled_one_get_the_same_answer(
    world: World, browse: Browser
) -> None:
    a_password(world, "tess")
    a_password(world, "tom")
    disabled(world, "tom")
    with world.setting_up() as uow:
        uow.get(User, world.user("pete")).active_until = uow.today.replace(day=1)
    a_password(world, "pete")
    answers = set()
    for key, password in (
        ("tess", "not her password"),
        ("nobody", PASSWORD),
        ("tom", PASSWORD),
        ("pete", PASSWORD),
        ("priya", PASSWORD),
        ("tess", "x" * 1_025),
    ):
        page = enter(browse(), 422, email=f"{key}@example.org", password=password)
        answers.add(page.replace(f"{key}@", "who@"))
    assert len(answers) == 1
    assert "The email address or the password is not right." in answers.pop()


def test_nobodys_password_takes_the_same_work_as_somebodys() -> None:
    stored = hash_of(PASSWORD)

    def work(kept: str | None) -> float:
        # The process's own processor time, which other work on the machine does not add to.
        start = time.process_time()
        matches("wrong wrong wrong", kept)
        return time.process_time() - start

    for kept in (None, "not a hash"):
        assert min(work(kept) for _ in range(5)) > min(work(stored) for _ in range(5)) / 2


def test_of_many_guesses_at_once_only_ten_are_tried(
    world: World, app: object, browse: Browser
) -> None:
    a_password(world, "tess")

    def guess(_: int) -> int:
        answers = {"email": TESS, "password": "wrong wrong wrong"}
        return client.post("/sign-in", data=answers).status_code

    with together(app) as client, ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(guess, range(32)))
    assert sorted(statuses) == [422] * 10 + [429] * 22
    assert (
        "Try again at 10:05" in browse().post("/sign-in", 429, email=TESS, password=PASSWORD).text
    )


def test_a_pause_ends_by_itself_and_stops_nobody_else(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    a_password(world, "tom")
    for _ in range(10):
        enter(browse(), 422, password="wrong wrong wrong")
    answer = browse().post("/sign-in", 429, email=TESS, password=PASSWORD)
    assert 0 < int(answer.headers["retry-after"]) <= 301
    assert enter(browse(), email="tom@example.org") == "/"
    world.clock.move(minutes=5)
    assert enter(browse()) == "/"


def test_a_hundred_tries_from_one_address_are_enough(world: World, browse: Browser) -> None:
    with world.setting_up() as uow:
        window = world.clock.now
        uow.add(SignInTry(subject="address:testclient", window_starts_at=window, tries=100))
    enter(browse(), 429)


def test_tries_are_forgotten_after_a_day(world: World, browse: Browser) -> None:
    enter(browse(), 422)
    world.clock.move(hours=25)
    enter(browse(), 422)
    assert {row.window_starts_at for row in world.rows(SignInTry)} == {world.clock.now}


def test_a_hash_of_weaker_settings_is_renewed(world: World, browse: Browser) -> None:
    weak = PasswordHash((Argon2Hasher(memory_cost=1024, time_cost=1, parallelism=1),))
    a_password(world, "tess", weak.hash(PASSWORD))
    enter(browse())
    stored = world.row(User, world.user("tess")).password_hash
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    enter(browse())


def test_a_hash_that_cannot_be_read_lets_nobody_in(world: World, browse: Browser) -> None:
    a_password(world, "tess", "not a hash at all")
    enter(browse(), 422)


def test_a_session_planted_beforehand_is_not_the_one_that_signs_in(
    world: World, browse: Browser
) -> None:
    a_password(world, "tess")
    planted = {"Cookie": "sid=planted-by-somebody-else"}
    answers = {"email": TESS, "password": PASSWORD}
    answer = browse().client.post("/sign-in", data=answers, headers=planted)
    assert answer.status_code == 303
    assert "planted" not in answer.headers["set-cookie"]
    browse().get("/account", 303, **planted)


def test_signing_in_again_ends_the_session_that_was_there(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    tess = browse("tess")
    before = tess.client.cookies["sid"]
    enter(tess)
    old = browse()
    old.client.cookies.set("sid", before)
    old.get("/account", 303)
    tess.get("/account")


def test_the_sixth_session_ends_the_oldest_and_says_so(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    oldest = browse("tess")
    for _ in range(4):
        world.clock.move(minutes=1)
        browse("tess").get("/account")
    sixth = browse()
    enter(sixth)
    assert "The oldest of them was signed out." in sixth.get("/account")
    oldest.get("/account", 303)


def test_a_session_ends_after_half_an_hour_unused_or_half_a_day(
    world: World, browse: Browser
) -> None:
    tess = browse("tess")
    world.clock.move(minutes=29, seconds=59)
    tess.get("/account")
    world.database.views.write(world.database)
    for _ in range(24):
        world.clock.move(minutes=29)
        answer = tess.client.get("/account")
        world.database.views.write(world.database)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/account"
    idle = browse("tess")
    world.clock.move(minutes=30, seconds=1)
    idle.get("/account", 303)


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)",
        "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "evil.example", "", "/ú",
    ],
)  # fmt: skip
def test_signing_in_leads_only_to_our_own_pages(wanted: str, world: World, browse: Browser) -> None:
    a_password(world, "tess")
    assert enter(browse(), next=wanted) == "/"
    answer = browse("tess").client.get("/sign-in", params={"next": wanted})
    assert answer.headers["location"] == "/"


def test_signing_in_leads_on_to_the_page_that_was_asked_for(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    nobody = browse()
    address = nobody.client.get("/account").headers["location"]
    assert 'name="next" value="/account"' in nobody.get(address)
    assert enter(nobody, next="/account") == "/account"


def test_signing_out_ends_the_session_and_leaves_nothing(world: World, browse: Browser) -> None:
    tess = browse("tess")
    cookie = tess.client.cookies["sid"]
    answer = tess.post("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    tess.client.cookies.set("sid", cookie)
    tess.get("/account", 303)
    assert "You are signed out." in tess.get("/sign-in")


def test_a_session_that_ended_leaves_nothing_either(world: World, browse: Browser) -> None:
    tess = browse("tess")
    world.clock.move(hours=1)
    assert tess.client.get("/sign-in").headers["clear-site-data"] == '"cache", "storage"'


def test_the_trail_tells_tries_refusals_and_entries(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    enter(browse(), 422, password="wrong wrong wrong")
    enter(browse())
    told = " ".join(row.changes or "" for row in world.rows(TrailDetail))
    outcomes = re.findall(r'"outcome":\[null,"([^"]+)"\]', told)
    assert outcomes == ["password tried", "refused", "password tried", "signed in"]
    assert PASSWORD not in told
    assert HASHED not in told


def test_nothing_of_a_password_is_kept_with_the_form(world: World, browse: Browser) -> None:
    a_password(world, "tess")
    enter(browse(), _key="a-key-of-one-page")
    assert world.rows(UsedKey) == []


def test_a_crowd_at_the_door_does_not_exhaust_the_memory(world: World, app: object) -> None:
    def knock(number: int) -> int:
        answers = {"email": f"{number}@example.org", "password": "wrong wrong wrong"}
        return client.post("/sign-in", data=answers).status_code

    with together(app) as client, ThreadPoolExecutor(16) as pool:
        # Threads and connections come first: they are there once, however many knock.
        list(pool.map(lambda _: client.get("/sign-in"), range(64)))
        before = psutil.Process().memory_info().rss
        assert set(pool.map(knock, range(16))) == {422}
    assert psutil.Process().memory_info().rss - before < 200 * 1024 * 1024
