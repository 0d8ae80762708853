"""Routes of ownership: the cases at fault, and a check on demand."""

import secrets

from starlette.responses import Response

from app.assurance.ownership import queries, service
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/ownership")


@routes.get("", needs=Act.OWNERSHIP_CHECK, name="ownership.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "assurance/ownership/index.html",
        checked=queries.last_check(uow),
        checked_by=queries.last_checked_by(uow),
        faults=queries.list_faults(uow, query.get("page")),
        page_url=lambda number: f"/ownership?page={number}",
        key=secrets.token_urlsafe(18),
    )


@routes.post("/check", needs=Act.OWNERSHIP_CHECK, name="ownership.check")
def check(uow: UnitOfWork, page: Page) -> Response:
    found = service.check(uow)
    words = "Every open case has an owner and a next step." if not found else "See what is found."
    return page.go("ownership.index", notice=f"Every open case was checked. {words}")
