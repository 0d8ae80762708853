"""Routes of money: budget against spend, the entries behind each figure, and a new one."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from starlette.responses import Response

from app.contract import queries as contract
from app.finance import queries, service
from app.finance.forms import BudgetForm, CostForm
from app.finance.queries import CostFilter, WeekSum
from app.finance.rules import Account, CostKind, Entry, Plan, together
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.web.charts import Chart, Point, Spend, spend
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/money")


@routes.get("", needs=Act.MONEY_VIEW, name="finance.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    sums = queries.list_sums(uow)
    accounts = queries.list_accounts(uow)
    chosen = next((one.lot_id for one in accounts if str(one.lot_id) == query.get("lot")), None)
    own = [one for one in accounts if chosen in (None, one.lot_id)]
    shown = [one for one in sums if chosen in (None, one.lot_id)]
    whole = own[0].account if len(own) == 1 else together([one.account for one in own])
    changes = [one for one in queries.list_budget_changes(uow) if chosen in (None, one.lot_id)]
    return page.show(
        "finance/index.html",
        accounts=accounts,
        changes=changes,
        first_budget=whole.budget - sum(one.after - one.before for one in changes),
        whole=whole,
        lot_id=chosen,
        wanted=CostFilter(lot=chosen),
        chart=_chart(shown, whole, uow.today),
        weeks=_weeks([one for one in shown if one.week_ending <= week_ending(uow.today)]),
        later=sum(one.pence for one in shown if one.week_ending > week_ending(uow.today)),
        recorded=bool(shown),
        kinds=list(CostKind),
        costs=CostFilter,
    )


@routes.get("/costs", needs=Act.MONEY_VIEW, name="finance.costs")
def costs(uow: UnitOfWork, page: Page, query: Query) -> Response:
    wanted = CostFilter.read(query)
    return page.show(
        "finance/costs.html",
        entries=queries.list_costs(uow, wanted, query.get("page")),
        in_all=queries.sum_of(uow, wanted),
        wanted=wanted,
        lots=contract.lot_choices(uow),
        kinds=[(kind.value, kind.label) for kind in CostKind],
    )


@routes.get("/record", needs=Act.MONEY_RECORD, name="finance.record_form")
def record_form(uow: UnitOfWork, page: Page, form: Submission[CostForm]) -> Response:
    form.start(day=uow.today)
    return page.show(
        "finance/record.html",
        form=form,
        lots=contract.lot_choices(uow),
        kinds=[(kind.value, kind.label) for kind in CostKind],
    )


@routes.post("/record", needs=Act.MONEY_RECORD, name="finance.record", shows=record_form)
def record(uow: UnitOfWork, page: Page, form: Submission[CostForm]) -> Response:
    typed = form.valid
    service.record_cost(uow, typed.lot_id, Entry(typed.day, typed.kind, typed.pence, typed.note))
    return page.go("finance.index", notice="The cost is recorded.")


@routes.get("/budget", needs=Act.PRICE_SET, name="finance.budget_form")
def budget_form(uow: UnitOfWork, page: Page, form: Submission[BudgetForm]) -> Response:
    return page.show("finance/budget.html", form=form, lots=contract.lot_choices(uow))


@routes.post("/budget", needs=Act.PRICE_SET, name="finance.budget", shows=budget_form)
def budget(uow: UnitOfWork, page: Page, form: Submission[BudgetForm]) -> Response:
    typed = form.valid
    plan = Plan(typed.first, typed.last, typed.pence)
    service.set_budget(uow, typed.lot_id, plan, reason=typed.reason)
    return page.go("finance.index", notice="The budget is planned.")


def _running(points: Sequence[tuple[date, int]]) -> tuple[Point, ...]:
    """Running totals, one a week."""
    by_week: dict[date, int] = {}
    for week, pence in points:
        by_week[week] = by_week.get(week, 0) + pence
    return tuple(map(Point, by_week, accumulate(by_week.values())))


def _chart(sums: Sequence[WeekSum], whole: Account, today: date) -> Chart:
    spent = _running([(one.week_ending, one.pence) for one in sums if one.kind is not None])
    ahead: tuple[Point, ...] = ()
    if spent and whole.forecast is not None and whole.forecast_to is not None:
        ahead = spent[-1], Point(whole.forecast_to, whole.forecast)
    planned = _running([(one.week_ending, one.pence) for one in sums if one.kind is None])
    return spend(Spend(planned, spent, ahead, today))


def _weeks(sums: Sequence[WeekSum]) -> list[tuple[date, dict[CostKind | None, int]]]:
    """Each week, the latest first, with what was planned (None) and spent by kind."""
    weeks: dict[date, dict[CostKind | None, int]] = {}
    for one in sums:
        row = weeks.setdefault(one.week_ending, dict.fromkeys([None, *CostKind], 0))
        row[one.kind] += one.pence
    return sorted(weeks.items(), key=lambda pair: pair[0], reverse=True)
