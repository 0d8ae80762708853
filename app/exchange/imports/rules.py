"""What a list's row says of a case, and how it compares with what is known already."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import starmap
from json.encoder import encode_basestring as _quoted
from typing import Any, NamedTuple, TypeAlias

from app.cases.states import CLEARED, CaseState
from app.exchange.cells import CouncilStatus, Worker
from app.exchange.checks import WORKER_IS_TEAM, WORKER_NAMED
from app.exchange.columns import Fact
from app.exchange.differences.rules import Compared
from app.exchange.layouts import Field, Layout
from app.exchange.once import Once
from app.exchange.rows import ParsedRow, opens_case
from app.kernel.clock import AssessmentType
from app.kernel.days import show_date
from app.kernel.errors import Refused
from app.kernel.labels import Labelled

KEPT_FOR = timedelta(hours=24)
STUCK_AFTER = timedelta(minutes=10)
OWN_HEADERS: Mapping[Field, str] = {
    Field.REFERENCE: "Reference",
    Field.REFERRAL_ON: "Referred on",
    Field.LAST_SEEN_ON: "Child seen on",
    Field.AGE: "Age",
    Field.CLOSED_ON: "Ended on",
}
FIELD_NAMES: Mapping[str, str] = {
    Field.REFERENCE: "Reference",
    Field.REFERRAL_ON: "Referral date",
    Field.REFERRAL_NFA: "Referral with no further action",
    Field.ASSESSMENT_START_ON: "Assessment start date",
    Field.CHILD_SEEN: "Child seen during the assessment",
    Field.AUTHORISED_ON: "Authorisation date",
    Field.SUPPORT_REQUIRED: "Support required",
    Field.STRATEGY_DISCUSSION_ON: "Strategy discussion date",
    Field.ICPC_UNNECESSARY: "Child protection conference unnecessary",
    Field.ICPC_ON: "Child protection conference date",
    Field.CIN_START_ON: "Child in need start date",
    Field.PRIMARY_NEED: "Primary need",
    Field.LAST_SEEN_ON: "Child last seen",
    Field.CLOSED_ON: "Closure date",
    Field.CLOSURE_REASON: "Reason for closure",
    Field.CASE_STATUS: "Case status",
    Field.AGE: "Age",
    Field.DISTRICT: "District",
    Field.SOURCE_TEAM: "Team",
    Field.ALLOCATED_TEAM: "Allocated team",
    Field.ALLOCATED_WORKER: "Allocated worker",
    Field.FAMILY_KEY: "Family",
    Field.ASSESSMENT_TYPE: "Assessment type",
    Field.PROTECTION_PLAN_START_ON: "Child protection plan start date",
    Field.PROTECTION_PLAN_END_ON: "Child protection plan end date",
    Field.LATEST_REVIEW_ON: "Latest review conference",
    WORKER_NAMED: "Worker named",
    WORKER_IS_TEAM: "Worker is a team or tray",
}
# The first of these that a row holds stands for the day on which the child was referred.
_BEGINNINGS = (
    Field.REFERRAL_ON,
    Field.ASSESSMENT_START_ON,
    Field.STRATEGY_DISCUSSION_ON,
    Field.CIN_START_ON,
)
# What the clock of a case depends on.
TIMED = (*_BEGINNINGS, Field.ASSESSMENT_TYPE)
# Under which name the register holds a fact; of two for one name, the later speaks.
NAMED = (
    (Field.FAMILY_KEY, "family_key"),
    (Field.AGE, "age_band"),
    (Field.PRIMARY_NEED, "primary_need"),
    (Field.ALLOCATED_TEAM, "source_team"),
    (Field.SOURCE_TEAM, "source_team"),
)
# What a case holds of these facts where no list has said anything.
CASE_FACTS: Mapping[str, Any] = {
    "family_key": None,
    "age_band": "",
    "primary_need": "",
    "source_team": "",
    "council_worker_named": False,
    "child_protection": False,
    "referred_on": None,
    "assessment_type": AssessmentType.CHILD_AND_FAMILY,
}
_WORKER = "worker_"
LONGEST = {Field.FAMILY_KEY: 40, Field.SOURCE_TEAM: 80, Field.ALLOCATED_TEAM: 80}

Facts: TypeAlias = Mapping[str, str]
FieldFacts: TypeAlias = Mapping[Field, str]
# What a list of a kind says of a child.
Row: TypeAlias = tuple[Layout, Facts]


class Stage(Labelled):
    """How far an import has come."""

    READING = "reading", "Being read"
    MAPPING = "mapping", "Waiting for its columns"
    PREVIEWED = "previewed", "Waiting to be confirmed"
    CONFIRMING = "confirming", "Being imported"
    CONFIRMED = "confirmed", "Imported"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    REFUSED = "refused", "Refused"
    DISCARDED = "discarded", "Discarded"
    EXPIRED = "expired", "Expired"


class Part(Labelled):
    """A part of importing a list, or of undoing that, in the order in which they are done."""

    OPEN = "open", "Open cases"
    CORRECT = "correct", "Change what the list says otherwise"
    KEEP = "keep", "Keep what the list says"
    COMPARE = "compare", "Compare cases with our register"
    LOOK = "look", "Look for what is wrong or missing"
    WITHDRAW = "withdraw", "Withdraw the cases that it opened"
    PUT_BACK = "put_back", "Put back the cases that it changed"
    FORGET = "forget", "Forget the rows of the list"


UNDER_WAY = frozenset({Stage.READING, Stage.CONFIRMING, Stage.UNDOING})
# Its rows are in the register: one that is being undone may yet stay.
IMPORTED = frozenset({Stage.CONFIRMED, Stage.UNDOING})
PARTS: Mapping[Stage, Sequence[Part]] = {
    Stage.CONFIRMING: (Part.OPEN, Part.CORRECT, Part.KEEP, Part.COMPARE, Part.LOOK),
    Stage.UNDOING: (Part.WITHDRAW, Part.PUT_BACK, Part.FORGET),
}
UNSETTLED = frozenset({Stage.READING, Stage.MAPPING, Stage.PREVIEWED, Stage.CONFIRMING})


class Verdict(StrEnum):
    """What a row is beside what was imported before."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Staged(NamedTuple):
    """A staged row that says something new; `text` is its facts as they are kept."""

    key: str
    reference: str
    layout: Layout
    verdict: Verdict
    opens_case: bool
    sent_again: bool
    facts: Facts
    text: str


