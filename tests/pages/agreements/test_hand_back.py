"""A case that should not have come: handed back in one step, and the pattern by who sent it."""

import re

import pytest

from app.agreements.hand_backs import service
from app.agreements.hand_backs.service import NotOurs
from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from app.cases.scope import queries as scope
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Ledger
from app.cases.states import CaseState
from app.performance import queries as performance
from app.plans.models import OutcomePlan
from app.plans.rules import HandBackAdvice, HandBackReason
from tests.browse import readable
from tests.makers import a_case, an_allocated_case, an_authorised_case
from tests.makers_agreements import a_proposal, agree
from tests.questions import plans, questions
from tests.world import World

ANSWERS = {
    "reason": "below_threshold",
    "evidence": "Contact record of 3 November: no need beyond school support",
    "advice": "early_help",
}


def handed_back(
    world: World,
    team: str = "Marsh Locality Team",
    reason: HandBackReason = HandBackReason.AT_COURT,
    lot: str = "North",
) -> int:
    case_id = a_case(world, lot, source_team=team)
    finding = NotOurs(reason, "Seen in the court list", HandBackAdvice.HOLDER_TOLD)
    with world.acting("tara" if lot == "South" else "tess") as uow:
        proposal_id = service.suggest(uow, case_id, finding)
    return agree(world, proposal_id, "omar" if lot == "South" else "dina")


def test_a_case_is_put_to_the_council_in_one_step(world: World, browse) -> None:
    case_id = a_case(world)
    tess = browse("tess")
    assert f"/cases/{case_id}/hand-back" in tess.get(f"/cases/{case_id}")
    tess.get(f"/cases/{case_id}/hand-back")
    tess.post(f"/cases/{case_id}/hand-back", **ANSWERS, advice_note="Rang the school")
    [plan], [proposal] = world.rows(OutcomePlan), world.rows(Proposal)
    assert (plan.hand_back_reason, plan.hand_back_advice) == (
        HandBackReason.BELOW_THRESHOLD,
        HandBackAdvice.EARLY_HELP,
    )
    assert plan.target_on.isoformat() == "2026-12-04"
    assert "Advice given: The family was pointed to early help. Rang the school" in proposal.text
    assert world.row(Case, case_id).state is CaseState.PROPOSED
    assert "already" in readable(tess.get(f"/cases/{case_id}/hand-back"))
    tess.post(f"/cases/{case_id}/hand-back", 409, **ANSWERS)
    desk = browse("dina").get(f"/agreements/{proposal.id}")
    assert "x refuse, n next" in desk, "nobody takes a case back on conditions"
    page = readable(tess.get(f"/cases/{case_id}"))
    assert "Co-worker Nobody" in page
    assert "Proposed to the District Manager" in page
    assert "Outcome plan proposed" not in page


def test_nobody_gets_an_unallocated_case_while_its_hand_back_waits(world: World, browse) -> None:
    case_id, tess = a_case(world), browse("tess")
    tess.post(f"/cases/{case_id}/hand-back", **ANSWERS)
    assert "Change the worker" not in tess.get(f"/cases/{case_id}")
    chosen = {"practitioner_id": str(world.practitioner("pete")), "reason": "MANAGE"}
    answer = tess.post(f"/cases/{case_id}/reallocate", 409, **chosen)
    assert "a hand-back of it waits" in readable(answer.text)
    assert world.row(Case, case_id).practitioner_id is None


def test_the_holder_hands_back_too_and_nobody_else(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    for who, status in (("pete", 404), ("dina", 403), ("paula", 403), ("tara", 404)):
        browse(who).post(f"/cases/{case_id}/hand-back", status, **ANSWERS)
    browse("priya").post(f"/cases/{case_id}/hand-back", **ANSWERS)
    assert world.row(Case, case_id).proposed_from is CaseState.ALLOCATED


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"reason": ""}, "Choose why it is not for the project."),
        ({"evidence": ""}, "Enter what shows it."),
        ({"evidence": "x" * 201}, "200 characters or fewer"),
        ({"advice": ""}, "Choose the advice given."),
    ],
)
def test_a_form_that_lacks_something_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    case_id = a_case(world)
    page = browse("tess").post(f"/cases/{case_id}/hand-back", 422, **ANSWERS | faulty).text
    assert words in readable(page)
    assert world.rows(OutcomePlan) == []


