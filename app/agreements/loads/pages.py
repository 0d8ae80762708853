"""The route of how full a team's weeks may become, and of what one more a week would buy."""

from starlette.responses import Response

from app.agreements.loads import queries
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/handovers/calendar/teams/{team_id}")


@routes.get("/load", needs=Act.CALENDAR_VIEW, name="loads.show")
def show(team_id: Id, uow: UnitOfWork, page: Page) -> Response:
    weeks = queries.weeks_of(uow, team_id)
    past = queries.past_of(uow, weeks.row.lot_id)
    return page.show(
        "agreements/loads/load.html",
        team=weeks.row,
        waiting=len(weeks.waiting),
        past=past,
        likely=queries.likely_weeks(uow, weeks, past),
        bought=queries.one_more(weeks),
    )
