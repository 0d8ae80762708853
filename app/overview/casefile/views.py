"""The clocks of one case, the milestones it reached and its timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from app.assurance.supervision import queries as supervision
from app.cases.assessments.queries import AssessmentView, VisitView
from app.cases.assessments.rules import Milestone
from app.cases.register.queries import CaseView
from app.kernel.clock import ClockReading, StartEvent, side_by_side
from app.overview.casefile.queries import About, History
from app.work.uow import UnitOfWork


class Happened(NamedTuple):
    """One line of a case's timeline."""

    on: date
    at: datetime | None
    title: str
    by: str = ""
    text: str = ""


REFERRED = "Referred to the council"
RECEIVED = "Received from the council"
MOVE_WORDS = {
    "case.allocate": "Allocated",
    "case.reallocate": "Changed worker",
    "case.transfer": "Moved to another lot",
    "case.reopen": "Reopened",
    "assessment.start": "Assessment started",
    "assessment.submit": "Assessment submitted",
    "assessment.authorise": "Assessment authorised",
    "assessment.return": "Assessment returned with points to fix",
    "proposal.propose": "Proposed to the District Manager",
    "proposal.agree": "Agreed by the council",
    "proposal.condition": "Agreed by the council on conditions",
    "proposal.undo": "Decision taken back",
    "proposal.return": "Proposal returned with points to fix",
    "proposal.refuse": "Proposal refused",
    "plan.write": "Outcome plan changed: the proposal no longer stands",
    "closure.write": "Closure changed: the proposal no longer stands",
    "handover.accept": "Handover accepted",
    "handover.reject": "Handover rejected by the receiving team",
    "closure.close": "Closed",
    "case.hand_back": "Handed back",
    "import.run": RECEIVED,
    "demo.seed": RECEIVED,
}
_GIVEN = {MOVE_WORDS["case.allocate"], MOVE_WORDS["case.reallocate"]}
_PLACES = {REFERRED: 0, RECEIVED: 1}
_AT_NO_HOUR = datetime.min.replace(tzinfo=UTC)


class Reached(NamedTuple):
    """A milestone of the assessment: when, by whom, and on which working day of the clock."""

    what: str
    on: date | None
    by: str | None
    used: int | None


@dataclass(frozen=True)
class Timing:
    """The clock that counts, None until its start event; the others; how far the case has come."""

    counts: ClockReading | None
    others: tuple[ClockReading, ...]
    reached: tuple[Reached, ...]


def timing_of(
    about: About,
    today: date,
    found: Sequence[AssessmentView],
    visits: Sequence[VisitView],
    happened: Sequence[Happened],
) -> Timing:
    """The clocks of a case as they read today, and its latest assessment's milestones."""
    case, rule, calendar = about.case, about.rule, about.calendar
    since = case.reopened_on or max(case.referred_on, calendar.known_from)
    begun = next((one.started_on for one in found if one.started_on >= since), None)
    events = {StartEvent.REFERRAL: since, StartEvent.ASSESSMENT_START: begun}
    events[rule.start_event] = case.clock_started_on
    clocks = side_by_side(rule, events, calendar, case.authorised_on or case.ended_on)
    readings = [clock.reading(today) for clock in clocks]
    counts = readings.pop(0) if case.clock_started_on is not None else None
    # What came before the clock, as an assessment before a reopening did, is on no day of it.
    since_clock = clocks[0].started_on if counts else date.max
    reached = tuple(
        Reached(
            what,
            on,
            by,
            calendar.days_between(since_clock, on) if on and on >= since_clock else None,
        )
        for what, on, by in (
            ("Allocated", *_allocated(case, happened)),
            *_milestones(found, [one for one in visits if one.seen_on >= since]),
        )
    )
    return Timing(counts, tuple(readings), reached)


def _allocated(case: CaseView, happened: Sequence[Happened]) -> tuple[date | None, str | None]:
    given = (one.by for one in happened if one.title in _GIVEN and one.on == case.allocated_on)
    return case.allocated_on, next(given, None)


def _milestones(
    found: Sequence[AssessmentView], visits: Sequence[VisitView]
) -> list[tuple[str, date | None, str | None]]:
    """Each step of the latest assessment, with its day and who recorded it."""
    if not found:
        return []
    now = found[0]
    alone = next((one for one in reversed(visits) if one.seen_alone), None)
    return [
        ("Started", now.started_on, now.started_by),
        _visit("First visit", visits[-1] if visits else None),
        _visit("Child seen alone", alone),
        (Milestone.DRAFTED.label, now.drafted_on, now.drafted_by),
        ("Submitted", now.submitted_on, now.submitted_by),
        ("Authorised", now.authorised_on, now.authorised_by),
        (Milestone.SHARED.label, now.shared_on, now.shared_by),
        (Milestone.ENTERED.label, now.entered_on, now.entered_by),
    ]


def _visit(what: str, visit: VisitView | None) -> tuple[str, date | None, str | None]:
    return (what, visit.seen_on, visit.recorded_by) if visit else (what, None, None)


def timeline(uow: UnitOfWork, case: CaseView, history: History) -> list[Happened]:
    """Everything that happened to the case, the latest first."""
    happened = [
        Happened(on, at, MOVE_WORDS.get(act, act), by or "", note)
        for on, at, act, note, by in history.moves
    ]
    happened += [
        Happened(
            visit.seen_on,
            None,
            "Child seen alone" if visit.seen_alone else "Child seen",
            visit.recorded_by or "",
        )
        for visit in history.visits
    ]
    if case.supervised_on is not None:
        happened += [
            Happened(
                one.discussed_on,
                None,
                "Talked about in supervision",
                one.by or "",
                ". ".join(filter(None, (one.decision.label, one.note))),
            )
            for one in supervision.of_case(uow, case.id)
        ]
    happened.append(Happened(case.referred_on, None, REFERRED))
    return sorted(happened, key=_order, reverse=True)


def _order(one: Happened) -> tuple[date, int, datetime]:
    """By day; on one day the referral, what brought the case here, visits, and then the moves."""
    place = _PLACES.get(one.title, 3 if one.at else 2)
    return one.on, place, one.at or _AT_NO_HOUR
