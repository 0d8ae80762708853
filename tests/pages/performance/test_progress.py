"""Progress: every figure with its rows, the burn-down and cases cleared by outcome."""

import re
from datetime import date, timedelta

from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.states import CaseState
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_budget, a_cleared_case, a_cost
from tests.world import STARTED, TODAY, World


def _figure(page: str, label: str) -> tuple[int, str]:
    """A card's number and where it leads."""
    card = re.search(rf'(?s)<li class="figure(?:(?!</li>).)*?figure__label">{label}<.*?</li>', page)
    assert card, label
    number = re.search(r'figure__number">([\d,]+)<', card[0])
    link = re.search(r'href="([^"]+)"', card[0])
    assert number
    return int(number[1].replace(",", "")), link[1].replace("&amp;", "&") if link else ""


def _total(page: str) -> int:
    found = re.search(r"(\d+) (?:cases?|postings?)\b", readable(page[page.index('id="count"') :]))
    assert found
    return int(found[1])


def _some_work(world: World) -> None:
    a_case(world)
    a_case(world, referred_on=TODAY - timedelta(days=120))
    for state in (CaseState.SUBMITTED, CaseState.PROPOSED, CaseState.AGREED):
        a_case(world, state=state)
    a_case(world, "South")
    a_cleared_case(world)
    again = a_cleared_case(world, outcome="cin_plan")
    with world.acting("tess") as uow:
        reopening.reopen(uow, again, ReopenReason.RE_REFERRAL)


def test_every_figure_opens_exactly_its_rows(world: World, browse) -> None:
    _some_work(world)
    paula = browse("paula")
    for address in ("/progress", f"/progress?lot={world.lot()}"):
        page = paula.get(address)
        for label in (
            "Open",
            "Cleared",
            "Unallocated",
            "Overdue",
            "To authorise",
            "To agree",
            "To hand over or close",
        ):
            number, link = _figure(page, label)
            assert number > 0, label
            assert _total(paula.get(link)) == number, (label, link)


def test_a_lot_is_chosen_and_anything_else_shows_all_of_mine(world: World, browse) -> None:
    _some_work(world)
    paula = browse("paula")
    everything = _figure(paula.get("/progress"), "Open")[0]
    assert _figure(paula.get(f"/progress?lot={world.lot('South')}"), "Open")[0] == 1
    assert _figure(paula.get(f"/progress?lot={world.lot('Moor')}"), "Open")[0] == everything
    assert _figure(browse("tess").get("/progress"), "Open")[0] == everything - 1


def test_the_burn_down_says_the_present_rate_and_the_plan(world: World, browse) -> None:
    _some_work(world)
    page = readable(browse("dina").get("/progress"))
    assert "At the present rate:" in page
    assert "remaining on 20 Nov 2026" in page
    assert "1 of the remaining had been cleared before" in page


def test_before_the_first_case_the_page_says_what_to_do(world: World, browse) -> None:
    assert "Import the list" in browse("paula").get("/progress")
    assert "when the agency has imported" in readable(browse("hana").get("/progress"))


def test_cases_cleared_by_outcome_open_their_postings(world: World, browse) -> None:
    a_cleared_case(world)
    a_cleared_case(world, outcome="cin_plan")
    paula = browse("paula")
    page = paula.get("/progress")
    [link] = re.findall(r'href="(/scope/cases\?term=cleared[^"]+outcome=cin_plan)"', page)
    assert _total(paula.get(link.replace("&amp;", "&"))) == 1


def test_a_commissioner_reads_figures_but_is_led_to_no_case(world: World, browse) -> None:
    _some_work(world)
    page = browse("carl").get("/progress")
    assert _figure(page, "Open") == (7, "")
    assert "/cases" not in page.split('id="main"')[1]
    browse("carl").get("/scope/cases", 403)


def test_a_commissioner_sees_no_small_number_and_only_whole_periods(world: World, browse) -> None:
    for _ in range(3):
        a_cleared_case(world, on=STARTED)
    for _ in range(8):
        a_cleared_case(world, outcome="cin_plan", on=STARTED)
    assert "four whole weeks" in readable(browse("carl").get("/progress"))
    world.clock.move(weeks=3)
    page = readable(browse("carl").get("/progress"))
    row = page[page.rindex("6 Nov 2026 to 27 Nov 2026") :]
    assert row.startswith("6 Nov 2026 to 27 Nov 2026 c ")
    assert " 11 " in row
    assert " 3 " not in row[:60]
    exact = readable(browse("paula").get("/progress"))
    assert "6 Nov 2026 3 0 0 8" in exact


def test_practitioners_have_their_own_pages_instead(world: World, browse) -> None:
    browse("priya").get("/progress", 403)
    browse().get("/progress", 303)


def test_a_year_of_weeks_still_draws(world: World, browse) -> None:
    a_case(world, received_on=date(2025, 11, 3))
    assert "Burn-down as a table" in browse("paula").get("/progress")


def test_all_lots_end_with_the_last_of_them_on_progress_and_on_money_alike(
    world: World, browse
) -> None:
    for _ in range(30):
        a_case(world, received_on=STARTED)
    for _ in range(2):
        a_cleared_case(world, on=STARTED)
    a_case(world, "South", received_on=STARTED)
    for _ in range(9):
        a_cleared_case(world, "South", on=STARTED)
    for lot in ("North", "South", "Mid"):
        a_budget(world, lot)
        a_cost(world, 100_000, lot)
    paula = browse("paula")
    ends = r"clears in the week ending (\d+ \w+ \d{4})"
    one = re.search(ends, readable(paula.get(f"/progress?lot={world.lot()}")))
    both = readable(paula.get("/progress"))
    assert one
    assert f"the last lot, North, clears in the week ending {one[1]}" in both
    assert f"to the week ending {one[1]}, past the contract’s end" in readable(paula.get("/money"))
