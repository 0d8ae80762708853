"""When a digest goes and what it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.agreements.reminders.rules import Waits, is_due, subject

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
NEW = Waits(1, NOW - timedelta(hours=15), days=1, within=5, chased=0, most=3)
LATE = replace(NEW, proposed_at=NOW - timedelta(days=9), days=6)


def test_a_digest_goes_for_what_is_new_and_for_what_is_still_chased() -> None:
    yesterday = NOW - timedelta(days=1)
    assert is_due([NEW], None)
    assert is_due([NEW], yesterday)
    assert not is_due([NEW], NOW - timedelta(hours=1))
    assert is_due([LATE], yesterday)
    assert not is_due([replace(LATE, chased=3)], yesterday)
    assert not is_due([], None)


def test_the_last_day_is_not_late() -> None:
    assert not replace(LATE, days=5).is_late


def test_its_line_counts_and_names_nobody() -> None:
    assert subject([NEW]) == "1 proposal waits for your decision"
    assert subject([NEW, LATE]) == "2 proposals wait for your decision, 1 of them late"
