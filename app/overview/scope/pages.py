"""Routes of the scope ledger: the ledger, what is behind it, two days compared, opening lists."""

import secrets
from collections.abc import Mapping

from starlette.responses import Response

from app.cases.comparison import queries as comparison
from app.cases.comparison.rules import Comparison, Way
from app.cases.register import service as register
from app.cases.scope import queries as scope
from app.cases.scope.rules import WEEK, Change, Statement, Term, statements
from app.cases.scope.service import digest_of
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.overview.scope import queries
from app.overview.scope.rules import (
    Period,
    PostingFilter,
    added,
    by_week,
    whole_period,
)
from app.plans.rules import Outcome
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/scope")
NOTHING = Statement(0, {})


@routes.get("", needs=Act.SCOPE_VIEW, name="scope.ledger")
def ledger(uow: UnitOfWork, page: Page, query: Query) -> Response:
    changes = scope.list_changes(uow, uow.today)
    period, notices = Period.read(query, whole_period(changes, uow.today))
    known = [change for change in changes if change.day <= period.until]
    by_lot = statements(known, period.since)
    lots = contract.list_lots(uow)
    return page.show(
        "overview/scope/ledger.html",
        lots=lots,
        terms=list(Term),
        statements={lot.id: by_lot.get(lot.id or 0, NOTHING) for lot in lots},
        together=added(by_lot.values()),
        weeks=by_week(changes, period),
        period=period,
        notices=notices,
        open_now=scope.open_cases(scope.list_counted(uow)),
        balanced_now=period.until == uow.today,
        baselines=scope.list_baselines(uow),
        behind=PostingFilter(period) if page.may(Act.SCOPE_CASES) else None,
        key=secrets.token_urlsafe(18),
    )


@routes.get("/cases", needs=Act.SCOPE_CASES, name="scope.cases")
def cases(uow: UnitOfWork, page: Page, query: Query) -> Response:
    changes = scope.list_changes(uow, uow.today)
    wanted, notices = _wanted(query, changes, uow)
    postings, balance = queries.list_postings(uow, wanted, query.get("page"))
    return page.show(
        "overview/scope/cases.html",
        postings=postings,
        balance=balance,
        wanted=wanted,
        notices=notices,
        lots=[(lot.id, lot.name) for lot in contract.list_lots(uow)],
        terms=[(term.value, term.label) for term in Term],
        outcomes={outcome.value: outcome.label for outcome in Outcome},
    )


@routes.get("/compare", needs=Act.SCOPE_CASES, name="scope.compare")
def compare(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = [(lot.id or 0, lot.name) for lot in contract.list_lots(uow)]
    default = Comparison(uow.today - WEEK, uow.today)
    wanted, notices = Comparison.read(query, default, dict(lots))
    totals = comparison.read_totals(uow, wanted)
    return page.show(
        "overview/scope/compare.html",
        wanted=wanted,
        totals=totals,
        moved=comparison.list_movements(uow, wanted, totals, query.get("page")),
        notices=notices,
        lots=lots,
        ways=[(way.value, way.label) for way in Way],
        page_url=lambda number: wanted.url(page=number),
    )


@routes.get("/lots/{lot_id}/opening", needs=Act.SCOPE_VIEW, name="scope.opening")
def opening(lot_id: Id, uow: UnitOfWork, page: Page) -> Response:
    lot, baseline = contract.find_lot(uow, lot_id), scope.list_baselines(uow).get(lot_id)
    if baseline is None:
        raise NotFound
    references = register.opening_references(uow, lot_id, baseline.frozen_at)
    return page.show(
        "overview/scope/baseline.html",
        lot=lot,
        baseline=baseline,
        references=references,
        digest=digest_of(references),
    )


@routes.post("/lots/{lot_id}/freeze", needs=Act.SCOPE_FREEZE, name="scope.freeze")
def freeze(lot_id: Id, uow: UnitOfWork, page: Page) -> Response:
    register.freeze(uow, lot_id)
    return page.go(
        "scope.ledger", notice="The opening list is frozen. What arrives from now on is received."
    )


def _wanted(
    query: Mapping[str, str], changes: list[Change], uow: UnitOfWork
) -> tuple[PostingFilter, list[str]]:
    period, notices = Period.read(query, whole_period(changes, uow.today))
    terms = {term.value: term for term in Term}
    typed = query.get("lot", "")
    lot = next((one.id for one in contract.list_lots(uow) if str(one.id) == typed), None)
    outcome = query.get("outcome", "")
    known = outcome if outcome in {one.value for one in Outcome} else ""
    return PostingFilter(period, terms.get(query.get("term", "")), lot, known), notices