def test_a_plan_that_was_there_is_overtaken(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    browse("priya").post(f"/cases/{case_id}/hand-back", **ANSWERS)
    assert [plan.number for plan in world.rows(OutcomePlan, case_id=case_id)] == [1]
    with world.acting("tess") as uow:
        assert performance.figures(uow)[0].to_agree == 1


def test_a_hand_back_is_in_the_ledger_and_in_no_measure_of_work(world: World) -> None:
    a_case(world)
    with world.acting("tess") as uow:
        [before] = performance.figures(uow)
    handed_back(world)
    with world.acting("tess") as uow:
        [after] = performance.figures(uow)
        changes = scope.list_changes(uow, uow.today)
        outcomes = performance.cleared_by_outcome(uow, Ledger(tuple(changes)), None, exact=True)
        assert performance.cleared_cases(uow, world.lot()) == 0
    assert (after.open, after.cleared, after.cleared_this_week) == (before.open, 0, 0)
    assert {count for row in outcomes.rows for count in row.counts} == {0}
    assert "hand_back" not in outcomes.parts
    terms = [posting.term.value for posting in world.rows(LedgerPosting)]
    assert terms == ["opening", "opening", "handed_back"]


def test_the_pattern_names_who_sent_what(world: World, browse) -> None:
    for _ in range(2):
        handed_back(world)
    handed_back(world, reason=HandBackReason.BELOW_THRESHOLD)
    handed_back(world, team="")
    handed_back(world, lot="South")
    a_proposal(world)
    page = browse("paula").get("/hand-backs")
    assert "Marsh Locality Team 0 0 0 1 3 0 0 4" in readable(page)
    assert "Not known 0 0 0 0 1 0 0 1" in readable(page)
    link = re.search(r'href="(/hand-backs\?[^"]+reason=at_court[^"]*)">3<', page)
    assert link
    behind = browse("paula").get(link[1].replace("&amp;", "&"))
    assert "3 hand-backs" in readable(behind)
    assert "4 hand-backs" in readable(browse("tess").get("/hand-backs"))
    south = readable(browse("paula").get(f"/hand-backs?lot={world.lot('South')}"))
    assert "1 hand-back" in south
    unknown = readable(browse("paula").get("/hand-backs?team=Not+known"))
    assert "1 hand-back" in unknown


def test_a_commissioner_sees_no_small_number_and_no_case(world: World, browse) -> None:
    for _ in range(7):
        handed_back(world)
    handed_back(world, reason=HandBackReason.BELOW_THRESHOLD)
    page = browse("carl").get("/hand-backs")
    assert "/cases/" not in page.split('id="main"')[1]
    line = re.search(r"Marsh Locality Team ((?:[c\d]+ )+)", readable(page))
    assert line
    *counts, total = line[1].split()
    assert total == "8"
    assert not {"1", "2", "3", "4", "5"} & set(counts)
    assert counts.count("c") >= 2
    browse("priya").get("/hand-backs", 403)


def test_days_that_cannot_be_read_are_ignored_with_a_sentence(world: World, browse) -> None:
    handed_back(world)
    tess = browse("tess")
    assert "“soon” was ignored." in readable(tess.get("/hand-backs?from=soon"))
    turned = readable(tess.get("/hand-backs?from=2026-11-20&to=2026-11-03"))
    assert "The first day is after the last" in turned
    early = readable(tess.get("/hand-backs?to=2026-11-10"))
    assert "Nothing was handed back" in early
    assert "1 hand-back" in readable(tess.get("/hand-backs?lot=x&reason=y&page=%00"))


def test_the_list_takes_few_questions(world: World, browse) -> None:
    handed_back(world)
    tess = browse("tess")
    with questions(world) as few:
        tess.get("/hand-backs")
    for _ in range(3):
        handed_back(world)
    with questions(world) as many:
        tess.get("/hand-backs")
    assert len(many) == len(few) <= 9


def test_what_was_taken_back_is_found_without_the_other_proposals(world: World, browse) -> None:
    handed_back(world)
    with plans(world) as lines:
        assert "1 hand-back" in readable(browse("tess").get("/hand-backs"))
    named = any("COVERING INDEX ix_proposals_taken_back" in line for line in lines)
    assert named is world.database.is_sqlite, lines