class KnownCase(NamedTuple):
    """The case that the register holds under a row's reference."""

    case_id: int
    lot_id: int
    state: CaseState
    ended_on: date | None


def kept_of(field: Field, fact: Fact) -> tuple[str, str] | None:
    """Under which name a fact is kept and as what; of the worker only whether one is named."""
    if fact is None:
        return None
    if field is Field.ALLOCATED_WORKER:
        return WORKER_NAMED if fact == Worker.NAMED else WORKER_IS_TEAM, "yes"
    return field.value, str(fact)


def facts_of(row: ParsedRow) -> dict[str, str]:
    """What is kept of a row."""
    return dict(filter(None, starmap(kept_of, row.facts.items())))


def written(facts: Facts | FieldFacts) -> str:
    """Facts as text, the same for the same facts."""
    return f"{{{','.join(sorted(starmap(piece, facts.items())))}}}"


def texts(references: Sequence[str], facts: Mapping[Field, Sequence[Fact]]) -> list[str]:
    """What `written` makes of the facts of many rows that are given column by column."""
    pieces = {
        # Both names of what is kept of the worker stand at the end, as this one does.
        field.value if field is not Field.ALLOCATED_WORKER else _WORKER: list(
            map(Once(partial(_kept_piece, field)).__getitem__, values)
        )
        for field, values in facts.items()
    }
    pieces[Field.REFERENCE.value] = [f'"reference":{_quoted(one)},' for one in references]
    rows = zip(*(pieces[name] for name in sorted(pieces)), strict=True)
    return [f"{{{text[:-1]}}}" for text in map("".join, rows)]


