"""Search by reference or family key, from every page."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from app.cases.listing.queries import find_cases
from tests.browse import Browse, readable
from tests.makers import a_case, an_allocated_case
from tests.world import World

Browsing = Callable[..., Browse]


def test_an_exact_reference_opens_its_case(world: World, browse: Browsing) -> None:
    case_id = a_case(world, reference="24001")
    a_case(world, reference="240011")
    answer = browse("tess").client.get("/search?for=24001")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{case_id}")


@pytest.mark.parametrize("typed", ["1001.0", "00001001", "10 01", " 1001 .0"])
def test_other_forms_of_a_reference_are_found(world: World, browse: Browsing, typed: str) -> None:
    a_case(world, reference="1001")
    page = readable(browse("tess").get(f"/search?for={typed}"))
    assert "The same reference written otherwise" in page
    assert "1001" in page.split("written otherwise")[-1]


def test_case_and_zeros_in_front_make_no_difference(world: World, browse: Browsing) -> None:
    a_case(world, reference="AB12")
    a_case(world, reference="000777")
    assert "AB12" in browse("tess").get("/search?for=ab12")
    assert "000777" in browse("tess").get("/search?for=777")


def test_references_that_begin_so_come_before_members_of_the_family(
    world: World, browse: Browsing
) -> None:
    a_case(world, reference="F1009")
    a_case(world, reference="77001", family_key="F100")
    a_case(world, reference="77002", family_key="F100")
    page = readable(browse("tess").get("/search?for=F100"))
    begin, family = page.index("References that begin so"), page.index("Cases of this family")
    assert begin < page.index("F1009") < family < page.index("77001") < page.index("77002")


def test_a_case_stands_once_though_found_in_two_ways(world: World, browse: Browsing) -> None:
    a_case(world, reference="F1009", family_key="F100")
    page = readable(browse("tess").get("/search?for=F100"))
    assert page.count("F1009") == 1


@pytest.mark.parametrize(("who", "lot"), [("tess", "South"), ("tess", "Moor"), ("priya", "North")])
def test_a_case_that_is_not_ones_own_answers_as_absent(
    world: World, browse: Browsing, who: str, lot: str
) -> None:
    a_case(world, lot, reference="88001", family_key="FAM8")
    theirs = readable(browse(who).get("/search?for=88001"))
    absent = readable(browse(who).get("/search?for=99001"))
    assert theirs.replace("88001", "99001") == absent
    assert "No case found" in readable(browse(who).get("/search?for=FAM8"))


def test_a_practitioner_finds_their_own_case(world: World, browse: Browsing) -> None:
    case_id = an_allocated_case(world, "priya", reference="88001")
    answer = browse("priya").client.get("/search?for=88001")
    assert answer.headers["location"] == f"/cases/{case_id}"
    assert "No case found" in readable(browse("pete").get("/search?for=88001"))


@pytest.mark.parametrize("who", ["carl", "alan", "ada"])
def test_roles_without_casework_have_no_search(world: World, browse: Browsing, who: str) -> None:
    browse(who).get("/search?for=1", 403)
    assert 'action="/search"' not in browse(who).get("/")


def test_the_search_stands_on_every_page_of_those_who_see_cases(browse: Browsing) -> None:
    for address in ("/", "/cases", "/account"):
        assert 'action="/search"' in browse("tess").get(address)


def test_nothing_typed_says_what_to_type(browse: Browsing) -> None:
    assert "opens its case" in readable(browse("tess").get("/search"))
    assert "opens its case" in readable(browse("tess").get("/search?for=+"))


@pytest.mark.parametrize("typed", ["1%00", "x" * 41, "%E2%80%AE1"])
def test_what_no_reference_looks_like_is_said(browse: Browsing, typed: str) -> None:
    assert "at most 40 characters" in readable(browse("tess").get(f"/search?for={typed}"))


def test_a_percent_sign_is_taken_literally(world: World, browse: Browsing) -> None:
    a_case(world, reference="100200")
    assert "No case found" in readable(browse("tess").get("/search?for=100%25"))


def test_more_than_a_page_leads_to_the_whole_list(world: World, browse: Browsing) -> None:
    for number in range(52):
        a_case(world, reference=f"5550{number:02}")
    page = browse("tess").get("/search?for=555")
    assert "These are the first 50." in readable(page)
    assert "/cases?show=all&amp;reference=555&amp;sort=reference" in page


def test_two_contracts_may_hold_the_same_reference(world: World, browse: Browsing) -> None:
    mine = a_case(world, reference="4711")
    a_case(world, "Moor", reference="4711")
    assert browse("tess").client.get("/search?for=4711").headers["location"] == f"/cases/{mine}"


def test_a_search_asks_few_questions_and_each_finds_an_index(world: World) -> None:
    a_case(world, reference="24001")
    asked: list[tuple[str, object]] = []
    with world.acting("paula") as uow:
        engine = world.database.engine
        event.listen(
            engine,
            "before_cursor_execute",
            lambda conn, cursor, statement, values, *_: asked.append((statement, values)),
        )
        assert not find_cases(uow, "2400").nothing
        selects = [one for one in asked if one[0].startswith("SELECT")]
        assert len(selects) == 4
        if world.database.is_sqlite:
            connection = uow.session.connection()
            for statement, values in selects:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                (found,) = [line for *_, line in plan if " cases " in line]
                assert "(reference" in found or "AND family_key" in found, plan
