"""Escalations: the night takes waits and delays up the ladder and tells whoever must answer."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from app.assurance.nightly.service import look_daily
from app.cases.delays.models import Delay
from app.cases.escalation import queries
from app.cases.ladder.models import Escalation
from app.cases.ladder.rules import Rung
from app.kernel.counts import Count
from app.work.counting import up_to
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_closed_case
from tests.pages.cases.test_delays import a_delay
from tests.questions import questions
from tests.world import TODAY, World

LONG_AGO = TODAY - timedelta(days=30)


def a_wait(world: World, lot: str = "North") -> int:
    return a_case(world, lot, received_on=LONG_AGO, unallocated_on=LONG_AGO)


def mail_to(world: World, who: str) -> list[tuple[str, str]]:
    to = world.user(who)
    return [(one.subject, one.path) for one in world.rows(OutboxMessage) if one.to_user_id == to]


def test_whoever_must_answer_is_told_and_sees_it_first_on_their_home(world: World, browse) -> None:
    case_id = a_wait(world)
    a_wait(world, "South")
    delayed = an_allocated_case(world)
    delay = a_delay(world, delayed, expected_end=TODAY)
    world.clock.move(days=1)
    assert look_daily(world.database)
    # One message, however many cases; nobody of another lot, and nobody above.
    assert mail_to(world, "tess")[-1] == ("2 cases were escalated to you", "/escalations")
    assert mail_to(world, "tara")[-1] == ("A case was escalated to you", "/escalations")
    assert mail_to(world, "dina") == mail_to(world, "hana") == []
    page = readable(browse("tess").get("/"))
    assert "Escalated to you 2" in page
    page = browse("tess").get("/escalations")
    assert f"/cases/{case_id}/waiting" in page
    assert f"/cases/{delayed}/delays" in page
    assert "2 matters" in readable(page)
    assert "No named worker" in readable(page)
    assert "Nothing is escalated here" in browse("dina").get("/escalations")
    assert "3 matters" in readable(browse("hana").get("/escalations?rung="))
    # Unanswered, it goes up; what was answered stays where it was decided.
    browse("tess").post(f"/delays/{delay}/escalation", decision="go_on", until="30/11/2026")
    world.clock.move(days=8)
    assert look_daily(world.database)
    assert mail_to(world, "dina") == [("A case was escalated to you", "/escalations")]
    assert "Escalated to you 1" in readable(browse("dina").get("/"))
    assert "Escalated to you 0" in readable(browse("tess").get("/"))
    world.clock.move(days=8)
    look_daily(world.database)
    assert "Escalated to you 2" in readable(browse("hana").get("/"))
    steps = [step for step in world.rows(Escalation) if step.case_id == case_id]
    assert sorted(step.rung for step in steps if step.over_on is not None) == [
        Rung.DISTRICT_MANAGER,
        Rung.TEAM_MANAGER,
    ]


def test_a_second_night_on_one_day_tells_nobody_twice(world: World) -> None:
    a_wait(world)
    look_daily(world.database)
    steps, mail = len(world.rows(Escalation)), len(world.rows(OutboxMessage))
    world.clock.move(days=1)
    look_daily(world.database)
    assert (len(world.rows(Escalation)), len(world.rows(OutboxMessage))) == (steps, mail)


def test_what_is_over_asks_nobody_any_more(world: World) -> None:
    delayed = an_allocated_case(world)
    delay = a_delay(world, delayed, expected_end=TODAY)
    world.clock.move(days=1)
    look_daily(world.database)
    with world.acting("tess") as uow:
        assert queries.asked_of(uow) == queries.Asked(Count(1), Count(1))
        every = select(Escalation.id)
        assert [uow.rows(up_to(every, most)).scalar() for most in (0, 1)] == [1, 1]
    with world.setting_up() as uow:
        uow.get(Delay, delay).ended_on = uow.today
    with world.acting("tess") as uow:
        assert queries.asked_of(uow) == queries.Asked()
    with world.acting("priya") as uow:
        assert queries.asked_of(uow) == queries.Asked()
    world.clock.move(days=1)
    look_daily(world.database)
    [step] = world.rows(Escalation)
    assert step.over_on == TODAY + timedelta(days=2)


def test_a_delay_ends_with_its_case(world: World) -> None:
    case_id = a_closed_case(world)
    with world.setting_up() as uow:
        uow.add(
            Delay(
                case_id=case_id,
                lot_id=world.lot(),
                reason="specialist",
                holder="partner",
                owner_id=world.user("tess"),
                begins_on=date(2026, 11, 10),
                expected_end=TODAY,
            )
        )
    look_daily(world.database)
    [delay] = world.rows(Delay)
    assert delay.ended_on == TODAY


@pytest.mark.parametrize(
    ("who", "status"), [("paula", 200), ("omar", 200), ("priya", 403), ("carl", 403), ("alan", 403)]
)
def test_who_sees_escalations(world: World, browse, who: str, status: int) -> None:
    a_wait(world)
    look_daily(world.database)
    reader = browse(who)
    page = reader.get("/escalations?rung=", status)
    assert ("1 matter" in readable(page)) is (who == "paula")
    if status == 200:
        with questions(world) as asked:
            reader.get("/escalations?rung=up&page=%00")
        assert len(asked) <= 14
