"""Routes of cohorts: their numbers by lot, and those of one case."""

from starlette.responses import Response

from app.access.roles import Role
from app.cases.register import queries as register
from app.cases.register.rules import CODED, Cohort
from app.kernel.acts import Act
from app.safeguarding.cohorts import queries, service
from app.safeguarding.cohorts.forms import CohortsForm
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/cohorts", needs=Act.SAFEGUARDING_REPORT, name="cohorts.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    exact = uow.actor.role is not Role.COMMISSIONER
    lots = queries.by_lot(uow, exact=exact)
    return page.show(
        "safeguarding/cohorts/index.html", lots=lots, cohorts=list(Cohort), exact=exact
    )


@routes.get("/cases/{case_id}/cohorts", needs=Act.COHORT_SET, name="cohorts.form")
def edit(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[CohortsForm]) -> Response:
    case = register.case_view(uow, case_id)
    known = queries.of_case(uow, case_id, case.age_band)
    form.start(cohorts=[one.cohort.value for one in known if one.since is not None])
    return page.show(
        "safeguarding/cohorts/edit.html",
        form=form,
        case=case,
        by_age=[one.cohort for one in known if one.since is None],
        cohorts=[(one.value, one.label) for one in CODED],
    )


@routes.post("/cases/{case_id}/cohorts", needs=Act.COHORT_SET, name="cohorts.set", shows=edit)
def set_cohorts(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[CohortsForm]
) -> Response:
    service.set_cohorts(uow, case_id, form.valid.cohorts)
    return page.go("protection.show", case_id=case_id, notice="The cohorts are kept.")
