"""Routes of expenses: those of a lot's week, and a worker's own."""

import secrets
from datetime import date, timedelta

from starlette.responses import Response

from app.contract import queries as contract
from app.finance.expenses import queries, service
from app.finance.expenses.forms import ExpenseForm, OwnExpenseForm
from app.finance.expenses.rules import Expense, ExpenseKind
from app.finance.rota.queries import lots_of_worker, workers_of
from app.finance.shifts.queries import find_signed
from app.kernel.acts import Act
from app.kernel.days import parse_date, week_beginning, week_ending
from app.kernel.errors import NotFound
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/expenses")
KINDS = [(kind.value, kind.label) for kind in ExpenseKind]
# What a worker's own page looks back on.
LATELY = timedelta(weeks=13)


@routes.get("/own", needs=Act.SHIFT_OWN, name="expenses.own")
def own(uow: UnitOfWork, page: Page, form: Submission[OwnExpenseForm]) -> Response:
    worker_id = _worker_id(uow)
    lots = lots_of_worker(uow, worker_id)
    form.start(lot_id=lots[0][0] if len(lots) == 1 else "", day=uow.today)
    return page.show(
        "finance/expenses/own.html",
        form=form,
        expenses=queries.own_expenses(uow, worker_id, uow.today - LATELY),
        lots=lots,
        kinds=KINDS,
        key=secrets.token_urlsafe(18),
    )


@routes.post("/own", needs=Act.SHIFT_OWN, name="expenses.record_own", shows=own)
def record_own(uow: UnitOfWork, page: Page, form: Submission[OwnExpenseForm]) -> Response:
    typed = form.valid.model_dump()
    lot_id = typed.pop("lot_id")
    service.record_own(uow, lot_id, Expense(_worker_id(uow), **typed))
    return page.go("expenses.own", notice="The expense is recorded.")


@routes.post("/own/{expense_id}/remove", needs=Act.SHIFT_OWN, name="expenses.remove_own")
def remove_own(expense_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.remove_own(uow, expense_id)
    return page.go("expenses.own", notice="The expense is removed.")


@routes.get("/{lot_id}", needs=Act.SHIFT_VIEW, name="expenses.index")
def index(
    lot_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[ExpenseForm]
) -> Response:
    friday = _week(form.value("day") or query.get("week", ""), uow.today)
    form.start(day=min(friday, uow.today))
    workers = workers_of(uow, lot_id, week_beginning(friday), friday)
    return page.show(
        "finance/expenses/index.html",
        form=form,
        lot=contract.find_lot(uow, lot_id),
        friday=friday,
        expenses=queries.list_expenses(uow, lot_id, friday, friday),
        signed=find_signed(uow, lot_id, friday),
        workers=[(one.practitioner_id, one.name) for one in workers],
        kinds=KINDS,
        key=secrets.token_urlsafe(18),
    )


@routes.post("/{lot_id}", needs=Act.SHIFT_RECORD, name="expenses.record", shows=index)
def record(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[ExpenseForm]) -> Response:
    typed = form.valid
    service.record(uow, lot_id, Expense(**typed.model_dump()))
    return page.go_to(
        f"/expenses/{lot_id}?week={week_ending(typed.day)}", "The expense is recorded."
    )


@routes.post("/{expense_id}/remove", needs=Act.SHIFT_RECORD, name="expenses.remove")
def remove(expense_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.remove(uow, expense_id)
    return page.go("shifts.index", notice="The expense is removed.")


def _worker_id(uow: UnitOfWork) -> int:
    if uow.actor.practitioner_id is None:
        raise NotFound
    return uow.actor.practitioner_id


def _week(typed: str, today: date) -> date:
    """The Friday of the week asked for, the running one by default."""
    try:
        return week_ending(parse_date(typed)) if typed else week_ending(today)
    except ValueError:
        return week_ending(today)
