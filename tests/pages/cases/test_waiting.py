"""Children without a named worker: the queue, risk reviews and escalations."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.ladder.models import Escalation
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import Priority
from app.cases.waiting.models import RiskReview
from app.cases.waiting.queries import Show, count_waiting
from app.kernel.acts import Act
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_closed_case
from tests.questions import questions
from tests.world import TODAY, World

LONG_AGO = TODAY - timedelta(days=30)
REVIEW = {
    "level": "high",
    "decision": "see_child",
    "next_review_on": "27/11/2026",
    "_version": "0",
}
DECISION = {"decision": "covered", "until": "4/12/2026", "note": "Covered by the duty rota"}


def waiting(world: World, since: date, **facts: Any) -> int:
    return a_case(world, received_on=since, unallocated_on=since, **facts)


def counts(world: World, who: str = "tess") -> list[int]:
    """Now, review overdue, unseen, escalated, all."""
    with world.acting(who) as uow:
        return count_waiting(uow, *Show)


def test_the_queue_tells_who_needs_somebody_now(world: World, browse) -> None:
    fresh = waiting(world, TODAY - timedelta(days=3))
    long = waiting(world, LONG_AGO, seen_on=TODAY - timedelta(days=2))
    waiting(world, LONG_AGO, risk_review_on=TODAY, seen_on=LONG_AGO)
    an_allocated_case(world)
    a_case(world, "South", unallocated_on=LONG_AGO)
    assert counts(world) == [2, 1, 1, 2, 3]
    page = browse("tess").get("/waiting")
    assert f"/cases/{long}/waiting" in page
    assert f"/cases/{fresh}/waiting" not in page
    assert "2 children" in readable(page)
    everyone = readable(browse("tess").get("/waiting?show=all"))
    assert "3 children" in everyone
    assert "21 Oct 2026 30 22 28 Oct 2026 Overdue 16 Dec 2026" in everyone
    assert "4 children" in readable(browse("paula").get("/waiting?show=all&lot=x&page=%00"))
    one = readable(browse("paula").get(f"/waiting?show=all&lot={world.lot('South')}"))
    assert "1 child" in one


def test_a_quiet_queue_says_so(world: World, browse) -> None:
    waiting(world, TODAY)
    assert "Nothing is overdue" in browse("tess").get("/waiting")
    assert "No child here" in browse("dina").get("/waiting?show=escalated")


def test_the_team_manager_sees_what_is_late_first_thing(world: World, browse) -> None:
    waiting(world, LONG_AGO)
    page = readable(browse("tess").get("/"))
    assert "Risk reviews overdue 1 Review children who wait" in page
    assert "Not seen in time 1 See children who wait" in page


def test_the_queue_takes_few_questions_however_long_it_is(world: World, browse) -> None:
    waiting(world, LONG_AGO)
    tess = browse("tess")
    with questions(world) as few:
        tess.get("/waiting")
    for _ in range(4):
        waiting(world, LONG_AGO)
    with questions(world) as many:
        tess.get("/waiting")
    assert len(many) == len(few) <= 20


@pytest.mark.parametrize(
    ("who", "status"),
    [("paula", 200), ("dina", 200), ("hana", 200), ("priya", 403), ("carl", 403), ("alan", 403)],
)
def test_who_sees_the_queue(world: World, browse, who: str, status: int) -> None:
    case_id = waiting(world, LONG_AGO)
    browse(who).get("/waiting", status)
    browse(who).get(f"/cases/{case_id}/waiting", status)


def test_a_risk_review_is_logged_and_moves_the_case_in_triage(world: World, browse) -> None:
    case_id = waiting(world, LONG_AGO)
    tess = browse("tess")
    assert 'value="2026-11-27"' in tess.get(f"/cases/{case_id}/risk-review")
    tess.post(f"/cases/{case_id}/risk-review", **REVIEW, note="Police report from Sunday read")
    case = world.row(Case, case_id)
    assert (case.priority, case.risk_review_on) == (Priority.HIGH, date(2026, 11, 27))
    page = readable(tess.get(f"/cases/{case_id}/waiting"))
    assert (
        "20 Nov 2026 Tess Oyelaran High Duty sees the child before the next review"
        " Police report from Sunday read 27 Nov 2026"
    ) in page
    assert counts(world)[1] == 0
    form = tess.get(f"/cases/{case_id}/risk-review")
    assert "Last review: 20 Nov 2026, high." in readable(form)
    assert 'name="_version" value="1"' in form
    late = browse("tom").post(f"/cases/{case_id}/risk-review", 409, **REVIEW | {"level": "low"})
    assert "Level of risk Low High" in readable(late.text)
    assert world.row(Case, case_id).priority is Priority.HIGH


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"level": ""}, "Choose the level of risk."),
        ({"decision": "bored"}, "Choose the decision from the list."),
        ({"next_review_on": "20/11/2026"}, "The next review lies ahead of today."),
        ({"next_review_on": "28/11/2026"}, "every 7 days, so by 27 Nov 2026."),
        ({"note": "x" * 201}, "200 characters or fewer"),
    ],
)
def test_a_review_that_lacks_something_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    case_id = waiting(world, LONG_AGO)
    answer = browse("tess").post(f"/cases/{case_id}/risk-review", 422, **REVIEW | faulty)
    assert words in readable(answer.text)
    assert world.rows(RiskReview) == []


@pytest.mark.parametrize(
    ("who", "status"), [("paula", 403), ("dina", 403), ("hana", 403), ("priya", 403), ("tara", 404)]
)
def test_only_a_team_manager_of_the_lot_reviews(
    world: World, browse, who: str, status: int
) -> None:
    case_id = waiting(world, LONG_AGO)
    browse(who).get(f"/cases/{case_id}/risk-review", status)
    browse(who).post(f"/cases/{case_id}/risk-review", status, **REVIEW)


def test_a_case_with_a_worker_is_not_reviewed_as_waiting(world: World, browse) -> None:
    for case_id in (an_allocated_case(world), a_closed_case(world)):
        tess = browse("tess")
        tess.get(f"/cases/{case_id}/risk-review", 409)
        answer = tess.post(f"/cases/{case_id}/risk-review", 409, **REVIEW)
        assert "This case does not wait" in readable(answer.text)
        assert "This case does not wait" in readable(tess.get(f"/cases/{case_id}/waiting"))
        tess.post(f"/cases/{case_id}/escalation", 409, **DECISION)


def test_a_wait_ends_with_a_worker_and_begins_anew_without_one(world: World) -> None:
    case_id = waiting(world, LONG_AGO, risk_review_on=TODAY)
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        register.step(
            uow,
            register.find(uow, case_id),
            Act.CASE_ALLOCATE,
            practitioner_id=world.practitioner("priya"),
        )
    case = world.row(Case, case_id)
    assert (case.unallocated_on, case.risk_review_on) == (None, None)
    with world.acting("paula") as uow:
        register.transfer(uow, case_id, world.lot("South"))
    assert world.row(Case, case_id).unallocated_on == TODAY
    moved = waiting(world, LONG_AGO)
    with world.acting("paula") as uow:
        register.transfer(uow, moved, world.lot("South"))
    assert world.row(Case, moved).unallocated_on == LONG_AGO


def test_an_escalation_is_acknowledged_and_decided_by_whom_it_is_with(world: World, browse) -> None:
    case_id = waiting(world, LONG_AGO)
    tess = browse("tess")
    page = readable(tess.get(f"/cases/{case_id}/waiting"))
    assert "With the team manager since 18 Nov 2026; an answer is due by 25 Nov 2026" in page
    assert "Not acknowledged" in page
    tess.post(f"/cases/{case_id}/escalation/acknowledge")
    assert "Acknowledged" in readable(tess.get(f"/cases/{case_id}/waiting"))
    answer = tess.post(f"/cases/{case_id}/escalation/acknowledge", 409)
    assert "acknowledged already" in readable(answer.text)
    tess.get(f"/cases/{case_id}/escalation")
    tess.post(f"/cases/{case_id}/escalation", **DECISION)
    [step] = world.rows(Escalation)
    assert (step.until, step.decided_by) == (date(2026, 12, 4), world.user("tess"))
    assert counts(world)[3] == 0
    page = readable(tess.get(f"/cases/{case_id}/waiting"))
    assert "A named worker on duty covers it until that day: Covered by the duty rota" in page
    assert "Escalated No" in page
    tess.post(f"/cases/{case_id}/escalation", 409, **DECISION)
    tess.get(f"/cases/{case_id}/escalation", 409)
    world.clock.move(days=15)
    assert counts(world)[3] == 1
    assert "With the District Manager since 5 Dec 2026" in readable(
        browse("dina").get(f"/cases/{case_id}/waiting")
    )


def test_an_escalation_that_was_only_acknowledged_climbs_on(world: World, browse) -> None:
    case_id = waiting(world, LONG_AGO)
    browse("tess").post(f"/cases/{case_id}/escalation/acknowledge")
    world.clock.move(days=6)
    page = readable(browse("dina").get(f"/cases/{case_id}/waiting"))
    assert "With the District Manager since 26 Nov 2026" in page
    answer = browse("tess").post(f"/cases/{case_id}/escalation", 409, **DECISION)
    assert "This escalation is with the District Manager." in readable(answer.text)
    browse("hana").post(f"/cases/{case_id}/escalation", **DECISION)
    assert [step.rung.value for step in world.rows(Escalation)] == [
        "team_manager",
        "district_manager",
    ]


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"decision": ""}, "Choose the decision."),
        ({"until": "19/11/2026"}, "19 Nov 2026 is in the past."),
        ({"until": "19/12/2026"}, "until 18 Dec 2026 at most"),
    ],
)
def test_a_decision_that_cannot_be_meant_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    case_id = waiting(world, LONG_AGO)
    answer = browse("tess").post(f"/cases/{case_id}/escalation", 422, **DECISION | faulty)
    assert words in readable(answer.text)
    assert world.rows(Escalation) == []


@pytest.mark.parametrize(
    ("who", "status"), [("paula", 403), ("priya", 403), ("carl", 403), ("omar", 404), ("tara", 404)]
)
def test_others_cannot_answer_an_escalation(world: World, browse, who: str, status: int) -> None:
    case_id = waiting(world, LONG_AGO)
    browse(who).post(f"/cases/{case_id}/escalation/acknowledge", status)
    browse(who).post(f"/cases/{case_id}/escalation", status, **DECISION)


def test_each_contract_waits_by_its_own_terms(world: World, browse) -> None:
    waiting(world, TODAY - timedelta(days=6), seen_on=TODAY)
    assert counts(world)[1] == 0
    browse("hana").post(
        f"/contract/{world.contract()}/waiting",
        review_days="5",
        seen_days="28",
        escalate_weeks="4",
        answer_days="5",
        from_on="20/11/2026",
        reason="Schedule 4",
        _version="0",
    )
    assert counts(world)[1] == 1
    assert counts(world, "eve") == [0, 0, 0, 0, 0]
