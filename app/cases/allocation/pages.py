"""Routes of the allocation of one case: allocate it, change who holds it."""

from starlette.responses import Response

from app.cases.allocation import queries, service, views
from app.cases.allocation.forms import AllocateForm, ReallocateForm
from app.cases.allocation.rules import OverrideReason
from app.cases.register import queries as register
from app.cases.register.rules import ChangeReason
from app.cases.states import CaseState
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/cases/{case_id}/allocate", needs=Act.CASE_ALLOCATE, name="allocation.form")
def allocate_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AllocateForm]
) -> Response:
    return _desk(case_id, uow, page, form, "cases/allocation/allocate.html")


@routes.post(
    "/cases/{case_id}/allocate",
    needs=Act.CASE_ALLOCATE,
    name="allocation.allocate",
    shows=allocate_form,
)
def allocate(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AllocateForm]) -> Response:
    said = form.valid
    service.allocate(uow, case_id, said.practitioner_id, said.co_worker_id, said.overriding)
    return page.go("cases.show", case_id=case_id, notice="The case is allocated.")


@routes.get("/cases/{case_id}/reallocate", needs=Act.CASE_REALLOCATE, name="allocation.change")
def reallocate_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReallocateForm]
) -> Response:
    return _desk(case_id, uow, page, form, "cases/allocation/reallocate.html")


@routes.post(
    "/cases/{case_id}/reallocate",
    needs=Act.CASE_REALLOCATE,
    name="allocation.reallocate",
    shows=reallocate_form,
)
def reallocate(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReallocateForm]
) -> Response:
    said = form.valid
    service.reallocate(
        uow, case_id, said.practitioner_id, said.reason, said.co_worker_id, said.overriding
    )
    return page.go("cases.show", case_id=case_id, notice="Who works on the case has changed.")


def _desk(
    case_id: int,
    uow: UnitOfWork,
    page: Page,
    form: Submission[AllocateForm] | Submission[ReallocateForm],
    template: str,
) -> Response:
    found = queries.by_id(uow, [case_id])
    if not found:
        # A case out of sight is not there, before it is refused.
        register.case_view(uow, case_id)
        raise Refused("This case has ended.")
    case = found[0]
    waiting = queries.siblings_waiting(uow, found)
    choices = views.choices(uow, found)
    return page.show(
        template,
        form=form,
        case=case,
        rows=choices.rows,
        barred=choices.barred,
        co_workers=[(who, name) for who, name, *_ in choices.rows],
        siblings=waiting if case.state is CaseState.UNALLOCATED else [],
        overrides=[(reason.value, reason.label) for reason in OverrideReason],
        reasons=[(reason.value, reason.label) for reason in ChangeReason],
    )
