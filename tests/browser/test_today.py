"""A practitioner's day on a phone: what is due is recorded in three taps."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from app.cases.assessments.models import Visit
from app.cases.delays.models import Delay
from app.safeguarding.flags.models import Flag
from tests.browser.visitor import Visitor
from tests.makers import an_allocated_case
from tests.world import World

PHONE = {"width": 390, "height": 844}


def test_a_visit_a_flag_and_a_delay_take_three_taps_each_from_the_list(
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
    phone.get_by_label("Neglect", exact=True).check()
    phone.get_by_role("button", name="Raise the flag").click()
    expect(priya.page.get_by_role("heading", name="Your flag is raised")).to_be_visible()
    assert [one.reference for one in world.rows(Flag)] == ["240777"]
    priya.go("/")
    phone.get_by_role("link", name=re.compile("Delay.*240777")).click()
    phone.get_by_label("Reason", exact=True).select_option(
        label="An interpreter is awaited, or the family is away"
    )
    phone.get_by_role("button", name="Record this delay").click()
    expect(priya.page.get_by_text("The delay is recorded.")).to_be_visible()
    assert [one.owner_id for one in world.rows(Delay)] == [world.user("priya")]
