"""Who says what in a disagreement, in which order, and what may come of it."""

from collections.abc import Collection
from enum import StrEnum

from app.agreements.proposals.rules import Decision
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

SAID = 20


class Said(Labelled):
    """What one entry is; entries are added and never changed."""

    AGENCY = "agency", "The agency’s position"
    COUNCIL = "council", "The council’s position"
    ESCALATED = "escalated", "Put to the head of service"
    VIEW = "view", "The head of service’s view"


class Outcome(Labelled):
    """What the head of service finds; the case moves only by what both sides do then."""

    STANDS = "stands", "The District Manager’s decision stands"
    PROPOSE_AGAIN = "propose_again", "The plan is proposed again and decided anew"
    JOINT_PLAN = "joint_plan", "Both sides write another plan together"


class Stage(StrEnum):
    """How far a disagreement has come."""

    OPEN = "open"
    ESCALATED = "escalated"
    SETTLED = "settled"

    @property
    def words(self) -> str:
        return {
            "open": "Positions are taken",
            "escalated": "With the head of service",
            "settled": "Settled",
        }[self.value]


def check_raise(decision: Decision | None, *, latest: bool, running: bool, undoable: bool) -> None:
    """The agency disagrees with a return or a refusal, once, while nothing newer is proposed.

    What can still be taken back is no decision to disagree with yet; Invalid then.
    """
    if decision not in {Decision.RETURNED, Decision.REFUSED}:
        raise Refused("Only a proposal that was returned or refused can be disagreed with.")
    if not latest:
        raise Refused("A newer proposal of this case was made; disagree with its decision.")
    if running:
        raise Refused("There is a disagreement about this decision already.")
    if undoable:
        raise Invalid(
            "said", "This decision can be taken back for a minute. Send the position after that."
        )


def check_said(text: str) -> None:
    """A position is words that somebody else can answer."""
    if len(text) < SAID:
        raise Invalid("said", f"Write the position in at least {SAID} characters.")


def check_add(stage: Stage, said: Said, known: Collection[Said]) -> None:
    """Positions are added until it is settled; it is escalated once, with both on the record."""
    if stage is Stage.SETTLED:
        raise Refused("This disagreement is settled; nothing is added to it.")
    if said is Said.ESCALATED and stage is Stage.ESCALATED:
        raise Refused("The head of service has it already.")
    if said is Said.ESCALATED and Said.COUNCIL not in known:
        raise Refused("The council has not said its position yet; both go to the head of service.")


def check_settle(stage: Stage, *, decided_it: bool) -> None:
    """A third person settles what was put to them."""
    if stage is Stage.SETTLED:
        raise Refused("This disagreement is settled already.")
    if stage is not Stage.ESCALATED:
        raise Refused("This disagreement was not put to the head of service.")
    if decided_it:
        raise Refused("Whoever decided the proposal cannot also be the third view.")
