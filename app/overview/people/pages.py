"""The route of the list of practitioners."""

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.overview.people import queries
from app.web.charts import Bar, bars
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people")


@routes.get("", needs=Act.PEOPLE_VIEW, name="people.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = [(lot.id, lot.name) for lot in contract.list_lots(uow)]
    chosen = next((lot_id for lot_id, _ in lots if str(lot_id) == query.get("lot")), None)
    workers = queries.list_workers(uow, chosen)
    working = [worker for worker in workers if worker.excluded is None or worker.cases]
    limits = {worker.case_limit for worker in working}
    chart = bars(
        [Bar(worker.name, worker.cases) for worker in working],
        title="Cases held",
        unit="cases",
        limit=limits.pop() if len(limits) == 1 else None,
    )
    return page.show(
        "overview/people/index.html", workers=workers, chart=chart, lots=lots, lot_id=chosen
    )
