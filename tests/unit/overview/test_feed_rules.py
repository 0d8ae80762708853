"""What a calendar program reads: folded, escaped, bounded, and never too often."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.kernel.errors import TooMany
from app.overview.feed.rules import (
    AHEAD,
    BACK,
    FOLD,
    MOST,
    READS,
    Event,
    Meter,
    calendar_text,
    escaped,
    folded,
    in_window,
    initials,
)

NOW = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
EVENT = Event("action-7", date(2026, 12, 31), "240001: See the child", "/cases/3")


def test_a_day_is_told_as_the_format_asks() -> None:
    text = calendar_text([EVENT], "https://clearway.example", NOW)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "UID:action-7@clearway\r\nDTSTAMP:20260630T233000Z\r\n" in text
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "SUMMARY:240001: See the child\r\nURL:https://clearway.example/cases/3\r\n" in text


def test_an_instant_of_another_zone_is_stamped_in_utc() -> None:
    there = NOW.astimezone(tz=datetime.strptime("+0100", "%z").tzinfo)
    assert "DTSTAMP:20260630T233000Z" in calendar_text([EVENT], "", there)


def test_what_has_a_meaning_in_the_format_is_escaped() -> None:
    assert escaped("a\\b;c,d\r\ne") == "a\\\\b\\;c\\,d\\ne"
    hostile = Event("x", TODAY, "Meet\r\nEND:VEVENT\r\nBEGIN:VEVENT", "/")
    assert calendar_text([hostile], "", NOW).count("\r\nBEGIN:VEVENT\r\n") == 1


@pytest.mark.parametrize("words", ["short", "x" * 75, "x" * 76, "é" * 200, "🙂" * 60, ""])
def test_long_lines_are_folded_between_characters(words: str) -> None:
    parts = list(folded(words))
    assert all(len(part.encode()) <= FOLD for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == words


def test_a_feed_is_never_longer_than_a_program_can_read() -> None:
    many = [Event(str(n), TODAY + timedelta(days=n), "x", "/") for n in range(MOST + 9)]
    text = calendar_text(reversed(many), "", NOW)
    assert text.count("BEGIN:VEVENT") == MOST
    assert f"UID:{MOST - 1}@" in text
    assert f"UID:{MOST}@" not in text


def test_the_feed_looks_a_month_back_and_four_ahead() -> None:
    assert in_window(TODAY - BACK, TODAY)
    assert in_window(TODAY + AHEAD, TODAY)
    assert not in_window(TODAY - BACK - timedelta(days=1), TODAY)
    assert not in_window(TODAY + AHEAD + timedelta(days=1), TODAY)


def test_a_feed_that_is_read_too_often_waits() -> None:
    meter = Meter()
    for _ in range(READS):
        meter.count("a", NOW)
    meter.count("b", NOW)
    with pytest.raises(TooMany) as refused:
        meter.count("a", NOW + timedelta(minutes=59))
    assert 0 < refused.value.retry_after <= 61
    meter.count("a", NOW + timedelta(minutes=60))


def test_a_colleague_is_told_by_initials() -> None:
    assert initials("Priya van Nair") == "PVN"
