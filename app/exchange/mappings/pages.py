"""Routes of remembered columns: see them and forget one."""

import secrets

from starlette.responses import Response

from app.exchange.imports.rules import FIELD_NAMES
from app.exchange.layouts import FEEDS
from app.exchange.mappings import queries, service
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/mappings")


@routes.get("", needs=Act.MAPPING_FORGET, name="mappings.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "exchange/mappings/index.html",
        mappings=queries.list_mappings(uow),
        feeds=FEEDS,
        names=FIELD_NAMES,
        key=secrets.token_urlsafe(18),
    )


@routes.post("/{mapping_id}/forget", needs=Act.MAPPING_FORGET, name="mappings.forget")
def forget(mapping_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.forget(uow, mapping_id)
    return page.go("mappings.index", notice="Forgotten. The next list with these columns asks.")
