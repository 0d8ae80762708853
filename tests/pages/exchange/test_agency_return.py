"""The quarterly return of agency workers: what it holds, and who makes it."""

import csv
import io
from datetime import date

import pytest

from app.people.engagement.models import Engagement
from app.people.models import Practitioner
from tests.browse import readable
from tests.makers_invoicing import an_invoice
from tests.world import World

RECORDED = {"hourly_pence": "36.50", "notice_weeks": "4"}


def address(world: World, key: str = "pete") -> str:
    return f"/people/{world.practitioner(key)}/engagement"


def rows_of(browse, quarter: str = "") -> list[dict[str, str]]:
    text = browse("paula").get(f"/people/return/export.csv?quarter={quarter}")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_an_engagement_is_recorded_and_stands_in_the_return(world: World, browse) -> None:
    paula = browse("paula")
    page = readable(paula.follow(address(world), **RECORDED, _version="0"))
    assert "£36.50 2 Nov 2026 – 20 Jul 2018 All met" in page
    assert "3 assignments" in page
    assert 'value="£36.50"' in paula.get(address(world))


def test_the_file_names_nobody_and_says_what_the_return_asks(world: World, browse) -> None:
    browse("paula").post(address(world), **RECORDED, _version="0")
    rows = rows_of(browse)
    assert len(rows) == 3
    assert not any("Holm" in value for row in rows for value in row.values())
    number = f"SW{100_000 + world.practitioner('pete')}"
    own = next(row for row in rows if row["Social Work England number"] == number)
    assert own == {
        "Quarter": "2026-Q4",
        "Council": "Northshire County Council",
        "Agency": "Brightwater Practice",
        "Post": "Social worker",
        "Social Work England number": number,
        "Hourly pay": "36.50",
        "Started on": "2026-11-02",
        "Ends on": "",
        "Project team": "Yes",
        "Qualified on": "2018-07-20",
        "Weeks of notice": "4",
        "Above the price cap": "No",
        "Price cap signed off by": "",
        "Rules not met": "",
    }
    unknown = next(row for row in rows if row["Social Work England number"] != number)
    assert unknown["Rules not met"] == "notice not known; pay not known"
    assert unknown["Hourly pay"] == ""


def test_the_totals_tell_rules_by_agency_and_the_cost_of_each_month(world: World, browse) -> None:
    browse("paula").post(address(world), notice_weeks="2", _version="0")
    an_invoice(world)
    page = readable(browse("paula").get("/people/return"))
    assert "Affects how far the council keeps the rules, by: 4 weeks of notice." in page
    assert "4 weeks of notice 0 1 2 " in page
    assert "November 2026 £2,400.00 December 2026 Not invoiced yet" in page
    text = browse("hana").get("/people/return/totals.csv").removeprefix("\ufeff")
    rows = {row["Question"]: row["Answer"] for row in csv.DictReader(io.StringIO(text))}
    assert (rows["Assignments"], rows["The agency affects compliance"]) == ("3", "Yes")
    assert (rows["4 weeks of notice: not met"], rows["4 weeks of notice: not known"]) == ("1", "2")
    assert rows["Cost of November 2026, pounds without tax"] == "2400.00"
    assert rows["Cost of December 2026, pounds without tax"] == ""


def test_an_assignment_counts_in_each_quarter_it_touches(world: World, browse) -> None:
    world.clock.move(days=60)
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).ends_on = date(2026, 12, 31)
    assert len(rows_of(browse, "2026-Q4")) == 3
    assert len(rows_of(browse, "2027-Q1")) == 2
    assert {row["Quarter"] for row in rows_of(browse, "nonsense")} == {"2027-Q1"}


def test_a_quarter_without_assignments_says_so(world: World, browse) -> None:
    with world.setting_up() as uow:
        for key in ("pete", "priya", "sam"):
            uow.get(Practitioner, world.practitioner(key)).ends_on = date(2026, 9, 30)
    assert "Nobody worked in this quarter." in browse("paula").get("/people/return")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hourly_pence": "a lot"}, "Write an amount in pounds"),
        ({"hourly_pence": "501"}, "Hourly pay is up to £500."),
        ({"notice_weeks": "53"}, "at most 52 weeks"),
        ({"left_post_on": "2026-11-21"}, "This is after today"),
        ({"cap_signed_by": "Director"}, "Only pay above the price cap"),
    ],
)
def test_an_engagement_that_cannot_be_is_shown_again(
    world: World, browse, changes: dict[str, str], sentence: str
) -> None:
    answer = browse("paula").post(address(world), 422, **RECORDED | changes, _version="0")
    assert sentence in readable(answer.text)
    assert world.rows(Engagement) == []


def test_an_engagement_saved_meanwhile_is_not_saved_over(world: World, browse) -> None:
    paula = browse("paula")
    more = {"over_price_cap": "yes", "cap_signed_by": "Director", "left_post_on": "2026-10-30"}
    paula.post(address(world), **RECORDED | more, _version="0")
    answer = paula.post(address(world), 409, notice_weeks="2", _version="0")
    assert "Someone else changed this" in readable(answer.text)
    page = readable(paula.get("/people/return"))
    assert "Less than three months after a permanent post; above the price cap" in page
    paula.post(address(world), notice_weeks="2", _version="1")
    answer = paula.post(address(world), 409, notice_weeks="3", _version="1")
    assert "Someone else changed this" in readable(answer.text)


def test_the_council_project_manager_takes_the_return_and_records_nothing(
    world: World, browse
) -> None:
    hana = browse("hana")
    assert "Pete Holm" in hana.get("/people/return")
    assert address(world) not in hana.get("/people/return")
    hana.get("/people/return/export.csv")
    for key in ("hana", "tess", "priya", "carl"):
        browse(key).get(address(world), 403)
        browse(key).post(address(world), 403, **RECORDED)
    for key in ("tess", "priya", "dina", "carl", "alan", "ada"):
        browse(key).get("/people/return", 403)
        browse(key).get("/people/return/export.csv", 403)
        browse(key).get("/people/return/totals.csv", 403)
    browse("eve").get(address(world), 404)
    browse("eve").post(address(world), 404, **RECORDED)
