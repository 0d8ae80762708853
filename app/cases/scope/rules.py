"""The terms of the scope ledger and how they balance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from app.kernel.days import week_ending
from app.planning.clearance import RATE_WEEKS, PresentRate, at_present_rate

WEEK = timedelta(days=7)
# Of so many readers' lots, what follows from their changes is worked out once.
LEDGERS_KEPT = 64


class Term(StrEnum):
    """One reason why the number of open cases changes."""

    OPENING = "opening"
    RECEIVED = "received"
    HANDED_BACK = "handed_back"
    TRANSFERRED = "transferred"
    CLEARED = "cleared"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


# How a posting of one case changes the number of open cases; a transfer says so itself.
EFFECT = {
    Term.OPENING: 1,
    Term.RECEIVED: 1,
    Term.HANDED_BACK: -1,
    Term.CLEARED: -1,
    Term.REOPENED: 1,
}
ARRIVING = frozenset({Term.RECEIVED, Term.REOPENED})


class Change(NamedTuple):
    """The signed change in a lot's open cases on one day under one term.

    `again` is the change in those that are open once more; only totals of weeks tell it.
    """

    lot_id: int
    day: date
    term: Term
    outcome: str
    cases: int
    again: int = 0


@dataclass(frozen=True, eq=False)
class Ledger:
    """What changed in some lots, oldest first.

    Two are the same only when they are one: what follows from a ledger is then known again
    without reading through it.
    """

    changes: tuple[Change, ...]


class LotWeek(NamedTuple):
    """What changed in a lot in the week ending on a Friday, signed as in the ledger.

    `cases` is the change in open cases, under all terms.
    """

    lot_id: int
    ending: date
    cases: int
    cleared: int
    reopened: int
    received: int


@dataclass(frozen=True)
class Week:
    """What was cleared, and what was received or reopened, in the week ending that Friday."""

    ending: date
    cleared: int
    arrived: int


@dataclass(frozen=True)
class Statement:
    """The ledger of a period; terms are signed changes in open cases, `before` is the balance."""

    before: int
    changes: Mapping[Term, int]

    def change(self, term: Term) -> int:
        return self.changes.get(term, 0)

    def shown(self, term: Term) -> int:
        """The term as a statement prints it: cleared and handed back as positive counts."""
        change = self.change(term)
        return -change if EFFECT.get(term) == -1 else change

    @property
    def closing(self) -> int:
        """Opening + received − handed back ± transferred − cleared + reopened."""
        return self.before + sum(self.changes.values())


def signed(term: Term, *, arriving: bool = True) -> int:
    """The change in open cases that one posting of `term` makes."""
    if term is Term.TRANSFERRED:
        return 1 if arriving else -1
    return EFFECT[term]


def statements(changes: Iterable[Change], since: date) -> dict[int, Statement]:
    """The ledger of each lot from `since` on; what came before is its opening balance."""
    before: Counter[int] = Counter()
    during: dict[int, Counter[Term]] = defaultdict(Counter)
    for change in changes:
        if change.day < since:
            before[change.lot_id] += change.cases
        else:
            during[change.lot_id][change.term] += change.cases
    return {
        lot_id: Statement(before[lot_id], dict(during[lot_id]))
        for lot_id in before.keys() | during.keys()
    }


def open_again(postings: Iterable[tuple[int, Change]]) -> list[Change]:
    """Of the postings of reopened cases, by case, those that change how many are open once more.

    `postings` are all of those cases, in the order in which they were made.
    """
    again: set[int] = set()
    found = []
    for case_id, posted in postings:
        if posted.term is Term.REOPENED:
            again.add(case_id)
        if case_id in again:
            found.append(posted._replace(again=posted.cases))
            if posted.term not in (Term.REOPENED, Term.TRANSFERRED):
                again.remove(case_id)
    return found


def full_weeks(changes: Iterable[Change], today: date) -> tuple[Week, ...]:
    """Each week from the first change to the last Friday before today, empty weeks too."""
    changes = list(changes)
    if not changes:
        return ()
    cleared: Counter[date] = Counter()
    arrived: Counter[date] = Counter()
    for change in changes:
        if change.term is Term.CLEARED:
            cleared[week_ending(change.day)] -= change.cases
        elif change.term in ARRIVING:
            arrived[week_ending(change.day)] += change.cases
    friday, weeks = week_ending(min(change.day for change in changes)), []
    while friday < today:
        weeks.append(Week(friday, cleared[friday], arrived[friday]))
        friday += WEEK
    return tuple(weeks)


def present_rate(changes: Iterable[Change], today: date) -> PresentRate:
    """When what is open is cleared if the last full weeks of these lots repeat."""
    changes = list(changes)
    weeks = full_weeks(changes, today)
    return at_present_rate(
        [week.cleared for week in weeks],
        sum(change.cases for change in changes),
        [week.arrived for week in weeks],
        as_at=weeks[-1].ending if weeks else today,
    )


@lru_cache(maxsize=LEDGERS_KEPT)
def part_of(ledger: Ledger, lot_ids: frozenset[int]) -> Ledger:
    """The ledger of those lots alone."""
    return Ledger(tuple(one for one in ledger.changes if one.lot_id in lot_ids))


@lru_cache(maxsize=LEDGERS_KEPT)
def lot_weeks(ledger: Ledger) -> tuple[LotWeek, ...]:
    """What the changes come to in each lot, week by week."""
    sums: dict[tuple[int, date], Counter[Term]] = defaultdict(Counter)
    for change in ledger.changes:
        sums[change.lot_id, week_ending(change.day)][change.term] += change.cases
    return tuple(
        LotWeek(
            lot_id,
            ending,
            by_term.total(),
            by_term[Term.CLEARED],
            by_term[Term.REOPENED],
            by_term[Term.RECEIVED],
        )
        for (lot_id, ending), by_term in sums.items()
    )


def rate_of_weeks(weeks: Iterable[LotWeek], today: date) -> PresentRate:
    """The present rate of some lots, from what changed in their weeks."""
    cleared, arrived = defaultdict[date, int](int), defaultdict[date, int](int)
    open_now = 0
    for week in weeks:
        cleared[week.ending] -= week.cleared
        arrived[week.ending] += week.received + week.reopened
        open_now += week.cases
    last, first = week_ending(today) - WEEK, min(cleared, default=today)
    whole = range(max(0, (last - first).days // 7 + 1))
    fridays = [first + WEEK * number for number in whole[-RATE_WEEKS:]]
    return at_present_rate(
        [cleared[friday] for friday in fridays],
        open_now,
        [arrived[friday] for friday in fridays],
        as_at=last if fridays else today,
    )
