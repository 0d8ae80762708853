"""The states of a case and the acts that lead from one to the next."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.kernel.machine import Machine


class CaseState(StrEnum):
    UNALLOCATED = "unallocated"
    ALLOCATED = "allocated"
    ASSESSING = "assessing"
    SUBMITTED = "submitted"
    AUTHORISED = "authorised"
    PROPOSED = "proposed"
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    HANDED_BACK = "handed_back"
    # Taken out of the register with the import that brought it.
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def is_open(self) -> bool:
        return self not in ENDED

    @property
    def clock_runs(self) -> bool:
        """Whether the assessment is still to be authorised."""
        return self in CLOCK_RUNS


S = CaseState
ENDED = frozenset({S.HANDED_OVER, S.CLOSED, S.HANDED_BACK, S.WITHDRAWN})
CLEARED = frozenset({S.HANDED_OVER, S.CLOSED})
OPEN = tuple(state for state in CaseState if state not in ENDED)
CLOCK_RUNS = frozenset({S.UNALLOCATED, S.ALLOCATED, S.ASSESSING, S.SUBMITTED})
DECIDED = (S.UNALLOCATED, S.ALLOCATED, S.ASSESSING, S.SUBMITTED, S.AUTHORISED, S.AGREED)
HELD = (S.ALLOCATED, S.ASSESSING, S.SUBMITTED, S.AUTHORISED, S.PROPOSED, S.AGREED)

MOVES: Machine[CaseState] = Machine(
    {
        (S.UNALLOCATED, Act.CASE_ALLOCATE): S.ALLOCATED,
        (S.ALLOCATED, Act.ASSESSMENT_START): S.ASSESSING,
        (S.ASSESSING, Act.ASSESSMENT_SUBMIT): S.SUBMITTED,
        (S.SUBMITTED, Act.ASSESSMENT_AUTHORISE): S.AUTHORISED,
        (S.SUBMITTED, Act.ASSESSMENT_RETURN): S.ASSESSING,
        (S.AUTHORISED, Act.PROPOSAL_PROPOSE): S.PROPOSED,
        (S.UNALLOCATED, Act.PROPOSAL_PROPOSE): S.PROPOSED,
        (S.ALLOCATED, Act.PROPOSAL_PROPOSE): S.PROPOSED,
        (S.ASSESSING, Act.PROPOSAL_PROPOSE): S.PROPOSED,
        (S.SUBMITTED, Act.PROPOSAL_PROPOSE): S.PROPOSED,
        (S.PROPOSED, Act.PROPOSAL_AGREE): S.AGREED,
        (S.PROPOSED, Act.PROPOSAL_CONDITION): S.AGREED,
        (S.PROPOSED, Act.PROPOSAL_RETURN): S.AUTHORISED,
        (S.PROPOSED, Act.PROPOSAL_REFUSE): S.AUTHORISED,
        # A decision taken back leaves the proposal out, wherever the decision had led.
        **{(state, Act.PROPOSAL_UNDO): S.PROPOSED for state in DECIDED},
        (S.PROPOSED, Act.PLAN_WRITE): S.AUTHORISED,
        (S.AGREED, Act.PLAN_WRITE): S.AUTHORISED,
        (S.AGREED, Act.HANDOVER_ACCEPT): S.HANDED_OVER,
        (S.AGREED, Act.HANDOVER_REJECT): S.AUTHORISED,
        (S.AGREED, Act.CLOSURE_CLOSE): S.CLOSED,
        (S.AGREED, Act.CASE_HAND_BACK): S.HANDED_BACK,
        (S.HANDED_OVER, Act.CASE_REOPEN): S.UNALLOCATED,
        (S.CLOSED, Act.CASE_REOPEN): S.UNALLOCATED,
        (S.HANDED_BACK, Act.IMPORT_RUN): S.UNALLOCATED,
        (S.UNALLOCATED, Act.IMPORT_UNDO): S.WITHDRAWN,
        (S.WITHDRAWN, Act.IMPORT_RUN): S.UNALLOCATED,
        (S.UNALLOCATED, Act.CASE_TRANSFER): S.UNALLOCATED,
        (S.ALLOCATED, Act.CASE_TRANSFER): S.UNALLOCATED,
        **{(state, Act.CASE_REALLOCATE): state for state in HELD},
    }
)


@dataclass(frozen=True)
class Standing:
    """Where a case stands; `proposed_from` is where an outstanding proposal found it."""

    state: CaseState
    proposed_from: CaseState | None = None


def move(standing: Standing, act: Act, *, handing_back: bool = False) -> Standing:
    """Where `act` takes a case; Refused where it may not.

    Only a hand-back may be proposed before the assessment is authorised; a proposal that is
    returned, refused or overtaken by a new plan leaves the case in the state it came from. So an
    unallocated case gets no worker while its hand-back waits.
    """
    after = MOVES.after(standing.state, act)
    if act is Act.CASE_REALLOCATE and standing.proposed_from is CaseState.UNALLOCATED:
        raise Refused("Nobody holds this case, and a hand-back of it waits to be decided.")
    if act is Act.PROPOSAL_PROPOSE:
        if standing.state is not CaseState.AUTHORISED and not handing_back:
            raise Refused("Only a hand-back can be proposed before the assessment is authorised.")
        return Standing(after, standing.state)
    if act is Act.PROPOSAL_UNDO and standing.state is not CaseState.AGREED:
        return Standing(after, standing.state)
    if after is CaseState.AUTHORISED and standing.proposed_from is not None:
        return Standing(standing.proposed_from)
    if after in ENDED or not after.is_open:
        return Standing(after)
    return replace(standing, state=after)
