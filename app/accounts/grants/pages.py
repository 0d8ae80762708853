"""The page that says who may do what."""

from starlette.responses import Response

from app.access.roles import Role
from app.accounts.grants.rules import list_grants
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Routes

routes = Routes()


@routes.get("/who-may-do-what", needs=Act.GRANTS_VIEW, name="grants.index")
def show_grants(page: Page) -> Response:
    return page.show("accounts/grants.html", things=list_grants(), roles=list(Role))
