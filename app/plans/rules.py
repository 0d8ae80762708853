"""What an outcome plan must say, which way its outcome leads, and its exact words."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.cases.states import CaseState, Standing
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

FAR = timedelta(days=366)


class Route(StrEnum):
    """How a case with a plan ends."""

    CLOSURE = "closure"
    HANDOVER = "handover"
    HAND_BACK = "hand_back"

    @property
    def label(self) -> str:
        return self.value.replace("_", "-").capitalize()


class Outcome(StrEnum):
    """What is meant to become of a case.

    A step down is a handover to an early help team, which accepts it; another authority is a
    handover without a receiving team of this council.
    """

    label: str
    route: Route

    def __new__(cls, value: str, label: str, route: Route) -> "Outcome":
        outcome = str.__new__(cls, value)
        outcome._value_ = value
        outcome.label, outcome.route = label, route
        return outcome

    CLOSE_NFA = "close_nfa", "Close with no further action", Route.CLOSURE
    # Read of cases that ended so before early help was asked to accept; planned no more.
    CLOSE_EARLY_HELP = "close_early_help", "Close to early help", Route.CLOSURE
    STEP_DOWN = "step_down", "Step down to early help", Route.HANDOVER
    CIN_PLAN = "cin_plan", "Child in need plan", Route.HANDOVER
    SECTION_47 = "section_47", "Section 47 enquiry or child protection conference", Route.HANDOVER
    PRE_PROCEEDINGS = "pre_proceedings", "Pre-proceedings", Route.HANDOVER
    OTHER_AUTHORITY = "other_authority", "Transfer to another authority", Route.HANDOVER
    HAND_BACK = "hand_back", "Hand back as inappropriate", Route.HAND_BACK

    @property
    def needs_team(self) -> bool:
        """Whether a receiving team of the lot must be named."""
        return self.route is Route.HANDOVER and self is not Outcome.OTHER_AUTHORITY


class HandBackReason(Labelled):
    """Why a case should not have come to the project."""

    ALREADY_CLOSED = "already_closed", "Already closed by the council"
    HELD_ELSEWHERE = "held_elsewhere", "Already held by another team"
    OUT_OF_AREA = "out_of_area", "The child lives in another area"
    BELOW_THRESHOLD = "below_threshold", "Below the threshold for social care"
    AT_COURT = "at_court", "In court proceedings"
    SIBLING_ALLOCATED = "sibling_allocated", "A sibling is allocated to a council worker"
    DUPLICATE = "duplicate", "The same child is here under another reference"


class HandBackAdvice(Labelled):
    """What was said to whom when a case was found not to be for the project."""

    HOLDER_TOLD = "holder_told", "The team that holds the case was told"
    REFERRER_ADVISED = "referrer_advised", "The referrer was advised"
    EARLY_HELP = "early_help", "The family was pointed to early help"
    UNIVERSAL = "universal_services", "The family was pointed to school, health or a family hub"
    AUTHORITY_TOLD = "authority_told", "The other authority was told"
    NOT_NEEDED = "not_needed", "No advice was needed"


@dataclass(frozen=True)
class Draft:
    """A plan as it was written, before it becomes a version."""

    outcome: Outcome
    target_on: date
    rationale: str
    conditions: str = ""
    receiving_team_id: int | None = None
    hand_back_reason: HandBackReason | None = None
    hand_back_advice: HandBackAdvice | None = None
    advice_note: str = ""

    def is_far(self, today: date) -> bool:
        """Whether the target is so far off that it may be a slip."""
        return self.target_on > today + FAR


def check_draft(draft: Draft, *, today: date, lot_team_ids: Collection[int]) -> None:
    """Find fault with the first answer that does not fit the outcome; Invalid names its field."""
    team = draft.receiving_team_id
    if draft.outcome.needs_team and team is None:
        raise Invalid("receiving_team_id", "Choose the team that is to receive the case.")
    if not draft.outcome.needs_team and team is not None:
        raise Invalid("receiving_team_id", "No team of this council receives a case so ended.")
    if team is not None and team not in lot_team_ids:
        raise Invalid("receiving_team_id", "Choose a receiving team of the case’s lot.")
    if draft.target_on < today:
        raise Invalid("target_on", f"{show_date(draft.target_on)} is in the past.")
    _check_hand_back(draft)


def _check_hand_back(draft: Draft) -> None:
    if draft.outcome is Outcome.HAND_BACK:
        if draft.hand_back_reason is None:
            raise Invalid("hand_back_reason", "Choose why the case is handed back.")
        if draft.hand_back_advice is None:
            raise Invalid("hand_back_advice", "Choose what advice was given.")
        return
    if draft.hand_back_reason is not None:
        raise Invalid("hand_back_reason", "Only a case that is handed back has this reason.")
    if draft.hand_back_advice is not None or draft.advice_note:
        raise Invalid("hand_back_advice", "Only a case that is handed back has this advice.")


def possible(standing: Standing) -> tuple[Outcome, ...]:
    """The outcomes that can be planned: before authorisation a hand-back alone.

    Raises Refused for a case that has ended.
    """
    if not standing.state.is_open:
        raise Refused("This case has ended. Reopen it before you write another plan.")
    came_from = standing.proposed_from or standing.state
    assessed = {CaseState.AUTHORISED, CaseState.PROPOSED, CaseState.AGREED}
    if came_from not in assessed:
        return (Outcome.HAND_BACK,)
    return tuple(one for one in Outcome if one is not Outcome.CLOSE_EARLY_HELP)


def check_standing(standing: Standing, outcome: Outcome) -> None:
    """Refuse a plan for an ended case, and any but a hand-back before authorisation."""
    if outcome not in possible(standing):
        raise Refused(
            "Early help accepts a case like any other team: plan to step it down."
            if outcome is Outcome.CLOSE_EARLY_HELP
            else "Before the assessment is authorised, only a hand-back can be planned."
        )


def voids(state: CaseState) -> bool:
    """Whether new words overtake a proposal that is out or agreed."""
    return state in {CaseState.PROPOSED, CaseState.AGREED}


def entries(draft: Draft, receiving_team: str | None) -> dict[str, str]:
    """What a plan says, under the names a reader knows; what is empty is left out."""
    reason, advice = draft.hand_back_reason, draft.hand_back_advice
    advised = [advice.label if advice else "", draft.advice_note]
    said = {
        "Outcome": draft.outcome.label,
        "Receiving team": receiving_team or "",
        "Target date": show_date(draft.target_on),
        "Reason for handing back": reason.label if reason else "",
        "Advice given": ". ".join(words for words in advised if words),
        "Rationale": draft.rationale,
        "Conditions": draft.conditions,
    }
    return {name: words for name, words in said.items() if words}


def wording(said: Mapping[str, str]) -> str:
    """The exact words of entries as one text; an entry's further lines are set in by two spaces."""
    entries_set_in = (f"{name}: {words}".replace("\n", "\n  ") for name, words in said.items())
    return "\n".join(entries_set_in)


def read_wording(text: str) -> dict[str, str]:
    """The entries that a wording was made of."""
    found = (entry.partition(": ") for entry in re.split(r"\n(?!  )", text) if entry)
    return {name: words.replace("\n  ", "\n") for name, _, words in found}


def hash_of(text: str) -> str:
    """The SHA-256 of exact words, by which a signature knows what was signed."""
    return hashlib.sha256(text.encode()).hexdigest()
