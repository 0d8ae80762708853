"""Packs: drafted, said, issued, read by whom they are for, compared, received, scheduled."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.cases.register.models import Case
from app.cases.scope.models import DailyTotal
from app.cases.scope.rules import Term
from app.exit.residual import service as residual
from app.kernel.acts import Act
from app.performance.measures.rules import Measure
from app.reports.packs import queries, service
from app.reports.packs.models import Pack, PackDraft, PackEdition, PackReceipt, PackSchedule
from app.reports.packs.rules import Kind
from app.reports.sections.rules import Audience
from app.work.models import TrailEntry, View
from app.work.sight import looking_at
from tests.browse import Browse, readable
from tests.makers import a_case, an_allocated_case
from tests.makers_delivery import a_budget, a_cost
from tests.makers_invoicing import an_invoice
from tests.makers_packs import a_draft, a_pack
from tests.makers_reports import a_reading
from tests.makers_service_levels import a_level
from tests.pages.assurance.test_performance_meetings import a_meeting
from tests.world import World

Open = Callable[..., Browse]


def test_a_pack_is_drafted_said_previewed_and_issued_in_sealed_editions(
    world: World, browse: Open
) -> None:
    a_case(world)
    paula = browse("paula")
    drafted = paula.post("/packs/new", contract_id=world.contract(), kind="monthly")
    draft = drafted.headers["location"]
    words = {"remarks": "Two workers started.", "decisions": "Agree a second intake."}
    assert "Two workers started." in paula.follow(draft, _version="1", **words)
    for audience in Audience:
        preview = paula.get(f"{draft}/preview?for={audience.value}")
        assert audience.mark in preview
        assert ("Two workers started. (Paula Marsh)" in preview) is (audience != "public")
        assert ("Agree a second intake." in preview) is (audience != "public")
    part = paula.get(f"{draft}/preview", **{"HX-Request": "true", "HX-Target": "preview"})
    assert part.lstrip().startswith('<div id="preview">')
    paula.get(f"{draft}/issue")
    shown = paula.follow(f"{draft}/issue", _version="2", _key="pressed-twice-1")
    again = paula.follow(f"{draft}/issue", _version="2", _key="pressed-twice-1")
    assert again.split("</main>")[0].split("<main")[1].count("Pack 1: Monthly") == 1
    assert len(world.rows(Pack)) == 1
    assert "Pack 1: Monthly contract review" in shown
    assert "1. About this pack" in shown
    assert {one.audience for one in world.rows(PackEdition)} == set(Audience)
    [entry] = [one for one in world.rows(TrailEntry, act=Act.PACK_ISSUE) if one.subject == "packs"]
    assert entry.actor_id == world.user("paula")
    paula.get(draft, status=404)
    paula.post(f"{draft}/issue", status=404, _version="2")


def test_a_draft_leads_its_readers_only_to_pages_that_they_may_open(
    world: World, browse: Open
) -> None:
    a_case(world)
    draft_id = a_draft(world)
    led = {}
    for key in ("paula", "hana"):
        reader = browse(key)
        content = reader.get(f"/packs/drafts/{draft_id}/preview").split('id="content"')[1]
        led[key] = set(re.findall(r'<a class="govuk-link" href="([^"]+)">', content))
        for address in led[key]:
            reader.get(address)
    people = f"/people?lot={world.lot()}"
    assert people in led["paula"]
    assert people not in led["hana"]


def test_a_lot_without_a_budget_is_told_by_what_it_spent_alone(world: World, browse: Open) -> None:
    a_budget(world, "Mid")
    a_cost(world, 1_200_00)
    draft = browse("paula").post("/packs/new", contract_id=world.contract(), kind="monthly")
    address = f"{draft.headers['location']}/preview?for="
    told = readable(browse("paula").get(f"{address}commissioner"))
    assert "North n/a n/a £1,200.00 n/a" in told
    assert "All lots n/a £1,200.00" in readable(browse("paula").get(f"{address}public"))


def test_thresholds_are_words_and_an_invoice_has_the_name_of_its_month(
    world: World, browse: Open
) -> None:
    a_level(world)
    an_invoice(world)
    preview = browse("paula").get(f"/packs/drafts/{a_draft(world)}/preview?for=restricted")
    assert "<td>Green: at least 90.0% on 30 Apr 2027." in preview
    assert "<td>November 2026</td>" in preview


def test_what_was_issued_stays_as_it_was_to_the_byte(world: World, browse: Open) -> None:
    case_id = a_case(world)
    paula = browse("paula")
    pack_id = a_pack(world)

    def files(of: Browse) -> list[bytes]:
        return [of.client.get(f"/packs/{pack_id}/pack.{end}").content for end in ("pdf", "xlsx")]

    named = paula.client.get(f"/packs/{pack_id}/pack.xlsx?for=public").headers
    assert 'pack-1-1-2026-11-20-public.xlsx"' in named["content-disposition"]
    before, page = files(paula), paula.get(f"/packs/{pack_id}").split('id="content"')[1]
    assert before[0].startswith(b"%PDF-1.7")
    assert b"pdfuaid" in before[0]
    a_case(world)
    world.clock.move(days=3)
    assert files(browse("hana")) == before
    again = browse("paula").get(f"/packs/{pack_id}").split('id="content"')[1]
    assert again.split("</main>")[0] == page.split("</main>")[0]
    cells = [
        cell.value for sheet in load_workbook(BytesIO(before[1])) for row in sheet for cell in row
    ]
    assert world.row(Case, case_id).reference in cells
    edition = world.rows(PackEdition, audience=Audience.RESTRICTED)[0]
    with world.setting_up() as uow:
        uow.get(PackEdition, edition.id).content = edition.content.replace("North", "Nord")
    with pytest.raises(ValueError, match="not what was issued"):
        browse("paula").get(f"/packs/{pack_id}")


def test_the_commissioner_reads_aggregates_and_no_reference(world: World, browse: Open) -> None:
    references = [world.row(Case, an_allocated_case(world)).reference for _ in range(3)]
    a_reading(world, Measure.CHILD_SEEN, date(2026, 11, 7), date(2026, 11, 13), 3, 4)
    a_reading(world, Measure.CHILD_SEEN, date(2026, 10, 1), date(2026, 10, 31), 3, 4)
    pack_id = a_pack(world)
    sheet_id = a_pack(world, Kind.WEEKLY, "North")
    exact = readable(browse("paula").get(f"/packs/{pack_id}"))
    assert "Seen in the assessment North All work 75.0% 3 4" in exact
    carl = browse("carl")
    told = readable(carl.get(f"/packs/{pack_id}"))
    assert "Seen in the assessment North All work c c c n/a n/a" in told
    assert "District Manager" not in carl.get("/packs")
    pages = [
        carl.get(f"/packs/{pack_id}{asked}") for asked in ("", "?for=restricted", "?for=public")
    ]
    assert Audience.COMMISSIONER.mark in pages[0]
    assert Audience.COMMISSIONER.mark in pages[1]
    assert Audience.PUBLIC.mark in pages[2]
    book = carl.client.get(f"/packs/{pack_id}/pack.xlsx?for=restricted").content
    cells = [
        str(cell.value) for sheet in load_workbook(BytesIO(book)) for row in sheet for cell in row
    ]
    for reference in references:
        assert all(reference not in page for page in pages)
        assert reference not in cells
    assert "/cases" not in pages[0].split('id="content"')[1].split("</main>")[0]
    carl.get(f"/packs/{sheet_id}", status=404)
    for address in (
        "/packs/new",
        "/packs/schedules",
        f"/packs/drafts/{a_draft(world, Kind.FINAL)}",
    ):
        carl.get(address, status=403)


def test_a_district_manager_reads_the_sheets_of_her_own_lots(world: World, browse: Open) -> None:
    sheet_id, pack_id = a_pack(world, Kind.WEEKLY, "North"), a_pack(world)
    assert "weekly sheet, North" in browse("dina").get(f"/packs/{sheet_id}")
    assert f"/packs/{pack_id}" not in browse("dina").get("/packs")
    browse("dina").get(f"/packs/{pack_id}", status=404)
    for stranger in ("omar", "eve"):
        assert "No pack was issued yet" in browse(stranger).get("/packs")
        browse(stranger).get(f"/packs/{sheet_id}", status=404)
        browse(stranger).get(f"/packs/{sheet_id}/pack.pdf", status=404)
    browse("tess").get("/packs", status=403)
    world.database.views.write(world.database)
    seen = world.rows(View, what="pack")
    assert {(one.user_id, one.lot_id) for one in seen} == {(world.user("dina"), world.lot())}


def test_the_pack_of_a_performance_meeting_tells_of_drift_and_of_what_was_decided_last(
    world: World, browse: Open
) -> None:
    sheet = a_pack(world, Kind.PERFORMANCE, "South")
    early = readable(browse("paula").get(f"/packs/{sheet}"))
    assert "No look for drifting cases was made yet." in early
    assert "No performance meeting has ended yet." in early
    stuck, delayed, returned = a_meeting(world, browse)
    acts = {"owner_id": world.user("priya"), "what": "chase_partner", "day": "27/11/2026"}
    tess = browse("tess")
    tess.post(f"/performance-meetings/items/{delayed.id}", decision="action", **acts)
    tess.post(f"/performance-meetings/items/{returned.id}", decision="noted")
    tess.post(f"/performance-meetings/{stuck.meeting_id}/end")
    pack_id = a_pack(world, Kind.PERFORMANCE, "North")
    page = readable(browse("dina").get(f"/packs/{pack_id}"))
    one, two, three = (
        world.row(Case, item.case_id).reference for item in (stuck, delayed, returned)
    )
    assert "1 case found to drift by the last look." in page
    assert f"{one} Unallocated" in page
    assert "3 cases on the agenda, 2 of them decided." in page
    assert f"{one} Drifts, Assessment overdue Not decided" in page
    assert f"{two} Delay past its expected end Priya Nair: Chase a partner agency" in page
    assert "Still to be done" in page
    assert f"{three} Returned with points to fix Noted: it moves" in page
    elsewhere = world.rows(Case, lot_id=world.lot("South"))[0].reference
    assert elsewhere not in page
    browse("carl").get(f"/packs/{pack_id}", status=404)


def test_others_neither_issue_nor_receive_nor_schedule(world: World, browse: Open) -> None:
    draft_id, pack_id = a_draft(world), a_pack(world)
    for who in ("hana", "carl", "alan", "dina"):
        browse(who).post(f"/packs/drafts/{draft_id}/issue", status=403)
        browse(who).post(f"/packs/{pack_id}/again", status=403)
        browse(who).post("/packs/schedules", status=403)
    for who in ("paula", "carl", "alan"):
        browse(who).post(f"/packs/{pack_id}/receipt", status=403)
    for address in (f"/packs/drafts/{draft_id}", f"/packs/drafts/{draft_id}/issue"):
        browse("eve").get(address, status=404)
    browse("eve").post(f"/packs/drafts/{draft_id}/drop", status=404)
    assert len(world.rows(PackDraft, issued_at=None)) == 1
    sheet_id = a_draft(world, Kind.WEEKLY, "North")
    with world.acting("paula") as uow:
        assert [one.id for one in queries.list_drafts(uow)] == [draft_id, sheet_id]
        with looking_at(uow, world.contract(), [world.lot("Mid")]):
            assert [one.id for one in queries.list_drafts(uow)] == [draft_id]


def test_the_council_receives_an_issue_once(world: World, browse: Open) -> None:
    pack_id = a_pack(world)
    a_draft(world, Kind.FORTNIGHTLY)
    assert "1 drafted, to be issued" in browse("paula").get("/")
    hana = browse("hana")
    assert "1 to receive" in hana.get("/")
    assert "Received for the council by Hana Lowe" in hana.follow(f"/packs/{pack_id}/receipt")
    hana.post(f"/packs/{pack_id}/receipt", status=409)
    assert "0 to receive" in hana.get("/")
    assert len(world.rows(PackReceipt)) == 1


def test_a_correction_is_a_further_issue_of_the_number_that_says_what_changed(
    world: World, browse: Open
) -> None:
    reference = world.row(Case, a_case(world)).reference
    pack_id = a_pack(world)
    paula = browse("paula")
    draft = paula.post(f"/packs/{pack_id}/again").headers["location"]
    paula.post(f"/packs/{pack_id}/again", status=409)
    a_case(world)
    assert "Say what changed" in paula.post(f"{draft}/issue", status=422, _version="1").text
    named = {"_version": "1", "changed": f"{reference.lower()} was missing."}
    assert "Leave out" in paula.post(f"{draft}/issue", status=422, **named).text
    shown = paula.follow(f"{draft}/issue", _version="1", changed="A case was missing.")
    assert "Pack 1, issue 2" in shown
    assert "A case was missing." in shown
    first, second = sorted(world.rows(Pack), key=lambda one: one.revision)
    assert (first.number, second.number, second.revision) == (1, 1, 2)
    assert "This was issued again" in paula.get(f"/packs/{first.id}")
    told = paula.get(f"/packs/{second.id}/compare?revision=1")
    assert "What differs: Pack 1, issue 2 and pack 1" in readable(told)
    assert "do not follow each other" not in told
    assert "+1" in told
    # What stood when each was issued is told apart from what was put right of the period.
    period, moment = told.split('id="moment"')
    assert 'id="moved-ledger"' in period
    assert 'id="moved-standing"' in moment
    assert 'id="moved-ledger"' not in moment
    paula.get(f"/packs/{first.id}/compare", status=404)


def test_a_period_is_told_of_by_one_pack_and_corrected_under_its_number(
    world: World, browse: Open
) -> None:
    """Until now a second original of an issued period could be drafted and issued."""
    late, pack_id = a_draft(world), a_pack(world)
    paula, about = browse("paula"), {"contract_id": world.contract(), "kind": "monthly"}
    refused = paula.post("/packs/new", status=422, **about).text
    assert "Pack 1 tells of 2 Nov 2026 to 20 Nov 2026 already." in readable(refused)
    assert f'href="/packs/{pack_id}"' in refused
    kept = paula.post(f"/packs/drafts/{late}/issue", status=409, _version="1").text
    assert "open pack 1 and issue it again" in kept
    assert len(world.rows(Pack)) == 1
    again = paula.post(f"/packs/{pack_id}/again").headers["location"]
    assert "Pack 1, issue 2" in paula.follow(f"{again}/issue", _version="1", changed="A figure.")
    # Another lot, and another day of a month that runs, are other packs.
    for lot in ("North", "South"):
        a_pack(world, Kind.WEEKLY, lot)
    world.clock.move(days=1)
    a_pack(world)
    assert sorted(one.number for one in world.rows(Pack)) == [1, 1, 2, 3, 4]


def test_a_final_report_is_drafted_early_and_issued_when_the_work_is_over(
    world: World, browse: Open
) -> None:
    a_case(world)
    draft = f"/packs/drafts/{a_draft(world, Kind.FINAL)}"
    for lot in ("Mid", "South"):
        with world.acting("hana") as uow:
            residual.close_lot(uow, world.lot(lot))
    paula = browse("paula")
    for address in (draft, f"{draft}/issue"):
        shown = paula.get(address)
        assert "1 case is open" in shown
        assert "Issue this pack" not in shown
        assert "Issue it now" not in shown
    refused = paula.post(f"{draft}/issue", status=409, _version="1").text
    assert "from 30 Apr 2027, the contract’s last day" in refused
    world.clock.move(days=161)
    paula = browse("paula")
    assert f'href="{draft}/issue"' in paula.get(draft)
    paula.follow(f"{draft}/issue", _version="1")
    [issued] = world.rows(Pack)
    assert (issued.starts_on, issued.ends_on) == (date(2026, 11, 2), date(2027, 4, 30))


def test_no_two_fortnightly_packs_tell_of_one_day_by_hand_or_by_schedule(
    world: World, browse: Open
) -> None:
    about = {"contract_id": world.contract(), "kind": "fortnightly"}
    browse("paula").post("/packs/schedules", weekday="0", **about)
    world.clock.move(days=7)
    a_pack(world, Kind.FORTNIGHTLY)
    world.clock.move(days=3)
    refused = readable(browse("paula").post("/packs/new", status=422, **about).text)
    assert "Pack 1 tells of 7 Nov 2026 to 20 Nov 2026 already." in refused
    assert "The two weeks after it end on 4 Dec 2026: draft this pack after it." in refused
    service.draft_due(world.database)
    assert world.rows(PackDraft, issued_at=None) == []
    world.clock.move(days=5)
    service.draft_due(world.database)
    [scheduled] = world.rows(PackDraft, issued_at=None)
    assert (scheduled.starts_on, scheduled.ends_on) == (date(2026, 11, 21), date(2026, 12, 4))


def test_a_draft_of_days_that_were_told_meanwhile_says_so_and_is_not_issued(
    world: World, browse: Open
) -> None:
    late = f"/packs/drafts/{a_draft(world, Kind.FORTNIGHTLY)}"
    a_pack(world, Kind.FORTNIGHTLY)
    paula = browse("paula")
    for address in (late, f"{late}/issue"):
        shown = paula.get(address)
        assert "Pack 1 tells of 2 Nov 2026 to 13 Nov 2026 already." in shown
        assert "Issue this pack" not in shown
        assert "Issue it now" not in shown
    paula.post(f"{late}/issue", status=409, _version="1")


def test_a_schedule_drafts_no_second_pack_of_a_period_that_was_issued(
    world: World, browse: Open
) -> None:
    on = {"contract_id": world.contract()}
    browse("paula").post("/packs/schedules", kind="weekly", weekday="0", **on)
    world.clock.move(days=3)
    a_pack(world, Kind.WEEKLY, "North")
    assert service.draft_due(world.database)
    sheets = world.rows(PackDraft, issued_at=None)
    assert {one.of_lot_id for one in sheets} == {world.lot("Mid"), world.lot("South")}


def test_a_pack_is_compared_with_the_last_one_in_the_edition_that_is_read(
    world: World, browse: Open
) -> None:
    a_case(world)
    a_pack(world)
    world.clock.move(days=1)
    a_case(world)
    latest = a_pack(world)
    told = browse("carl").get(f"/packs/{latest}/compare")
    assert "Waiting for agreement" in told
    assert "The ledger, 2 Nov 2026 to 21 Nov 2026" in told
    assert "What moved since pack 1, and why" in browse("carl").get(f"/packs/{latest}")
    world.clock.move(days=1)
    same = a_pack(world)
    assert "No figure moved" in browse("carl").get(f"/packs/{same}/compare")


def test_words_that_name_a_case_and_stale_drafts_are_refused(world: World, browse: Open) -> None:
    reference = world.row(Case, a_case(world)).reference
    draft = f"/packs/drafts/{a_draft(world)}"
    paula = browse("paula")
    named = paula.post(draft, status=422, _version="1", remarks=f"Look at {reference} now.")
    assert f"Leave out the reference {reference}" in named.text
    paula.post(draft, _version="1", remarks="Look at the oldest.")
    paula.post(draft, status=409, _version="1", remarks="Mine.")
    paula.post(f"{draft}/issue", status=409, _version="1")
    sheet = f"/packs/drafts/{a_draft(world, Kind.WEEKLY, 'North')}"
    paula.post(sheet, _version="1", remarks=f"Look at {reference} now.")
    paula.post(f"{sheet}/drop")
    paula.get(sheet, status=404)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"kind": "weekly"}, "Choose the lot"),
        ({"kind": "monthly", "lot": "North"}, "choose none"),
        ({"kind": "yearly"}, "from the list"),
    ],
)
def test_a_draft_that_cannot_be_is_shown_again(
    world: World, browse: Open, answers: dict[str, str], words: str
) -> None:
    sent = answers | ({"lot": str(world.lot())} if "lot" in answers else {})
    shown = browse("paula").post("/packs/new", status=422, contract_id=world.contract(), **sent)
    assert words in shown.text
    moor = {"contract_id": world.contract(), "kind": "weekly", "lot": world.lot("Moor")}
    browse("paula").post("/packs/new", status=404, **moor)


def test_a_ledger_that_does_not_balance_is_not_told_of(world: World, browse: Open) -> None:
    a_case(world)
    draft_id = a_draft(world)
    with world.setting_up() as uow:
        uow.add(
            DailyTotal(lot_id=world.lot(), day=uow.today, term=Term.RECEIVED, outcome="", cases=1)
        )
    refused = browse("paula").post(f"/packs/drafts/{draft_id}/issue", status=409, _version="1")
    assert "does not balance" in refused.text
    assert world.rows(Pack) == []


def test_packs_are_drafted_on_their_day_and_once(world: World, browse: Open) -> None:
    paula = browse("paula")
    on = {"contract_id": world.contract()}
    paula.post("/packs/schedules", kind="weekly", weekday="0", **on)
    shown = paula.follow("/packs/schedules", kind="monthly", month_day="25", **on)
    assert "Every Monday" in shown
    assert "On day 25 of the month" in shown
    wrong = paula.post("/packs/schedules", status=422, kind="monthly", month_day="30", **on)
    assert "from 1 to 28" in wrong.text
    assert not service.draft_due(world.database)
    world.clock.move(days=3)
    assert service.draft_due(world.database)
    assert not service.draft_due(world.database)
    sheets = world.rows(PackDraft)
    assert {one.of_lot_id for one in sheets} == {
        world.lot(lot) for lot in ("North", "Mid", "South")
    }
    paula = browse("paula")
    assert "By its schedule" in paula.get("/packs")
    paula.post("/packs/schedules", kind="weekly", weekday="2", **on)
    world.clock.move(days=3)
    assert service.draft_due(world.database)
    assert [one.kind for one in world.rows(PackDraft)].count(Kind.MONTHLY) == 1
    assert len(world.rows(PackDraft)) == 4
    schedule = world.rows(PackSchedule, kind=Kind.WEEKLY)[0]
    browse("paula").post(f"/packs/schedules/{schedule.id}/end")
    # Long after the contract nothing is drafted any more.
    world.clock.move(days=900)
    assert service.draft_due(world.database)
    assert len(world.rows(PackDraft)) == 4
