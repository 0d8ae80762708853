"""The route of whose hold-up it was."""

from datetime import timedelta

from starlette.responses import Response

from app.cases.clock_statements import queries as statements
from app.contract import queries as contract
from app.kernel.acts import Act
from app.reports.hold_ups.rules import Side, hold_ups
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/hold-ups")
WEEKS = timedelta(weeks=13)


@routes.get("", needs=Act.PROGRESS_VIEW, name="hold_ups.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    exact = page.may(Act.CASE_VIEW)
    found = statements.by_week(uow, uow.today - WEEKS)
    return page.show(
        "reports/hold_ups/index.html",
        rows=hold_ups(found, exact=exact),
        lots=dict(contract.lot_choices(uow)),
        sides=list(Side),
        exact=exact,
    )
