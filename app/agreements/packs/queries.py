"""Gathers what the rooms know of a case for the page that goes with it."""

from app.agreements.checklists.rules import TICKED, Item
from app.agreements.handovers import queries as handovers
from app.agreements.handovers.models import Handover
from app.agreements.packs.rules import Sheet, since, yes_or_no
from app.agreements.proposals import queries as proposals
from app.cases.actions import queries as actions
from app.cases.assessments import queries as assessments
from app.cases.delays import queries as delays
from app.cases.register import queries as register
from app.cases.register.queries import CaseView
from app.cases.register.service import find
from app.kernel.days import london_date, show_date
from app.kernel.errors import Refused
from app.plans import queries as plans
from app.safeguarding.enquiries import queries as enquiries
from app.safeguarding.flags import queries as flags
from app.safeguarding.issues import queries as issues
from app.safeguarding.proceedings import queries as proceedings
from app.work.uow import UnitOfWork

Rows = list[tuple[str, str, str]]


def sheet_of(uow: UnitOfWork, case_id: int) -> Sheet:
    """The page of a case whose handover waits; Refused where none does."""
    case, row = register.case_view(uow, case_id), find(uow, case_id)
    handover = handovers.waiting_for(uow, row)
    if handover is None:
        raise Refused("No agreed handover of this case waits to be accepted.")
    view = next(one for one in handovers.for_case(uow, case_id) if one.id == handover.id)
    sheet = Sheet(f"Handover of case {case.reference} to {view.team}")
    sheet.part("The case", _case(uow, case))
    sheet.part("Plan", _plan(uow, case_id))
    sheet.part("File", _file(uow, handover))
    sheet.part("Risks", _risks(uow, case))
    sheet.part("Open actions and delays", _open(uow, case_id))
    return sheet


def _case(uow: UnitOfWork, case: CaseView) -> Rows:
    found = assessments.assessments_of(uow, case.id)
    siblings = register.siblings_of(uow, case)
    done = [(one.authorised_on, one.authorised_by) for one in found if one.authorised_on]
    authorised_on, authorised_by = done[-1] if done else (None, None)
    together = ", ".join(f"{one.reference} ({one.state.label.lower()})" for one in siblings)
    return [
        (
            "Lot and worker",
            f"{case.lot}, {case.practitioner or 'nobody'}",
            since(case.allocated_on),
        ),
        ("Child’s age", case.age_band or "Not known", since(case.received_on)),
        ("Referred", since(case.referred_on), f"Received {since(case.received_on)}"),
        ("Assessment authorised", since(authorised_on), authorised_by or ""),
        ("Child last seen", since(case.seen_on), ""),
        ("Case supervision", since(case.supervised_on), ""),
        ("Family", together or "No other case known", ""),
    ]


def _plan(uow: UnitOfWork, case_id: int) -> Rows:
    plan = plans.latest(uow, case_id)
    if plan is None:
        return []
    agreed = next((one for one in proposals.for_case(uow, case_id) if one.decided_at), None)
    source = f"Version {plan.number}, {show_date(london_date(plan.written_at))}"
    rows = [(name, words, source) for name, words in plan.entries.items()]
    if agreed and agreed.decided_at:
        rows.append(("Agreed by", agreed.decider, show_date(london_date(agreed.decided_at))))
    return rows


def _file(uow: UnitOfWork, handover: Handover) -> Rows:
    days = handovers.ticked(uow, handover).days
    # Whether there is a chronology is said even where nobody asks for one.
    rows = [
        (item.label, yes_or_no(days.get(item)), since(days.get(item), ""))
        for item in TICKED
        if item in days or item is Item.CHRONOLOGY
    ]
    audited = handovers.audit_of(uow, handover)
    if audited is not None:
        found = ", ".join(audited.audit.inadequate) or "Nothing inadequate"
        rows.append(("File audit", found, show_date(audited.audited_on)))
    return rows


def _risks(uow: UnitOfWork, case: CaseView) -> Rows:
    rows = [("Priority", case.priority.label, "Child protection" if case.child_protection else "")]
    rows += [
        (
            "Safeguarding flag",
            f"{one.concern.label}, {'open' if one.is_open else 'resolved'}",
            show_date(london_date(one.raised_at)),
        )
        for one in flags.for_case(uow, case.id)
    ]
    unresolved = issues.count_of_case(uow, case.id)
    if unresolved:
        rows.append(("Unresolved child-protection issues", str(unresolved), ""))
    rows += [
        (
            "Section 47 enquiry",
            f"{one.stands}, {one.agencies.label[:1].lower()}{one.agencies.label[1:]}",
            f"Strategy discussion {show_date(one.strategy_on)}"
            + (f", conference {show_date(one.conference_on)}" if one.conference_on else ""),
        )
        for one in enquiries.of_case(uow, case.id)
        if one.course.runs
    ]
    rows += [
        (
            "Pre-proceedings",
            f"Next review {show_date(one.next_review_on)}",
            f"Gateway meeting {show_date(one.gateway_on)}",
        )
        for one in proceedings.of_case(uow, case.id)
        if one.decided_on is None
    ]
    return rows


def _open(uow: UnitOfWork, case_id: int) -> Rows:
    rows = [
        (f"Action: {one.what.label}", f"{one.note} {one.owner}".strip(), f"Due {since(one.due_on)}")
        for one in actions.of_case(uow, case_id)
        if one.is_open
    ]
    rows += [
        (f"Delay: {one.reason.label}", one.solution, f"Expected {since(one.expected_end)}")
        for one in delays.open_delays(uow, [case_id])[case_id]
    ]
    return rows
