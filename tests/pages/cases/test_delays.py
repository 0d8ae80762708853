"""Delays of cases: recorded, changed, ended, replied to on the weekly sheet, and escalated."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Source
from app.cases.delays import queries, service
from app.cases.delays.models import Delay, DelayReply
from app.cases.delays.rules import Ask, DelayReason, Terms, lost_by_week, totals, weeks_back
from app.cases.ladder.models import Escalation
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.kernel.clock import Holder
from app.work.models import OutboxMessage, TrailEntry
from tests.browse import readable
from tests.makers import an_allocated_case
from tests.makers_agreements import a_closed_case
from tests.questions import questions
from tests.world import TODAY, World

SENT = {
    "reason": "partner_information",
    "begins_on": "12/11/2026",
    "expected_end": "4/12/2026",
    "ask": "chase",
    "solution": "Health visitor’s report to be sent",
}
RECEIVED = date(2026, 11, 2)


def sent(world: World, **other: Any) -> dict[str, Any]:
    return SENT | {"owner_id": world.user("priya")} | other


def a_delay(world: World, case_id: int, who: str = "tess", **facts: Any) -> int:
    """A delay that a team manager recorded."""
    terms: dict[str, Any] = {
        "reason": DelayReason.PARTNER_INFORMATION,
        "holder": Holder.PARTNER,
        "owner_id": world.user("tara" if who == "tara" else "tess"),
        "begins_on": date(2026, 11, 12),
        "expected_end": TODAY,
        "ask": Ask.CHASE,
        "solution": "Report to be sent",
    }
    with world.acting(who) as uow:
        return service.record(uow, case_id, Terms(**terms | facts))


def test_a_delay_is_recorded_changed_and_ended_by_those_who_work_on_the_case(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    due = world.row(Case, case_id).due_on
    priya = browse("priya")
    assert "Nothing holds this case up" in priya.get(f"/cases/{case_id}/delays")
    assert "waits on purpose" not in priya.get(f"/cases/{case_id}/delays/new")
    page = readable(priya.follow(f"/cases/{case_id}/delays/new", **sent(world)))
    assert "A partner’s information is awaited Open Since 12 Nov 2026: 8 days" in page
    assert "Held up by Partner" in page
    assert "Who ends it Priya Nair, by 4 Dec 2026" in page
    assert "Recorded on ICS Not yet" in page
    [delay] = world.rows(Delay)
    changed = {
        "holder": "council",
        "owner_id": world.user("tess"),
        "expected_end": "27/11/2026",
        "ask": "decide",
        "solution": "A decision",
        "recorded_on": "13/11/2026",
        "_version": delay.version,
    }
    tess = browse("tess")
    assert 'value="2026-12-04"' in tess.get(f"/delays/{delay.id}/change")
    tess.post(f"/delays/{delay.id}/change", **changed)
    priya.post(f"/delays/{delay.id}/change", 409, **changed)
    page = readable(tess.get(f"/cases/{case_id}/delays"))
    assert "Held up by Council Who ends it Tess Oyelaran, by 27 Nov 2026" in page
    assert "Recorded on ICS 13 Nov 2026" in page
    assert "13 Nov 2026" in readable(tess.get("/delays?holder=council&reason=partner_information"))
    assert "Ended on" in tess.get(f"/delays/{delay.id}/end")
    page = readable(tess.follow(f"/delays/{delay.id}/end", ended_on="19/11/2026"))
    assert "Ended Since 12 Nov 2026 until 19 Nov 2026: 7 days" in page
    tess.post(f"/delays/{delay.id}/end", 409, ended_on="19/11/2026")
    for form in ("change", "end"):
        assert "This delay ended on 19 Nov 2026" in readable(tess.get(f"/delays/{delay.id}/{form}"))
    # A delay stands beside the state and moves no clock.
    case = world.row(Case, case_id)
    assert (case.due_on, case.state) == (due, CaseState.ALLOCATED)


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"reason": "bored"}, "Choose the reason from the list."),
        ({"reason": "purposeful"}, "Only a manager says that a case waits on purpose."),
        ({"reason": "other", "ask": "nothing", "solution": ""}, "Say in a few words"),
        ({"solution": ""}, "Say in a few words what would end the delay."),
        ({"begins_on": "21/11/2026"}, "21 Nov 2026 has not come yet."),
        ({"begins_on": "1/11/2026"}, "The case came on 2 Nov 2026: not before it."),
        ({"expected_end": "19/11/2026"}, "19 Nov 2026 is in the past."),
        ({"expected_end": "21/2/2027"}, "Look at it again by 20 Feb 2027 at the latest."),
        ({"recorded_on": "11/11/2026"}, "between the delay’s first day and today"),
        ({"owner_id": "999999"}, "Choose somebody who sees this case."),
    ],
)
def test_a_delay_that_cannot_be_meant_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    case_id = an_allocated_case(world)
    answer = browse("priya").post(f"/cases/{case_id}/delays/new", 422, **sent(world, **faulty))
    assert words in readable(answer.text)
    assert world.rows(Delay) == []


def test_a_case_is_late_for_one_reason_once_at_a_time(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    a_delay(world, case_id)
    tess = browse("tess")
    answer = tess.post(f"/cases/{case_id}/delays/new", 422, **sent(world))
    assert "This case is late for this reason already" in readable(answer.text)
    tess.post(f"/cases/{case_id}/delays/new", **sent(world, reason="purposeful"))
    first, purposeful = sorted(delay.id or 0 for delay in world.rows(Delay))
    tess.post(f"/delays/{first}/end", ended_on="18/11/2026")
    answer = tess.post(f"/cases/{case_id}/delays/new", 422, **sent(world))
    assert "A delay for this reason ran until 18 Nov 2026." in readable(answer.text)
    answer = tess.post(f"/delays/{purposeful}/end", 422, ended_on="11/11/2026")
    assert "The delay began on 12 Nov 2026." in readable(answer.text)
    answer = tess.post(f"/delays/{purposeful}/end", 422, ended_on="23/11/2026")
    assert "23 Nov 2026 has not come yet." in readable(answer.text)


def test_an_ended_case_has_no_delay_any_more(world: World, browse) -> None:
    case_id = a_closed_case(world)
    browse("tess").post(f"/cases/{case_id}/delays/new", 409, **sent(world))
    assert "This case has ended" in browse("tess").get(f"/cases/{case_id}/delays/new")


@pytest.mark.parametrize(
    ("who", "seen", "recorded", "replied"),
    [
        ("paula", 200, 403, 403),
        ("dina", 200, 403, 303),
        ("hana", 200, 403, 303),
        ("carl", 403, 403, 403),
        ("alan", 403, 403, 403),
        ("pete", 404, 404, 403),
        ("tara", 404, 404, 403),
        ("omar", 404, 403, 404),
    ],
)
def test_who_sees_records_and_replies(
    world: World, browse, who: str, seen: int, recorded: int, replied: int
) -> None:
    case_id = an_allocated_case(world)
    delay = a_delay(world, case_id)
    reader = browse(who)
    reader.get(f"/cases/{case_id}/delays", seen)
    reader.post(f"/cases/{case_id}/delays/new", recorded, **sent(world))
    reader.post(f"/delays/{delay}/end", recorded, ended_on="20/11/2026")
    reader.post(f"/delays/{delay}/reply", replied, reply="resolved")


def test_the_weekly_sheet_asks_and_a_reply_changes_the_case(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    resolved = a_delay(world, case_id)
    by_then = a_delay(world, case_id, reason=DelayReason.COUNCIL_SYSTEM, ask=Ask.SYSTEM)
    acted = a_delay(world, case_id, reason=DelayReason.RECEIVING_TEAM, holder=Holder.COUNCIL)
    not_ours = a_delay(world, case_id, reason=DelayReason.AUTHORISATION, holder=Holder.COUNCIL)
    a_delay(
        world,
        case_id,
        reason=DelayReason.WORKER_CHANGED,
        holder=Holder.AGENCY,
        ask=Ask.NOTHING,
    )
    dina = browse("dina")
    page = readable(dina.get("/delays/sheet"))
    assert "4 delays, 4 without a reply" in page
    assert "8 20 Nov 2026 Put the council’s case system right Report to be sent" in page
    dina.get(f"/delays/{resolved}/reply")
    dina.post(f"/delays/{resolved}/reply", reply="resolved", note="The report came.")
    dina.post(f"/delays/{by_then}/reply", reply="by_then", until="27/11/2026")
    acting = {"owner_id": world.user("dina"), "what": "chase_partner", "until": "1/12/2026"}
    dina.post(f"/delays/{acted}/reply", reply="action", **acting)
    page = readable(dina.follow(f"/delays/{not_ours}/reply", reply="not_ours", note="Not for us."))
    # One is resolved and one is the agency's now.
    assert "2 delays, 0 without a reply" in page
    asked = (resolved, by_then, acted, not_ours)
    first, second, third, fourth = (world.row(Delay, delay) for delay in asked)
    assert first.ended_on == TODAY
    assert (second.expected_end, second.holder, second.owner_id) == (
        date(2026, 11, 27),
        Holder.COUNCIL,
        world.user("dina"),
    )
    [action] = world.rows(CaseAction)
    assert (action.source, action.due_on, action.owner_id) == (
        Source.DELAY_REPLY,
        date(2026, 12, 1),
        third.owner_id,
    )
    assert (fourth.holder, fourth.ask) == (Holder.AGENCY, Ask.NOTHING)
    assert [reply.action_id for reply in world.rows(DelayReply)] == [None, None, action.id, None]
    told = [
        one.subject for one in world.rows(OutboxMessage) if one.to_user_id == world.user("tess")
    ]
    assert told.count("The council replied to a delay") == 4
    entries = [one for one in world.rows(TrailEntry) if one.act == "delay.reply"]
    assert {"delays", "delay_replies"} <= {one.subject for one in entries}
    assert "The report came." in readable(browse("tess").get(f"/cases/{case_id}/delays"))
    browse("dina").post(f"/delays/{resolved}/reply", 409, reply="resolved")


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"reply": "by_then"}, "Say until when."),
        ({"reply": "by_then", "until": "19/11/2026"}, "19 Nov 2026 is in the past."),
        ({"reply": "resolved", "until": "27/11/2026"}, "This reply needs no day"),
        ({"reply": "action", "until": "27/11/2026"}, "Choose who acts."),
        (
            {"reply": "action", "until": "27/11/2026", "owner_id": "tess", "note": "Now"},
            "Choose somebody of the council.",
        ),
        ({"reply": "not_ours"}, "why it is for the agency to end"),
    ],
)
def test_a_reply_that_leaves_something_unsaid_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    delay = a_delay(world, an_allocated_case(world))
    if who := faulty.get("owner_id"):
        faulty = faulty | {"owner_id": str(world.user(who))}
    dina = browse("dina")
    assert "Tess Oyelaran</option>" not in dina.get(f"/delays/{delay}/reply")
    answer = dina.post(f"/delays/{delay}/reply", 422, **faulty)
    assert words in readable(answer.text)
    assert world.rows(DelayReply) == []


def test_the_sheet_is_taken_along_as_a_document(world: World, browse) -> None:
    a_delay(world, an_allocated_case(world))
    answer = browse("dina").client.get("/delays/sheet.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_delay_past_its_expected_end_climbs_the_ladder_until_somebody_decides(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    delay = a_delay(world, case_id)
    tess = browse("tess")
    tess.get(f"/delays/{delay}/escalation", 409)
    world.clock.move(days=3)
    page = readable(browse("tess").get(f"/cases/{case_id}/delays"))
    assert "With the team manager since 21 Nov 2026; an answer is due by 27 Nov 2026" in page
    browse("tess").post(f"/delays/{delay}/escalation/acknowledge")
    browse("tess").post(f"/delays/{delay}/escalation/acknowledge", 409)
    assert "Acknowledged" in readable(browse("tess").get(f"/cases/{case_id}/delays"))
    world.clock.move(days=5)
    decision = {"decision": "unblocked", "until": "11/12/2026"}
    browse("tess").post(f"/delays/{delay}/escalation", 409, **decision)
    dina = browse("dina")
    assert "With the District Manager since 28 Nov 2026" in readable(
        dina.get(f"/cases/{case_id}/delays")
    )
    assert "is with the District Manager since 28 Nov 2026" in readable(
        dina.get(f"/delays/{delay}/escalation")
    )
    wrong = dina.post(f"/delays/{delay}/escalation", 422, **decision | {"decision": "allocated"})
    assert "Choose the decision from the list." in readable(wrong.text)
    page = readable(dina.follow(f"/delays/{delay}/escalation", **decision))
    assert "What holds it up is resolved by that day" in page
    assert [step.over_on for step in world.rows(Escalation)] == [date(2026, 11, 28)] * 2
    # Extended, it is another matter: it comes to the lowest step again.
    row = world.row(Delay, delay)
    later = {"holder": "partner", "owner_id": row.owner_id, "ask": "nothing"}
    again = {**later, "expected_end": "30/11/2026", "_version": row.version}
    browse("tess").post(f"/delays/{delay}/change", **again)
    world.clock.move(days=3)
    assert "With the team manager since 1 Dec 2026" in readable(
        browse("tess").get(f"/cases/{case_id}/delays")
    )


def test_a_day_that_has_passed_is_not_kept_as_the_expected_end(world: World, browse) -> None:
    delay = a_delay(world, an_allocated_case(world))
    world.clock.move(days=3)
    row = world.row(Delay, delay)
    same = {"holder": "partner", "owner_id": row.owner_id, "expected_end": "20/11/2026"}
    same |= {"ask": "nothing", "_version": row.version}
    answer = browse("tess").post(f"/delays/{delay}/change", 422, **same)
    assert "say until when it lasts now" in readable(answer.text)


def test_days_lost_add_up_to_the_rows_behind_them(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    a_delay(world, case_id)
    ended = a_delay(world, case_id, reason=DelayReason.SPECIALIST, begins_on=RECEIVED)
    with world.acting("tess") as uow:
        service.end(uow, ended, date(2026, 11, 9))
    other = an_allocated_case(world, "sam", "South")
    a_delay(world, other, "tara")
    # It ended today with its case, and no night has written that down on the delay.
    over = a_delay(world, an_allocated_case(world), reason=DelayReason.LEGAL_ADVICE)
    with world.setting_up() as uow:
        uow.get(Case, uow.get(Delay, over).case_id).ended_on = TODAY
    with world.acting("paula") as uow:
        first = weeks_back(TODAY, 12)[0] - timedelta(days=6)
        stretches = queries.list_lost(uow, first)
        by_week = lost_by_week(stretches, weeks_back(TODAY, 12), TODAY)
        added = totals(stretches, first, TODAY)
        rows = queries.list_delays(uow, queries.DelayFilter(queries.Show.LOST, since=first)).rows
    assert sum(map(sum, by_week.values())) == sum(row.days(TODAY) for row in rows) == 8 + 7 + 8 + 8
    assert all(sum(kind.values()) == 31 for kind in added.values())
    page = browse("paula").get("/delays/lost")
    assert "/delays?show=lost&amp;reason=partner_information&amp;since=2026-08-29" in page
    assert "A partner’s information is awaited : 16 days" in readable(page)
    page = browse("paula").get("/delays?show=lost&reason=specialist")
    assert "1 delay" in readable(page)
    assert "Ended 9 Nov 2026" in readable(page)
    assert "No day was lost" in browse("eve").get("/delays/lost")


def test_the_list_takes_few_questions_and_reads_any_address(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    a_delay(world, case_id)
    tess = browse("tess")
    with questions(world) as few:
        tess.get("/delays")
    for reason in (DelayReason.SPECIALIST, DelayReason.INTERPRETER, DelayReason.ENQUIRY):
        a_delay(world, case_id, reason=reason)
    with questions(world) as many:
        page = tess.get("/delays?show=%00&lot=x&reason=none&page=-1")
    assert len(many) == len(few) <= 12
    assert "4 delays" in readable(page)
    assert "3 delays" not in readable(tess.get("/delays?show=late"))
    assert "No delay here" in tess.get("/delays?show=late")
    assert "4 delays" in readable(tess.get("/delays?show=asked"))
