"""Routes of differences: what waits by lot, and settling one."""

from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from app.cases.findings.rules import Mender
from app.exchange.differences import queries, service
from app.exchange.differences.forms import SettleForm
from app.exchange.differences.queries import Wanted
from app.exchange.differences.rules import Compared, State
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

NOTICES = {
    State.TAKEN: "The council’s value is ours now.",
    State.KEPT: "Ours was kept. It comes back only if the council says something else.",
}

# What a part of the address is called where its own name says nothing to a reader.
SPOKEN = {"field": "fact", "mender": "choice"}

routes = Routes("/differences")


@routes.get("", needs=Act.DIFFERENCE_VIEW, name="differences.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = queries.by_lot(uow)
    wanted, words, ignored = _wanted(query, {lot.lot_id for lot in lots})
    return page.show(
        "exchange/differences/index.html",
        lots=lots,
        menders=list(Mender),
        fields=list(Compared),
        states=list(State),
        differences=queries.list_differences(uow, wanted, query.get("page")),
        wanted=wanted,
        ignored=ignored,
        page_url=lambda number: f"/differences?{urlencode({**words, 'page': number})}",
    )


@routes.get("/{difference_id}", needs=Act.DIFFERENCE_SETTLE, name="differences.settle_form")
def settle_form(
    difference_id: Id, uow: UnitOfWork, page: Page, form: Submission[SettleForm]
) -> Response:
    return page.show(
        "exchange/differences/settle.html",
        form=form,
        one=queries.find_view(uow, difference_id),
    )


@routes.post(
    "/{difference_id}",
    needs=Act.DIFFERENCE_SETTLE,
    name="differences.settle",
    shows=settle_form,
)
def settle(
    difference_id: Id, uow: UnitOfWork, page: Page, form: Submission[SettleForm]
) -> Response:
    service.settle(uow, difference_id, form.valid.how, form.valid.because)
    return page.go("differences.index", notice=NOTICES[form.valid.how])


def _wanted(query: Query, lots: set[int]) -> tuple[Wanted, dict[str, str], list[str]]:
    """The filter that an address asks for, its own words, and a notice for each part ignored."""
    known: dict[str, dict[str, Any]] = {
        "lot": {str(lot): lot for lot in lots},
        "field": {one.value: one for one in Compared},
        "mender": {one.value: one for one in Mender},
        "state": {one.value: one for one in State},
    }
    words = {name: query[name] for name in known if query.get(name)}
    ignored = [
        f"“{words.pop(name)[:40]}” is not a known {SPOKEN.get(name, name)}."
        for name in list(words)
        if words[name] not in known[name]
    ]
    return (
        Wanted(**{name: known[name][word] for name, word in words.items()}),
        words,
        ignored,
    )
