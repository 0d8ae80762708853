"""Every measure counted a second time, row by row in plain Python, from the same rows."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from app.agreements.check_backs.models import CheckBack
from app.agreements.closures.models import Closure
from app.agreements.handovers.models import Handover, HandoverAudit
from app.agreements.proposals.models import Proposal
from app.agreements.reopening.models import Reopening
from app.agreements.watch.models import ReReferral
from app.assurance.sessions.models import SupportSession
from app.assurance.supervision.models import CaseDiscussion
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.holds.models import Hold
from app.cases.register.models import Allocation, Case, CaseMove
from app.cases.scope.models import LedgerPosting
from app.cases.waiting.models import RiskReview
from app.kernel.calendar import WorkingCalendar
from app.people.models import Practitioner, PractitionerLot
from app.performance.measures.rules import Measure as M
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.flags.models import Flag
from tests.makers_measures import Rows

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
STILL = {"unallocated", "allocated", "assessing", "submitted"}
CLOSING = {"close_nfa", "close_early_help"}


@dataclass(frozen=True)
class Happened:
    """One event: whose lot, of which cohort, whether it counts, and how many days or cases."""

    lot_id: int
    cohort: str
    counted: int = 1
    days: int = 0


def day(moment: Any) -> date:
    return moment.astimezone(LONDON).date()  # type: ignore[no-any-return]


class Recount:
    """The rows of some lots, looked at one by one for a stretch of days."""

    def __init__(
        self,
        rows: Rows,
        workers: dict[int, tuple[Practitioner, int]],
        calendar: WorkingCalendar,
    ) -> None:
        self.rows, self.workers = rows, workers
        self.used = calendar.days_between
        self.first = self.last = date.min
        self.allowed = 0

    def count(self, measure: M, first: date, last: date, allowed: int | None) -> list[Happened]:
        self.first, self.last, self.allowed = first, last, allowed or 0
        return list(COUNTED[measure](self))

    def within(self, on: date | None) -> bool:
        return on is not None and self.first <= on <= self.last

    def of(self, model: Any, case_id: int) -> list[dict[str, Any]]:
        return self.by_case[model][case_id]

    @cached_property
    def by_case(self) -> Any:
        found: Any = defaultdict(lambda: defaultdict(list))
        for model, rows in self.rows.items():
            for row in rows:
                found[model][row.get("case_id")].append(row)
        return found

    @cached_property
    def cases(self) -> dict[int, dict[str, Any]]:
        return {row["id"]: row for row in self.rows[Case]}

    def told(self, row: dict[str, Any], counted: int = 1, days: int = 0) -> Happened:
        """An event of a row's case, in the row's lot."""
        case = self.cases.get(row["case_id"] if "case_id" in row else row["id"])
        late = case is not None and case["due_on"] and case["due_on"] < case["received_on"]
        return Happened(row["lot_id"], "inherited" if late else "new", counted, days)

    def last_day(self, began: date) -> date:
        """The last day on which no more days than allowed are used."""
        on = began
        while self.used(began, on + ONE_DAY) <= self.allowed:
            on += ONE_DAY
        return on

    # Assessments

    def authorised(self) -> Iterator[dict[str, Any]]:
        return (row for row in self.rows[Assessment] if self.within(row["authorised_on"]))

    def child_seen(self) -> Iterator[Happened]:
        return (self.told(one, one["seen_on"] is not None) for one in self.authorised())

    def first_time(self) -> Iterator[Happened]:
        returned = {one["assessment_id"] for one in self.rows[AssessmentReturn]}
        return (self.told(one, one["id"] not in returned) for one in self.authorised())

    def took(self, row: dict[str, Any], began: date) -> Happened:
        days = self.used(began, row["authorised_on"])
        return self.told(row, days <= self.allowed, days)

    def duration(self) -> Iterator[Happened]:
        return (self.took(one, one["started_on"]) for one in self.authorised())

    def from_referral(self) -> Iterator[Happened]:
        for one in self.authorised():
            yield self.took(one, self.cases[one["case_id"]]["referred_on"])

    def authorisation(self) -> Iterator[Happened]:
        for one in self.authorised():
            if one["submitted_on"]:
                yield self.took(one, one["submitted_on"])

    def due(self) -> Iterator[Happened]:
        for case in self.rows[Case]:
            done, due, ended = case["authorised_on"], case["due_on"], case["ended_on"]
            left = ended and due and ended <= due and (done is None or done > ended)
            if self.within(due) and not left and case["state"] != "withdrawn":
                yield self.told(case, done is not None and done <= due)

    # Workers of cases

    def first_allocations(self) -> Iterator[dict[str, Any]]:
        had = set()
        for one in self.rows[Allocation]:
            if one["role"] == "primary" and one["case_id"] not in had:
                had.add(one["case_id"])
                yield one

    def allocated(self) -> Iterator[Happened]:
        for one in self.first_allocations():
            if self.within(one["starts_on"]):
                began = self.cases[one["case_id"]]["received_on"]
                days = self.used(began, one["starts_on"])
                yield self.told(one, days <= self.allowed, days)

    def seen_soon(self) -> Iterator[Happened]:
        for one in self.first_allocations():
            began = one["starts_on"]
            last = self.last_day(began)
            if self.within(last):
                visits = [row["seen_on"] for row in self.of(Visit, one["case_id"])]
                yield self.told(one, any(began <= on <= last for on in visits))

    def risk_reviewed(self) -> Iterator[Happened]:
        for one in self.rows[LedgerPosting]:
            last = one["effective_on"] + timedelta(days=self.allowed)
            if one["term"] not in ("opening", "received") or not self.within(last):
                continue
            ended = self.cases[one["case_id"]]["ended_on"]
            given = [row for row in self.of(Allocation, one["case_id"]) if row["role"] == "primary"]
            if any(row["starts_on"] <= last for row in given) or (ended and ended <= last):
                continue
            reviews = self.of(RiskReview, one["case_id"])
            yield self.told(one, any(row["reviewed_on"] <= last for row in reviews))

    # Decisions

    def decided(self) -> Iterator[Happened]:
        for one in self.rows[Proposal]:
            if one["decided_at"] and self.within(day(one["decided_at"])):
                days = self.used(day(one["proposed_at"]), day(one["decided_at"]))
                yield self.told(one, days <= self.allowed, days)

    def agreed(self) -> Iterator[Happened]:
        for one in self.rows[Proposal]:
            if one["decided_at"] and self.within(day(one["decided_at"])):
                yield self.told(one, one["decision"] == "agreed")

    def accepted_first(self) -> Iterator[Happened]:
        for one in self.rows[Handover]:
            before = [row for row in self.of(Handover, one["case_id"]) if row["id"] < one["id"]]
            rejected = any(row["rejected_at"] for row in before)
            if self.within(one["accepted_on"]):
                yield self.told(one, not rejected)
            elif one["rejected_at"] and self.within(day(one["rejected_at"])):
                yield self.told(one, 0)

    def handover_days(self) -> Iterator[Happened]:
        for one in self.rows[Handover]:
            if self.within(one["accepted_on"]) and one["requested_at"]:
                days = self.used(day(one["requested_at"]), one["accepted_on"])
                yield self.told(one, days=days)

    def stuck(self) -> Iterator[Happened]:
        for one in self.rows[CheckBack]:
            if self.within(one["checked_on"]):
                yield self.told(one, one["allocated"] and not one["returned"])

    def audited(self) -> Iterator[Happened]:
        for one in self.rows[HandoverAudit]:
            if self.within(one["audited_on"]):
                grades = {one[part] for part in ("record", "voice", "risk", "plan")}
                yield self.told(one, grades <= {"outstanding", "good"})

    def needs_met(self) -> Iterator[Happened]:
        for one in self.rows[Closure]:
            asked = one["achieved"] in ("met", "partly", "declined")
            if one["closed_at"] and self.within(day(one["closed_at"])) and asked:
                yield self.told(one, one["achieved"] != "declined")

    # The ledger

    def posted(self, *terms: str) -> Iterator[dict[str, Any]]:
        for one in self.rows[LedgerPosting]:
            if one["term"] in terms and self.within(one["effective_on"]):
                yield one

    def cleared(self) -> Iterator[Happened]:
        return (self.told(one, -one["cases"]) for one in self.posted("cleared"))

    def received(self) -> Iterator[Happened]:
        return (self.told(one, one["cases"]) for one in self.posted("received"))

    def reopened(self) -> Iterator[Happened]:
        return (self.told(one, one["cases"]) for one in self.posted("reopened"))

    def no_action(self) -> Iterator[Happened]:
        return (self.told(one, one["outcome"] == "close_nfa") for one in self.posted("cleared"))

    def handed_back(self) -> Iterator[Happened]:
        for one in self.posted("cleared", "handed_back"):
            yield self.told(one, one["term"] == "handed_back")

    def re_referred(self) -> Iterator[Happened]:
        for one in self.rows[LedgerPosting]:
            on = one["effective_on"]
            last = on + timedelta(days=self.allowed)
            if one["term"] == "cleared" and one["outcome"] in CLOSING and self.within(last):
                back = [
                    row["referred_on"]
                    for row in self.of(ReReferral, one["case_id"])
                    if row["closed_on"] == on
                ]
                back += [
                    row["reopened_on"]
                    for row in self.of(Reopening, one["case_id"])
                    if row["ended_on"] == on and row["reason"] == "re_referral"
                ]
                yield self.told(one, any(then <= last for then in back))

    # Safeguarding

    def flags(self) -> Iterator[Happened]:
        return (self.told(one) for one in self.rows[Flag] if self.within(day(one["raised_at"])))

    def answered(self) -> Iterator[Happened]:
        for one in self.rows[Flag]:
            raised = day(one["raised_at"])
            if self.within(raised):
                answered = one["acknowledged_at"] and day(one["acknowledged_at"])
                soon = bool(answered) and (answered - raised).days <= self.allowed
                yield self.told(one, soon)

    def enquiries(self) -> Iterator[Happened]:
        found = (one for one in self.rows[Enquiry] if self.within(one["strategy_on"]))
        return (self.told(one) for one in found)

    def conferences(self) -> Iterator[Happened]:
        for one in self.rows[Enquiry]:
            if self.within(one["conference_on"]) and one["result"]:
                days = self.used(one["strategy_on"], one["conference_on"])
                yield self.told(one, days <= self.allowed)

    # What stands at the end of the last day

    def standing(self) -> Iterator[dict[str, int]]:
        level: dict[tuple[int, int], int] = defaultdict(int)
        for one in self.rows[LedgerPosting]:
            if one["effective_on"] <= self.last:
                level[one["lot_id"], one["case_id"]] += one["cases"]
        for (lot_id, case_id), cases in level.items():
            if cases > 0:
                yield {"lot_id": lot_id, "case_id": case_id}

    def holder(self, case_id: int) -> list[int]:
        return [
            one["practitioner_id"]
            for one in self.of(Allocation, case_id)
            if one["role"] == "primary"
            and one["starts_on"] <= self.last
            and (one["ends_on"] is None or one["ends_on"] > self.last)
        ]

    def opened(self) -> Iterator[Happened]:
        return (self.told(one) for one in self.standing())

    def unallocated(self) -> Iterator[Happened]:
        return (self.told(one) for one in self.standing() if not self.holder(one["case_id"]))

    def overdue(self) -> Iterator[Happened]:
        for one in self.standing():
            due = self.cases[one["case_id"]]["due_on"]
            moves = [
                row for row in self.of(CaseMove, one["case_id"]) if row["made_on"] <= self.last
            ]
            state = moves[-1]["after"] if moves else "unallocated"
            if due and due < self.last and state in STILL:
                yield self.told(one)

    def on_hold(self) -> Iterator[Happened]:
        for one in self.standing():
            if any(
                row["began_on"] <= self.last < (row["ended_on"] or row["until_on"])
                for row in self.of(Hold, one["case_id"])
            ):
                yield self.told(one)

    def seen_lately(self) -> Iterator[Happened]:
        return self.lately(Visit, "seen_on", self.used)

    def supervised(self) -> Iterator[Happened]:
        return self.lately(CaseDiscussion, "discussed_on", lambda one, two: (two - one).days)

    def lately(
        self, model: Any, name: str, used: Callable[[date, date], int]
    ) -> Iterator[Happened]:
        for one in self.standing():
            if self.holder(one["case_id"]):
                days = [row[name] for row in self.of(model, one["case_id"])]
                close = [
                    on for on in days if on <= self.last and used(on, self.last) <= self.allowed
                ]
                yield self.told(one, bool(close))

    def caseload(self) -> Iterator[Happened]:
        held: dict[tuple[int, int], int] = defaultdict(int)
        for one in self.standing():
            for worker in self.holder(one["case_id"]):
                held[one["lot_id"], worker] += 1
        return (Happened(lot_id, "new", cases) for (lot_id, _), cases in held.items())

    def in_lots(self, since: date) -> Iterator[tuple[int, int]]:
        for one in self.rows[PractitionerLot]:
            worker, user_id = self.workers[one["practitioner_id"]]
            here = worker.starts_on <= since and (worker.ends_on or self.last) >= self.last
            member = (one["starts_on"] or self.last) <= self.last <= (one["ends_on"] or self.last)
            if worker.qualified and worker.post != "team_manager" and here and member:
                yield one["lot_id"], user_id

    def in_post(self) -> Iterator[Happened]:
        return (Happened(lot_id, "new") for lot_id, _ in self.in_lots(self.last))

    def personal(self) -> Iterator[Happened]:
        since = self.last - timedelta(days=self.allowed)
        met = {
            one["supervisee_id"]
            for one in self.rows[SupportSession]
            if one["kind"] == "personal" and since <= one["held_on"] <= self.last
        }
        for lot_id, user_id in self.in_lots(since):
            yield Happened(lot_id, "new", user_id in met)


COUNTED: dict[M, Callable[[Recount], Iterator[Happened]]] = {
    M.CHILD_SEEN: Recount.child_seen,
    M.SEEN_SOON: Recount.seen_soon,
    M.SEEN_LATELY: Recount.seen_lately,
    M.NEEDS_MET: Recount.needs_met,
    M.NO_ACTION: Recount.no_action,
    M.RE_REFERRED: Recount.re_referred,
    M.CONFERENCE: Recount.conferences,
    M.FLAGS: Recount.flags,
    M.FLAGS_ANSWERED: Recount.answered,
    M.ENQUIRIES: Recount.enquiries,
    M.RISK_REVIEWED: Recount.risk_reviewed,
    M.TIMELINESS: Recount.due,
    M.DURATION: Recount.duration,
    M.FROM_REFERRAL: Recount.from_referral,
    M.ASSESSMENT_DAYS: Recount.duration,
    M.ALLOCATED_SOON: Recount.allocated,
    M.ALLOCATION_DAYS: Recount.allocated,
    M.AUTHORISATION_DAYS: Recount.authorisation,
    M.FIRST_TIME: Recount.first_time,
    M.DECISION_DAYS: Recount.decided,
    M.DECIDED_SOON: Recount.decided,
    M.AGREED: Recount.agreed,
    M.ACCEPTED_FIRST: Recount.accepted_first,
    M.HANDOVER_DAYS: Recount.handover_days,
    M.STUCK: Recount.stuck,
    M.AUDITED_GOOD: Recount.audited,
    M.HANDED_BACK: Recount.handed_back,
    M.SUPERVISED: Recount.supervised,
    M.PERSONAL: Recount.personal,
    M.IN_POST: Recount.in_post,
    M.CASELOAD: Recount.caseload,
    M.OPEN: Recount.opened,
    M.OVERDUE: Recount.overdue,
    M.UNALLOCATED: Recount.unallocated,
    M.ON_HOLD: Recount.on_hold,
    M.CLEARED: Recount.cleared,
    M.RECEIVED: Recount.received,
    M.REOPENED: Recount.reopened,
}
