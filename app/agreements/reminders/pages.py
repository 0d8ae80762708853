"""The route of the digests that were sent, which both sides can see."""

from starlette.responses import Response

from app.agreements.reminders import queries
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/digests")


@routes.get("", needs=Act.PROPOSAL_VIEW, name="digests.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show("agreements/reminders/index.html", sent=queries.list_sent(uow))
