"""The table of who may do what, as a page and the README print it."""

from dataclasses import dataclass
from itertools import groupby

from app.access.grants import GRANTED
from app.access.roles import Role
from app.kernel.acts import Act

_HEADINGS = {
    "home": "Home page",
    "account": "Own account",
    "grants": "Who may do what",
    "session": "Signing out",
    "user": "People who sign in",
    "flag": "Safeguarding flags",
    "safeguarding": "Safeguarding in numbers",
    "protection": "Child protection",
    "issue": "Unresolved child-protection issues",
    "enquiry": "Section 47 enquiries",
    "proceedings": "Pre-proceedings",
    "threshold": "Threshold decisions",
    "cohort": "Cohorts",
    "case": "Cases",
    "assessment": "Assessments",
    "scope": "Scope ledger",
    "statement": "Statements of scope",
    "waiting": "Children who wait",
    "ownership": "Owner and next step",
    "hold": "Cases on hold",
    "clock": "Whose clock it is",
    "difference": "Differences from the council’s lists",
    "escalation": "Escalations",
    "delay": "Delays",
    "performance_meeting": "Performance meetings",
    "contract_meeting": "Meetings of a contract",
    "start": "Then and now",
    "pack": "Packs",
    "spelling": "Spellings",
    "mapping": "Remembered columns",
    "quality": "Data quality",
    "saved_view": "Saved views",
    "pair": "Cases that look alike",
    "district_manager": "District Managers",
    "deputy": "Deputies",
    "clock_terms": "Clock rules",
    "plan": "Plans",
    "proposal": "Proposals",
    "agenda": "Agreement meetings",
    "disagreement": "Disagreements",
    "condition": "Conditions",
    "handover": "Handovers",
    "checklist": "Handover checklists",
    "calendar": "Handover calendar",
    "intake": "Weekly intakes",
    "smoothing": "Smoothed weeks",
    "closure": "Closures",
    "service_level": "Service levels",
    "rectification": "Rectification plans",
    "credit": "Service credits",
    "benchmark": "Benchmarks",
    "measure": "Measures",
    "price": "Prices",
    "milestone": "Milestones",
    "invoice": "Invoices",
    "credit_note": "Credit notes",
    "shift": "Timesheets",
    "earned": "Earned value",
    "outlook": "Outlook",
    "exit": "Exit strategy",
    "final_account": "Final account",
    "lesson": "Lessons of the final account",
    "offer": "Offers to workers",
    "data": "Data of a contract",
    "staying": "Who would stay",
    "return": "Return of agency workers",
    "action": "Actions on cases",
    "supervision": "Supervision",
    "support": "Support sessions",
    "oversight": "Management oversight",
    "problem": "System problems",
    "feed": "Calendar feed",
}


@dataclass(frozen=True)
class Granted:
    """One act, in words, and for each role whether it may do it."""

    sentence: str
    allowed: tuple[bool, ...]


@dataclass(frozen=True)
class Thing:
    """The acts on one kind of thing."""

    heading: str
    acts: tuple[Granted, ...]


def list_grants() -> list[Thing]:
    """Every act that a role is granted, by thing, in the order of the vocabulary."""
    granted = [act for act in Act if act in GRANTED]
    order = list(dict.fromkeys(_thing(act) for act in granted))
    granted.sort(key=lambda act: order.index(_thing(act)))
    return [
        Thing(
            _HEADINGS.get(thing, thing.capitalize()),
            tuple(
                Granted(act.sentence, tuple(role in GRANTED[act] for role in Role)) for act in acts
            ),
        )
        for thing, acts in groupby(granted, _thing)
    ]


def grants_table() -> str:
    """The same as a Markdown table, for the README."""
    head = ["Act", *(role.label for role in Role)]
    lines = [head, ["---", *(":-:" for _ in Role)]]
    for thing in list_grants():
        lines.append([f"**{thing.heading}**", *("" for _ in Role)])
        lines += [
            [act.sentence, *("✓" if may else "" for may in act.allowed)] for act in thing.acts
        ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _thing(act: Act) -> str:
    return act.value.partition(".")[0]
