"""Writes the ledger: one function posts every change in what is open, and its totals with it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import select

from app.cases.scope.models import NO_CLOCK, Baseline, CaseCounter, DailyTotal, LedgerPosting
from app.cases.scope.rules import Term, signed
from app.cases.states import CaseState
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Place:
    """Where one case is counted; `due_on` only matters while its clock runs."""

    lot_id: int
    state: CaseState
    due_on: date | None

    @property
    def counter(self) -> tuple[int, CaseState, date]:
        running = self.state.clock_runs and self.due_on is not None
        return self.lot_id, self.state, self.due_on if running and self.due_on else NO_CLOCK


@dataclass(frozen=True)
class Shift:
    """One case going from one place to another, under a ledger term where scope changes."""

    case_id: int
    before: Place | None
    after: Place | None
    term: Term | None = None
    outcome: str = ""
    effective_on: date | None = None
    # When it happened, where that is not now: history that is loaded.
    at: datetime | None = None


def post(uow: UnitOfWork, shifts: Sequence[Shift]) -> None:
    """Post shifts to ledger, daily totals and counters, all in the command that is running."""
    uow.must_be_in()
    postings = [posting for shift in shifts for posting in _postings(uow, shift)]
    if len(postings) == 1:
        uow.add(LedgerPosting(**postings[0]))
    elif postings:
        uow.load(LedgerPosting, postings)
    totals: Counter[tuple[object, ...]] = Counter()
    for p in postings:
        totals[p["lot_id"], p["effective_on"], p["term"], p["outcome"]] += p["cases"]
    names = ("lot_id", "day", "term", "outcome")
    uow.add_up(
        DailyTotal, [(dict(zip(names, k, strict=True)), {"cases": n}) for k, n in totals.items()]
    )
    counters: Counter[tuple[int, CaseState, date]] = Counter()
    for shift in shifts:
        if shift.before:
            counters[shift.before.counter] -= 1
        if shift.after:
            counters[shift.after.counter] += 1
    uow.add_up(
        CaseCounter,
        [
            ({"lot_id": lot, "state": state, "due_on": due}, {"cases": number})
            for (lot, state, due), number in counters.items()
            if number
        ],
    )


def arrival_term(uow: UnitOfWork, lot_id: int) -> Term:
    """The term a case enters a lot under: opening until the lot's list is frozen, then received."""
    return Term.OPENING if _baseline(uow, lot_id) is None else Term.RECEIVED


def freeze(uow: UnitOfWork, lot_id: int, references: Collection[str]) -> Baseline:
    """Keep for good which references a lot began with; Refused if it is frozen or has none."""
    uow.must_be_in(Act.SCOPE_FREEZE)
    if _baseline(uow, lot_id) is not None:
        raise Refused("This lot's opening list is already frozen.")
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


def _postings(uow: UnitOfWork, shift: Shift) -> list[dict[str, Any]]:
    if shift.term is None:
        return []
    place = shift.after or shift.before
    if place is None:
        raise ValueError("A shift is from somewhere or to somewhere.")
    common = {
        "case_id": shift.case_id,
        "term": shift.term,
        "outcome": shift.outcome,
        "effective_on": shift.effective_on or uow.today,
        "at": shift.at or uow.now,
    }
    if shift.term is not Term.TRANSFERRED:
        return [{**common, "lot_id": place.lot_id, "cases": signed(shift.term)}]
    if shift.before is None or shift.after is None:
        raise ValueError("A transfer leaves one lot for another.")
    return [
        {**common, "lot_id": shift.before.lot_id, "cases": signed(shift.term, arriving=False)},
        {**common, "lot_id": shift.after.lot_id, "cases": signed(shift.term, arriving=True)},
    ]
