"""Routes of the calendar feed: keeping one, and what a calendar program reads."""

import secrets

from starlette.responses import Response

from app.access.sessions import digest
from app.kernel.acts import Act
from app.overview.feed import queries, service
from app.overview.feed.rules import Meter, calendar_text
from app.web.page import Page
from app.web.routes import Public, Routes
from app.work.uow import UnitOfWork

routes = Routes("/calendar-feed")
METER = Meter()


@routes.get("", needs=Act.FEED_KEEP, name="feed.show")
def show(uow: UnitOfWork, page: Page) -> Response:
    return _page(uow, page, address="")


@routes.post("", needs=Act.FEED_KEEP, name="feed.make")
def make(uow: UnitOfWork, page: Page) -> Response:
    path = page.site.url("feed.read", token=service.make(uow))
    return _page(uow, page, address=f"{page.site.settings.origin}{path}")


@routes.post("/end", needs=Act.FEED_KEEP, name="feed.end")
def end(uow: UnitOfWork, page: Page) -> Response:
    service.end(uow)
    return page.go("feed.show", notice="The feed has ended: its address leads nowhere now.")


@routes.get(
    "/{token}",
    needs=Public("calendar programs carry no cookie: whoever holds the address reads"),
    name="feed.read",
)
def read(token: str, uow: UnitOfWork, page: Page) -> Response:
    uow.actor = queries.find_owner(uow, token)
    METER.count(digest(token), uow.now)
    text = calendar_text(queries.events(uow), page.site.settings.origin, uow.now)
    return Response(text, media_type="text/calendar; charset=utf-8")


def _page(uow: UnitOfWork, page: Page, address: str) -> Response:
    return page.show(
        "overview/feed/feed.html",
        address=address,
        made_at=queries.made_at(uow),
        key=secrets.token_urlsafe(18),
    )
