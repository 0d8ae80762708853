"""Which acts of managers are oversight of a case, and how they stand in its timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.access.roles import Role
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.kernel.labels import Labelled

MANAGERS = (
    Role.AGENCY_PROJECT_MANAGER,
    Role.TEAM_MANAGER,
    Role.DISTRICT_MANAGER,
    Role.COUNCIL_PROJECT_MANAGER,
)
LATELY = timedelta(days=28)


class Kind(Labelled):
    """What a manager did; reading alone is the least of it."""

    SUPERVISED = "supervised", "Supervised"
    DECIDED = "decided", "Decided"
    RETURNED = "returned", "Returned"
    DIRECTED = "directed", "Directed"
    REVIEWED = "reviewed", "Reviewed"
    READ = "read", "Read"


KINDS = {
    Act.SUPERVISION_HOLD: Kind.SUPERVISED,
    Act.ASSESSMENT_RETURN: Kind.RETURNED,
    Act.PROPOSAL_RETURN: Kind.RETURNED,
    Act.ACTION_SET: Kind.DIRECTED,
    Act.ACTION_CHANGE: Kind.DIRECTED,
    Act.WAITING_REVIEW: Kind.REVIEWED,
    Act.CASE_PRIORITISE: Kind.REVIEWED,
    Act.ESCALATION_ACKNOWLEDGE: Kind.REVIEWED,
    Act.FLAG_ACKNOWLEDGE: Kind.REVIEWED,
}
KNOWN = {act.value: act for act in Act}
# What is done to many cases at once looks at none of them.
WHOLESALE = frozenset({Act.IMPORT_RUN.value, Act.IMPORT_UNDO.value, Act.DEMO_SEED.value})


@dataclass(frozen=True)
class Entry:
    """One thing that a manager did on a case."""

    at: datetime
    kind: Kind
    what: str
    by: str
    role: Role | None = None
    note: str = ""
    # False where only its day is known.
    timed: bool = True

    @property
    def on(self) -> date:
        return london_date(self.at)


@dataclass(frozen=True)
class Grip:
    """When a manager last did more than read, and how often of late."""

    last_on: date | None
    lately: int
    read_lately: int

    def days(self, today: date) -> int | None:
        return None if self.last_on is None else (today - self.last_on).days


def kind_of(act: str) -> Kind:
    """What an act is as oversight; whatever is none of the others is a decision."""
    known = KNOWN.get(act)
    return KINDS.get(known, Kind.DECIDED) if known else Kind.DECIDED


def words_of(act: str) -> str:
    """What an act did, in the words that the page of who may do what has for it."""
    known = KNOWN.get(act)
    return known.sentence if known else act


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The latest first; reading by one person counts once a day, and not beside an act of it."""
    found = sorted(entries, key=lambda one: (one.kind is Kind.READ, -one.at.timestamp()))
    told: dict[tuple[object, ...], Entry] = {}
    acted = {(one.by, one.on) for one in found if one.kind is not Kind.READ}
    for one in found:
        if one.kind is not Kind.READ:
            told.setdefault((one.by, one.at, one.what, one.note), one)
        elif (one.by, one.on) not in acted:
            told.setdefault((one.by, one.on), one)
    return sorted(told.values(), key=lambda one: one.at, reverse=True)


def grip_of(entries: Iterable[Entry], today: date) -> Grip:
    """How close managers are to a case."""
    all_of_them = list(entries)
    acts = [one.on for one in all_of_them if one.kind is not Kind.READ]
    reads = [one.on for one in all_of_them if one.kind is Kind.READ]
    since = today - LATELY
    return Grip(
        max(acts, default=None), sum(on >= since for on in acts), sum(on >= since for on in reads)
    )
