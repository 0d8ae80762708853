"""Holds: placed, renewed, taken back, returned by themselves; a case's time by holder."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.holds.models import Hold
from app.cases.holds.queries import running_by_case
from app.cases.holds.rules import HoldReason
from app.cases.register import service as register
from app.cases.register.models import Case
from tests.browse import readable
from tests.makers import an_allocated_case, an_assessing_case
from tests.makers_agreements import a_closed_case, a_proposal
from tests.makers_holds import a_hold, a_past_hold
from tests.questions import questions
from tests.world import TODAY, World


def answers(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "reason": "specialist",
        "owner_id": world.user("tess"),
        "began_on": "20/11/2026",
        "review_on": "27/11/2026",
        "until_on": "04/12/2026",
        "note": "Report promised by the clinic",
    } | changed


def test_a_practitioner_puts_her_case_on_hold_and_it_returns_by_itself(
    world: World, browse
) -> None:
    case_id = an_assessing_case(world)
    priya = browse("priya")
    assert 'value="2026-12-04"' in priya.get(f"/cases/{case_id}/hold")
    page = readable(priya.follow(f"/cases/{case_id}/hold", **answers(world)))
    assert "On hold Partner: A specialist or parenting assessment" in page
    assert "It returns by itself on 4 Dec 2026; Tess Oyelaran looks at it again" in page
    assert "Report promised by the clinic" in page
    listed = readable(browse("tess").get("/holds"))
    assert "1 case" in listed
    assert "Partner A specialist or parenting assessment 20 Nov 2026 27 Nov 2026" in listed
    assert "To look at again 0" in listed
    world.clock.move(days=7)
    assert "To look at again 1" in readable(browse("tess").get("/holds?review=yes&holder=partner"))
    assert "No case here" in browse("tess").get("/holds?holder=court")
    world.clock.move(days=7)
    assert "0 cases" in readable(browse("tess").get("/holds"))
    page = readable(browse("priya").get(f"/cases/{case_id}/clock"))
    assert "4 Dec 2026, by itself" in page
    assert "Not on hold" in page
    with world.acting("priya") as uow:
        assert running_by_case(uow, {case_id}) == {}


def test_the_days_by_holder_sum_to_the_time_elapsed(world: World, browse) -> None:
    case_id = an_assessing_case(world, referred_on=date(2026, 10, 21))
    a_past_hold(world, case_id, date(2026, 11, 5), date(2026, 11, 12))
    page = readable(browse("dina").get(f"/cases/{case_id}/clock"))
    assert "Agency 9 Council 8 Partner 5 Elapsed 22" in page
    assert "21 Oct 2026 2 Nov 2026 Council Not yet with the project 8" in page
    assert "5 Nov 2026 12 Nov 2026 Partner A criminal investigation 5" in page


def test_a_hold_is_renewed_and_taken_back_before_its_day(world: World, browse) -> None:
    case_id = an_assessing_case(world)
    hold_id = a_hold(world, case_id)
    tess = browse("tess")
    renewed = {
        "_version": 1,
        "owner_id": world.user("priya"),
        "review_on": "11/12/2026",
        "until_on": "18/12/2026",
    }
    tess.get(f"/holds/{hold_id}/renew")
    answer = tess.post(f"/holds/{hold_id}/renew", 422, **renewed | {"until_on": "20/11/2026"})
    assert "The case returns on a day after today." in readable(answer.text)
    tess.post(f"/holds/{hold_id}/renew", **renewed)
    assert world.row(Hold, hold_id).until_on == date(2026, 12, 18)
    late = tess.post(f"/holds/{hold_id}/renew", 409, **renewed | {"owner_id": world.user("tess")})
    told = readable(late.text)
    assert "Tess Oyelaran saved it first" in told
    assert "Who sees to it Tess Oyelaran Priya Nair" in told
    page = readable(tess.follow(f"/holds/{hold_id}/end"))
    assert "20 Nov 2026, before its day" in page
    assert world.row(Hold, hold_id).ended_by == world.user("tess")
    assert "This hold is over" in readable(tess.post(f"/holds/{hold_id}/end", 409).text)
    tess.post(f"/cases/{case_id}/hold", **answers(world))


def test_a_hold_returns_on_a_working_day_and_says_so(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    sent = answers(world, until_on="26/12/2026")
    page = readable(browse("tess").follow(f"/cases/{case_id}/hold", **sent))
    assert "On hold until 29 Dec 2026: 26 Dec 2026 is no working day." in page
    assert world.rows(Hold)[0].until_on == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"reason": ""}, "Choose what the case waits for."),
        ({"owner_id": "9999"}, "Choose somebody who sees this case."),
        ({"owner_id": "pete"}, "Choose somebody who sees this case."),
        ({"began_on": "21/11/2026"}, "21 Nov 2026 has not come yet."),
        ({"began_on": "31/02/2027"}, "February 2027 has 28 days."),
        ({"began_on": "20/11/0226"}, "The year 0226 is not between"),
        ({"until_on": "20/11/2040"}, "A hold returns by 19 Jan 2027"),
        ({"review_on": "05/12/2026"}, "by the day it returns"),
    ],
)
def test_a_hold_that_cannot_be_meant_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    case_id = an_allocated_case(world)
    sent = answers(world, **faulty)
    if sent["owner_id"] == "pete":
        sent["owner_id"] = world.user("pete")
    answer = browse("tess").post(f"/cases/{case_id}/hold", 422, **sent)
    assert words in readable(answer.text)
    assert world.rows(Hold) == []


def test_nobody_holds_a_clock_that_is_held_already_or_is_the_councils(world: World, browse) -> None:
    held = an_assessing_case(world)
    a_hold(world, held)
    tess = browse("tess")
    sent = answers(world)
    assert "on hold already" in readable(tess.post(f"/cases/{held}/hold", 409, **sent).text)
    closed = a_closed_case(world)
    a_proposal(world)
    [waiting] = [case.id for case in world.rows(Case) if case.state.value == "proposed"]
    assert "council has this case" in readable(tess.get(f"/cases/{waiting}/hold", 409))
    assert "has ended" in readable(tess.post(f"/cases/{closed}/hold", 409, **sent).text)


@pytest.mark.parametrize(
    ("who", "sees", "places"),
    [("pete", 404, 404), ("dina", 200, 403), ("hana", 200, 403), ("tara", 404, 404)],
)
def test_others_see_at_most_whose_clock_it_is(
    world: World, browse, who: str, sees: int, places: int
) -> None:
    case_id = an_assessing_case(world)
    reader = browse(who)
    reader.get(f"/cases/{case_id}/clock", sees)
    reader.post(f"/cases/{case_id}/hold", places, **answers(world))


def test_a_co_worker_sees_the_hold_but_does_not_place_renew_or_end_one(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    browse("tess").post(
        f"/cases/{case_id}/reallocate",
        practitioner_id=world.practitioner("priya"),
        co_worker_id=world.practitioner("pete"),
        reason="MANAGE",
    )
    pete = browse("pete")
    pete.get(f"/cases/{case_id}/clock")
    answer = pete.post(f"/cases/{case_id}/hold", 409, **answers(world))
    assert "Only the practitioner who holds this case" in readable(answer.text)
    hold_id = a_hold(world, case_id)
    renewed = {"_version": 1, "owner_id": world.user("tess")}
    renewed |= {"review_on": "27/11/2026", "until_on": "04/12/2026"}
    for address, sent in ((f"/holds/{hold_id}/renew", renewed), (f"/holds/{hold_id}/end", {})):
        answer = pete.post(address, 409, **sent)
        assert "Only the practitioner who holds this case" in readable(answer.text)


def test_a_hold_that_has_returned_is_over_and_no_other_reaches_back_into_it(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    hold_id = a_hold(world, case_id, until_on=TODAY + timedelta(days=7))
    world.clock.move(days=8)
    tess = browse("tess")
    days = {"review_on": "30/11/2026", "until_on": "04/12/2026"}
    renewed = {"_version": 1, "owner_id": world.user("tess")} | days
    for act, said in {"renew": renewed, "end": {}}.items():
        answer = tess.post(f"/holds/{hold_id}/{act}", 409, **said)
        assert "This hold is over" in readable(answer.text)
    sent = answers(world, **days)
    answer = tess.post(f"/cases/{case_id}/hold", 422, **sent | {"began_on": "26/11/2026"})
    assert "Before 27 Nov 2026 the case was not here" in readable(answer.text)
    tess.post(f"/cases/{case_id}/hold", **sent | {"began_on": "27/11/2026"})


def test_the_list_takes_few_questions_however_long_it_is(world: World, browse) -> None:
    a_hold(world, an_allocated_case(world))
    tess = browse("tess")
    with questions(world) as few:
        tess.get("/holds")
    for reason in (HoldReason.CRIMINAL, HoldReason.LEGAL_ADVICE, HoldReason.COURT_HEARING):
        a_hold(world, an_allocated_case(world), reason=reason)
    with questions(world) as many:
        tess.get("/holds")
    assert len(many) == len(few) <= 10


def test_a_case_that_ended_is_on_hold_no_more(world: World, browse) -> None:
    case_id = a_closed_case(world)
    a_past_hold(world, case_id, TODAY, TODAY + timedelta(days=7))
    tess = browse("tess")
    assert "0 cases" in readable(tess.get("/holds"))
    assert "The case has ended." in readable(tess.get(f"/cases/{case_id}/clock"))
    assert "It returns by itself" not in readable(tess.get(f"/cases/{case_id}"))
    [hold] = world.rows(Hold)
    assert "has ended" in readable(tess.post(f"/holds/{hold.id}/end", 409).text)


def test_a_hold_goes_to_another_lot_with_its_case(world: World) -> None:
    case_id = an_allocated_case(world)
    hold_id = a_hold(world, case_id)
    with world.acting("paula") as uow:
        register.transfer(uow, case_id, world.lot("South"))
    hold = world.row(Hold, hold_id)
    assert (hold.lot_id, hold.until_on) == (world.lot("South"), TODAY + timedelta(days=14))
