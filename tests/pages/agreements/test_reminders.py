"""One digest a day tells whoever decides what waits; chasing stops by itself."""

from datetime import timedelta

from app.agreements.proposals.models import Proposal
from app.agreements.reminders.models import Digest
from app.agreements.reminders.service import send_daily
from app.contract import service as contract
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers_agreements import a_proposal, agree
from tests.world import TODAY, World


def mails(world: World, who: str = "dina") -> list[str]:
    wanted = world.rows(OutboxMessage, to_user_id=world.user(who))
    return [one.subject for one in wanted if "your decision" in one.subject]


def test_a_digest_goes_once_a_day_and_only_for_what_is_new(world: World) -> None:
    assert send_daily(world.database) == 0
    a_proposal(world)
    a_proposal(world)
    assert [send_daily(world.database), send_daily(world.database)] == [1, 0]
    assert mails(world) == ["2 proposals wait for your decision"]
    # A weekend, and a Monday on which nothing is new.
    for _ in range(3):
        world.clock.move(days=1)
        assert send_daily(world.database) == 0
    a_proposal(world)
    world.clock.move(hours=-5)
    assert send_daily(world.database) == 0
    world.clock.move(hours=5)
    assert send_daily(world.database) == 1
    assert mails(world)[-1] == "3 proposals wait for your decision"


def test_chasing_stops_after_three_times_or_with_the_decision(world: World, browse) -> None:
    first = a_proposal(world)
    send_daily(world.database)
    world.clock.move(days=10)
    sent = []
    for _ in range(7):
        sent.append(send_daily(world.database))
        world.clock.move(days=1)
    # From Monday on, three working days; Saturday and Sunday come after.
    assert sent == [1, 1, 1, 0, 0, 0, 0]
    assert world.row(Proposal, first).chased == 3
    assert "Chased 3 times" in readable(browse("tess").get(f"/agreements/{first}"))

    second = a_proposal(world)
    world.clock.move(days=9)
    assert send_daily(world.database) == 1
    agree(world, second)
    world.clock.move(days=1)
    assert send_daily(world.database) == 0
    assert world.rows(Digest)[-1].late == 2


def test_while_she_is_away_her_deputy_has_the_desk(world: World) -> None:
    a_proposal(world)
    with world.acting("dina") as uow:
        until = TODAY + timedelta(days=3)
        contract.name_deputy(uow, world.lot(), world.user("omar"), TODAY, until, away=True)
    assert send_daily(world.database) == 1
    assert (mails(world), len(mails(world, "omar"))) == ([], 1)
