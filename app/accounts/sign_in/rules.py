"""How often a password may be tried, how long a session counts, and where signing in may lead."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

WINDOW = timedelta(minutes=5)
MOST_SESSIONS = 5
HOME = "/"

_OUR_PATH = re.compile(r"/(?!/)[\x21-\x5b\x5d-\x7e]{0,299}")
_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Limit:
    """At most so many tries by or at one subject within a window."""

    subject: str
    most: int


def limits_for(email: str, address: str) -> tuple[Limit, ...]:
    """The limits that one try counts against: its account, where it comes from, and all tries."""
    account = hashlib.sha256(email.encode()).hexdigest()
    return (
        Limit(f"account:{account}", 10),
        Limit(f"address:{address}"[:80], 100),
        Limit("everyone", 1_000),
    )


def window_of(now: datetime) -> datetime:
    """When the window that `now` lies in began."""
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def normal_email(typed: str) -> str:
    """One spelling of an address, by which a person is known."""
    return typed.strip().lower()


def our_path(wanted: str) -> str:
    """Where signing in leads: a path of our own, else home."""
    return wanted if _OUR_PATH.fullmatch(wanted) else HOME


def browser_of(agent: str) -> str:
    """A browser in words, from what it says of itself."""
    name = next((word for mark, word in _BROWSERS if mark in agent), "A browser")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    return f"{name} on {system}" if system else name
