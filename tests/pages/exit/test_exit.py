"""The exit strategy: its steps, what is not ready, and the residual list."""

import re
from datetime import date

from app.cases.register import service as register
from app.exit.models import ExitStep
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_cleared_case, an_exit_plan
from tests.world import World

STEP = {
    "number": "15",
    "title": "Laptops returned",
    "due_on": "30/4/2027",
    "agency_owner": "Paula Marsh",
    "council_owner": "Hana Lowe",
}


def _step(world: World, number: int) -> ExitStep:
    [step] = world.rows(ExitStep, contract_id=world.contract(), number=number)
    return step


def _planned(world: World, case_id: int, outcome: Outcome, number: int = 1) -> None:
    team = world.team() if outcome.needs_team else None
    with world.setting_up() as uow:
        uow.add(
            OutcomePlan(
                case_id=case_id,
                lot_id=world.lot(),
                number=number,
                outcome=outcome,
                receiving_team_id=team,
                target_on=date(2027, 1, 8),
                rationale="Assessed",
                written_at=uow.now,
                text_hash="0" * 64,
            )
        )
        register.set_facts(uow, register.find(uow, case_id), planned=outcome.route.value)


def test_the_steps_stand_with_their_owners_and_what_is_late(world: World, browse) -> None:
    an_exit_plan(world)
    for key in ("paula", "tess", "dina", "hana", "carl"):
        page = readable(browse(key).get("/exit"))
        assert "Nothing stands in the way" in page
        assert "Exit strategy agreed by both sides Gate 30 Nov 2026" in page
    world.clock.move(days=11)
    late = readable(browse("paula").get("/exit"))
    assert "Not ready: 1 thing to settle." in late
    assert "Gate 1 was due on 30 Nov 2026" in late
    assert "Overdue" in late


def test_a_contract_without_steps_says_so(world: World, browse) -> None:
    assert "There is no exit strategy yet." in browse("hana").get("/exit")


def test_a_step_is_marked_done_by_somebody_and_opened_again(world: World, browse) -> None:
    an_exit_plan(world)
    hana, step = browse("hana"), _step(world, 2)
    page = readable(hana.follow(f"/exit/steps/{step.id}/done", _version="1"))
    assert "Done 20 Nov 2026, Hana Lowe" in page
    assert (_step(world, 2).done_on, _step(world, 2).done_by) == (
        date(2026, 11, 20),
        world.user("hana"),
    )
    hana.post(f"/exit/steps/{step.id}/undone", _version="2")
    assert _step(world, 2).done_on is None


def test_a_gate_is_passed_only_after_the_steps_before_it(world: World, browse) -> None:
    an_exit_plan(world)
    paula = browse("paula")
    answer = paula.post(f"/exit/steps/{_step(world, 5).id}/done", 409, _version="1")
    assert "not yet: 1, 2, 3, 4" in readable(answer.text)
    for number in range(1, 6):
        paula.post(f"/exit/steps/{_step(world, number).id}/done", _version="1")
    answer = paula.post(f"/exit/steps/{_step(world, 2).id}/undone", 409, _version="2")
    assert "Gate 5 has been passed" in readable(answer.text)


def test_two_people_who_press_at_once_do_not_overwrite_each_other(world: World, browse) -> None:
    an_exit_plan(world)
    address = f"/exit/steps/{_step(world, 2).id}/done"
    browse("paula").post(address, _version="1")
    browse("hana").post(address, 409, _version="1")
    assert _step(world, 2).done_by == world.user("paula")


def test_a_step_is_added_and_changed(world: World, browse) -> None:
    an_exit_plan(world)
    paula = browse("paula")
    address = f"/exit/contracts/{world.contract()}/steps/new"
    assert 'value="15"' in paula.get(address)
    assert "Laptops returned" in paula.follow(address, **STEP)
    step = _step(world, 15)
    assert not step.gate
    assert "Laptops returned" in paula.get(f"/exit/steps/{step.id}")
    paula.post(f"/exit/steps/{step.id}", **STEP | {"gate": "yes"}, _version="1")
    assert _step(world, 15).gate
    answer = paula.post(f"/exit/steps/{step.id}", 409, **STEP, _version="1")
    assert "Laptops returned" in readable(answer.text)


