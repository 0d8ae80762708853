"""The triage queue, the order it stands in and the priority of a case."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.cases.assessments import service as assessments
from app.cases.register.models import Case, PriorityReview, TriageRule
from app.cases.register.recount import recount
from app.work.models import TrailEntry
from tests.browse import Browse, readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_closed_case, a_flag
from tests.questions import questions
from tests.world import TODAY, World

ORDER = {"first": "age", "second": "days_waiting", "reason": "Agreed at the weekly meeting"}
SET = {
    "priority": "high",
    "reason": "domestic_abuse",
    "next_review_on": "27/11/2026",
    "_version": "0",
}


def queue(browser: Browse, address: str = "/triage") -> list[int]:
    """The cases in the order of the page."""
    return [
        int(one)
        for one in re.findall(r'<th scope="row"><a[^>]*/cases/(\d+)"', browser.get(address))
    ]


def test_the_queue_stands_in_the_order_that_is_printed_beside_it(world: World, browse) -> None:
    plain = a_case(world)
    older = a_case(world, referred_on=TODAY - timedelta(days=60), received_on=TODAY)
    protected = a_case(world, child_protection=True)
    flagged = a_case(world)
    a_flag(world, world.row(Case, flagged).reference)
    an_allocated_case(world)
    a_case(world, "South")
    tess: Browse = browse("tess")
    assert queue(tess) == [flagged, protected, older, plain]
    page = readable(tess.get("/triage"))
    assert "Order: An open safeguarding flag first, then a child protection plan or enquiry" in page
    assert "4 cases wait for a practitioner" in page
    assert "Never seen" in page
    assert queue(browse("paula"), f"/triage?lot={world.lot()}") == [
        flagged,
        protected,
        older,
        plain,
    ]


def test_an_empty_queue_says_so(world: World, browse) -> None:
    assert "Nobody waits" in browse("tess").get("/triage")
    assert "No priority waits" in browse("tess").get("/triage?review=yes")


def test_the_queue_asks_as_much_for_many_cases_as_for_one(world: World, browse) -> None:
    a_case(world)
    tess = browse("tess")
    tess.get("/triage")
    with questions(world) as of_one:
        tess.get("/triage")
    for _ in range(7):
        a_case(world)
    with questions(world) as of_many:
        tess.get("/triage")
    assert len(of_many) == len(of_one) <= 11


# The order


def test_a_project_manager_changes_the_order_and_every_case_stands_by_it(
    world: World, browse
) -> None:
    infant = a_case(world, age_band="Under 1")
    protected = a_case(world, child_protection=True, age_band="5–9")
    elsewhere = a_case(world, "South", age_band="1–4")
    held = an_allocated_case(world, age_band="16+")
    paula: Browse = browse("paula")
    assert queue(paula)[0] == protected
    address = f"/triage/order/{world.contract()}"
    assert "In force: An open safeguarding flag first" in readable(paula.get(address))
    page = paula.follow(address, _version="0", **ORDER)
    assert "In force: The youngest child first, then the longest since referral" in readable(page)
    assert "Agreed at the weekly meeting" in page
    assert "Paula Marsh" in page
    assert queue(paula) == [infant, elsewhere, protected]
    with world.acting("paula") as uow:
        assert recount(uow).ok
    assert world.row(Case, held).triage_rank > world.row(Case, infant).triage_rank
    rule = world.rows(TriageRule)[0]
    assert (rule.number, rule.criteria) == (1, "age days_waiting")
    subjects = {entry.subject for entry in world.rows(TrailEntry, act="triage.order")}
    assert subjects == {"triage_rules", "cases"}


def test_what_comes_after_the_change_stands_by_the_new_order_too(world: World, browse) -> None:
    address = f"/triage/order/{world.contract()}"
    browse("paula").post(address, _version="0", first="not_seen", reason="Unseen children first")
    first, second = an_allocated_case(world), an_allocated_case(world)
    with world.acting("priya") as uow:
        assessments.record_seen(uow, first, uow.today, seen_alone=True)
    with world.acting("paula") as uow:
        assert recount(uow).ok
    assert world.row(Case, second).triage_rank < world.row(Case, first).triage_rank


@pytest.mark.parametrize(("who", "status"), [("tess", 403), ("dina", 403), ("eve", 404)])
def test_others_do_not_change_the_order(world: World, browse, who: str, status: int) -> None:
    browse(who).post(f"/triage/order/{world.contract()}", status, _version="0", **ORDER)
    assert world.rows(TriageRule) == []


def test_a_team_manager_reads_how_the_order_came_about(world: World, browse) -> None:
    page = browse("tess").get(f"/triage/order/{world.contract()}")
    assert "The order that every contract begins with." in page
    assert '<form method="post" novalidate' not in page


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"reason": "None"}, "Choose what comes first"),
        ({"first": "flag"}, "Enter why the order changes"),
        ({"first": "flag", "second": "flag", "reason": "Twice"}, "Choose each criterion once."),
        ({"first": "shoe", "reason": "Size"}, "from the list"),
    ],
)
def test_an_order_that_cannot_be_meant_is_shown_again(
    world: World, browse, answers: dict[str, str], sentence: str
) -> None:
    address = f"/triage/order/{world.contract()}"
    answer = browse("paula").post(address, 422, _version="0", **answers)
    assert sentence in readable(answer.text)


def test_the_order_in_force_is_not_put_in_force_again(world: World, browse) -> None:
    paula, address = browse("paula"), f"/triage/order/{world.contract()}"
    paula.post(address, _version="0", **ORDER)
    answer = paula.post(address, 422, _version="1", **ORDER)
    assert "This is the order in force." in readable(answer.text)


def test_two_who_change_the_order_do_not_overwrite_each_other(world: World, browse) -> None:
    paula, address = browse("paula"), f"/triage/order/{world.contract()}"
    paula.post(address, _version="0", **ORDER)
    answer = paula.post(address, 409, _version="0", first="flag", reason="At the same time")
    assert "Paula Marsh saved it first" in readable(answer.text)
    assert len(world.rows(TriageRule)) == 1


# The priority


def test_a_manager_sets_a_priority_with_a_reason_and_a_next_review(world: World, browse) -> None:
    case_id = a_case(world)
    tess: Browse = browse("tess")
    assert "To judge" in tess.get("/triage")
    assert "Nobody has judged" in tess.get(f"/cases/{case_id}/priority")
    page = tess.follow(f"/cases/{case_id}/priority", child_protection="yes", **SET)
    assert "High, review by 27 Nov 2026. Child protection" in readable(page)
    case = world.row(Case, case_id)
    assert (case.priority.value, case.child_protection) == ("high", True)
    review = world.rows(PriorityReview)[0]
    assert (review.reason.value, review.by_user_id) == ("domestic_abuse", world.user("tess"))
    page = tess.get(f"/cases/{case_id}/priority")
    assert 'name="_version" value="1"' in page
    history = readable(page)
    assert "High Domestic abuse in the household 20 Nov 2026 Tess Oyelaran 27 Nov 2026" in history
    assert case_id not in queue(tess, "/triage?review=yes")
    world.clock.move(days=7)
    assert case_id in queue(browse("tess"), "/triage?review=yes")


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("dina", 403), ("tara", 404), ("eve", 404)]
)
def test_others_cannot_set_it(world: World, browse, who: str, status: int) -> None:
    case_id = a_case(world)
    browse(who).post(f"/cases/{case_id}/priority", status, **SET)
    assert world.rows(PriorityReview) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"priority": ""}, "Choose the priority."),
        ({"priority": "not_set"}, "Choose how urgent the case is."),
        ({"reason": ""}, "Choose the reason."),
        ({"next_review_on": "20/11/2026"}, "on a later day than today"),
        ({"next_review_on": "1/1/2028"}, "Look at it again by 20 Feb 2027."),
        ({"next_review_on": "soon"}, "Write the date"),
    ],
)
def test_a_judgement_that_says_too_little_is_shown_again(
    world: World, browse, changed: dict[str, Any], sentence: str
) -> None:
    case_id = a_case(world)
    answer = browse("tess").post(f"/cases/{case_id}/priority", 422, **SET | changed)
    assert sentence in readable(answer.text)
    assert world.row(Case, case_id).priority.value == "not_set"


def test_a_case_with_an_open_flag_stays_urgent_and_its_history_says_why(
    world: World, browse
) -> None:
    case_id = a_case(world)
    a_flag(world, world.row(Case, case_id).reference)
    answer = browse("tess").post(f"/cases/{case_id}/priority", 422, **SET | {"_version": "1"})
    assert "It stays urgent until the flag is resolved." in readable(answer.text)
    assert "A safeguarding flag was raised" in browse("tess").get(f"/cases/{case_id}/priority")


def test_of_two_who_judge_a_case_at_once_the_second_is_shown_the_first(
    world: World, browse
) -> None:
    case_id = a_case(world)
    browse("tess").post(f"/cases/{case_id}/priority", **SET)
    late = SET | {"priority": "low", "reason": "routine"}
    answer = browse("tom").post(f"/cases/{case_id}/priority", 409, **late, child_protection="")
    page = readable(answer.text)
    assert "Tess Oyelaran saved it first" in page
    assert "Child protection" not in page, "neither side said anything of it"
    assert "Priority Low High" in page
    assert "Next review 27 Nov 2026 27 Nov 2026" in page
    assert world.row(Case, case_id).priority.value == "high"


def test_an_ended_case_keeps_the_priority_it_had(world: World, browse) -> None:
    case_id = a_closed_case(world)
    assert "has ended" in browse("tess").get(f"/cases/{case_id}/priority")
    browse("tess").post(f"/cases/{case_id}/priority", 409, **SET)
    assert world.rows(PriorityReview, case_id=case_id) == []
