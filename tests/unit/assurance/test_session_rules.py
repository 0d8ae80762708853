"""Which support sessions can have been, and who may open what is sealed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.access.roles import Role
from app.assurance.sessions.rules import (
    AFTER_LINK,
    WRITTEN_UP,
    Kind,
    Meeting,
    check_link,
    check_meeting,
    owed,
)
from app.kernel.errors import Invalid, Refused

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)
HELD = Meeting(Kind.WELFARE, 2, TODAY)


def test_a_session_that_can_have_been_is_taken() -> None:
    check_meeting(HELD, Role.TEAM_MANAGER, TODAY)
    check_meeting(replace(HELD, liaison_on=TODAY), Role.TEAM_MANAGER, TODAY)
    check_meeting(replace(HELD, held_on=TODAY - WRITTEN_UP), Role.TEAM_MANAGER, TODAY)
    check_meeting(replace(HELD, kind=Kind.COACHING), Role.PRACTITIONER, TODAY)


@pytest.mark.parametrize(
    ("meeting", "role", "field"),
    [
        (HELD, None, "supervisee_id"),
        (HELD, Role.DISTRICT_MANAGER, "supervisee_id"),
        (HELD, Role.PRACTITIONER, "kind"),
        (replace(HELD, held_on=TODAY + DAY), Role.TEAM_MANAGER, "held_on"),
        (replace(HELD, held_on=TODAY - WRITTEN_UP - DAY), Role.TEAM_MANAGER, "held_on"),
        (replace(HELD, kind=Kind.COACHING, liaison_on=TODAY), Role.TEAM_MANAGER, "liaison_on"),
        (replace(HELD, liaison_on=TODAY + DAY), Role.TEAM_MANAGER, "liaison_on"),
    ],
)
def test_a_session_that_cannot_have_been_is_not(
    meeting: Meeting, role: Role | None, field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        check_meeting(meeting, role, TODAY)
    assert fault.value.field == field


def test_what_is_sealed_stays_closed_for_a_week_after_a_link_was_used() -> None:
    check_link(None, NOW)
    check_link(NOW - AFTER_LINK, NOW)
    with pytest.raises(Refused, match="opens again on 27 Nov 2026"):
        check_link(NOW, NOW)


def test_managers_are_owed_welfare_supervision() -> None:
    assert owed(Role.PRACTITIONER) is Kind.PERSONAL
    assert owed(Role.TEAM_MANAGER) is owed(Role.AGENCY_PROJECT_MANAGER) is Kind.WELFARE
