"""The route of value: what cases cost, beside the quality of the work."""

from starlette.responses import Response

from app.finance.value import queries
from app.finance.value.rules import FEWEST_UNITS, FEWEST_WEEKS
from app.kernel.acts import Act
from app.people.rules import show_hours
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/money/value")
KINDS = {"assessed": "assessments authorised", "cleared": "cases cleared and not reopened"}


@routes.get("", needs=Act.MONEY_VIEW, name="value.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "finance/value/index.html",
        value=queries.value(uow),
        kinds=KINDS,
        fewest_weeks=FEWEST_WEEKS,
        fewest_units=FEWEST_UNITS,
        hours=show_hours,
        exact=page.may(Act.CASE_VIEW),
    )
