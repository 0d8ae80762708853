"""Routes of the final account: the page, the document, and what people add to it."""

from starlette.responses import Response

from app.cases.scope.rules import Term
from app.contract import queries as contract
from app.exit.account import queries, service
from app.exit.account.forms import LessonForm
from app.exit.account.queries import FinalAccount
from app.exit.account.rules import LessonKind
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.money import Pence
from app.kernel.money import show as show_money
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/exit/account")
MARK = "OFFICIAL"
TERMS = (
    Term.OPENING,
    Term.RECEIVED,
    Term.HANDED_BACK,
    Term.TRANSFERRED,
    Term.CLEARED,
    Term.REOPENED,
)


@routes.get("", needs=Act.FINAL_ACCOUNT_VIEW, name="final_account.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show("exit/account/index.html", contracts=contract.list_contracts(uow))


@routes.get("/{contract_id}", needs=Act.FINAL_ACCOUNT_VIEW, name="final_account.show")
def show(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[LessonForm]) -> Response:
    return page.show(
        "exit/account/account.html",
        form=form,
        account=queries.final_account(uow, contract_id),
        terms=TERMS,
        kinds=[(one.value, one.label) for one in LessonKind],
    )


@routes.post(
    "/{contract_id}/lessons", needs=Act.LESSON_ADD, name="final_account.lesson", shows=show
)
def lesson(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[LessonForm]) -> Response:
    service.add_lesson(uow, contract_id, form.valid.kind, form.valid.words)
    return page.go("final_account.show", "It is added to the account.", contract_id=contract_id)


@routes.get("/{contract_id}/account.pdf", needs=Act.FINAL_ACCOUNT_VIEW, name="final_account.pdf")
def document(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    account = queries.final_account(uow, contract_id)
    return page.pdf(
        "exit/account/account.typ",
        f"final-account-{uow.today.isoformat()}.pdf",
        MARK,
        name=account.contract.name,
        about=_about(account),
        terms=[term.label for term in TERMS],
        lots=[
            [lot.lot, *(str(lot.term(term)) for term in TERMS), str(lot.open)]
            for lot in account.lots
        ],
        money=[
            [lot.lot, show_money(Pence(lot.money.budget)), show_money(Pence(lot.money.spent))]
            for lot in account.lots
        ],
        time=[
            [
                lot.lot,
                show_date(lot.original_end),
                show_date(lot.target_end),
                show_date(lot.last_cleared_on) if lot.last_cleared_on else "–",
            ]
            for lot in account.lots
        ],
        quality=[one.words for one in account.quality],
        lessons=[[one.kind.label, one.words, one.side.label] for one in account.lessons],
        unproved=list(account.unproved),
    )


def _about(account: FinalAccount) -> list[list[str]]:
    price = account.per_cleared
    agreed = account.contract
    return [
        ["Council", agreed.council],
        ["Agency", agreed.agency],
        ["Term", f"{show_date(agreed.starts_on)} to {show_date(agreed.ends_on)}"],
        ["Cleared and stayed so", f"{account.cleared:,}"],
        ["Spent", show_money(Pence(account.spent))],
        ["For each case cleared", show_money(Pence(price)) if price is not None else "–"],
        ["Variations", str(len(account.variations))],
        ["Workers who stay", f"{account.stayed} of {account.workers}"],
    ]
