"""A demo's one-press sign-in, which exists nowhere else."""

from collections.abc import Callable

from tests.browse import Browse, readable
from tests.makers import an_allocated_case
from tests.makers_accounts import disabled, invented
from tests.world import World


def test_one_press_signs_in_as_an_invented_person(world: World, demo_app: object) -> None:
    invented(world, "tess", "dina")
    nobody = Browse(demo_app)
    page = nobody.get("/sign-in?next=/account")
    assert "Tess Oyelaran" in page
    assert "Paula Marsh" not in page
    answer = nobody.post(f"/demo/sign-in/{world.user('tess')}", next="/account")
    assert answer.headers["location"] == "/account"
    assert "Tess Oyelaran" in nobody.get("/account")


def test_everybody_is_listed_under_their_contract_with_role_and_lots(
    world: World, demo_app: object
) -> None:
    invented(world, "tess", "tara", "paula", "dina", "eve")
    page = readable(Browse(demo_app).get("/sign-in"))
    told = [
        "Northshire, agency",
        "Paula Marsh Sign in as Paula Marsh Agency project manager Mid, North, South",
        "Tess Oyelaran Sign in as Tess Oyelaran Team manager North",
        "Tara South Sign in as Tara South Team manager South",
        "Northshire, council",
        "Dina Ferris Sign in as Dina Ferris District Manager North",
        "Eastmoor, agency",
        "Eve Hart Sign in as Eve Hart Agency project manager Moor",
    ]
    places = [page.rindex(words) for words in told]
    assert places == sorted(places)
    assert "Eastmoor, council" not in page


def test_only_invented_people_sign_in_so(world: World, demo_app: object) -> None:
    invented(world, "dina")
    disabled(world, "dina")
    nobody = Browse(demo_app)
    for user_id in (world.user("tess"), world.user("dina"), 999_999):
        nobody.post(f"/demo/sign-in/{user_id}", 404)


def test_a_demo_without_people_says_so(demo_app: object) -> None:
    assert "There are no invented people" in Browse(demo_app).get("/sign-in")


def test_outside_a_demo_the_way_does_not_exist(world: World, browse: Callable[..., Browse]) -> None:
    invented(world, "tess")
    browse().post(f"/demo/sign-in/{world.user('tess')}", 404)
    assert "invented" not in browse().get("/sign-in")


def test_whoever_holds_cases_comes_first_within_a_role(world: World, demo_app: object) -> None:
    invented(world, "priya", "pete")
    names = ["Pete Holm", "Priya Nair"]
    before = Browse(demo_app).get("/sign-in")
    assert sorted(names, key=before.index) == names
    an_allocated_case(world)
    after = Browse(demo_app).get("/sign-in")
    assert sorted(names, key=after.index) == names[::-1]
