"""The terms of the scope ledger and how they balance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


@dataclass(frozen=True)
class Change:
    """The signed change in a lot's open cases on one day under one term."""

    lot_id: int
    day: date
    term: Term
    outcome: str
    cases: int


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
