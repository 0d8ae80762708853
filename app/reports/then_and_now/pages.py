"""Routes of then and now: each lot's statement, and keeping its start."""

import secrets

from starlette.responses import Response

from app.kernel.acts import Act
from app.reports.then_and_now import queries, service
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/then-and-now")
TONES = {"better": "good", "worse": "bad", "same": "plain", "other": "note", "none": "plain"}
WORDS = {"better": "Better", "worse": "Worse", "same": "The same", "other": "Changed", "none": "–"}


@routes.get("", needs=Act.PROGRESS_VIEW, name="then_and_now.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    exact = page.may(Act.CASE_VIEW)
    lots = queries.statements(uow, exact=exact)
    return page.show(
        "reports/then_and_now/index.html",
        lots=lots,
        exact=exact,
        tones=TONES,
        words=WORDS,
        keys=[secrets.token_urlsafe(18) for _ in lots],
    )


@routes.post("/lots/{lot_id}/keep", needs=Act.START_KEEP, name="then_and_now.keep")
def keep(lot_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.keep_start(uow, lot_id)
    return page.go("then_and_now.index", notice="The figures at the start are kept.")
