"""Routes of what cases and milestones count in earned value: versions, a draft, agreeing it."""

import secrets

from starlette.responses import Response

from app.contract import queries as contract
from app.finance.earned_points import queries, service
from app.finance.earned_points.forms import TermsForm
from app.finance.earned_points.rules import LABELS, STANDARD, Terms, figures, shown
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/earned-value/terms")


@routes.get("/{contract_id}", needs=Act.MONEY_VIEW, name="earned_points.index")
def index(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    versions = queries.list_versions(uow, contract_id)
    newest = versions[0] if versions else None
    return page.show(
        "finance/earned_points/index.html",
        contract=contract.find_contract(uow, contract_id),
        held=queries.terms_in_force(uow, contract_id)(uow.today),
        draft=newest if newest and newest.agreed_at is None else None,
        versions=versions,
        standard=STANDARD,
        shown=shown,
        today=uow.today,
        key=secrets.token_urlsafe(18),
    )


@routes.get("/{contract_id}/draft", needs=Act.EARNED_DRAFT, name="earned_points.form")
def draft_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]
) -> Response:
    newest = queries.newest(uow, contract_id)
    begun = queries.terms_of(newest) if newest else STANDARD
    initial: dict[str, object] = {**figures(begun)}
    form.start(version=begun.number, **initial)
    held = contract.find_contract(uow, contract_id)
    return page.show("finance/earned_points/draft.html", form=form, contract=held, labels=LABELS)


@routes.post(
    "/{contract_id}/draft", needs=Act.EARNED_DRAFT, name="earned_points.draft", shows=draft_form
)
def draft(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]) -> Response:
    typed = form.valid.model_dump()
    reason = typed.pop("reason")
    service.draft(uow, contract_id, Terms(**typed), reason, began_from=form.ask_version())
    return page.go(
        "earned_points.index",
        contract_id=contract_id,
        notice="The draft is written. The council agrees it here.",
    )


@routes.post(
    "/{contract_id}/versions/{terms_number}/agree",
    needs=Act.EARNED_AGREE,
    name="earned_points.agree",
)
def agree(contract_id: Id, terms_number: Id, uow: UnitOfWork, page: Page) -> Response:
    service.agree(uow, contract_id, terms_number)
    return page.go(
        "earned_points.index",
        contract_id=contract_id,
        notice="The terms are agreed and hold from tomorrow.",
    )
