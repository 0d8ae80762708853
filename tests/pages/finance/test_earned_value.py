"""Earned value: counted as it comes, shown by lot, and by terms that both sides agreed."""

from collections import defaultdict
from datetime import date, timedelta

from app.cases.register.models import Case, CaseMove
from app.cases.states import CaseState
from app.contract.everywhere import everywhere
from app.finance.earned_points import service
from app.finance.earned_points.models import EarnedCase, EarnedTerms, EarnedWeek
from app.finance.earned_points.rules import Amounts, Move, Weighed, replay, terms_on
from app.finance.nightly.service import reckon_daily
from app.finance.outlook.models import LotOutlook
from tests.browse import readable
from tests.makers_delivery import a_budget, a_cost
from tests.makers_money import a_moved_case, moved
from tests.questions import questions
from tests.world import TODAY, World

S = CaseState
DONE = (S.UNALLOCATED, S.AUTHORISED, S.PROPOSED, S.AGREED, S.CLOSED)
WEEK = timedelta(weeks=1)


def _count(world: World) -> None:
    with world.database.work(everywhere(world.database)) as uow:
        service.count(uow)


def _cells(world: World) -> dict[tuple[object, ...], Amounts]:
    found = {
        (row.lot_id, row.week_ending, row.original, row.step): Amounts(
            row.earned, row.weight, row.cases, row.days
        )
        for row in world.rows(EarnedWeek)
    }
    return {place: amounts for place, amounts in found.items() if amounts != Amounts()}


def _recounted(world: World) -> dict[tuple[object, ...], Amounts]:
    """Every case from its first move to its last, worked out apart from what was kept."""
    cases = {row.id: row for row in world.rows(Case)}
    moves: dict[int, list[Move]] = defaultdict(list)
    for row in sorted(world.rows(CaseMove), key=lambda one: one.id):
        moves[row.case_id].append(Move(row.made_on, row.after, row.before == row.after))
    cells: dict[tuple[object, ...], Amounts] = {}
    for row in world.rows(EarnedCase):
        whole = replay(Weighed(row.weight, row.days), moves[row.case_id], terms_on([]))
        for (friday, step, again), amounts in whole.items():
            place = cases[row.case_id].lot_id, friday, not again, step
            cells[place] = cells.get(place, Amounts()) + amounts
    return {place: amounts for place, amounts in cells.items() if amounts != Amounts()}


def test_points_counted_as_they_come_equal_a_recount_of_everything(world: World) -> None:
    first = a_moved_case(world, *DONE)
    second = a_moved_case(world, S.UNALLOCATED, S.AUTHORISED, S.PROPOSED)
    third = a_moved_case(world, S.UNALLOCATED, S.ALLOCATED, lot="South")
    _count(world)
    assert _cells(world) == _recounted(world)
    moved(world, first, S.UNALLOCATED, S.ALLOCATED, first=TODAY)
    moved(world, second, S.AGREED, S.HANDED_BACK, first=TODAY - WEEK)
    with world.setting_up() as uow:
        uow.get(Case, third).lot_id = world.lot("Mid")
        uow.get(Case, third).child_protection = True
    moved(world, third, S.ASSESSING, S.AUTHORISED, first=TODAY - WEEK)
    _count(world)
    assert _cells(world) == _recounted(world)
    assert {row.lot_id for row in world.rows(EarnedCase)} == {world.lot(), world.lot("Mid")}
    kept = _cells(world)
    _count(world)
    assert _cells(world) == kept
    with world.database.work(everywhere(world.database)) as uow:
        service.rebuild(uow)
    assert _cells(world) == kept


def test_lots_are_shown_against_plan_and_cost_and_add_up(world: World, browse) -> None:
    for lot in ("North", "Mid", "South"):
        a_budget(world, lot)
        for week in range(3):
            a_cost(world, 500_000, lot, week)
        for _ in range(3):
            a_moved_case(world, *DONE, lot=lot)
        a_moved_case(world, S.UNALLOCATED, S.AUTHORISED, lot=lot)
        a_moved_case(world, S.UNALLOCATED, S.ALLOCATED, lot=lot)
    _count(world)
    for key in ("paula", "hana", "carl"):
        page = readable(browse(key).get("/earned-value"))
        # Three and two fifths of five points: 68 per cent of 100,000 pounds in each lot.
        assert "North £100,000.00 " in page
        assert "£68,000.00 £15,000.00 4.53" in page
        assert "All lots £300,000.00 " in page
        assert "£204,000.00 £45,000.00 4.53" in page
    carl = browse("carl")
    with questions(world) as asked:
        lot = readable(carl.get(f"/earned-value?lot={world.lot()}&scope=all"))
    assert len(asked) <= 11
    assert "North, as at 20 Nov 2026" in lot
    assert "Assessment authorised 1.6" in lot
    assert "Cost performance (CPI) 4.53" in lot
    for key in ("tess", "priya", "dina", "alan", "ada"):
        browse(key).get("/earned-value", 403)


