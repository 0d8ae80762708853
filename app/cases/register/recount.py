"""Counts the register and the ledger again, to prove the counters and totals or to mend them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col, delete, select

from app.cases.groups import queries as groups
from app.cases.groups.models import GroupWeek
from app.cases.register import receiving
from app.cases.register import service as register
from app.cases.register.grouping import belonging
from app.cases.register.models import Case, CaseCohort, ReceiverCounter
from app.cases.register.rules import RANKED, Waiting, band_of, triage_rank
from app.cases.scope.models import NO_CLOCK, CaseCounter, DailyTotal, LedgerPosting, WeekTotal
from app.cases.scope.rules import Change, Term, open_again
from app.cases.scope.service import COUNTED_BY, TOTALLED_BY, WEEKLY_BY, Totals, by_week
from app.cases.states import CLOCK_RUNS, CaseState
from app.cases.workload import service as workload
from app.cases.workload.models import Workload
from app.cases.workload.rules import stage_of
from app.cases.workload.service import Burden
from app.db.tables import Row
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

Counts = Mapping[tuple[Any, ...], int]
BEFORE_ALL = date(1999, 12, 31)


@dataclass(frozen=True)
class Recount:
    """Where kept counts differ from a count made now: key, what is kept, what is counted."""

    differences: tuple[tuple[tuple[Any, ...], int, int], ...]

    @property
    def ok(self) -> bool:
        return not self.differences


def recount(uow: UnitOfWork) -> Recount:
    """Compare counters with the register, totals with the postings, and both with what is open.

    Workloads, groups, named receivers and the places in triage are compared with the register too.
    """
    summed = _summed_postings(uow)
    pairs: tuple[tuple[Counts, Counts], ...] = (
        (_kept(uow, CaseCounter, COUNTED_BY), _counted_cases(uow)),
        (_kept(uow, DailyTotal, TOTALLED_BY), summed),
        *_weeks(uow, summed),
        (_open_by_ledger(uow), _open_by_register(uow)),
        (_kept_workloads(uow), _counted_workloads(uow)),
        (_kept_groups(uow), _counted_groups(uow)),
        (_kept(uow, ReceiverCounter, receiving.COUNTED_BY), receiving.count_anew(uow)),
        (_misplaced_by_contract(uow), {}),
    )
    return Recount(tuple(found for kept, counted in pairs for found in _differences(kept, counted)))


def rebuild(uow: UnitOfWork) -> None:
    """Write the counters and totals anew from the register and the postings."""
    with uow.command(Act.COUNTERS_REBUILD):
        uow.note("case_counters", differences=len(recount(uow).differences))
        uow.session.exec(delete(CaseCounter))
        uow.session.exec(delete(DailyTotal))
        uow.session.exec(delete(WeekTotal))
        uow.load(CaseCounter, _as_rows(_counted_cases(uow), *COUNTED_BY))
        summed = _summed_postings(uow)
        uow.load(DailyTotal, _as_rows(summed, *TOTALLED_BY))
        weeks = by_week(summed, _summed_again(uow)).items()
        uow.load(WeekTotal, [dict(zip(WEEKLY_BY, key, strict=True)) | sums for key, sums in weeks])
        uow.session.exec(delete(Workload))
        workload.carry(uow, ((None, burden) for burden in _burdens(uow)))
        _mend_groups(uow)
        uow.session.exec(delete(ReceiverCounter))
        uow.load(ReceiverCounter, _as_rows(receiving.count_anew(uow), *receiving.COUNTED_BY))
        for contract_id in uow.actor.contract_ids:
            rerank(uow, contract_id)


def rerank(uow: UnitOfWork, contract_id: int) -> int:
    """Rank the open cases of a contract by its order in force; returns how many stood elsewhere.

    Reads every open case, also in lots that the actor does not see, since the order is the
    contract's.
    """
    uow.must_be_in()
    with uow.beyond_scope():
        moved = list(_misplaced(uow, contract_id))
        if moved:
            uow.amend(Case, moved)
    return len(moved)


def _misplaced(
    uow: UnitOfWork, contract_id: int
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    order = register.triage_order(uow, contract_id)
    columns = ("id", "lot_id", "contract_id", "triage_rank", *RANKED)
    found = uow.session.execute(
        select(*(getattr(Case, name) for name in columns)).where(
            Case.contract_id == contract_id, col(Case.ended_on).is_(None)
        )
    ).all()
    for row in found:
        rank = triage_rank(order, Waiting(**{name: getattr(row, name) for name in RANKED}))
        if rank != row.triage_rank:
            yield dict(zip(columns, row, strict=True)), {"triage_rank": rank}


def _misplaced_by_contract(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    return {
        ("not in triage order", contract_id): sum(1 for _ in _misplaced(uow, contract_id))
        for contract_id in uow.actor.contract_ids
    }


def _kept_groups(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    return {("in group", *key): number for key, number in groups.count_now(uow).items()}


def _counted_groups(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    counted: Counter[tuple[Any, ...]] = Counter()
    by: tuple[Any, ...] = (Case.lot_id, Case.age_band, Case.child_protection)
    is_open = col(Case.ended_on).is_(None)
    columns = (*by, func.count())
    of_itself = select(*columns).where(is_open).group_by(*by)
    for lot_id, age_band, protected, number in uow.session.execute(of_itself):
        case = {"lot_id": lot_id, "age_band": age_band, "child_protection": protected}
        member = belonging({"ended_on": None, **case})
        for code in member.groups if member else ():
            counted["in group", lot_id, code] += number
    coded: tuple[Any, ...] = (col(Case.lot_id), col(CaseCohort.cohort))
    columns = (*coded, func.count())
    set_by_hand = (
        select(*columns)
        .join(CaseCohort, col(CaseCohort.case_id) == col(Case.id))
        .where(is_open, col(CaseCohort.until).is_(None))
        .group_by(*coded)
    )
    for lot_id, cohort, number in uow.session.execute(set_by_hand):
        counted["in group", lot_id, cohort.value] += number
    return dict(counted)


def _mend_groups(uow: UnitOfWork) -> None:
    """Set the numbers right in a week before all others, so that no pace is read from that."""
    for (_, lot_id, code), kept, counted in _differences(_kept_groups(uow), _counted_groups(uow)):
        key = {"lot_id": lot_id, "code": code, "week_ending": BEFORE_ALL}
        uow.add_up(GroupWeek, [(key, {"came": counted - kept, "went": 0})])


def _kept_workloads(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    rows = uow.session.exec(select(Workload)).all()
    kept: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = (row.practitioner_id, row.lot_id, row.band, row.stage)
        kept["held", *key], kept["co-worked", *key] = row.held, row.co_worked
    return kept


def _counted_workloads(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    counted: Counter[tuple[Any, ...]] = Counter()
    for burden in _burdens(uow):
        key = (burden.lot_id, burden.band, burden.stage)
        counted["held", burden.practitioner_id, *key] += 1
        counted["co-worked", burden.co_worker_id, *key] += 1
    return {key: number for key, number in counted.items() if key[1] is not None}


def _burdens(uow: UnitOfWork) -> Iterator[Burden]:
    """Every open case that somebody carries."""
    carried = uow.session.execute(
        select(
            Case.contract_id,
            Case.lot_id,
            Case.practitioner_id,
            Case.co_worker_id,
            Case.priority,
            Case.open_flags,
            Case.child_protection,
            Case.state,
        ).where(  # type: ignore[call-overload]
            col(Case.ended_on).is_(None),
            or_(col(Case.practitioner_id).is_not(None), col(Case.co_worker_id).is_not(None)),
        )
    )
    for contract_id, lot_id, first, second, priority, flags, protected, state in carried:
        band = band_of(priority, open_flags=flags, child_protection=protected)
        yield Burden(contract_id, lot_id, first, second, band, stage_of(state))


def _as_rows(counts: Counts, *names: str) -> list[dict[str, Any]]:
    return [{**dict(zip(names, key, strict=True)), "cases": n} for key, n in counts.items()]


def _differences(kept: Counts, counted: Counts) -> list[tuple[tuple[Any, ...], int, int]]:
    return [
        (key, kept.get(key, 0), counted.get(key, 0))
        for key in {**kept, **counted}
        if kept.get(key, 0) != counted.get(key, 0)
    ]


def _counted_cases(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    by: tuple[Any, ...] = (Case.lot_id, Case.state, Case.due_on, Case.planned)
    counted: tuple[Any, ...] = (*by, func.count())
    found = uow.session.execute(select(*counted).group_by(*by)).all()
    counts: Counter[tuple[Any, ...]] = Counter()
    for lot_id, state, due_on, planned, number in found:
        running = CaseState(state) in CLOCK_RUNS and due_on is not None
        way = planned if CaseState(state).is_open else ""
        counts[lot_id, CaseState(state), due_on if running else NO_CLOCK, way] += number
    return counts


def _weeks(uow: UnitOfWork, summed: Totals) -> list[tuple[Counts, Counts]]:
    counted = by_week(summed, _summed_again(uow))
    return [
        (_kept(uow, WeekTotal, WEEKLY_BY, of), {key: sums[of] for key, sums in counted.items()})
        for of in ("cases", "again")
    ]


def _kept(
    uow: UnitOfWork, table: type[Row], names: Sequence[str], of: str = "cases"
) -> dict[tuple[Any, ...], int]:
    """A table's counts by what they are counted by."""
    rows = uow.session.execute(select(*(getattr(table, name) for name in (*names, of)))).all()
    return {tuple(key): number for *key, number in rows}


