"""The section on money: budget, spending, outlook, earned value and invoices."""

from collections.abc import Sequence

from app.finance import queries as finance
from app.finance.earned_value import queries as earned_value
from app.finance.earned_value.queries import LotEarned
from app.finance.earned_value.rules import Measured
from app.finance.invoices import queries as invoices
from app.finance.outlook import queries as outlooks
from app.finance.outlook.queries import LotAhead
from app.finance.queries import LotAccount
from app.finance.rules import Account
from app.finance.value.queries import value
from app.finance.value.rules import UnitCost
from app.kernel.days import london_date, show_date, show_month
from app.performance.guard.rules import Judged
from app.reports.sections.rules import (
    HIDDEN,
    NOTHING,
    Audience,
    Cell,
    Column,
    Section,
    Shown,
    Table,
    table,
)
from app.reports.sections.scene import Scene


def money(scene: Scene) -> Section:
    """Budget, spending and forecast of each lot; of all lots alone for the public."""
    accounts = finance.list_accounts(scene.uow)
    if scene.audience is Audience.PUBLIC:
        return Section("money", "Money", (), (_public_money(scene, accounts),))
    earned = earned_value.earned(scene.uow)
    measured = [(one, one.everything) for one in earned if one.everything is not None]
    words = [f"{one.name}: {one.account.method}" for one in accounts if one.account.costed_to]
    words += [f"{one.lot}: {one.why}" for one in earned if one.why]
    tables = (
        _accounts(scene, accounts),
        *_budget_changes(scene),
        _outlook(scene, outlooks.outlook(scene.uow)),
        *_value(scene),
        _earned(scene, measured),
        _invoices(scene),
    )
    return Section("money", "Money", tuple(words), tables)


def _value(scene: Scene) -> list[Table]:
    """What a case costs beside the quality of the work; nothing where that may not be told."""
    found = value(scene.uow, exact=scene.exact) if scene.may_break_down else None
    if found is None or not found.lots:
        return []
    heads = (
        *("An assessment authorised", "An assessment, low", "An assessment, high"),
        *("A case cleared", "A case, low", "A case, high"),
    )
    titles = [title for title, _ in found.lots[0].quality]
    quality = found.guard
    return [
        table(
            "value",
            "What a case costs, beside quality",
            [
                Column("Lot", Shown.WORDS),
                *(Column(head, Shown.POUNDS) for head in heads),
                *(Column(title, Shown.WORDS) for title in titles),
            ],
            [
                [
                    one.lot,
                    *_cost(one.assessment),
                    *_cost(one.cleared),
                    *(_events(judged) for _, judged in one.quality),
                ]
                for one in found.lots
            ],
            "All that was spent in costed weeks over what they brought, with the range that holds"
            " the true cost 95 times in 100; the two share one spend. Quality is of"
            f" {show_date(quality.starts_on)} to {show_date(quality.ends_on)}.",
            scene.as_at,
            links=[scene.link("/money/value")] * len(found.lots),
        )
    ]


