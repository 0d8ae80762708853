"""The route by which drifting cases are looked for by day."""

from starlette.responses import Response

from app.assurance.nightly import service
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/drift")


@routes.post("/look", needs=Act.DRIFT_LOOK, name="drift.look")
def look(uow: UnitOfWork, page: Page) -> Response:
    found = service.look_now(uow)
    words = "1 case drifts" if found == 1 else f"{found:,} cases drift"
    return page.go("drift.index", notice=f"Every open case was looked at: {words}.")
