"""Routes of the quarterly return of agency workers."""

from collections.abc import Iterator

from starlette.responses import Response

from app.contract import queries as contract
from app.exchange.writers import Value, csv_rows
from app.kernel.acts import Act
from app.people.engagement.queries import Assignment, list_assignments
from app.people.engagement.rules import Quarter, quarter_of, quarters
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people/return")
HEADER = (
    "Quarter",
    "Council",
    "Agency",
    "Post",
    "Social Work England number",
    "Hourly pay",
    "Started on",
    "Ends on",
    "Project team",
    "Qualified on",
    "Weeks of notice",
    "Above the price cap",
    "Price cap signed off by",
    "Rules not met",
)


@routes.get("", needs=Act.RETURN_EXPORT, name="agency_return.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    choices, chosen = _quarters(uow, query)
    return page.show(
        "exchange/agency_return.html",
        assignments=list_assignments(uow, chosen),
        chosen=chosen,
        quarters=[(one.code, one.label) for one in choices],
    )


@routes.get("/export.csv", needs=Act.RETURN_EXPORT, name="agency_return.csv")
def export(uow: UnitOfWork, page: Page, query: Query) -> Response:
    _, chosen = _quarters(uow, query)
    for lot in contract.list_lots(uow):
        uow.seen(lot_id=lot.id or 0, what=f"Export CSV: return of agency workers, {chosen.code}")
    rows = _rows(list_assignments(uow, chosen), chosen)
    name = f"agency-workers-{chosen.code.lower()}.csv"
    return page.download(csv_rows(HEADER, rows), name, "text/csv; charset=utf-8")


def _quarters(uow: UnitOfWork, query: Query) -> tuple[list[Quarter], Quarter]:
    """The quarters since the actor's first contract began, and the one that is asked for."""
    begun = min((one.starts_on for one in contract.list_contracts(uow)), default=uow.today)
    choices = quarters(min(begun, uow.today), uow.today)
    asked = (one for one in choices if one.code == query.get("quarter"))
    return choices, next(asked, quarter_of(uow.today))


def _rows(assignments: list[Assignment], quarter: Quarter) -> Iterator[tuple[Value, ...]]:
    for one in assignments:
        pence = one.engaged.hourly_pence
        yield (
            quarter.code,
            one.council,
            one.agency,
            one.post.label,
            one.registration_number,
            None if pence is None else f"{pence // 100}.{pence % 100:02}",
            one.starts_on,
            one.ends_on,
            "Yes",
            one.qualified_on,
            one.engaged.notice_weeks,
            "Yes" if one.engaged.over_price_cap else "No",
            one.engaged.cap_signed_by,
            "; ".join(one.breaches),
        )
