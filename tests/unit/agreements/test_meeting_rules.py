"""What an agenda and its minutes refuse, and what a disagreement does."""

from datetime import date, timedelta

import pytest

from app.agreements.disagreements.rules import Stage, check_settle
from app.agreements.meetings.rules import MOST, check_agenda, check_issue
from app.kernel.errors import Invalid, Refused

TODAY = date(2026, 11, 20)


def test_an_agenda_takes_no_more_than_a_meeting_can_decide() -> None:
    many = list(range(MOST + 1))
    with pytest.raises(Invalid, match=str(MOST)):
        check_agenda(TODAY, many, waiting=dict.fromkeys(many), today=TODAY)


def test_an_agenda_is_planned_at_most_three_months_ahead() -> None:
    with pytest.raises(Invalid, match="three months"):
        check_agenda(TODAY + timedelta(days=200), [1], waiting={1: None}, today=TODAY)


def test_minutes_of_a_meeting_without_a_decision_are_not_issued() -> None:
    with pytest.raises(Refused, match="Nothing was decided"):
        check_issue([], None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stage", "decided_it", "why"),
    [
        (Stage.SETTLED, False, "settled already"),
        (Stage.OPEN, False, "not put to the head of service"),
        (Stage.ESCALATED, True, "third view"),
    ],
)
def test_only_a_third_person_settles_and_only_once(
    stage: Stage, decided_it: bool, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        check_settle(stage, decided_it=decided_it)