def _kept_piece(field: Field, fact: Fact) -> str:
    """A fact as it stands among others; empty where nothing is kept."""
    kept = kept_of(field, fact)
    return f"{piece(*kept)}," if kept else ""


def piece(name: str, fact: str) -> str:
    """A fact as it stands in such a text, where pieces are in order of their names."""
    return f'"{name}":{_quoted(fact)}'


def header_digest(headers: Iterable[str]) -> str:
    """By which a file with the same columns is known again."""
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


def too_long(facts: Facts) -> tuple[Field, str] | None:
    """The first text that is longer than a case can hold, with why."""
    for field, longest in LONGEST.items():
        if len(facts.get(field, "")) > longest:
            return field, f"The text has {len(facts[field])} characters; at most {longest} go."
    return None


def case_facts(facts: Facts) -> dict[str, Any]:
    """What a row says of its case, under the register's names; only what it does say."""
    said: dict[str, Any] = {name: facts[field] for field, name in NAMED if field in facts}
    if WORKER_NAMED in facts:
        said["council_worker_named"] = True
    if is_protected(facts):
        said["child_protection"] = True
    for field in _BEGINNINGS:
        if field in facts:
            said["referred_on"] = date.fromisoformat(facts[field])
            break
    if kind := assessment_type(facts.get(Field.ASSESSMENT_TYPE, "")):
        said["assessment_type"] = kind
    return said


def merged(rows: Collection[tuple[bool, Facts]]) -> dict[str, Any]:
    """One child's rows as one case; a row still open speaks first, the earliest referral counts."""
    told = [(opens, case_facts(facts)) for opens, facts in rows]
    if len(told) == 1:
        return told[0][1]
    case: dict[str, Any] = {}
    for _, said in sorted(told, key=lambda row: not row[0]):
        case = said | case
    referred = [said["referred_on"] for opens, said in told if opens and "referred_on" in said]
    return case | ({"referred_on": min(referred)} if referred else {})


def told(rows: Collection[Row], listed_on: date) -> dict[Compared, str]:
    """What a child's rows say of the facts that are compared with ours."""
    opens = [opens_case(_parsed(layout, facts), listed_on) for layout, facts in rows]
    case = merged([(one, facts) for one, (_, facts) in zip(opens, rows, strict=True)])
    said = {field: str(case[field]) for field in Compared if field in case}
    if seen := [facts[Field.LAST_SEEN_ON] for _, facts in rows if Field.LAST_SEEN_ON in facts]:
        said[Compared.SEEN_ON] = max(seen)
    if assessment := _latest(rows, Field.ASSESSMENT_START_ON, Field.AUTHORISED_ON):
        said[Compared.AUTHORISED_ON] = assessment[1].get(Field.AUTHORISED_ON, "")
    work = _latest(rows, Field.CIN_START_ON, Field.CLOSED_ON)
    if work and not any(opens):
        said[Compared.ENDED_ON] = work[1].get(Field.CLOSED_ON, "")
    return said


def silent(rows: Collection[Row], listed_on: date) -> frozenset[Compared]:
    """The milestones of which a child's rows say that they are not reached."""
    found = set()
    assessment = _latest(rows, Field.ASSESSMENT_START_ON, Field.AUTHORISED_ON)
    if assessment and assessment[0] is Layout.LIST_4:
        found.add(Compared.AUTHORISED_ON)
    if any(opens_case(_parsed(layout, facts), listed_on) for layout, facts in rows):
        found.add(Compared.ENDED_ON)
    return frozenset(found)


def _latest(rows: Collection[Row], start: Field, end: Field) -> Row | None:
    """The row of the piece of work that began last, of those that tell when it began or ended."""
    telling = [row for row in rows if start in row[1] or end in row[1]]
    return max(telling, key=lambda row: row[1].get(start, ""), default=None)


def _parsed(layout: Layout, facts: Facts) -> ParsedRow:
    read = {
        Field(name): date.fromisoformat(fact) if name.endswith("_on") else fact
        for name, fact in facts.items()
        if name not in (WORKER_NAMED, WORKER_IS_TEAM)
    }
    return ParsedRow(0, layout, "", read)


