"""Routes of compliance: counts by lot and month, managers, and the sample that is graded."""

import secrets

from starlette.responses import Response

from app.assurance.compliance import queries, service
from app.assurance.compliance.forms import GradeForm
from app.assurance.supervision import queries as supervision
from app.assurance.supervision.rules import Grade
from app.contract import queries as contract
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/supervision-record")


@routes.get("", needs=Act.SUPERVISION_COUNTS, name="supervision.counts")
def counts(uow: UnitOfWork, page: Page) -> Response:
    names = page.may(Act.SUPERVISION_VIEW)
    lots = queries.compliance(uow)
    grades = queries.count_grades(uow)
    return page.show(
        "assurance/compliance/index.html",
        lots=lots,
        months=[first for first, _ in queries.months_to(uow.today)],
        contracts=[
            (one, supervision.terms_of(uow, one.id or 0)) for one in contract.list_contracts(uow)
        ],
        graded=[(grade, grades.get(grade, 0)) for grade in Grade],
        sampled=queries.list_sampled(uow) if names else [],
        waiting=grades.get(None, 0),
        managers=queries.by_manager(uow) if names else [],
        key=secrets.token_urlsafe(18),
    )


@routes.post("/sample", needs=Act.SUPERVISION_SAMPLE, name="supervision.sample")
def sample(uow: UnitOfWork, page: Page) -> Response:
    drawn = service.draw_sample(uow)
    words = f"{drawn} drawn to be graded." if drawn else "Every supervision of late was drawn."
    return page.go("supervision.counts", notice=words)


@routes.get("/{supervision_id}/grade", needs=Act.SUPERVISION_GRADE, name="supervision.grade_form")
def grade_form(
    supervision_id: Id, uow: UnitOfWork, page: Page, form: Submission[GradeForm]
) -> Response:
    return page.show(
        "assurance/compliance/grade.html",
        form=form,
        one=queries.find_view(uow, supervision_id),
        decided=supervision.decided_in(uow, supervision_id),
        grades=[(grade.value, grade.label) for grade in Grade],
    )


@routes.post(
    "/{supervision_id}/grade",
    needs=Act.SUPERVISION_GRADE,
    name="supervision.grade",
    shows=grade_form,
)
def grade(supervision_id: Id, uow: UnitOfWork, page: Page, form: Submission[GradeForm]) -> Response:
    service.grade(uow, supervision_id, form.valid.grade, form.valid.note)
    return page.go("supervision.counts", notice="The grade is kept.")
