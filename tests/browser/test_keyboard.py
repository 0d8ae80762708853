"""A list gone through, ticked and acted on by keys alone."""

from collections.abc import Callable

from playwright.sync_api import expect

from app.cases.register.models import Case
from tests.browser.visitor import Visitor
from tests.makers import a_case
from tests.world import World

Visit = Callable[..., Visitor]


def test_rows_are_gone_through_ticked_and_opened_by_keys(visit: Visit, world: World):
    for number in (1, 2, 3):
        a_case(world, reference=f"K{number}")
    tess = visit("tess").go("/cases?sort=reference")
    keys, focus = tess.page.keyboard, tess.page.locator(":focus")
    keys.press("j")
    expect(focus).to_have_text("K1")
    keys.press("j")
    keys.press("j")
    keys.press("j")
    expect(focus).to_have_text("K3")
    keys.press("k")
    expect(focus).to_have_text("K2")
    keys.press("x")
    expect(tess.page.get_by_label("Choose case K2")).to_be_checked()
    expect(tess.page.locator("[data-chosen]")).to_have_text("1 case ticked")
    keys.press("x")
    expect(tess.page.locator("[data-chosen]")).to_have_text("")
    keys.press("k")
    keys.press("Enter")
    expect(tess.page.get_by_role("heading", level=1)).to_have_text("Case K1")


def test_enter_in_a_tick_box_opens_its_row_and_sends_nothing(visit: Visit, world: World):
    a_case(world, reference="K9")
    tess = visit("tess").go("/cases")
    tess.page.get_by_label("Choose case K9").focus()
    tess.page.keyboard.press("Space")
    tess.page.keyboard.press("Enter")
    expect(tess.page.get_by_role("heading", level=1)).to_have_text("Case K9")


def test_a_search_and_its_case_take_two_keys(visit: Visit, world: World):
    a_case(world, reference="240077")
    tess = visit("tess").go("/")
    tess.page.keyboard.press("/")
    tess.page.keyboard.type("240077")
    tess.page.keyboard.press("Enter")
    expect(tess.page.get_by_role("heading", level=1)).to_have_text("Case 240077")


def test_ticking_a_page_by_keys_leads_to_the_preview(visit: Visit, world: World):
    for _ in range(2):
        a_case(world)
    tess = visit("tess").go("/cases")
    tess.page.get_by_label("Choose every case on this page").focus()
    tess.page.keyboard.press("Space")
    expect(tess.page.locator("[data-chosen]")).to_have_text("2 cases ticked")
    tess.fill(act="Set the priority").press("Go on")
    assert tess.heading == "Set the priority"
    tess.says("Preview: 2 can go through it")


def test_saved_views_get_their_numbers_after_the_list(visit: Visit, world: World):
    a_case(world, open_flags=1)
    a_case(world)
    tess = visit("tess").go("/saved-views/new?flagged=yes").fill(name="Flagged")
    tess.press("Save the view")
    badge = tess.page.locator("#saved-views .badge")
    expect(badge).to_have_text("1 case")


def test_switched_off_keys_do_nothing_until_switched_on(visit: Visit, world: World):
    a_case(world)
    tess = visit("tess").go("/shortcuts")
    tess.page.locator("main").get_by_role("button", name="Switch shortcuts off").click()
    tess.go("/cases")
    tess.page.keyboard.press("j")
    assert tess.page.evaluate("document.activeElement.tagName") == "BODY"
    tess.go("/shortcuts").says("Shortcuts are switched off in this browser.")
    tess.page.locator("main").get_by_role("button", name="Switch shortcuts on").click()
    tess.go("/cases").page.keyboard.press("j")
    assert tess.page.evaluate("document.activeElement.tagName") == "A"


def test_without_scripts_the_shortcuts_are_a_page_and_ticks_still_work(visit: Visit, world: World):
    case_id = a_case(world, reference="K5")
    tess = visit("tess", java_script_enabled=False).go("/cases")
    tess.press("Keyboard shortcuts").says("Every page works by keyboard alone")
    tess.go("/cases").page.get_by_label("Choose case K5").check()
    tess.fill(act="Set the priority").press("Go on").says("1 can go through it")
    assert world.row(Case, case_id).reference == "K5"
