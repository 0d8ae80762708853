"""How forms, lists and keys behave under a hand."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from app.safeguarding.flags.models import Flag
from tests.browser.visitor import Visitor
from tests.makers import a_case, a_submitted_case, an_allocated_case, an_authorised_case
from tests.world import World

Visit = Callable[..., Visitor]
CUT_FIELDS = """() => [...document.querySelectorAll('input, select')].filter(
  one => one.checkVisibility() && !['hidden', 'checkbox', 'radio'].includes(one.type)
    && one.clientHeight < 1.2 * parseFloat(getComputedStyle(one).fontSize)).map(one => one.name)"""


def focused(page: Page) -> Any:
    return page.locator(":focus")


def test_a_form_with_faults_keeps_what_was_typed_and_puts_the_eye_on_what_is_wrong(
    visit: Visit, world: World
):
    case_id = an_authorised_case(world)
    priya = visit("priya").go(f"/cases/{case_id}/plan")
    priya.fill(rationale="A long story.", target_on="2026-12-11")
    priya.press("Save plan", status=422)
    assert priya.page.title().startswith("Error: ")
    expect(focused(priya.page)).to_have_class("govuk-error-summary")
    assert priya.page.locator("[name=rationale]").input_value() == "A long story."
    priya.page.locator(".govuk-error-summary a").first.click()
    expect(focused(priya.page)).to_have_attribute("name", "outcome")


def test_two_presses_save_once(visit: Visit, world: World):
    priya = visit("priya").go("/flags/new").fill(reference="900001", concern="Neglect")
    priya.page.get_by_role("button", name="Raise the flag").dblclick()
    expect(priya.page.get_by_role("heading", level=1)).to_have_text("Your flag is raised")
    assert len(world.rows(Flag)) == 1


def test_two_presses_save_once_even_without_scripts(visit: Visit, world: World):
    priya = visit("priya", java_script_enabled=False).go("/flags/new")
    priya.fill(reference="900002", concern="Neglect")
    priya.page.get_by_role("button", name="Raise the flag").dblclick()
    expect(priya.page.get_by_role("heading", level=1)).to_have_text("Your flag is raised")
    assert len(world.rows(Flag)) == 1


def test_a_filter_stands_in_the_address_and_the_back_button_undoes_it(visit: Visit, world: World):
    a_case(world)
    a_submitted_case(world)
    tess = visit("tess").go("/cases")
    count = tess.page.locator("#count")
    expect(count).to_have_text("2 cases")
    tess.fill(state="Submitted")
    expect(count).to_have_text("1 case")
    assert "state=submitted" in tess.path
    tess.page.go_back()
    expect(count).to_have_text("2 cases")
    tess.page.wait_for_load_state("load")
    tess.page.go_forward()
    expect(count).to_have_text("1 case")
    tess.page.reload()
    expect(count).to_have_text("1 case")


def test_a_list_that_cannot_be_fetched_says_so_where_the_eye_is(visit: Visit):
    tess = visit("tess").go("/cases")
    tess.page.route("**/cases?*", lambda route: route.abort("connectionrefused"))
    tess.fill(state="Submitted")
    problem = tess.page.locator("#problem")
    expect(problem).to_contain_text("Clearway could not be reached")
    expect(problem).to_be_focused()
    assert tess.faults
    tess.faults.clear()


def test_a_list_of_many_columns_is_printed_across_the_sheet(visit: Visit, world: World):
    a_case(world)
    paula = visit("paula")
    for address, across in (("/cases", True), ("/flags/new", False)):
        paper = paula.go(address).page.pdf(prefer_css_page_size=True)
        [width, height] = re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", paper)[0]
        assert (int(width) > int(height)) is across, address


def test_the_first_tab_leads_past_the_menu(visit: Visit):
    tess = visit("tess").go("/")
    tess.page.keyboard.press("Tab")
    expect(focused(tess.page)).to_have_text("Skip to main content")
    tess.page.keyboard.press("Enter")
    expect(focused(tess.page)).to_have_attribute("id", "main")


def test_keys_raise_a_flag_search_and_tell_what_they_do(visit: Visit):
    priya = visit("priya").go("/cases")
    keys = priya.page.keyboard
    keys.press("/")
    expect(focused(priya.page)).to_have_attribute("name", "for")
    keys.press("f")
    assert priya.page.locator("[name=for]").input_value() == "f"
    priya.page.locator("h1").click()
    keys.press("?")
    dialog = priya.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Raise a safeguarding flag")
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    keys.press("f")
    expect(priya.page.get_by_role("heading", level=1)).to_have_text("Raise a safeguarding flag")


def test_a_flag_is_raised_in_the_middle_of_a_form_and_what_was_typed_stays(
    visit: Visit, world: World
):
    case_id = an_allocated_case(world, reference="240778")
    tess = visit("tess").go(f"/cases/{case_id}/priority")
    day = tess.page.locator("[name=next_review_on]")
    day.fill("2026-12-01")
    with tess.page.context.expect_page() as opened:
        day.press("F8")
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Raise a safeguarding flag")
    expect(opened.value.locator("[name=reference]")).to_have_value("240778")
    expect(day).to_have_value("2026-12-01")
    tess.go("/cases").page.keyboard.press("F8")
    expect(tess.page.get_by_role("heading", level=1)).to_have_text("Raise a safeguarding flag")


def test_keys_can_be_switched_off(visit: Visit):
    priya = visit("priya").go("/")
    priya.page.keyboard.press("?")
    priya.page.get_by_role("button", name="Switch shortcuts off").click()
    priya.page.get_by_role("button", name="Close").click()
    priya.page.keyboard.press("f")
    priya.go("/cases")
    assert priya.heading == "Cases"


def test_text_of_twice_the_size_is_cut_in_no_field(visit: Visit):
    priya = visit("priya")
    for address in ("/cases", "/flags/new"):
        page = priya.go(address).page
        assert page.locator("input:visible, select:visible").count() > 1
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(CUT_FIELDS) == [], address
