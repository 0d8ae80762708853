"""The step that says which cohorts a case belongs to."""

from collections.abc import Collection

from sqlmodel import col, select

from app.cases.groups import service as groups
from app.cases.groups.rules import Member
from app.cases.register.models import Case, CaseCohort
from app.cases.register.rules import BY_AGE, Cohort
from app.cases.register.service import case_id_of
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def keep_cohorts(uow: UnitOfWork, case: Case, chosen: Collection[Cohort]) -> None:
    """Make the case belong to exactly these cohorts from today on; those by age are not chosen."""
    uow.must_be_in()
    if not case.state.is_open:
        raise Refused("This case has ended.")
    if not BY_AGE.keys().isdisjoint(chosen):
        raise ValueError("A cohort by age follows from the age.")
    case_id = case_id_of(case)
    found = select(CaseCohort).where(CaseCohort.case_id == case_id, col(CaseCohort.until).is_(None))
    standing = {row.cohort: row for row in uow.session.exec(found).all()}
    was, now = (
        Member(case.lot_id, frozenset(one.value for one in of)) for of in (standing, chosen)
    )
    groups.count(uow, [(was, now)])
    for cohort, row in standing.items():
        if cohort not in chosen:
            row.until, row.ended_by = uow.today, uow.actor.user_id
    for cohort in Cohort:
        if cohort in chosen and cohort not in standing:
            uow.add(
                CaseCohort(
                    case_id=case_id,
                    lot_id=case.lot_id,
                    cohort=cohort,
                    since=uow.today,
                    set_by=uow.actor.user_id,
                )
            )
