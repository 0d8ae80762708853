"""Writing outcome plans."""

import html
import re
from datetime import timedelta

import pytest

from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.plans import service as planning
from app.plans.models import OutcomePlan
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers import a_case, an_allocated_case, an_authorised_case
from tests.makers_agreements import a_closed_case, a_plan, a_proposal, agree, plan_words
from tests.world import TODAY, World


def answers(world: World, **others: str) -> dict[str, str]:
    """A whole form for a child in need plan that began from no plan."""
    return {
        "_version": "0",
        "outcome": "cin_plan",
        "receiving_team_id": str(world.team()),
        "target_on": "11/12/2026",
        "rationale": "The locality team knows the family.",
        "conditions": "",
    } | others


def test_the_practitioner_writes_a_plan_and_then_its_next_version(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    priya = browse("priya")
    assert "No plan is written yet" in priya.get(f"/cases/{case_id}/plan")
    answer = priya.post(f"/cases/{case_id}/plan", **answers(world))
    assert answer.headers["location"] == f"/cases/{case_id}"
    page = priya.get(f"/cases/{case_id}/plan")
    assert 'name="_version" value="1"' in page
    assert "Version 1: Child in need plan" in page
    priya.post(f"/cases/{case_id}/plan", **answers(world, _version="1", conditions="A visit first"))
    plans = world.rows(OutcomePlan, case_id=case_id)
    assert [(plan.number, plan.conditions) for plan in plans] == [(1, ""), (2, "A visit first")]
    assert len({plan.text_hash for plan in plans}) == 2
    assert len(world.rows(TrailEntry, act="plan.write", subject="outcome_plans")) == 2


def test_words_of_any_kind_are_kept_and_shown_as_words(world: World, browse) -> None:
    case_id, priya = an_authorised_case(world), browse("priya")
    said = [
        '<script>alert(1)</script> "><svg onload=alert(1)>',
        "{{7*7}} ${7*7} {% raw %}",
        "'; drop table cases; --",
        "[here](javascript:alert(1)) 100 % _x_",
        "Ysgol Tŷ Ŵyr مرحبا 👩‍👧 e\u0301",
    ]
    priya.post(f"/cases/{case_id}/plan", **answers(world, rationale="\n".join(said)))
    [plan] = world.rows(OutcomePlan)
    assert plan.rationale == "\n".join(said).replace("e\u0301", "\xe9")
    page = priya.get(f"/cases/{case_id}/plan")
    assert not re.search(r"<svg onload|<script>alert|href=.javascript", page)
    shown = html.unescape(page)
    assert all(words in shown for words in plan.rationale.split("\n"))


@pytest.mark.parametrize(
    ("who", "status"), [("dina", 403), ("paula", 403), ("carl", 403), ("tara", 404), ("pete", 404)]
)
def test_others_cannot_write_a_plan(world: World, browse, who: str, status: int) -> None:
    case_id = an_authorised_case(world)
    browse(who).get(f"/cases/{case_id}/plan", status)
    browse(who).post(f"/cases/{case_id}/plan", status, **answers(world))
    assert world.rows(OutcomePlan) == []


def test_a_co_worker_leaves_the_plan_to_the_practitioner(world: World, browse) -> None:
    case_id = an_authorised_case(world, co_worker_id=world.practitioner("pete"))
    with world.setting_up() as uow:
        uow.get(Case, case_id).co_worker_id = world.practitioner("pete")
    answer = browse("pete").post(f"/cases/{case_id}/plan", 409, **answers(world))
    assert "Only the practitioner who holds this case" in answer.text


def test_the_same_words_saved_again_make_no_version_and_void_nothing(world: World, browse) -> None:
    case_id = agree(world, a_proposal(world))
    [plan] = world.rows(OutcomePlan, case_id=case_id)
    same = answers(
        world,
        _version="1",
        target_on=plan.target_on.strftime("%d/%m/%Y"),
        rationale=plan.rationale,
        conditions=plan.conditions,
    )
    page = browse("priya").follow(f"/cases/{case_id}/plan", **same)
    assert "The outcome plan says the same as version 1: nothing changed." in readable(page)
    assert world.rows(OutcomePlan, case_id=case_id) == [plan]
    assert world.row(Case, case_id).state is CaseState.AGREED


def test_a_team_manager_of_the_lot_may_write_it(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    browse("tess").post(f"/cases/{case_id}/plan", **answers(world))
    assert world.rows(OutcomePlan)[0].written_by == world.user("tess")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"outcome": ""}, "Choose the outcome."),
        ({"outcome": "magic"}, "Choose the outcome from the list."),
        ({"rationale": " "}, "Enter the rationale."),
        ({"rationale": "x" * 1001}, "Rationale must be 1000 characters or fewer."),
        ({"target_on": "31/02/2027"}, "February 2027 has 28 days."),
        ({"target_on": "19/11/2026"}, "19 Nov 2026 is in the past."),
        ({"receiving_team_id": ""}, "Choose the team that is to receive the case."),
        ({"receiving_team_id": "9999"}, "Choose a receiving team of the case"),
        ({"outcome": "close_nfa"}, "No team of this council receives a case so ended."),
        (
            {"outcome": "hand_back", "receiving_team_id": ""},
            "Choose why the case is handed back.",
        ),
        (
            {"hand_back_reason": "at_court"},
            "Only a case that is handed back has this reason.",
        ),
    ],
)
def test_a_wrong_plan_is_shown_again_with_what_was_typed(
    world: World, browse, wrong: dict[str, str], sentence: str
) -> None:
    case_id = an_authorised_case(world)
    sent = answers(world, conditions="Keep these words") | wrong
    page = browse("priya").post(f"/cases/{case_id}/plan", 422, **sent).text
    assert sentence in readable(page).replace("’", "'")
    assert "Keep these words" in page
    assert world.rows(OutcomePlan) == []


