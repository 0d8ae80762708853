"""Two weeks after a handover the council says whether it stuck."""

from datetime import timedelta

from app.agreements.check_backs import queries
from app.agreements.check_backs.models import CheckBack
from app.agreements.handovers.models import Handover
from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from tests.browse import readable
from tests.makers_agreements import a_handed_over_case
from tests.world import TODAY, MovingClock, World

FINE = {"allocated": "yes", "seen_on": "25/11/2026", "returned": "no"}


def test_a_check_is_due_after_two_weeks_and_is_done_once(
    world: World, browse, clock: MovingClock
) -> None:
    case_id = a_handed_over_case(world)
    assert "Nothing is due" in browse("dina").get("/handovers/checks")
    clock.move(days=14)
    assert "1 handover to look at" in readable(browse("dina").get("/handovers/checks"))
    clock.move(days=1)
    dina = browse("dina")
    assert "Overdue" in dina.get("/handovers/checks")
    assert "Jo Lane" in dina.get(f"/cases/{case_id}/handover/check")
    page = readable(dina.follow(f"/cases/{case_id}/handover/check", **FINE))
    assert "Nothing is due" in page
    assert "Yes 25 Nov 2026 No" in page
    dina.post(f"/cases/{case_id}/handover/check", 409, **FINE)
    (found,) = world.rows(CheckBack)
    assert (found.allocated, found.returned, found.checked_by) == (True, False, world.user("dina"))
    assert world.rows(Handover)[0].check_due_on is None
    with world.acting("hana") as uow:
        lots = queries.checks_of(uow, TODAY, TODAY + timedelta(days=1))
    assert [(one.lot, one.accepted, one.checked, one.seen, one.returned) for one in lots] == [
        ("North", 1, 1, 1, 0)
    ]


def test_what_cannot_be_is_shown_again(world: World, browse, clock: MovingClock) -> None:
    case_id = a_handed_over_case(world)
    clock.move(days=14)
    address, dina = f"/cases/{case_id}/handover/check", browse("dina")
    for wrong, field in (
        ({"seen_on": "19/11/2026"}, "seen_on"),
        ({"seen_on": "25/12/2026"}, "seen_on"),
        ({"allocated": "no"}, "note"),
        ({"allocated": ""}, "allocated"),
    ):
        assert f'href="#{field}"' in dina.post(address, 422, **FINE | wrong).text
    with world.acting("dina") as uow:
        reopening.reopen(uow, case_id, ReopenReason.HANDOVER_RETURNED)
    assert "Reopened" in dina.get("/handovers/checks")
    assert 'href="#returned"' in dina.post(address, 422, **FINE).text
    dina.post(address, **FINE | {"returned": "yes", "seen_on": ""})
    assert world.rows(CheckBack)[0].returned


def test_others_cannot_say_whether_it_stuck(world: World, browse) -> None:
    case_id = a_handed_over_case(world)
    for who, status in (("tess", 403), ("paula", 403), ("priya", 403), ("omar", 404)):
        browse(who).post(f"/cases/{case_id}/handover/check", status, **FINE)
    assert "Nothing is due" in browse("tess").get("/handovers/checks")
    browse("carl").get("/handovers/checks", 403)
