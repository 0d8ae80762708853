"""The weekly performance meeting: agenda from the lists, decisions that change cases, minutes."""

from datetime import date

import pytest

from app.assurance.nightly.service import look_daily
from app.assurance.performance_meetings.models import PerformanceItem, PerformanceMeeting
from app.assurance.performance_meetings.rules import Topic, agenda
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Source
from app.cases.assessments import service as assessments
from app.cases.drift.models import DriftAside, DriftingCase
from tests.browse import readable
from tests.makers import a_submitted_case, an_allocated_case
from tests.pages.cases.test_delays import a_delay
from tests.pages.cases.test_drift import a_stuck_case
from tests.questions import questions
from tests.world import TODAY, World

HERE = "Tess Oyelaran, Dina Ferris"


def a_meeting(world: World, browse) -> list[PerformanceItem]:
    """A meeting of North that begins with a drifting, a delayed and a returned case."""
    a_stuck_case(world)
    a_delay(world, an_allocated_case(world), expected_end=TODAY)
    returned = a_submitted_case(world)
    with world.acting("tess") as uow:
        assessments.return_to_author(uow, returned, "Say why")
    a_stuck_case(world, "South")
    world.clock.move(days=1)
    look_daily(world.database)
    browse("tess").post("/performance-meetings/new", lot_id=world.lot(), present=HERE)
    return sorted(world.rows(PerformanceItem), key=lambda item: item.place)


def test_an_agenda_names_each_case_once_with_all_its_topics() -> None:
    found = [(1, Topic.DRIFT), (2, Topic.DRIFT), (2, Topic.OVERDUE), (3, Topic.DELAY)]
    assert agenda([*found, (2, Topic.OVERDUE)], most=2) == [
        (2, [Topic.DRIFT, Topic.OVERDUE]),
        (1, [Topic.DRIFT]),
    ]


def test_a_meeting_works_from_the_lists_and_its_decisions_change_the_cases(
    world: World, browse
) -> None:
    stuck, delayed, returned = a_meeting(world, browse)
    assert [item.topics for item in (stuck, delayed, returned)] == [
        "drift overdue",
        "delay",
        "returned",
    ]
    tess = browse("tess")
    tess.post("/performance-meetings/new", 409, lot_id=world.lot(), present=HERE)
    shown = tess.get("/performance-meetings/1")
    # Kept figures lead to no list: by then that counts other cases.
    assert "figure__link" not in shown
    page = readable(shown)
    assert "Counted as the meeting began" in page
    assert "0 of 3 cases decided" in page
    assert "Drifts, Assessment overdue" in page
    address = f"/performance-meetings/items/{stuck.id}"
    tess.get(address)
    for faulty, words in (
        ({"decision": "action", "day": "27/11/2026"}, "Choose who acts."),
        ({"decision": "aside"}, "Say by when."),
        ({"decision": "aside", "day": "30/12/2026"}, "until 19 Dec 2026 at most"),
        ({"decision": "noted", "day": "27/11/2026"}, "belong to an action"),
        (
            {"decision": "action", "owner_id": world.user("dina"), "day": "20/11/2026"},
            "20 Nov 2026 is in the past.",
        ),
    ):
        answer = tess.post(address, 422, **faulty, note="More")
        assert words in readable(answer.text)
    tess.post(address, decision="aside", day="5/12/2026", note="A worker starts on 1 December")
    assert [one.until for one in world.rows(DriftAside)] == [date(2026, 12, 5)]
    assert [one.case_id for one in world.rows(DriftingCase) if one.lot_id == world.lot()] == []
    acts = {"owner_id": world.user("priya"), "what": "chase_partner", "day": "27/11/2026"}
    tess.post(f"/performance-meetings/items/{delayed.id}", decision="action", **acts)
    tess.post(f"/performance-meetings/items/{delayed.id}", 409, decision="noted")
    assert "Decided already" in tess.get(f"/performance-meetings/items/{delayed.id}")
    [action] = world.rows(CaseAction)
    assert (action.case_id, action.source, action.due_on) == (
        delayed.case_id,
        Source.PERFORMANCE_MEETING,
        date(2026, 11, 27),
    )
    page = readable(tess.follow("/performance-meetings/1/end"))
    assert "2 of 3 cases decided" in page
    assert "these minutes stand" in page
    assert "Priya Nair: Chase a partner agency" in page
    tess.post(f"/performance-meetings/items/{returned.id}", 409, decision="noted")
    tess.post("/performance-meetings/1/end", 409)
    answer = browse("dina").client.get("/performance-meetings/1/minutes.pdf")
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    with questions(world) as asked:
        assert "2 of 3" in readable(browse("hana").get("/performance-meetings"))
    assert len(asked) <= 10
    [meeting] = world.rows(PerformanceMeeting)
    assert (meeting.drifting, meeting.late_delays, meeting.overdue) == (1, 1, 1)


@pytest.mark.parametrize(
    ("who", "seen", "held"),
    [
        ("paula", 200, 303),
        ("dina", 200, 303),
        ("hana", 200, 403),
        ("priya", 403, 403),
        ("carl", 403, 403),
        ("tara", 404, 404),
    ],
)
def test_who_reads_and_holds_a_meeting(
    world: World, browse, who: str, seen: int, held: int
) -> None:
    item = a_meeting(world, browse)[0]
    reader = browse(who)
    reader.get("/performance-meetings/1", seen)
    reader.post(f"/performance-meetings/items/{item.id}", held, decision="noted")
    reader.post("/performance-meetings/1/end", held)
    begun = {303: 303, 403: 403, 404: 404}[held]
    reader.post("/performance-meetings/new", begun, lot_id=world.lot(), present=HERE)


def test_without_meetings_and_without_cases_the_pages_say_so(world: World, browse) -> None:
    tess = browse("tess")
    assert "No meeting was held yet" in tess.get("/performance-meetings")
    tess.get("/performance-meetings/new")
    answer = tess.post("/performance-meetings/new", 422, lot_id="", present="")
    assert "Choose the lot." in readable(answer.text)
    page = tess.follow("/performance-meetings/new", lot_id=world.lot(), present=HERE)
    assert "Nothing to talk about" in page
