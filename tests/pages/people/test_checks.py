"""Recording checks: what is red keeps a worker from cases."""

from datetime import date

import pytest

from app.people import queries as people
from app.people.checks.models import Checks, InductionDone, InductionStep
from app.people.models import Practitioner
from tests.browse import readable
from tests.makers import a_case
from tests.world import TODAY, World

RECORDED = {
    "registration_number": "sw 200 345",
    "registration_expires_on": "2027-11-30",
    "dbs_on": "2026-09-14",
    "references": "2",
    "qualified_on": "2018-07-20",
    "right_to_work_on": "2026-10-05",
    "approved_on": "2026-10-23",
}


@pytest.fixture
def step_id(world: World) -> int:
    with world.setting_up() as uow:
        step = uow.add(
            InductionStep(contract_id=world.contract(), name="The council’s thresholds", position=1)
        )
        assert step.id
        return step.id


def address(world: World, key: str = "pete") -> str:
    return f"/people/{world.practitioner(key)}/checks"


def excluded(world: World, key: str = "pete") -> str | None:
    with world.acting("paula") as uow:
        found = people.candidates(uow, world.lot(), TODAY)
    return next(one.excluded for one in found if one.practitioner_id == world.practitioner(key))


def test_a_worker_of_whom_nothing_is_recorded_cannot_be_allocated_a_case(
    world: World, browse
) -> None:
    case_id = a_case(world)
    with world.setting_up() as uow:
        uow.remove(uow.get(Checks, world.rows(Checks)[1].id))
    assert excluded(world) == "Registration: number not recorded."
    chosen = str(world.practitioner("pete"))
    answer = browse("tess").post(f"/cases/{case_id}/allocate", 422, practitioner_id=chosen)
    assert "number not recorded" in readable(answer.text)
    page = readable(browse("paula").follow(address(world), **RECORDED, _version="0"))
    assert "The checks are saved." in page
    assert "SW200345, until 30 Nov 2027." in page
    assert excluded(world) is None


def test_a_project_manager_records_checks_over_those_there_were(world: World, browse) -> None:
    paula = browse("paula")
    assert 'value="SW1000' in paula.get(address(world))
    sent = RECORDED | {"references": "1", "_version": "1"}
    assert "References: 1 of 2 received." in readable(paula.follow(address(world), **sent))
    assert excluded(world) == "References: 1 of 2 received."
    answer = paula.post(address(world), 409, **sent)
    assert "Someone else changed this" in readable(answer.text)


def test_the_induction_is_ticked_off_and_unticked(world: World, browse, step_id: int) -> None:
    assert excluded(world) == "Induction to do: The council’s thresholds."
    paula = browse("paula")
    paula.post(address(world), **RECORDED, steps=str(step_id), _version="1")
    assert excluded(world) is None
    done = world.rows(InductionDone)
    assert [(one.practitioner_id, one.done_on) for one in done] == [
        (world.practitioner("pete"), TODAY)
    ]
    paula.post(address(world), **RECORDED, _version="2")
    assert world.rows(InductionDone) == []


def test_a_step_of_another_contract_is_none_of_theirs(world: World, browse) -> None:
    answer = browse("paula").post(address(world), 422, **RECORDED, steps="987", _version="1")
    assert "Choose steps of this induction." in readable(answer.text)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"registration_number": "12345"}, "Write the number as SW"),
        ({"dbs_on": "2026-11-21"}, "This is after today, 20 Nov 2026."),
        ({"references": "two"}, "Write a whole number"),
    ],
)
def test_checks_that_cannot_be_are_shown_again(
    world: World, browse, changes: dict[str, str], sentence: str
) -> None:
    answer = browse("paula").post(address(world), 422, **RECORDED | changes, _version="1")
    assert sentence in readable(answer.text)
    assert f'value="{next(iter(changes.values()))}"' in answer.text


def test_two_workers_never_share_a_registration_number(world: World, browse) -> None:
    taken = next(
        one.registration_number
        for one in world.rows(Checks)
        if one.practitioner_id == world.practitioner("priya")
    )
    sent = RECORDED | {"registration_number": taken, "_version": "1"}
    answer = browse("paula").post(address(world), 422, **sent)
    assert "Another worker has this number." in readable(answer.text)


def test_only_a_project_manager_records_checks_and_only_managers_see_them(
    world: World, browse
) -> None:
    for key in ("tess", "priya", "hana", "carl", "ada"):
        browse(key).get(address(world), 403)
        browse(key).post(address(world), 403, **RECORDED)
    for key in ("priya", "dina", "hana", "carl", "alan", "ada"):
        browse(key).get("/people/checks", 403)
    browse("eve").get(address(world), 404)
    browse("eve").post(address(world), 404, **RECORDED)
    browse("tess").get("/people/checks")


def test_what_runs_out_is_listed_first_first(world: World, browse) -> None:
    with world.setting_up() as uow:
        pete = uow.get(Practitioner, world.practitioner("pete"))
        pete.registration_expires_on = date(2026, 12, 31)
        priya = uow.get(Practitioner, world.practitioner("priya"))
        priya.registration_expires_on = date(2026, 11, 13)
    page = readable(browse("tess").get("/people/checks"))
    assert "With a red check 1" in page
    assert "Out of date within 30 days 1" in page
    assert "Out of date within 60 days 2" in page
    assert page.index("13 Nov 2026 Out of date Priya Nair") < page.index("31 Dec 2026 Pete Holm")
    assert "31 Dec 2026" not in readable(browse("tess").get("/people/checks?within=30"))
    assert "Sam Quill" not in page


def test_nothing_that_runs_out_is_said_and_an_empty_lot_too(world: World, browse) -> None:
    paula = browse("paula")
    assert "nothing runs out within 90 days" in readable(paula.get("/people/checks"))
    assert "Nobody works in this lot yet." in paula.get(f"/people/checks?lot={world.lot('Mid')}")


def test_a_project_manager_changes_what_the_induction_asks(
    world: World, browse, step_id: int
) -> None:
    paula, page = browse("paula"), f"/people/induction/{world.contract()}"
    assert "The council’s thresholds" in paula.get(page)
    assert "is a step of the induction already" in readable(
        paula.post(page, 422, name="the council’s Thresholds").text
    )
    paula.post(f"{page}/{step_id}/drop")
    assert "Nothing is asked of new workers yet." in paula.get(page)
    assert excluded(world) is None
    paula.post(page, name="Access to the case system")
    paula.post(page, name="The council’s thresholds")
    assert {(one.name, one.asked) for one in world.rows(InductionStep)} == {
        ("The council’s thresholds", True),
        ("Access to the case system", True),
    }


def test_others_change_no_induction(world: World, browse, step_id: int) -> None:
    page = f"/people/induction/{world.contract()}"
    browse("tess").get(page, 403)
    browse("tess").post(f"{page}/{step_id}/drop", 403)
    browse("eve").get(page, 404)
    browse("eve").post(page, 404, name="Something")
    browse("eve").post(f"/people/induction/{world.contract('Eastmoor')}/{step_id}/drop", 404)
    browse("paula").post(f"/people/induction/{world.contract()}/987/drop", 404)
