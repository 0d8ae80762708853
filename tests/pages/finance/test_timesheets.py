"""Timesheets: differences from the rota, signing, accepting, correcting, and expenses."""

from datetime import date

import pytest

from app.finance.expenses.models import ShiftExpense
from app.finance.expenses.queries import signed_expenses
from app.finance.shifts.models import Shift, ShiftDifference, Timesheet
from app.finance.shifts.queries import worked
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Post
from tests.browse import readable
from tests.questions import questions
from tests.world import World

WEEK = "2026-11-20"
MONDAY = date(2026, 11, 16)


def _difference(world: World, who: str = "priya", **changes: str) -> dict[str, str]:
    worker = str(world.practitioner(who))
    return {"practitioner_id": worker, "day": "16/11/2026", "kind": "sick", "note": ""} | changes


def _sheet(world: World, rest: str = "") -> str:
    return f"/timesheets/{world.lot()}{rest}"


def test_a_week_that_went_as_the_rota_has_it_is_signed_and_accepted(world: World, browse) -> None:
    tess, hana = browse("tess"), browse("hana")
    page = readable(tess.get(_sheet(world, f"?week={WEEK}")))
    assert "Priya Nair Social worker – – 7:24 7:24 7:24 7:24 7:24 37 37" in page
    assert "Timesheets to sign 1" in readable(tess.get("/"))
    assert "The week is signed" in tess.follow(_sheet(world, "/sign"), week=WEEK)
    assert "Timesheets to sign 0" in readable(tess.get("/"))
    assert "Timesheets to accept 1" in readable(hana.get("/"))
    assert len(world.rows(Shift)) == 10
    hana.get(_sheet(world, f"?week={WEEK}"))
    [timesheet] = world.rows(Timesheet)
    answer = hana.follow(_sheet(world, "/accept"), week=WEEK, _version=str(timesheet.version))
    assert "The week is accepted" in answer
    with world.acting("paula") as uow:
        found = worked(uow, world.lot(), MONDAY, date(2026, 11, 20))
    assert sum(one.minutes for one in found) == 2 * 37 * 60
    assert all(one.accepted for one in found)
    paula = browse("paula")
    with questions(world) as asked:
        assert "Accepted" in readable(paula.get("/timesheets"))
    assert len(asked) <= 4
    with questions(world) as asked:
        paula.get(_sheet(world, f"?week={WEEK}"))
    assert len(asked) <= 9
    tess.post(_sheet(world, "/sign"), 409, week=WEEK)
    hana.post(_sheet(world, "/accept"), 409, week=WEEK, _version=str(timesheet.version + 1))


def test_only_what_differed_is_typed_and_it_stays_until_it_is_signed(world: World, browse) -> None:
    tess = browse("tess")
    tess.get(_sheet(world, "/difference"))
    page = tess.follow(_sheet(world, "/difference"), **_difference(world))
    assert "Away sick" in page
    again = tess.post(_sheet(world, "/difference"), 422, **_difference(world, kind="half_day"))
    assert "recorded for that day already" in readable(again.text)
    before = _difference(world, day="30/10/2026")
    early = tess.post(_sheet(world, "/difference"), 422, **before).text
    assert f'<option value="{world.practitioner("priya")}" selected>Priya Nair' in early
    [row] = world.rows(ShiftDifference)
    tess.follow(_sheet(world, f"/differences/{row.id}/remove"), week=WEEK)
    assert world.rows(ShiftDifference) == []
    tess.post(_sheet(world, "/difference"), **_difference(world, kind="half_day"))
    tess.post(_sheet(world, "/sign"), week=WEEK)
    signed = {(one.practitioner_id, one.day): one.minutes for one in world.rows(Shift)}
    assert signed[world.practitioner("priya"), MONDAY] == 222
    [row] = world.rows(ShiftDifference)
    tess.post(_sheet(world, f"/differences/{row.id}/remove"), 409, week=WEEK)
    late = tess.post(_sheet(world, "/difference"), 422, **_difference(world, "pete", kind="unpaid"))
    assert "is signed: correct it with an entry" in readable(late.text)


