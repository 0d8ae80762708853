"""Turns a story into the rows that the services would have written, without asking a database."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.cases.allocation.models import Allocation
from app.cases.allocation.rules import AllocationRole
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import Priority, triage_rank
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState, Standing, move
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import AssessmentType, Clock, ClockRule
from app.kernel.days import london_date
from app.safeguarding.models import Flag
from seed import agreed
from seed.events import Event, Story

FORGOTTEN: dict[str, Any] = {
    "practitioner_id": None,
    "co_worker_id": None,
    "allocated_on": None,
    "seen_on": None,
    "authorised_on": None,
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
        self.allocations: list[dict[str, Any]] = []
        self.assessment: dict[str, Any] = {}
        self.flags: list[dict[str, Any]] = []
        self.papers = agreed.Papers()
        self.own: list[dict[str, Any]] = []
        self._posted: Place | None = None

    def unfold(self) -> None:
        """Write everything that happened, then where the case stands."""
        child = self.story.child
        term = Term.OPENING if child.opening else Term.RECEIVED
        arrival = Event(child.arrived_at, child.sent_by, Act.IMPORT_RUN, {})
        self._moved(arrival, None, CaseState.UNALLOCATED, "")
        self._post(arrival, term)
        for event in self.story.events:
            ACTS[event.act](self, event)
        if self._posted != self.place:
            self.book.shifts.append(Shift(self.case["id"], self._posted, self.place))
        for row in self.own:
            row["lot_id"] = self.case["lot_id"]

    @property
    def place(self) -> Place:
        return Place(self.case["lot_id"], self.case["state"], self.case["due_on"])

    def add(self, model: type[Row], **values: Any) -> dict[str, Any]:
        """A row about the case, which follows it to another lot."""
        row = self.book.add(
            model, case_id=self.case["id"], lot_id=self.case["lot_id"], **values
        )
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
        **facts: Any,
    ) -> None:
        """What the register does when a case moves."""
        case, act = self.case, act or event.act
        before = case["state"]
        standing = move(Standing(before, case["proposed_from"]), act, handing_back=handing_back)
        case["state"], case["proposed_from"] = standing.state, standing.proposed_from
        case.update(facts)
        if term is not None:
            self._post(event, term)
        self._moved(event, before, case["state"], note, act)

    def set_flags(self, number: int, priority: Priority) -> None:
        self.case["open_flags"], self.case["priority"] = number, priority
        self.case["triage_rank"] = triage_rank(
            open_flags=number, priority=priority, age_band=self.case["age_band"]
        )

    def _post(self, event: Event, term: Term) -> None:
        self.book.shifts.append(
            Shift(
                self.case["id"],
                self._posted,
                self.place,
                term,
                self.case["outcome"] if term is Term.CLEARED else "",
                london_date(event.at),
                event.at,
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
            made_on=london_date(event.at),
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
        family_key=child.family_key,
        state=CaseState.UNALLOCATED,
        proposed_from=None,
        priority=Priority.MEDIUM,
        open_flags=0,
        triage_rank=triage_rank(
            open_flags=0, priority=Priority.MEDIUM, age_band=child.age_band
        ),
        assessment_type=AssessmentType.CHILD_AND_FAMILY,
        referred_on=child.referred_on,
        received_on=child.received_on,
        clock_started_on=child.referred_on,
        due_on=clock.due_on,
        age_band=child.age_band,
        primary_need=child.primary_need,
        source_team=child.source_team,
        council_worker_named=child.council_worker_named,
        reopened_on=None,
        **FORGOTTEN,
    )


def _again(file: CaseFile, event: Event, term: Term, note: str, **facts: Any) -> None:
    """The case begins anew, with a new clock."""
    today = london_date(event.at)
    due_on = Clock(file.terms.rule, today, file.terms.calendar).due_on
    file.step(
        event, None, term, note, clock_started_on=today, due_on=due_on, **FORGOTTEN, **facts
    )
    file.papers.next_episode()


def _sent_again(file: CaseFile, event: Event) -> None:
    _again(file, event, Term.RECEIVED, "Sent again by the council")


def _reopened(file: CaseFile, event: Event) -> None:
    again = london_date(event.at)
    _again(file, event, Term.REOPENED, event.facts["reason"], reopened_on=again)


def _transferred(file: CaseFile, event: Event) -> None:
    lot_id = event.facts["lot_id"]
    note = f"To {file.terms.lots[lot_id]}"
    file.step(
        event,
        None,
        Term.TRANSFERRED,
        note,
        lot_id=lot_id,
        practitioner_id=None,
        co_worker_id=None,
        allocated_on=None,
    )


def _given(file: CaseFile, event: Event) -> None:
    """Allocated or reallocated: whoever held the case until now no longer does."""
    today, reason = london_date(event.at), event.facts.get("reason")
    people = {
        AllocationRole.PRIMARY: event.facts["practitioner_id"],
        AllocationRole.CO_WORKER: event.facts["co_worker_id"],
    }
    file.step(
        event,
        note=reason.label if reason else "",
        practitioner_id=people[AllocationRole.PRIMARY],
        co_worker_id=people[AllocationRole.CO_WORKER],
        allocated_on=today,
    )
    for allocation in file.allocations:
        allocation["ends_on"] = allocation["ends_on"] or today
    for role, practitioner_id in people.items():
        if practitioner_id is not None:
            file.allocations.append(
                file.add(
                    Allocation,
                    practitioner_id=practitioner_id,
                    role=role,
                    starts_on=today,
                    ends_on=None,
                    reason=reason,
                    by_user_id=event.by,
                )
            )


def _started(file: CaseFile, event: Event) -> None:
    file.step(event)
    file.assessment = file.add(
        Assessment,
        version=1,
        assessment_type=file.case["assessment_type"],
        started_on=event.facts["started_on"],
        started_by=event.by,
        seen_on=None,
        not_seen_reason=None,
        submitted_on=None,
        submitted_by=None,
        authorised_on=None,
        authorised_by=None,
    )


def _seen(file: CaseFile, event: Event) -> None:
    seen_on = event.facts["seen_on"]
    file.add(
        Visit, seen_on=seen_on, seen_alone=event.facts["seen_alone"], recorded_by=event.by
    )
    file.case["seen_on"] = max(seen_on, file.case["seen_on"] or seen_on)
    assessment = file.assessment
    if not assessment["authorised_on"] and seen_on >= assessment["started_on"]:
        assessment["seen_on"] = max(seen_on, assessment["seen_on"] or seen_on)


def _submitted(file: CaseFile, event: Event) -> None:
    file.step(event)
    reason = None if file.assessment["seen_on"] else event.facts["not_seen_reason"]
    file.assessment["not_seen_reason"] = reason
    file.assessment["submitted_on"] = london_date(event.at)
    file.assessment["submitted_by"] = event.by


def _returned(file: CaseFile, event: Event) -> None:
    file.step(event)
    file.add(
        AssessmentReturn,
        assessment_id=file.assessment["id"],
        returned_on=london_date(event.at),
        returned_by=event.by,
        points=event.facts["points"],
    )


def _authorised(file: CaseFile, event: Event) -> None:
    today = london_date(event.at)
    file.step(event, authorised_on=today)
    file.assessment["authorised_on"], file.assessment["authorised_by"] = today, event.by


def _flag_raised(file: CaseFile, event: Event) -> None:
    file.set_flags(file.case["open_flags"] + 1, Priority.URGENT)
    file.flags.append(
        file.add(
            Flag,
            version=1,
            reference=file.case["reference"],
            concern=event.facts["concern"],
            note=event.facts["note"],
            raised_by=event.by,
            raised_at=event.at,
            acknowledged_by=None,
            acknowledged_at=None,
            resolved_by=None,
            resolved_at=None,
            resolution="",
        )
    )


def _flag_acknowledged(file: CaseFile, event: Event) -> None:
    file.flags[-1]["acknowledged_by"], file.flags[-1]["acknowledged_at"] = event.by, event.at


def _flag_resolved(file: CaseFile, event: Event) -> None:
    flag = file.flags[-1]
    flag["resolved_by"], flag["resolved_at"] = event.by, event.at
    flag["resolution"] = event.facts["resolution"]
    left = file.case["open_flags"] - 1
    file.set_flags(left, Priority.URGENT if left else Priority.HIGH)


ACTS: dict[Act, Callable[[CaseFile, Event], None]] = {
    Act.IMPORT_RUN: _sent_again,
    Act.CASE_REOPEN: _reopened,
    Act.CASE_TRANSFER: _transferred,
    Act.CASE_ALLOCATE: _given,
    Act.CASE_REALLOCATE: _given,
    Act.ASSESSMENT_START: _started,
    Act.ASSESSMENT_SEEN: _seen,
    Act.ASSESSMENT_SUBMIT: _submitted,
    Act.ASSESSMENT_RETURN: _returned,
    Act.ASSESSMENT_AUTHORISE: _authorised,
    Act.FLAG_RAISE: _flag_raised,
    Act.FLAG_ACKNOWLEDGE: _flag_acknowledged,
    Act.FLAG_RESOLVE: _flag_resolved,
    **agreed.ACTS,
}
