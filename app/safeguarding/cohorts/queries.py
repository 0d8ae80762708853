"""Reads of cohorts: those of one case, and how many open cases of each lot each has."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.cases.groups import queries as groups
from app.cases.register.models import CaseCohort
from app.cases.register.rules import BY_AGE, Cohort
from app.cases.scope import queries as scope
from app.contract import queries as contract
from app.safeguarding.cohorts.rules import LotCohorts, lay_out
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class CohortView:
    """One cohort that a case belongs to; by its age where there is no day."""

    cohort: Cohort
    since: date | None = None


def of_case(uow: UnitOfWork, case_id: int, age_band: str) -> list[CohortView]:
    """The cohorts a case belongs to today, with those that follow from the child's age."""
    coded = [CohortView(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]
    by_age = [CohortView(cohort) for cohort, band in BY_AGE.items() if band == age_band]
    return coded + by_age


def by_lot(uow: UnitOfWork, *, exact: bool) -> tuple[LotCohorts, ...]:
    """The open cases of the actor's lots by cohort."""
    is_open: Counter[int] = Counter()
    for one in scope.list_standing(uow):
        is_open[one.lot_id] += one.cases if one.state.is_open else 0
    lots = {lot_id: (name, is_open[lot_id]) for lot_id, name in contract.lot_choices(uow)}
    found = {
        (lot_id, cohort): number
        for (lot_id, code), number in groups.count_now(uow).items()
        if (cohort := _COHORTS.get(code))
    }
    return lay_out(lots, found, exact=exact)


_COHORTS = {cohort.value: cohort for cohort in Cohort}
_OF_CASE = (
    select(col(CaseCohort.cohort), col(CaseCohort.since))
    .where(col(CaseCohort.until).is_(None), CaseCohort.case_id == bindparam("case_id"))
    .order_by(col(CaseCohort.id))
)
