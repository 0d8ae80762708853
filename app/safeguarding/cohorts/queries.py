"""Reads of cohorts: those of one case, and how many open cases of each lot each has."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from app.cases.register.filter import CaseFilter
from app.cases.register.models import Case, CaseCohort
from app.cases.register.queries import count_cases
from app.cases.register.rules import BY_AGE, Cohort
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
    lots = {
        lot_id: (name, count_cases(uow, CaseFilter(lot=lot_id)))
        for lot_id, name in contract.lot_choices(uow)
    }
    bands = {band: cohort for cohort, band in BY_AGE.items()}
    found = {(lot_id, cohort): number for lot_id, cohort, number in uow.rows(_CODED)}
    found |= {(lot_id, bands[band]): number for lot_id, band, number in uow.rows(_YOUNG)}
    return lay_out(lots, found, exact=exact)


_NOW = col(CaseCohort.until).is_(None)
_OF_CASE = (
    select(col(CaseCohort.cohort), col(CaseCohort.since))
    .where(_NOW, CaseCohort.case_id == bindparam("case_id"))
    .order_by(col(CaseCohort.id))
)
_CODED: Any = (
    select(CaseCohort.lot_id, CaseCohort.cohort, func.count())
    .join(Case, col(Case.id) == CaseCohort.case_id)
    .where(_NOW, col(Case.ended_on).is_(None))
    .group_by(col(CaseCohort.lot_id), col(CaseCohort.cohort))
)
# Written out as the partial index has it, so that both databases see that it serves.
_BANDS: Any = bindparam("bands", list(BY_AGE.values()), expanding=True, literal_execute=True)
_YOUNG: Any = (
    select(Case.lot_id, Case.age_band, func.count())
    .where(col(Case.age_band).in_(_BANDS), col(Case.ended_on).is_(None))
    .group_by(col(Case.lot_id), col(Case.age_band))
)
