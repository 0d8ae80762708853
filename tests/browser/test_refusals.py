"""What people may not do, as they meet it."""

from collections.abc import Callable

import pytest

from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from app.cases.states import CaseState
from tests.browser.casework import open_case, write_plan
from tests.browser.visitor import Visitor
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_handover_to_accept, a_proposal, an_agreed_case
from tests.world import World

Visit = Callable[..., Visitor]
BARRED = {
    "paula": ("/trail", "/users"),
    "tess": ("/imports", "/money", "/users", "/trail"),
    "priya": ("/imports", "/triage", "/people", "/progress", "/scope", "/flags", "/exit"),
    "dina": ("/imports", "/triage", "/money", "/people"),
    "hana": ("/imports", "/triage", "/people", "/users"),
    "carl": ("/cases", "/flags", "/imports", "/scope/cases", "/exit/residual", "/handovers"),
    "alan": ("/cases", "/progress", "/money", "/flags", "/users"),
    "ada": ("/cases", "/progress", "/trail", "/contract", "/flags"),
}


@pytest.mark.parametrize("key", BARRED)
def test_a_role_is_told_that_a_page_is_not_its_own(visit: Visit, key: str):
    person = visit(key)
    for address in BARRED[key]:
        assert person.go(address, status=403).heading == "You cannot do this"
        menu = person.page.get_by_role("navigation", name="Menu")
        assert menu.locator(f"a[href='{address}']").count() == 0


def test_a_case_of_another_lot_looks_like_one_that_does_not_exist(visit: Visit, world: World):
    theirs, held_by_another = a_case(world, "South"), an_allocated_case(world, "pete")
    tess, priya = visit("tess"), visit("priya")
    absent = tess.go("/cases/987654", status=404).words()
    assert tess.go(f"/cases/{theirs}", status=404).words() == absent
    assert tess.go(f"/cases/{held_by_another}").heading.startswith("Case")
    assert priya.go(f"/cases/{held_by_another}", status=404).words() == absent


def test_new_words_after_the_agreement_ask_for_it_again(visit: Visit, world: World):
    case = world.row(Case, an_agreed_case(world))
    priya = open_case(visit("priya"), case.reference).press("Write the outcome plan")
    priya.says("Saving other words takes that back")
    priya.go("/")
    write_plan(priya, case.reference, "Child in need plan", receiving_team_id="North locality")
    assert world.row(Case, case.id).state is CaseState.AUTHORISED
    assert priya.go(f"/cases/{case.id}").offers("Propose the outcome plan")


def test_words_that_changed_while_the_district_manager_read_cannot_be_agreed(
    visit: Visit, world: World
):
    proposal = world.row(Proposal, a_proposal(world))
    case = world.row(Case, proposal.case_id)
    dina = visit("dina").go(f"/agreements/{proposal.id}")
    write_plan(
        visit("priya"), case.reference, "Pre-proceedings", receiving_team_id="North locality"
    )
    dina.press("Agree", status=409)
    assert dina.heading == "This cannot be done now"
    assert world.row(Case, case.id).state is CaseState.AUTHORISED


def test_nobody_of_the_agency_is_offered_the_council_s_decision(visit: Visit, world: World):
    proposal_id = a_proposal(world)
    for key in ("paula", "tess", "priya"):
        person = visit(key).go(f"/agreements/{proposal_id}")
        assert not any(person.offers(name) for name in ("Agree", "Return with points", "Refuse"))


def test_a_practitioner_is_told_no_intake_counted_from_her_own_cases_alone(
    visit: Visit, world: World
):
    a_handover_to_accept(world)
    region = "Receiving teams this week"
    tess, priya = visit("tess").go("/handovers"), visit("priya").go("/handovers")
    assert tess.page.get_by_role("region", name=region).is_visible()
    assert priya.page.get_by_role("region", name=region).count() == 0
    assert priya.page.get_by_role("region", name="Handovers waiting to be accepted").is_visible()


def test_without_signing_in_every_page_leads_to_the_way_in_and_back(
    origin: str, open_window: Callable[..., Visitor]
):
    stranger = open_window(origin).go("/cases")
    assert stranger.path == "/sign-in?next=/cases"
    assert stranger.press("Sign in as Tess Oyelaran").path == "/cases"
    assert stranger.press("Sign out").path == "/sign-in"
    assert stranger.go("/cases").heading == "Sign in"