def test_a_correction_of_a_signed_week_is_a_further_entry_to_accept_anew(
    world: World, browse
) -> None:
    tess, hana = browse("tess"), browse("hana")
    correction = {
        "practitioner_id": str(world.practitioner("priya")),
        "day": "16/11/2026",
        "way": "fewer",
        "minutes": "2",
        "reason": "Left at three",
    }
    early = tess.post(_sheet(world, "/correction"), 422, **correction)
    assert "is not signed yet" in readable(early.text)
    tess.post(_sheet(world, "/sign"), week=WEEK)
    [timesheet] = world.rows(Timesheet)
    hana.post(_sheet(world, "/accept"), week=WEEK, _version=str(timesheet.version))
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("priya")).post = Post.TEAM_MANAGER
    tess.get(_sheet(world, f"/correction?week={WEEK}"))
    page = readable(tess.follow(_sheet(world, "/correction"), **correction))
    assert "2 hours fewer. Left at three" in page
    assert "has not accepted it yet" in page
    [corrected] = world.rows(Shift, reason="Left at three")
    # By the band that was signed, whatever they are by now.
    assert (corrected.minutes, corrected.band) == (-120, Post.SOCIAL_WORKER)
    stale = str(timesheet.version + 1)
    hana.post(_sheet(world, "/accept"), 409, week=WEEK, _version=stale)
    assert world.rows(Timesheet)[0].accepted_at is None


def test_a_day_worked_for_another_lot_stands_on_both_sheets(world: World, browse) -> None:
    tess, south = browse("tess"), str(world.lot("South"))
    wrong = tess.post(_sheet(world, "/difference"), 422, **_difference(world, kind="other_lot"))
    assert "Choose the lot that they worked for" in readable(wrong.text)
    answers = _difference(world, kind="other_lot", other_lot_id=south)
    tess.post(_sheet(world, "/difference"), **answers)
    rows = {row.lot_id: (row.kind.value, row.minutes) for row in world.rows(ShiftDifference)}
    assert rows == {world.lot(): ("other_lot", 0), world.lot("South"): ("from_lot", 444)}
    page = readable(browse("tara").get(f"/timesheets/{south}?week={WEEK}"))
    assert "Priya Nair" in page
    assert "Came from another lot" in page
    [there] = world.rows(ShiftDifference, lot_id=world.lot("South"))
    browse("tara").post(f"/timesheets/{south}/differences/{there.id}/remove", 409, week=WEEK)
    [here] = world.rows(ShiftDifference, lot_id=world.lot())
    tess.post(_sheet(world, f"/differences/{here.id}/remove"), week=WEEK)
    assert world.rows(ShiftDifference) == []


def test_a_practitioner_records_their_own_week_and_nobody_elses(world: World, browse) -> None:
    priya = browse("priya")
    page = readable(priya.get("/timesheets/own"))
    assert "Priya Nair" in page
    assert "Pete Holm" not in page
    own = {"lot_id": str(world.lot()), "day": "17/11/2026", "kind": "extra", "minutes": "1:30"}
    wrong = priya.post("/timesheets/own", 422, **own | {"minutes": ""})
    assert "Say how many hours more" in readable(wrong.text)
    assert "8:54" in priya.follow("/timesheets/own", **own)
    [row] = world.rows(ShiftDifference)
    browse("pete").post(f"/timesheets/own/{row.id}/remove", 404, week=WEEK)
    priya.post(f"/timesheets/own/{row.id}/remove", week=WEEK)
    priya.get(_sheet(world), 403)
    priya.post(_sheet(world, "/difference"), 403, **_difference(world, "pete"))
    own_lot = own | {"lot_id": str(world.lot("South"))}
    priya.post("/timesheets/own", 404, **own_lot)


