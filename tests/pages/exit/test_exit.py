"""The exit strategy: its steps, what is not ready, and the residual list."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from app.access.roles import Organisation
from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.actions import service as actions
from app.cases.actions.rules import Source, Wanted, What
from app.cases.register import service as register
from app.cases.register.models import Case, ResidualReceiver
from app.contract.models import Lot
from app.exit.steps import service
from app.exit.steps.models import ExitStep, GateSignature
from app.exit.steps.queries import words_of
from app.kernel.errors import Refused
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_flag
from tests.makers_delivery import a_cleared_case
from tests.makers_exit import an_exit_plan
from tests.questions import questions
from tests.world import TODAY, World

STEP = {
    "number": "15",
    "title": "Laptops returned",
    "workstream": "systems",
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
        assert "Exit strategy agreed by both sides Gate Governance 30 Nov 2026" in page
    for address in ("/exit", "/exit/outlook"):
        with questions(world) as asked:
            browse("hana").get(address)
        assert sum("receiver_counters" in one for one in asked) == 1, address
        assert not any("residual_receivers" in one for one in asked), address
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


def _words(page: str, step_id: int, side: str) -> str:
    form = page.split(f'action="/exit/steps/{step_id}/agree/{side}"')[1].split("</form>")[0]
    return re.search(r'name="words" value="(\w+)"', form)[1]


def test_a_gate_is_passed_when_both_sides_have_agreed_to_the_same_words(
    world: World, browse
) -> None:
    an_exit_plan(world)
    paula, hana, gate = browse("paula"), browse("hana"), _step(world, 5).id
    assert "both sides have agreed" in readable(
        paula.post(f"/exit/steps/{gate}/done", 409, _version="1").text
    )
    words = _words(paula.get("/exit"), gate, "agency")
    answer = paula.post(f"/exit/steps/{gate}/agree/agency", 409, words=words)
    assert "not yet: 1, 2, 3, 4" in readable(answer.text)
    for number in (1, 2, 3, 4):
        step = _step(world, number).id
        if number == 1:
            first = _words(hana.get("/exit"), step, "council")
            hana.post(f"/exit/steps/{step}/agree/council", words=first)
            assert _step(world, 1).done_on is None
            hana.post(f"/exit/steps/{step}/agree/council", 409, words=first)
            paula.post(f"/exit/steps/{step}/agree/agency", words=first)
            assert _step(world, 1).done_by == world.user("paula")
        else:
            paula.post(f"/exit/steps/{step}/done", _version="1")
    paula.post(f"/exit/steps/{gate}/agree/agency", words=words)
    page = readable(hana.get("/exit"))
    assert "Agreed for the agency by Paula Marsh" in page
    assert "Not the words that were agreed" not in page
    hana.post(f"/exit/steps/{gate}/agree/council", words=words)
    assert _step(world, 5).done_on == date(2026, 11, 20)
    answer = paula.post(f"/exit/steps/{_step(world, 2).id}/undone", 409, _version="2")
    assert "Gate 5 has been passed" in readable(answer.text)
    answer = paula.post(f"/exit/steps/{gate}", 409, **STEP | {"number": "5"}, _version="2")
    assert "Both sides have agreed to this gate" in readable(answer.text)
    hana.post(f"/exit/steps/{gate}/undone", _version="2")
    assert _step(world, 5).done_on is None
    # Nobody takes the other side's word back.
    [left] = world.rows(GateSignature, step_id=gate)
    assert left.organisation is Organisation.AGENCY
    answer = hana.post(f"/exit/steps/{gate}/undone", 409, _version="3")
    assert "nobody takes back the other" in answer.text
    assert world.rows(GateSignature, step_id=gate) == [left]
    hana.post(f"/exit/steps/{gate}/agree/council", words=words)
    assert _step(world, 5).done_on == date(2026, 11, 20)


def test_nobody_agrees_for_the_other_side_or_to_words_that_were_changed(
    world: World, browse
) -> None:
    an_exit_plan(world)
    gate = _step(world, 1).id
    words = _words(browse("paula").get("/exit"), gate, "agency")
    browse("paula").post(f"/exit/steps/{gate}/agree/council", 403, words=words)
    browse("hana").post(f"/exit/steps/{gate}/agree/agency", 403, words=words)
    browse("eve").post(f"/exit/steps/{gate}/agree/agency", 404, words=words)
    answer = browse("paula").post(f"/exit/steps/{gate}/agree/agency", 422, words="x" * 65)
    assert "must be 64 characters or fewer" in readable(answer.text)
    browse("paula").post(f"/exit/steps/{gate}/agree/agency", words=words)
    changed = STEP | {"number": "1", "title": "Exit strategy agreed again", "gate": "yes"}
    browse("paula").post(f"/exit/steps/{gate}", **changed, _version="1")
    assert world.rows(GateSignature) == []
    answer = browse("hana").post(f"/exit/steps/{gate}/agree/council", 409, words=words)
    assert "Exit strategy agreed again" in readable(answer.text)
    assert world.rows(GateSignature) == []
    step = _step(world, 2).id
    browse("hana").post(f"/exit/steps/{step}/agree/council", 409, words=words)


def test_both_sides_who_agree_at_once_pass_the_gate_once(world: World) -> None:
    an_exit_plan(world)
    gate = _step(world, 1).id
    with world.acting("paula") as uow:
        words = words_of(uow.get(ExitStep, gate))
    start = Barrier(2)

    def agree(key: str, side: Organisation) -> None:
        with world.acting(key) as uow:
            start.wait()
            service.agree_gate(uow, gate, side, words)

    both = (("paula", Organisation.AGENCY), ("hana", Organisation.COUNCIL))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: agree(*one), both))
    assert _step(world, 1).done_on == date(2026, 11, 20)
    assert len(world.rows(GateSignature, step_id=gate)) == 2


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
    assert "Child in need plan North locality Nobody Name one" in readable(page)
    assert "Close with no further action – Nobody" in readable(page)
    assert "No plan yet – Nobody" in readable(page)
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
    assert len(links) == 18
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
        reopening.reopen(uow, case_id, ReopenReason.RE_REFERRAL)
    assert "1 case" in readable(browse("dina").get("/exit/residual?way=none"))


def test_a_commissioner_and_a_team_manager_read_counts_alone(world: World, browse) -> None:
    a_case(world)
    for key in ("carl", "tess"):
        page = browse(key).get("/exit")
        assert "North 1 0 0 0 1 1" in readable(page)
        assert "/exit/residual" not in page
        browse(key).get("/exit/residual", 403)


def test_the_council_names_who_takes_over_what_is_left(world: World, browse) -> None:
    planned, other = a_case(world), a_case(world)
    _planned(world, planned, Outcome.CIN_PLAN)
    south = a_case(world, "South")
    dina, many = browse("dina"), f"/exit/residual/lots/{world.lot()}"
    answers = {"receiving_team_id": world.team(), "person": "Jo Lane", "which": "planned"}
    assert "2 open cases of this lot have no named receiver" in readable(dina.get(many))
    assert "A receiver is named for 1 case." in dina.follow(many, **answers)
    dina.post(many, 409, **answers)
    [row] = world.rows(ResidualReceiver)
    assert (row.case_id, row.person, row.named_by) == (planned, "Jo Lane", world.user("dina"))
    assert "1 case" in readable(dina.get("/exit/residual?receiver=none"))
    one = f"/exit/residual/cases/{other}"
    assert "Name a person" in readable(
        dina.post(one, 422, receiving_team_id=world.team(), person="12").text
    )
    elsewhere = world.team("South locality")
    assert "team of the case" in readable(
        dina.post(one, 422, receiving_team_id=elsewhere, person="Jo Lane").text
    )
    page = dina.follow(one, receiving_team_id=world.team(), person="Kit Moss")
    assert "Kit Moss, North locality" in readable(page)
    dina.follow(one, receiving_team_id=world.team(), person="Lee Ash")
    assert 'value="Lee Ash"' in dina.get(one)
    dina.post(f"/exit/residual/cases/{south}", 404, receiving_team_id=elsewhere, person="Jo")
    for key in ("paula", "tess", "carl"):
        browse(key).post(one, 403, receiving_team_id=world.team(), person="Jo Lane")
        browse(key).post(many, 403, **answers)
    page = readable(browse("hana").get("/exit"))
    assert "North 2 1 0 0 1 0" in page
    assert "South 1 0 0 0 1 1" in page


def test_from_eight_weeks_before_the_end_a_case_without_a_receiver_is_red(
    world: World, browse
) -> None:
    an_exit_plan(world)
    a_case(world)
    assert "Missing" not in browse("hana").get("/exit")
    world.clock.move(days=105)
    page = browse("hana").get("/exit")
    assert "1 of 1 open cases have no named receiver" in page
    assert '<a class="govuk-link" href="/exit/residual?receiver=none">' in page
    assert "North 1 0 0 0 1 Missing 1" in readable(page)


def test_nobody_is_named_for_a_case_that_has_ended(world: World, browse) -> None:
    ended = a_cleared_case(world)
    address = f"/exit/residual/cases/{ended}"
    browse("dina").post(address, 409, receiving_team_id=world.team(), person="Jo Lane")
    assert world.rows(ResidualReceiver) == []


def test_what_goes_over_with_the_cases_is_what_its_lists_hold(world: World, browse) -> None:
    an_exit_plan(world)
    left, ended = an_allocated_case(world), an_allocated_case(world)
    for case_id in (left, ended):
        with world.acting("tess") as uow:
            wanted = Wanted(What.SEE_CHILD, world.user("priya"), TODAY, Source.DIRECTION)
            actions.direct(uow, case_id, wanted)
    with world.setting_up() as uow:
        uow.get(Case, ended).ended_on = TODAY
    page = browse("hana").get("/exit/outlook")
    assert "Actions not done 0 1 0" in readable(page)
    assert 'href="/actions?whose=all"' in page
    assert " 1 action " in readable(browse("hana").get("/actions?whose=all"))


def test_what_will_be_left_is_forecast_for_any_end(world: World, browse) -> None:
    an_exit_plan(world)
    for _ in range(4):
        a_case(world)
    a_cleared_case(world, on=date(2026, 11, 12))
    a_flag(world, world.rows(Case)[0].reference)
    hana = browse("hana")
    page = readable(hana.get("/exit/outlook"))
    assert "counted from 5 Mar 2027 on" in page
    asked = readable(hana.get("/exit/outlook?fortnight=yes"))
    assert "to 30 Apr 2027, of what is open now: 0 assessments run out, 0 children" in asked
    assert "North 4 0 0 0 0 0 0 4 0" in page
    assert "Safeguarding flags not answered 0 1 0" in page
    near = readable(hana.get(f"/exit/outlook?on-{world.contract()}=4/12/2026"))
    # Never seen: twenty working days after they came, on 30 November.
    assert "21 Nov 2026 to 4 Dec 2026, of what is open now" in near
    assert "4 children are to be visited again" in near
    assert "visited again" not in hana.get(f"/exit/outlook?on-{world.contract()}=1/1/2012")
    assert "20 Nov 2026 4 1 0 3" in near
    assert "North locality 6 18 0 Room" in near
    assert "was ignored" in hana.get(f"/exit/outlook?on-{world.contract()}=soon")
    seen = browse("carl").get("/exit/outlook")
    assert "/cases?lot" not in seen
    assert "Safeguarding flags not answered 0 c 0" in readable(seen)
    world.clock.move(days=105)
    assert "priorities and 0 risks are to be reviewed" in readable(
        browse("hana").get("/exit/outlook")
    )
    browse("priya").get("/exit/outlook", 403)


def test_a_lot_closes_once_no_case_is_open_and_then_takes_none(world: World, browse) -> None:
    open_case, cleared = a_case(world, reference="STILL1"), a_cleared_case(world)
    north, hana = world.lot(), browse("hana")
    assert "Closes when none is open" in hana.get("/exit")
    refused = readable(hana.post(f"/exit/residual/lots/{north}/close", 409).text)
    assert "Lot North has 1 open case: STILL1. Each is handed over, closed" in refused
    assert world.row(Lot, north).closed_on is None
    with world.acting("paula") as uow:
        register.transfer(uow, open_case, world.lot("Mid"))
    for who, status in (("paula", 403), ("tess", 403), ("omar", 403), ("eve", 403)):
        browse(who).post(f"/exit/residual/lots/{north}/close", status)
    assert "Closed" in readable(hana.follow(f"/exit/residual/lots/{north}/close"))
    assert "closed since 20 Nov 2026" in hana.post(f"/exit/residual/lots/{north}/close", 409).text
    with world.acting("tess") as uow, pytest.raises(Refused, match="no case enters it"):
        reopening.reopen(uow, cleared, ReopenReason.RE_REFERRAL)
    answer = browse("paula").client.post(
        "/imports",
        data={"_key": "closed", "lot_id": north, "listed_on": "2026-11-20"},
        files={"file": ("list.csv", b"Reference\nC1\n")},
    )
    assert (answer.status_code, "no case enters it" in answer.text) == (422, True)
    hana.post(f"/exit/residual/lots/{north}/open")
    assert "is open" in hana.post(f"/exit/residual/lots/{north}/open", 409).text
    with world.acting("tess") as uow:
        reopening.reopen(uow, cleared, ReopenReason.RE_REFERRAL)
