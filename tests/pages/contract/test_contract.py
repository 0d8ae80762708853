"""The contract's page, a team's weekly intake and a lot's target."""

from datetime import date

from app.access.models import UserLot
from app.contract import service
from app.contract.models import Lot, ReceivingTeam, Target
from tests.browse import readable
from tests.makers_delivery import a_cleared_case
from tests.work.test_contract import RULES, TERMS
from tests.work.test_contract import TARGET as TERMS_OF_TARGET
from tests.world import World

TARGET = {
    "opening_backlog": "30",
    "starts_on": "2/11/2026",
    "ends_on": "2027-04-30",
    "ramp_weeks": "3",
    "clause": "Schedule 2, 4.2",
}


def test_everything_agreed_stands_on_one_page(world: World, browse) -> None:
    page = readable(browse("tess").get("/contract"))
    for words in (
        "Northshire County Council",
        "2 Nov 2026 to 30 Apr 2027",
        "Within 20 working days",
        "Child and family assessment Referral Authorisation 45",
        "Initial child protection conference Strategy discussion Conference 15",
        "District Manager: Dina Ferris",
        "North locality",
        "Schedule 2, 4.1",
        "From 20 cases on 2 Nov 2026 to 0",
    ):
        assert words in page
    assert "Lot South" not in page
    assert "Change the target" not in page
    with world.setting_up() as uow:
        uow.get(Lot, world.lot()).closed_on = date(2026, 11, 19)
    page = readable(browse("tess").get("/contract"))
    assert "Closed Since 19 Nov 2026: no case enters it." in page


def test_a_contract_set_up_meanwhile_is_named_on_the_pages_of_its_people(
    world: World, browse
) -> None:
    ada = browse("ada")
    assert "Westvale" not in ada.get("/users")
    with world.setting_up() as uow:
        contract_id = service.create_contract(uow, TERMS, RULES)
        lot = service.add_lot(uow, contract_id, "Coast", "", teams=[], target=TERMS_OF_TARGET)
        uow.add(UserLot(user_id=world.user("ada"), lot_id=lot, contract_id=contract_id))
    assert "Northshire, Westvale" in ada.get("/users")


def test_people_of_another_contract_read_theirs_alone(world: World, browse) -> None:
    page = readable(browse("eve").get("/contract"))
    assert "Eastmoor County Council" in page
    assert "Northshire County Council" not in page


def test_a_practitioner_does_not_read_the_contract(world: World, browse) -> None:
    browse("priya").get("/contract", 403)


def test_the_council_changes_how_many_cases_a_team_takes(world: World, browse) -> None:
    address = f"/contract/teams/{world.team()}/intake"
    hana = browse("hana")
    assert 'value="6"' in hana.get(address)
    assert "saved" in hana.follow(address, weekly_intake="9", _version="1")
    assert world.row(ReceivingTeam, world.team()).weekly_intake == 9


def test_an_intake_that_no_team_has_is_shown_again(world: World, browse) -> None:
    address = f"/contract/teams/{world.team()}/intake"
    for typed, words in (("501", "at most 500"), ("-1", "whole number"), ("", "Enter")):
        answer = browse("hana").post(address, 422, weekly_intake=typed, _version="1")
        assert words in readable(answer.text)
    assert world.row(ReceivingTeam, world.team()).weekly_intake == 6


def test_an_intake_that_somebody_else_changed_first_is_not_overwritten(
    world: World, browse
) -> None:
    address = f"/contract/teams/{world.team()}/intake"
    browse("hana").post(address, weekly_intake="9", _version="1")
    answer = browse("hana").post(address, 409, weekly_intake="4", _version="1")
    assert "9" in readable(answer.text)
    assert world.row(ReceivingTeam, world.team()).weekly_intake == 9


def test_only_the_council_project_manager_changes_the_contract(world: World, browse) -> None:
    for address in (
        f"/contract/teams/{world.team()}/intake",
        f"/contract/lots/{world.lot()}/target",
    ):
        for key in ("paula", "tess", "dina", "carl"):
            browse(key).get(address, 403)
            browse(key).post(address, 403, **TARGET)
        browse().get(address, 303)
    for address in (
        f"/contract/teams/{world.team('Moor locality')}/intake",
        f"/contract/lots/{world.lot('Moor')}/target",
    ):
        browse("hana").get(address, 404)
    browse("hana").post(f"/contract/lots/{world.lot('Moor')}/target", 404, **TARGET)


def test_a_target_is_changed_with_its_clause(world: World, browse) -> None:
    hana = browse("hana")
    address = f"/contract/lots/{world.lot()}/target"
    assert "0 cases of this lot are cleared" in readable(hana.get(address))
    assert "From 30 cases" in hana.follow(address, **TARGET, _version="1")
    [target] = world.rows(Target, lot_id=world.lot())
    assert (target.opening_backlog, target.ends_on) == (30, date(2027, 4, 30))
    assert (target.ramp_weeks, target.clause) == (3, "Schedule 2, 4.2")


def test_a_target_below_what_is_cleared_is_refused_with_both_figures(world: World, browse) -> None:
    a_cleared_case(world)
    a_cleared_case(world)
    address = f"/contract/lots/{world.lot()}/target"
    answer = browse("hana").post(address, 422, **TARGET | {"opening_backlog": "1"}, _version="1")
    assert "2 cases of this lot are cleared and still so, more than the 1 of" in readable(
        answer.text
    )
    assert 'value="2027-04-30"' in answer.text


def test_a_target_that_somebody_else_changed_first_shows_both(world: World, browse) -> None:
    address = f"/contract/lots/{world.lot()}/target"
    browse("hana").post(address, **TARGET, _version="1")
    answer = browse("hana").post(address, 409, **TARGET | {"opening_backlog": "44"}, _version="1")
    page = readable(answer.text)
    assert "44" in page
    assert "Opening backlog" in page
    [target] = world.rows(Target, lot_id=world.lot())
    assert target.opening_backlog == 30


def test_a_clause_longer_than_its_column_is_shown_again(world: World, browse) -> None:
    address = f"/contract/lots/{world.lot()}/target"
    answer = browse("hana").post(address, 422, **TARGET | {"clause": "x" * 41}, _version="1")
    assert "Clause must be 40 characters or fewer" in readable(answer.text)
