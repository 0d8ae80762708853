"""When a case drifts: nothing has happened on it, and it is old for its stage."""

from app.cases.states import CaseState
from app.kernel.labels import Labelled


class Basis(Labelled):
    """What a case is called old by."""

    HISTORY = "history", "Older than most of the lot’s cases when they left this stage"
    LIMIT = "limit", "Past its day, as the lot has too little history of this stage"


class Suggestion(Labelled):
    """The act that would move a drifting case on."""

    ALLOCATE = "allocate", "Allocate it"
    START = "start", "Have the assessment started, or change its worker"
    SEE_CHILD = "see_child", "See the child"
    WHY_LATE = "why_late", "Record why it is late, and who ends that"
    END_DELAY = "end_delay", "End the delay that holds it up, or escalate it"
    SUBMIT = "submit", "Have the assessment submitted"
    AUTHORISE = "authorise", "Authorise or return the assessment"
    PROPOSE = "propose", "Write the outcome plan and propose it"
    DECIDE = "decide", "Ask the District Manager for the decision"
    END_CASE = "end_case", "Complete the handover or closure"


class Aside(Labelled):
    """Why a drifting case is left off the list for a while."""

    MOVES = "moves", "It moves: what happened is not recorded yet"
    AGREED = "agreed", "The delay is agreed with the council"
    PURPOSEFUL = "purposeful", "It waits on purpose, for the child’s sake"
    DATED = "dated", "The next step has its day already"


STAGE_ACTS = {
    CaseState.UNALLOCATED: Suggestion.ALLOCATE,
    CaseState.ALLOCATED: Suggestion.START,
    CaseState.ASSESSING: Suggestion.SUBMIT,
    CaseState.SUBMITTED: Suggestion.AUTHORISE,
    CaseState.AUTHORISED: Suggestion.PROPOSE,
    CaseState.PROPOSED: Suggestion.DECIDE,
    CaseState.AGREED: Suggestion.END_CASE,
}
