"""Re-referrals after a closure, and whether speed costs quality."""

from datetime import date, timedelta

from app.access.actor import Actor
from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.agreements.watch.models import ReReferral, WatchedList
from app.cases.assessments import service as assessments
from app.cases.register.models import Case
from app.performance.measures.service import read_due
from tests.browse import readable
from tests.makers import a_submitted_case
from tests.makers_agreements import a_closed_case, a_handed_over_case
from tests.makers_delivery import a_cleared_case
from tests.makers_imports import an_importer, plain
from tests.world import TODAY, World


def test_a_later_list_tells_which_closed_children_came_back(world: World, browse) -> None:
    case_id = a_closed_case(world)
    reference = world.row(Case, case_id).reference
    handed = world.row(Case, a_handed_over_case(world)).reference
    for _ in range(10):
        a_cleared_case(world)
    world.clock.move(days=95)
    on = TODAY + timedelta(days=95)
    back = TODAY + timedelta(days=12)
    lists = an_importer(world, browse)
    content = plain(
        [reference, f"{back:%d/%m/%Y}", "", 7, ""],
        [handed, f"{back:%d/%m/%Y}", "", 7, ""],
        ["C900", f"{back:%d/%m/%Y}", "", 7, ""],
    )
    batch = lists.take(content, listed_on=on.isoformat())
    [row] = world.rows(ReReferral)
    assert (row.case_id, row.closed_on, row.referred_on) == (case_id, TODAY, back)
    page = readable(browse("dina").get("/progress/re-referrals"))
    assert "1 of 11 9.1%, 1.6 to 37.7" in page
    assert f"{reference} 20 Nov 2026 2 Dec 2026 12" in page
    hidden = readable(browse("carl").get("/progress/re-referrals"))
    assert "c of 11" in hidden
    assert reference not in hidden
    browse("paula").post(f"/imports/{batch.id}/undo")
    lists.settled(batch.id)
    assert world.rows(ReReferral) == world.rows(WatchedList) == []
    browse("priya").get("/progress/re-referrals", 403)


def test_without_a_later_list_nothing_was_watched(world: World, browse) -> None:
    a_closed_case(world)
    assert "No later list yet" in browse("tess").get("/progress/re-referrals")


def test_what_comes_back_soon_is_set_beside_what_all_lots_do(world: World, browse) -> None:
    assert "No complete period yet" in browse("tess").get("/progress/quality")
    returned, unseen = a_handed_over_case(world), a_submitted_case(world, seen=False)
    with world.acting("tess") as uow:
        assessments.authorise(uow, unseen, accepts_not_seen=True)
    for _ in range(6):
        a_cleared_case(world)
        a_cleared_case(world, "South")
    a_cleared_case(world, on=date(2026, 11, 26))
    world.clock.move(days=7)
    with world.acting("dina") as uow:
        reopening.reopen(uow, returned, ReopenReason.HANDOVER_RETURNED)
    world.clock.move(days=21)
    # In the period that is not over.
    later = a_cleared_case(world)
    with world.acting("dina") as uow:
        reopening.reopen(uow, later, ReopenReason.RE_REFERRAL)
    with world.setting_up() as uow:
        night = Actor.command_line(uow.actor.lot_ids, uow.actor.contract_ids)
    with world.database.work(night) as uow:
        read_due(uow)
    page = readable(browse("hana").get("/progress/quality"))
    assert "North 1 1 1.0 1 As expected" in page
    assert "North 1 8 0.6 2 As expected" in page
    assert "North 1 2" in page
    assert "Never told by worker" in page
    hidden = readable(browse("carl").get("/progress/quality"))
    assert "North c 8" in hidden
    browse("priya").get("/progress/quality", 403)
