"""Dated actions on cases: set, seen by whoever is to do them, done, dropped, given on."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.actions import service as actions
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, Source, Wanted, What
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_closed_case
from tests.questions import questions
from tests.world import TODAY, World

ASKED: dict[str, Any] = {
    "what": "see_child",
    "due_on": "27/11/2026",
    "note": "Before the school term ends",
}


def an_action(world: World, case_id: int, owner: str = "priya", **facts: Any) -> int:
    wanted = Wanted(
        facts.get("what", What.SEE_CHILD),
        world.user(owner),
        facts.get("due_on", TODAY + timedelta(days=7)),
        Source.DIRECTION,
        facts.get("note", ""),
    )
    with world.acting(facts.get("by", "tess")) as uow:
        return actions.direct(uow, case_id, wanted)


def test_an_action_is_set_and_seen_by_whoever_is_to_do_it(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    tess = browse("tess")
    form = tess.get(f"/cases/{case_id}/actions/new")
    assert "Priya Nair" in form
    assert "Pete Holm" not in form
    tess.post(f"/cases/{case_id}/actions/new", **ASKED, owner_id=world.user("priya"))
    (action,) = world.rows(CaseAction)
    assert (action.what, action.due_on, action.source, action.set_by) == (
        What.SEE_CHILD,
        date(2026, 11, 27),
        Source.DIRECTION,
        world.user("tess"),
    )
    (told,) = world.rows(OutboxMessage)
    assert (told.to_user_id, told.path) == (world.user("priya"), "/actions")
    priya = browse("priya")
    assert "See the child: Before the school term ends" in readable(priya.get("/actions"))
    assert (
        "Open See the child: Before the school term ends Priya Nair, by 27 Nov 2026."
        in readable(priya.get(f"/cases/{case_id}"))
    )
    assert "Nothing is left to you" in tess.get("/actions")
    assert "See the child" in tess.get("/actions?whose=all")
    assert "No action is open" in browse("tara").get("/actions?whose=all")


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"what": ""}, "Choose what is to be done."),
        ({"what": "other", "note": ""}, "Say in a few words what is to be done."),
        ({"due_on": "19/11/2026"}, "19 Nov 2026 is in the past."),
        ({"due_on": "1/12/2027"}, "Choose a day by 21 May 2027."),
        ({"owner_id": "999"}, "Choose somebody who sees this case."),
        ({"note": "x" * 201}, "200 characters or fewer"),
    ],
)
def test_an_action_that_lacks_something_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    case_id = an_allocated_case(world)
    sent = ASKED | {"owner_id": str(world.user("priya"))} | faulty
    answer = browse("tess").post(f"/cases/{case_id}/actions/new", 422, **sent)
    assert words in readable(answer.text)
    assert world.rows(CaseAction) == []


def test_a_worker_who_does_not_hold_the_case_is_given_nothing(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    sent = ASKED | {"owner_id": str(world.user("pete"))}
    answer = browse("tess").post(f"/cases/{case_id}/actions/new", 422, **sent)
    assert "Choose somebody who sees this case." in readable(answer.text)


def test_who_may_do_what_with_an_action(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    action_id = an_action(world, case_id, "tom")
    for who, status in {"priya": 403, "carl": 403, "paula": 403, "tara": 404, "eve": 403}.items():
        browse(who).get(f"/cases/{case_id}/actions/new", status)
        browse(who).post(f"/cases/{case_id}/actions/new", status, **ASKED, owner_id=1)
    for who, status in {"priya": 409, "pete": 404, "carl": 403, "tara": 404, "ada": 403}.items():
        browse(who).post(f"/actions/{action_id}/done", status)
    for who, status in {"priya": 403, "carl": 403, "tara": 404, "alan": 403}.items():
        browse(who).get(f"/actions/{action_id}/drop", status)
        browse(who).post(f"/actions/{action_id}/drop", status, reason="No")
        browse(who).post(f"/actions/{action_id}/give", status, owner_id=world.user("tess"))
    assert world.row(CaseAction, action_id).ending is None


def test_neither_side_ends_or_gives_on_what_the_other_is_to_do(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    councils, asked = an_action(world, case_id, "dina"), an_action(world, case_id, by="dina")
    own = an_action(world, case_id, "hana", by="dina")
    for who, action_id, side in (("tom", councils, "council"), ("hana", asked, "agency")):
        reader = browse(who)
        for act, said in {"done": {}, "drop": {"reason": "No"}, "give": {"owner_id": 2}}.items():
            answer = reader.post(f"/actions/{action_id}/{act}", 409, **said)
            assert f"This action is with the {side}: they say how it ends." in readable(answer.text)
        assert f"/actions/{action_id}/done" not in reader.get("/actions?whose=all")
        page = reader.get(f"/cases/{case_id}")
        assert f"/actions/{action_id}/done" not in page
        assert f"/actions/{action_id}/drop" not in page
    # Whoever asked for it may take it back, and one side stands in for its own people.
    browse("tess").post(f"/actions/{councils}/drop", reason="It was said by telephone")
    browse("dina").post(f"/actions/{asked}/drop", reason="No longer wanted")
    browse("dina").post(f"/actions/{own}/done")
    assert all(one.ending for one in world.rows(CaseAction))


def test_an_action_is_done_once(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    action_id = an_action(world, case_id)
    priya = browse("priya")
    page = readable(priya.follow(f"/actions/{action_id}/done"))
    assert "Done See the child Priya Nair" in page
    assert "Done 20 Nov 2026 by Priya Nair" in page
    answer = priya.post(f"/actions/{action_id}/done", 409)
    assert "This action was done already." in readable(answer.text)
    action = world.row(CaseAction, action_id)
    assert (action.ending, action.ended_on) == (Ending.DONE, TODAY)


def test_an_action_is_dropped_with_a_reason_or_given_to_somebody_else(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    first, second = an_action(world, case_id), an_action(world, case_id, what=What.MEETING)
    tess = browse("tess")
    assert "Enter why it is dropped." in tess.post(f"/actions/{first}/drop", 422, reason=" ").text
    page = readable(tess.follow(f"/actions/{first}/drop", reason="The child moved away"))
    assert "Dropped 20 Nov 2026 by Tess Oyelaran: The child moved away" in page
    for asked, words in {
        world.user("priya"): "It is with them already.",
        world.user("pete"): "Choose somebody who sees this case.",
    }.items():
        answer = tess.post(f"/actions/{second}/give", 422, owner_id=asked)
        assert words in readable(answer.text)
    tess.post(f"/actions/{second}/give", owner_id=world.user("tess"))
    assert world.row(CaseAction, second).owner_id == world.user("tess")
    assert "Arrange a meeting" in tess.get("/actions")
    assert "This action was dropped" in readable(tess.get(f"/actions/{first}/give"))
    tess.post(f"/actions/{first}/give", 409, owner_id=world.user("tess"))


def test_a_case_that_ended_takes_no_action_and_leaves_the_lists(world: World, browse) -> None:
    case_id = a_closed_case(world)
    tess = browse("tess")
    assert "nothing more is to be done" in tess.get(f"/cases/{case_id}/actions/new")
    tess.post(f"/cases/{case_id}/actions/new", 409, **ASKED, owner_id=world.user("tess"))


def test_overdue_comes_first_and_the_list_takes_few_questions(world: World, browse) -> None:
    case_id = a_case(world)
    late = an_action(world, case_id, "tess", due_on=TODAY)
    tess = browse("tess")
    with questions(world) as few:
        tess.get("/actions")
    for days in (5, 3):
        an_action(world, case_id, "tess", due_on=TODAY + timedelta(days=days))
    world.clock.move(days=1)
    tess = browse("tess")
    with questions(world) as many:
        page = tess.get("/actions?page=99")
    assert len(many) == len(few) <= 12
    assert page.index(f"/actions/{late}/done") == min(
        page.index(f"/actions/{one.id}/done") for one in world.rows(CaseAction)
    )
    assert "Overdue 1 Act Open 3" in readable(page)


def test_an_action_moves_with_its_case(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    action_id = an_action(world, case_id)
    browse("paula").post(f"/cases/{case_id}/transfer", lot_id=world.lot("South"))
    assert world.row(CaseAction, action_id).lot_id == world.lot("South")
    assert "See the child" in browse("tara").get("/actions?whose=all")
