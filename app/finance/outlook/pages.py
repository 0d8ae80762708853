"""Routes of the outlook: what the lots will have cost, and working it out anew."""

import secrets

from starlette.responses import Response

from app.finance.outlook import queries, service
from app.finance.outlook.rules import APART
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/outlook")


@routes.get("", needs=Act.MONEY_VIEW, name="outlook.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    contracts = queries.by_contract(uow)
    return page.show(
        "finance/outlook/index.html",
        contracts=[(one.contract_id, one.contract) for one in contracts],
        chosen=next(
            (one for one in contracts if str(one.contract_id) == query.get("contract")),
            contracts[0] if contracts else None,
        ),
        apart=APART,
        key=secrets.token_urlsafe(18),
    )


@routes.post("/make", needs=Act.OUTLOOK_MAKE, name="outlook.make")
def make(uow: UnitOfWork, page: Page) -> Response:
    service.make(uow)
    return page.go("outlook.index", notice="The outlook is worked out anew.")
