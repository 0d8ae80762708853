"""Failures: found once from what was read, planned for, decided, closed; credits under a cap."""

from datetime import date

from app.performance.failures import queries, service
from app.performance.failures.models import (
    RectificationPlan,
    ServiceLevelFailure,
    ServiceLevelPeriod,
)
from app.performance.measures.rules import Measure
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers_service_levels import a_failure, a_level, a_month_read
from tests.questions import questions
from tests.world import World

PLAN = {
    "cause": "Two workers off sick",
    "steps": "Cover from Monday.\nOldest cases first.",
    "owner": "Paula Marsh",
    "due_on": "29/1/2027",
}
CREDIT = {"credit_pence": 50_000, "cap_pence": 60_000, "critical": True}


def test_a_month_is_judged_once_and_both_sides_are_told_of_a_failure(world: World, browse) -> None:
    failure_id = a_failure(world, **CREDIT)
    [period] = world.rows(ServiceLevelPeriod)
    assert (period.starts_on, period.ends_on) == (date(2026, 12, 1), date(2026, 12, 31))
    assert (period.value, period.result.value, period.number) == (3_000, "failed", 1)
    told = {one.to_user_id for one in world.rows(OutboxMessage)}
    assert told == {world.user("paula"), world.user("hana")}
    assert service.judge_all(world.database) == 0
    page = readable(browse("carl").get("/service-levels/failures"))
    assert "Months judged 1 Failed 1" in page
    assert "£500.00" in page
    page = readable(browse("tess").get(f"/service-levels/failures/{failure_id}"))
    assert "failed in the month to 31 Dec 2026" in page
    assert "30.0% (3 of 10)" in page
    assert "£" not in page
    assert "1 failure to put right" in readable(browse("paula").get("/"))
    other = a_level(world, "Mid")
    assert "No month has been judged yet" in browse("carl").get(
        f"/service-levels/failures?level={other}"
    )


def test_a_month_begun_before_the_level_or_ended_before_it_was_signed_is_not_judged(
    world: World,
) -> None:
    a_level(world, starts_on=date(2026, 11, 30))
    a_level(world, "South", signed=False)
    for lot in ("North", "South"):
        a_month_read(world, 1, 10, lot, date(2026, 11, 1))
    world.clock.move(days=14)
    assert service.judge_all(world.database) == 0
    a_month_read(world, 9, 10)
    world.clock.move(days=31)
    assert service.judge_all(world.database) == 1
    assert world.rows(ServiceLevelFailure) == []


def test_a_failure_is_planned_for_decided_and_closed(world: World, browse) -> None:
    failure_id = a_failure(world)
    address = f"/service-levels/failures/{failure_id}"
    paula, hana = browse("paula"), browse("hana")
    assert "Plan due" in readable(hana.get(address))
    hana.post(f"{address}/close", 409)
    late = paula.post(f"{address}/plan", 422, **PLAN | {"due_on": "1/12/2026"}).text
    assert "in the past" in readable(late)
    assert "Plan with the council" in readable(paula.follow(f"{address}/plan", **PLAN))
    paula.post(f"{address}/plan", 409, **PLAN)
    no = {"number": "1", "decision": "rejected", "reason": ""}
    assert "Say why" in readable(hana.post(f"{address}/decide", 422, **no).text)
    hana.post(f"{address}/decide", **no | {"reason": "Who covers?"})
    assert "New plan due" in readable(paula.get(address))
    paula.post(f"{address}/plan", **PLAN)
    hana.post(f"{address}/decide", 409, number="1", decision="accepted")
    hana.post(f"{address}/decide", number="2", decision="accepted")
    hana.post(f"{address}/decide", 409, number="2", decision="accepted")
    assert [one.decision.value for one in world.rows(RectificationPlan)] == ["rejected", "accepted"]
    page = readable(hana.follow(f"{address}/close"))
    assert "Closed" in page
    assert "Who covers?" in page
    hana.post(f"{address}/close", 409)
    with world.acting("hana") as uow:
        assert queries.open_failures(uow) == []
        assert queries.count_open(uow) == 0


def test_a_plan_that_did_not_put_it_right_by_its_day_is_followed_by_another(
    world: World, browse
) -> None:
    failure_id = a_failure(world)
    address = f"/service-levels/failures/{failure_id}"
    browse("paula").post(f"{address}/plan", **PLAN)
    browse("hana").post(f"{address}/decide", number="1", decision="accepted")
    assert "plan to put it right" not in readable(browse("paula").get(address))
    world.clock.move(days=30)
    paula, hana = browse("paula"), browse("hana")
    page = readable(paula.get(address))
    assert "To be put right by 29 Jan 2027, late" in page
    assert "Say why and plan to put it right" in page
    page = readable(paula.follow(f"{address}/plan", **PLAN | {"due_on": "26/2/2027"}))
    assert "Plan with the council" in page
    hana.post(f"{address}/close", 409)
    hana.post(f"{address}/decide", number="2", decision="accepted")
    assert "Closed" in readable(hana.follow(f"{address}/close"))


def test_a_second_failure_is_told_as_such_and_the_cap_holds_until_the_council_waives(
    world: World, browse
) -> None:
    first = a_failure(world, **CREDIT)
    a_month_read(world, 2, 10, first=date(2027, 1, 1))
    world.clock.move(days=31)
    service.judge_all(world.database)
    second = next(one for one in world.rows(ServiceLevelFailure) if one.id != first)
    assert (second.repeat, second.whole_pence, second.credit_pence) == (2, 50_000, 10_000)
    hana = browse("hana")
    page = readable(hana.get(f"/service-levels/failures/{second.id}"))
    assert "Failure 2 in twelve months" in page
    assert "£100.00, of £500.00: the cap of twelve months is reached" in page
    assert "Reason" in readable(hana.post(f"/service-levels/failures/{first}/waive", 422).text)
    said = {"reason": "Our own delay"}
    page = readable(hana.follow(f"/service-levels/failures/{first}/waive", **said))
    assert "by Hana Lowe: Our own delay" in page
    hana.post(f"/service-levels/failures/{first}/waive", 409, **said)
    year = date(2026, 11, 2), date(2027, 4, 30)
    with world.acting("hana") as uow:
        [due] = queries.credits_due(uow, world.lot(), *year)
        assert queries.credits_due(uow, world.lot(), date(2027, 2, 1), year[1]) == []
    assert (due.failure_id, due.pence, due.measure) == (second.id, 10_000, Measure.TIMELINESS)
    assert due.words.endswith("month to 31 Jan 2027; £500.00, limited by the cap")


def test_others_neither_plan_nor_decide_nor_waive(world: World, browse) -> None:
    failure_id = a_failure(world, **CREDIT)
    address = f"/service-levels/failures/{failure_id}"
    for key in ("tess", "dina", "carl", "hana"):
        browse(key).post(f"{address}/plan", 403, **PLAN)
    for key in ("tess", "dina", "carl", "paula"):
        browse(key).post(f"{address}/decide", 403, number="1", decision="accepted")
        browse(key).post(f"{address}/close", 403)
        browse(key).post(f"{address}/waive", 403, reason="No")
    browse("omar").get(address, 404)
    browse("eve").get("/service-levels/failures")
    hana = browse("hana")
    hana.get("/service-levels/failures")
    with questions(world) as asked:
        hana.get("/service-levels/failures")
    assert len(asked) <= 10
