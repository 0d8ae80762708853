"""The route of earned value: a contract and its lots against plan and cost."""

from datetime import date

from starlette.responses import Response

from app.finance.earned_points.queries import counted_at
from app.finance.earned_points.rules import POINT, Step
from app.finance.earned_value import queries
from app.finance.earned_value.rules import Measured, Mix
from app.kernel.acts import Act
from app.web.charts import Chart, Earned, Point, earned
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/earned-value")
SCOPES = [("original", "Opening list"), ("all", "All work")]


@routes.get("", needs=Act.MONEY_VIEW, name="earned_value.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    contracts = queries.by_contract(uow)
    everything = query.get("scope") == "all"
    chosen = next(
        (one for one in contracts if str(one.contract_id) == query.get("contract")),
        contracts[0] if contracts else None,
    )
    lots = chosen.lots if chosen else ()
    lot = next((one for one in lots if str(one.lot_id) == query.get("lot")), None)
    whole = chosen.whole(everything=everything) if chosen else None
    measured = lot.of(everything=everything) if lot else whole
    counted = counted_at(uow)
    return page.show(
        "finance/earned_value/index.html",
        contracts=[(one.contract_id, one.contract) for one in contracts],
        chosen=chosen,
        lots=[(one, one.of(everything=everything)) for one in lots],
        lot=lot,
        whole=whole,
        measured=measured,
        everything=everything,
        scopes=SCOPES,
        chart=_chart(measured, chosen.as_at) if measured and chosen and chosen.as_at else None,
        steps=list(Step),
        point=POINT,
        mean=Mix.mean,
        counted=min((counted[one.lot_id] for one in lots if one.lot_id in counted), default=None),
    )


def _chart(measured: Measured, as_at: date) -> Chart:
    curve = measured.curve
    return earned(
        Earned(
            tuple(Point(one.friday, one.planned) for one in curve),
            tuple(Point(one.friday, one.earned) for one in curve if one.earned is not None),
            tuple(Point(one.friday, one.spent) for one in curve if one.spent is not None),
            as_at,
        )
    )
