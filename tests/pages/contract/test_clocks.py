"""The contract's clocks: drafted by the agency, agreed by the council, and counted again."""

from datetime import date
from typing import Any

import pytest

from app.cases.due_days.models import ClockTerms
from app.cases.register.models import Case
from app.contract.models import ClockRule, Contract
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers import a_case, an_assessing_case, an_authorised_case
from tests.pages.contract.test_calendar import balanced
from tests.world import TODAY, World

NOW = {
    "single_days": "45",
    "single_start": "referral",
    "initial_days": "10",
    "initial_start": "referral",
    "core_days": "35",
    "core_start": "referral",
    "conference_days": "15",
    "seen_days": "20",
    "decide_days": "5",
    "chase_most": "3",
    "reason": "Variation 2",
}


def address(world: World, name: str = "Northshire") -> str:
    return f"/contract/{world.contract(name)}/clocks"


def agreed(world: World, browse, **changes: Any) -> str:
    """Drafted by the agency and agreed by the council; returns what she then reads."""
    browse("paula").post(f"{address(world)}/draft", **NOW | changes, _version="0")
    [kept] = [one for one in world.rows(ClockTerms) if one.agreed_at is None]
    return readable(browse("hana").follow(f"{address(world)}/agree", _version=kept.version))


def test_the_agency_drafts_and_the_council_agrees_and_every_clock_is_counted_again(
    world: World, browse
) -> None:
    referred = date(2026, 11, 2)
    north, south = a_case(world, referred_on=referred), a_case(world, "South", referred_on=referred)
    moor, done = a_case(world, "Moor", referred_on=referred), an_authorised_case(world)
    kept = world.row(Case, done).due_on
    paula, hana = browse("paula"), browse("hana")
    assert "those that the contract was set up with" in hana.get(address(world))
    paula.get(f"{address(world)}/draft")
    paula.post(f"{address(world)}/draft", **NOW | {"single_days": "50"}, _version="0")
    assert [one.subject for one in world.rows(OutboxMessage)] == [
        "Clocks of the contract wait for your agreement"
    ]
    assert world.row(Case, north).due_on == date(2027, 1, 7)
    page = readable(paula.get(address(world)))
    assert "Single assessment, working days: 45 becomes 50" in page
    assert "Agree version 1" not in page
    paula.post(f"{address(world)}/agree", 403)
    paula.post(f"{address(world)}/draft", **NOW | {"single_days": "40"}, _version="1")
    stale = readable(hana.post(f"{address(world)}/agree", 409, _version="1").text)
    assert "Single assessment, working days – 40" in stale
    page = readable(hana.follow(f"{address(world)}/agree", _version="2"))
    assert "2 open cases are due on another day" in page
    assert "Version 1, from 20 Nov 2026, 10:00 Drafted by Paula Marsh, agreed by Hana Lowe" in page
    due = [world.row(Case, case_id).due_on for case_id in (north, south, moor, done)]
    # Forty working days from 2 November 2026, without 25 and 28 December and 1 January.
    assert due == [date(2026, 12, 30), date(2026, 12, 30), date(2027, 1, 7), kept]
    assert balanced(world)
    assert [one.cases for one in world.rows(ClockTerms)] == [2]
    hana.post(f"{address(world)}/agree", 409, _version="3")
    assert "40" in readable(hana.get("/contract"))


def test_a_clock_that_starts_with_something_else_starts_anew(world: World, browse) -> None:
    waits = a_case(world)
    begun = an_assessing_case(world)
    again = a_case(world, reopened_on=TODAY, clock_started_on=TODAY)
    page = agreed(world, browse, single_start="assessment_start")
    assert "3 open cases are due on another day" in page
    was = world.row(Case, waits)
    assert (was.clock_started_on, was.due_on) == (None, None)
    # Ten days ago the assessment began.
    assert world.row(Case, begun).clock_started_on == date(2026, 11, 10)
    assert world.row(Case, again).clock_started_on == TODAY
    assert balanced(world)
    agreed(world, browse, single_start="received")
    assert world.row(Case, waits).clock_started_on == date(2026, 11, 2)
    assert [one.number for one in world.rows(ClockTerms)] == [1, 2]
    assert balanced(world)


def test_what_stands_on_the_days_of_the_contract_follows(world: World, browse) -> None:
    agreed(world, browse, conference_days="12", seen_days="10", decide_days="3", chase_most="2")
    one = world.row(Contract, world.contract())
    assert (one.conference_within_days, one.seen_within_days) == (12, 10)
    assert (one.decide_within_days, one.chase_most) == (3, 2)
    other = world.row(Contract, world.contract("Eastmoor"))
    assert (other.conference_within_days, other.decide_within_days) == (15, 5)
    assert len(world.rows(ClockRule)) == 6


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"single_days": "91"}, "Write a number from 5 to 90."),
        ({"single_days": "1,5"}, "whole number"),
        ({"single_days": "45"}, "These are the clocks in force"),
        ({"initial_days": ""}, "Say both how many working days and what starts them."),
        ({"core_days": "", "core_start": ""}, "it keeps its clock"),
        ({"core_start": "strategy_discussion"}, "Choose what starts the clock"),
        ({"reason": " "}, "Enter the reason or clause."),
    ],
)
def test_clocks_that_cannot_be_meant_are_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    sent = NOW | {"single_days": "50"} | faulty
    answer = browse("paula").post(f"{address(world)}/draft", 422, **sent, _version="0")
    assert words in readable(answer.text)
    assert world.rows(ClockTerms) == []


def test_who_reads_drafts_and_agrees(world: World, browse) -> None:
    for who, reads in {"tess": 200, "dina": 200, "carl": 200, "alan": 200, "priya": 403}.items():
        browse(who).get(address(world), reads)
        browse(who).get(f"{address(world)}/draft", 403)
        browse(who).post(f"{address(world)}/draft", 403, **NOW)
        browse(who).post(f"{address(world)}/agree", 403)
    browse("hana").post(f"{address(world)}/draft", 403, **NOW)
    browse("paula").post(f"{address(world, 'Eastmoor')}/draft", 404, **NOW, _version="0")
    browse("hana").post(f"{address(world, 'Eastmoor')}/agree", 404, _version="1")
