"""Prices, their parts, milestones and value, as each role sees and sets them."""

from datetime import date

import pytest

from app.access.grants import GRANTED
from app.access.roles import Role
from app.contract.everywhere import everywhere
from app.finance.milestones.models import Milestone
from app.finance.prices.models import Price
from app.finance.prices.rules import PriceModel
from app.finance.value import service as value
from app.kernel.acts import Act
from app.people.rules import Post
from tests.browse import readable
from tests.makers_delivery import a_cleared_case, a_cost
from tests.makers_invoicing import a_milestone, a_price, a_signed_day, december
from tests.world import World

RATE = {
    "model": "day_rate",
    "band": "social_worker",
    "pay": "250.00",
    "insurance": "30.00",
    "levy": "1.25",
    "holiday": "30.17",
    "fee": "50.00",
    "day_hours": "7:24",
    "vat": "20",
    "starts_on": "2026-11-02",
    "ends_on": "",
    "clause": "Schedule 4, 2.1",
}


def test_a_day_rate_is_the_sum_of_its_parts_which_only_the_two_managers_see(
    world: World, browse
) -> None:
    hana = browse("hana")
    address = f"/money/prices/{world.lot()}/new"
    for model in PriceModel:
        hana.get(f"{address}?model={model.value}")
    page = readable(hana.follow(address, **RATE))
    assert "Day rate, social worker £361.42 A day of 7:24 hours 20% 2 Nov 2026" in page
    assert [one.pence for one in world.rows(Price)] == [36_142]
    answer = hana.post(address, 422, **RATE)
    assert "“Day rate, social worker” of £361.42 from 2 Nov 2026 on holds then already" in readable(
        answer.text
    )
    for who, sees in (("hana", True), ("paula", True), ("carl", False)):
        page = readable(browse(who).get("/money/prices"))
        assert "£361.42" in page
        assert ("£311.42" in page) is sees
        assert ("National Insurance" in page) is sees
    assert "No price" in browse("eve").get("/money/prices")
    for who, status in (("paula", 403), ("carl", 403), ("tess", 403)):
        browse(who).post(address, status, **RATE)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pay": "-1.00"}, "A part of a day rate is never below nought"),
        ({"pay": "9,000.00"}, "This is at most £3,000.00"),
        ({"vat": "101"}, "A percentage is at most 100"),
        ({"levy": "1,5"}, "Write an amount in pounds"),
        ({"day_hours": "25"}, "A whole day is between 1 and 24 hours"),
        ({"starts_on": "2026-11-01"}, "The contract runs from 2 Nov 2026 to 30 Apr 2027"),
        ({"ends_on": "2026-11-01"}, "This is before the start"),
        ({"clause": ""}, "Enter the clause"),
        ({"band": ""}, "Choose the role band"),
    ],
)
def test_a_price_that_cannot_be_meant_is_shown_again(
    world: World, browse, changes: dict[str, str], words: str
) -> None:
    answer = browse("hana").post(f"/money/prices/{world.lot()}/new", 422, **(RATE | changes))
    assert words in readable(answer.text)
    assert world.rows(Price) == []


def test_numbers_that_are_none_and_shares_past_the_whole_are_refused(world: World, browse) -> None:
    hana = browse("hana")
    address = f"/money/prices/{world.lot()}/new"
    price = {
        "model": "cleared",
        "pence": "1,150.00",
        "vat": "20",
        "credit_days": "90",
        "starts_on": "2026-11-02",
        "ends_on": "",
        "clause": "2.3",
    }
    for typed in ("1,5", "1e3", "٣", "-0", "NaN", "1e999", str(2**63), "-1.00", "0.00"):
        hana.post(address, 422, **(price | {"pence": typed}))
    for days in ("-1", "731", "9" * 12, "1.5"):
        hana.post(address, 422, **(price | {"credit_days": days}))
    for share in ("101", "-1", "100.01", "1e2"):
        hana.post(address, 422, **(price | {"vat": share}))
    retention = price | {"model": "retention", "share": "50.01"}
    assert "at most 50%" in readable(hana.post(address, 422, **retention).text)
    assert world.rows(Price) == []
    hana.post(address, **price)


def test_a_price_ends_and_another_follows_it(world: World, browse) -> None:
    price_id = a_price(world)
    hana = browse("hana")
    hana.get(f"/money/prices/{price_id}/end")
    early = {"ends_on": "2026-11-01", "_version": "1"}
    answer = hana.post(f"/money/prices/{price_id}/end", 422, **early)
    assert "This is before the start on 2 Nov 2026" in readable(answer.text)
    page = hana.follow(f"/money/prices/{price_id}/end", ends_on="2026-11-30", _version="1")
    assert "30 Nov 2026" in page
    hana.post(f"/money/prices/{price_id}/end", 409, ends_on="2026-12-01", _version="1")
    browse("eve").post(f"/money/prices/{price_id}/end", 403, ends_on="2026-12-01", _version="2")
    a_price(world, starts_on=date(2026, 12, 1), pence=130_000)
    assert "£1,300.00" in hana.get("/money/prices")
    into = {"ends_on": "2026-12-01", "_version": "2"}
    answer = readable(hana.post(f"/money/prices/{price_id}/end", 422, **into).text)
    assert "of £1,300.00 from 1 Dec 2026 on holds then already" in answer