def test_a_case_sent_again_is_no_part_of_the_opening_list_and_changes_no_price(
    world: World, browse
) -> None:
    a_budget(world)
    a_cost(world, 500_000)
    a_moved_case(world, *DONE)
    back = a_moved_case(world, S.UNALLOCATED, S.PROPOSED, S.AGREED, S.HANDED_BACK)
    _count(world)
    carl = browse("carl")
    # A case cleared and one screened, of two points: a budget less what was taken out.
    figures = "North £60,000.00 "
    before = readable(carl.get("/earned-value"))
    assert figures in before
    assert "£60,000.00 £5,000.00 12.00" in before
    moved(world, back, S.UNALLOCATED, S.ALLOCATED, S.ASSESSING, S.AUTHORISED, first=TODAY)
    _count(world)
    assert _cells(world) == _recounted(world)
    after = readable(carl.get("/earned-value"))
    assert figures in after
    assert "£60,000.00 £5,000.00 12.00" in after
    # All work holds it twice: once as it was screened, once as it was sent again.
    everything = readable(carl.get("/earned-value?scope=all"))
    assert "North £110,000.00 " in everything


def test_what_is_missing_is_said_and_small_beginnings_show_no_index(world: World, browse) -> None:
    carl = browse("carl")
    assert "No budget is recorded for this lot." in readable(carl.get("/earned-value"))
    a_budget(world)
    assert "No case of the opening list is counted yet." in readable(carl.get("/earned-value"))
    a_moved_case(world, *DONE)
    for _ in range(15):
        a_moved_case(world, S.UNALLOCATED)
    _count(world)
    assert "No week’s costs are known yet." in readable(carl.get("/earned-value"))
    a_cost(world, 500_000)
    page = readable(carl.get(f"/earned-value?lot={world.lot()}"))
    assert "Less than a tenth of the budget is earned" in page
    assert "Cost performance (CPI) too early" in page
    assert "Not measured yet" in readable(carl.get(f"/earned-value?lot={world.lot('Mid')}"))
    assert "Not measured yet" in readable(carl.get("/earned-value?lot=x&contract=99&scope=none"))


TERMS = {
    "child_and_family": "120",
    "initial": "60",
    "core": "100",
    "protection": "50",
    "assessed": "50",
    "agreed": "70",
    "screened": "20",
    "assessed_weeks": "4",
    "agreed_weeks": "2",
    "reason": "As agreed in November",
}


def test_the_agency_drafts_the_weights_and_the_council_agrees_them(world: World, browse) -> None:
    paula, hana = browse("paula"), browse("hana")
    address = f"/earned-value/terms/{world.contract()}"
    paula.get(f"{address}/draft")
    wrong = paula.post(f"{address}/draft", 422, **TERMS | {"assessed": "80"})
    assert "earns no less than an assessment authorised" in readable(wrong.text)
    assert "waits for the council" in paula.follow(f"{address}/draft", **TERMS)
    paula.post(f"{address}/draft", 409, **TERMS, _version="0")
    hana.post(f"{address}/draft", 403, **TERMS)
    for key, status in (("paula", 403), ("carl", 403), ("eve", 403)):
        browse(key).post(f"{address}/versions/1/agree", status)
    assert "agreed and hold from tomorrow" in hana.follow(f"{address}/versions/1/agree")
    hana.post(f"{address}/versions/1/agree", 409)
    hana.post(f"{address}/versions/2/agree", 404)
    [terms] = world.rows(EarnedTerms)
    assert (terms.from_on, terms.child_and_family) == (date(2026, 11, 21), 120)
    assert "The standard terms hold" in readable(browse("carl").get(address))
    world.clock.move(days=1)
    assert "Version 1 holds" in readable(browse("carl").get(address))
    paula, hana = browse("paula"), browse("hana")
    same = paula.post(f"{address}/draft", 422, _version="1", **TERMS)
    assert "change a figure" in readable(same.text)
    browse("eve").get(address, 404)
    paula.post(f"{address}/draft", _version="1", **TERMS | {"core": "110"})
    paula.post(f"{address}/draft", _version="2", **TERMS | {"core": "120"})
    hana.post(f"{address}/versions/2/agree", 409)


def test_the_night_counts_and_works_outlooks_out_once_a_day(world: World) -> None:
    a_budget(world)
    a_cost(world, 500_000)
    a_moved_case(world, S.UNALLOCATED)
    assert reckon_daily(world.database)
    assert not reckon_daily(world.database)
    assert len(world.rows(EarnedCase)) == 1
    assert len(world.rows(LotOutlook)) == 1
    world.clock.move(days=1)
    assert reckon_daily(world.database)
