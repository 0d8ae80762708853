"""The route of whose hold-up it was."""

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.reports.hold_ups import queries
from app.reports.hold_ups.rules import Side
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/hold-ups")


@routes.get("", needs=Act.PROGRESS_VIEW, name="hold_ups.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    exact = page.may(Act.CASE_VIEW)
    return page.show(
        "reports/hold_ups/index.html",
        rows=queries.weekly(uow) if exact else queries.in_periods(uow),
        lots=dict(contract.lot_choices(uow)),
        sides=list(Side),
        exact=exact,
    )
