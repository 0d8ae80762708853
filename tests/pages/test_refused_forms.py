"""A form of delivery that could only be refused says why at once, and nothing leads to it."""

from app.finance.invoices.models import InvoiceLine
from app.performance.options.models import OptionPeriod
from app.reports.meetings.models import ContractMeeting, MeetingAction
from app.reports.packs import service as packs
from tests.browse import readable
from tests.makers_invoicing import a_milestone, an_invoice
from tests.makers_packs import a_pack
from tests.makers_reports import rows_of_reports
from tests.makers_service_levels import a_failure, rows_of_service_levels
from tests.world import World

PLAN = {"cause": "Two left", "steps": "Two come", "owner": "Paula Marsh", "due_on": "1/2/2027"}


def test_a_failure_is_planned_decided_and_waived_only_while_that_is_open(
    world: World, browse
) -> None:
    credit = {"credit_pence": 50_000, "cap_pence": 100_000}
    address = f"/service-levels/failures/{a_failure(world, **credit)}"
    paula, hana = browse("paula"), browse("hana")
    assert "No plan waits" in hana.get(f"{address}/decide", 409)
    paula.post(f"{address}/plan", **PLAN)
    assert "The last plan waits" in paula.get(f"{address}/plan", 409)
    hana.post(f"{address}/decide", number="1", decision="accepted")
    assert "has accepted a plan" in paula.get(f"{address}/plan", 409)
    hana.post(f"{address}/waive", reason="The council was late")
    assert "waived already" in hana.get(f"{address}/waive", 409)
    hana.post(f"{address}/close")
    assert "This failure is closed." in paula.get(f"{address}/plan", 409)
    for reader in (paula, hana):
        shown = reader.get(address)
        assert not [act for act in ("plan", "decide", "waive") if f"{address}/{act}" in shown]


def test_an_option_is_decided_until_its_day(world: World, browse) -> None:
    rows_of_service_levels(world)
    [option] = world.rows(OptionPeriod)
    address = f"/contract/options/{option.id}"
    assert "Decide on the option" in browse("hana").get(address)
    world.clock.move(days=1)
    assert "has lapsed" in browse("hana").get(address, 409)


def test_a_milestone_is_certified_once_and_on_evidence(world: World, browse) -> None:
    address = f"/money/milestones/{a_milestone(world)}"
    paula, hana = browse("paula"), browse("hana")
    assert "has not said yet" in readable(hana.get(f"{address}/certify", 409))
    paula.post(f"{address}/evidence", evidence="The burn-down", _version="1")
    certificate = {"achieved_on": "2026-11-20", "certificate": "Counted", "_version": "2"}
    hana.post(f"{address}/certify", **certificate)
    assert "certified already" in hana.get(f"{address}/certify", 409)
    assert "certified already" in paula.get(f"{address}/evidence", 409)


def test_a_line_is_queried_replied_to_and_settled_in_turn(world: World, browse) -> None:
    an_invoice(world)
    line = f"/money/invoices/lines/{world.rows(InvoiceLine)[0].id}"
    paula, hana = browse("paula"), browse("hana")
    assert "Only a queried line is replied to." in paula.get(f"{line}/reply", 409)
    assert "Only a queried line is settled." in hana.get(f"{line}/settle", 409)
    hana.post(f"{line}/accept", _version="1")
    assert "This line is accepted already." in hana.get(f"{line}/query", 409)


def test_what_is_issued_has_no_form_to_change_it(world: World, browse) -> None:
    ids = rows_of_reports(world)
    paula = browse("paula")
    assert "it stands as it is" in paula.get(f"/commentary/sentences/{ids['sentence_id']}", 409)
    item = f"/meetings/items/{ids['meeting_item_id']}"
    assert "The office move" in browse("hana").get(item)
    with world.setting_up() as uow:
        uow.get(ContractMeeting, ids["contract_meeting_id"]).issued_at = uow.now
    assert "issued" in browse("hana").get(item, 409)


def test_how_an_action_went_is_asked_of_its_own_side_alone(world: World, browse) -> None:
    ids = rows_of_reports(world)
    address = f"/meetings/actions/{ids['meeting_action_id']}"
    for who, status in (("tess", 200), ("hana", 409)):
        meeting = browse(who).get(f"/meetings/{ids['contract_meeting_id']}")
        assert (f'href="{address}"' in meeting) is (status == 200)
        browse(who).get(address, status)
    with world.setting_up() as uow:
        uow.get(MeetingAction, ids["meeting_action_id"]).ended_on = uow.today
    assert "ended already" in browse("tess").get(address, 409)


def test_a_pack_whose_further_issue_is_drafted_leads_to_that_draft(world: World, browse) -> None:
    pack_id = a_pack(world)
    assert f'action="/packs/{pack_id}/again"' in browse("paula").get(f"/packs/{pack_id}")
    with world.acting("paula") as uow:
        draft_id = packs.draft_again(uow, pack_id)
    shown = browse("paula").get(f"/packs/{pack_id}")
    assert f'action="/packs/{pack_id}/again"' not in shown
    assert f'href="/packs/drafts/{draft_id}"' in shown
