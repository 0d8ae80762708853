"""Signing and taking data out ask again who is there, unless they proved it in ten minutes."""

import pytest

from app.access.models import SignInSession, User
from app.accounts.passwords.hashing import hash_of
from app.agreements.handovers.models import Handover
from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.plans.rules import Outcome
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers_agreements import a_closed_case, a_proposal, an_agreed_case
from tests.world import World

PASSWORD = "kettle-orbit-lantern-39"


@pytest.fixture
def with_passwords(world: World) -> World:
    with world.setting_up() as uow:
        for key in ("tess", "paula", "dina"):
            uow.get(User, world.user(key)).password_hash = hash_of(PASSWORD)
    return world


def test_a_signature_eleven_minutes_later_asks_first_and_then_counts_once(
    with_passwords: World, browse
) -> None:
    world = with_passwords
    case_id, tess = an_agreed_case(world, Outcome.CLOSE_NFA), browse("tess")
    address = f"/cases/{case_id}/close"
    world.clock.move(minutes=11)
    asked = tess.post(address, 200, _key="one-key").text
    assert "Show that it is you" in readable(asked)
    assert 'name="_key" value="one-key"' in asked
    assert world.row(Case, case_id).state is CaseState.AGREED

    wrong = tess.post(address, 422, _key="one-key", _proof="not it").text
    assert "This is not your password" in readable(wrong)
    assert world.row(Case, case_id).state is CaseState.AGREED

    tess.post(address, _key="one-key", _proof=PASSWORD)
    tess.post(address, _key="one-key")
    assert world.row(Case, case_id).state is CaseState.CLOSED
    closed = world.rows(TrailEntry, act="closure.close", subject="cases")
    assert len(closed) == 1
    assert world.rows(SignInSession, user_id=world.user("tess"))[0].proved_at == world.clock.now


def test_a_hand_back_asks_first_because_it_ends_its_case_and_other_decisions_do_not(
    with_passwords: World, browse
) -> None:
    world = with_passwords
    back, other = a_proposal(world, outcome=Outcome.HAND_BACK), a_proposal(world)
    dina = browse("dina")
    world.clock.move(minutes=11)
    sent = {"text_hash": world.row(Proposal, back).text_hash, "reply": "taken_back"}
    asked = dina.post(f"/agreements/{back}/agree", 200, **sent).text
    assert "Show that it is you" in readable(asked)
    assert 'name="reply" value="taken_back"' in asked
    dina.post(f"/agreements/{back}/agree", 422, **sent, _proof="not it")
    assert world.row(Proposal, back).decision is None
    dina.post(f"/agreements/{other}/agree", text_hash=world.row(Proposal, other).text_hash)
    dina.post(f"/agreements/{back}/agree", **sent, _proof=PASSWORD)
    case_id = world.row(Proposal, back).case_id
    assert world.row(Case, case_id).state is CaseState.HANDED_BACK


def test_within_ten_minutes_nobody_is_asked(world: World, browse) -> None:
    case_id, tess = an_agreed_case(world, Outcome.CLOSE_NFA), browse("tess")
    world.clock.move(minutes=10)
    tess.post(f"/cases/{case_id}/close")
    assert world.row(Case, case_id).state is CaseState.CLOSED


def test_a_file_of_several_lots_asks_first_and_one_lots_file_does_not(
    with_passwords: World, browse
) -> None:
    world = with_passwords
    a_closed_case(world)
    paula, tess = browse("paula"), browse("tess")
    world.clock.move(minutes=11)
    assert tess.get("/cases/export.csv").startswith("\ufeff") or "Reference" in tess.get(
        "/cases/export.csv"
    )
    asked = paula.get("/cases/export.csv?state=closed")
    assert "Show that it is you" in readable(asked)
    assert 'action="/account/prove"' in asked
    back = "/cases/export.csv?state=closed"
    assert "not your password" in readable(
        paula.post("/account/prove", 422, next=back, _proof="no").text
    )
    answer = paula.post("/account/prove", next=back, _proof=PASSWORD)
    assert answer.headers["location"] == back
    assert paula.client.get(back).headers["location"].startswith("/cases/export?")
    said = {"filter": "state=closed", "ending": "csv", "purpose": "Audit of October"}
    assert "Reference" in paula.post("/cases/export", 200, **said).text
    world.clock.move(minutes=11)
    again = readable(paula.post("/cases/export", 200, **said).text)
    assert "Show that it is you" in again
    answer = paula.post("/account/prove", next="//evil.example", _proof=PASSWORD)
    assert answer.headers["location"] == "/"


def test_what_is_not_signed_never_asks(world: World, browse) -> None:
    case_id, priya = an_agreed_case(world), browse("priya")
    world.clock.move(minutes=25)
    priya.get(f"/cases/{case_id}/handover")
    assert world.rows(Handover)[0].accepted_on is None


def test_nobody_needs_a_place_to_prove_without_signing_in(browse) -> None:
    assert browse().post("/account/prove", next="/").headers["location"].startswith("/sign-in")
