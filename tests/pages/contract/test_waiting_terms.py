"""The contract's terms for children without a named worker: versions with their day and reason."""

from datetime import date

import pytest

from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.models import WaitingTerms
from app.contract.rules import Waiting
from tests.browse import readable
from tests.makers_imports import an_importer, list_4
from tests.workbooks import list_4_row
from tests.world import World

TERMS = {
    "review_days": "5",
    "seen_days": "14",
    "escalate_weeks": "2",
    "answer_days": "3",
    "from_on": "1/12/2026",
    "reason": "Schedule 4, 2.3",
}
LATER = (("C3", "Duty team"), ("C4", "Duty, unallocated"), ("C5", "Marsh team"))


def address(world: World, name: str = "Northshire") -> str:
    return f"/contract/{world.contract(name)}/waiting"


def test_terms_hold_from_their_day_and_earlier_ones_are_kept(world: World, browse) -> None:
    hana = browse("hana")
    assert "these are the terms that Clearway begins with" in hana.get(address(world))
    hana.post(address(world), **TERMS, _version="0")
    with world.acting("hana") as uow:
        assert contract.waiting(uow, world.contract()) == Waiting()
    assert "reviews the risk every 7 days" in readable(hana.get("/contract"))
    world.clock.move(days=11)
    with world.acting("hana") as uow:
        assert contract.waiting(uow, world.contract()) == Waiting(5, 14, 2, 3)
    hana = browse("hana")
    hana.post(address(world), **TERMS | {"review_days": "7"}, _version="1")
    page = readable(hana.get(address(world)))
    assert "Version 2, from 1 Dec 2026" in page
    assert "Version 1, from 1 Dec 2026 Hana Lowe" in page
    with world.acting("hana") as uow:
        assert contract.waiting(uow, world.contract()).review_days == 7


def test_a_place_that_the_contract_takes_for_a_worker_is_read_so_from_then_on(
    world: World, browse
) -> None:
    first = list_4_row("C1", c11="Duty team"), list_4_row("C2", c11="Marsh team")
    importer = an_importer(world, browse)
    importer.take(list_4(*first))
    browse("hana").post(
        address(world), **TERMS | {"from_on": "20/11/2026"}, named=["duty", "manager"], _version="0"
    )
    page = readable(browse("hana").get("/contract"))
    assert "A team or a tray in the council’s list is no named worker." in page
    more = [list_4_row(who, c11=worker) for who, worker in LATER]
    importer.take(list_4(*first, *more))
    named = {case.reference: case.council_worker_named for case in world.rows(Case)}
    assert named == {"C1": True, "C2": False, "C3": True, "C4": False, "C5": False}


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"review_days": "0"}, "Write a number from 1 to 28."),
        ({"seen_days": "57"}, "Write a number from 1 to 56."),
        ({"escalate_weeks": "27"}, "Write a number from 1 to 26."),
        ({"answer_days": "x"}, "whole number"),
        ({"from_on": "19/11/2026"}, "19 Nov 2026 is in the past"),
        ({"reason": ""}, "Enter the reason or clause."),
    ],
)
def test_terms_that_nobody_can_mean_are_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    answer = browse("hana").post(address(world), 422, **TERMS | faulty, _version="0")
    assert words in readable(answer.text)
    assert world.rows(WaitingTerms) == []


def test_terms_that_somebody_else_set_first_are_not_overtaken(world: World, browse) -> None:
    hana = browse("hana")
    hana.post(address(world), **TERMS, _version="0")
    answer = hana.post(address(world), 409, **TERMS | {"seen_days": "21"}, _version="0")
    assert "Days within which the child is seen" in readable(answer.text)
    assert [one.from_on for one in world.rows(WaitingTerms)] == [date(2026, 12, 1)]


def test_only_the_council_project_manager_sets_them(world: World, browse) -> None:
    for who in ("paula", "tess", "dina", "carl"):
        browse(who).get(address(world), 403)
        browse(who).post(address(world), 403, **TERMS)
    browse("hana").get(address(world, "Eastmoor"), 404)
    browse("hana").post(address(world, "Eastmoor"), 404, **TERMS)
