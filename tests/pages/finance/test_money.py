"""Money: the account of each lot, the entries behind it, and recording one."""

import re
from datetime import date

import pytest

from app.cases.register.models import Case
from app.finance.models import Budget, Cost
from app.finance.rules import CostKind
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_budget, a_cleared_case, a_cost
from tests.world import World

COST = {"day": "18/11/2026", "kind": "staff", "pence": "1,250.50", "note": ""}


def _cost(world: World, **changes: str) -> dict[str, str]:
    return COST | {"lot_id": str(world.lot())} | changes


def test_spend_stands_beside_its_plan_with_a_forecast_that_says_its_method(
    world: World, browse
) -> None:
    a_budget(world)
    a_cost(world, 1_100_000)
    a_cost(world, 1_300_000, week=1)
    a_cleared_case(world)
    for key in ("paula", "hana", "carl"):
        page = readable(browse(key).get(f"/money?lot={world.lot()}"))
        assert "North £100,000.00 £20,000.00 £24,000.00 −£4,000.00" in page
        # What a case costs never stands without the quality of the work.
        assert "each case cleared" not in page
        assert "£12,000.00 a week as in the last 2 costed weeks" in page
        assert "What a case costs stands beside the quality of the work: value" in page


def test_the_forecast_follows_the_cases_that_are_cleared(world: World, browse) -> None:
    a_cost(world, 1_200_000)
    a_case(world)
    paula, money = browse("paula"), f"/money?lot={world.lot()}"
    assert "because the present rate leads to no end" in readable(paula.get(money))
    a_cleared_case(world, on=date(2026, 11, 12))
    assert "until the last case clears at the present rate" in readable(paula.get(money))


def test_each_figure_opens_its_entries_with_the_same_sum(world: World, browse) -> None:
    a_budget(world)
    a_cost(world, 1_100_000)
    a_cost(world, 45_000, kind=CostKind.TRAVEL)
    a_cost(world, 700_000, "South", week=1)
    paula = browse("paula")
    page = paula.get("/money")
    links = re.findall(r'href="(/money/costs[^"]*)">(£[\d,.]+)</a>', page)
    assert len(links) >= 6
    for link, words in links:
        behind = readable(paula.get(link.replace("&amp;", "&")))
        assert f"Together {words}." in behind, link


def test_another_contracts_money_is_not_seen(world: World, browse) -> None:
    a_cost(world, 700_000)
    eve = browse("eve")
    assert "No money yet" in eve.get("/money")
    assert "No entry fits" in eve.get(f"/money/costs?lot={world.lot()}")
    assert "1 entry" in readable(browse("paula").get("/money/costs?lot=x&week=soon&kind=gold"))


@pytest.mark.parametrize("key", ["tess", "priya", "dina", "alan", "ada"])
def test_money_is_not_for_everybody(world: World, browse, key: str) -> None:
    for address in ("/money", "/money/costs", "/money/record"):
        browse(key).get(address, 403)


def test_only_the_agencys_project_manager_records_and_only_in_her_lots(
    world: World, browse
) -> None:
    for key in ("hana", "carl"):
        browse(key).get("/money/record", 403)
        browse(key).post("/money/record", 403, **_cost(world))
    browse("eve").post("/money/record", 404, **_cost(world))
    assert world.rows(Cost) == []


def test_a_cost_is_recorded_for_the_week_of_its_day(world: World, browse) -> None:
    paula = browse("paula")
    paula.get("/money/record")
    assert "The cost is recorded" in paula.follow("/money/record", **_cost(world))
    [cost] = world.rows(Cost)
    assert (cost.week_ending, cost.pence, cost.kind) == (
        date(2026, 11, 20),
        125_050,
        CostKind.STAFF,
    )
    assert cost.recorded_by == world.user("paula")
    assert "by Paula Marsh" in readable(paula.get("/money/costs"))


