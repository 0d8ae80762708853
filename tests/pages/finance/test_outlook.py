"""The outlook: worked out from budget, costs, rota and pace, kept, and shown with its doubt."""

from datetime import date

from app.cases.states import CaseState
from app.finance.evidence.models import BilledCase
from app.finance.invoices.models import InvoiceLine
from app.finance.outlook.models import ContractOutlook, LotOutlook
from app.finance.prices.rules import PriceModel
from app.finance.prices.service import cap_contract
from tests.browse import readable
from tests.makers_delivery import a_budget, a_cleared_case, a_cost
from tests.makers_invoicing import a_milestone, a_price, an_invoice, reopen
from tests.makers_money import a_moved_case
from tests.questions import questions
from tests.world import World


def _costed(world: World, lot: str = "North", weeks: int = 3) -> None:
    a_budget(world, lot)
    for week in range(weeks):
        a_cost(world, 1_000_000, lot, week)


def test_it_says_under_or_over_by_how_much_and_how_sure(world: World, browse) -> None:
    _costed(world)
    for _ in range(3):
        a_cleared_case(world, on=date(2026, 11, 10))
    for _ in range(4):
        a_moved_case(world, CaseState.UNALLOCATED)
    paula = browse("paula")
    assert "No outlook yet" in readable(paula.get("/outlook"))
    page = readable(paula.follow("/outlook/make"))
    [made] = world.rows(LotOutlook)
    assert (made.budget, made.planned, made.actual, made.accrued) == (
        10_000_000,
        3_000_000,
        3_000_000,
        0,
    )
    assert (made.remaining, made.weekly, made.notice_weeks) == (4, 1_000_000, 4)
    assert made.committed == 4_000_000
    assert made.low <= made.middle <= made.high
    assert made.middle == 8_000_000
    assert made.chance > 5_000
    assert "4 open cases" in page
    assert "No outlook yet for Mid, South" in page
    assert "a planning assumption, not a forecast" in page
    for key in ("hana", "carl"):
        assert "£80,000.00" in readable(browse(key).get("/outlook?contract=x"))
        browse(key).post("/outlook/make", 403)
    for key in ("tess", "priya", "dina", "alan", "ada"):
        browse(key).get("/outlook", 403)
    assert "No outlook yet" in readable(browse("eve").get("/outlook"))


def test_lots_are_played_together_once_each_has_a_budget(world: World, browse) -> None:
    for lot in ("North", "Mid", "South"):
        _costed(world, lot)
        a_moved_case(world, CaseState.UNALLOCATED, lot=lot)
    browse("paula").post("/outlook/make")
    lots, [whole] = world.rows(LotOutlook), world.rows(ContractOutlook)
    assert whole.budget == sum(one.budget for one in lots) == 30_000_000
    assert whole.actual == sum(one.actual for one in lots)
    assert sum(one.actual for one in lots) < whole.low <= whole.middle <= whole.high
    carl = browse("carl")
    with questions(world) as asked:
        page = readable(carl.get("/outlook"))
    assert len(asked) <= 5
    assert "All lots £300,000.00" in page
    browse("paula").post("/outlook/make")
    assert len(world.rows(LotOutlook)) == 6
    again = sorted(world.rows(LotOutlook), key=lambda one: one.id)
    assert [one.middle for one in again[:3]] == [one.middle for one in again[3:]]


def test_a_lot_whose_list_was_never_imported_is_not_said_to_cost_nothing(
    world: World, browse
) -> None:
    for lot in ("North", "Mid"):
        a_budget(world, lot)
    a_moved_case(world, CaseState.UNALLOCATED)
    browse("paula").post("/outlook/make")
    assert [one.lot_id for one in world.rows(LotOutlook)] == [world.lot("North")]
    assert "No outlook yet for Mid" in readable(browse("carl").get("/outlook"))


