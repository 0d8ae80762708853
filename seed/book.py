"""Turns stories into the rows that the services would have written, without asking a database."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from app.cases.register.models import Allocation, Case, CaseMove, PriorityReview
from app.cases.register.rules import (
    RANKED,
    STANDARD_ORDER,
    AllocationRole,
    ChangeReason,
    Priority,
    PriorityReason,
    Waiting,
    core,
    triage_rank,
)
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState, Standing, move
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import AssessmentType, Clock, ClockRule
from app.plans.rules import Route, wording
from seed.events import Event, Story

FORGOTTEN: dict[str, Any] = {
    "practitioner_id": None,
    "co_worker_id": None,
    "allocated_on": None,
    "seen_on": None,
    "authorised_on": None,
    "planned": "",
    "outcome": "",
    "ended_on": None,
}


@dataclass(frozen=True)
class Terms:
    """What the rows of a contract's cases depend on beside their stories."""

    rule: ClockRule
    calendar: WorkingCalendar
    lots: Mapping[int, str]
    teams: Mapping[int, str]


@dataclass
class Papers:
    """The plan, closure, proposal and handover of the stretch of work that runs."""

    episode: int = 1
    plan: dict[str, Any] = field(default_factory=dict)
    plan_words: dict[str, str] = field(default_factory=dict)
    closure: dict[str, Any] = field(default_factory=dict)
    closure_words: dict[str, str] = field(default_factory=dict)
    proposal: dict[str, Any] = field(default_factory=dict)
    handover: dict[str, Any] = field(default_factory=dict)
    plans: int = 0
    # What is ticked off, by handover and entry.
    ticked: set[tuple[int, str]] = field(default_factory=set)

    def next_episode(self) -> None:
        self.episode += 1
        self.closure, self.closure_words = {}, {}

    @property
    def words(self) -> str:
        """What is put before the District Manager."""
        closing = self.plan["outcome"].route is Route.CLOSURE
        return wording(self.plan_words | (self.closure_words if closing else {}))


