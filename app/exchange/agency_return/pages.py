"""Routes of the quarterly return of agency workers."""

from collections.abc import Iterator

from starlette.responses import Response

from app.contract import queries as contract
from app.exchange.agency_return.queries import AgencyTotals, list_totals
from app.kernel.acts import Act
from app.kernel.csvs import MEDIA_TYPE, Value, csv_rows
from app.kernel.days import show_month
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
TOTALS_HEADER = ("Quarter", "Council", "Agency", "Question", "Answer")


@routes.get("", needs=Act.RETURN_EXPORT, name="agency_return.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    choices, chosen = _quarters(uow, query)
    assignments = list_assignments(uow, chosen)
    return page.show(
        "exchange/agency_return.html",
        assignments=assignments,
        totals=list_totals(uow, chosen, assignments),
        show_month=show_month,
        chosen=chosen,
        quarters=[(one.code, one.label) for one in choices],
    )


@routes.get("/export.csv", needs=Act.RETURN_EXPORT, name="agency_return.csv")
def export(uow: UnitOfWork, page: Page, query: Query) -> Response:
    chosen = _taken(uow, query, "return of agency workers")
    rows = _rows(list_assignments(uow, chosen), chosen)
    name = f"agency-workers-{chosen.code.lower()}.csv"
    return page.download(csv_rows(HEADER, rows), name, MEDIA_TYPE)


@routes.get("/totals.csv", needs=Act.RETURN_EXPORT, name="agency_return.totals")
def export_totals(uow: UnitOfWork, page: Page, query: Query) -> Response:
    chosen = _taken(uow, query, "totals of the return of agency workers")
    totals = list_totals(uow, chosen, list_assignments(uow, chosen))
    name = f"agency-totals-{chosen.code.lower()}.csv"
    return page.download(csv_rows(TOTALS_HEADER, _answers(totals, chosen)), name, MEDIA_TYPE)


def _taken(uow: UnitOfWork, query: Query, what: str) -> Quarter:
    """The quarter that is asked for, noted as taken away."""
    _, chosen = _quarters(uow, query)
    for lot in contract.list_lots(uow):
        uow.seen(lot_id=lot.id or 0, what=f"Export CSV: {what}, {chosen.code}")
    return chosen


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
            one.not_met,
        )


def _answers(totals: list[AgencyTotals], quarter: Quarter) -> Iterator[tuple[Value, ...]]:
    for one in totals:
        whose = quarter.code, one.council, one.agency
        yield *whose, "Assignments", one.assignments
        for rule, met, not_met, unknown in one.standings:
            yield *whose, f"{rule.label}: met", met
            yield *whose, f"{rule.label}: not met", not_met
            yield *whose, f"{rule.label}: not known", unknown
        yield *whose, "The agency affects compliance", "Yes" if one.rules_not_met else "No"
        for month, pence in one.months:
            cost = "" if pence is None else f"{pence / 100:.2f}"
            yield *whose, f"Cost of {show_month(month)}, pounds without tax", cost
