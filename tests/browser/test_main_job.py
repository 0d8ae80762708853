"""The main job, from the council's list to the end of a case, by the people whose job it is."""

from collections.abc import Callable
from typing import Any

import pytest

from app.cases.register.models import Case
from app.cases.states import CaseState
from app.plans.rules import Outcome
from tests.browser.casework import (
    agree,
    allocate,
    assess,
    authorise,
    close,
    confirm_list,
    open_case,
    propose,
    send_list,
    submit,
    term,
    write_closure,
    write_plan,
)
from tests.browser.visitor import Visitor
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import an_agreed_case
from tests.world import World

Visit = Callable[..., Visitor]
REFERENCE = "7710041"
PHONE = {"width": 390, "height": 844}


def test_a_list_is_counted_imported_once_and_found_unchanged_when_it_comes_again(visit: Visit):
    paula = send_list(visit("paula"))
    rows, new = paula.figure("Rows read"), paula.figure("New")
    assert rows == new + paula.figure("Unchanged") + paula.figure("Refused")
    assert new > 30
    confirm_list(paula)
    assert (paula.figure("New"), paula.figure("Changed")) == (new, 0)
    send_list(paula)
    assert (paula.figure("New"), paula.figure("Changed")) == (0, 0)
    assert paula.figure("Unchanged") == rows


def test_a_case_goes_from_the_council_list_to_its_closing_and_back_again(visit: Visit):
    paula = confirm_list(send_list(visit("paula")))
    paula.go("/scope").press("Freeze the opening list of North")
    opening = term(paula, "+ Opening list")
    tess, priya, dina, tom = visit("tess"), visit("priya"), visit("dina"), visit("tom")

    allocate(tess, REFERENCE, to="Priya Nair")
    assess(priya, REFERENCE)
    open_case(tess, REFERENCE).press("Return the assessment")
    tess.fill(reason="Partners’ information is missing", points="Say what the school told you.")
    tess.press("Return to the practitioner")
    assert "Say what the school told you." in priya.go("/").words()
    submit(priya, REFERENCE)
    authorise(tom, REFERENCE)

    write_plan(priya, REFERENCE, "Close with no further action")
    write_closure(tess, REFERENCE)
    propose(priya, REFERENCE)
    agree(dina, REFERENCE)

    open_case(tess, REFERENCE).press("Check the gate and close")
    tess.says("Whoever wrote a closure cannot also close the case.")
    assert not tess.offers("Close the case")
    close(tom, REFERENCE)
    assert paula.go("/progress").figure("Cleared") == 1
    assert paula.figure("Open") == opening - 1
    assert term(paula, "− Cleared") == 1

    open_case(tess, REFERENCE).press("Reopen")
    tess.fill(reason="Referred again").press("Reopen the case")
    assert term(paula, "+ Reopened") == 1
    assert paula.go("/progress").figure("Open") == opening


def test_on_telephones_a_case_is_taken_up_and_handed_over_once_the_council_accepts_it(
    visit: Visit, world: World
):
    case = world.row(Case, a_case(world))
    people = ("tess", "tom", "priya", "dina")
    tess, tom, priya, dina = (visit(who, viewport=PHONE) for who in people)
    allocate(tess, case.reference, to="Priya Nair")
    assess(priya, case.reference)
    authorise(tom, case.reference)
    write_plan(priya, case.reference, "Child in need plan", receiving_team_id="North locality")
    propose(priya, case.reference)
    agree(dina, case.reference)
    dina.go(f"/cases/{case.id}/handover")
    assert not dina.offers("Accept the handover")

    open_case(priya, case.reference).press("Prepare the handover")
    priya.fill(chronology_current_on="2026-11-19", family_told_on="2026-11-19")
    priya.press("Save checklist")
    assert not priya.offers("Accept the handover")
    priya.fill(asked_of="Ann Field").press("Request the handover")
    dina.go("/handovers").press(f"Open the handover of {case.reference}")
    dina.fill(receiving_worker="Jo Lane").press("Accept the handover")
    assert world.row(Case, case.id).state is CaseState.HANDED_OVER
    assert term(dina, "− Cleared") == 1


def test_an_inappropriate_case_goes_back_to_the_council_without_an_assessment(
    visit: Visit, world: World
):
    case = world.row(Case, an_allocated_case(world))
    priya, dina = visit("priya"), visit("dina")
    open_case(priya, case.reference).press("Hand back: not for the project")
    priya.fill(
        reason="The child lives in another area",
        evidence="The school names an address in the next county.",
        advice="The other authority was told",
    )
    priya.press("Propose to hand it back")
    dina.go("/agreements").press(case.reference)
    dina.fill(reply="The council takes it from here").press("Agree and take the case back")
    dina.says("The proposal is agreed")
    assert world.row(Case, case.id).state is CaseState.HANDED_BACK
    assert term(dina, "− Handed back") == 1


@pytest.mark.parametrize("width", [1366, 390])
def test_a_flag_stops_a_closing_until_the_district_manager_deals_with_it(
    visit: Visit, world: World, width: int
):
    case = world.row(Case, an_agreed_case(world, Outcome.CLOSE_NFA))
    seen = {"viewport": PHONE | {"width": width}}
    priya, dina, tess = (visit(who, **seen) for who in ("priya", "dina", "tess"))
    raise_flag(priya, case.reference)
    assert dina.go("/").figure("Flags not acknowledged") == 1
    tess.go(f"/cases/{case.id}/close").says("Not met")
    assert not tess.offers("Close the case")

    dina.go("/flags").press(f"Acknowledge flag 1 on {case.reference}")
    assert dina.go("/").figure("Flags not acknowledged") == 0
    tess.go(f"/cases/{case.id}/close").says("Not met")
    dina.go("/flags").press(f"Resolve flag 1 on {case.reference}")
    dina.fill(resolution="Seen today; the worry was a misunderstanding.").press("Resolve the flag")
    close(tess, case.reference)


def raise_flag(worker: Visitor, reference: str, **more: Any) -> None:
    worker.go("/").press("Raise a safeguarding flag")
    worker.fill(reference=reference, concern="Neglect", **more).press("Raise the flag")
    worker.says("Your flag is raised")
