"""Closures: writing one, and closing past the whole gate."""

import pytest

from app.agreements.closures.models import Closure
from app.agreements.closures.queries import for_case
from app.agreements.closures.rules import ClosureReason
from app.cases.actions import service as actions
from app.cases.actions.rules import Source, Wanted, What
from app.cases.register.models import Case
from app.cases.scope.models import LedgerPosting
from app.cases.states import CaseState
from app.plans.rules import Outcome
from app.rooms import ROOMS
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers import a_submitted_case, an_authorised_case
from tests.makers_agreements import (
    a_closed_case,
    a_closure,
    a_flag,
    a_plan,
    a_proposal,
    agree,
    an_agreed_case,
)
from tests.world import TODAY, MovingClock, World

WORDS = {
    "_version": "0",
    "reason": "RC8",
    "family_told_on": "19/11/2026",
    "referrer_not_told": "The referrer stays unnamed",
    "involvement": "neglect",
    "achieved": "met",
    "views": "Both are glad",
    "agencies_told": "school",
    "support_from": "school",
    "ticked": ["family_written", "agencies_written"],
    "ongoing_support": "School nurse",
    "advice": "Begin with the school",
}


def a_case_to_close(world: World, by: str = "priya") -> int:
    case_id = an_authorised_case(world)
    a_plan(world, case_id, Outcome.CLOSE_NFA, by=by)
    return case_id


def test_the_practitioner_writes_a_closure_and_changes_it(world: World, browse) -> None:
    case_id = a_case_to_close(world)
    priya = browse("priya")
    priya.get(f"/cases/{case_id}/closure")
    answer = priya.post(f"/cases/{case_id}/closure", **WORDS)
    assert answer.headers["location"] == f"/cases/{case_id}"
    assert "Begin with the school" in priya.get(f"/cases/{case_id}/closure")
    priya.post(f"/cases/{case_id}/closure", **WORDS | {"_version": "1", "advice": "Ring first"})
    closures = world.rows(Closure)
    assert [(c.advice, c.written_by) for c in closures] == [("Ring first", world.user("priya"))]
    assert len(world.rows(TrailEntry, act="closure.write", subject="closures")) == 2


@pytest.mark.parametrize(
    ("who", "status"), [("dina", 403), ("paula", 403), ("tara", 404), ("pete", 404)]
)
def test_others_cannot_write_a_closure(world: World, browse, who: str, status: int) -> None:
    case_id = a_case_to_close(world)
    browse(who).get(f"/cases/{case_id}/closure", status)
    browse(who).post(f"/cases/{case_id}/closure", status, **WORDS)
    assert world.rows(Closure) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Choose the reason for closure."),
        ({"reason": "RC0"}, "from the list."),
        ({"family_told_on": ""}, "Enter the day the family was told, or why they were not."),
        ({"family_not_told": "Gone"}, "The family was told or was not told; clear one answer."),
        ({"referrer_not_told": ""}, "Enter the day the referrer was told"),
        ({"family_told_on": "21/11/2026"}, "21 Nov 2026 has not come yet."),
        ({"family_told_on": "01/01/2020"}, "1 Jan 2020 is before the referral"),
        ({"advice": ""}, "Enter the advice if the child is referred again."),
    ],
)
def test_a_wrong_closure_is_shown_again(
    world: World, browse, wrong: dict[str, str], sentence: str
) -> None:
    case_id = a_case_to_close(world)
    sent = {name: value for name, value in (WORDS | wrong).items() if value}
    page = browse("priya").post(f"/cases/{case_id}/closure", 422, **sent).text
    assert sentence in readable(page)
    assert "School nurse" in page
    assert world.rows(Closure) == []


def test_a_closure_follows_authorisation_and_a_plan_that_closes(world: World, browse) -> None:
    early = a_submitted_case(world)
    assert "once the assessment is authorised" in browse("priya").get(
        f"/cases/{early}/closure", 409
    )
    case_id = an_authorised_case(world)
    for _ in range(2):
        answer = browse("priya").post(f"/cases/{case_id}/closure", 409, **WORDS)
        assert "Write an outcome plan that closes the case first" in answer.text
        a_plan(world, case_id)


def test_two_who_write_at_once_see_both_versions(world: World, browse) -> None:
    case_id = a_case_to_close(world)
    browse("tess").post(f"/cases/{case_id}/closure", **WORDS)
    page = browse("priya").post(f"/cases/{case_id}/closure", 409, **WORDS | {"advice": "Mine"}).text
    assert "Tess Oyelaran saved it first" in page
    assert "Mine" in page
    assert "Begin with the school" in page


