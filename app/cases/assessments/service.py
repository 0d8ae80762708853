"""Acts of an assessment, from its start to its authorisation."""

from datetime import date

from sqlmodel import col, select

from app.cases.assessments import rules
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.assessments.rules import NotSeenReason
from app.cases.register import service as register
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.kernel.clock import StartEvent
from app.kernel.errors import NotFound, Refused
from app.work.uow import UnitOfWork


def start(uow: UnitOfWork, case_id: int, started_on: date) -> None:
    """The practitioner who holds the case starts its assessment on a day up to today."""
    with uow.command(Act.ASSESSMENT_START):
        case = register.find(uow, case_id)
        register.must_hold(uow, case)
        rules.check_day(
            "started_on",
            started_on,
            not_before=case.referred_on,
            today=uow.today,
            since="the referral",
        )
        register.step(uow, case, Act.ASSESSMENT_START)
        uow.add(
            Assessment(
                case_id=case_id,
                lot_id=case.lot_id,
                assessment_type=case.assessment_type,
                started_on=started_on,
                started_by=uow.actor.user_id,
            )
        )
        register.start_clock(uow, case, StartEvent.ASSESSMENT_START, started_on)


def record_seen(uow: UnitOfWork, case_id: int, seen_on: date, *, seen_alone: bool) -> None:
    """The practitioner or co-worker records that the child was seen, and whether alone.

    While nobody holds the case its team manager does, for whoever made the visit.
    """
    with uow.command(Act.ASSESSMENT_SEEN):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended.")
        if case.practitioner_id is not None and not uow.actor.own_cases_only:
            raise Refused("Whoever holds this case records its visits.")
        rules.check_day(
            "seen_on", seen_on, not_before=case.referred_on, today=uow.today, since="the referral"
        )
        uow.add(
            Visit(
                case_id=case_id,
                lot_id=case.lot_id,
                seen_on=seen_on,
                seen_alone=seen_alone,
                recorded_by=uow.actor.user_id,
            )
        )
        register.set_facts(uow, case, seen_on=max(seen_on, case.seen_on or seen_on))
        assessment = latest(uow, case_id)
        if assessment and not assessment.authorised_on and seen_on >= assessment.started_on:
            assessment.seen_on = max(seen_on, assessment.seen_on or seen_on)


def submit(uow: UnitOfWork, case_id: int, not_seen_reason: NotSeenReason | None) -> None:
    """The practitioner sends the assessment to the team manager for authorisation."""
    with uow.command(Act.ASSESSMENT_SUBMIT):
        case, assessment = _under_way(uow, case_id)
        register.must_hold(uow, case)
        rules.check_submission(_work(assessment), not_seen_reason)
        register.step(uow, case, Act.ASSESSMENT_SUBMIT)
        assessment.not_seen_reason = None if assessment.seen_on else not_seen_reason
        assessment.submitted_on, assessment.submitted_by = uow.today, uow.actor.user_id


def authorise(uow: UnitOfWork, case_id: int, *, accepts_not_seen: bool = False) -> None:
    """A team manager other than the author authorises: the assessment is complete."""
    with uow.command(Act.ASSESSMENT_AUTHORISE):
        case, assessment = _under_way(uow, case_id)
        rules.check_authorisation(
            _work(assessment), by=uow.actor.user_id, accepts_not_seen=accepts_not_seen
        )
        register.step(uow, case, Act.ASSESSMENT_AUTHORISE, authorised_on=uow.today)
        assessment.authorised_on, assessment.authorised_by = uow.today, uow.actor.user_id


def return_to_author(uow: UnitOfWork, case_id: int, points: str) -> None:
    """A team manager sends the assessment back with the points to fix."""
    with uow.command(Act.ASSESSMENT_RETURN):
        case, assessment = _under_way(uow, case_id)
        register.step(uow, case, Act.ASSESSMENT_RETURN)
        if assessment.id is None:
            raise NotFound
        uow.add(
            AssessmentReturn(
                case_id=case_id,
                lot_id=case.lot_id,
                assessment_id=assessment.id,
                returned_on=uow.today,
                returned_by=uow.actor.user_id,
                points=points,
            )
        )


def latest(uow: UnitOfWork, case_id: int) -> Assessment | None:
    """The assessment begun last; a reopened case begins another."""
    return uow.session.exec(
        select(Assessment).where(Assessment.case_id == case_id).order_by(col(Assessment.id).desc())
    ).first()


def _under_way(uow: UnitOfWork, case_id: int) -> tuple[Case, Assessment]:
    case = register.find(uow, case_id)
    assessment = latest(uow, case_id)
    if assessment is None or assessment.authorised_on is not None:
        raise Refused("This case has no assessment under way.")
    return case, assessment


def _work(assessment: Assessment) -> rules.Work:
    return rules.Work(
        assessment.started_on,
        assessment.seen_on,
        assessment.not_seen_reason,
        assessment.submitted_by,
    )
