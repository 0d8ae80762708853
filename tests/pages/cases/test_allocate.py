"""Allocating a case and changing who holds it."""

from datetime import timedelta

import pytest

from app.cases.register.models import Allocation, Case
from app.people.models import Practitioner
from app.work.models import TrailEntry
from tests.browse import Browse, readable
from tests.makers import a_case, an_allocated_case
from tests.world import TODAY, World


def test_a_team_manager_allocates_a_case_and_is_sent_to_its_page(world: World, browse) -> None:
    case_id = a_case(world)
    tess: Browse = browse("tess")
    page = tess.get(f"/cases/{case_id}/allocate")
    assert "Priya Nair" in page
    answer = tess.post(
        f"/cases/{case_id}/allocate", practitioner_id=str(world.practitioner("priya"))
    )
    assert answer.headers["location"] == f"/cases/{case_id}"
    case = world.row(Case, case_id)
    assert (case.state.value, case.practitioner_id) == ("allocated", world.practitioner("priya"))
    assert [(a.role.value, a.ends_on) for a in world.rows(Allocation)] == [("primary", None)]
    assert {e.subject for e in world.rows(TrailEntry, act="case.allocate")} == {
        "cases",
        "case_moves",
        "allocations",
    }


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 404), ("dina", 403), ("carl", 403), ("tara", 404), ("eve", 404)]
)
def test_others_cannot_allocate(world: World, browse, who: str, status: int) -> None:
    case_id = a_case(world)
    chosen = str(world.practitioner("priya"))
    expected = 403 if who == "priya" else status
    browse(who).post(f"/cases/{case_id}/allocate", expected, practitioner_id=chosen)
    assert world.row(Case, case_id).state.value == "unallocated"


def test_nobody_signed_in_is_asked_to_sign_in(world: World, browse) -> None:
    case_id = a_case(world)
    answer = browse().post(f"/cases/{case_id}/allocate", 401, practitioner_id="1")
    assert "Nothing was saved yet" in readable(answer.text)
    assert world.row(Case, case_id).practitioner_id is None


def test_a_case_held_by_somebody_cannot_be_allocated_again(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    chosen = str(world.practitioner("pete"))
    answer = browse("tess").post(f"/cases/{case_id}/allocate", 409, practitioner_id=chosen)
    assert "allocated" in readable(answer.text)
    assert world.row(Case, case_id).practitioner_id == world.practitioner("priya")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Choose the practitioner."),
        ({"practitioner_id": "sam"}, "Choose someone who works in this lot."),
        ({"practitioner_id": "priya", "co_worker_id": "priya"}, "Choose someone other than"),
        ({"practitioner_id": "1e3"}, "Choose one of the list."),
        ({"practitioner_id": "priya", "role": "admin"}, "an answer it did not ask for"),
    ],
)
def test_wrong_answers_are_shown_again_with_a_message(
    world: World, browse, answers: dict[str, str], sentence: str
) -> None:
    case_id = a_case(world)
    people = world.ids["practitioners"]
    sent = {name: str(people.get(value, value)) for name, value in answers.items()}
    answer = browse("tess").post(f"/cases/{case_id}/allocate", 422, **sent)
    assert sentence in readable(answer.text)
    assert world.row(Case, case_id).state.value == "unallocated"


def test_a_worker_who_has_left_cannot_be_given_a_case(world: World, browse) -> None:
    case_id = a_case(world)
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).ends_on = TODAY - timedelta(days=1)
    tess, chosen = browse("tess"), str(world.practitioner("pete"))
    answer = tess.post(f"/cases/{case_id}/allocate", 422, practitioner_id=chosen)
    assert "Pete Holm cannot hold this case: " in readable(answer.text)
    assert world.row(Case, case_id).practitioner_id is None


def test_a_worker_who_is_not_qualified_cannot_hold_an_assessment(world: World, browse) -> None:
    case_id = a_case(world)
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).qualified = False
    chosen = str(world.practitioner("pete"))
    answer = browse("tess").post(f"/cases/{case_id}/allocate", 422, practitioner_id=chosen)
    assert "cannot hold this case" in readable(answer.text)


def test_a_second_press_of_the_button_allocates_once(world: World, browse) -> None:
    case_id = a_case(world)
    tess = browse("tess")
    sent = {"practitioner_id": str(world.practitioner("priya")), "_key": "one-form"}
    first = tess.post(f"/cases/{case_id}/allocate", **sent)
    second = tess.post(f"/cases/{case_id}/allocate", **sent)
    assert first.headers["location"] == second.headers["location"]
    assert len(world.rows(Allocation, case_id=case_id)) == 1


def test_a_change_of_worker_keeps_the_history_and_its_reason(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    browse("tess").post(
        f"/cases/{case_id}/reallocate",
        practitioner_id=str(world.practitioner("pete")),
        reason="LEFTRL",
    )
    held = [(a.practitioner_id, a.ends_on, a.reason) for a in world.rows(Allocation)]
    assert held[0][:2] == (world.practitioner("priya"), world.clock.now.date())
    assert (held[1][0], held[1][2].value) == (world.practitioner("pete"), "LEFTRL")
    browse("priya").get(f"/cases/{case_id}", 404)
    browse("pete").get(f"/cases/{case_id}")


def test_whoever_stays_goes_on_when_somebody_else_changes(world: World, browse) -> None:
    case_id = a_case(world)
    priya, pete = world.practitioner("priya"), world.practitioner("pete")
    began = world.clock.now.date()
    browse("tess").post(f"/cases/{case_id}/allocate", practitioner_id=str(priya))
    world.clock.move(days=3)
    today = world.clock.now.date()
    browse("tess").post(
        f"/cases/{case_id}/reallocate",
        practitioner_id=str(priya),
        co_worker_id=str(pete),
        reason="MANAGE",
    )
    assert world.row(Case, case_id).allocated_on == began
    assert [
        (a.practitioner_id, a.role.value, a.starts_on, a.ends_on) for a in world.rows(Allocation)
    ] == [(priya, "primary", began, None), (pete, "co_worker", today, None)]


def test_two_who_change_places_begin_anew(world: World, browse) -> None:
    case_id = a_case(world)
    priya, pete = str(world.practitioner("priya")), str(world.practitioner("pete"))
    tess = browse("tess")
    tess.post(f"/cases/{case_id}/allocate", practitioner_id=priya, co_worker_id=pete)
    tess.post(
        f"/cases/{case_id}/reallocate", practitioner_id=pete, co_worker_id=priya, reason="MANAGE"
    )
    held = [(str(a.practitioner_id), a.role.value, bool(a.ends_on)) for a in world.rows(Allocation)]
    assert held == [
        (priya, "primary", True),
        (pete, "co_worker", True),
        (pete, "primary", False),
        (priya, "co_worker", False),
    ]


def test_a_change_of_worker_needs_a_reason(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    chosen = str(world.practitioner("pete"))
    answer = browse("tess").post(f"/cases/{case_id}/reallocate", 422, practitioner_id=chosen)
    assert "Choose the reason for the change." in readable(answer.text)
