"""Rows of plans, proposals, closures and handovers, as their services write them."""

from app.access.roles import Organisation
from app.agreements.closures import rules as closures
from app.agreements.closures.models import Closure
from app.agreements.handovers.models import Handover, HandoverTick
from app.agreements.handovers.rules import CHECK_BACK
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.cases.scope.rules import Term
from app.kernel.acts import Act
from app.plans import rules as plans
from app.plans.models import OutcomePlan
from app.plans.rules import Route, hash_of, wording
from seed.book import Acts, CaseFile
from seed.events import Event

DECISIONS = {
    Act.PROPOSAL_AGREE: Decision.AGREED,
    Act.PROPOSAL_RETURN: Decision.RETURNED,
    Act.PROPOSAL_REFUSE: Decision.REFUSED,
}


def _planned(file: CaseFile, event: Event) -> None:
    papers, draft = file.papers, event.facts["draft"]
    written = papers.plan and papers.plan["episode"] == papers.episode
    if written and all(papers.plan[name] == said for name, said in vars(draft).items()):
        return
    papers.plan_words = plans.entries(draft, file.terms.teams.get(draft.receiving_team_id or 0))
    papers.plans += 1
    file.case["planned"] = draft.outcome.route.value
    papers.plan = file.add(
        OutcomePlan,
        number=papers.plans,
        episode=papers.episode,
        **vars(draft),
        written_by=event.by,
        written_at=event.at,
        text_hash=hash_of(wording(papers.plan_words)),
    )


def _closure_written(file: CaseFile, event: Event) -> None:
    papers, draft = file.papers, event.facts["draft"]
    papers.closure_words = closures.entries(draft)
    papers.closure = file.add(
        Closure,
        version=1,
        episode=papers.episode,
        **closures.columns(draft),
        written_by=event.by,
        written_at=event.at,
        proposal_id=None,
        agreed_hash="",
        closed_by=None,
        closed_at=None,
    )


def _proposed(file: CaseFile, event: Event) -> None:
    papers = file.papers
    route, text = papers.plan["outcome"].route, papers.words
    file.step(event, handing_back=route is Route.HAND_BACK)
    papers.proposal = file.add(
        Proposal,
        version=1,
        plan_id=papers.plan["id"],
        plan_number=papers.plan["number"],
        route=route,
        text=text,
        text_hash=hash_of(text),
        proposed_by=event.by,
        proposed_for=Organisation.AGENCY,
        proposed_at=event.at,
        decision=None,
        reply=None,
        decided_by=None,
        decided_at=None,
        points="",
    )


def _decided(file: CaseFile, event: Event) -> None:
    proposal = file.papers.proposal
    file.step(event)
    proposal["decision"] = DECISIONS[event.act]
    proposal["points"] = event.facts.get("points") or event.facts.get("reason") or ""
    proposal["reply"] = event.facts.get("reply")
    proposal["decided_by"], proposal["decided_at"] = event.by, event.at


def _agreed(file: CaseFile, event: Event) -> None:
    _decided(file, event)
    papers = file.papers
    plan, proposal = papers.plan, papers.proposal
    if proposal["route"] is Route.HANDOVER:
        papers.handover = file.add(
            Handover,
            version=1,
            proposal_id=proposal["id"],
            plan_number=plan["number"],
            receiving_team_id=plan["receiving_team_id"],
            opened_at=event.at,
            week_ending=None,
            ticked_at=None,
            split_reason="",
            asked_of="",
            requested_by=None,
            requested_at=None,
            rejected_by=None,
            rejected_at=None,
            reject_reason=None,
            reject_note="",
            receiving_worker="",
            accepted_on=None,
            accepted_by=None,
            waits=True,
            check_due_on=None,
        )
    elif proposal["route"] is Route.CLOSURE:
        papers.closure["proposal_id"] = proposal["id"]
        papers.closure["agreed_hash"] = proposal["text_hash"]
    else:
        _end(file, event, Act.CASE_HAND_BACK, Term.HANDED_BACK, plan["hand_back_reason"].label)


def _ticked(file: CaseFile, event: Event) -> None:
    """Stories tick entries off and take none back."""
    papers = file.papers
    papers.handover["ticked_at"] = event.at
    for item, day in event.facts["checklist"].days.items():
        if (papers.handover["id"], item) in papers.ticked:
            continue
        papers.ticked.add((papers.handover["id"], item))
        file.add(
            HandoverTick,
            handover_id=papers.handover["id"],
            item=item,
            done_on=day,
            by_user_id=event.by,
        )


def _requested(file: CaseFile, event: Event) -> None:
    handover = file.papers.handover
    handover["asked_of"] = event.facts["asked_of"]
    handover["requested_by"], handover["requested_at"] = event.by, event.at


def _accepted(file: CaseFile, event: Event) -> None:
    handover = file.papers.handover
    _end(file, event, Act.HANDOVER_ACCEPT, Term.CLEARED)
    handover["waits"] = False
    handover["receiving_worker"] = event.facts["receiving_worker"]
    handover["accepted_on"], handover["accepted_by"] = event.on, event.by
    handover["check_due_on"] = event.on + CHECK_BACK


def _closed(file: CaseFile, event: Event) -> None:
    closure = file.papers.closure
    reason = closure["reason"]
    _end(file, event, Act.CLOSURE_CLOSE, Term.CLEARED, f"{reason.value} {reason.label}")
    closure["closed_by"], closure["closed_at"] = event.by, event.at


def _end(file: CaseFile, event: Event, act: Act, term: Term, note: str = "") -> None:
    file.step(
        event,
        act,
        term,
        note,
        outcome=file.papers.plan["outcome"].value,
        ended_on=event.on,
    )


ACTS: Acts = {
    Act.PLAN_WRITE: _planned,
    Act.CLOSURE_WRITE: _closure_written,
    Act.PROPOSAL_PROPOSE: _proposed,
    Act.PROPOSAL_AGREE: _agreed,
    Act.PROPOSAL_RETURN: _decided,
    Act.PROPOSAL_REFUSE: _decided,
    Act.HANDOVER_PREPARE: _ticked,
    Act.HANDOVER_REQUEST: _requested,
    Act.HANDOVER_ACCEPT: _accepted,
    Act.CLOSURE_CLOSE: _closed,
}
