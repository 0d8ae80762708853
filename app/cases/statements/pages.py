"""Routes of statements of scope: the weeks, a draft, an issued one, issuing and signing."""

import secrets

from starlette.responses import Response

from app.access.roles import Organisation
from app.cases.scope.rules import Term
from app.cases.statements import queries, service
from app.cases.statements.forms import IssueForm, SignForm
from app.cases.statements.rules import week_words
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import week_asked, week_beginning
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/scope")


@routes.get("/statements", needs=Act.SCOPE_VIEW, name="statements.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "cases/statements/index.html",
        weeks=queries.list_weeks(uow, query.get("page")),
        lots=contract.list_lots(uow),
        words=week_words,
        page_url=lambda number: f"/scope/statements?page={number}",
    )


@routes.get("/lots/{lot_id}/statement", needs=Act.SCOPE_VIEW, name="statements.draft")
def draft(
    lot_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[IssueForm]
) -> Response:
    lot = contract.find_lot(uow, lot_id)
    friday, notices = week_asked({"week": form.value("week")} | query, uow.today)
    issued = queries.find_week(uow, lot_id, friday)
    if issued is not None and not form.sent:
        return page.go("statements.show", " ".join(notices), statement_id=issued.id)
    return page.show(
        "cases/statements/draft.html",
        form=form,
        lot=lot,
        words=week_words(friday),
        notices=notices,
        period=(week_beginning(friday), friday),
        said=queries.by_totals(uow, lot_id, friday),
        differences=queries.imbalances(uow, lot_id, friday),
        terms=list(Term),
        is_over=friday < uow.today,
        key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/lots/{lot_id}/statement", needs=Act.STATEMENT_ISSUE, name="statements.issue", shows=draft
)
def issue(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[IssueForm]) -> Response:
    statement_id = service.issue(uow, lot_id, form.valid.week)
    return page.go(
        "statements.show", statement_id=statement_id, notice="The statement is issued and sealed."
    )


@routes.get("/statements/{statement_id}", needs=Act.SCOPE_VIEW, name="statements.show")
def show(statement_id: Id, uow: UnitOfWork, page: Page, form: Submission[SignForm]) -> Response:
    found = queries.find_view(uow, statement_id)
    agency = uow.actor.organisation is Organisation.AGENCY
    return page.show(
        "cases/statements/statement.html",
        form=form,
        statement=found,
        said=found.said,
        lot=contract.find_lot(uow, found.lot_id),
        words=week_words(found.week_ending),
        period=(week_beginning(found.week_ending), found.week_ending),
        holds=queries.holds(uow, found),
        known_since=queries.known_since(uow, found),
        terms=list(Term),
        may_sign=page.may(Act.STATEMENT_SIGN)
        and (found.agency if agency else found.council) is None,
        key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/statements/{statement_id}/sign", needs=Act.STATEMENT_SIGN, name="statements.sign", shows=show
)
def sign(statement_id: Id, uow: UnitOfWork, page: Page, form: Submission[SignForm]) -> Response:
    service.sign(uow, statement_id, form.valid.digest)
    return page.go("statements.show", statement_id=statement_id, notice="The statement is signed.")
