"""The route that exports who came and who left between two days."""

import secrets
from collections.abc import Iterator

from starlette.responses import Response

from app.cases.comparison import queries as comparison
from app.cases.comparison.rules import Comparison
from app.cases.scope.rules import WEEK
from app.contract import queries as contract
from app.exchange.exports.rules import needs_purpose
from app.exchange.exports.service import note
from app.kernel.acts import Act
from app.kernel.csvs import MEDIA_TYPE, Value, csv_rows
from app.kernel.errors import Refused
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/scope")
HEADER = ("Reference", "Lot", "Way", "Terms", "First day", "Last day", "State now")


@routes.get("/compare.csv", needs=Act.CASE_EXPORT, name="scope.compare_csv")
def export_csv(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = [lot.id for lot in contract.list_lots(uow) if lot.id is not None]
    default = Comparison(uow.today - WEEK, uow.today)
    wanted, _ignored = Comparison.read(query, default, lots)
    if needs_purpose(wanted.lot, lots):
        raise Refused("Choose a lot: a comparison is exported lot by lot.")
    note(uow, wanted.lot, f"Export CSV: {wanted.url()}")
    name = f"scope-{wanted.first}-{wanted.last}-{secrets.token_hex(4)}.csv"
    return page.download(csv_rows(HEADER, _rows(uow, wanted)), name, MEDIA_TYPE)


def _rows(uow: UnitOfWork, wanted: Comparison) -> Iterator[tuple[Value, ...]]:
    for one in comparison.stream_movements(uow, wanted):
        yield (
            one.reference or "In another lot now",
            one.lot,
            one.way.label,
            one.terms,
            one.steps[0].day,
            one.steps[-1].day,
            one.state.label if one.state else "",
        )
