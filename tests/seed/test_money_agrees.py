"""The demo's money: one amount under one name, to the penny, on whichever page it stands."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from app.contract.everywhere import everywhere
from app.contract.models import Contract
from app.contract.queries import lot_choices
from app.finance import queries as finance
from app.finance.earned_value.queries import earned
from app.finance.evidence.rules import LineKind
from app.finance.invoices import queries as invoices
from app.finance.milestones.queries import list_milestones
from app.finance.models import Cost
from app.finance.outlook.queries import outlook
from app.finance.prices.queries import prices
from app.finance.prices.rules import PriceModel
from app.finance.rules import CostKind
from app.finance.value.queries import value
from app.performance.failures.queries import credits_due
from app.reports.packs.rules import Kind, period_of
from app.reports.sections.costs import money
from app.reports.sections.rules import Audience
from app.reports.sections.scene import Scene
from app.work.database import Database
from app.work.uow import UnitOfWork


@pytest.fixture(scope="module")
def uow(filled: Database) -> Iterator[UnitOfWork]:
    with filled.work(everywhere(filled)) as found:
        yield found


def recorded(uow: UnitOfWork, lot_id: int, *kinds: CostKind) -> int:
    asked = select(col(Cost.pence)).where(col(Cost.lot_id) == lot_id, col(Cost.kind).in_(kinds))
    return sum(uow.session.exec(asked))


def certified(uow: UnitOfWork, lot_id: int) -> int:
    own = [one for one in list_milestones(uow) if one.lot_id == lot_id]
    return sum(one.pence for one in own if one.is_certified)


def credited(uow: UnitOfWork, lot_id: int) -> int:
    began = min(one.starts_on for one in prices(uow, lot_id))
    return sum(one.pence for one in credits_due(uow, lot_id, began, uow.today))


def test_what_was_recorded_is_one_amount_as_money_earned_value_and_value_have_it(
    uow: UnitOfWork,
) -> None:
    measured = {one.lot_id: one for one in earned(uow)}
    hired = {one.lot_id: one.hire for one in value(uow).lots}
    for lot in finance.list_accounts(uow):
        spent = lot.account.spent
        assert spent == recorded(uow, lot.lot_id, *CostKind) > 0
        for scope in (measured[lot.lot_id].original, measured[lot.lot_id].everything):
            assert scope is not None
            assert scope.position.spent == spent
        hire = hired[lot.lot_id]
        assert hire is not None
        assert hire.spent == spent


def test_what_is_actual_is_what_was_signed_invoiced_certified_and_credited(
    uow: UnitOfWork,
) -> None:
    by_case = 0
    for one in outlook(uow):
        lot_id, models = one.lot_id, {price.model for price in prices(uow, one.lot_id)}
        besides = recorded(uow, lot_id, CostKind.TRAVEL, CostKind.OTHER)
        besides += certified(uow, lot_id) - credited(uow, lot_id)
        if PriceModel.CLEARED in models:
            by_case += 1
            billed = [
                line.answered.whole.pence
                for row in invoices.list_invoices(uow)
                if row.lot_id == lot_id and not row.is_draft
                for line in invoices.lines_of(uow, [row.invoice_id])
                if line.kind in (LineKind.ASSESSMENT, LineKind.CLEARED, LineKind.CASE_CREDIT)
            ]
            assert one.found.actual == sum(billed) + besides
        else:
            assert one.found.actual == recorded(uow, lot_id, CostKind.STAFF) + besides
    assert by_case == 1


def test_a_pack_has_the_amounts_of_the_pages(uow: UnitOfWork) -> None:
    agreed = uow.session.exec(select(Contract).order_by(col(Contract.id))).first()
    assert agreed is not None
    period = period_of(Kind.MONTHLY, agreed.starts_on, agreed.ends_on, uow.today)
    lots = dict(lot_choices(uow))
    section = money(Scene(uow, agreed, lots, period, Audience.COMMISSIONER))
    tables: dict[str, list[Any]] = {one.key: list(one.rows) for one in section.tables}
    accounts = {one.name: one.account for one in finance.list_accounts(uow)}
    for name, budget, planned, spent, *_ in tables["accounts"]:
        kept = accounts[name]
        assert (budget, planned, spent) == (kept.budget, kept.planned, kept.spent)
    ahead = {one.lot: one.found for one in outlook(uow)}
    for name, actual, accrued, committed, low, middle, high, chance in tables["outlook"]:
        found = ahead[name]
        assert (actual, accrued, committed) == (found.actual, found.accrued, found.committed)
        assert (low, middle, high, chance) == (found.low, found.middle, found.high, found.chance)
    measured = {one.lot: one.everything for one in earned(uow)}
    for name, planned, worth, cost, eac, *_ in tables["earned-value"]:
        lot = measured[name]
        assert lot is not None
        at = lot.position
        assert (planned, worth, cost, eac) == (at.planned, at.earned, at.spent, at.eac)
    listed = {one.number: one for one in invoices.list_invoices(uow)}
    assert tables["invoices"]
    for number, _, _, total, accepted, queried, waiting, paid in tables["invoices"]:
        row = listed[number]
        lines = [line.answered.whole.gross for line in invoices.lines_of(uow, [row.invoice_id])]
        assert total == row.standing.total.gross == sum(lines)
        assert (accepted, paid) == (row.standing.accepted.gross, row.paid)
        assert (queried, waiting) == (row.standing.queried.gross, row.standing.waiting.gross)
    costs = {one.lot: one for one in value(uow, exact=False).lots}
    for name, assessed, _, _, cleared, _, _, *quality in tables["value"]:
        kept_costs = costs[name].assessment, costs[name].cleared
        assert [one and one.pence for one in kept_costs] == [assessed, cleared]
        # Never a cost without the quality beside it.
        assert quality
