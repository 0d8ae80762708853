"""Gathers what the rooms know of one case, with its clock and its timeline."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.access.models import User
from app.assurance.supervision import queries as supervision
from app.cases.assessments import queries as assessments
from app.cases.register.models import CaseMove
from app.cases.register.queries import CaseView
from app.contract import queries as contract
from app.kernel.clock import Clock, ClockReading
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Happened:
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
    "proposal.propose": "Outcome plan proposed",
    "proposal.agree": "Outcome plan agreed by the council",
    "proposal.condition": "Outcome plan agreed by the council on conditions",
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
_MOVES = (
    select(  # type: ignore[call-overload]
        CaseMove.made_on, CaseMove.at, CaseMove.act, CaseMove.note, User.name
    )
    .outerjoin(User, col(User.id) == CaseMove.by_user_id)
    .where(CaseMove.case_id == bindparam("case_id"))
    .order_by(col(CaseMove.id).desc())
)


def clock_of(uow: UnitOfWork, case: CaseView) -> ClockReading | None:
    """The contract's clock as it reads today; None until its start event."""
    if case.clock_started_on is None:
        return None
    rule = contract.rule_for(uow, case.contract_id, case.assessment_type)
    calendar = contract.calendar(uow, case.contract_id)
    clock = Clock(rule, case.clock_started_on, calendar, case.authorised_on or case.ended_on)
    return clock.reading(uow.today)


def timeline(uow: UnitOfWork, case: CaseView) -> list[Happened]:
    """Everything that happened to the case, the latest first."""
    happened = [
        Happened(made_on, at, MOVE_WORDS.get(act, act), name or "", note)
        for made_on, at, act, note, name in uow.rows(_MOVES, case_id=case.id)
    ]
    happened += [
        Happened(
            visit.seen_on,
            None,
            "Child seen alone" if visit.seen_alone else "Child seen",
            visit.recorded_by or "",
        )
        for visit in assessments.visits_of(uow, case.id)
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


def _order(one: Happened) -> tuple[date, int, str]:
    """By day; on one day the referral, what brought the case here, visits, and then the moves."""
    places = {REFERRED: 0, RECEIVED: 1}
    place = places.get(one.title, 3 if one.at else 2)
    return one.on, place, one.at.isoformat() if one.at else ""
