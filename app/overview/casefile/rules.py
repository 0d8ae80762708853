"""What comes next for a case, whose move it is, and which buttons the reader may press."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from app.agreements.handovers.rules import responsibility
from app.cases.states import CLOCK_RUNS, HELD, MOVES, OPEN, CaseState
from app.kernel.acts import Act
from app.plans.rules import Outcome, Route


@dataclass(frozen=True)
class NextStep:
    """The next act on a case in words, and who does it."""

    what: str
    who: str


@dataclass(frozen=True)
class Action:
    """A button of the case page: what it starts and the route that shows its form."""

    act: Act
    label: str
    route: str


NEXT = {
    CaseState.UNALLOCATED: NextStep("Allocate it to a practitioner", "Team manager"),
    CaseState.ALLOCATED: NextStep("Start the assessment", "Practitioner"),
    CaseState.ASSESSING: NextStep("Finish the assessment and submit it", "Practitioner"),
    CaseState.SUBMITTED: NextStep("Authorise the assessment or return it", "Team manager"),
    CaseState.AUTHORISED: NextStep("Write and propose the outcome plan", "Practitioner"),
    CaseState.PROPOSED: NextStep("Decide on the outcome plan", "District Manager"),
    CaseState.AGREED: NextStep("End it as the agreed plan says", "Team manager or receiving team"),
    CaseState.HANDED_OVER: NextStep("Nothing more here", "The case was handed over"),
    CaseState.CLOSED: NextStep("Nothing more here", "The case is closed"),
    CaseState.HANDED_BACK: NextStep("Nothing more here", "The case was handed back"),
    CaseState.WITHDRAWN: NextStep("Nothing more here", "The import that brought it was undone"),
}

# In the order in which a case takes them, so that the first one possible moves it on.
ACTIONS = (
    Action(Act.CASE_ALLOCATE, "Allocate", "allocation.form"),
    Action(Act.ASSESSMENT_START, "Start the assessment", "assessments.start_form"),
    Action(Act.ASSESSMENT_SUBMIT, "Submit the assessment", "assessments.submit_form"),
    Action(Act.ASSESSMENT_AUTHORISE, "Authorise the assessment", "assessments.authorise_form"),
    Action(Act.ASSESSMENT_RETURN, "Return the assessment", "assessments.return_form"),
    Action(Act.PROPOSAL_PROPOSE, "Propose the outcome plan", "proposals.form"),
    Action(Act.HANDOVER_ACCEPT, "Open the handover", "handovers.show"),
    Action(Act.CLOSURE_CLOSE, "Check the gate and close", "closures.gate"),
    Action(Act.HANDOVER_PREPARE, "Prepare the handover", "handovers.show"),
    Action(Act.CLOSURE_WRITE, "Write the closure", "closures.form"),
    Action(Act.PLAN_WRITE, "Write the outcome plan", "plans.form"),
    Action(Act.ASSESSMENT_SEEN, "Record that the child was seen", "assessments.seen_form"),
    Action(Act.CASE_REALLOCATE, "Change the worker", "allocation.change"),
    Action(Act.CASE_PRIORITISE, "Set the priority", "triage.priority"),
    Action(Act.CASE_TRANSFER, "Move to another lot", "cases.transfer_form"),
    Action(Act.CASE_REOPEN, "Reopen", "reopening.form"),
)
# Acts beside the way of a case: never the button that stands out.
ASIDE = frozenset({Act.CASE_REALLOCATE, Act.CASE_PRIORITISE, Act.CASE_TRANSFER, Act.CASE_REOPEN})
HOLDERS_ACTS = frozenset({Act.ASSESSMENT_START, Act.ASSESSMENT_SUBMIT})
PLANNED = frozenset({CaseState.AUTHORISED, CaseState.PROPOSED, CaseState.AGREED})
# Acts that change no state of their own: the states in which they make sense, and for which route.
WHILE: dict[Act, Collection[CaseState]] = {
    Act.PLAN_WRITE: PLANNED | CLOCK_RUNS,
    Act.CLOSURE_WRITE: PLANNED,
    Act.HANDOVER_PREPARE: {CaseState.AGREED},
    Act.ASSESSMENT_SEEN: HELD,
    Act.CASE_PRIORITISE: OPEN,
}
WHILE_ROUTE = {Act.CLOSURE_WRITE: Route.CLOSURE, Act.HANDOVER_PREPARE: Route.HANDOVER}
ENDS = {Act.HANDOVER_ACCEPT: Route.HANDOVER, Act.CLOSURE_CLOSE: Route.CLOSURE}
STAGES = [
    CaseState.UNALLOCATED,
    CaseState.ALLOCATED,
    CaseState.ASSESSING,
    CaseState.SUBMITTED,
    CaseState.AUTHORISED,
    CaseState.PROPOSED,
    CaseState.AGREED,
]


@dataclass(frozen=True)
class Standpoint:
    """A case as its reader stands to it; `outcome` is that of the plan in force."""

    state: CaseState
    outcome: Outcome | None
    holds: bool
    # A manager records visits only while nobody holds the case.
    is_practitioner: bool = True
    is_held: bool = True
    # A plan that closes the case is proposed together with its closure.
    closure_written: bool = True


def next_step(
    state: CaseState,
    outcome: Outcome | None,
    requested_at: datetime | None = None,
    *,
    closure_written: bool = True,
) -> NextStep:
    """The step that moves a case on; an agreed case closes or is handed over as its plan says.

    `requested_at` is when the receiving team was asked to take it over.
    """
    if state is CaseState.PROPOSED and outcome is Outcome.HAND_BACK:
        return NextStep("Decide on the hand-back", "District Manager")
    if state is CaseState.AGREED and outcome is not None:
        if outcome.route is Route.CLOSURE:
            return NextStep("Check the gate and close", "Team manager, not the closure’s author")
        if requested_at is None:
            words = "Complete the checklist and request the handover"
            return NextStep(words, "Practitioner or team manager")
        return NextStep("Accept or reject the handover", "Receiving team")
    if state is CaseState.AUTHORISED and outcome is not None:
        waits = outcome.route is Route.CLOSURE and not closure_written
        words = "Write the closure" if waits else "Propose the outcome plan"
        return NextStep(words, "Practitioner or team manager")
    return NEXT[state]


@lru_cache(maxsize=1024)
def actions(seen_by: Standpoint, acts: frozenset[Act]) -> tuple[Action, ...]:
    """The buttons that the reader may press now, the one that moves the case on first."""
    return tuple(one for one in ACTIONS if one.act in acts and _possible(one.act, seen_by))


def moving_on(offered: Sequence[Action], state: CaseState) -> Action | None:
    """The button that stands out, if the first one moves the case on."""
    first = next(iter(offered), None)
    if first is None or first.act in ASIDE:
        return None
    # Both may be written at other times, but only then are they what the case waits for.
    written = first.act in {Act.PLAN_WRITE, Act.CLOSURE_WRITE}
    return None if written and state is not CaseState.AUTHORISED else first


def who_leads(state: CaseState, requested_at: datetime | None = None) -> str:
    """Responsibility, derived and never typed; `requested_at` is when a handover was asked for."""
    who = responsibility(state, requested_at)
    if who is None:
        return "Nobody leads" if state is CaseState.CLOSED else "The council leads"
    return who.label


@lru_cache
def stages(state: CaseState, proposed_from: CaseState | None = None) -> Sequence[tuple[str, str]]:
    """The way of a case as a tracker shows it: each stage, and whether it is done, now or next.

    What is proposed before the assessment is authorised is a hand-back: it leaves stages out.
    """
    if state in {CaseState.HANDED_BACK, CaseState.WITHDRAWN}:
        return [(state.label, "now")]
    reached = STAGES.index(proposed_from or CaseState.AUTHORISED)
    way = [*STAGES[: reached + 1], CaseState.PROPOSED, CaseState.AGREED]
    end = "Closed or handed over" if CaseState.AUTHORISED in way else CaseState.HANDED_BACK.label
    here = way.index(state) if state.is_open else len(way)
    words = [*(one.label for one in way), end if state.is_open else state.label]
    marks = ["done"] * here + ["now"] + ["next"] * (len(way) - here)
    return list(zip(words, marks, strict=True))


def _possible(act: Act, of: Standpoint) -> bool:
    route = of.outcome.route if of.outcome else None
    if act in HOLDERS_ACTS and not of.holds:
        return False
    if act in ENDS and route is not ENDS[act]:
        return False
    if act is Act.CASE_REALLOCATE and not of.is_held:
        return False
    if act is Act.ASSESSMENT_SEEN and not of.is_practitioner:
        return of.state is CaseState.UNALLOCATED
    if act in WHILE:
        return of.state in WHILE[act] and WHILE_ROUTE.get(act, route) is route
    if act is Act.PROPOSAL_PROPOSE:
        if route is Route.CLOSURE and not of.closure_written:
            return False
        ready = of.state is CaseState.AUTHORISED or route is Route.HAND_BACK
        return route is not None and ready and act in MOVES.acts_from(of.state)
    return act in MOVES.acts_from(of.state)
