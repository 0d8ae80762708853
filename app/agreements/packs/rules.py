"""What one page says of a case that goes to a receiving team, each fact with its day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.kernel.days import show_date

# How many cases a team's pack takes.
MOST = 60


@dataclass
class Sheet:
    """One case's page: headed parts, each of rows with a name, words and where they come from."""

    title: str
    parts: list[tuple[str, list[tuple[str, str, str]]]] = field(default_factory=list)

    def part(self, heading: str, rows: Iterable[tuple[str, str, str]]) -> None:
        """Add a part; one without rows says so instead of being left out."""
        self.parts.append((heading, list(rows) or [("None", "", "")]))

    @property
    def facts(self) -> dict[str, object]:
        """The page as a document's template takes it."""
        parts = [{"heading": heading, "rows": rows} for heading, rows in self.parts]
        return {"title": self.title, "parts": parts}


def title_of(team: str, waiting: int) -> str:
    """What a team's pack is called; one that leaves cases out says so."""
    cut = f": the first {MOST} of {waiting}" if waiting > MOST else ""
    return f"Handovers to {team}{cut}"


def since(day: date | None, otherwise: str = "Not recorded") -> str:
    """A day in words, or that there is none."""
    return show_date(day) if day else otherwise


def yes_or_no(day: date | None) -> str:
    """“Yes” for what was done on some day, “No” for None."""
    return "Yes" if day else "No"
