"""Rows of assessments, flags and cases that come again, as services write them."""

from typing import Any

from app.agreements.reopening.models import Reopening
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.register.rules import Priority, PriorityReason
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.kernel.acts import Act
from app.kernel.clock import Clock
from app.safeguarding.flags.models import Flag
from seed.book import FORGOTTEN, Acts, CaseFile
from seed.events import Event


def _again(file: CaseFile, event: Event, term: Term, note: str, **facts: Any) -> None:
    """The case begins anew, with a new clock."""
    today = event.on
    due_on = Clock(file.terms.rule, today, file.terms.calendar).due_on
    file.step(event, None, term, note, clock_started_on=today, due_on=due_on, **FORGOTTEN, **facts)
    file.papers.next_episode()


def _sent_again(file: CaseFile, event: Event) -> None:
    _again(file, event, Term.RECEIVED, "Sent again by the council")


def _reopened(file: CaseFile, event: Event) -> None:
    case, papers, reason = file.case, file.papers, event.facts["reason"]
    closed = case["state"] is CaseState.CLOSED
    file.add(
        Reopening,
        episode=papers.episode,
        ended_as=case["state"],
        ended_on=case["ended_on"],
        outcome=case["outcome"],
        closure_id=papers.closure["id"] if closed else None,
        handover_id=None if closed else papers.handover["id"],
        reason=reason,
        reopened_on=event.on,
        by_user_id=event.by,
    )
    _again(file, event, Term.REOPENED, reason.label, reopened_on=event.on)


def _transferred(file: CaseFile, event: Event) -> None:
    lot_id = event.facts["lot_id"]
    note = f"To {file.terms.lots[lot_id]}"
    file.step(
        event,
        None,
        Term.TRANSFERRED,
        note,
        lot_id=lot_id,
        practitioner_id=None,
        co_worker_id=None,
        allocated_on=None,
    )


def _given(file: CaseFile, event: Event) -> None:
    """Allocated or reallocated."""
    reason = event.facts.get("reason")
    file.step(
        event,
        note=reason.label if reason else "",
        change_reason=reason,
        practitioner_id=event.facts["practitioner_id"],
        co_worker_id=event.facts["co_worker_id"],
        allocated_on=event.on,
    )


def _started(file: CaseFile, event: Event) -> None:
    file.step(event)
    file.assessment = file.add(
        Assessment,
        version=1,
        assessment_type=file.case["assessment_type"],
        started_on=event.facts["started_on"],
        started_by=event.by,
        seen_on=None,
        not_seen_reason=None,
        submitted_on=None,
        submitted_by=None,
        authorised_on=None,
        authorised_by=None,
    )


def _seen(file: CaseFile, event: Event) -> None:
    seen_on = event.facts["seen_on"]
    file.add(Visit, seen_on=seen_on, seen_alone=event.facts["seen_alone"], recorded_by=event.by)
    file.case["seen_on"] = max(seen_on, file.case["seen_on"] or seen_on)
    assessment = file.assessment
    if not assessment["authorised_on"] and seen_on >= assessment["started_on"]:
        assessment["seen_on"] = max(seen_on, assessment["seen_on"] or seen_on)


def _submitted(file: CaseFile, event: Event) -> None:
    file.step(event)
    reason = None if file.assessment["seen_on"] else event.facts["not_seen_reason"]
    file.assessment["not_seen_reason"] = reason
    file.assessment["submitted_on"] = event.on
    file.assessment["submitted_by"] = event.by


def _returned(file: CaseFile, event: Event) -> None:
    file.step(event)
    file.add(
        AssessmentReturn,
        assessment_id=file.assessment["id"],
        returned_on=event.on,
        returned_by=event.by,
        reason=event.facts["reason"],
        points=event.facts["points"],
    )


def _authorised(file: CaseFile, event: Event) -> None:
    today = event.on
    file.step(event, authorised_on=today)
    file.assessment["authorised_on"], file.assessment["authorised_by"] = today, event.by


def _flag_raised(file: CaseFile, event: Event) -> None:
    flags = file.case["open_flags"] + 1
    file.judge(event, Priority.URGENT, PriorityReason.FLAG_RAISED, event.on, open_flags=flags)
    file.flags.append(
        file.add(
            Flag,
            version=1,
            reference=file.case["reference"],
            concern=event.facts["concern"],
            note=event.facts["note"],
            raised_by=event.by,
            raised_at=event.at,
            acknowledged_by=None,
            acknowledged_at=None,
            resolved_by=None,
            resolved_at=None,
            resolution="",
        )
    )


def _flag_acknowledged(file: CaseFile, event: Event) -> None:
    file.flags[-1]["acknowledged_by"], file.flags[-1]["acknowledged_at"] = event.by, event.at


def _flag_resolved(file: CaseFile, event: Event) -> None:
    flag = file.flags[-1]
    flag["resolved_by"], flag["resolved_at"] = event.by, event.at
    flag["resolution"] = event.facts["resolution"]
    left = file.case["open_flags"] - 1
    after = Priority.URGENT if left else Priority.HIGH
    file.judge(event, after, PriorityReason.FLAG_RESOLVED, event.on, open_flags=left)


def _judged(file: CaseFile, event: Event) -> None:
    file.judge(event, **event.facts)


ACTS: Acts = {
    Act.CASE_PRIORITISE: _judged,
    Act.IMPORT_RUN: _sent_again,
    Act.CASE_REOPEN: _reopened,
    Act.CASE_TRANSFER: _transferred,
    Act.CASE_ALLOCATE: _given,
    Act.CASE_REALLOCATE: _given,
    Act.ASSESSMENT_START: _started,
    Act.ASSESSMENT_SEEN: _seen,
    Act.ASSESSMENT_SUBMIT: _submitted,
    Act.ASSESSMENT_RETURN: _returned,
    Act.ASSESSMENT_AUTHORISE: _authorised,
    Act.FLAG_RAISE: _flag_raised,
    Act.FLAG_ACKNOWLEDGE: _flag_acknowledged,
    Act.FLAG_RESOLVE: _flag_resolved,
}
