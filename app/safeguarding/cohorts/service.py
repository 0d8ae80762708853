"""The act of saying which cohorts a case belongs to."""

from collections.abc import Collection

from app.cases.register import service as register
from app.cases.register.cohorts import keep_cohorts
from app.cases.register.rules import BY_AGE, Cohort
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.work.uow import UnitOfWork


def set_cohorts(uow: UnitOfWork, case_id: int, chosen: Collection[Cohort]) -> None:
    """Make a case belong to exactly these cohorts."""
    with uow.command(Act.COHORT_SET):
        if not BY_AGE.keys().isdisjoint(chosen):
            raise Invalid("cohorts", "Unborn and under one follow from the child’s age.")
        keep_cohorts(uow, register.find(uow, case_id), chosen)
