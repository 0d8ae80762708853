"""The route of the home page: one page for each role."""

from starlette.responses import Response

from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/", needs=Act.HOME_VIEW, name="home")
def home(uow: UnitOfWork, page: Page) -> Response:
    return page.show("overview/home/home.html", name=uow.actor.name)
