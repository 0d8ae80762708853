"""Which part of the ledger is asked for, and whether it balances."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.cases.scope.rules import WEEK, Change, Statement, Term, statements
from app.kernel.days import days_asked, week_ending

SHOWN_WEEKS = 26


@dataclass(frozen=True)
class Period:
    """The days from `since` to `until`, both included."""

    since: date
    until: date

    @classmethod
    def read(cls, words: Mapping[str, str], whole: "Period") -> tuple["Period", list[str]]:
        """The part of the whole that a query string asks for, and a notice for what it ignores."""
        days, notices = days_asked(words, {"from": whole.since, "to": whole.until})
        asked = cls(days["from"], min(days["to"], whole.until))
        if asked.since > asked.until:
            return whole, [*notices, "The first day is after the last, so all days are shown."]
        return asked, notices


@dataclass(frozen=True)
class PostingFilter:
    """Which postings; the links from the statement and the list behind them share it."""

    period: Period
    term: Term | None = None
    lot: int | None = None
    outcome: str = ""

    @property
    def words(self) -> dict[str, str]:
        """The query string of this filter."""
        parts = {
            "lot": str(self.lot or ""),
            "term": self.term or "",
            "outcome": self.outcome,
            "from": self.period.since.isoformat(),
            "to": self.period.until.isoformat(),
        }
        return {name: value for name, value in parts.items() if value}

    @property
    def url(self) -> str:
        return "/scope/cases?" + "&".join(f"{name}={value}" for name, value in self.words.items())

    def of(self, term: Term, lot: int | None) -> "PostingFilter":
        return replace(self, term=term, lot=lot)


@dataclass(frozen=True)
class WeekLine:
    """The statement of one week over all the lots that were asked for."""

    ending: date
    statement: Statement


def whole_period(changes: Iterable[Change], today: date) -> Period:
    """From the first day of the ledger to today."""
    return Period(min((change.day for change in changes), default=today), today)


def added(parts: Iterable[Statement]) -> Statement:
    """The statement of several lots together; transfers between them come to nought."""
    parts = list(parts)
    return Statement(
        sum(part.before for part in parts),
        {term: sum(part.change(term) for part in parts) for term in Term},
    )


def by_week(changes: Iterable[Change], period: Period) -> tuple[WeekLine, ...]:
    """The statement of each of the last weeks of a period, the latest first."""
    changes = list(changes)
    lines: list[WeekLine] = []
    ending = week_ending(period.until)
    while ending >= period.since and len(lines) < SHOWN_WEEKS:
        since = max(period.since, ending - WEEK + timedelta(days=1))
        until = min(period.until, ending)
        known = [change for change in changes if change.day <= until]
        lines.append(WeekLine(ending, added(statements(known, since).values())))
        ending -= WEEK
    return tuple(lines)
