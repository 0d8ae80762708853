"""The route of the case page."""

import secrets

from starlette.responses import Response

from app.cases.allocation import queries as allocation
from app.cases.assessments import queries as assessments
from app.cases.register import queries as register
from app.cases.states import MOVES
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.overview.casefile import queries
from app.overview.casefile.rules import next_step, who_leads
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases")


@routes.get("/{case_id}", needs=Act.CASE_VIEW, name="cases.show")
def show(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = register.case_view(uow, case_id)
    if case is None:
        raise NotFound
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="case page")
    return page.show(
        "overview/casefile/case.html",
        case=case,
        clock=queries.clock_of(uow, case),
        next=next_step(case.state, closing=False, has_plan=False),
        leads=who_leads(case.state),
        acts=MOVES.acts_from(case.state) & page.actor.acts,
        holds=case.practitioner_id is not None and case.practitioner_id == page.actor.practitioner_id,
        siblings=register.siblings_of(uow, case),
        holders=allocation.holders_of(uow, case_id),
        assessments=assessments.assessments_of(uow, case_id),
        returns=assessments.returns_of(uow, case_id),
        timeline=queries.timeline(uow, case),
        key=secrets.token_urlsafe(18),
    )
