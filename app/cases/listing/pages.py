"""Routes by which cases are found."""

from starlette.responses import Response

from app.cases.listing import queries
from app.cases.listing.rules import FEWEST_FOR_BEGINNING
from app.cases.register.filter import CaseFilter
from app.kernel.acts import Act
from app.web.fields import clean
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

LONGEST = 40

routes = Routes()


@routes.get("/search", needs=Act.CASE_VIEW, name="cases.search")
def search(uow: UnitOfWork, page: Page, query: Query) -> Response:
    typed = _typed(query.get("for", ""))
    found = queries.find_cases(uow, typed) if typed else queries.Found()
    if found.only_case is not None:
        return page.go("cases.show", case_id=found.only_case)
    return page.show(
        "cases/listing/search.html",
        typed=typed,
        unreadable=bool(query.get("for", "").strip()) and not typed,
        found=found,
        fewest=FEWEST_FOR_BEGINNING,
        list_address=CaseFilter(show="all", reference=typed, sort="reference").url(),
    )


def _typed(text: str) -> str:
    """What was typed, as references are kept; empty where no reference could look so."""
    try:
        cleaned = str(clean(text))
    except ValueError:
        return ""
    return cleaned if len(cleaned) <= LONGEST and cleaned.isprintable() else ""
