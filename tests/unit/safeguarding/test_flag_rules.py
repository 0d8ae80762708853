"""Rules of safeguarding flags."""

from datetime import UTC, datetime, timedelta

import pytest

from app.kernel.errors import Refused
from app.safeguarding.flags.rules import Standing, check_acknowledge, check_resolve, hours_waiting

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_a_new_flag_is_acknowledged_and_then_resolved() -> None:
    check_acknowledge(Standing(acknowledged=False, resolved=False))
    check_resolve(Standing(acknowledged=True, resolved=False))


def test_a_flag_is_not_acknowledged_twice() -> None:
    with pytest.raises(Refused, match="already acknowledged"):
        check_acknowledge(Standing(acknowledged=True, resolved=False))


def test_a_flag_is_not_resolved_unseen_or_twice() -> None:
    with pytest.raises(Refused, match="before you resolve"):
        check_resolve(Standing(acknowledged=False, resolved=False))
    with pytest.raises(Refused, match="already resolved"):
        check_resolve(Standing(acknowledged=True, resolved=True))


@pytest.mark.parametrize(("minutes", "hours"), [(0, 0), (59, 0), (60, 1), (24 * 60, 24)])
def test_only_whole_hours_count(minutes: int, hours: int) -> None:
    assert hours_waiting(NOW - timedelta(minutes=minutes), NOW) == hours
