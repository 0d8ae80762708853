"""Writes the ledger: one function posts every change in what is open, and its totals with it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlmodel import select

from app.cases.scope.models import (
    NO_CLOCK,
    Baseline,
    CaseCounter,
    DailyTotal,
    LedgerPosting,
    WeekTotal,
)
from app.cases.scope.rules import Term, signed
from app.cases.states import CaseState
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.kernel.errors import Refused
from app.work.bulk import portions_of
from app.work.uow import LOAD_BATCH, UnitOfWork

COUNTED_BY = ("lot_id", "state", "due_on", "planned")
TOTALLED_BY = ("lot_id", "day", "term", "outcome")
WEEKLY_BY = ("lot_id", "week_ending", "term", "outcome")

# By lot, day, term and outcome.
Totals = Counter[tuple[int, date, Term, str]]


class Place(NamedTuple):
    """Where one case is counted; `due_on` only matters while its clock runs.

    `planned` is the way out of the plan in force, and only matters while the case is open.
    """

    lot_id: int
    state: CaseState
    due_on: date | None
    planned: str = ""

    @property
    def counter(self) -> tuple[int, CaseState, date, str]:
        due_on = self.due_on if self.state.clock_runs and self.due_on else NO_CLOCK
        return self.lot_id, self.state, due_on, self.planned if self.state.is_open else ""


class Shift(NamedTuple):
    """One case going from one place to another, under a ledger term where scope changes."""

    case_id: int
    before: Place | None
    after: Place | None
    term: Term | None = None
    outcome: str = ""
    effective_on: date | None = None
    # When it happened, where that is not now: history that is loaded.
    at: datetime | None = None
    # Whether it takes back what was posted to its term before.
    undone: bool = False
    # Whether the case had been cleared and was reopened before it left.
    again: bool = False


def post(uow: UnitOfWork, shifts: Iterable[Shift]) -> None:
    """Post shifts to ledger, totals and counters, all in the command that is running.

    They are taken one by one, so that an import of many need not hold them all.
    """
    uow.must_be_in()
    totals: Totals = Counter()
    again: Totals = Counter()
    left: Counter[Place | None] = Counter()
    come: Counter[Place | None] = Counter()

    def postings() -> Iterator[dict[str, Any]]:
        for shift in shifts:
            left[shift.before] += 1
            come[shift.after] += 1
            for p in _postings(uow, shift):
                key = p["lot_id"], p["effective_on"], p["term"], p["outcome"]
                totals[key] += p["cases"]
                if shift.again or shift.term is Term.REOPENED:
                    again[key] += p["cases"]
                yield p

    made = postings()
    first = list(islice(made, 2))
    if len(first) == 1:
        uow.add(LedgerPosting(**first[0]))
    else:
        uow.load(LedgerPosting, chain(first, made))
    _total(uow, totals, again)
    _count(uow, left, come)


def post_arrivals(
    uow: UnitOfWork,
    case_ids: Sequence[int],
    place: Place,
    due_days: Sequence[date | None],
    term: Term,
    effective_on: date,
) -> None:
    """The same for new cases that come to one place together, each with its due day."""
    uow.must_be_in()
    each = signed(term)
    uow.load_columns(
        LedgerPosting,
        portions_of({"case_id": case_ids}, LOAD_BATCH),
        lot_id=place.lot_id,
        term=term,
        cases=each,
        outcome="",
        effective_on=effective_on,
        at=uow.now,
    )
    totals = Counter({(place.lot_id, effective_on, term, ""): each * len(case_ids)})
    come = {place._replace(due_on=day): cases for day, cases in Counter(due_days).items()}
    _total(uow, totals, Counter())
    _count(uow, Counter(), Counter(come))


def by_week(totals: Totals, again: Totals) -> dict[tuple[int, date, Term, str], dict[str, int]]:
    """Sums by lot, day, term and outcome as those of weeks."""
    weeks: dict[tuple[int, date, Term, str], dict[str, int]] = {}
    for name, sums in (("cases", totals), ("again", again)):
        for (lot_id, day, term, outcome), cases in sums.items():
            week = weeks.setdefault(
                (lot_id, week_ending(day), term, outcome), {"cases": 0, "again": 0}
            )
            week[name] += cases
    return weeks


def _total(uow: UnitOfWork, totals: Totals, again: Totals) -> None:
    _add_up(uow, DailyTotal, TOTALLED_BY, {key: {"cases": n} for key, n in totals.items()})
    _add_up(uow, WeekTotal, WEEKLY_BY, by_week(totals, again))


def _count(uow: UnitOfWork, left: Counter[Place | None], come: Counter[Place | None]) -> None:
    counters: Counter[tuple[int, CaseState, date, str]] = Counter()
    for places, sign in ((left, -1), (come, 1)):
        for place, number in places.items():
            if place is not None:
                counters[place.counter] += sign * number
    changed = {key: {"cases": n} for key, n in counters.items() if n}
    _add_up(uow, CaseCounter, COUNTED_BY, changed)


def _add_up(
    uow: UnitOfWork,
    table: type[Row],
    names: Sequence[str],
    sums: Mapping[tuple[Any, ...], Mapping[str, int]],
) -> None:
    uow.add_up(table, [(dict(zip(names, key, strict=True)), added) for key, added in sums.items()])


def arrival_term(uow: UnitOfWork, lot_id: int) -> Term:
    """The term a case enters a lot under: opening until the lot's list is frozen, then received."""
    return Term.OPENING if _baseline(uow, lot_id) is None else Term.RECEIVED


def freeze(uow: UnitOfWork, lot_id: int, references: Collection[str]) -> Baseline:
    """Keep for good which references a lot began with; Refused if it is frozen or has none."""
    uow.must_be_in(Act.SCOPE_FREEZE)
    if _baseline(uow, lot_id) is not None:
        raise Refused("This lot’s opening list is already frozen.")
    if not references:
        raise Refused("This lot has no case in its opening list yet.")
    return uow.add(
        Baseline(
            lot_id=lot_id,
            frozen_on=uow.today,
            frozen_at=uow.now,
            cases=len(references),
            digest=digest_of(references),
        )
    )


def digest_of(references: Collection[str]) -> str:
    """The SHA-256 of a list of references, one a line in sorted order."""
    return hashlib.sha256("\n".join(sorted(references)).encode()).hexdigest()


def _baseline(uow: UnitOfWork, lot_id: int) -> Baseline | None:
    return uow.session.exec(select(Baseline).where(Baseline.lot_id == lot_id)).first()


def _postings(uow: UnitOfWork, shift: Shift) -> Iterator[dict[str, Any]]:
    if shift.term is None:
        return
    if shift.term is Term.TRANSFERRED:
        if shift.before is None or shift.after is None:
            raise ValueError("A transfer leaves one lot for another.")
        yield _posting(uow, shift, shift.before.lot_id, signed(shift.term, arriving=False))
        yield _posting(uow, shift, shift.after.lot_id, signed(shift.term, arriving=True))
        return
    place = shift.after or shift.before
    if place is None:
        raise ValueError("A shift is from somewhere or to somewhere.")
    cases = signed(shift.term)
    yield _posting(uow, shift, place.lot_id, -cases if shift.undone else cases)


def _posting(uow: UnitOfWork, shift: Shift, lot_id: int, cases: int) -> dict[str, Any]:
    return {
        "case_id": shift.case_id,
        "lot_id": lot_id,
        "term": shift.term,
        "cases": cases,
        "outcome": shift.outcome,
        "effective_on": shift.effective_on or uow.today,
        "at": shift.at or uow.now,
    }
