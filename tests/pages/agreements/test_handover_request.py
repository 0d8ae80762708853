"""Requests of handovers: the checklist by outcome, the file audit, asking, answering, rejecting."""

import pytest

from app.agreements.checklists import service as checklists
from app.agreements.checklists.models import ChecklistTemplate
from app.agreements.checklists.rules import Item, Template
from app.agreements.handovers.models import Handover, HandoverAudit, HandoverQuestion
from app.agreements.packs import queries as packs
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Source
from app.cases.register.models import Case
from app.cases.scope.models import LedgerPosting
from app.cases.states import CaseState
from app.plans.rules import Outcome
from app.work.models import OutboxMessage, View
from tests.browse import readable
from tests.makers import an_authorised_case
from tests.makers_agreements import (
    a_handover_to_accept,
    a_proposal,
    agree,
    an_agreed_case,
)
from tests.world import World

TICKS = {"_version": "1", "chronology_current_on": "20/11/2026", "family_told_on": "19/11/2026"}
GRADES = {"record": "good", "voice": "inadequate", "risk": "good", "plan": "outstanding"}


def ask_for(world: World, item: Item) -> None:
    """Let the checklist of a child in need plan ask for one entry alone."""
    with world.acting("hana") as uow:
        checklists.set_template(
            uow,
            world.contract(),
            Outcome.CIN_PLAN,
            Template(frozenset({item})),
            from_on=uow.today,
            reason="Protocol",
            began_from=0,
        )


def test_responsibility_moves_only_when_the_team_accepts(world: World, browse) -> None:
    case_id = an_agreed_case(world)
    priya, dina = browse("priya"), browse("dina")
    assert "The agency leads." in readable(priya.get(f"/cases/{case_id}"))
    priya.post(f"/cases/{case_id}/handover/checklist", **TICKS)
    assert 'href="#asked_of"' in priya.post(f"/cases/{case_id}/handover/request", 422).text
    page = readable(priya.follow(f"/cases/{case_id}/handover/request", asked_of="Ann Field"))
    assert "Requested of Ann Field" in page
    assert "The agency leads, the receiving team supports" in page
    priya.post(f"/cases/{case_id}/handover/request", 409, asked_of="Ann Field")
    to = {message.to_user_id for message in world.rows(OutboxMessage)}
    assert world.user("dina") in to
    assert "the receiving team supports" in dina.get(f"/cases/{case_id}")
    dina.post(f"/cases/{case_id}/handover/accept", receiving_worker="Jo Lane")
    assert "The receiving team leads." in readable(dina.get(f"/cases/{case_id}"))


def test_the_council_asks_and_the_agency_answers_and_nothing_else_changes(
    world: World, browse
) -> None:
    case_id = a_handover_to_accept(world)
    dina, tess = browse("dina"), browse("tess")
    assert 'href="#question"' in dina.post(f"/cases/{case_id}/handover/ask", 422).text
    dina.post(f"/cases/{case_id}/handover/ask", question="When was the school visited?")
    assert "A question is open" in dina.get("/handovers")
    tess.post(f"/cases/{case_id}/handover/answer", answer="Last Monday.")
    assert "Last Monday." in dina.get(f"/cases/{case_id}/handover")
    tess.post(f"/cases/{case_id}/handover/answer", 409, answer="Twice.")
    (question,) = world.rows(HandoverQuestion)
    assert (question.asked_by, question.answered_by) == (world.user("dina"), world.user("tess"))
    assert world.row(Case, case_id).state is CaseState.AGREED
    for who, what in (("tess", "ask"), ("dina", "answer")):
        browse(who).post(f"/cases/{case_id}/handover/{what}", 403, question="?", answer="!")


