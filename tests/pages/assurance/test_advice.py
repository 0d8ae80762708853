"""Advice to council teams: written down, counted, linked to a case where it is about one."""

from typing import Any

import pytest

from app.assurance.advice.models import Advice
from app.cases.register.models import Case
from tests.browse import readable
from tests.makers import an_allocated_case
from tests.questions import questions
from tests.world import World


def sent(world: World, **facts: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "given_on": "19/11/2026",
        "lot_id": world.lot(),
        "team": "North locality",
        "asker": "manager",
        "topic": "thresholds",
        "question": "Does neglect without injury meet the threshold?",
        "answer": "It may: look at duration and the child’s own words.",
        "minutes": 25,
    }
    return values | facts


def test_advice_is_logged_and_counted(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    reference = world.row(Case, case_id).reference
    priya = browse("priya")
    assert "For example North locality." in priya.get("/advice/new")
    priya.post("/advice/new", **sent(world, reference=reference))
    browse("paula").post("/advice/new", **sent(world, lot_id=world.lot("South"), minutes=40))
    page = readable(browse("dina").get("/advice"))
    assert "19 Nov 2026 North locality, manager (North) Thresholds Does neglect" in page
    assert f"{reference} Priya Nair 25" in page
    assert "Questions answered 1" in page
    assert "Nov 2026 2 65" in readable(browse("hana").get("/advice"))
    assert reference not in browse("pete").get("/advice")
    shown = readable(browse("carl").get("/advice"))
    assert "Nov 2026 2 65" in shown
    assert "neglect" not in shown
    browse("paula").post(f"/cases/{case_id}/transfer", lot_id=world.lot("South"))
    (about,) = world.rows(Advice, case_id=case_id)
    assert about.lot_id == world.lot("South")


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"given_on": "21/11/2026"}, "21 Nov 2026 lies ahead."),
        ({"minutes": "0"}, "Write minutes from 1 to 480."),
        ({"asker": ""}, "Choose who asked."),
        ({"question": "x" * 201}, "200 characters or fewer"),
        ({"reference": "nothing"}, "You see no case of that lot with this reference."),
        ({"answer": " "}, "Enter what was answered."),
    ],
)
def test_advice_that_lacks_something_is_shown_again(
    world: World, browse, faulty: dict[str, Any], words: str
) -> None:
    answer = browse("tess").post("/advice/new", 422, **sent(world) | faulty)
    assert words in readable(answer.text)
    assert world.rows(Advice) == []


def test_who_writes_and_reads_advice(world: World, browse) -> None:
    for who, status in {"dina": 403, "carl": 403, "tara": 404, "eve": 404}.items():
        browse(who).post("/advice/new", status, **sent(world))
    browse("alan").get("/advice", 403)
    assert "Nothing was asked yet" in browse("tess").get("/advice")
    with questions(world) as asked:
        browse("tess").get("/advice?page=%00")
    assert len(asked) <= 10
