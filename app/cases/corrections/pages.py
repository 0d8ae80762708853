"""Routes on which the facts of one case are corrected."""

from starlette.responses import Response

from app.cases.corrections import service
from app.cases.corrections.forms import CorrectForm
from app.cases.corrections.rules import AGE_BANDS, PRIMARY_NEEDS, Facts
from app.cases.register import queries as register
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases")


@routes.get("/{case_id}/correct", needs=Act.CASE_CORRECT, name="corrections.form")
def correct_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[CorrectForm]
) -> Response:
    case = register.case_view(uow, case_id)
    form.start(version=case.version, **vars(Facts.of(case)))
    return page.show(
        "cases/corrections/correct.html",
        form=form,
        case=case,
        ages=[(band, band) for band in AGE_BANDS],
        needs=[(code, f"{code} {words}") for code, words in PRIMARY_NEEDS.items()],
    )


@routes.post(
    "/{case_id}/correct", needs=Act.CASE_CORRECT, name="corrections.correct", shows=correct_form
)
def correct(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[CorrectForm]) -> Response:
    after = Facts(**form.valid.model_dump())
    changed = service.correct_case(uow, case_id, form.ask_version(), after)
    notice = "The facts are corrected." if changed else "Nothing was different."
    return page.go("cases.show", case_id=case_id, notice=notice)
