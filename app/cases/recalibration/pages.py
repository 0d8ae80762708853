"""Routes of recalibration: the estimates of a contract, estimating, and drafting from them."""

import secrets

from starlette.responses import Response

from app.cases.recalibration import queries, rules, service
from app.contract import queries as contract
from app.kernel.acts import Act
from app.people.points.queries import draft_of
from app.people.points.rules import LABELS
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people/points")


@routes.get("/{contract_id}/estimates", needs=Act.POINTS_VIEW, name="points.estimates")
def index(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    months = queries.list_months(uow, contract_id)
    return page.show(
        "cases/recalibration/index.html",
        contract=contract.find_contract(uow, contract_id),
        latest=months[0] if months else None,
        earlier=months[1:],
        drafted=draft_of(uow, contract_id) is not None,
        labels=LABELS,
        least=rules.LEAST,
        days=rules.LOOKED_BACK,
        keys=(secrets.token_urlsafe(18), secrets.token_urlsafe(18)),
    )


@routes.post("/{contract_id}/estimates", needs=Act.POINTS_DRAFT, name="points.estimate")
def estimate(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.estimate(uow, contract_id)
    return page.go("points.estimates", contract_id=contract_id, notice="Estimated.")


@routes.post(
    "/{contract_id}/estimates/draft", needs=Act.POINTS_DRAFT, name="points.draft_estimates"
)
def draft(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.draft(uow, contract_id)
    return page.go("points.index", notice="The draft is saved. The council agrees it here.")