def _cost(cost: UnitCost | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if cost is None else (cost.pence, cost.low, cost.high)


def _events(judged: Judged) -> str:
    if judged.events is None:
        return HIDDEN
    return f"{judged.events:,} of {judged.trials:,}" if judged.trials else NOTHING


def _outlook(scene: Scene, found: Sequence[LotAhead]) -> Table:
    heads = "Actual", "Accrued", "Committed", "Low", "Middle", "High"
    return table(
        "outlook",
        "Forecast at completion, with its range",
        [
            Column("Lot", Shown.WORDS),
            *(Column(head, Shown.POUNDS, added=place < 3) for place, head in enumerate(heads)),
            Column("Within budget, how sure", Shown.SHARE),
        ],
        [
            [
                one.lot,
                one.found.actual,
                one.found.accrued,
                one.found.committed,
                one.found.low,
                one.found.middle,
                one.found.high,
                one.found.chance,
            ]
            for one in found
        ],
        "The last outlook of each lot: one in ten of the ways that the work may go on costs less"
        " than the low figure, and one in ten more than the high one. Actual is signed weeks at the"
        " agreed prices or else as recorded, cases as invoiced, and certified milestones; accrued"
        " is what was done and is neither signed, recorded nor invoiced. All without tax.",
        scene.as_at,
        links=[scene.link("/outlook")] * len(found),
    )


def _earned(scene: Scene, found: Sequence[tuple[LotEarned, Measured]]) -> Table:
    heads = "Planned value", "Earned value", "Actual cost", "Estimate at completion"
    return table(
        "earned-value",
        "Earned value of all work",
        [
            Column("Lot", Shown.WORDS),
            *(Column(head, Shown.POUNDS, added=place < 3) for place, head in enumerate(heads)),
            Column("Cost index", Shown.RATIO),
            Column("Schedule index by time", Shown.RATIO),
        ],
        [_earned_row(one.lot, measured) for one, measured in found],
        "Weighted milestones: an assessment authorised, a plan agreed, a case ended. Indices and"
        " the estimate are given once a tenth of the budget is earned.",
        scene.as_at,
        links=[scene.link("/earned-value")] * len(found),
    )


def _earned_row(lot: str, measured: Measured) -> list[Cell]:
    at, pace = measured.position, measured.pace
    indices = (at.cpi, pace.spi_t) if at.enough else (None, None)
    return [
        lot,
        at.planned,
        at.earned,
        at.spent,
        at.eac if at.enough else None,
        *(None if index is None else round(100 * index) for index in indices),
    ]


def _invoices(scene: Scene) -> Table:
    found = [
        one
        for one in invoices.list_invoices(scene.uow)
        if one.issued_at is not None and one.month <= scene.period.ends_on
    ]
    heads = "Total", "Accepted", "Queried", "Not answered", "Paid"
    return table(
        "invoices",
        "Invoices and credit notes, with tax",
        [
            Column("Number", Shown.WORDS),
            Column("Lot", Shown.WORDS),
            Column("Month", Shown.WORDS),
            *(Column(head, Shown.POUNDS, added=True) for head in heads),
        ],
        [
            [
                one.number,
                one.lot,
                show_month(one.month),
                one.standing.total.gross,
                one.standing.accepted.gross,
                one.standing.queried.gross,
                one.standing.waiting.gross,
                one.paid,
            ]
            for one in found
        ],
        "Those issued for months up to the end of the period; what was rejected is in the total.",
        scene.as_at,
        links=[scene.link(f"/money/invoices/{one.invoice_id}") for one in found],
    )


def _accounts(scene: Scene, accounts: Sequence[LotAccount]) -> Table:
    heads = (
        *("Budget", "Planned to date", "Spent", "Left of plan"),
        *("At the present rate", "Left of budget then"),
    )
    return table(
        "accounts",
        "Budget and spending",
        [
            Column("Lot", Shown.WORDS),
            *(Column(head, Shown.POUNDS, added=True) for head in heads[:4]),
            *(Column(head, Shown.POUNDS) for head in heads[4:]),
        ],
        [[one.name, *_money_of(one.account)] for one in accounts],
        "Planned and spent as recorded up to the last week costed, milestones and service credits"
        " left out; then a line at the present rate, which says nothing about how sure it is. A lot"
        " without a budget is told by what it spent alone.",
        scene.as_at,
        links=[scene.link(f"/money?lot={one.lot_id}") for one in accounts],
    )


def _money_of(account: Account) -> tuple[Cell, ...]:
    """Nothing is left, or overspent, of a budget that nobody planned."""
    if not account.budget:
        return None, None, account.spent, None, account.forecast, None
    return (
        account.budget,
        account.planned,
        account.spent,
        account.variance,
        account.forecast,
        account.variance_at_completion,
    )


def _budget_changes(scene: Scene) -> list[Table]:
    """How budgets were changed up to the end of the period; nothing where none was."""
    found = [
        one
        for one in finance.list_budget_changes(scene.uow)
        if london_date(one.at) <= scene.period.ends_on
    ]
    if not found:
        return []
    return [
        table(
            "budget_changes",
            "How budgets were changed",
            [
                Column("Lot", Shown.WORDS),
                Column("First week ending", Shown.WORDS),
                Column("Last week ending", Shown.WORDS),
                Column("Before", Shown.POUNDS),
                Column("After", Shown.POUNDS),
                Column("Why", Shown.WORDS),
            ],
            [
                [
                    one.lot,
                    show_date(one.first_ending),
                    show_date(one.last_ending),
                    one.before,
                    one.after,
                    one.reason,
                ]
                for one in found
            ],
            "What was planned for these weeks before each change and after it, the first change"
            " first.",
            scene.as_at,
        )
    ]


def _public_money(scene: Scene, accounts: Sequence[LotAccount]) -> Table:
    return table(
        "accounts",
        "Budget and spending",
        [
            Column("Whole contract", Shown.WORDS),
            Column("Budget", Shown.POUNDS),
            Column("Spent", Shown.POUNDS),
        ],
        [
            [
                "All lots",
                # Of some lots only, it would stand beside what all of them spent.
                sum(one.account.budget for one in accounts)
                if all(one.account.budget for one in accounts)
                else None,
                sum(one.account.spent for one in accounts),
            ]
        ],
        "Budget and spending of the whole contract up to the last week costed.",
        scene.as_at,
    )
