"""A District Manager decides twenty proposals with the keyboard alone."""

from collections import Counter
from collections.abc import Callable

from playwright.sync_api import expect
from sqlmodel import Session, col, select

from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from tests.browser.visitor import Visitor
from tests.makers_agreements import a_proposal
from tests.world import World

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
