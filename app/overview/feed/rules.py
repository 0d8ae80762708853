"""Days as a calendar program reads them: iCalendar text, folded, escaped and bounded."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from app.kernel.errors import TooMany

BACK, AHEAD = timedelta(days=30), timedelta(days=120)
MOST = 500
# Calendar programs ask a few times an hour; more than this from one feed is no calendar program.
READS, EVERY = 30, timedelta(hours=1)
FOLD = 75


@dataclass(frozen=True)
class Event:
    """A whole day with what falls on it; `path` is the page that tells more."""

    uid: str
    on: date
    summary: str
    path: str


@dataclass
class Meter:
    """How often each feed, by the digest of its secret, was read of late in this process."""

    seen: dict[str, deque[datetime]] = field(default_factory=dict)

    def count(self, feed: str, now: datetime) -> None:
        """Count one reading; TooMany where there were too many within the hour."""
        times = self.seen.setdefault(feed, deque())
        while times and not now - EVERY < times[0] <= now:
            times.popleft()
        if len(times) >= READS:
            wait = int((times[0] + EVERY - now).total_seconds()) + 1
            raise TooMany("This feed was read too often. Try again later.", retry_after=wait)
        times.append(now)


def calendar_text(events: Iterable[Event], origin: str, now: datetime) -> str:
    """The feed: the earliest first, at most `MOST` of them, lines ended as the format asks."""
    shown = sorted(events, key=lambda one: (one.on, one.uid))[:MOST]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Clearway//Own days//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Clearway",
        "X-WR-TIMEZONE:Europe/London",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for event in shown:
        lines += _event(event, origin, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def in_window(day: date, today: date) -> bool:
    """Whether the feed tells of a day."""
    return today - BACK <= day <= today + AHEAD


def initials(name: str) -> str:
    """PN for Priya Nair: enough for a colleague, too little for a stranger."""
    return "".join(part[0] for part in name.split()).upper()


def escaped(words: str) -> str:
    """Words as a value of the format holds them."""
    for plain, held in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        words = words.replace(plain, held)
    return words


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 bytes, no character cut, each but the first after a space."""
    part, room = "", FOLD
    for character in line:
        size = len(character.encode())
        if size > room:
            yield part
            part, room = " ", FOLD - 1
        part, room = part + character, room - size
    yield part


def _event(event: Event, origin: str, stamp: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}@clearway",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.summary)}",
        f"URL:{origin}{event.path}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