def test_a_milestone_is_agreed_shown_and_certified_by_the_council_alone(
    world: World, browse
) -> None:
    hana, paula = browse("hana"), browse("paula")
    assert "No milestone" in hana.get("/money/milestones")
    address = f"/money/milestones/{world.lot()}/new"
    hana.get(address)
    terms = {
        "title": "Exit accepted",
        "clause": "Schedule 4, 6.3",
        "due_on": "2026-11-18",
        "pence": "20,000.00",
        "vat": "20",
        "releases": "yes",
    }
    answer = hana.post(address, 422, **(terms | {"due_on": "2027-06-01"}))
    assert "The contract runs from" in readable(answer.text)
    assert "2 days late" in readable(hana.follow(address, **terms))
    [one] = world.rows(Milestone)
    certify = f"/money/milestones/{one.id}/certify"
    certificate = {"achieved_on": "2026-11-19", "certificate": "Walked through", "_version": "1"}
    assert "has not said yet" in hana.post(certify, 409, **certificate).text
    paula.get(f"/money/milestones/{one.id}/evidence")
    shown = {"evidence": "The accepted list", "_version": "1"}
    assert "The accepted list" in paula.follow(f"/money/milestones/{one.id}/evidence", **shown)
    paula.post(certify, 403, **certificate)
    hana.get(certify)
    answer = hana.post(certify, 422, **(certificate | {"achieved_on": "2026-11-21"}))
    assert "has not come yet" in readable(answer.text)
    page = readable(hana.follow(certify, **(certificate | {"_version": "2"})))
    assert "Achieved 19 Nov 2026 1 day late Certified by Hana Lowe" in page
    paula.post(f"/money/milestones/{one.id}/evidence", 409, **(shown | {"_version": "3"}))


def test_no_cost_is_shown_without_quality_beside_it(world: World, browse) -> None:
    assert "No cost to show yet" in browse("carl").get("/money/value")
    a_cost(world, 800_000)
    a_cost(world, 400_000, week=1)
    for day in (4, 5, 12):
        a_cleared_case(world, on=date(2026, 11, day))
    a_price(world, PriceModel.HIRE, 50_000, band=Post.SOCIAL_WORKER, full_minutes=444)
    # Beside them a signed week without a cost, and a costed one that nobody signed.
    for day in (date(2026, 11, 4), date(2026, 11, 18)):
        a_signed_day(world, day)
    december(world)
    with world.setting_up() as uow:
        value.load_all(uow)
    page = readable(browse("hana").get("/money/value"))
    assert "North – £4,000.00 3 of them" in page
    assert "0 of 3" in page
    assert "£4,000.00 3 of them £5,600.00" not in page
    assert "1 £500.00 £8,000.00 £7,500.00 more" in page
    page = readable(browse("carl").get("/money/value"))
    assert "North – £4,000.00 3 of them" in page
    assert "– c" in page
    browse("dina").get("/money/value", 403)


def test_what_weeks_bought_is_counted_again_for_late_entries(world: World) -> None:
    a_cleared_case(world, on=date(2026, 11, 12))
    with world.setting_up() as uow:
        value.load_all(uow)
    a_cleared_case(world, on=date(2026, 11, 5))
    with world.database.work(everywhere(world.database)) as uow:
        value.count(uow)
    counts = {one.week_ending: one.cleared for one in world.rows(value.WeekBought)}
    assert counts == {date(2026, 11, 6): 1, date(2026, 11, 13): 1}


def test_money_between_the_two_sides_is_for_those_who_answer_for_it() -> None:
    for act in (Act.PRICE_SET, Act.MILESTONE_CERTIFY, Act.INVOICE_ACCEPT, Act.INVOICE_PAY):
        assert GRANTED[act] == {Role.COUNCIL_PROJECT_MANAGER}
    for act in (Act.INVOICE_DRAFT, Act.INVOICE_ISSUE, Act.INVOICE_REPLY, Act.MILESTONE_EVIDENCE):
        assert GRANTED[act] == {Role.AGENCY_PROJECT_MANAGER}
    for act in (Act.PRICE_PARTS, Act.INVOICE_ITEMS):
        assert Role.COMMISSIONER not in GRANTED[act]


def test_a_milestone_of_another_contract_is_not_there(world: World, browse) -> None:
    milestone_id = a_milestone(world, "Moor")
    browse("hana").post(
        f"/money/milestones/{milestone_id}/certify", 404, achieved_on="2026-11-19", certificate="x"
    )
