"""The route of the guard on quality."""

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.performance.guard import queries
from app.performance.guard.rules import guarded
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/progress/quality")


@routes.get("", needs=Act.PROGRESS_VIEW, name="guard.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    guard, exact = queries.guard(uow), page.may(Act.CASE_VIEW)
    return page.show(
        "performance/guard.html",
        guard=guard,
        rows={one.key: one.lots if exact else guarded(one.lots) for one in guard.measures},
        lots=dict(contract.lot_choices(uow)),
        exact=exact,
    )
