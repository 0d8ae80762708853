"""What every page owes every reader: people of each role walk all the pages they can reach."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from app.access.roles import Role
from tests.browser.county import kind_of, pages_of
from tests.browser.visitor import Visitor
from tests.makers import an_authorised_case
from tests.world import World

Visit = Callable[..., Visitor]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
# Nothing but colours differs between light and dark.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOUR}, "resultTypes": ["violations"]}
BUT_COLOURS = ALL_RULES | {"rules": {one: {"enabled": False} for one in OF_COLOUR}}
FOUND = """async ([rules, parts]) => (await axe.run({include: [[parts]]}, rules)).violations.map(
  one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)"""
# The colours of a text come from the elements, attributes and classes that lead down to it: one
# that stands as another did is like it. Marks the others, and answers how they stand.
UNSEEN = """known => {
  const seen = new Set(known), found = [];
  const look = (element, above) => {
    const own = [element.tagName, element.className, ...element.getAttributeNames()];
    const here = `${above} > ${own.join(' ')}`;
    const speaks = [...element.childNodes].some(one => one.nodeType === 3 && one.data.trim());
    if ((speaks || 'value' in element) && !seen.has(here)) {
      seen.add(here);
      found.push(here);
      element.dataset.unseen = '';
    }
    for (const child of element.children) look(child, here);
  };
  look(document.body, '');
  return found;
}"""
WIDE = {"width": 1366, "height": 768}
NARROW = {"width": 320, "height": 640}
KEPT = """async () => localStorage.length + sessionStorage.length
  + (await indexedDB.databases()).length + (await caches.keys()).length"""
SHOWN = """asked => [...document.querySelectorAll(asked)].some(
  one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().height)"""
FEWEST_PAGES = {Role.ADMINISTRATOR: 5, Role.AUDITOR: 5, Role.COMMISSIONER: 8}
FEWEST_KINDS = 150
FIRST, *_OTHERS = (role.value for role in Role)
OTHERS = [(role, slice(None)) for role in _OTHERS]
# What they show and offer differs most from role to role.
EACH_ROLE = {"/", "/cases/{id}"}


@pytest.fixture(scope="session")
def shares(county: tuple[str, dict[str, str]], chromium: Browser) -> dict[str, list[str]]:
    """Every kind of page with the first role that reaches it; home and cases with each role."""
    origin, names = county
    seen: set[str] = set()
    shared = {}
    for role in Role:
        with closing(chromium.new_context()) as context:
            reached = pages_of(Visitor(context, origin).sign_in(names[role]))
        assert len(reached) >= FEWEST_PAGES.get(role, 20), reached
        own = [one for one in reached if kind_of(one) in EACH_ROLE or kind_of(one) not in seen]
        seen.update(map(kind_of, reached))
        shared[role.value] = own
    assert len(seen) >= FEWEST_KINDS
    return shared


@pytest.fixture(scope="session")
def known() -> set[str]:
    """How the texts stand whose colours were looked at."""
    return set()


def violations(page: Page, rules: dict[str, Any], parts: str = "html") -> list[str]:
    """What axe finds, each with the first element it is about."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(FOUND, [rules, parts])
    return found


def see(person: Visitor, address: str) -> Page:
    person.go(address, status=404 if address == "/nowhere" else 200)
    return person.page


# The first role reaches most pages first: its share is walked by two, one for each core.
@pytest.mark.parametrize(
    ("role", "part"), [(FIRST, slice(0, None, 2)), (FIRST, slice(1, None, 2)), *OTHERS]
)
def test_every_page_bars_nobody_fits_a_phone_and_prints(
    role: str,
    part: slice,
    shares: dict[str, list[str]],
    known: set[str],
    county: tuple[str, dict[str, str]],
    open_window: Callable[..., Visitor],
):
    origin, names = county
    person = open_window(origin).sign_in(names[role])
    person.context.add_init_script(AXE_SCRIPT)
    found = {address: faults_of(see(person, address), known) for address in shares[role][part]}
    assert known
    assert {address: faults for address, faults in found.items() if faults} == {}
    assert person.page.evaluate(KEPT) == 0


def faults_of(page: Page, known: set[str]) -> list[str]:
    """What is wrong with a page in light and dark, on a narrow screen and on paper.

    Its colours are looked at where a text stands as none did before: `known`.
    """
    page.set_viewport_size(WIDE)
    page.emulate_media(media="screen", color_scheme="light")
    found = violations(page, BUT_COLOURS)
    if unseen := page.evaluate(UNSEEN, list(known)):
        known.update(unseen)
        found += violations(page, COLOURS, "[data-unseen]")
        page.emulate_media(color_scheme="dark")
        found += [f"dark {one}" for one in violations(page, COLOURS, "[data-unseen]")]
    page.set_viewport_size(NARROW)
    if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
        found.append("wider than a phone")
    page.emulate_media(media="print", color_scheme="light")
    if page.evaluate(SHOWN, "nav, button") or not page.evaluate(SHOWN, "h1"):
        found.append("prints its menus or no heading")
    return found


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
        assert violations(person.page, ALL_RULES) == [], address
        person.page.emulate_media(color_scheme="dark")
        assert violations(person.page, COLOURS) == [], f"{address} in the dark"


def test_paper_has_what_a_form_holds_and_nothing_to_fill_in(visit: Visit):
    page = visit("priya").go("/flags/new").page
    page.emulate_media(media="print")
    for field in ("#reference", "input[type=radio]", "form .govuk-hint"):
        assert not page.evaluate(SHOWN, field), field
    page.emulate_media(media="screen")
    page.fill("#reference", "NS-0001")
    page.locator("input[type=radio]").first.check()
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN, "#reference")
    assert page.evaluate(SHOWN, "input[type=radio]:checked")
    assert not page.evaluate(SHOWN, "input[type=radio]:not(:checked)")


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
    assert any(one.startswith("label:") for one in faults_of(page, set()))


def test_a_text_too_pale_to_read_is_found_where_none_stood_so_before(visit: Visit):
    known: set[str] = set()
    priya = visit("priya").go("/flags/new")
    assert faults_of(priya.page, known) == []
    priya.go("/flags/new")
    priya.page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<p>Pale')")
    priya.page.evaluate("document.querySelector('h1 + p').style.color = '#777'")
    light, dark = faults_of(priya.page, known)
    assert light.startswith("color-contrast: <p")
    assert dark.startswith("dark color-contrast: <p")


def test_a_page_that_breaks_the_rules_of_the_house_is_found(visit: Visit):
    priya = visit("priya").go("/")
    priya.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">')")
    priya.page.evaluate("setTimeout(() => { throw new Error('planted') })")
    priya.page.evaluate("async () => { await fetch('/nowhere') }")
    priya.go("/cases")
    kinds = {fault.split()[0] for fault in priya.faults}
    assert {"CSP", "error", "404"} <= kinds
    priya.faults.clear()
