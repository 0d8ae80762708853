"""Training: sessions with who came, and system problems found, fixed and looked at again."""

from typing import Any

import pytest
from sqlmodel import select

from app.access.models import UserLot
from app.assurance.training.models import SystemProblem, TrainingAttendance, TrainingSession
from app.contract.models import Contract
from tests.browse import readable
from tests.questions import questions
from tests.world import World


def sent(world: World, **facts: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "contract_id": world.contract(),
        "held_on": "19/11/2026",
        "topic": "system",
        "title": "Recording visits without losing them",
        "minutes": 90,
        "workers": [world.practitioner("priya"), world.practitioner("pete")],
        "council_people": 4,
    }
    return values | facts


def test_a_session_and_who_came_are_kept_and_counted(world: World, browse) -> None:
    tess = browse("tess")
    tess.post("/training/new", **sent(world))
    page = readable(tess.get("/training"))
    assert "19 Nov 2026 Recording visits without losing them" in page
    assert "Tess Oyelaran 90 2 4" in page
    assert "Pete Holm 1 90 Priya Nair 1 90" in page
    assert len(world.rows(TrainingAttendance)) == 2
    council = readable(browse("carl").get("/training"))
    assert "Sessions 1 1 hours" in council
    assert "Priya Nair" not in council
    assert "No session yet" in browse("eve").get("/training")


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"held_on": "21/11/2026"}, "21 Nov 2026 lies ahead."),
        ({"minutes": "481"}, "Write minutes from 1 to 480."),
        ({"workers": [], "council_people": 0}, "people came, of both sides together."),
        ({"workers": ["3"]}, "Choose workers of the list."),
        ({"title": ""}, "Enter the title."),
    ],
)
def test_a_session_that_cannot_have_been_is_shown_again(
    world: World, browse, faulty: dict[str, Any], words: str
) -> None:
    answer = browse("tess").post("/training/new", 422, **sent(world) | faulty)
    assert words in readable(answer.text)
    assert world.rows(TrainingSession) == []


def test_somebody_of_no_lot_finds_nothing_to_choose(world: World, browse) -> None:
    with world.setting_up() as uow:
        for row in uow.session.exec(select(UserLot).where(UserLot.user_id == world.user("tess"))):
            uow.remove(row)
    for path in ("/training", "/training/new", "/training/problems/new"):
        assert world.row(Contract, world.contract()).name not in browse("tess").get(path)


def test_a_problem_is_found_fixed_by_the_council_and_looked_at_again(world: World, browse) -> None:
    tess, hana = browse("tess"), browse("hana")
    tess.post("/training/new", **sent(world))
    (session,) = world.rows(TrainingSession)
    found = {"contract_id": world.contract(), "area": "forms", "session_id": session.id}
    tess.post("/training/problems/new", **found, words="The visit form loses its date")
    (problem,) = world.rows(SystemProblem)
    address = f"/training/problems/{problem.id}"
    tess.get(f"{address}/fix", 403)
    tess.post(f"{address}/holds", 409)
    assert "Enter what was done." in readable(hana.post(f"{address}/fix", 422, fix="").text)
    hana.post(f"{address}/fix", fix="Patched on the test system first")
    hana.post(f"{address}/fix", 409, fix="Again")
    assert "Fixed, to look at again" in readable(tess.get("/training"))
    tess.post(f"{address}/returns")
    assert "came back once" in readable(hana.get("/training"))
    browse("dina").post(f"{address}/fix", fix="Vendor update")
    tess.post(f"{address}/holds")
    page = readable(tess.get("/training"))
    assert "Vendor update. 20 Nov 2026, Dina Ferris. Looked at again 20 Nov 2026, Tess" in page
    assert "Problems: solved 1" in page
    council = readable(browse("carl").get("/training"))
    assert "Vendor update. 20 Nov 2026. Looked at again 20 Nov 2026 –" in council
    assert not [name for name in ("Tess Oyelaran", "Dina Ferris", "Hana Lowe") if name in council]
    hana.post(f"{address}/holds", 403)
    browse("eve").post(f"{address}/fix", 404, fix="x")
    browse("eve").get(f"{address}/fix", 404)
    browse("eve").post("/training/problems/new", 404, **found, words="x")


def test_the_page_takes_few_questions(world: World, browse) -> None:
    browse("tess").post("/training/new", **sent(world))
    with questions(world) as asked:
        browse("tess").get("/training")
    assert len(asked) <= 12
    browse("alan").get("/training", 403)