def test_expenses_are_signed_with_their_week_or_the_next(world: World, browse) -> None:
    priya, tess = browse("priya"), browse("tess")
    spent = {
        "lot_id": str(world.lot()),
        "day": "17/11/2026",
        "kind": "travel",
        "pence": "18.40",
        "receipt": "T-114",
    }
    wrong = priya.post("/expenses/own", 422, **spent | {"pence": "-4"})
    assert "Write an amount" in readable(wrong.text) or "above nought" in readable(wrong.text)
    assert "£18.40" in priya.follow("/expenses/own", **spent)
    twice = priya.post("/expenses/own", 422, **spent)
    assert "recorded already" in readable(twice.text)
    tess.post(_sheet(world, "/sign"), week=WEEK)
    with world.acting("paula") as uow:
        [one] = signed_expenses(uow, world.lot(), date(2026, 11, 20), date(2026, 11, 20))
    assert (one.pence, one.name) == (1840, "Priya Nair")
    answers = {key: value for key, value in spent.items() if key != "lot_id"}
    late = answers | {"receipt": "T-115", "practitioner_id": str(world.practitioner("priya"))}
    tess.post(f"/expenses/{world.lot()}", **late)
    assert [row.week_ending for row in world.rows(ShiftExpense, receipt="T-115")] == [
        date(2026, 11, 27)
    ]
    [signed] = world.rows(ShiftExpense, receipt="T-114")
    priya.post(f"/expenses/own/{signed.id}/remove", 409)
    [open_one] = world.rows(ShiftExpense, receipt="T-115")
    tess.post(f"/expenses/{open_one.id}/remove")
    assert len(world.rows(ShiftExpense)) == 1
    with world.setting_up() as uow:
        priya_id, south = world.practitioner("priya"), world.lot("South")
        uow.add(PractitionerLot(practitioner_id=priya_id, lot_id=south))
    again = late | {"receipt": "T-114"}
    elsewhere = browse("tara").post(f"/expenses/{world.lot('South')}", 422, **again)
    assert "recorded already" in readable(elsewhere.text)


def test_timesheets_are_for_those_whose_lots_they_are(world: World, browse) -> None:
    for key in ("dina", "carl", "alan", "ada"):
        browse(key).get(_sheet(world), 403)
    for key in ("tara", "eve"):
        browse(key).get(_sheet(world), 404)
    browse("tara").post(_sheet(world, "/sign"), 404, week=WEEK)
    for key in ("paula", "hana", "priya"):
        browse(key).post(_sheet(world, "/sign"), 403, week=WEEK)
    for key in ("paula", "tess"):
        browse(key).post(_sheet(world, "/accept"), 403, week=WEEK)
    assert world.rows(Timesheet) == []


def test_a_week_that_is_no_day_is_refused_in_words(world: World, browse) -> None:
    for key, act in (("tess", "/sign"), ("hana", "/accept")):
        answer = browse(key).post(_sheet(world, act), 422, week="31 February")
        assert "week" in readable(answer.text).lower()


def test_a_week_that_runs_or_has_nobody_is_not_signed(world: World, browse) -> None:
    tess = browse("tess")
    tess.post(_sheet(world, "/sign"), 409, week="2026-11-27")
    assert "has nobody" in readable(tess.post(_sheet(world, "/sign"), 409, week="2026-10-30").text)


@pytest.mark.parametrize("week", ["soon", "2030-01-01", ""])
def test_a_week_that_cannot_be_read_or_has_not_come_is_the_running_one(
    world: World, browse, week: str
) -> None:
    assert "Week ending 20 Nov 2026" in readable(browse("tess").get(_sheet(world, f"?week={week}")))


def test_a_day_is_shared_by_the_lots_that_somebody_works_in(world: World, browse) -> None:
    with world.setting_up() as uow:
        uow.add(
            PractitionerLot(
                practitioner_id=world.practitioner("priya"),
                lot_id=world.lot("South"),
                starts_on=date(2026, 11, 18),
            )
        )
    page = readable(browse("tess").get(_sheet(world, f"?week={WEEK}")))
    assert "Priya Nair Social worker – – 7:24 7:24 3:42 3:42 3:42 25:54 25:54" in page
