"""Which meetings there are, who reads them, what they talk about and when minutes are issued."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.access.roles import Organisation, Role
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.reports.commentary.rules import Sentence, Topic

AHEAD = timedelta(days=92)
LONGEST = timedelta(weeks=26)

_MANAGERS = frozenset({Role.AGENCY_PROJECT_MANAGER, Role.COUNCIL_PROJECT_MANAGER})
_OF_LOT = frozenset({Role.TEAM_MANAGER, Role.DISTRICT_MANAGER})


class Kind(Labelled):
    """The meetings of a contract, the most frequent first."""

    WEEKLY = "weekly", "Weekly operational meeting"
    PROJECT = "project", "Fortnightly project review"
    CONTRACT = "contract", "Monthly contract review"
    BOARD = "board", "Board"

    @property
    def readers(self) -> frozenset[Role]:
        """Who plans, holds and reads it."""
        return _READERS[self]

    @property
    def names_cases(self) -> bool:
        """Whether all who read it see cases."""
        return Role.COMMISSIONER not in self.readers

    @property
    def known_to_all(self) -> list["Kind"]:
        """The meetings that all its readers read, itself among them."""
        return [one for one in Kind if self.readers <= one.readers]


_READERS = {
    Kind.WEEKLY: _MANAGERS | _OF_LOT,
    Kind.PROJECT: _MANAGERS,
    Kind.CONTRACT: _MANAGERS | {Role.COMMISSIONER},
    Kind.BOARD: _MANAGERS | {Role.COMMISSIONER},
}
# Money is nothing for those who come to the weekly meeting of a lot.
_TALKS_OF = {
    Kind.WEEKLY: frozenset({Topic.CHILDREN, Topic.WORK, Topic.COUNCIL, Topic.ACTIONS}),
    Kind.PROJECT: frozenset(Topic),
    Kind.CONTRACT: frozenset(Topic),
    Kind.BOARD: frozenset(Topic) - {Topic.ACTIONS},
}


class Outcome(Labelled):
    """What a meeting made of an item."""

    DECIDED = "decided", "Decided"
    NOTED = "noted", "Noted"
    PUT_OFF = "put_off", "Put off to the next meeting"


@dataclass(frozen=True)
class Plan:
    """A meeting as it is wanted; `lot_id` is of a weekly one."""

    kind: Kind
    held_on: date
    lot_id: int | None = None
    present: str = ""


@dataclass(frozen=True)
class Wanted:
    """Something that somebody is to do; `reference` names the case that it is about, if any."""

    what: str
    owner_id: int | None
    due_on: date | None
    reference: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether anything of it was filled in."""
        return bool(self.what or self.owner_id or self.due_on or self.reference)


def readable(role: Role | None) -> list[Kind]:
    """The kinds of meeting that somebody of a role reads."""
    return [kind for kind in Kind if role in kind.readers]


def agenda(kind: Kind, sentences: Iterable[Sentence]) -> list[Sentence]:
    """What the figures put on an agenda: each sentence that somebody is to decide or act on."""
    return [one for one in sentences if one.calls and one.topic in _TALKS_OF[kind]]


def check_plan(plan: Plan, role: Role | None, today: date) -> None:
    """Raise Invalid, on the field at fault, or Refused for a meeting that is not one's own."""
    if role not in plan.kind.readers:
        raise Refused(f"You take no part in this meeting: {plan.kind.label}.")
    if plan.kind is Kind.WEEKLY and plan.lot_id is None:
        raise Invalid("lot_id", "Choose the lot whose week is talked about.")
    if plan.kind is not Kind.WEEKLY and plan.lot_id is not None:
        raise Invalid("lot_id", "Only a weekly meeting is of one lot: choose the whole contract.")
    if plan.held_on < today:
        raise Invalid("held_on", f"{show_date(plan.held_on)} is in the past.")
    if plan.held_on > today + AHEAD:
        raise Invalid("held_on", "Plan a meeting at most three months ahead.")


def check_outcome(outcome: Outcome, note: str) -> None:
    """Raise Invalid for a decision without its words."""
    if outcome is Outcome.DECIDED and not note:
        raise Invalid("note", "Write what was decided.")


def check_wanted(
    wanted: Wanted, kind: Kind, *, owners: Collection[int], today: date
) -> tuple[int, date]:
    """Whom an action is given to and its day; Invalid for an action half said."""
    if not wanted.what:
        raise Invalid("what", "Say what is to be done.")
    if wanted.owner_id is None or wanted.owner_id not in owners:
        raise Invalid("owner_id", "Choose who does it.")
    if wanted.due_on is None:
        raise Invalid("due_on", "Enter the day by which it is done.")
    if wanted.due_on < today:
        raise Invalid("due_on", f"{show_date(wanted.due_on)} is in the past.")
    if wanted.due_on > today + LONGEST:
        raise Invalid("due_on", f"Choose a day by {show_date(today + LONGEST)}.")
    if wanted.reference and kind is not Kind.WEEKLY:
        raise Invalid("reference", "Single cases are talked about in weekly meetings alone.")
    return wanted.owner_id, wanted.due_on


def check_open(issued_at: datetime | None) -> None:
    """Minutes that are issued stand as they are."""
    if issued_at is not None:
        raise Refused("The minutes of this meeting are issued; nothing in them changes.")


def check_issue(held_on: date, outcomes: Collection[Outcome | None], today: date) -> None:
    """Minutes are issued once the meeting was held and something came of it."""
    if held_on > today:
        raise Refused(f"This meeting is held on {show_date(held_on)}: there are no minutes yet.")
    if not any(outcomes):
        raise Refused("Nothing was written down of this meeting, so there are no minutes to issue.")


def check_open_action(*, ended: bool, owner_side: Organisation, mine: bool, on_case: bool) -> None:
    """Raise Refused unless an action is open and `mine`: of the owner's side, or who asked it.

    One that is on a case is ended there.
    """
    if ended:
        raise Refused("This action has ended already.")
    if not mine:
        raise Refused(f"This action is with the {owner_side.value}: they say how it ends.")
    if on_case:
        raise Refused("This action is on a case: mark it done there.")


def check_how(words: str) -> None:
    """Raise Invalid for an action that is ended without how it went."""
    if not words:
        raise Invalid("words", "Say in a few words how it went.")
