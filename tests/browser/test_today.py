"""A practitioner's day on a phone: what is due is recorded in three taps."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from app.cases.assessments.models import Visit
from tests.browser.visitor import Visitor
from tests.makers import an_allocated_case
from tests.world import World

PHONE = {"width": 390, "height": 844}


def test_a_visit_is_recorded_from_the_list_in_three_taps(
    visit: Callable[..., Visitor], world: World
):
    an_allocated_case(world, reference="240777")
    priya = visit("priya")
    priya.page.set_viewport_size(PHONE)
    priya.go("/").says("Today", "Waiting for you 1")
    phone = priya.page.locator("main")
    phone.get_by_role("link", name=re.compile("Seen.*240777")).click()
    phone.get_by_label("Yes", exact=True).check()
    phone.get_by_role("button", name="Record").click()
    expect(priya.page.get_by_text("Recorded that the child was seen on")).to_be_visible()
    assert [one.seen_alone for one in world.rows(Visit)] == [True]
    priya.go("/")
    flag = phone.get_by_role("link", name=re.compile("Flag.*240777"))
    assert priya.page.evaluate("innerWidth") == PHONE["width"]
    box = flag.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    flag.click()
    expect(priya.page.locator("[name=reference]")).to_have_value("240777")
