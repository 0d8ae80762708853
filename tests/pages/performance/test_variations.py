"""The register of variations and extensions, and progress against both targets."""

from datetime import date, timedelta

from app.access.models import UserLot
from app.contract.models import Contract, Target
from app.finance.prices.models import Price
from app.kernel.days import show_date
from app.performance.service_levels.models import ServiceLevelTerms
from app.performance.variations.models import TargetVersion, Variation
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_cleared_case
from tests.makers_invoicing import a_milestone, a_price
from tests.makers_service_levels import a_level
from tests.world import World

SAID = {
    "kind": "extension",
    "title": "Eight more weeks for North",
    "clause": "CCN 1",
    "agreed_on": "19/11/2026",
    "reason": "More cases came than were listed",
    "contract_ends_on": "25/6/2027",
}


def test_a_change_is_written_down_and_progress_stands_against_both_targets(
    world: World, browse
) -> None:
    for _ in range(3):
        a_case(world)
    hana, lot = browse("hana"), world.lot()
    assert "Against the original" not in hana.get("/progress")
    address = f"/contract/{world.contract()}/variations"
    assert "No variation" in hana.get(address)
    more = {"lot_id": lot, "opening_backlog": "32", "target_ends_on": "28/5/2027"}
    page = readable(hana.follow(f"{address}/new", **SAID | more))
    assert "Extension: Eight more weeks for North 19 Nov 2026 CCN 1" in page
    assert "Ends on 25 Jun 2027 instead of 30 Apr 2027. North: 32 cases by 28 May 2027." in page
    assert world.row(Contract, world.contract()).ends_on == date(2027, 6, 25)
    [target] = world.rows(Target, lot_id=lot)
    assert (target.opening_backlog, target.ends_on, target.clause) == (
        32,
        date(2027, 5, 28),
        "CCN 1",
    )
    again = {"kind": "variation", "contract_ends_on": "", "opening_backlog": "30"}
    hana.post(f"{address}/new", **SAID | more | again)
    versions = world.rows(TargetVersion, lot_id=lot)
    assert [one.opening_backlog for one in versions] == [20, 32, 30]
    assert [one.number for one in world.rows(Variation)] == [1, 2]
    page = readable(browse("carl").get("/progress"))
    assert "Against the original target, beside the varied one" in page
    assert "North 3 18 −15 27 −24" in page


def test_a_target_set_anew_without_a_variation_stands_beside_what_the_lot_began_with(
    world: World, browse
) -> None:
    a_case(world)
    hana, address = browse("hana"), f"/contract/lots/{world.lot()}/target"
    [target] = world.rows(Target, lot_id=world.lot())
    began = {"starts_on": show_date(target.starts_on), "ends_on": show_date(target.ends_on)}
    same = began | {"ramp_weeks": str(target.ramp_weeks), "clause": target.clause}
    hana.post(address, opening_backlog="20", **same, _version=str(target.version))
    assert world.rows(TargetVersion) == []
    [target] = world.rows(Target, lot_id=world.lot())
    for cases in ("40", "50"):
        hana.post(address, opening_backlog=cases, **began, _version=str(target.version))
        [target] = world.rows(Target, lot_id=world.lot())
    [original] = world.rows(TargetVersion)
    assert (original.opening_backlog, original.variation_id) == (20, None)
    page = readable(browse("carl").get("/progress"))
    assert "Against the original target, beside the varied one" in page
    assert "North 1 18 −17 43 −42" in page


def test_a_target_that_has_not_begun_is_set_anew_and_nothing_is_kept(world: World, browse) -> None:
    world.clock.move(days=-60)
    [target] = world.rows(Target, lot_id=world.lot())
    began = {"starts_on": show_date(target.starts_on), "ends_on": show_date(target.ends_on)}
    address = f"/contract/lots/{world.lot()}/target"
    browse("hana").post(address, opening_backlog="40", **began, _version="1")
    assert world.rows(TargetVersion) == []


def test_a_change_that_cannot_be_meant_is_shown_again(world: World, browse) -> None:
    hana, address = browse("hana"), f"/contract/{world.contract()}/variations/new"
    a_cleared_case(world)
    for wrong, words in (
        ({"agreed_on": "21/11/2026"}, "has not come yet"),
        ({"contract_ends_on": ""}, "says when the contract then ends"),
        ({"contract_ends_on": "30/4/2027"}, "already"),
        ({"opening_backlog": "30"}, "Choose the lot"),
        ({"lot_id": world.lot(), "opening_backlog": "30"}, "a number of cases and a day"),
        ({"lot_id": world.lot(), "target_ends_on": "28/5/2027"}, "a number of cases and a day"),
        (
            {"lot_id": world.lot(), "opening_backlog": "0", "target_ends_on": "28/5/2027"},
            "1 cases of this lot are cleared",
        ),
        ({"kind": "variation", "contract_ends_on": "1/11/2026"}, "agreed on 19 Nov 2026 only"),
    ):
        assert words in readable(hana.post(address, 422, **SAID | wrong).text), wrong
    with world.setting_up() as uow:
        moor = {"lot_id": world.lot("Moor"), "contract_id": world.contract("Eastmoor")}
        uow.add(UserLot(user_id=world.user("hana"), **moor))
    other = {"lot_id": world.lot("Moor"), "opening_backlog": "9", "target_ends_on": "28/5/2027"}
    answer = browse("hana").post(address, 422, **SAID | other)
    assert "Choose a lot of this contract" in readable(answer.text)
    assert world.rows(Variation) == world.rows(TargetVersion) == []


