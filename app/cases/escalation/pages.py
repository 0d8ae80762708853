"""The route of escalations: what stands on the reader's step of the ladder, or on any."""

from starlette.responses import Response

from app.cases.escalation import queries
from app.cases.ladder.rules import Rung, rung_of
from app.contract import queries as contract
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/escalations")


@routes.get("", needs=Act.ESCALATION_VIEW, name="escalations.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    asked = query.get("rung", rung_of(uow.actor.role) or "")
    rung = next((one for one in Rung if one == asked), None)
    contracts = [one for one in contract.list_contracts(uow) if one.id is not None]
    days = {one.id: contract.waiting(uow, one.id or 0).answer_days for one in contracts}
    calendars = {one.id: contract.calendar(uow, one.id or 0) for one in contracts}
    rows = queries.list_escalated(uow, rung, query.get("page"))
    return page.show(
        "cases/escalation/index.html",
        cases=rows,
        answer_by=[
            calendars[row.contract_id].add(row.reached_on, days[row.contract_id])
            for row in rows.rows
        ],
        rung=rung,
        rungs=list(Rung),
        contracts=[(one.name, days[one.id]) for one in contracts],
        page_url=lambda number: f"/escalations?rung={rung or ''}&page={number}",
    )
