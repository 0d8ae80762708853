"""What groups a case belongs to, and their counts kept level with the register."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlmodel import col, select

from app.cases.groups import service as groups
from app.cases.groups.rules import PROTECTED, Member
from app.cases.register.models import Case, CaseCohort
from app.cases.register.rules import BY_AGE
from app.work.uow import UnitOfWork

# What the groups of a case follow from, beside the cohorts that were set.
GROUPED = ("lot_id", "ended_on", "age_band", "child_protection")
IDS_AT_ONCE = 5_000


def grouped(case: Case) -> dict[str, Any]:
    """What a case is now, for `regroup`."""
    return {name: getattr(case, name) for name in ("id", *GROUPED)}


def regroup(uow: UnitOfWork, pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
    """Count the groups anew for changed cases: what was, with its id and `GROUPED`, and what is."""
    found = [(was, {**was, **new}) for was, new in pairs]
    changed = [(was, now) for was, now in found if any(was[one] != now[one] for one in GROUPED)]
    gone = [w["id"] for w, n in changed if any(w[one] != n[one] for one in ("lot_id", "ended_on"))]
    cohorts = _cohorts_of(uow, gone)
    groups.count(
        uow,
        (
            (belonging(was, cohorts.get(was["id"], ())), belonging(now, cohorts.get(was["id"], ())))
            for was, now in changed
        ),
    )


def belonging(case: Mapping[str, Any], cohorts: Collection[str] = ()) -> Member | None:
    """A case with its groups: its cohorts, and what follows from it; nothing once it has ended."""
    if case["ended_on"] is not None:
        return None
    of_itself = _groups(case["age_band"], protected=case["child_protection"])
    return Member(case["lot_id"], of_itself.union(cohorts) if cohorts else of_itself)


@lru_cache(maxsize=32)
def _groups(age_band: str, *, protected: bool) -> frozenset[str]:
    by_age = [cohort.value for cohort, band in BY_AGE.items() if band == age_band]
    return frozenset(by_age + [PROTECTED] * protected)


def _cohorts_of(uow: UnitOfWork, case_ids: Sequence[int]) -> dict[int, set[str]]:
    """The cohorts that were set on cases, also where a case has left the actor's sight."""
    found: dict[int, set[str]] = {}
    for start in range(0, len(case_ids), IDS_AT_ONCE):
        portion = case_ids[start : start + IDS_AT_ONCE]
        set_on = select(CaseCohort.case_id, col(CaseCohort.cohort)).where(
            col(CaseCohort.case_id).in_(portion), col(CaseCohort.until).is_(None)
        )
        with uow.beyond_scope():
            rows = uow.session.exec(set_on).all()
        for case_id, cohort in rows:
            found.setdefault(case_id, set()).add(str(cohort))
    return found
