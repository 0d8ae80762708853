"""Routes of one handover, from its checklist to the council's answer."""

from datetime import timedelta
from typing import Any

from starlette.responses import Response

from app.agreements.gates.rules import obstacles
from app.agreements.handovers import queries, service
from app.agreements.handovers.forms import (
    AcceptForm,
    AnswerForm,
    AskForm,
    AuditForm,
    ChecklistForm,
    RejectForm,
    RequestForm,
)
from app.agreements.handovers.rules import ASPECTS, Grade, RejectReason, responsibility
from app.cases.actions.queries import possible_owners
from app.cases.register import queries as register
from app.cases.register.service import find
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.plans import queries as plans
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()
# What the day by which a file is mended is set to when the form opens.
MENDED = timedelta(days=7)

FORMS = {
    "checklist": ChecklistForm,
    "auditing": AuditForm,
    "requesting": RequestForm,
    "accepting": AcceptForm,
    "asking": AskForm,
    "answering": AnswerForm,
    "rejecting": RejectForm,
}


@routes.get("/cases/{case_id}/handover", needs=Act.PROPOSAL_VIEW, name="handovers.show")
def show(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ChecklistForm]) -> Response:
    row = find(uow, case_id)
    handover = queries.waiting_for(uow, row)
    if handover is None:
        raise Refused("No agreed handover of this case waits to be accepted.")
    case = register.case_view(uow, case_id)
    uow.seen(lot_id=row.lot_id, case_id=case_id, what="handover")
    checks = queries.gate_of(uow, row, handover)
    # The form that was sent is shown as it was sent; the page holds one of each kind.
    forms: dict[str, Any] = {
        name: form if form.model is model else Submission[Any](model)
        for name, model in FORMS.items()
    }
    checklist = queries.ticked(uow, handover)
    forms["checklist"].start(
        version=handover.version, split_reason=handover.split_reason, **vars(checklist)
    )
    owners = possible_owners(uow, case_id) if page.may(Act.HANDOVER_AUDIT) else []
    forms["auditing"].start(owner_id=owners[0][0] if owners else None, due_on=uow.today + MENDED)
    return page.show(
        "agreements/handovers/handover.html",
        form=form,
        **forms,
        case=case,
        handover=next(one for one in queries.for_case(uow, case_id) if one.id == handover.id),
        leads=responsibility(row.state, handover.requested_at),
        asked=queries.template_of(uow, row),
        plan=plans.latest(uow, case_id),
        checks=checks,
        ready=not obstacles(checks),
        audit=queries.audit_of(uow, handover),
        aspects=ASPECTS,
        owners=owners,
        grades=[(one.value, one.label) for one in Grade],
        questions=queries.questions_of(uow, handover),
        siblings=register.siblings_of(uow, case) if case else [],
        reasons=[(one.value, one.label) for one in RejectReason],
    )


@routes.post(
    "/cases/{case_id}/handover/checklist",
    needs=Act.HANDOVER_PREPARE,
    name="handovers.prepare",
    shows=show,
)
def prepare(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ChecklistForm]) -> Response:
    said = form.valid
    service.prepare(uow, case_id, said.checklist, form.ask_version(), said.split_reason)
    return page.go("handovers.show", case_id=case_id, notice="The checklist is saved.")


@routes.post(
    "/cases/{case_id}/handover/audit", needs=Act.HANDOVER_AUDIT, name="handovers.audit", shows=show
)
def audit(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AuditForm]) -> Response:
    service.audit(uow, case_id, form.valid.audit, form.valid.mending)
    return page.go("handovers.show", case_id=case_id, notice="The file audit is saved.")


@routes.post(
    "/cases/{case_id}/handover/request",
    needs=Act.HANDOVER_REQUEST,
    name="handovers.request",
    shows=show,
)
def request(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[RequestForm]) -> Response:
    service.request(uow, case_id, form.valid.asked_of)
    return page.go("handovers.show", case_id=case_id, notice="The receiving team is asked.")


@routes.post(
    "/cases/{case_id}/handover/ask", needs=Act.HANDOVER_ASK, name="handovers.ask", shows=show
)
def ask(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AskForm]) -> Response:
    service.ask(uow, case_id, form.valid.question)
    return page.go("handovers.show", case_id=case_id, notice="Your question is sent.")


@routes.post(
    "/cases/{case_id}/handover/answer",
    needs=Act.HANDOVER_ANSWER,
    name="handovers.answer",
    shows=show,
)
def answer(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AnswerForm]) -> Response:
    service.answer(uow, case_id, form.valid.answer)
    return page.go("handovers.show", case_id=case_id, notice="Your answer is sent.")


@routes.post(
    "/cases/{case_id}/handover/accept",
    needs=Act.HANDOVER_ACCEPT,
    name="handovers.accept",
    shows=show,
)
def accept(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AcceptForm]) -> Response:
    service.accept(uow, case_id, form.valid.receiving_worker)
    return page.go("handovers.index", notice="The handover is accepted and the case has ended.")


@routes.post(
    "/cases/{case_id}/handover/reject",
    needs=Act.HANDOVER_REJECT,
    name="handovers.reject",
    shows=show,
)
def reject(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[RejectForm]) -> Response:
    service.reject(uow, case_id, form.valid.reject_reason, form.valid.reject_note)
    return page.go("handovers.index", notice="The handover is rejected; the agency is told.")
