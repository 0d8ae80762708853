"""Who may decide a proposal, and what a decision must say."""

from dataclasses import dataclass
from enum import StrEnum

from app.access.roles import Organisation
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.plans.rules import Route


class Decision(StrEnum):
    AGREED = "agreed"
    RETURNED = "returned"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class HandBackReply(Labelled):
    """What the District Manager says to the agency when the council takes a case back."""

    TAKEN_BACK = "taken_back", "The council takes it from here"
    SENT_IN_ERROR = "sent_in_error", "Sent in error: the list is put right"
    TEAM_ADVISED = "team_advised", "The team that sent it was advised on what to send"
    WILL_SEND_AGAIN = "will_send_again", "It will be sent again with what was missing"


@dataclass(frozen=True)
class Party:
    """Someone who puts their name to a proposal, and for which organisation."""

    user_id: int | None
    organisation: Organisation | None


def check_parties(proposer: Party, decider: Party) -> None:
    """Two people of two organisations: nobody agrees for somebody else."""
    if decider.user_id is None or decider.user_id == proposer.user_id:
        raise Refused("Whoever made a proposal cannot also decide it.")
    if decider.organisation is None or decider.organisation is proposer.organisation:
        raise Refused("A proposal is decided by the other organisation.")


def check_points(decision: Decision, points: str) -> None:
    """A return says what to fix, a refusal says why; an agreement takes the words as they are."""
    if decision is Decision.RETURNED and not points:
        raise Invalid("points", "Write the points to fix.")
    if decision is Decision.REFUSED and not points:
        raise Invalid("points", "Write why the proposal is refused.")


def check_reply(route: Route, reply: HandBackReply | None) -> None:
    """Who agrees a hand-back answers the agency in a code; no other agreement has a reply."""
    if route is Route.HAND_BACK and reply is None:
        raise Invalid("reply", "Choose what you reply to the agency.")
    if route is not Route.HAND_BACK and reply is not None:
        raise Invalid("reply", "Only a hand-back is agreed with a reply.")


def differences(before: dict[str, str], now: dict[str, str]) -> list[tuple[str, str, str]]:
    """Name, earlier words and present words of every entry that is not the same in both."""
    names = [*now, *(name for name in before if name not in now)]
    return [
        (name, before.get(name, ""), now.get(name, ""))
        for name in names
        if before.get(name, "") != now.get(name, "")
    ]
