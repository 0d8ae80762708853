"""The only way a case ends: past a gate that `agreements` alone may build."""

from dataclasses import dataclass

from app.cases.register.models import Case
from app.cases.register.rules import FLAG_OPEN
from app.cases.register.service import step
from app.cases.scope.rules import Term
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork

TERMS = {
    Act.HANDOVER_ACCEPT: Term.CLEARED,
    Act.CLOSURE_CLOSE: Term.CLEARED,
    Act.CASE_HAND_BACK: Term.HANDED_BACK,
}


@dataclass(frozen=True)
class Gate:
    """What was checked before a case may end: the agreed proposal and every reason it may not."""

    proposal_id: int
    outcome: str
    obstacles: tuple[str, ...]


def end(uow: UnitOfWork, case: Case, gate: Gate, act: Act, note: str = "") -> None:
    """End a case by handover, closure or hand-back and post it to its ledger term.

    Raises Refused with every obstacle of the gate; open safeguarding flags are looked at again
    here, because no gate may be passed with one.
    """
    obstacles = list(gate.obstacles)
    if case.open_flags and FLAG_OPEN not in obstacles:
        obstacles.insert(0, FLAG_OPEN)
    if obstacles:
        raise Refused(" ".join(obstacles))
    step(
        uow,
        case,
        act,
        term=TERMS[act],
        note=note,
        outcome=gate.outcome,
        ended_on=uow.today,
    )
