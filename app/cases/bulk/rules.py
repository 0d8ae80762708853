"""Which acts many cases may go through at once, and why a case cannot."""

from enum import StrEnum

from app.cases.assessments.rules import check_migration
from app.cases.states import MOVES, CaseState
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType
from app.kernel.errors import Refused

MOST = 10_000
"""Cases that one bulk act takes; more are refused with their number, never cut off."""


class BulkAct(StrEnum):
    """Nothing that ends a case is among them: each end is looked at by itself."""

    TRANSFER = "transfer"
    CO_WORKER = "co_worker"
    PRIORITY = "priority"
    MIGRATE = "migrate"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def act(self) -> Act:
        """What a person needs to be granted to do it to one case."""
        return _ACTS[self]

    @property
    def undoing(self) -> str:
        """What undoing brings back; empty where there is no way back."""
        return _UNDOING.get(self, "")

    @property
    def lasting(self) -> str:
        """What there is instead of undoing; empty where there is a way back."""
        return _LASTING.get(self, "")


_LABELS = {
    BulkAct.TRANSFER: "Move to another lot",
    BulkAct.CO_WORKER: "Give a co-worker",
    BulkAct.PRIORITY: "Set the priority",
    BulkAct.MIGRATE: "Go on as single assessments",
}
_ACTS = {
    BulkAct.TRANSFER: Act.CASE_TRANSFER,
    BulkAct.CO_WORKER: Act.CASE_REALLOCATE,
    BulkAct.PRIORITY: Act.CASE_PRIORITISE,
    BulkAct.MIGRATE: Act.ASSESSMENT_MIGRATE,
}
_UNDOING = {
    BulkAct.TRANSFER: (
        "Undoing moves the cases back to the lots they came from. They wait there to be "
        "allocated, also those that had a worker before."
    ),
    BulkAct.CO_WORKER: "Undoing gives each case the co-worker it had before, or none.",
}
_LASTING = {
    BulkAct.PRIORITY: "This cannot be undone at once: set the priority of each case anew.",
    BulkAct.MIGRATE: "This cannot be undone. What each assessment was before stays on its case.",
}


def obstacle(act: BulkAct, state: CaseState, kind: AssessmentType) -> str:
    """Why the act cannot be done to a case as it stands; empty where it can."""
    if act is BulkAct.PRIORITY:
        return "" if state.is_open else "This case has ended."
    try:
        if act is BulkAct.MIGRATE:
            check_migration(kind, state)
        else:
            MOVES.after(state, act.act)
    except Refused as refusal:
        return refusal.sentence
    return ""
