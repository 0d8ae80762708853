"""Who reads which meeting, what stands on its agenda, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.access.roles import Organisation, Role
from app.kernel.errors import Invalid, Refused
from app.reports.commentary.rules import Sentence, Topic
from app.reports.meetings import rules
from app.reports.meetings.rules import Kind, Outcome, Plan, Wanted

TODAY = date(2026, 11, 20)
OWNERS = {7, 8}
ASKED = Wanted("Ring the schools", 7, TODAY)
COUNCIL, AGENCY = Organisation.COUNCIL, Organisation.AGENCY


def test_a_commissioner_reads_what_is_of_the_contract_and_a_team_manager_what_is_of_a_lot() -> None:
    assert rules.readable(Role.COMMISSIONER) == [Kind.CONTRACT, Kind.BOARD]
    assert rules.readable(Role.TEAM_MANAGER) == [Kind.WEEKLY]
    assert rules.readable(Role.AGENCY_PROJECT_MANAGER) == list(Kind)
    assert rules.readable(Role.PRACTITIONER) == rules.readable(None) == []


def test_an_agenda_is_what_calls_for_somebody_and_no_money_comes_before_a_lots_managers() -> None:
    told = [Sentence(topic, topic.label, "/", {}, calls=True) for topic in Topic]
    quiet = [Sentence(topic, "All is well.", "/", {}) for topic in Topic]
    assert rules.agenda(Kind.CONTRACT, told + quiet) == told
    topics = {one.topic for one in rules.agenda(Kind.WEEKLY, told)}
    assert topics.isdisjoint({Topic.MONEY, Topic.EXIT, Topic.SERVICE_LEVELS})
    assert Topic.ACTIONS not in {one.topic for one in rules.agenda(Kind.BOARD, told)}


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(Kind.WEEKLY, TODAY), "lot_id"),
        (Plan(Kind.BOARD, TODAY, 3), "lot_id"),
        (Plan(Kind.BOARD, TODAY - timedelta(days=1)), "held_on"),
        (Plan(Kind.BOARD, TODAY + timedelta(days=93)), "held_on"),
    ],
)
def test_a_meeting_that_cannot_be_meant_is_refused_beside_its_field(plan: Plan, field: str) -> None:
    with pytest.raises(Invalid) as fault:
        rules.check_plan(plan, Role.AGENCY_PROJECT_MANAGER, TODAY)
    assert fault.value.field == field


def test_nobody_plans_a_meeting_that_they_take_no_part_in() -> None:
    rules.check_plan(Plan(Kind.WEEKLY, TODAY, 3), Role.TEAM_MANAGER, TODAY)
    rules.check_plan(Plan(Kind.BOARD, TODAY), Role.COUNCIL_PROJECT_MANAGER, TODAY)
    with pytest.raises(Refused, match="no part"):
        rules.check_plan(Plan(Kind.BOARD, TODAY), Role.TEAM_MANAGER, TODAY)


def test_a_decision_has_words() -> None:
    rules.check_outcome(Outcome.NOTED, "")
    rules.check_outcome(Outcome.DECIDED, "Two more weeks.")
    with pytest.raises(Invalid, match="what was decided"):
        rules.check_outcome(Outcome.DECIDED, "")


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted("", 7, TODAY), "what"),
        (Wanted("Ring", None, TODAY), "owner_id"),
        (Wanted("Ring", 9, TODAY), "owner_id"),
        (Wanted("Ring", 7, None), "due_on"),
        (Wanted("Ring", 7, TODAY - timedelta(days=1)), "due_on"),
        (Wanted("Ring", 7, TODAY + timedelta(weeks=27)), "due_on"),
        (Wanted("Ring", 7, TODAY, "N-1"), "reference"),
    ],
)
def test_an_action_half_said_is_refused_beside_its_field(wanted: Wanted, field: str) -> None:
    assert wanted.is_asked
    with pytest.raises(Invalid) as fault:
        rules.check_wanted(wanted, Kind.CONTRACT, owners=OWNERS, today=TODAY)
    assert fault.value.field == field


def test_a_whole_action_goes_to_its_owner_and_single_cases_to_weekly_meetings() -> None:
    assert not Wanted("", None, None).is_asked
    assert rules.check_wanted(ASKED, Kind.BOARD, owners=OWNERS, today=TODAY) == (7, TODAY)
    about = Wanted("Ring", 7, TODAY, "N-1")
    assert rules.check_wanted(about, Kind.WEEKLY, owners=OWNERS, today=TODAY) == (7, TODAY)


def test_minutes_are_issued_once_of_a_meeting_that_was_held_and_said_something() -> None:
    rules.check_open(None)
    rules.check_issue(TODAY, [None, Outcome.NOTED], TODAY)
    with pytest.raises(Refused, match="nothing in them changes"):
        rules.check_open(datetime(2026, 11, 20, tzinfo=UTC))
    with pytest.raises(Refused, match="no minutes yet"):
        rules.check_issue(TODAY + timedelta(days=1), [Outcome.NOTED], TODAY)
    with pytest.raises(Refused, match="Nothing was written down"):
        rules.check_issue(TODAY, [None], TODAY)


def test_an_action_is_ended_by_its_own_side_or_whoever_asked_it() -> None:
    ours = {"ended": False, "owner_side": COUNCIL, "mine": True, "on_case": False}
    rules.check_open_action(**ours)
    with pytest.raises(Refused, match="with the council"):
        rules.check_open_action(**ours | {"mine": False})
    with pytest.raises(Refused, match="ended already"):
        rules.check_open_action(**ours | {"ended": True})
    with pytest.raises(Refused, match="mark it done there"):
        rules.check_open_action(**ours | {"on_case": True})
    rules.check_how("Done.")
    with pytest.raises(Invalid, match="how it went"):
        rules.check_how("")