def corrections(
    case: Mapping[str, Any], before: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, Any]:
    """What a list changed its mind about, where the case still holds what it said before."""
    changed = {}
    for name, nothing in CASE_FACTS.items():
        was, new = before.get(name, nothing), now.get(name, nothing)
        untouched = case[name] == was or (name == "referred_on" and was is None)
        if new != was and untouched and (new is not None or name == "family_key"):
            changed[name] = new
    return changed


def is_protected(facts: Facts) -> bool:
    """Whether a row says that the child has a child protection plan now."""
    running = Field.PROTECTION_PLAN_START_ON in facts and Field.PROTECTION_PLAN_END_ON not in facts
    return running or facts.get(Field.CASE_STATUS) == CouncilStatus.PROTECTION_PLAN


def assessment_type(text: str) -> AssessmentType | None:
    """Initial or core where a list says so; anything else is the single assessment, by default."""
    if not text:
        return None
    words = text.lower().replace("_", " ").split()
    if "initial" in words:
        return AssessmentType.INITIAL
    return AssessmentType.CORE if "core" in words else None


def is_sent_again(case: KnownCase, *, opens: bool, listed_on: date) -> bool:
    """Whether a list sends again a case that was handed back before the day of the list."""
    if case.state is not CaseState.HANDED_BACK or not opens:
        return False
    return case.ended_on is not None and case.ended_on < listed_on


def difference(case: KnownCase, facts: Facts, *, opens: bool) -> str:
    """Where the council's list and the register tell different stories; settled by people."""
    if opens and case.state in CLEARED:
        return f"Open on the council’s list; here it was {_spoken(case.state)}."
    if not opens and case.state.is_open:
        return f"On the council’s list {_ending(facts)}; here it is {_spoken(case.state)}."
    return ""


def _spoken(state: CaseState) -> str:
    return state.label.lower()


def _ending(facts: Facts) -> str:
    for field, words in ((Field.CLOSED_ON, "closed"), (Field.AUTHORISED_ON, "authorised")):
        if field in facts:
            return f"{words} on {show_date(date.fromisoformat(facts[field]))}"
    return "it has ended"


def check_confirming(
    stage: Stage, moved_at: datetime, now: datetime, *, refused: int, good_rows: bool
) -> None:
    """Refuses to import what is not ready, is too old, or would leave rows out unasked."""
    if stage is Stage.CONFIRMED:
        raise Refused("This list was already imported.")
    waiting = stage is Stage.PREVIEWED or (
        stage is Stage.CONFIRMING and is_stuck(stage, moved_at, now)
    )
    if not waiting or now - moved_at > KEPT_FOR:
        raise Refused("This preview can no longer be confirmed. Send the file again.")
    if refused and not good_rows:
        raise Refused(
            f"{refused:,} {'row is' if refused == 1 else 'rows are'} refused, so nothing was "
            "imported. Correct the list, or import the good rows alone."
        )


def check_undoing(
    stage: Stage, moved_at: datetime, now: datetime, obstacles: Sequence[str]
) -> None:
    """Refuses to undo what was not imported, or what something was built on."""
    if stage is not Stage.CONFIRMED and not (
        stage is Stage.UNDOING and is_stuck(stage, moved_at, now)
    ):
        raise Refused("Only a list that was imported can be undone.")
    if obstacles:
        raise Refused(" ".join(obstacles))


def is_stuck(stage: Stage, moved_at: datetime, now: datetime) -> bool:
    """Whether the work on an import stopped without an end, as when the server was stopped."""
    return stage in UNDER_WAY and now - moved_at > STUCK_AFTER


def shown(field: str, fact: str) -> str:
    """A fact as a person reads it."""
    if field.endswith("_on"):
        return show_date(date.fromisoformat(fact))
    return fact.replace("_", " ").capitalize() if fact.islower() else fact


def list_name(layout: Layout) -> str:
    """List 4, or Plain list."""
    return layout.label
