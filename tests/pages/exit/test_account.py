"""The final account: what was done, and what could not be proved."""

from datetime import date

from app.access.models import UserLot
from app.exit.account.models import Lesson
from app.people.models import Practitioner
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_budget, a_cleared_case, a_cost
from tests.world import World


def test_the_account_says_what_was_done_and_what_could_not_be_proved(world: World, browse) -> None:
    a_case(world)
    for _ in range(2):
        a_cleared_case(world)
    a_budget(world)
    a_cost(world, 900_000)
    hana, address = browse("hana"), f"/exit/account/{world.contract()}"
    assert address in hana.get("/exit/account")
    page = readable(hana.get(address))
    assert "North 3 0 0 0 2 0 1" in page
    assert "2 cases were cleared and stayed so, for £9,000.00, £4,500.00 each." in page
    for words in (
        "everything here is provisional",
        "1 case is open",
        "The opening list of North was never frozen",
        "No later list of Mid was looked through",
        "not known yet for 2 closures",
        "No cost was recorded for South",
        "has not confirmed that it received the data",
        "No lesson yet",
    ):
        assert words in page, words
    hana.post(f"{address}/lessons", kind="lesson", words="Begin with the receiving teams.")
    paula = browse("paula")
    paula.post(f"{address}/lessons", kind="unproved", words="That fewer children waited.")
    assert "Enter the words" in readable(
        paula.post(f"{address}/lessons", 422, kind="lesson", words=" ").text
    )
    page = readable(paula.get(address))
    assert "Begin with the receiving teams. Council, Hana Lowe" in page
    assert "That fewer children waited. Agency, Paula Marsh" in page
    assert [one.words for one in world.rows(Lesson)][-1] == "That fewer children waited."
    answer = paula.client.get(f"{address}/account.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-1.7")


def test_an_account_tells_of_its_own_contract_alone_and_of_leavers_too(
    world: World, browse
) -> None:
    a_cleared_case(world)
    with world.setting_up() as uow:
        moor = {"lot_id": world.lot("Moor"), "contract_id": world.contract("Eastmoor")}
        uow.add(UserLot(user_id=world.user("hana"), **moor))
        uow.get(Practitioner, world.practitioner("pete")).ends_on = date(2026, 11, 1)
    world.clock.move(days=60)
    workers = [one for one in world.rows(Practitioner) if one.contract_id == world.contract()]
    other = f"/exit/account/{world.contract('Eastmoor')}"
    page = readable(browse("hana").get(f"/exit/account/{world.contract()}"))
    assert f"0 of {len(workers)} workers of the contract stay" in page
    assert "0 of 1 cases cleared in the last complete periods" in page
    assert "Moor" not in page
    page = readable(browse("hana").get(other))
    assert "0 of 0 cases cleared in the last complete periods" in page
    assert "North:" not in page


def test_the_account_is_for_those_who_answer_for_the_contract(world: World, browse) -> None:
    address = f"/exit/account/{world.contract()}"
    for key in ("tess", "dina", "carl", "priya"):
        browse(key).get(address, 403)
        browse(key).get(f"{address}/account.pdf", 403)
        browse(key).post(f"{address}/lessons", 403, kind="lesson", words="Words")
    browse("eve").get(address, 404)
    browse("eve").post(f"{address}/lessons", 404, kind="lesson", words="Words")
