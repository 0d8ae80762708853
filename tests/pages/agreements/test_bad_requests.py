"""A decision sent in ways that no page of ours sends it: nothing is half done, nothing is lost."""

from typing import Any

import pytest

from app.access.models import SignInSession, User
from app.access.roles import Role
from app.agreements.proposals.models import Proposal
from app.cases.register.models import CaseMove
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome
from tests.browse import readable
from tests.makers import an_authorised_case
from tests.makers_agreements import a_closure, a_plan, a_proposal
from tests.world import World

POINTS = "Say who visits on Fridays"


def sent(world: World, proposal_id: int, **more: Any) -> dict[str, Any]:
    text_hash = world.row(Proposal, proposal_id).text_hash
    return {"text_hash": text_hash, "points": POINTS} | more


def undecided(world: World, proposal_id: int) -> bool:
    return world.row(Proposal, proposal_id).decision is None


def test_an_answer_that_was_not_asked_for_is_refused(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    address = f"/agreements/{proposal_id}/return"
    page = browse("dina").post(address, 422, **sent(world, proposal_id, role="admin")).text
    assert "an answer it did not ask for" in readable(page)
    assert POINTS in page
    assert undecided(world, proposal_id)


def test_an_edit_without_its_version_or_with_an_old_one_overwrites_nothing(
    world: World, browse
) -> None:
    case_id = an_authorised_case(world)
    a_plan(world, case_id, Outcome.CLOSE_NFA)
    a_closure(world, case_id, ongoing_support="A mentor at school")
    words = {"outcome": "cin_plan", "target_on": "2026-12-11", "rationale": "Mine instead"}
    words |= {"receiving_team_id": str(world.team())}
    for version, status in (({}, 422), ({"_version": "0"}, 409)):
        page = browse("priya").post(f"/cases/{case_id}/plan", status, **words, **version).text
        assert "Mine instead" in readable(page) or 'value="Mine instead"' in page
        assert ("came without its version" in page) == (status == 422)
    assert {plan.rationale for plan in world.rows(OutcomePlan)} != {"Mine instead"}
    assert len(world.rows(OutcomePlan)) == 1


def test_a_double_click_and_a_press_after_going_back_have_one_result_and_one_answer(
    world: World, browse
) -> None:
    proposal_id = a_proposal(world)
    dina, address = browse("dina"), f"/agreements/{proposal_id}/return"
    words = sent(world, proposal_id, _key="the-one-key")
    answers = [browse("dina").client.post(address, data=words) for _ in range(3)]
    later = dina.post(address, **words)
    assert {(one.status_code, one.headers["location"]) for one in [*answers, later]} == {
        (303, "/agreements")
    }
    assert len(world.rows(CaseMove, act="proposal.return")) == 1
    # The same key with other words is no repetition.
    changed = dina.post(address, 422, **words | {"points": "Other words"})
    assert "other answers" in readable(changed.text)
    assert world.row(Proposal, proposal_id).points == POINTS


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_decision_from_another_site_is_not_accepted(world: World, browse, origin: str) -> None:
    proposal_id = a_proposal(world)
    answer = browse("dina").client.post(
        f"/agreements/{proposal_id}/return",
        data=sent(world, proposal_id),
        headers={"Origin": origin},
    )
    assert answer.status_code == 403
    assert undecided(world, proposal_id)


def test_a_body_of_another_kind_or_too_large_is_not_read(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    client, address = browse("dina").client, f"/agreements/{proposal_id}/return"
    as_json = client.post(address, json={"points": POINTS})
    assert as_json.status_code in {415, 422}
    large = client.post(address, data=sent(world, proposal_id, points="x" * (1024 * 1024 + 1)))
    assert large.status_code == 413
    # Sent in pieces, without saying how many: it is the bytes that count.
    pieces = (b"points=" + b"x" * 65_536 for _ in range(17))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(address, content=pieces, headers=kind).status_code == 413
    assert undecided(world, proposal_id)


def test_words_sent_after_the_session_ended_are_kept_and_saved_once_after_signing_in(
    world: World, browse
) -> None:
    proposal_id = a_proposal(world)
    dina, address = browse("dina"), f"/agreements/{proposal_id}/return"
    world.clock.move(minutes=31)
    words = sent(world, proposal_id, _key="kept-key")
    page = dina.client.post(address, data=words)
    assert page.status_code == 401
    assert "You were signed out" in readable(page.text)
    for name, value in words.items():
        assert f'name="{name}" value="{value}"' in page.text
    assert undecided(world, proposal_id)
    browse("dina").post(address, **words)
    browse("dina").post(address, **words)
    assert world.row(Proposal, proposal_id).points == POINTS
    assert len(world.rows(CaseMove, act="proposal.return")) == 1


def test_words_sent_after_the_role_was_taken_away_are_kept_to_be_copied(
    world: World, browse
) -> None:
    proposal_id = a_proposal(world)
    dina = browse("dina")
    with world.setting_up() as uow:
        uow.get(User, world.user("dina")).role = Role.COMMISSIONER
    page = dina.post(f"/agreements/{proposal_id}/return", 403, **sent(world, proposal_id)).text
    assert POINTS in readable(page)
    assert "Nothing of this was saved" in readable(page)
    assert undecided(world, proposal_id)
    assert world.rows(SignInSession, user_id=world.user("dina"))[0].ended_at is None