def test_a_correction_is_a_further_entry_that_says_why(world: World, browse) -> None:
    paula = browse("paula")
    paula.post("/money/record", **_cost(world))
    answer = paula.post("/money/record", 422, **_cost(world, pence="-250.50"))
    assert "Say what this corrects" in readable(answer.text)
    paula.post("/money/record", **_cost(world, pence="-250.50", note="Hours counted twice"))
    assert sum(cost.pence for cost in world.rows(Cost)) == 100_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pence": "lots"}, "Write an amount in pounds"),
        ({"day": "31/02/2026"}, "February 2026 has 28 days"),
        ({"day": "27/11/2026"}, "This week has not come yet"),
        ({"kind": "gold"}, "kind"),
        ({"lot_id": ""}, "lot"),
    ],
)
def test_a_cost_that_cannot_be_meant_is_shown_again(
    world: World, browse, changes: dict[str, str], words: str
) -> None:
    answer = browse("paula").post("/money/record", 422, **_cost(world, **changes))
    assert words in readable(answer.text)
    assert world.rows(Cost) == []


def test_the_council_plans_the_budget_of_a_lot_that_has_none(world: World, browse) -> None:
    hana = browse("hana")
    assert "No budget is planned for" in readable(browse("carl").get("/money"))
    asked = {"lot_id": str(world.lot()), "first": "02/11/2026", "last": "27/11/2026"}
    answer = hana.post("/money/budget", 422, pence="-4", **asked)
    assert "Enter an amount above nought" in readable(answer.text)
    page = readable(hana.follow("/money/budget", pence="21,400.00", **asked))
    planned = {row.week_ending: row.planned_pence for row in world.rows(Budget)}
    assert list(planned.values()) == [2_140_000] * 4
    assert (min(planned), max(planned)) == (date(2026, 11, 6), date(2026, 11, 27))
    assert "North £85,600.00" in page
    again = hana.post("/money/budget", 422, pence="1.00", **(asked | {"first": "23/11/2026"}))
    assert "£21,400.00 is planned there already, from the week ending 27 Nov" in readable(
        again.text
    )
    other = asked | {"lot_id": str(world.lot("Moor"))}
    hana.post("/money/budget", 404, pence="1.00", **other)
    for key in ("paula", "carl", "dina"):
        browse(key).post("/money/budget", 403, pence="1.00", **asked)


def test_a_budget_is_planned_anew_with_a_reason_beside_what_it_was_at_first(
    world: World, browse
) -> None:
    a_budget(world, weeks=4)
    hana = browse("hana")
    anew = {"lot_id": str(world.lot()), "first": "09/11/2026", "last": "04/12/2026"}
    refused = hana.post("/money/budget", 422, pence="12,500.00", **anew)
    assert "£30,000.00 is planned there already" in readable(refused.text)
    assert 'value="12,500.00"' in refused.text
    case = a_case(world)
    named = f"Because of {world.row(Case, case).reference}"
    answer = hana.post("/money/budget", 422, pence="12,500.00", reason=named, **anew)
    assert 'id="reason-error"' in answer.text
    page = readable(
        hana.follow("/money/budget", pence="12,500.00", reason="Second variation", **anew)
    )
    # Four weeks from the second on, of which three had £10,000.00 each; the first one stays.
    assert "North 13 Nov 2026 to 4 Dec 2026 £30,000.00 £50,000.00 Second variation" in page
    assert "Budget £60k For the whole term; as first planned £40k" in page
    assert "North £60,000.00" in page
    assert "How the budget was changed" not in readable(
        browse("carl").get(f"/money?lot={world.lot('South')}")
    )
    assert "Second variation" in readable(browse("carl").get("/money"))


def test_weeks_past_an_end_that_moved_can_be_taken_back_but_none_is_planned_there(
    world: World, browse
) -> None:
    a_budget(world, weeks=30)
    hana = browse("hana")
    late = {"lot_id": str(world.lot()), "first": "03/05/2027", "last": "28/05/2027"}
    for pence in ("1.00", "10,000.00"):
        answer = hana.post("/money/budget", 422, pence=pence, reason="It ends sooner", **late)
        assert "The contract runs from" in readable(answer.text)
    hana.post("/money/budget", pence="0", reason="It ends sooner", **late)
    planned = {row.week_ending: row.planned_pence for row in world.rows(Budget)}
    assert planned[date(2027, 4, 30)] == 1_000_000
    assert [planned[date(2027, 5, day)] for day in (7, 14, 21, 28)] == [0] * 4