@pytest.mark.parametrize("agreed", [False, True])
def test_an_edit_takes_back_what_was_proposed_or_agreed(world: World, browse, agreed: bool) -> None:
    proposal_id = a_proposal(world, outcome=Outcome.CLOSE_NFA)
    case_id = world.rows(Closure)[0].case_id
    if agreed:
        agree(world, proposal_id)
    version = world.rows(Closure)[0].version
    assert "have to be proposed and agreed again" in browse("priya").get(
        f"/cases/{case_id}/closure"
    )
    browse("priya").post(f"/cases/{case_id}/closure", **WORDS | {"_version": str(version)})
    closure = world.rows(Closure)[0]
    assert (closure.proposal_id, closure.agreed_hash) == (None, "")
    assert world.row(Case, case_id).state is CaseState.AUTHORISED
    assert "has not agreed" in browse("tess").post(f"/cases/{case_id}/close", 409).text


def test_the_same_words_saved_again_change_nothing(world: World, browse) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    [before] = world.rows(Closure)
    same = {
        "_version": str(before.version),
        "reason": "RC8",
        "family_told_on": "19/11/2026",
        "referrer_told_on": "19/11/2026",
        "ongoing_support": before.ongoing_support,
        "advice": before.advice,
        "involvement": "neglect",
        "achieved": "met",
        "views": before.views,
        "agencies_told": "school",
        "support_from": "school",
        "ticked": ["family_written", "agencies_written"],
    }
    notice = browse("tess").follow(f"/cases/{case_id}/closure", **same)
    assert "The closure says the same: nothing changed." in readable(notice)
    assert world.rows(Closure) == [before]
    assert world.row(Case, case_id).state is CaseState.AGREED
    fewer = same | {"ticked": "family_written"}
    browse("tess").post(f"/cases/{case_id}/closure", **fewer)
    [after] = world.rows(Closure)
    assert (after.ticked, after.written_by) == ("family_written", before.written_by)
    assert after.agreed_hash == before.agreed_hash
    assert world.row(Case, case_id).state is CaseState.AGREED
    answer = readable(browse("tess").post(f"/cases/{case_id}/close", 409).text)
    assert "Not ticked off: The agencies were told in writing." in answer


def test_the_council_says_what_is_ticked_off_before_a_closure(world: World, browse) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    address = f"/contract/{world.contract()}/closure-checklist"
    hana = browse("hana")
    asked = {
        "items": ["family_written", "agencies_written", "chronology"],
        "from_on": "20/11/2026",
        "reason": "Closure standard, 3.2",
    }
    hana.post(address, 422, **asked | {"items": "chronology"}, _version="0")
    hana.post(address, **asked, _version="0")
    hana.post(address, 409, **asked, _version="0")
    assert "Closure standard, 3.2" in hana.get(address)
    page = readable(browse("tess").get(f"/cases/{case_id}/close"))
    assert "Not ticked off: The chronology is up to date." in page
    later = asked | {"items": ["family_written", "agencies_written"], "from_on": "23/11/2026"}
    hana.post(address, **later, _version="1")
    browse("tess").post(f"/cases/{case_id}/close", 409)
    world.clock.move(days=3)
    browse("tess").post(f"/cases/{case_id}/close")
    for key in ("paula", "dina", "tess"):
        browse(key).get(address, 403)
        browse(key).post(address, 403, **asked, _version="2")
    browse("eve").post(address, 403, **asked)


def test_a_team_manager_who_is_not_the_author_closes_the_case(world: World, browse) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    tess = browse("tess")
    assert "Not met" not in tess.get(f"/cases/{case_id}/close")
    answer = tess.post(f"/cases/{case_id}/close")
    assert answer.headers["location"] == f"/cases/{case_id}"
    case, closure = world.row(Case, case_id), world.rows(Closure)[0]
    assert (case.state, case.outcome, case.ended_on) == (
        CaseState.CLOSED,
        "close_nfa",
        TODAY,
    )
    assert closure.closed_by == world.user("tess")
    assert [p.term.value for p in world.rows(LedgerPosting)] == ["opening", "cleared"]
    with world.acting("dina") as uow:
        view = for_case(uow, case_id)[0]
    assert (view.written_by, view.closed_by) == ("Priya Nair", "Tess Oyelaran")
    assert "already ended" in tess.post(f"/cases/{case_id}/close", 409).text
    tess.get(f"/cases/{case_id}/close", 409)


