"""Routes of handovers: what waits, one handover with its checklist, accept."""

from typing import Any

from starlette.responses import Response

from app.agreements.gates.rules import obstacles
from app.agreements.handovers import queries, service
from app.agreements.handovers.forms import AcceptForm, ChecklistForm
from app.cases.register import queries as register
from app.cases.register.service import find
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.kernel.errors import Refused
from app.plans import queries as plans
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/handovers", needs=Act.PROPOSAL_VIEW, name="handovers.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "agreements/handovers/index.html",
        teams=queries.list_teams(uow),
        waiting=queries.list_waiting(uow),
        accepted=queries.list_accepted(uow),
        week_ends=week_ending(uow.today),
    )


@routes.get("/cases/{case_id}/handover", needs=Act.PROPOSAL_VIEW, name="handovers.show")
def show(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ChecklistForm]) -> Response:
    row = find(uow, case_id)
    handover = queries.waiting_for(uow, row)
    if handover is None:
        raise Refused("No agreed handover of this case waits to be accepted.")
    view = next(one for one in queries.for_case(uow, case_id) if one.id == handover.id)
    checks = queries.checks_of(uow, row, handover)
    checklist, accepting = _own(form, ChecklistForm), _own(form, AcceptForm)
    checklist.start(
        version=handover.version,
        chronology_current_on=handover.chronology_current_on,
        family_told_on=handover.family_told_on,
    )
    return page.show(
        "agreements/handovers/handover.html",
        form=form,
        checklist=checklist,
        accepting=accepting,
        case=register.case_view(uow, case_id),
        handover=view,
        plan=plans.latest(uow, case_id),
        checks=checks,
        ready=not obstacles(checks),
    )


@routes.post(
    "/cases/{case_id}/handover/checklist",
    needs=Act.HANDOVER_PREPARE,
    name="handovers.prepare",
    shows=show,
)
def prepare(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ChecklistForm]) -> Response:
    service.prepare(uow, case_id, form.valid.checklist, form.expected_version)
    return page.go("handovers.show", case_id=case_id, notice="The checklist is saved.")


@routes.post(
    "/cases/{case_id}/handover/accept",
    needs=Act.HANDOVER_ACCEPT,
    name="handovers.accept",
    shows=show,
)
def accept(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AcceptForm]) -> Response:
    service.accept(uow, case_id, form.valid.receiving_worker)
    return page.go("handovers.index", notice="The handover is accepted and the case has ended.")


def _own(form: Submission[Any], model: type[Any]) -> Submission[Any]:
    """The form that was sent if it is of this kind, else a fresh one: the page holds two."""
    return form if form.model is model else Submission(model)
