"""Deputies of a District Manager: named with dates, they see the lot and decide themselves."""

from datetime import timedelta

from app.access.models import Deputy
from app.agreements.proposals.models import Proposal
from app.contract import queries as contract
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers_agreements import a_proposal
from tests.world import TODAY, World


def answers(world: World, **other: object) -> dict[str, object]:
    values: dict[str, object] = {
        "lot_id": world.lot(),
        "user_id": world.user("omar"),
        "starts_on": TODAY.isoformat(),
        "ends_on": (TODAY + timedelta(days=4)).isoformat(),
        "away": "yes",
    }
    return values | other


def deciding(world: World, days: int = 0) -> list[tuple[str, bool, bool]]:
    with world.acting("tess") as uow:
        found = contract.deciders(uow, world.lot(), TODAY + timedelta(days=days))
    return [(one.name, one.is_deputy, one.is_away) for one in found]


def test_a_deputy_sees_the_lot_and_decides_in_their_own_name_while_the_cover_lasts(
    world: World, browse
) -> None:
    proposal_id = a_proposal(world)
    shown = {"text_hash": world.row(Proposal, proposal_id).text_hash}
    browse("omar").post(f"/agreements/{proposal_id}/agree", 404, **shown)
    assert deciding(world) == [("Dina Ferris", False, False)]

    page = browse("dina").follow("/deputies", **answers(world))
    assert "Omar Field (deputy)" in readable(page)
    assert deciding(world) == [("Dina Ferris", False, True), ("Omar Field", True, False)]
    assert deciding(world, days=5) == [("Dina Ferris", False, False)]
    assert world.user("omar") in {one.to_user_id for one in world.rows(OutboxMessage)}

    browse("omar").post(f"/agreements/{proposal_id}/agree", **shown)
    assert world.row(Proposal, proposal_id).decided_by == world.user("omar")
    world.clock.move(days=5)
    browse("omar").get(f"/agreements/{proposal_id}", 404)


def test_a_cover_that_is_ended_ends_what_the_deputy_sees(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    browse("hana").post("/deputies", **answers(world, away=""))
    assert deciding(world) == [("Dina Ferris", False, False), ("Omar Field", True, False)]
    omar = browse("omar")
    omar.get(f"/agreements/{proposal_id}")
    cover = world.rows(Deputy)[0].id
    browse("dina").post(f"/deputies/{cover}/end")
    omar.get(f"/agreements/{proposal_id}", 404)
    assert "ended already" in readable(browse("dina").post(f"/deputies/{cover}/end", 409).text)
    assert deciding(world) == [("Dina Ferris", False, False)]


def test_who_is_named_and_until_when_is_checked_and_shown_again(world: World, browse) -> None:
    dina = browse("dina")
    yesterday, far = TODAY - timedelta(days=1), TODAY + timedelta(days=400)
    for other, words in (
        ({"user_id": world.user("dina")}, "This is the lot"),
        ({"user_id": world.user("tess")}, "Choose a District Manager of the council"),
        ({"starts_on": yesterday.isoformat()}, "is in the past"),
        ({"ends_on": yesterday.isoformat()}, "so it ends later"),
        ({"ends_on": far.isoformat()}, "at most a year"),
    ):
        assert words in readable(dina.post("/deputies", 422, **answers(world, **other)).text)
    assert world.rows(Deputy) == []


def test_only_the_lots_district_manager_and_the_project_manager_of_the_council_name_deputies(
    world: World, browse
) -> None:
    for who, status in (("tess", 403), ("priya", 403), ("paula", 403), ("omar", 404)):
        browse(who).post("/deputies", status, **answers(world))
    browse("dina").post("/deputies", **answers(world))
    again = answers(world, user_id=world.user("dina"))
    browse("omar").post("/deputies", 409, **again)
    assert len(world.rows(Deputy)) == 1
    assert "Omar Field" in browse("tess").get("/deputies")