def test_a_rejected_case_goes_back_to_the_agency_with_the_reason(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    dina = browse("dina")
    assert 'href="#reject_reason"' in dina.post(f"/cases/{case_id}/handover/reject", 422).text
    sent = {"reject_reason": "file", "reject_note": "The chronology ends in May."}
    dina.post(f"/cases/{case_id}/handover/reject", **sent)
    assert world.row(Case, case_id).state is CaseState.AUTHORISED
    page = readable(browse("priya").get(f"/cases/{case_id}"))
    assert "Rejected: The file is not ready" in page
    assert "The chronology ends in May." in page
    assert "The agency leads." in page
    assert [posting.term.value for posting in world.rows(LedgerPosting)] == ["opening"]
    dina.post(f"/cases/{case_id}/handover/accept", 409, receiving_worker="Jo Lane")
    # The same plan may be proposed again; its handover begins anew.
    browse("priya").post(f"/cases/{case_id}/propose")
    agree(world, 2)
    assert "Not requested yet" in browse("dina").get("/handovers")
    assert [one.requested_at is None for one in world.rows(Handover)] == [False, True]


@pytest.mark.parametrize(
    ("who", "status"), [("tess", 403), ("priya", 403), ("paula", 403), ("omar", 404)]
)
def test_nobody_else_rejects(world: World, browse, who: str, status: int) -> None:
    case_id = a_handover_to_accept(world)
    browse(who).post(f"/cases/{case_id}/handover/reject", status, reject_reason="file")
    browse("dina").post(f"/cases/{case_id}/handover/request", 403, asked_of="Ann Field")
    assert world.row(Case, case_id).state is CaseState.AGREED


def test_nothing_is_answered_before_it_is_requested(world: World, browse) -> None:
    case_id = an_agreed_case(world)
    for act, sent in (("ask", {"question": "Why?"}), ("reject", {"reject_reason": "team"})):
        answer = browse("dina").post(f"/cases/{case_id}/handover/{act}", 409, **sent)
        assert "not requested yet" in answer.text


def test_the_council_says_what_it_asks_for_each_outcome(world: World, browse) -> None:
    case_id, hana = an_agreed_case(world), browse("hana")
    page = f"/contract/{world.contract()}/checklists/edit"
    sent = {
        "_version": "0",
        "outcome": "cin_plan",
        "items": ["chronology_current", "file_audited", "supervised", "siblings_together"],
        "visit_days": "2",
        "supervision_days": "20",
        "from_on": "20/11/2026",
        "reason": "Protocol 4.2",
    }
    assert "Genogram current" in hana.get(f"{page}?outcome=section_47")
    hana.get(f"{page}?outcome=close_nfa", 404)
    assert 'href="#visit_days"' in hana.post(page, 422, **sent | {"visit_days": "99"}).text
    # Nobody made a version yet, so one that this was made from is another's.
    hana.post(page, 409, **sent | {"_version": "7"})
    hana.post(page, **sent)
    assert "saved it first" in hana.post(page, 409, **sent).text
    (template,) = world.rows(ChecklistTemplate)
    assert (template.number, template.visit_days) == (1, 2)
    listed = readable(hana.get(f"/contract/{world.contract()}/checklists"))
    assert "2 working days" in listed
    shown = readable(browse("priya").get(f"/cases/{case_id}/handover"))
    assert "Child seen within 2 working days" in shown
    assert "No supervision of this case is recorded." in shown
    assert "No team manager has audited the file." in shown
    assert "Family told" not in shown
    browse("paula").post(page, 403, **sent)
    browse("eve").get(f"/contract/{world.contract()}/checklists", 404)


def test_a_team_manager_grades_the_file_and_what_is_inadequate_blocks_the_request(
    world: World, browse
) -> None:
    case_id, tess = an_agreed_case(world), browse("tess")
    ask_for(world, Item.AUDIT)
    assert 'href="#note"' in tess.post(f"/cases/{case_id}/handover/audit", 422, **GRADES).text
    said = GRADES | {"note": "Speak with her alone"}
    assert 'href="#owner_id"' in tess.post(f"/cases/{case_id}/handover/audit", 422, **said).text
    said |= {"owner_id": str(world.user("priya")), "due_on": "2026-11-27"}
    page = tess.follow(f"/cases/{case_id}/handover/audit", **said)
    assert "The audit found inadequate: the child’s voice is heard." in readable(page)
    [action] = world.rows(CaseAction, case_id=case_id, owner_id=world.user("priya"))
    assert (action.source, action.note) == (Source.FILE_AUDIT, "Speak with her alone")
    listed = readable(browse("dina").get("/actions?whose=audits"))
    assert "Mend what a file audit found: Speak with her alone" in listed
    assert "Of these, from file audits 0 1 0" in readable(browse("hana").get("/exit/outlook"))
    tess.post(f"/cases/{case_id}/handover/request", 409, asked_of="Ann Field")
    tess.post(f"/cases/{case_id}/handover/audit", **GRADES | {"voice": "good"})
    tess.post(f"/cases/{case_id}/handover/request", asked_of="Ann Field")
    assert len(world.rows(HandoverAudit)) == 2
    assert len(world.rows(CaseAction)) == 1
    browse("priya").post(f"/cases/{case_id}/handover/audit", 403, **GRADES)


def test_a_family_goes_together_or_a_reason_says_why_not(world: World, browse) -> None:
    ask_for(world, Item.SIBLINGS)
    first = an_authorised_case(world, family_key="F7")
    second = an_authorised_case(world, to="pete", family_key="F7")
    agree(world, a_proposal(world, first))
    priya = browse("priya")
    answer = priya.post(f"/cases/{first}/handover/request", 409, asked_of="Ann Field")
    assert "would stay behind: 1." in answer.text
    tess = browse("tess")
    sent = {"_version": "1", "split_reason": "The older one lives with an aunt"}
    tess.post(f"/cases/{first}/handover/checklist", **sent)
    assert "Not met" not in tess.get(f"/cases/{first}/handover")
    tess.post(f"/cases/{first}/handover/checklist", _version="2", split_reason="")
    with world.setting_up() as uow:
        uow.get(Case, second).practitioner_id = world.practitioner("priya")
    agree(world, a_proposal(world, second))
    priya.post(f"/cases/{first}/handover/request", asked_of="Ann Field")


def test_a_pack_holds_a_cases_facts_on_tagged_pages(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    for who in ("priya", "dina"):
        answer = browse(who).client.get(f"/cases/{case_id}/handover/pack.pdf")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert b"/MarkInfo" in answer.content
    browse("pete").get(f"/cases/{case_id}/handover/pack.pdf", 404)
    browse("priya").get(f"/cases/{an_authorised_case(world)}/handover/pack.pdf", 409)
    address = f"/handovers/calendar/teams/{world.team()}/pack.pdf"
    assert browse("dina").client.get(address).content.startswith(b"%PDF")
    browse("omar").get(address, 404)
    browse("priya").get(address, 403)
    # Who took a child's facts out of the register stands in the trail, case by case.
    world.database.views.write(world.database)
    taken = [(view.user_id, view.case_id) for view in world.rows(View, what="handover pack")]
    assert taken == [(world.user(who), case_id) for who in ("priya", "dina", "dina")]


def test_a_packs_page_says_each_fact_with_its_day(world: World) -> None:
    case_id = a_handover_to_accept(world)
    with world.acting("dina") as uow:
        sheet = packs.sheet_of(uow, case_id)
    said = {name: (words, source) for _, rows in sheet.parts for name, words, source in rows}
    assert said["Chronology current"] == ("Yes", "20 Nov 2026")
    assert said["Agreed by"] == ("Dina Ferris", "20 Nov 2026")
    assert said["Child last seen"][0] == "17 Nov 2026"
    assert dict(sheet.parts)["Open actions and delays"] == [("None", "", "")]