@dataclass
class Book:
    """Rows by table and shifts of the ledger; `next_ids` says where each table goes on."""

    next_ids: dict[type[Row], int]
    rows: dict[type[Row], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    shifts: list[Shift] = field(default_factory=list)

    def add(self, model: type[Row], **values: Any) -> dict[str, Any]:
        row = {"id": self.next_ids[model], **values}
        self.next_ids[model] += 1
        self.rows[model].append(row)
        return row


class CaseFile:
    """One case as its story unfolds."""

    def __init__(self, book: Book, story: Story, terms: Terms) -> None:
        self.book = book
        self.story = story
        self.terms = terms
        self.case = _arrived(book, story, terms)
        # The allocations that run, by role.
        self.allocations: dict[AllocationRole, dict[str, Any] | None] = {}
        self.assessment: dict[str, Any] = {}
        self.flags: list[dict[str, Any]] = []
        self.papers = Papers()
        self.own: list[dict[str, Any]] = []
        self._posted: Place | None = None

    def unfold(self, acts: "Acts") -> None:
        """Write everything that happened, then where the case stands."""
        child = self.story.child
        term = Term.OPENING if child.opening else Term.RECEIVED
        arrival = Event(child.arrived_at, child.sent_by, Act.IMPORT_RUN, {})
        self._moved(arrival, None, CaseState.UNALLOCATED, "")
        self._post(arrival, term)
        for event in self.story.events:
            acts[event.act](self, event)
        if self._posted != self.place:
            self.book.shifts.append(Shift(self.case["id"], self._posted, self.place))
        ranked = Waiting(**{name: self.case[name] for name in RANKED})
        self.case["triage_rank"] = triage_rank(STANDARD_ORDER, ranked)
        for row in self.own:
            row["lot_id"] = self.case["lot_id"]

    @property
    def place(self) -> Place:
        case = self.case
        return Place(case["lot_id"], case["state"], case["due_on"], case["planned"])

    def add(self, model: type[Row], **values: Any) -> dict[str, Any]:
        """A row about the case, which follows it to another lot."""
        row = self.book.add(model, case_id=self.case["id"], lot_id=self.case["lot_id"], **values)
        self.own.append(row)
        return row

    def step(
        self,
        event: Event,
        act: Act | None = None,
        term: Term | None = None,
        note: str = "",
        *,
        handing_back: bool = False,
        change_reason: ChangeReason | None = None,
        **facts: Any,
    ) -> None:
        """What the register does when a case moves."""
        case, act = self.case, act or event.act
        before = case["state"]
        standing = move(Standing(before, case["proposed_from"]), act, handing_back=handing_back)
        case["state"], case["proposed_from"] = standing.state, standing.proposed_from
        case.update(facts)
        if case["ended_on"] or case["practitioner_id"]:
            case["unallocated_on"] = case["risk_review_on"] = None
        else:
            case["unallocated_on"] = case["unallocated_on"] or event.on
        self._keep_history(event, change_reason)
        if term is not None:
            self._post(event, term)
        self._moved(event, before, case["state"], note, act)

    def judge(
        self,
        event: Event,
        priority: Priority,
        reason: PriorityReason,
        next_review_on: date,
        **facts: Any,
    ) -> None:
        """What the register does when somebody, or a flag, sets the priority."""
        self.case.update(facts, priority=priority, next_review_on=next_review_on)
        self.add(
            PriorityReview,
            priority=priority,
            reason=reason,
            reviewed_on=event.on,
            by_user_id=event.by,
            next_review_on=next_review_on,
        )

    def _keep_history(self, event: Event, reason: ChangeReason | None) -> None:
        ended = self.case["ended_on"]
        holders = {
            AllocationRole.PRIMARY: None if ended else self.case["practitioner_id"],
            AllocationRole.CO_WORKER: None if ended else self.case["co_worker_id"],
        }
        for role, practitioner_id in holders.items():
            running = self.allocations.get(role)
            if practitioner_id == (running and running["practitioner_id"]):
                continue
            if running is not None:
                running["ends_on"] = event.on
            self.allocations[role] = practitioner_id and self.add(
                Allocation,
                practitioner_id=practitioner_id,
                role=role,
                starts_on=event.on,
                ends_on=None,
                reason=reason,
                by_user_id=event.by,
            )

    def _post(self, event: Event, term: Term) -> None:
        self.book.shifts.append(
            Shift(
                self.case["id"],
                self._posted,
                self.place,
                term,
                self.case["outcome"] if term is Term.CLEARED else "",
                event.on,
                event.at,
                again=self.case["reopened_on"] is not None,
            )
        )
        self._posted = self.place

    def _moved(
        self,
        event: Event,
        before: CaseState | None,
        after: CaseState,
        note: str,
        act: Act | None = None,
    ) -> None:
        self.add(
            CaseMove,
            at=event.at,
            made_on=event.on,
            by_user_id=event.by,
            act=(act or event.act).value,
            before=before,
            after=after,
            note=note,
        )


def _arrived(book: Book, story: Story, terms: Terms) -> dict[str, Any]:
    child = story.child
    clock = Clock(terms.rule, child.referred_on, terms.calendar)
    return book.add(
        Case,
        version=1,
        contract_id=child.contract_id,
        lot_id=child.lot_id,
        reference=child.reference,
        reference_core=core(child.reference),
        family_key=child.family_key,
        state=CaseState.UNALLOCATED,
        proposed_from=None,
        priority=Priority.NOT_SET,
        next_review_on=None,
        child_protection=False,
        open_flags=0,
        triage_rank=0,
        assessment_type=AssessmentType.CHILD_AND_FAMILY,
        referred_on=child.referred_on,
        received_on=child.received_on,
        clock_started_on=child.referred_on,
        due_on=clock.due_on,
        age_band=child.age_band,
        primary_need=child.primary_need,
        source_team=child.source_team,
        council_worker_named=child.council_worker_named,
        unallocated_on=child.received_on,
        risk_review_on=None,
        reopened_on=None,
        **FORGOTTEN,
    )


Acts: TypeAlias = Mapping[Act, Callable[[CaseFile, Event], None]]
