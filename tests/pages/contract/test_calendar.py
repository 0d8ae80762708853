"""The contract's calendar: how it counts, days off more or less, and clocks counted again."""

from datetime import date

import pytest

from app.access.actor import Actor
from app.cases.register.models import Case
from app.cases.register.recount import recount
from app.contract.models import CalendarChange, Contract, ExtraDay
from tests.browse import readable
from tests.makers import a_case, an_authorised_case
from tests.world import World

DAY_OFF = {"act": "day_added", "day": "24/12/2026", "reason": "Council offices are shut"}


def address(world: World, name: str = "Northshire") -> str:
    return f"/contract/{world.contract(name)}/calendar"


def balanced(world: World) -> bool:
    everything = Actor.command_line(
        frozenset(world.ids["lots"].values()), frozenset(world.ids["contracts"].values())
    )
    with world.database.work(everything) as uow:
        return recount(uow).ok


def test_a_day_off_moves_every_clock_that_runs_over_it_in_every_lot(world: World, browse) -> None:
    north = a_case(world, referred_on=date(2026, 11, 2))
    south = a_case(world, "South", referred_on=date(2026, 11, 2))
    early = a_case(world, referred_on=date(2026, 9, 1))
    elsewhere = a_case(world, "Moor", referred_on=date(2026, 11, 2))
    done = an_authorised_case(world)
    kept = world.row(Case, done).due_on
    hana = browse("hana")
    assert "Change the calendar" in hana.get("/contract")
    page = readable(hana.follow(address(world), **DAY_OFF))
    assert "2 open cases are due on another day" in page
    assert "24 Dec 2026 Council offices are shut Hana Lowe" in page
    due = [world.row(Case, case_id).due_on for case_id in (north, south, early, elsewhere, done)]
    assert due == [date(2027, 1, 8), date(2027, 1, 8), date(2026, 11, 3), date(2027, 1, 7), kept]
    assert balanced(world)
    [change] = world.rows(CalendarChange)
    assert (change.cases, change.by_user_id) == (2, world.user("hana"))


def test_a_day_off_that_is_taken_back_puts_the_clocks_back(world: World, browse) -> None:
    case_id = a_case(world, referred_on=date(2026, 11, 2))
    hana = browse("hana")
    hana.post(address(world), **DAY_OFF)
    hana.post(address(world), **DAY_OFF | {"act": "day_removed"})
    assert world.row(Case, case_id).due_on == date(2027, 1, 7)
    assert world.rows(ExtraDay) == []
    assert [one.act.value for one in world.rows(CalendarChange)] == ["day_added", "day_removed"]
    hana.post(address(world), 404, **DAY_OFF | {"act": "day_removed"})
    assert balanced(world)


def test_counting_otherwise_counts_every_running_clock_again(world: World, browse) -> None:
    case_id = a_case(world, referred_on=date(2026, 11, 2))
    sent = {"act": "counting", "counting": "weekdays_only", "reason": "Variation 3"}
    hana = browse("hana")
    hana.post(address(world), **sent)
    assert world.row(Case, case_id).due_on == date(2027, 1, 4)
    assert world.row(Contract, world.contract()).counting.value == "weekdays_only"
    assert "every weekday counts" in hana.get("/contract")
    answer = hana.post(address(world), 422, **sent)
    assert "It counts so already" in readable(answer.text)
    assert balanced(world)


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"act": ""}, "Choose what changes."),
        ({"reason": ""}, "Enter the reason or clause."),
        ({"day": ""}, "Enter the day."),
        ({"day": "26/12/2026"}, "26 Dec 2026 is a weekend or a bank holiday."),
        ({"day": "25/12/2026"}, "25 Dec 2026 is a weekend or a bank holiday."),
        ({"day": "1/5/2027"}, "The contract runs from 2 Nov 2026 to 30 Apr 2027."),
        ({"counting": "inclusive"}, "only a day changes"),
        ({"act": "counting"}, "Choose how working days are counted."),
        ({"act": "counting", "counting": "inclusive"}, "only the way of counting changes"),
    ],
)
def test_a_change_that_cannot_be_meant_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    answer = browse("hana").post(address(world), 422, **DAY_OFF | faulty)
    assert words in readable(answer.text)
    assert world.rows(CalendarChange) == []


def test_a_day_is_off_once(world: World, browse) -> None:
    browse("hana").post(address(world), **DAY_OFF)
    answer = browse("hana").post(address(world), 422, **DAY_OFF)
    assert "24 Dec 2026 is a day off already." in readable(answer.text)


def test_a_clock_that_would_run_past_the_known_years_stops_the_change(world: World, browse) -> None:
    case_id = a_case(world, referred_on=date(2026, 11, 2))
    with world.setting_up() as uow:
        case, contract = uow.get(Case, case_id), uow.get(Contract, world.contract())
        case.clock_started_on, contract.ends_on = date(2028, 12, 1), date(2029, 6, 30)
    page = readable(browse("hana").get("/contract"))
    assert "known until 31 Dec 2028 Too short Clocks that start late in this contract" in page
    browse("hana").post(address(world), 409, **DAY_OFF)
    assert world.rows(ExtraDay) == []


def test_only_the_council_project_manager_changes_it(world: World, browse) -> None:
    for who in ("paula", "tess", "dina", "carl"):
        browse(who).get(address(world), 403)
        browse(who).post(address(world), 403, **DAY_OFF)
    browse("hana").get(address(world, "Eastmoor"), 404)
    browse("hana").post(address(world, "Eastmoor"), 404, **DAY_OFF)
