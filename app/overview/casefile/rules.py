"""What comes next for a case, and whose move it is."""

from dataclasses import dataclass

from app.cases.states import CaseState


@dataclass(frozen=True)
class NextStep:
    """The next act on a case in words, and who does it."""

    what: str
    who: str


NEXT = {
    CaseState.UNALLOCATED: NextStep("Allocate it to a practitioner", "Team manager"),
    CaseState.ALLOCATED: NextStep("Start the assessment", "Practitioner"),
    CaseState.ASSESSING: NextStep("See the child and submit the assessment", "Practitioner"),
    CaseState.SUBMITTED: NextStep("Authorise the assessment or return it", "Team manager"),
    CaseState.AUTHORISED: NextStep("Write and propose the outcome plan", "Practitioner"),
    CaseState.PROPOSED: NextStep("Decide on the outcome plan", "District Manager"),
    CaseState.HANDED_OVER: NextStep("Nothing: the council's team leads", "Receiving team"),
    CaseState.CLOSED: NextStep("Nothing: the case is closed", "Nobody"),
    CaseState.HANDED_BACK: NextStep("Nothing: the case was handed back", "Council"),
}


def next_step(state: CaseState, *, closing: bool, has_plan: bool) -> NextStep:
    """The step that moves a case on; an agreed case closes or is handed over as its plan says."""
    if state is CaseState.AGREED:
        if closing:
            return NextStep("Check the gate and close", "Team manager, not the closure's author")
        return NextStep("Complete the checklist and accept the handover", "Receiving team")
    if state is CaseState.AUTHORISED and has_plan:
        return NextStep("Propose the outcome plan", "Practitioner")
    return NEXT[state]


def who_leads(state: CaseState) -> str:
    """Responsibility, derived and never typed: the agency leads until the council accepts."""
    if state in {CaseState.HANDED_OVER, CaseState.HANDED_BACK}:
        return "Council leads"
    if state is CaseState.CLOSED:
        return "Nobody: closed"
    if state is CaseState.AGREED:
        return "Agency leads, receiving team supporting"
    return "Agency leads"
