"""What every page owes every reader: people of each role walk all the pages they can reach."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from app.access.roles import Role
from tests.browser.county import pages_of
from tests.browser.visitor import Visitor
from tests.makers import an_authorised_case
from tests.world import World

Visit = Callable[..., Visitor]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
# Nothing but colours differs between light and dark.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Colours come from parts that every page shares: what these see shows them all.
IN_DARK = {"agency_project_manager", "practitioner", "district_manager", "administrator"}
NARROW = {"width": 320, "height": 640}
KEPT = """async () => localStorage.length + sessionStorage.length
  + (await indexedDB.databases()).length + (await caches.keys()).length"""
SHOWN = """asked => [...document.querySelectorAll(asked)].some(
  one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().height)"""
FEWEST_PAGES = {"administrator": 5, "auditor": 5, "commissioner": 8}


@pytest.fixture(params=[role.value for role in Role])
def walker(
    request: Any, county: tuple[str, dict[str, str]], open_window: Callable[..., Visitor]
) -> tuple[Visitor, list[str]]:
    """A person of each role, with the pages of the county within reach."""
    origin, names = county
    person = open_window(origin).sign_in(names[request.param])
    reached = pages_of(person)
    assert len(reached) >= FEWEST_PAGES.get(request.param, 20), reached
    return person, reached


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds, each with the first element it is about."""
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def see(person: Visitor, address: str) -> Page:
    person.go(address, status=404 if address == "/nowhere" else 200)
    return person.page


def test_no_page_bars_anybody_in_light_or_dark(
    walker: tuple[Visitor, list[str]], request: pytest.FixtureRequest
):
    person, reached = walker
    in_dark = request.node.callspec.params["walker"] in IN_DARK
    found = {}
    for address in reached:
        person.page.emulate_media(color_scheme="light")
        page = see(person, address)
        found[address] = violations(page, ALL_RULES)
        if in_dark:
            page.emulate_media(color_scheme="dark")
            found[address] += [f"dark {one}" for one in violations(page, COLOURS)]
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_every_page_fits_a_narrow_screen_prints_without_menus_and_stores_nothing(
    walker: tuple[Visitor, list[str]],
):
    person, reached = walker
    wide, printed = [], []
    person.page.set_viewport_size(NARROW)
    for address in reached:
        page = see(person, address)
        page.emulate_media(media="screen")
        if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            wide.append(address)
        page.emulate_media(media="print")
        if page.evaluate(SHOWN, "nav, button") or not page.evaluate(SHOWN, "h1"):
            printed.append(address)
    assert (wide, printed) == ([], [])
    assert person.page.evaluate(KEPT) == 0


def test_forms_with_faults_bar_nobody(visit: Visit, world: World):
    case_id = an_authorised_case(world)
    priya, paula, ada = visit("priya"), visit("paula"), visit("ada")
    for person, address, button in (
        (priya, f"/cases/{case_id}/plan", "Save plan"),
        (priya, "/flags/new", "Raise the flag"),
        (paula, "/imports", "Read the list"),
        (ada, "/users/new", "Invite"),
    ):
        person.go(address).press(button, status=422)
        for scheme in ("light", "dark"):
            person.page.emulate_media(color_scheme=scheme)
            assert violations(person.page, ALL_RULES) == [], (address, scheme)


def test_the_way_in_bars_nobody(origin: str, open_window: Callable[..., Visitor]):
    page = open_window(origin, color_scheme="dark").go("/sign-in").page
    assert violations(page, ALL_RULES) == []
    page.emulate_media(color_scheme="light")
    assert violations(page, ALL_RULES) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_field_that_loses_its_label_is_found(visit: Visit):
    page = visit("priya").go("/flags/new").page
    page.evaluate("document.querySelector('label[for=reference]').remove()")
    assert any(one.startswith("label:") for one in violations(page, ALL_RULES))


def test_a_page_that_breaks_the_rules_of_the_house_is_found(visit: Visit):
    priya = visit("priya")
    priya.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">')")
    priya.page.evaluate("setTimeout(() => { throw new Error('planted') })")
    priya.page.evaluate("async () => { await fetch('/nowhere') }")
    priya.go("/cases")
    kinds = {fault.split()[0] for fault in priya.faults}
    assert {"CSP", "error", "404"} <= kinds
    priya.faults.clear()
