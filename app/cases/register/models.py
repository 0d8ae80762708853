"""Tables of cases, of every move they made and of everybody who held them."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Index,
    Integer,
    UniqueConstraint,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    text,
    union_all,
)
from sqlmodel import Field, col

from app.cases.register.rules import (
    AllocationRole,
    ChangeReason,
    Cohort,
    Priority,
    PriorityReason,
    core,
)
from app.cases.states import CaseState
from app.db.among import among_ids
from app.db.tables import (
    IN_KEY_ORDER,
    ContractScoped,
    LotScoped,
    Row,
    Utc,
    Versioned,
    Viewer,
    stored,
)
from app.kernel.clock import AssessmentType


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


OPEN_ONLY = _where("ended_on IS NULL")
ENDED_ONLY = _where("ended_on IS NOT NULL")
ASKED = ("state", "lot_id", "priority", "open_flags", "ended_on")
JUDGED = "priority <> 'not_set'"
WAITING_ONLY = _where("unallocated_on IS NOT NULL")


def _open_of(worker: str) -> dict[str, Any]:
    return _where(f"ended_on IS NULL AND {worker}_id IS NOT NULL")


class Case(LotScoped, Versioned, Row, table=True):
    """One child's current piece of work under one contract, known by the council's reference."""

    __tablename__ = "cases"
    __table_args__ = (
        # The reference first, so that lists by reference and searches need no other index.
        UniqueConstraint("reference", "contract_id"),
        # One index for each order that the list of open cases offers, over the open cases alone.
        # Those by due day hold what a filter asks, so that its total is counted from them alone.
        Index("ix_cases_open_due", "due_on", "id", *ASKED, **OPEN_ONLY),
        Index("ix_cases_open_referred", "referred_on", "id", **OPEN_ONLY),
        Index("ix_cases_open_triage", "triage_rank", "referred_on", "id", **OPEN_ONLY),
        Index("ix_cases_open_state_due", "state", "due_on", "id", *ASKED[1:], **OPEN_ONLY),
        Index(
            "ix_cases_open_state_triage", "state", "triage_rank", "referred_on", "id", **OPEN_ONLY
        ),
        # How old the clocks are that run.
        Index(
            "ix_cases_open_clock", "state", "clock_started_on", "lot_id", "contract_id", **OPEN_ONLY
        ),
        # Children without a named worker: all that the counts of their queue look at.
        Index(
            "ix_cases_waiting",
            "unallocated_on",
            "id",
            "lot_id",
            "contract_id",
            "risk_review_on",
            "seen_on",
            **WAITING_ONLY,
        ),
        # Few enough that the youngest are counted from them alone.
        Index(
            "ix_cases_young",
            "lot_id",
            "age_band",
            **_where("age_band IN ('Unborn', 'Under 1') AND ended_on IS NULL"),
        ),
        # Led by the state, so that the few that are proposed are found among all with a flag.
        Index(
            "ix_cases_flagged",
            "state",
            "id",
            "lot_id",
            "contract_id",
            **_where("open_flags > 0 AND ended_on IS NULL"),
        ),
        # Those whose priority was judged, so that few are counted from few.
        Index(
            "ix_cases_judged",
            "priority",
            "lot_id",
            "state",
            **_where(f"{JUDGED} AND ended_on IS NULL"),
        ),
        # What an enquiry or a plan protects, for the list of exactly these.
        Index(
            "ix_cases_protected",
            "due_on",
            "id",
            "lot_id",
            sqlite_where=text("child_protection IS 1 AND ended_on IS NULL"),
            postgresql_where=text("child_protection IS true AND ended_on IS NULL"),
        ),
        Index("ix_cases_ended", "ended_on", "id", **ENDED_ONLY),
        Index("ix_cases_due", "due_on", "id"),
        Index("ix_cases_referred", "referred_on", "id"),
        # With the day a case was given, so that what waits to be started is read from it alone.
        Index(
            "ix_cases_worker",
            "practitioner_id",
            "state",
            "allocated_on",
            **_where("practitioner_id IS NOT NULL"),
        ),
        Index("ix_cases_co_worker_id", "co_worker_id", **_where("co_worker_id IS NOT NULL")),
        # The open cases of one worker, and those worked on beside another, in the order of a day.
        Index("ix_cases_worker_due", "practitioner_id", "due_on", "id", **_open_of("practitioner")),
        Index("ix_cases_co_worker_due", "co_worker_id", "due_on", "id", **_open_of("co_worker")),
        # Of the cases whose family is known: the others would pass for one large family.
        Index("ix_cases_family", "contract_id", "family_key", **_where("family_key IS NOT NULL")),
        Index("ix_cases_core", "contract_id", "reference_core"),
    )

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: everybody sees whole lots, so it would only mislead a planner.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    contract_id: int = Field(foreign_key="contracts.id", ondelete="RESTRICT")
    reference: str = Field(max_length=40)
    # By which another way of writing the reference is known.
    reference_core: str = Field(max_length=40)
    family_key: str | None = Field(default=None, max_length=40)
    state: CaseState = Field(sa_type=stored(CaseState))
    proposed_from: CaseState | None = Field(
        default=None, sa_type=stored(CaseState, "proposed_from")
    )
    priority: Priority = Field(default=Priority.NOT_SET, sa_type=stored(Priority))
    # When somebody is to look at the priority again; empty until it was judged once.
    next_review_on: date | None = None
    # On a child protection plan, or an enquiry under section 47 is open.
    child_protection: bool = False
    open_flags: int = 0
    triage_rank: int = Field(sa_type=BigInteger)
    assessment_type: AssessmentType = Field(sa_type=stored(AssessmentType))
    referred_on: date
    received_on: date
    # When the contract's clock began and when it runs out; empty until its start event happens.
    clock_started_on: date | None = None
    due_on: date | None = None
    practitioner_id: int | None = Field(
        default=None, foreign_key="practitioners.id", ondelete="RESTRICT"
    )
    co_worker_id: int | None = Field(
        default=None, foreign_key="practitioners.id", ondelete="RESTRICT"
    )
    allocated_on: date | None = None
    # Since when nobody named holds it; empty while somebody does and once it has ended.
    unallocated_on: date | None = None
    # When a manager is to look at the risk of waiting again; empty until the first review.
    risk_review_on: date | None = None
    seen_on: date | None = None
    authorised_on: date | None = None
    # When supervision talked about the child last.
    supervised_on: date | None = None
    age_band: str = Field(default="", max_length=10)
    primary_need: str = Field(default="", max_length=4)
    source_team: str = Field(default="", max_length=80)
    # Whether the council's own list named a worker; a team, a manager or duty does not count.
    council_worker_named: bool = False
    # The way out of the plan in force; empty while there is none.
    planned: str = Field(default="", max_length=20)
    outcome: str = Field(default="", max_length=40)
    ended_on: date | None = None
    reopened_on: date | None = None

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"reference_core": core(values.get("reference", "")), **values})

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        in_lot = col(cls.lot_id).in_(viewer.lot_ids)
        if not viewer.own_cases_only:
            return in_lot
        mine = viewer.practitioner_id
        return and_(in_lot, or_(col(cls.practitioner_id) == mine, col(cls.co_worker_id) == mine))


class CaseLinked(LotScoped):
    """A row about one case; a practitioner sees it only with the case."""

    case_id: int = Field(foreign_key="cases.id", index=True, ondelete="RESTRICT")

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        in_lot = col(cls.lot_id).in_(viewer.lot_ids)
        if not viewer.own_cases_only:
            return in_lot
        cases = Case.__table__.c  # type: ignore[attr-defined]
        mine = viewer.practitioner_id
        own = select(cases.id).where(or_(cases.practitioner_id == mine, cases.co_worker_id == mine))
        return and_(in_lot, col(cls.case_id).in_(own))


def any_of_case(kind: Any) -> ColumnElement[bool]:
    """Whether a table has any row about the case that a statement reads.

    Not narrowed once more: whoever sees a case may know that there is, and what it says is for a
    statement of its own.
    """
    return exists().where(kind.__table__.c.case_id == Case.id)


def first_due(most: int) -> Any:
    """The ids of the open cases that a worker holds, or works on beside another, the first due.

    Of each kind no more than so many, in the lots that `lots` names, of the worker that `worker`
    names. Not narrowed, as the statement around it is: by both conditions at once PostgreSQL takes
    the cases of one worker for few, and reads all of them to find the first.
    """
    cases = Case.__table__.c  # type: ignore[attr-defined]

    def of(worker: Any) -> Any:
        return (
            select(cases.id)
            .where(
                worker == bindparam("worker", type_=Integer),
                cases.ended_on.is_(None),
                among_ids(cases.lot_id, "lots"),
            )
            .order_by(cases.due_on, cases.id)
            .limit(literal_column(str(most), Integer))
            .subquery()
        )

    held, beside = of(cases.practitioner_id), of(cases.co_worker_id)
    return union_all(select(held.c.id), select(beside.c.id))


class CaseMove(CaseLinked, Row, table=True):
    """One move of a case from state to state: the history that its timeline and measures read."""

    __tablename__ = "case_moves"
    __table_args__ = (
        # The proposals that were decided, returned or overtaken, by day.
        Index("ix_case_moves_decided", "made_on", "case_id", **_where("before = 'proposed'")),
    )
    moves_with_case: ClassVar[bool] = True
    told_together: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: moves are always those of one case.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
    made_on: date
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    act: str = Field(max_length=60)
    before: CaseState | None = Field(default=None, sa_type=stored(CaseState, "before"))
    after: CaseState = Field(sa_type=stored(CaseState))
    note: str = Field(default="", max_length=200)


class Allocation(CaseLinked, Row, table=True):
    """One practitioner on one case from a day until another; open while `ends_on` is empty."""

    __tablename__ = "allocations"
    __table_args__ = (
        Index("ix_allocations_begun", "practitioner_id", "starts_on"),
        # Who was given cases in a week, whoever they are.
        Index("ix_allocations_day", "starts_on", "role"),
    )

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    role: AllocationRole = Field(sa_type=stored(AllocationRole))
    starts_on: date
    ends_on: date | None = None
    # Why the worker before was changed; empty for the first.
    reason: ChangeReason | None = Field(default=None, sa_type=stored(ChangeReason))
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class PriorityReview(CaseLinked, Row, table=True):
    """One judgement of how urgent a case is: by whom, why, and when it is looked at again."""

    __tablename__ = "priority_reviews"

    id: int | None = Field(default=None, primary_key=True)
    priority: Priority = Field(sa_type=stored(Priority))
    reason: PriorityReason = Field(sa_type=stored(PriorityReason))
    reviewed_on: date
    # Nobody where a flag set the priority by itself.
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    next_review_on: date | None = None


class CaseCohort(CaseLinked, Row, table=True):
    """One cohort that a case belongs to from a day on; it still does while `until` is empty."""

    __tablename__ = "case_cohorts"
    __table_args__ = (
        Index("ix_case_cohorts_now", "cohort", "lot_id", "case_id", **_where("until IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: it is read with the cohort.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    cohort: Cohort = Field(sa_type=stored(Cohort))
    since: date
    until: date | None = None
    set_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    ended_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class ResidualReceiver(CaseLinked, Row, table=True):
    """The team and the person in it who take a case over if it is open when the contract ends."""

    __tablename__ = "residual_receivers"
    __table_args__ = (UniqueConstraint("case_id"),)

    id: int | None = Field(default=None, primary_key=True)
    # Its index is the one that keeps a case from having two.
    case_id: int = Field(foreign_key="cases.id", ondelete="RESTRICT")
    receiving_team_id: int = Field(
        foreign_key="receiving_teams.id", index=True, ondelete="RESTRICT"
    )
    person: str = Field(max_length=120)
    named_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    named_at: datetime = Field(sa_type=Utc)


class ReceiverCounter(LotScoped, Row, table=True):
    """How many open cases of a lot a receiving team was named for."""

    __tablename__ = "receiver_counters"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    receiving_team_id: int = Field(
        foreign_key="receiving_teams.id", primary_key=True, ondelete="RESTRICT"
    )
    cases: int


class TriageRule(ContractScoped, Row, table=True):
    """One version of a contract's order of triage; the latest is in force."""

    __tablename__ = "triage_rules"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    number: int
    criteria: str = Field(max_length=200)
    reason: str = Field(max_length=200)
    at: datetime = Field(sa_type=Utc)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