def test_a_step_with_a_taken_number_or_no_title_is_shown_again(world: World, browse) -> None:
    an_exit_plan(world)
    address = f"/exit/contracts/{world.contract()}/steps/new"
    answer = browse("paula").post(address, 422, **STEP | {"number": "3"})
    assert "There is already a step 3" in readable(answer.text)
    answer = browse("paula").post(address, 422, **STEP | {"title": " "})
    assert "Enter the step." in readable(answer.text)
    changed = f"/exit/steps/{_step(world, 4).id}"
    answer = browse("paula").post(changed, 422, **STEP | {"number": "3"}, _version="1")
    assert "There is already a step 3" in readable(answer.text)


def test_others_read_the_strategy_and_change_nothing(world: World, browse) -> None:
    an_exit_plan(world)
    step = _step(world, 2).id
    for key in ("tess", "dina", "carl"):
        for address in (f"/exit/steps/{step}", f"/exit/contracts/{world.contract()}/steps/new"):
            browse(key).get(address, 403)
            browse(key).post(address, 403, **STEP)
        browse(key).post(f"/exit/steps/{step}/done", 403, _version="1")
        assert "Mark done" not in browse(key).get("/exit")
    browse("priya").get("/exit", 403)
    for address in (f"/exit/steps/{step}", f"/exit/contracts/{world.contract()}/steps/new"):
        browse("eve").get(address, 404)
        browse("eve").post(address, 404, **STEP)
    for verb in ("done", "undone"):
        browse("eve").post(f"/exit/steps/{step}/{verb}", 404, _version="1")
        browse("carl").post(f"/exit/steps/{step}/{verb}", 403, _version="1")


def test_every_open_case_stands_with_its_receiver(world: World, browse) -> None:
    to_team, closing, bare = a_case(world), a_case(world), a_case(world)
    _planned(world, to_team, Outcome.CLOSE_NFA)
    _planned(world, to_team, Outcome.CIN_PLAN, number=2)
    _planned(world, closing, Outcome.CLOSE_NFA)
    a_case(world, "South")
    dina = browse("dina")
    page = dina.get("/exit/residual")
    assert "3 cases" in readable(page)
    assert "Child in need plan North locality" in readable(page)
    assert "Close with no further action –" in readable(page)
    assert "No plan yet –" in readable(page)
    assert f"/cases/{bare}" in page
    for way in ("handover", "closure", "none"):
        assert "1 case" in readable(dina.get(f"/exit/residual?way={way}"))
    assert "No open case fits" in dina.get("/exit/residual?way=hand_back")
    assert "No open case fits" in browse("hana").get(
        f"/exit/residual?lot={world.lot('Mid')}&way=closure&page=9"
    )


def test_each_count_of_the_strategy_opens_its_cases(world: World, browse) -> None:
    for outcome in (Outcome.CIN_PLAN, Outcome.CLOSE_NFA):
        _planned(world, a_case(world), outcome)
    a_case(world)
    hana = browse("hana")
    links = re.findall(r'href="(/exit/residual\?lot=[^"]+)">(\d+)</a>', hana.get("/exit"))
    assert len(links) == 15
    for link, number in links:
        page = readable(hana.get(link.replace("&amp;", "&")))
        assert f"{number} case" in page, link


def test_the_home_page_splits_the_open_cases_by_what_is_planned(world: World, browse) -> None:
    for outcome in (Outcome.CIN_PLAN, Outcome.OTHER_AUTHORITY, Outcome.CLOSE_NFA):
        _planned(world, a_case(world), outcome)
    a_case(world)
    hana = browse("hana")
    page = hana.get("/")
    assert (
        "Of 4 open cases: 2 planned to go to a team or authority , 1 planned to close ,"
        " 0 planned to be handed back , 1 no plan yet ."
    ) in readable(page)
    for link, number in re.findall(r'href="(/exit/residual\?way=[^"]+)">(\d+) ', page):
        assert number == "0" or f"{number} case" in readable(hana.get(link)), link


def test_a_plan_from_before_a_case_was_reopened_names_no_receiver(world: World, browse) -> None:
    case_id = a_cleared_case(world, outcome="cin_plan")
    _planned(world, case_id, Outcome.CIN_PLAN)
    with world.acting("tess") as uow:
        register.reopen(uow, case_id, "New referral")
    assert "1 case" in readable(browse("dina").get("/exit/residual?way=none"))


def test_a_commissioner_and_a_team_manager_read_counts_alone(world: World, browse) -> None:
    a_case(world)
    for key in ("carl", "tess"):
        page = browse(key).get("/exit")
        assert "North 1 0 0 0 1" in readable(page)
        assert "/exit/residual" not in page
        browse(key).get("/exit/residual", 403)
