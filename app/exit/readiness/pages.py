"""Routes of the exit strategy: its steps and gates, and what stands in the way of leaving."""

from secrets import token_urlsafe

from starlette.responses import Response

from app.contract import queries as contract
from app.exit.readiness import queries
from app.exit.readiness.rules import failing
from app.exit.residual import queries as residual
from app.exit.residual.rules import Way
from app.exit.steps import queries as steps
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/exit")


@routes.get("", needs=Act.EXIT_VIEW, name="exit.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    contracts, laid = contract.list_contracts(uow), steps.list_steps(uow)
    lots = residual.count_residual(uow)
    facts = queries.facts_by_contract(uow, contracts, laid, lots)
    return page.show(
        "exit/index.html",
        contracts=contracts,
        steps=laid,
        signatures=steps.list_signatures(uow),
        residual=lots,
        closed={lot.id: lot.closed_on for lot in contract.list_lots(uow) if lot.closed_on},
        failing={contract_id: failing(one) for contract_id, one in facts.items()},
        red={contract_id: one.late_for_receivers for contract_id, one in facts.items()},
        ways=list(Way),
        key=token_urlsafe(18),
    )
