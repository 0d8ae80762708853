"""Acts of an assessment, from its start to its authorisation."""

from datetime import date

from sqlmodel import col, select

from app.cases.assessments import rules
from app.cases.assessments.models import (
    Assessment,
    AssessmentMigration,
    AssessmentReturn,
    Visit,
)
from app.cases.assessments.rules import Milestone, NotSeenReason, ReturnReason
from app.cases.findings import service as findings
from app.cases.findings.rules import Source
from app.cases.findings.service import Looked
from app.cases.register import service as register
from app.cases.register.models import Case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType, Clock, StartEvent
from app.kernel.errors import NotFound, Refused
from app.work.uow import UnitOfWork


def start(uow: UnitOfWork, case_id: int, started_on: date, *, for_early_help: bool = False) -> None:
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
        before = _before(uow, case_id)
        assessment = uow.add(
            Assessment(
                case_id=case_id,
                lot_id=case.lot_id,
                assessment_type=case.assessment_type,
                started_on=started_on,
                started_by=uow.actor.user_id,
                for_early_help=for_early_help,
            )
        )
        _look_at_pathway(uow, assessment, before)
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


def return_to_author(
    uow: UnitOfWork, case_id: int, points: str, reason: ReturnReason = ReturnReason.OTHER
) -> None:
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
                reason=reason,
                points=points,
            )
        )


def record_milestone(uow: UnitOfWork, case_id: int, milestone: Milestone, on: date) -> None:
    """Say when the latest assessment was drafted, shared with the family or entered.

    Said again, it is put right; the trail keeps what was said before.
    """
    with uow.command(Act.ASSESSMENT_MILESTONE):
        case = register.find(uow, case_id)
        if uow.actor.own_cases_only:
            register.must_hold(uow, case)
        assessment = latest(uow, case_id)
        if assessment is None or not case.state.is_open:
            raise Refused("This case has no assessment to record this for.")
        way = rules.Way(assessment.started_on, assessment.submitted_on, assessment.authorised_on)
        rules.check_milestone(milestone, on, way, uow.today)
        setattr(assessment, f"{milestone.value}_on", on)
        setattr(assessment, f"{milestone.value}_by", uow.actor.user_id)


def migrate(uow: UnitOfWork, case_id: int, reason: str) -> None:
    """An initial or core assessment goes on as a single one, by the single one's clock.

    Its days, visits, returns and what it was before stay.
    """
    with uow.command(Act.ASSESSMENT_MIGRATE):
        case = register.find(uow, case_id)
        rules.check_migration(case.assessment_type, case.state)
        assessment = latest(uow, case_id)
        under_way = assessment if assessment and assessment.authorised_on is None else None
        uow.add(
            AssessmentMigration(
                case_id=case_id,
                lot_id=case.lot_id,
                assessment_id=under_way.id if under_way else None,
                was=case.assessment_type,
                migrated_on=uow.today,
                migrated_by=uow.actor.user_id,
                due_before=case.due_on,
                reason=reason,
            )
        )
        kind = AssessmentType.CHILD_AND_FAMILY
        register.set_facts(uow, case, assessment_type=kind, **_clock(uow, case, kind, under_way))
        if under_way is not None:
            under_way.assessment_type = kind
            uow.session.flush()
            _look_at_pathway(uow, under_way, _before(uow, case_id))


def latest(uow: UnitOfWork, case_id: int) -> Assessment | None:
    """The assessment begun last; a reopened case begins another."""
    return uow.session.exec(
        select(Assessment).where(Assessment.case_id == case_id).order_by(col(Assessment.id).desc())
    ).first()


def _clock(
    uow: UnitOfWork, case: Case, kind: AssessmentType, under_way: Assessment | None
) -> dict[str, date]:
    """Start and due day by the rule of a kind; a clock whose event is not known goes on as it is.

    A case that was reopened counts from then, whatever the rule counts from.
    """
    rule = contract.rule_for(uow, case.contract_id, kind)
    calendar = contract.calendar(uow, case.contract_id)
    happened = {
        StartEvent.REFERRAL: max(case.referred_on, calendar.known_from),
        StartEvent.RECEIVED: case.received_on,
        StartEvent.ALLOCATION: case.allocated_on,
        StartEvent.ASSESSMENT_START: under_way.started_on if under_way else None,
    }
    event = None if case.reopened_on else happened.get(rule.start_event)
    started_on = event or case.clock_started_on
    if started_on is None:
        return {}
    return {
        "clock_started_on": started_on,
        "due_on": Clock(rule, started_on, calendar).due_on,
    }


def _before(uow: UnitOfWork, case_id: int) -> rules.Before:
    """What was assessed in this case until now."""
    columns = col(Assessment.assessment_type), col(Assessment.authorised_on)
    early_help = col(Assessment.for_early_help)
    found = uow.session.exec(
        select(*columns, early_help).where(Assessment.case_id == case_id)
    ).all()
    full = [on for _, on, for_early_help in found if on is not None and not for_early_help]
    return rules.Before(frozenset(kind for kind, *_ in found), max(full, default=None))


def _look_at_pathway(uow: UnitOfWork, begun: Assessment, before: rules.Before) -> None:
    """Keep what is unusual about the way to the assessment, until it is mended or accepted."""
    found = rules.pathway(
        begun.assessment_type, begun.started_on, before, for_early_help=begun.for_early_help
    )
    findings.keep(uow, Source.PATHWAY, [Looked(begun.case_id, begun.lot_id, found)])


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
