"""The route of the report of limits that were passed."""

from starlette.responses import Response

from app.cases.overrides import queries
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/allocations/overrides")


@routes.get("", needs=Act.PEOPLE_VIEW, name="overrides.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "cases/overrides/index.html",
        overrides=queries.list_overrides(uow, query.get("page")),
        counted=queries.count_overrides(uow),
        page_url=lambda number: f"/allocations/overrides?page={number}",
    )