def test_a_team_of_another_lot_cannot_receive_the_case(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    sent = answers(world, receiving_team_id=str(world.team("South locality")))
    assert (
        "Choose a receiving team"
        in browse("priya").post(f"/cases/{case_id}/plan", 422, **sent).text
    )


def test_before_authorisation_only_a_hand_back_can_be_planned(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    page = browse("priya").get(f"/cases/{case_id}/plan")
    assert "can only be handed back" in page
    assert "cin_plan" not in page
    answer = browse("priya").post(f"/cases/{case_id}/plan", 409, **answers(world))
    assert "only a hand-back can be planned" in answer.text
    hand_back = {"outcome": "hand_back", "receiving_team_id": "", "hand_back_reason": "at_court"}
    answer = browse("priya").post(f"/cases/{case_id}/plan", 422, **answers(world, **hand_back))
    assert "Choose what advice was given." in answer.text
    hand_back |= {"hand_back_advice": "holder_told"}
    browse("priya").post(f"/cases/{case_id}/plan", **answers(world, **hand_back))
    assert world.row(Case, case_id).state.value == "allocated"


def test_an_ended_case_takes_no_plan(world: World, browse) -> None:
    case_id = a_closed_case(world)
    assert "Reopen it" in browse("tess").get(f"/cases/{case_id}/plan", 409)
    assert "Reopen it" in browse("tess").post(f"/cases/{case_id}/plan", 409, **answers(world)).text


def test_a_far_target_is_saved_with_a_warning(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    day = (TODAY + timedelta(days=400)).isoformat()
    browse("priya").post(f"/cases/{case_id}/plan", **answers(world, target_on=day))
    assert len(world.rows(OutcomePlan)) == 1


@pytest.mark.parametrize("agreed", [False, True])
def test_new_words_take_back_what_was_proposed_or_agreed(
    world: World, browse, agreed: bool
) -> None:
    proposal_id = a_proposal(world)
    case_id = world.row(Proposal, proposal_id).case_id
    if agreed:
        agree(world, proposal_id)
    page = browse("priya").get(f"/cases/{case_id}/plan")
    assert "has to be proposed and agreed again" in page
    browse("priya").post(f"/cases/{case_id}/plan", **answers(world, _version="1"))
    assert world.row(Case, case_id).state.value == "authorised"
    brief = browse("dina").get(f"/agreements/{proposal_id}")
    assert ("Overtaken" in brief, "By Dina Ferris" in brief) == (not agreed, agreed)


def test_two_who_save_at_once_see_mine_theirs_and_what_both_began_from(
    world: World, browse
) -> None:
    case_id = an_authorised_case(world)
    a_plan(world, case_id, rationale="What both began from")
    a_plan(world, case_id, by="tess", rationale="What Tess saved meanwhile")
    sent = answers(world, _version="1", rationale="What Priya typed")
    page = readable(browse("priya").post(f"/cases/{case_id}/plan", 409, **sent).text)
    assert "Tess Oyelaran saved it first" in page
    for words in ("What both began from", "What Tess saved meanwhile", "What Priya typed"):
        assert words in page
    assert page.count("North locality") == 3
    assert len(world.rows(OutcomePlan)) == 2


def test_a_double_press_writes_one_version(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    priya = browse("priya")
    for _ in range(2):
        priya.post(f"/cases/{case_id}/plan", _key="the-same-key", **answers(world))
    assert len(world.rows(OutcomePlan)) == 1


def test_long_and_foreign_words_are_kept_letter_by_letter(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    words = "Ağaç <b>not bold</b>\nOutcome: forged " + "lang" * 100
    browse("priya").post(f"/cases/{case_id}/plan", **answers(world, rationale=words))
    assert world.rows(OutcomePlan)[0].rationale == words
    assert "<b>not bold" not in browse("priya").get(f"/cases/{case_id}/plan")


def test_a_case_never_seen_by_its_reader_has_no_plan_page(world: World, browse) -> None:
    browse("priya").get(f"/cases/{a_case(world, 'South')}/plan", 404)
    browse("tess").get("/cases/999999/plan", 404)


def test_the_service_refuses_a_plan_begun_from_nothing_where_there_is_one(world: World) -> None:
    case_id = an_authorised_case(world)
    a_plan(world, case_id)
    with world.acting("priya") as uow, pytest.raises(planning.Conflict) as refused:
        planning.write(uow, case_id, plan_words(world), began_from=0)
    assert refused.value.base == {}
