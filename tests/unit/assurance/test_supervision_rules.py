"""When supervision is due, what became of it, what is on an agenda, and what is drawn."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.access.roles import Role
from app.assurance.agenda.rules import Topic, order_of, topics_of
from app.assurance.supervision import rules
from app.assurance.supervision.rules import BOUNDS, Grade, Kept, Terms
from app.kernel.errors import Invalid, Refused
from app.people.rules import Post

TODAY = date(2026, 11, 20)
START = date(2026, 9, 1)
DAY = timedelta(days=1)


def test_terms_have_bounds_and_hold_from_today_at_the_earliest() -> None:
    rules.check_terms(Terms(), TODAY, TODAY)
    for name, (least, most) in BOUNDS.items():
        for wrong in (least - 1, most + 1):
            with pytest.raises(Invalid) as fault:
                rules.check_terms(replace(Terms(), **{name: wrong}), TODAY, TODAY)
            assert fault.value.field == name
    with pytest.raises(Invalid, match="in the past"):
        rules.check_terms(Terms(), TODAY - DAY, TODAY)


def test_the_next_is_due_so_many_days_after_the_last_or_after_the_start() -> None:
    assert rules.due_on(START, [], 28) == date(2026, 9, 29)
    assert rules.due_on(START, [date(2026, 10, 5), date(2026, 9, 20)], 28) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("held", "kept"),
    [
        ([], Kept(missing=1)),
        ([date(2026, 9, 29)], Kept(on_time=1, missing=1)),
        ([date(2026, 9, 30)], Kept(late=1, missing=1)),
        ([date(2026, 10, 28), date(2026, 9, 29)], Kept(on_time=1, late=1)),
        ([date(2026, 9, 29), date(2026, 10, 27), date(2026, 11, 19)], Kept(on_time=2)),
    ],
)
def test_each_supervision_answers_the_day_that_was_due_then(held: list[date], kept: Kept) -> None:
    window = START, TODAY
    assert rules.kept((START, None), held, 28, window, TODAY) == kept


def test_months_share_out_what_was_due_and_a_leaver_owes_nothing_more() -> None:
    held = [date(2026, 9, 25), date(2026, 10, 30)]
    months = [(date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 10, 31))]
    found = [rules.kept((START, None), held, 28, month, TODAY) for month in months]
    assert found == [Kept(on_time=1), Kept(late=1)]
    assert sum(found, Kept()).due == 2
    left = START, date(2026, 10, 1)
    assert rules.kept(left, held[:1], 28, (START, TODAY), TODAY) == Kept(on_time=1)
    due_today = rules.due_on(START, held, 28)
    assert rules.kept((START, None), held, 28, (START, due_today), due_today).missing == 0


def test_a_supervision_is_planned_ahead_and_written_down_within_a_week() -> None:
    rules.check_planned(TODAY, TODAY)
    rules.check_held(TODAY - rules.WRITTEN_UP, TODAY)
    for day in (TODAY - DAY, TODAY + rules.FURTHEST + DAY):
        with pytest.raises(Invalid):
            rules.check_planned(day, TODAY)
    for day in (TODAY + DAY, TODAY - rules.WRITTEN_UP - DAY):
        with pytest.raises(Invalid):
            rules.check_held(day, TODAY)
    assert rules.held_lately(TODAY - rules.WRITTEN_UP, TODAY) == TODAY - rules.WRITTEN_UP
    for day in (None, TODAY - rules.WRITTEN_UP - DAY):
        with pytest.raises(Refused):
            rules.held_lately(day, TODAY)


def test_the_gravest_reason_leads_the_agenda() -> None:
    lines = [
        topics_of({Topic.OVERDUE: "a", Topic.FLAG: "b"}),
        topics_of({}),
        topics_of({Topic.ISSUE: "c"}),
        topics_of({Topic.FLAG: "d"}),
    ]
    assert lines[0] == ((Topic.FLAG, "b"), (Topic.OVERDUE, "a"))
    assert sorted(lines, key=order_of) == [lines[2], lines[0], lines[3], lines[1]]
    assert Topic.ISSUE.is_grave
    assert not Topic.DRIFT.is_grave


def test_a_sample_is_drawn_by_chance_that_can_be_repeated() -> None:
    ids = list(range(1, 96))
    drawn = rules.drawn(ids, "may", 10)
    assert len(drawn) == 10
    assert drawn == rules.drawn(ids[::-1], "may", 10)
    assert drawn != rules.drawn(ids, "june", 10)
    assert rules.drawn([4], "may", 10) == [4]
    assert rules.drawn([], "may", 10) == []


def test_nobody_grades_their_own_and_none_is_graded_twice() -> None:
    rules.check_grader(1, 2, None)
    with pytest.raises(Refused, match="of their own"):
        rules.check_grader(1, 1, None)
    with pytest.raises(Refused, match="already"):
        rules.check_grader(1, 2, Grade.GOOD)


def test_the_project_manager_supervises_team_managers_and_nobody_their_equals() -> None:
    assert rules.may_supervise(Role.TEAM_MANAGER, Post.SOCIAL_WORKER)
    assert rules.may_supervise(Role.AGENCY_PROJECT_MANAGER, Post.TEAM_MANAGER)
    assert not rules.may_supervise(Role.TEAM_MANAGER, Post.TEAM_MANAGER)
    assert not rules.may_supervise(None, Post.TEAM_MANAGER)