def test_prices_and_the_rota_go_before_averages(world: World, browse) -> None:
    _costed(world, weeks=1)
    a_moved_case(world, CaseState.UNALLOCATED)
    a_price(world, PriceModel.DAY_RATE)
    tess = browse("tess")
    tess.post(f"/timesheets/{world.lot()}/sign", week="2026-11-13")
    browse("paula").post("/outlook/make")
    [made] = world.rows(LotOutlook)
    assert "by the rota and its day rates" in made.method
    rate = made.weekly // 10
    assert made.weekly == 10 * rate > 0
    # The first week as recorded, the second signed at its prices, the third as the rota has it.
    assert made.actual == 1_000_000 + made.weekly
    assert made.accrued == made.weekly


def test_a_lot_priced_by_its_cases_costs_what_was_invoiced_and_what_is_still_to_leave(
    world: World, browse
) -> None:
    _costed(world)
    invoice_id = an_invoice(world)
    a_price(world, PriceModel.ASSESSMENT, 90_000)
    a_milestone(world)
    open_cases = [a_moved_case(world, CaseState.UNALLOCATED) for _ in range(3)]
    a_moved_case(world, CaseState.AGREED)
    a_cleared_case(world, on=date(2026, 12, 2))
    page = readable(browse("paula").follow("/outlook/make"))
    [made] = world.rows(LotOutlook)
    invoiced = sum(one.pence for one in world.rows(InvoiceLine, invoice_id=invoice_id))
    assert made.actual == invoiced == 240_000
    assert made.accrued == 120_000
    left = len(open_cases) * (90_000 + 120_000) + 120_000
    assert made.low == made.middle == made.actual + made.accrued + left + 2_000_000
    assert made.committed == 0
    assert "by what its cases come to" in made.method
    assert "open cases whose assessment is paid: 1" in page
    reopen(world, world.rows(BilledCase)[0].case_id)
    browse("paula").post("/outlook/make")
    again = world.rows(LotOutlook)[-1]
    # Not paid back yet, so it is taken off what is not billed.
    assert (again.actual, again.accrued) == (240_000, 0)
    browse("paula").post(f"/money/invoices/credits/{world.lot()}")
    browse("paula").post("/outlook/make")
    last = world.rows(LotOutlook)[-1]
    assert (last.actual, last.accrued) == (120_000, 120_000)


def test_an_outlook_never_passes_what_caps_leave(world: World, browse) -> None:
    for lot in ("North", "Mid", "South"):
        _costed(world, lot)
        a_price(world, PriceModel.TEAM_WEEK, 500_000, lot)
        a_moved_case(world, CaseState.UNALLOCATED, lot=lot)
    a_price(world, PriceModel.LOT_CAP, 3_000_000)
    with world.acting("hana") as uow:
        cap_contract(uow, world.contract(), 6_000_000, "8.1", "As signed", began_from=0)
    browse("paula").post("/outlook/make")
    lots, [whole] = world.rows(LotOutlook), world.rows(ContractOutlook)
    north = next(one for one in lots if one.lot_id == world.lot("North"))
    assert north.high <= 3_000_000
    assert whole.high <= 6_000_000 < sum(one.high for one in lots)
    assert "Caps leave" in north.method


def test_earlier_outlooks_stand_beside_what_came(world: World, browse) -> None:
    _costed(world)
    for _ in range(4):
        a_moved_case(world, CaseState.UNALLOCATED)
    paula = browse("paula")
    paula.follow("/outlook/make")
    carl = browse("carl")
    assert "Nothing to test yet" in readable(carl.get("/outlook/earlier"))
    world.clock.move(weeks=5)
    browse("paula").post("/outlook/make")
    carl = browse("carl")
    with questions(world) as asked:
        said = readable(carl.get("/outlook/earlier"))
    assert len(asked) <= 8
    assert "Of 1 earlier outlook, " in said
    assert "20 Nov 2026 4 " in said
    assert "How good were the last outlooks?" in carl.get("/outlook")
    for key in ("tess", "priya", "dina"):
        browse(key).get("/outlook/earlier", 403)
    assert "Nothing to test yet" in readable(browse("eve").get("/outlook/earlier"))