def test_the_author_of_a_closure_cannot_close_the_case(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    a_plan(world, case_id, Outcome.CLOSE_NFA)
    a_closure(world, case_id, by="tess")
    browse("priya").post(f"/cases/{case_id}/propose")
    agree(world, 1)
    assert "You can close the case once every check is met" in browse("tess").get(
        f"/cases/{case_id}/close"
    )
    answer = browse("tess").post(f"/cases/{case_id}/close", 409)
    assert "Whoever wrote a closure cannot also close the case." in answer.text
    browse("tom").post(f"/cases/{case_id}/close")
    assert world.row(Case, case_id).state is CaseState.CLOSED


@pytest.mark.parametrize(
    ("who", "status"),
    [("priya", 403), ("dina", 403), ("hana", 403), ("paula", 403), ("tara", 404), ("eve", 403)],
)
def test_others_cannot_close(world: World, browse, who: str, status: int) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    browse(who).post(f"/cases/{case_id}/close", status)
    assert world.row(Case, case_id).state is CaseState.AGREED


def test_those_who_may_look_see_the_gate_without_its_button(world: World, browse) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    assert "A team manager who did not write the closure" in browse("dina").get(
        f"/cases/{case_id}/close"
    )
    browse("omar").get(f"/cases/{case_id}/close", 404)


def test_before_the_agreement_the_case_cannot_close(world: World, browse) -> None:
    proposal_id = a_proposal(world, outcome=Outcome.CLOSE_NFA)
    case_id = world.rows(Closure)[0].case_id
    assert "The District Manager has not agreed." in browse("tess").get(f"/cases/{case_id}/close")
    browse("tess").post(f"/cases/{case_id}/close", 409)
    assert proposal_id
    assert world.row(Case, case_id).state is CaseState.PROPOSED


def test_the_whole_gate_is_checked_again_at_the_moment_of_closing(
    world: World, browse, clock: MovingClock
) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    clock.move(days=40)
    a_flag(world, world.row(Case, case_id).reference)
    refused = readable(browse("tess").post(f"/cases/{case_id}/close", 409).text)
    assert "A safeguarding flag is open on this case." in refused
    assert "the contract asks for 20 at most" in refused
    assert world.row(Case, case_id).state is CaseState.AGREED


def test_an_action_that_is_left_open_holds_the_closure_up(world: World, browse) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    with world.acting("tess") as uow:
        wanted = Wanted(What.RECORD, world.user("priya"), TODAY, Source.DIRECTION)
        action_id = actions.direct(uow, case_id, wanted)
    tess = browse("tess")
    assert "1 action is left open on this case" in tess.get(f"/cases/{case_id}/close")
    assert "1 action is left open" in tess.post(f"/cases/{case_id}/close", 409).text
    browse("priya").post(f"/actions/{action_id}/done")
    tess.post(f"/cases/{case_id}/close")
    assert world.row(Case, case_id).state is CaseState.CLOSED


def test_a_child_never_seen_holds_the_closure_up(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    with world.setting_up() as uow:
        uow.get(Case, case_id).seen_on = None
    a_plan(world, case_id, Outcome.CLOSE_NFA)
    a_closure(world, case_id)
    browse("priya").post(f"/cases/{case_id}/propose")
    agree(world, 1)
    answer = browse("tess").post(f"/cases/{case_id}/close", 409)
    assert "There is no record that the child was seen." in answer.text


def test_a_child_who_died_is_not_asked_to_be_seen(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    with world.setting_up() as uow:
        uow.get(Case, case_id).seen_on = None
    a_plan(world, case_id, Outcome.CLOSE_NFA)
    a_closure(world, case_id, reason=ClosureReason.RC2)
    browse("priya").post(f"/cases/{case_id}/propose")
    agree(world, 1)
    browse("tess").post(f"/cases/{case_id}/close")
    assert world.row(Case, case_id).state is CaseState.CLOSED


def test_a_closure_agreed_earlier_does_not_serve_an_agreed_handover(world: World, browse) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    a_plan(world, case_id)
    browse("priya").post(f"/cases/{case_id}/propose")
    agree(world, 2)
    answer = browse("tess").post(f"/cases/{case_id}/close", 409)
    assert "The words were changed after the District Manager agreed" in answer.text
    assert world.row(Case, case_id).state is CaseState.AGREED


def test_the_checklist_is_offered_while_the_plan_closes_the_case(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    a_plan(world, case_id, Outcome.CLOSE_NFA)
    a_closure(world, case_id)
    priya = browse("priya")
    assert f'href="/cases/{case_id}/closure"' in priya.get(f"/cases/{case_id}/close")
    a_plan(world, case_id)
    assert f'href="/cases/{case_id}/closure"' not in priya.get(f"/cases/{case_id}/close")
    priya.get(f"/cases/{case_id}/closure", 409)


def test_no_route_closes_more_than_one_case() -> None:
    closing = [
        route.path
        for routes, _ in ROOMS
        for route in routes.router.routes
        if route.openapi_extra and route.openapi_extra["needs"] == "closure.close"
    ]
    assert closing == ["/cases/{case_id}/close"]


def test_a_reopened_case_begins_a_closure_of_its_own(world: World, browse) -> None:
    case_id = a_closed_case(world)
    browse("tess").post(f"/cases/{case_id}/reopen", reason="new_information")
    browse("tess").get(f"/cases/{case_id}/close", 409)
    assert "has not agreed" in browse("tess").post(f"/cases/{case_id}/close", 409).text
