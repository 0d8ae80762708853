"""Routes of the allocation desk: triage, allocate, reallocate."""

from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import Response

from app.cases.allocation import queries, service
from app.cases.allocation.forms import AllocateForm, ReallocateForm
from app.cases.register import queries as register
from app.cases.register.filter import CaseFilter
from app.cases.register.rules import TRIAGE_RULE, ChangeReason
from app.cases.states import CaseState
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/triage", needs=Act.CASE_ALLOCATE, name="allocation.triage")
def triage(uow: UnitOfWork, page: Page, query: Query) -> Response:
    wanted, _ = CaseFilter.read({"lot": query.get("lot", "")})
    queue = replace(wanted, state=CaseState.UNALLOCATED, sort="triage")
    return page.show(
        "cases/allocation/triage.html",
        rule=TRIAGE_RULE,
        cases=register.list_cases(uow, queue, query.get("page")),
        wanted=queue,
        page_url=lambda number: f"/triage?{urlencode({'lot': wanted.lot or '', 'page': number})}",
        lots=[(lot.id, lot.name) for lot in contract.list_lots(uow)],
    )


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
    chosen = form.valid
    service.allocate(uow, case_id, chosen.practitioner_id, chosen.co_worker_id)
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
    chosen = form.valid
    service.reallocate(uow, case_id, chosen.practitioner_id, chosen.reason, chosen.co_worker_id)
    return page.go("cases.show", case_id=case_id, notice="The case has changed worker.")


def _desk(
    case_id: int,
    uow: UnitOfWork,
    page: Page,
    form: Submission[AllocateForm] | Submission[ReallocateForm],
    template: str,
) -> Response:
    case = register.case_view(uow, case_id)
    if case is None:
        raise NotFound
    caseloads = queries.caseloads(uow, case.lot_id)
    return page.show(
        template,
        form=form,
        case=case,
        caseloads=caseloads,
        co_workers=[(one.practitioner_id, one.name) for one in caseloads if not one.excluded],
        siblings=register.siblings_of(uow, case),
        reasons=[(reason.value, reason.label) for reason in ChangeReason],
    )
