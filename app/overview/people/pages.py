"""Routes of the workload: everybody's for their managers, and each practitioner's own."""

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.overview.people import queries
from app.people.queries import points_table
from app.web.charts import Bar, bars
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people")


@routes.get("", needs=Act.PEOPLE_VIEW, name="people.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    found = contract.list_lots(uow)
    lots = [(lot.id, lot.name) for lot in found]
    chosen = next((lot_id for lot_id, _ in lots if str(lot_id) == query.get("lot")), None)
    workers = queries.list_loads(uow, chosen)
    working = [one for one in workers if one.candidate.may_hold or one.load.cases]
    chart = bars(
        [Bar(one.candidate.name, one.load.points) for one in working],
        title="Points carried",
        unit="points",
    )
    contracts = {lot.contract_id for lot in found if chosen in (None, lot.id)}
    return page.show(
        "overview/people/index.html",
        # Targets are a contract's: none stands for two of them together.
        table=points_table(uow, contracts.pop()) if len(contracts) == 1 else None,
        workers=workers,
        spreads=queries.spreads(workers),
        chart=chart,
        lots=lots,
        lot_id=chosen,
    )


@routes.get("/mine", needs=Act.WORKLOAD_OWN, name="workload.own")
def mine(uow: UnitOfWork, page: Page) -> Response:
    practitioner_id = uow.actor.practitioner_id
    if practitioner_id is None:
        raise NotFound
    return page.show("overview/people/mine.html", work=queries.own_work(uow, practitioner_id))


@routes.get("/staying", needs=Act.STAYING_VIEW, name="staying.index")
def staying(uow: UnitOfWork, page: Page) -> Response:
    workers = queries.list_staying(uow)
    return page.show(
        "overview/people/staying.html",
        workers=workers,
        staying=sum(one.stays for one in workers),
        carried=sum(one.cases for one in workers if one.stays),
    )
