"""Handovers: the checklist and the council's acceptance."""

from datetime import timedelta

import pytest

from app.agreements.handovers.models import Handover, HandoverTick
from app.cases.register.models import Case
from app.cases.scope.models import LedgerPosting
from app.cases.states import CaseState
from app.plans.rules import Outcome
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers import an_authorised_case
from tests.makers_agreements import (
    a_closure,
    a_flag,
    a_handover_to_accept,
    a_plan,
    a_proposal,
    agree,
    an_agreed_case,
    request,
)
from tests.world import TODAY, MovingClock, World

TICKS = {"_version": "1", "chronology_current_on": "20/11/2026", "family_told_on": "19/11/2026"}


def test_the_council_accepts_and_the_case_counts_as_cleared(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    dina = browse("dina")
    assert "Receiving worker" in dina.get(f"/cases/{case_id}/handover")
    page = dina.follow(f"/cases/{case_id}/handover/accept", receiving_worker="Jo Lane")
    assert "Jo Lane" in page
    case, handover = world.row(Case, case_id), world.rows(Handover)[0]
    assert (case.state, case.outcome, case.ended_on) == (CaseState.HANDED_OVER, "cin_plan", TODAY)
    assert (handover.receiving_worker, handover.accepted_by) == ("Jo Lane", world.user("dina"))
    assert [(p.term.value, p.cases) for p in world.rows(LedgerPosting)] == [
        ("opening", 1),
        ("cleared", -1),
    ]
    assert {e.subject for e in world.rows(TrailEntry, act="handover.accept")} >= {
        "cases",
        "case_moves",
        "allocations",
        "handovers",
        "ledger_postings",
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [("tess", 403), ("priya", 403), ("paula", 403), ("carl", 403), ("omar", 404), ("eve", 403)],
)
def test_the_agency_and_other_lots_cannot_accept(
    world: World, browse, who: str, status: int
) -> None:
    case_id = a_handover_to_accept(world)
    browse(who).post(f"/cases/{case_id}/handover/accept", status, receiving_worker="Jo Lane")
    assert world.row(Case, case_id).state is CaseState.AGREED


def test_the_councils_project_manager_may_accept_too(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    browse("hana").post(f"/cases/{case_id}/handover/accept", receiving_worker="Jo Lane")
    assert world.row(Case, case_id).state is CaseState.HANDED_OVER


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_the_receiving_worker_is_named(world: World, browse, name: str) -> None:
    case_id = a_handover_to_accept(world)
    page = browse("dina").post(f"/cases/{case_id}/handover/accept", 422, receiving_worker=name).text
    assert 'href="#receiving_worker"' in page
    assert world.row(Case, case_id).state is CaseState.AGREED


def test_an_incomplete_checklist_is_refused_in_words(world: World, browse) -> None:
    case_id = an_agreed_case(world)
    dina = browse("dina")
    page = readable(dina.get(f"/cases/{case_id}/handover"))
    assert "once every check is met" in page
    answer = dina.post(f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane")
    assert "not requested yet" in readable(answer.text)
    answer = browse("priya").post(f"/cases/{case_id}/handover/request", 409, asked_of="Ann Field")
    refused = readable(answer.text)
    assert "The chronology is not marked as current." in refused
    assert "It is not recorded that the family was told." in refused
    assert world.rows(Handover)[0].requested_at is None


def test_a_child_not_seen_lately_holds_the_handover_up(
    world: World, browse, clock: MovingClock
) -> None:
    case_id = a_handover_to_accept(world)
    clock.move(days=40)
    answer = browse("dina").post(
        f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane"
    )
    assert "the contract asks for 20 at most" in answer.text
    assert world.row(Case, case_id).state is CaseState.AGREED


def test_an_open_flag_holds_the_handover_up(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    a_flag(world, world.row(Case, case_id).reference)
    answer = browse("dina").post(
        f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane"
    )
    assert readable(answer.text).count("A safeguarding flag is open on this case.") == 1


def test_a_plan_changed_after_agreement_closes_the_handover(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    a_plan(world, case_id, rationale="Other words")
    answer = browse("dina").post(
        f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane"
    )
    assert "No agreed handover" in answer.text
    assert "No handover waits" in browse("dina").get("/handovers")
    browse("priya").post(f"/cases/{case_id}/propose")
    agree(world, 2)
    assert len(world.rows(Handover)) == 2
    answer = browse("dina").post(
        f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane"
    )
    assert "not requested yet" in answer.text
    answer = browse("priya").post(f"/cases/{case_id}/handover/request", 409, asked_of="Ann Field")
    assert "The chronology is not marked" in answer.text


def test_an_older_handover_does_not_wait_once_a_closure_is_agreed(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    a_plan(world, case_id, Outcome.CLOSE_NFA)
    a_closure(world, case_id)
    browse("priya").post(f"/cases/{case_id}/propose")
    agree(world, 2)
    assert world.row(Case, case_id).state is CaseState.AGREED
    browse("dina").get(f"/cases/{case_id}/handover", 409)
    assert "No handover waits" in browse("dina").get("/handovers")
    browse("dina").post(f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane")


@pytest.mark.parametrize("who", ["priya", "tess"])
def test_the_checklist_is_ticked_by_the_team(world: World, browse, who: str) -> None:
    case_id = an_agreed_case(world)
    page = browse(who).follow(f"/cases/{case_id}/handover/checklist", **TICKS)
    assert "Not met" not in page
    ticks = {tick.item.value: (tick.done_on, tick.by_user_id) for tick in world.rows(HandoverTick)}
    assert ticks == {
        "chronology_current": (TODAY, world.user(who)),
        "family_told": (TODAY - timedelta(days=1), world.user(who)),
    }


def test_a_tick_can_be_taken_back(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    version = world.rows(Handover)[0].version
    sent = TICKS | {"_version": str(version), "chronology_current_on": ""}
    assert "Not met" in browse("tess").follow(f"/cases/{case_id}/handover/checklist", **sent)
    (left,) = world.rows(HandoverTick)
    assert (left.item.value, left.by_user_id) == ("family_told", world.user("tess"))
    answer = browse("dina").post(
        f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane"
    )
    assert "The chronology is not marked as current." in readable(answer.text)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"chronology_current_on": "21/11/2026"}, "21 Nov 2026 has not come yet."),
        ({"family_told_on": "01/01/2020"}, "1 Jan 2020 is before the referral"),
        ({"family_told_on": "soon"}, "Write the date as day, month and year"),
    ],
)
def test_a_wrong_day_is_shown_again(
    world: World, browse, wrong: dict[str, str], sentence: str
) -> None:
    case_id = an_agreed_case(world)
    sent = TICKS | wrong
    page = browse("priya").post(f"/cases/{case_id}/handover/checklist", 422, **sent).text
    assert sentence in readable(page)
    assert world.rows(HandoverTick) == []


def test_two_who_tick_at_once_see_each_other(world: World, browse) -> None:
    case_id = an_agreed_case(world)
    browse("tess").post(f"/cases/{case_id}/handover/checklist", **TICKS)
    page = browse("priya").post(f"/cases/{case_id}/handover/checklist", 409, **TICKS).text
    assert f'href="/cases/{case_id}/handover">Open the page again' in page
    assert "saved it first" in page
    assert "19 Nov 2026" in page


@pytest.mark.parametrize(("who", "status"), [("dina", 403), ("pete", 404), ("tara", 404)])
def test_others_cannot_tick(world: World, browse, who: str, status: int) -> None:
    case_id = an_agreed_case(world)
    browse(who).post(f"/cases/{case_id}/handover/checklist", status, **TICKS)


def test_the_list_puts_what_waits_beside_what_each_team_can_take(world: World, browse) -> None:
    waiting, done = an_agreed_case(world), a_handover_to_accept(world)
    browse("dina").post(f"/cases/{done}/handover/accept", receiving_worker="Jo Lane")
    page = readable(browse("dina").get("/handovers"))
    assert "North locality North 1 1 6 5" in page
    assert world.row(Case, waiting).reference in page
    assert "Not requested yet" in page
    assert "No handover waits" in browse("omar").get("/handovers")
    browse("carl").get("/handovers", 403)


def test_what_is_asked_of_the_council_is_shown_apart_from_what_is_still_prepared(
    world: World, browse
) -> None:
    prepared = an_agreed_case(world)
    asked, questioned = a_handover_to_accept(world), a_handover_to_accept(world)
    dina = browse("dina")
    dina.post(f"/cases/{questioned}/handover/ask", question="Who told the school?")
    every, to_accept = (
        readable(dina.get(f"/handovers?show={show}")) for show in ("x", "to-accept")
    )
    references = [world.row(Case, one).reference for one in (prepared, asked, questioned)]
    assert [one in every for one in references] == [True, True, True]
    assert [one in to_accept for one in references] == [False, True, False]
    assert "Handovers to accept 1" in readable(dina.get("/"))
    browse("priya").post(f"/cases/{questioned}/handover/answer", answer="The head teacher did.")
    assert "Handovers to accept 2" in readable(dina.get("/"))
    assert "No handover waits for the council" in browse("omar").get("/handovers?show=to-accept")


def test_another_authority_takes_a_case_without_a_receiving_team(world: World, browse) -> None:
    case_id = agree(world, a_proposal(world, outcome=Outcome.OTHER_AUTHORITY))
    request(world, case_id)
    assert "Another authority" in browse("hana").get("/handovers")
    browse("hana").post(f"/cases/{case_id}/handover/accept", receiving_worker="Duty desk, Westmere")
    assert world.row(Case, case_id).outcome == "other_authority"
    assert [p.term.value for p in world.rows(LedgerPosting)][-1] == "cleared"


def test_a_case_without_agreed_handover_has_no_such_page(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    browse("priya").get(f"/cases/{case_id}/handover", 409)
    browse("pete").get(f"/cases/{case_id}/handover", 404)
    closing = an_agreed_case(world, Outcome.CLOSE_NFA)
    browse("dina").get(f"/cases/{closing}/handover", 409)


def test_an_accepted_handover_is_not_accepted_again(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    dina = browse("dina")
    for _ in range(2):
        dina.post(f"/cases/{case_id}/handover/accept", _key="one", receiving_worker="Jo Lane")
    dina.post(f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane")
    assert len(world.rows(LedgerPosting)) == 2


def test_last_weeks_handovers_do_not_use_this_weeks_intake(
    world: World, browse, clock: MovingClock
) -> None:
    case_id = a_handover_to_accept(world)
    browse("dina").post(f"/cases/{case_id}/handover/accept", receiving_worker="Jo Lane")
    clock.now += timedelta(days=1)
    assert "North locality North 0 0 6 6" in readable(browse("dina").get("/handovers"))


def test_another_authority_has_a_row_so_that_the_rows_add_up_to_what_waits(
    world: World, browse
) -> None:
    a_handover_to_accept(world)
    an_agreed_case(world, Outcome.OTHER_AUTHORITY)
    for key in ("dina", "hana"):
        page = readable(browse(key).get("/"))
        assert "Handovers to accept 1" in page
        assert 'href="/handovers?show=to-accept"' in browse(key).get("/")
        assert "North locality North 0 1 " in page
        assert "Another authority North 0 1 – –" in page
    assert "Another authority North 1 0 – –" in readable(browse("dina").get("/handovers"))
