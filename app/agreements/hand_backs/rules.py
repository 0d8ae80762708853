"""Which hand-backs are asked for, and how they are counted by the team that sent them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from app.kernel.days import days_asked
from app.kernel.small_numbers import suppress
from app.plans.rules import HandBackReason

UNKNOWN_TEAM = "Not known"


@dataclass(frozen=True)
class HandBackFilter:
    """Which hand-backs, by the day on which the council agreed."""

    since: date
    until: date
    lot: int | None = None
    team: str | None = None
    reason: HandBackReason | None = None

    @classmethod
    def read(
        cls, words: Mapping[str, str], whole: "HandBackFilter", lots: Iterable[int]
    ) -> tuple["HandBackFilter", list[str]]:
        """The part of the whole that a query string asks for, and a notice for what it ignores."""
        days, notices = days_asked(words, {"from": whole.since, "to": whole.until})
        if days["from"] > days["to"]:
            notices.append("The first day is after the last, so all days are shown.")
            days = {"from": whole.since, "to": whole.until}
        lot = next((one for one in lots if str(one) == words.get("lot")), None)
        reason = next((one for one in HandBackReason if one == words.get("reason")), None)
        team = words.get("team", "").strip()[:80] or None
        return cls(days["from"], days["to"], lot, team, reason), notices

    def url(self, **others: object) -> str:
        """The address of exactly these hand-backs, or of some of them."""
        asked = {
            "from": self.since,
            "to": self.until,
            "lot": self.lot,
            "team": self.team,
            "reason": self.reason,
        }
        return "/hand-backs?" + urlencode({k: v for k, v in (asked | others).items() if v})


@dataclass(frozen=True)
class TeamLine:
    """One team's hand-backs by reason, in the order of the reasons; None is a hidden number."""

    team: str
    counts: tuple[int | None, ...]
    total: int


@dataclass(frozen=True)
class Pattern:
    """Hand-backs by the team that sent the case, the most first."""

    lines: tuple[TeamLine, ...]
    totals: tuple[int | None, ...]

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)


def pattern(counted: Sequence[tuple[str, HandBackReason, int]], *, exact: bool) -> Pattern:
    """Counts of (team, reason); where not exact, small numbers are hidden."""
    by_team: dict[str, Counter[HandBackReason]] = defaultdict(Counter)
    for team, reason, number in counted:
        by_team[team or UNKNOWN_TEAM][reason] += number
    teams = sorted(by_team, key=lambda team: (-by_team[team].total(), team))
    rows = [[by_team[team][reason] for reason in HandBackReason] for team in teams]
    shown: Sequence[Sequence[int | None]] = rows
    totals: Sequence[int | None] = [sum(column) for column in zip(*rows, strict=True)]
    if not exact:
        hidden = suppress(rows)
        shown, totals = hidden.rows, hidden.column_totals
    lines = zip(teams, shown, rows, strict=True)
    return Pattern(
        tuple(TeamLine(team, tuple(counts), sum(own)) for team, counts, own in lines),
        tuple(totals),
    )