def test_a_contract_ends_no_earlier_than_its_lots_are_to_be_cleared(world: World, browse) -> None:
    hana, address = browse("hana"), f"/contract/{world.contract()}/variations/new"
    ends = {one.lot_id: one.ends_on for one in world.rows(Target)}
    last = ends[world.lot("South")]
    before = f"{last - timedelta(days=1):%d/%m/%Y}"
    shorter = SAID | {"kind": "variation", "contract_ends_on": before}
    page = readable(hana.post(address, 422, **shorter).text)
    told = f"South, until {show_date(last)} (changed on the contract’s page)"
    assert f"target of Mid, North, {told}" in page
    moved = {"lot_id": world.lot(), "opening_backlog": "20", "target_ends_on": "1/2/2027"}
    assert f"target of Mid, {told}" in readable(hana.post(address, 422, **shorter | moved).text)
    assert world.rows(Variation) == world.rows(TargetVersion) == []
    assert {one.lot_id: one.ends_on for one in world.rows(Target)} == ends
    hana.post(address, **shorter | {"contract_ends_on": f"{last:%d/%m/%Y}"})
    assert world.row(Contract, world.contract()).ends_on == last


def test_a_target_that_begins_after_a_new_end_is_changed_first_too(world: World, browse) -> None:
    with world.setting_up() as uow:
        for one in world.rows(Target, lot_id=world.lot("South")):
            uow.get(Target, one.id).starts_on = date(2027, 2, 1)
    shorter = SAID | {"kind": "variation", "contract_ends_on": "15/1/2027", "stays": "yes"}
    address = f"/contract/{world.contract()}/variations/new"
    page = readable(browse("hana").post(address, 422, **shorter).text)
    assert "South, until 26 Mar 2027 (changed on the contract’s page)" in page


def test_a_contract_ends_before_what_is_agreed_for_later_only_once_that_is_changed(
    world: World, browse
) -> None:
    hana, address = browse("hana"), f"/contract/{world.contract()}/variations/new"
    shorter = SAID | {"kind": "variation", "contract_ends_on": "31/3/2027"}
    a_level(world)
    price_id = a_price(world, ends_on=date(2027, 4, 30))
    page = readable(hana.post(address, 422, **shorter).text)
    assert "Agreed for days after 31 Mar 2027:" in page
    level = "service levels of North, until 30 Apr 2027 (changed on the page of service levels)"
    price = "prices of North, until 30 Apr 2027 (changed on the page of prices)"
    assert level in page
    assert price in page
    with world.setting_up() as uow:
        uow.get(Price, price_id).ends_on = None
        for one in world.rows(ServiceLevelTerms):
            uow.get(ServiceLevelTerms, one.id).ends_on = date(2027, 3, 31)
    hana.post(address, **shorter)
    assert world.row(Contract, world.contract()).ends_on == date(2027, 3, 31)


def test_what_no_page_changes_is_told_before_a_contract_is_made_shorter(
    world: World, browse
) -> None:
    hana, address = browse("hana"), f"/contract/{world.contract()}/variations/new"
    shorter = SAID | {"kind": "variation", "contract_ends_on": "31/3/2027"}
    late = date(2027, 4, 2)
    a_milestone(world, due_on=date(2027, 4, 20))
    a_price(world, starts_on=late)
    page = hana.post(address, 422, **shorter).text
    assert 'id="stays-error"' in page
    told = readable(page)
    assert "milestones of North, until 20 Apr 2027" in told
    assert "prices of North, until 2 Apr 2027" in told
    assert world.row(Contract, world.contract()).ends_on == date(2027, 4, 30)
    hana.post(address, **shorter, stays="yes")
    assert world.row(Contract, world.contract()).ends_on == date(2027, 3, 31)
    hana.post(address, **shorter | {"kind": "extension", "contract_ends_on": "2/4/2027"})


def test_the_budget_of_weeks_past_a_new_end_is_taken_back_first(world: World, browse) -> None:
    hana, address = browse("hana"), f"/contract/{world.contract()}/variations/new"
    shorter = SAID | {"kind": "variation", "contract_ends_on": "31/3/2027", "stays": "yes"}
    # The week in which it ends is its own still.
    weeks = {"lot_id": world.lot(), "first": "29/3/2027", "last": "16/4/2027"}
    hana.post("/money/budget", **weeks, pence="9000")
    told = readable(hana.post(address, 422, **shorter).text)
    assert "budget of North, until 16 Apr 2027 (changed under Money, Plan a budget)" in told
    back = {"first": "3/4/2027", "pence": "0", "reason": "It ends sooner"}
    hana.post("/money/budget", **weeks | back)
    hana.post(address, **shorter)
    assert world.row(Contract, world.contract()).ends_on == date(2027, 3, 31)


def test_a_target_past_the_contract_is_refused_beside_its_own_day(world: World, browse) -> None:
    hana, address = browse("hana"), f"/contract/{world.contract()}/variations/new"
    target = {"kind": "variation", "contract_ends_on": "", "lot_id": world.lot()}
    for day in ("1/1/2040", "1/11/2020"):
        late = target | {"opening_backlog": "30", "target_ends_on": day}
        page = hana.post(address, 422, **SAID | late).text
        assert 'id="target_ends_on-error"' in page


def test_others_read_the_register_and_change_nothing(world: World, browse) -> None:
    address = f"/contract/{world.contract()}/variations"
    for key in ("paula", "carl", "dina"):
        browse(key).get(address)
        browse(key).get(f"{address}/new", 403)
        browse(key).post(f"{address}/new", 403, **SAID)
    browse("priya").get(address, 403)
    browse("eve").get(address, 404)