def _summed_again(uow: UnitOfWork) -> Totals:
    """What the postings of reopened cases changed in how many are open once more."""
    reopened = select(col(LedgerPosting.case_id)).where(col(LedgerPosting.term) == Term.REOPENED)
    columns = ("case_id", "lot_id", "effective_on", "term", "outcome", "cases")
    found = uow.session.execute(
        select(*(getattr(LedgerPosting, name) for name in columns))
        .where(col(LedgerPosting.case_id).in_(reopened))
        .order_by(col(LedgerPosting.id))
    )
    summed: Totals = Counter()
    for one in open_again((case_id, Change(*posted)) for case_id, *posted in found):
        summed[one.lot_id, one.day, one.term, one.outcome] += one.again
    return summed


def _summed_postings(uow: UnitOfWork) -> Totals:
    key: tuple[Any, ...] = (
        col(LedgerPosting.lot_id),
        col(LedgerPosting.effective_on),
        col(LedgerPosting.term),
        col(LedgerPosting.outcome),
    )
    columns = (*key, func.sum(col(LedgerPosting.cases)))
    rows = uow.session.execute(select(*columns).group_by(*key)).all()
    return Counter({(lot, day, term, outcome): int(n) for lot, day, term, outcome, n in rows})


def _open_by_ledger(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    rows = uow.session.execute(
        select(col(DailyTotal.lot_id), func.sum(col(DailyTotal.cases))).group_by(
            col(DailyTotal.lot_id)
        )
    ).all()
    return {("open", lot_id): int(number) for lot_id, number in rows}


def _open_by_register(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    rows = uow.session.execute(
        select(col(Case.lot_id), func.count())
        .where(col(Case.ended_on).is_(None))
        .group_by(col(Case.lot_id))
    ).all()
    return {("open", lot_id): number for lot_id, number in rows}
