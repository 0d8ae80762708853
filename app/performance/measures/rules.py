"""Every measure, what kind of figure each one is, and a reading of one."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.kernel.labels import Labelled
from app.planning.proportions import Interval, wilson


class Kind(Labelled):
    """How a measure's events become one figure."""

    SHARE = "share", "Share of those looked at"
    COUNT = "count", "Count"
    MEDIAN = "median", "The middle one"
    RATE = "rate", "So many for each"


class Better(Labelled):
    """Which way a measure is to move, if either."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    NEITHER = "neither", "Neither way is better"


class Cohort(Labelled):
    """All work, or the part that was overdue when it was received, or the rest of it."""

    ALL = "all", "All work"
    INHERITED = "inherited", "Overdue when received"
    NEW = "new", "In time when received"


PARTS = (Cohort.INHERITED, Cohort.NEW)


class Group(Labelled):
    """What measures are about, in the order in which they are told: children come first."""

    CHILDREN = "children", "What it means for children"
    TIME = "time", "How long it takes"
    DECISIONS = "decisions", "Decisions and handovers"
    WORKERS = "workers", "Workers"
    VOLUME = "volume", "How much there is"


SHARE, COUNT, MEDIAN, RATE = Kind
UP, DOWN, EITHER = Better


class Measure(StrEnum):
    """Every measure: its name, what it is called, and how it is to be read."""

    label: str
    kind: Kind
    better: Better
    unit: str

    def __new__(cls, value: str, label: str, kind: Kind, better: Better, unit: str) -> "Measure":
        measure = str.__new__(cls, value)
        measure._value_ = value
        measure.label, measure.kind, measure.better, measure.unit = label, kind, better, unit
        return measure

    CHILD_SEEN = "child-seen", "Seen in the assessment", SHARE, UP, "assessments"
    SEEN_SOON = "seen-soon", "Seen soon after allocation", SHARE, UP, "children"
    SEEN_LATELY = "seen-lately", "Seen lately", SHARE, UP, "children"
    NEEDS_MET = "needs-met", "Needs met at closure", SHARE, UP, "closures"
    NO_ACTION = "no-further-action", "Closed with no further action", SHARE, EITHER, "cases cleared"
    RE_REFERRED = "re-referred", "Referred again", SHARE, DOWN, "closures"
    CONFERENCE = "conference-timeliness", "Initial conferences in time", SHARE, UP, "conferences"
    FLAGS = "flags-raised", "Safeguarding flags raised", COUNT, EITHER, "flags"
    FLAGS_ANSWERED = "flags-acknowledged", "Flags acknowledged in time", SHARE, UP, "flags"
    ENQUIRIES = "enquiries-started", "Section 47 enquiries started", COUNT, EITHER, "enquiries"
    PLANS_REVIEWED = (
        "plans-reviewed",
        "Protection plans reviewed in time",
        SHARE,
        UP,
        "children on plans",
    )
    RISK_REVIEWED = "risk-reviewed", "Risk reviewed while waiting", SHARE, UP, "children waiting"
    TIMELINESS = (
        "assessment-timeliness",
        "Assessments done by their due day",
        SHARE,
        UP,
        "assessments due",
    )
    DURATION = "assessment-duration", "Authorised in time from the start", SHARE, UP, "assessments"
    FROM_REFERRAL = (
        "assessment-from-referral",
        "Authorised in time from the referral",
        SHARE,
        UP,
        "assessments",
    )
    ASSESSMENT_DAYS = (
        "assessment-days",
        "Working days of an assessment",
        MEDIAN,
        DOWN,
        "working days",
    )
    ALLOCATED_SOON = "allocation-timeliness", "Allocated in time", SHARE, UP, "cases"
    ALLOCATION_DAYS = (
        "allocation-days",
        "Working days to a named worker",
        MEDIAN,
        DOWN,
        "working days",
    )
    AUTHORISATION_DAYS = (
        "authorisation-days",
        "Working days to authorise",
        MEDIAN,
        DOWN,
        "working days",
    )
    FIRST_TIME = (
        "authorised-first-time",
        "Authorised without being returned",
        SHARE,
        UP,
        "assessments",
    )
    DECISION_DAYS = "decision-days", "Working days to a decision", MEDIAN, DOWN, "working days"
    DECIDED_SOON = "decision-timeliness", "Proposals decided in time", SHARE, UP, "decisions"
    AGREED = "proposals-agreed", "Proposals agreed", SHARE, UP, "decisions"
    ACCEPTED_FIRST = "handover-acceptance", "Handovers accepted first time", SHARE, UP, "answers"
    HANDOVER_DAYS = (
        "handover-days",
        "Working days to accept a handover",
        MEDIAN,
        DOWN,
        "working days",
    )
    STUCK = "handover-stuck", "Handovers that stuck", SHARE, UP, "handovers"
    AUDITED_GOOD = "audited-good", "Files good or better", SHARE, UP, "files"
    AUDITED_LOW = "audited-inadequate", "Files with a part inadequate", SHARE, DOWN, "files"
    AUDIT_ACTIONS = "audit-actions", "Actions from file audits in time", SHARE, UP, "actions"
    HANDED_BACK = "handed-back", "Handed back as inappropriate", SHARE, DOWN, "cases that left"
    SUPERVISED = "supervised", "Talked about in supervision", SHARE, UP, "children"
    PERSONAL = "personal-supervision", "Had personal supervision", SHARE, UP, "workers"
    IN_POST = "in-post", "Qualified workers in post", COUNT, EITHER, "workers"
    FILLED = "contracted-filled", "Contracted posts filled", SHARE, UP, "posts"
    AGENCY = "agency-workers", "Agency workers in the workforce", SHARE, DOWN, "full-time posts"
    TURNOVER = "turnover", "Turnover of the workforce", SHARE, DOWN, "full-time posts"
    VACANCIES = "vacancies", "Vacant posts of the workforce", SHARE, DOWN, "full-time posts"
    CASELOAD = "caseload", "Cases for each worker", RATE, DOWN, "cases"
    CASELOAD_FULL_TIME = (
        "caseload-full-time",
        "Cases for each full-time worker",
        RATE,
        DOWN,
        "cases",
    )
    OPEN = "open-cases", "Open", COUNT, DOWN, "cases"
    OVERDUE = "open-overdue", "Open and overdue", COUNT, DOWN, "cases"
    UNALLOCATED = "unallocated", "Without a named worker", COUNT, DOWN, "cases"
    ON_HOLD = "on-hold", "On hold", COUNT, EITHER, "cases"
    CLEARED = "cleared-cases", "Cleared", COUNT, UP, "cases"
    RECEIVED = "received-cases", "Received", COUNT, EITHER, "cases"
    REOPENED = "reopened-cases", "Reopened", COUNT, DOWN, "cases"


# Shares of what somebody counts once or twice a year.
OF_COUNTS = frozenset({Measure.FILLED, Measure.AGENCY, Measure.TURNOVER, Measure.VACANCIES})
# Of full-time equivalents, kept in hundredths.
IN_HUNDREDTHS = (OF_COUNTS - {Measure.FILLED}) | {Measure.CASELOAD_FULL_TIME}
# Whose events tell each out of how much they are.
OUT_OF_MUCH = OF_COUNTS | IN_HUNDREDTHS


@dataclass(frozen=True, order=True)
class Period:
    """A week from Saturday to Friday, or a month."""

    ends_on: date
    starts_on: date
    monthly: bool

    def until(self, last: date) -> "Period":
        """As much of it as is over on that day."""
        return replace(self, ends_on=min(self.ends_on, last))


@dataclass(frozen=True)
class Tally:
    """What some events of a measure come to; `amount` is the middle one where it is a median."""

    numerator: int
    denominator: int
    amount: int | None = None


@dataclass(frozen=True)
class Reading:
    """A measure of one lot and cohort in one period, by a version of its definition.

    `ends_on` of a running period is the last day that was read. A median stands in `amount`.
    """

    measure: Measure
    lot_id: int
    starts_on: date
    ends_on: date
    cohort: Cohort
    numerator: int
    denominator: int
    amount: int | None
    version: int
    read_at: datetime

    @property
    def value(self) -> float | None:
        """The figure in the measure's own terms: a share between 0 and 1; None is n/a."""
        return figure(self.measure.kind, Tally(self.numerator, self.denominator, self.amount))

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval of a share; None where there is none."""
        if self.measure.kind is not Kind.SHARE or not self.denominator:
            return None
        scale = scale_of(self.measure)
        return wilson(self.numerator / scale, self.denominator / scale)

    @property
    def shown(self) -> str:
        """The figure in words."""
        return show(self.measure.kind, self.value)


def scale_of(measure: Measure) -> int:
    """How many of what is kept in a numerator or denominator make one."""
    return 100 if measure in IN_HUNDREDTHS else 1


def number(measure: Measure, counted: int) -> str:
    """A numerator or denominator as people read it: 1,204, or 12.75 full-time equivalents.

    Cases held are whole, and whole workers are told like them.
    """
    if measure not in IN_HUNDREDTHS:
        return f"{counted:,}"
    told = f"{counted / scale_of(measure):,.2f}"
    return told.removesuffix(".00") if measure.kind is Kind.RATE else told


def figure(kind: Kind, tally: Tally) -> float | None:
    """What a tally says; None where there was nothing to look at, but a count of nothing is 0."""
    if kind is Kind.COUNT:
        return float(tally.numerator)
    if not tally.denominator:
        return None
    if kind is Kind.MEDIAN:
        return None if tally.amount is None else float(tally.amount)
    return tally.numerator / tally.denominator


def show(kind: Kind, value: float | None) -> str:
    """A figure as people read it: 82.4%, 1,204, 33 or 14.2; n/a where there is none."""
    if value is None:
        return "n/a"
    if kind is Kind.SHARE:
        return f"{value * 100:.1f}%"
    return f"{value:,.1f}" if kind is Kind.RATE else f"{value:,.0f}"
