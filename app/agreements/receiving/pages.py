"""The route of the handovers that wait and of what each receiving team takes this week."""

from starlette.responses import Response

from app.agreements.receiving import queries
from app.agreements.receiving.rules import Show
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/handovers")


@routes.get("", needs=Act.PROPOSAL_VIEW, name="handovers.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    show = Show.read(query.get("show"))
    return page.show(
        "agreements/receiving/index.html",
        # Whoever sees only their own cases cannot count a team's.
        teams=[] if uow.actor.own_cases_only else queries.list_teams(uow),
        show=show,
        shows=list(Show),
        waiting=queries.list_waiting(uow, show, query.get("page")),
        accepted=queries.list_accepted(uow),
        week_ends=week_ending(uow.today),
        page_url=lambda number: f"/handovers?show={show.value}&page={number}",
    )
