"""Who may decide a proposal, and what a decision must say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from app.access.roles import Organisation
from app.agreements.conditions.rules import Wanted
from app.cases.register.rules import Priority
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.plans.rules import Outcome, Route


class Decision(StrEnum):
    AGREED = "agreed"
    RETURNED = "returned"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return self.value.capitalize()


UNDONE_WITHIN = timedelta(minutes=1)


class HandBackReply(Labelled):
    """What the District Manager says to the agency when the council takes a case back."""

    TAKEN_BACK = "taken_back", "The council takes it from here"
    SENT_IN_ERROR = "sent_in_error", "Sent in error: the list is put right"
    TEAM_ADVISED = "team_advised", "The team that sent it was advised on what to send"
    WILL_SEND_AGAIN = "will_send_again", "It will be sent again with what was missing"


@dataclass(frozen=True)
class Answer:
    """What the council answers to a proposal; `points` say what to fix or why it is refused."""

    decision: Decision
    points: str = ""
    reply: HandBackReply | None = None
    conditions: Wanted | None = None

    @property
    def act(self) -> Act:
        """The act that gives this answer."""
        if self.decision is Decision.RETURNED:
            return Act.PROPOSAL_RETURN
        if self.decision is Decision.REFUSED:
            return Act.PROPOSAL_REFUSE
        return Act.PROPOSAL_CONDITION if self.conditions else Act.PROPOSAL_AGREE


@dataclass(frozen=True)
class Waiting:
    """One line of the District Manager's desk; `days` are the working days it has waited."""

    days: int
    id: int
    case_id: int
    reference: str
    lot: str
    contract_id: int
    outcome: Outcome
    practitioner: str | None
    proposed_by: str | None
    proposed_at: datetime
    priority: Priority
    open_flags: int
    seen_on: date | None
    target_on: date
    within: int

    @property
    def is_late(self) -> bool:
        return self.days > self.within


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


def differences(
    before: dict[str, str], now: dict[str, str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The name of every entry that is not the same in both, with its words as they changed."""
    names = [*now, *(name for name in before if name not in now)]
    return [
        (name, word_changes(before.get(name, ""), now.get(name, "")))
        for name in names
        if before.get(name, "") != now.get(name, "")
    ]


def check_conditions(route: Route, conditions: Wanted | None) -> None:
    """Conditions stand in the way of an end; a hand-back that is agreed ends at once."""
    if conditions is not None and route is Route.HAND_BACK:
        raise Refused("A hand-back is agreed or refused; it takes no conditions.")


def may_undo(decided_at: datetime | None, now: datetime, *, own: bool) -> bool:
    """Whether a decision can still be taken back: by whoever made it, within a minute."""
    return own and decided_at is not None and now - decided_at <= UNDONE_WITHIN


def check_undo(decided_at: datetime | None, now: datetime, *, own: bool, followed: bool) -> None:
    """Refuse to take back what another decided, what is too old and what was built upon."""
    if decided_at is None:
        raise Refused("This proposal is not decided.")
    if not own:
        raise Refused("Only whoever decided can take the decision back.")
    if not may_undo(decided_at, now, own=own):
        raise Refused("A decision can be taken back within a minute; this one stands.")
    if followed:
        raise Refused("Something followed this decision, so it stands.")


def word_changes(before: str, now: str) -> list[tuple[str, str]]:
    """The words of two texts in order, each run with "same", "gone" or "new"."""
    earlier, later = before.split(), now.split()
    changes: list[tuple[str, str]] = []
    for kind, *place in SequenceMatcher(None, earlier, later, autojunk=False).get_opcodes():
        first, last, start, end = place
        if kind == "equal":
            changes.append(("same", _run(later, start, end)))
            continue
        changes += [("gone", _run(earlier, first, last))] if last > first else []
        changes += [("new", _run(later, start, end))] if end > start else []
    return changes


def _run(words: Sequence[str], start: int, end: int) -> str:
    return " ".join(words[start:end])
