"""A District Manager decides twenty proposals by keyboard alone, and moves a handover by hand."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Locator, expect
from sqlmodel import Session, col, select

from app.agreements.handovers.models import Handover
from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from tests.browser.visitor import Visitor
from tests.makers_agreements import a_proposal, an_agreed_case
from tests.world import TODAY, World

Visit = Callable[..., Visitor]
PLANTED = 20
# Which key each of five proposals in turn is answered with.
KEYS = "aarcx"


def test_twenty_proposals_are_decided_by_keys_and_the_last_decision_is_taken_back(
    visit: Visit, world: World
) -> None:
    planted = [a_proposal(world) for _ in range(PLANTED)]
    dina = visit("dina").go("/agreements")
    keys = dina.page.keyboard
    keys.press("j")
    with dina.page.expect_navigation():
        keys.press("Enter")
    for place in range(PLANTED):
        key = KEYS[place % len(KEYS)]
        with dina.page.expect_navigation():
            decide(dina, key)
    assert dina.heading == "Agreement desk"
    dina.says("Nothing waits for a decision")
    assert decisions(world, planted) == {"agreed": 12, "returned": 4, "refused": 4}

    with dina.page.expect_navigation():
        keys.press("u")
    dina.says("Your decision for the council")
    assert decisions(world, planted)["none"] == 1


def decide(dina: Visitor, key: str) -> None:
    keys = dina.page.keyboard
    keys.press(key)
    if key == "a":
        return
    expect(dina.page.locator(":focus")).to_have_js_property("tagName", "TEXTAREA")
    keys.type("Say who visits")
    keys.press("Control+Enter")


def decisions(world: World, planted: list[int]) -> Counter[str]:
    with Session(world.database.engine) as session:
        found = session.exec(
            select(Proposal.decision).join(Case).where(col(Proposal.id).in_(planted))
        )
        return Counter(one.value if one else "none" for one in found)


def test_a_handover_is_dragged_onto_a_week(visit: Visit, world: World) -> None:
    case_id = an_agreed_case(world)
    dina = visit("dina").go(f"/handovers/calendar/teams/{world.team()}")
    row = dina.page.locator(f'tr[data-moves="/cases/{case_id}/handover/week"]')
    week = dina.page.locator("tr[data-week]").nth(2)
    with dina.page.expect_navigation():
        drag(dina, row, week)
    dina.says("The week of the handover is booked.")
    [handover] = world.rows(Handover, case_id=case_id)
    assert handover.week_ending == TODAY + timedelta(weeks=2)


def drag(who: Visitor, thing: Locator, onto: Locator) -> None:
    """Press on one, move by steps as a hand does, and let go over the other."""
    who.page.set_viewport_size({"width": 1366, "height": 1800})
    begins, ends = thing.bounding_box(), onto.bounding_box()
    assert begins
    assert ends
    mouse = who.page.mouse
    mouse.move(begins["x"] + 200, begins["y"] + 12)
    mouse.down()
    mouse.move(begins["x"] + 210, begins["y"] + 4, steps=4)
    mouse.move(ends["x"] + 300, ends["y"] + 10, steps=8)
    mouse.up()
