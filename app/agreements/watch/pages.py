"""The route of the re-referral watch."""

from starlette.responses import Response

from app.agreements.watch import queries
from app.agreements.watch.rules import FEWEST, WINDOWS
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/progress/re-referrals")


@routes.get("", needs=Act.PROGRESS_VIEW, name="watch.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    exact = page.may(Act.CASE_VIEW)
    return page.show(
        "agreements/watch/index.html",
        lots=queries.rates_by_lot(uow, exact=exact),
        lately=queries.list_lately(uow) if exact else [],
        windows=WINDOWS,
        fewest=FEWEST,
        exact=exact,
    )
