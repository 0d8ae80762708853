"""What a handover asks of a case, who leads meanwhile, and what its steps must say."""

from datetime import UTC, date, datetime, timedelta

import pytest

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
    Responsibility,
    check_audit,
    check_request,
    check_week,
    responsibility,
)
from app.agreements.intakes.rules import weeks_from, weeks_to_publish
from app.cases.states import CaseState
from app.kernel.errors import Invalid, Refused
from app.plans.rules import Outcome

REFERRED, TODAY = date(2026, 10, 1), date(2026, 11, 20)
EVERYTHING = Template(frozenset(Item))
READY = FileFacts(authorised_on=TODAY, supervised_days_ago=20, audit=())
ALL_TICKED = Checklist.of(dict.fromkeys(TICKED, TODAY))


def lacks(template: Template, checklist: Checklist, file: FileFacts) -> tuple[str, ...]:
    return obstacles(checks(template, checklist, file))


def test_what_is_asked_for_by_default_are_two_ticks() -> None:
    assert len(lacks(Template(), Checklist(), FileFacts())) == 2
    assert lacks(Template(), Checklist(TODAY, TODAY), FileFacts()) == ()


def test_every_entry_that_is_asked_for_and_lacks_something_says_what() -> None:
    assert lacks(EVERYTHING, ALL_TICKED, READY) == ()
    nothing = lacks(EVERYTHING, Checklist(), FileFacts())
    assert len(nothing) == len(Item) - 1
    assert all(sentence.endswith(".") for sentence in nothing)
    assert lacks(Template(frozenset()), Checklist(), FileFacts(siblings_apart=2)) == ()


@pytest.mark.parametrize(
    ("item", "file", "sentence"),
    [
        (Item.SUPERVISION, FileFacts(supervised_days_ago=21), "21 working days ago; 20 at most"),
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


def test_an_inadequate_part_of_a_file_is_explained() -> None:
    good = Audit(Grade.GOOD, Grade.GOOD, Grade.OUTSTANDING, Grade.REQUIRES_IMPROVEMENT)
    assert good.inadequate == ()
    check_audit(good)
    poor = Audit(Grade.GOOD, Grade.INADEQUATE, Grade.GOOD, Grade.GOOD)
    with pytest.raises(Invalid):
        check_audit(poor)
    check_audit(Audit(Grade.GOOD, Grade.INADEQUATE, Grade.GOOD, Grade.GOOD, "Talk to her"))
    assert poor.inadequate == ("The child’s voice is heard",)


def test_a_request_names_a_person_and_leaves_nothing_behind() -> None:
    check_request("Ann Field", ())
    with pytest.raises(Refused, match=r"One thing\. Another\."):
        check_request("Ann Field", ("One thing.", "Another."))
    with pytest.raises(Invalid):
        check_request("  ", ())


@pytest.mark.parametrize("days", [-7, 731])
def test_a_handover_is_booked_for_a_week_that_can_still_come(days: int) -> None:
    check_week(TODAY - timedelta(days=4), TODAY)
    with pytest.raises(Invalid):
        check_week(TODAY + timedelta(days=days), TODAY)


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
