"""What a handover asks of a case, who leads meanwhile, and what its steps must say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.agreements.calendar.rules import (
    Result,
    Waiting,
    check_booking,
    names_of,
    problem,
    result_of,
)
from app.agreements.check_backs.rules import Answers, check_answers
from app.agreements.checklists.rules import (
    HANDED_OVER,
    TICKED,
    Checklist,
    FileFacts,
    Item,
    Template,
    check_days,
    check_template,
    checks,
)
from app.agreements.gates.rules import obstacles
from app.agreements.handovers.rules import (
    Audit,
    Grade,
    Mending,
    Responsibility,
    check_audit,
    check_request,
    responsibility,
)
from app.agreements.intakes.rules import Offer, weeks_from, weeks_to_publish
from app.agreements.packs.rules import Sheet, since, title_of, yes_or_no
from app.cases.register.rules import Priority
from app.cases.states import CaseState
from app.kernel.errors import Invalid, Refused
from app.planning.smoothing import Item as Smoothed
from app.plans.rules import Outcome

REFERRED, TODAY, LATER = date(2026, 10, 1), date(2026, 11, 20), date(2026, 12, 11)
EVERYTHING = Template(frozenset(Item))
READY = FileFacts(authorised_on=TODAY, supervised_days_ago=20, audit=())
ALL_TICKED = Checklist.of(dict.fromkeys(TICKED, TODAY))


def lacks(template: Template, checklist: Checklist, file: FileFacts) -> tuple[str, ...]:
    return obstacles(checks(template, checklist, file))


def test_what_is_asked_for_by_default_are_two_ticks() -> None:
    assert len(lacks(Template(), Checklist(), FileFacts())) == 2
    assert lacks(Template(), Checklist(TODAY, TODAY), FileFacts()) == ()
    assert Template().ticked == (Item.CHRONOLOGY, Item.FAMILY)


def test_every_entry_that_is_asked_for_and_lacks_something_says_what() -> None:
    assert lacks(EVERYTHING, ALL_TICKED, READY) == ()
    nothing = lacks(EVERYTHING, Checklist(), FileFacts())
    assert len(nothing) == len(Item) - 1  # no sibling is known
    assert all(sentence.endswith(".") for sentence in nothing)
    assert lacks(Template(frozenset()), Checklist(), FileFacts(siblings_apart=2)) == ()


@pytest.mark.parametrize(
    ("item", "file", "sentence"),
    [
        (Item.SUPERVISION, FileFacts(supervised_days_ago=21), "21 working days ago; 20 at most"),
        (Item.SUPERVISION, FileFacts(), "No supervision of this case is recorded."),
        (Item.ASSESSMENT, FileFacts(), "The assessment is not authorised."),
        (Item.SIBLINGS, FileFacts(siblings_apart=2), "would stay behind: 2."),
        (Item.AUDIT, FileFacts(), "No team manager has audited the file."),
        (Item.AUDIT, FileFacts(audit=("Risks are weighed",)), "inadequate: risks are weighed."),
    ],
)
def test_what_is_worked_out_says_how_far_it_is_off(
    item: Item, file: FileFacts, sentence: str
) -> None:
    (lacking,) = lacks(Template(frozenset({item})), ALL_TICKED, file)
    assert sentence in lacking


def test_brothers_and_sisters_may_stay_behind_for_a_reason() -> None:
    template = Template(frozenset({Item.SIBLINGS}))
    assert lacks(template, Checklist(), FileFacts(siblings_apart=1, split_reason="Abroad")) == ()


@pytest.mark.parametrize("day", [REFERRED, TODAY, None])
def test_a_tick_lies_between_referral_and_today(day: date | None) -> None:
    check_days(Checklist(day, day, day), referred_on=REFERRED, today=TODAY)


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 11, 21)])
@pytest.mark.parametrize("item", TICKED)
def test_a_tick_on_another_day_is_found_fault_with(day: date, item: Item) -> None:
    with pytest.raises(Invalid) as fault:
        check_days(Checklist.of({item: day}), referred_on=REFERRED, today=TODAY)
    assert fault.value.field == f"{item.value}_on"


@pytest.mark.parametrize(
    ("template", "from_on", "field"),
    [
        (Template(visit_days=0), TODAY, "visit_days"),
        (Template(visit_days=61), TODAY, "visit_days"),
        (Template(supervision_days=0), TODAY, "supervision_days"),
        (Template(), TODAY - timedelta(days=1), "from_on"),
    ],
)
def test_a_template_that_nobody_can_mean_is_found_fault_with(
    template: Template, from_on: date, field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        check_template(template, from_on, TODAY)
    assert fault.value.field == field
    check_template(Template(visit_days=10), TODAY, TODAY)


def test_who_leads_is_one_of_three_while_a_case_is_open_or_handed_over() -> None:
    asked = datetime(2026, 11, 20, tzinfo=UTC)
    for state in CaseState:
        led = responsibility(state, asked), responsibility(state, None)
        if state is CaseState.HANDED_OVER:
            assert led == (Responsibility.TEAM, Responsibility.TEAM)
        elif state is CaseState.AGREED:
            assert led == (Responsibility.SUPPORTED, Responsibility.AGENCY)
        elif state.is_open:
            assert led == (Responsibility.AGENCY, Responsibility.AGENCY)
        else:
            assert led == (None, None)


def test_an_inadequate_part_of_a_file_is_explained_and_mended_by_somebody() -> None:
    good = Audit(Grade.GOOD, Grade.GOOD, Grade.OUTSTANDING, Grade.REQUIRES_IMPROVEMENT)
    assert good.inadequate == ()
    check_audit(good, None)
    poor = Audit(Grade.GOOD, Grade.INADEQUATE, Grade.GOOD, Grade.GOOD)
    with pytest.raises(Invalid, match="what is inadequate"):
        check_audit(poor, None)
    said = replace(poor, note="Talk to her")
    with pytest.raises(Invalid, match="who mends it"):
        check_audit(said, None)
    check_audit(said, Mending(1, date(2026, 11, 27)))
    assert poor.inadequate == ("The child’s voice is heard",)


def test_a_request_names_a_person_and_leaves_nothing_behind() -> None:
    check_request("Ann Field", ())
    with pytest.raises(Refused, match=r"One thing\. Another\."):
        check_request("Ann Field", ("One thing.", "Another."))
    with pytest.raises(Invalid):
        check_request("  ", ())


HANDOVER = Waiting(
    1, 10, 1, 3, None, Priority.MEDIUM, 0, False, Outcome.CIN_PLAN, TODAY + timedelta(weeks=2), None
)


@pytest.mark.parametrize(
    ("facts", "urgency"),
    [
        ({}, 1),
        ({"priority": Priority.HIGH}, 2),
        ({"priority": Priority.URGENT}, 5),
        ({"open_flags": 1}, 5),
        ({"child_protection": True}, 5),
        ({"outcome": Outcome.PRE_PROCEEDINGS}, 5),
    ],
)
def test_what_safeguarding_or_a_court_sets_is_urgent(
    facts: dict[str, object], urgency: int
) -> None:
    assert replace(HANDOVER, **facts).urgency == urgency


@pytest.mark.parametrize(
    ("one", "week", "locked", "wrong"),
    [
        (HANDOVER, TODAY, None, None),
        (HANDOVER, TODAY - timedelta(days=4), None, None),
        (HANDOVER, TODAY - timedelta(days=7), None, Invalid),
        (HANDOVER, TODAY + timedelta(days=731), None, Invalid),
        (HANDOVER, TODAY, TODAY, Refused),
        (replace(HANDOVER, booked=TODAY), TODAY, TODAY, None),
        (replace(HANDOVER, booked=TODAY), TODAY + timedelta(days=7), TODAY, Refused),
        (replace(HANDOVER, booked=TODAY - timedelta(days=7)), TODAY, None, None),
        (replace(HANDOVER, open_flags=1), TODAY, TODAY, None),
        (replace(HANDOVER, open_flags=1, booked=LATER), TODAY, LATER, None),
        (replace(HANDOVER, booked=LATER), TODAY, LATER, Refused),
        (replace(HANDOVER, open_flags=1), TODAY + timedelta(days=7), None, Invalid),
    ],
)
def test_a_handover_is_booked_for_a_week_that_is_open_to_it(
    one: Waiting, week: date, locked: date | None, wrong: type[Exception] | None
) -> None:
    def offer_of(asked: date) -> Offer:
        return Offer(3, locked=asked == locked)

    if wrong is None:
        check_booking(one, week, TODAY, offer_of)
        return
    with pytest.raises(wrong):
        check_booking(one, week, TODAY, offer_of)


def test_the_problem_keeps_families_together_and_what_is_frozen_or_locked_apart() -> None:
    week = timedelta(weeks=1)
    family = [replace(HANDOVER, handover_id=n, family_key="F1") for n in (1, 2)]
    other_team = replace(HANDOVER, handover_id=3, family_key="F1", team_id=4)
    frozen = replace(HANDOVER, handover_id=4, family_key="F1", booked=TODAY + week)
    locked = replace(HANDOVER, handover_id=5, booked=TODAY + week * 3)
    free = replace(HANDOVER, handover_id=6, booked=TODAY + week * 4, target_on=TODAY - week)
    past = replace(HANDOVER, handover_id=7, booked=TODAY - week)
    family[1] = replace(family[1], priority=Priority.HIGH, target_on=TODAY + week)
    asked = problem(
        [*family, other_team, frozen, locked, free, past],
        TODAY,
        lambda team, day: (team, day) == (3, TODAY + week * 3),
    )
    assert asked.locks == {4: 1, 5: 3}
    by_key = {item.key: item for item in asked.items}
    assert by_key[1] == Smoothed(1, 0, 1, 2, 2, 3)
    assert by_key[6].latest == 0
    assert by_key[3].team == 4
    assert {key: len(group) for key, group in asked.members.items()} == {
        1: 2, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "locked", "result"),
    [
        (None, False, Result.GONE),
        (replace(HANDOVER, booked=TODAY + timedelta(days=7)), False, Result.CHANGED),
        (HANDOVER, True, Result.LOCKED),
        (replace(HANDOVER, open_flags=1), True, Result.BOOKED),
        (HANDOVER, False, Result.BOOKED),
    ],
)
def test_each_case_of_a_plan_is_told_what_became_of_it(
    one: Waiting | None, locked: bool, result: Result
) -> None:
    weeks = {TODAY} if locked else set[date]()
    assert result_of(one, None, TODAY, this_week=TODAY, locked=weeks) is result
    booked = replace(HANDOVER, booked=TODAY)
    assert result_of(booked, TODAY, TODAY, this_week=TODAY, locked=weeks) is Result.KEPT


def test_accepting_a_plan_takes_nothing_out_of_a_locked_week_and_puts_off_nothing_urgent() -> None:
    later, latest = TODAY + timedelta(weeks=3), TODAY + timedelta(weeks=4)
    booked = replace(HANDOVER, booked=later)
    held = result_of(booked, later, latest, this_week=TODAY, locked={later})
    assert held is Result.LOCKED
    urgent = replace(booked, open_flags=1)
    assert result_of(urgent, later, latest, this_week=TODAY, locked=()) is Result.KEPT
    assert result_of(urgent, later, TODAY, this_week=TODAY, locked={later}) is Result.BOOKED


def test_a_run_of_weeks_is_said_in_words() -> None:
    weeks = weeks_from(TODAY, 3)
    assert names_of(weeks, 1, 1) == "In the week ending 27 Nov 2026"
    assert names_of(weeks, 0, 2) == "From the week ending 20 Nov 2026 to that ending 4 Dec 2026"


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (Answers(True, TODAY + timedelta(days=1), False), "seen_on"),
        (Answers(True, REFERRED, False), "seen_on"),
        (Answers(True, None, False), "returned"),
        (Answers(False, None, True), "note"),
    ],
)
def test_a_check_that_cannot_be_is_found_fault_with(answers: Answers, field: str) -> None:
    with pytest.raises(Invalid) as fault:
        check_answers(answers, accepted_on=TODAY, today=TODAY, reopened_on=TODAY)
    assert fault.value.field == field
    check_answers(
        Answers(False, TODAY, True, "Duty sees her"),
        accepted_on=TODAY,
        today=TODAY,
        reopened_on=TODAY,
    )


def test_a_teams_pack_says_what_it_leaves_out() -> None:
    assert title_of("North", 60) == "Handovers to North"
    assert title_of("North", 61) == "Handovers to North: the first 60 of 61"


def test_a_packs_page_says_that_a_part_is_empty() -> None:
    sheet = Sheet("Case 1")
    sheet.part("Risks", [])
    assert sheet.facts == {
        "title": "Case 1",
        "parts": [{"heading": "Risks", "rows": [("None", "", "")]}],
    }
    assert (since(None), since(TODAY), yes_or_no(None), yes_or_no(TODAY)) == (
        "Not recorded", "20 Nov 2026", "No", "Yes"
    )  # fmt: skip


def test_an_intake_is_published_for_whole_weeks_that_are_not_over() -> None:
    week = timedelta(weeks=1)
    assert list(weeks_to_publish(TODAY, TODAY + week, 3, TODAY)) == [TODAY, TODAY + week]
    assert weeks_from(TODAY - timedelta(days=3), 2) == [TODAY, TODAY + week]
    for first, last, intake, field in (
        (TODAY, TODAY, 501, "intake"),
        (TODAY - week, TODAY, 3, "first"),
        (TODAY + week, TODAY, 3, "last"),
        (TODAY, TODAY + week * 105, 3, "last"),
    ):
        with pytest.raises(Invalid) as fault:
            weeks_to_publish(first, last, intake, TODAY)
        assert fault.value.field == field


def test_a_checklist_may_be_asked_of_every_outcome_that_hands_over_and_no_other() -> None:
    assert Outcome.CIN_PLAN in HANDED_OVER
    assert Outcome.CLOSE_NFA not in HANDED_OVER
    assert Outcome.HAND_BACK not in HANDED_OVER
