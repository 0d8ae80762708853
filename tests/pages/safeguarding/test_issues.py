"""Unresolved child-protection issues: on the register, covered each night, resolved."""

from app.agreements.closures import queries as closures
from app.cases.register.models import Case
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.flags.models import Flag
from app.safeguarding.issues import queries
from app.safeguarding.issues.models import ProtectionIssue
from app.safeguarding.issues.queries import IssueCounts
from app.safeguarding.proceedings.models import PreProceedings
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_flag, a_handover_to_accept
from tests.makers_safeguarding import an_issue, rows_of_protection
from tests.world import MovingClock, World

SAID = {"trouble": "safety_plan", "action_taken": "Visited with health", "cover": "Duty team"}


def test_an_issue_stands_on_the_register_and_the_district_manager_is_told(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    page = browse("priya").follow(f"/cases/{case_id}/issue", **SAID)
    assert "The issue is on the register." in page
    assert "Covered on 20 Nov 2026 by Duty team" in readable(page)
    issue = world.rows(ProtectionIssue)[0]
    assert (issue.lot_id, issue.raised_by) == (world.lot("North"), world.user("priya"))
    assert issue.told_at == world.clock.now
    told = world.rows(OutboxMessage)
    assert [(one.to_user_id, one.path) for one in told] == [(world.user("dina"), "/unresolved")]
    register = browse("dina").get("/unresolved")
    assert "Duty team" in register
    assert "No working safety plan" in register


def test_an_issue_needs_cover_and_what_was_done(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    page = browse("priya").post(f"/cases/{case_id}/issue", 422, **SAID | {"cover": " "}).text
    assert "Enter who covers tonight." in readable(page)
    page = browse("priya").post(f"/cases/{case_id}/issue", 422, **SAID | {"action_taken": ""}).text
    assert "Enter what was done." in readable(page)
    assert world.rows(ProtectionIssue) == []


def test_cover_runs_out_with_the_night_and_is_named_anew(
    world: World, browse, clock: MovingClock
) -> None:
    case_id = an_allocated_case(world)
    issue_id = an_issue(world, case_id)
    clock.move(days=1)
    dina = browse("dina")
    assert "Only until 20 Nov 2026" in dina.get("/unresolved")
    with world.acting("dina") as uow:
        assert queries.count_unresolved(uow) == IssueCounts(unresolved=1, uncovered=1)
    form = dina.get(f"/unresolved/{issue_id}/cover")
    assert "Emergency duty team" in form
    sent = {"action_taken": "Seen tonight", "cover": "Night desk"}
    assert "Cover for tonight is named." in dina.follow(
        f"/unresolved/{issue_id}/cover", _version="1", **sent
    )
    dina.post(f"/unresolved/{issue_id}/cover", 409, _version="1", **sent)
    with world.acting("dina") as uow:
        assert queries.count_unresolved(uow) == IssueCounts(unresolved=1, uncovered=0)


def test_an_issue_stops_handover_and_closure_until_it_is_resolved(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    issue_id = an_issue(world, case_id)
    dina = browse("dina")
    refused = dina.post(f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane")
    assert "child-protection issue is unresolved" in refused.text
    with world.acting("tess") as uow:
        assert closures.for_case(uow, case_id) == []
    page = dina.follow(f"/unresolved/{issue_id}/resolve", answer="safe", note="Safe plan")
    assert "The child is safe; the risk has gone" in readable(page)
    assert (
        "already resolved" in dina.post(f"/unresolved/{issue_id}/resolve", 409, answer="safe").text
    )
    dina.post(f"/unresolved/{issue_id}/cover", 409, _version="2", action_taken="x", cover="y")
    assert "Resolved by Dina" in readable(dina.get(f"/unresolved/{issue_id}/resolve"))
    dina.post(f"/cases/{case_id}/handover/accept", receiving_worker="Jo Lane")


def test_supervision_reads_what_is_unresolved_of_a_worker_or_of_cases(world: World) -> None:
    mine, theirs = an_allocated_case(world), an_allocated_case(world, to="pete")
    an_issue(world, mine)
    an_issue(world, theirs, by="tess")
    with world.acting("tess") as uow:
        of_priya = queries.unresolved(uow, practitioner_id=world.practitioner("priya"))
        assert [one.case_id for one in of_priya] == [mine]
        assert [one.case_id for one in queries.unresolved(uow, case_ids=[theirs])] == [theirs]
        assert len(queries.unresolved(uow)) == 2
    with world.acting("priya") as uow:
        assert [one.case_id for one in queries.unresolved(uow)] == [mine]


def test_nobody_raises_an_issue_on_a_case_they_cannot_see(world: World, browse) -> None:
    elsewhere = a_case(world, "South")
    browse("tess").post(f"/cases/{elsewhere}/issue", 404, **SAID)
    browse("paula").post(f"/cases/{elsewhere}/issue", 403, **SAID)
    assert world.rows(ProtectionIssue) == []


def test_all_that_runs_for_a_child_goes_to_another_lot_with_its_case(world: World, browse) -> None:
    made = rows_of_protection(world, "Mid")
    case_id = world.row(ProtectionIssue, made["issue_id"]).case_id
    a_flag(world, world.row(Case, case_id).reference, "tess")
    browse("paula").post(f"/cases/{case_id}/transfer", lot_id=world.lot("South"))
    for model in (Flag, ProtectionIssue, Enquiry, PreProceedings):
        assert [row.lot_id for row in world.rows(model)] == [world.lot("South")], model
    home = readable(browse("omar").get("/"))
    assert "Flags not acknowledged 1" in home
    assert "Unresolved protection issues 1" in home
    assert "Flags not acknowledged 0" in readable(browse("dina").get("/"))
