"""Acts on section 47 enquiries: opened, concluded, and their conference booked and recorded."""

from datetime import date

from app.cases.allocation import service as allocation
from app.cases.allocation.rules import Override, OverrideReason
from app.cases.register import priorities
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import ChangeReason
from app.cases.states import CaseState
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.people import queries as people
from app.safeguarding.enquiries import queries, rules
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import Agencies, ConferenceResult, EnquiryOutcome
from app.safeguarding.reviews import service as reviews
from app.safeguarding.thresholds import service as thresholds
from app.safeguarding.thresholds.rules import Threshold
from app.safeguarding.thresholds.service import Because
from app.work.uow import UnitOfWork

AT_ONCE = Override(OverrideReason.SAFETY)


def open_enquiry(
    uow: UnitOfWork,
    case_id: int,
    strategy_on: date,
    agencies: Agencies,
    why: Because,
    practitioner_id: int | None = None,
) -> int:
    """A strategy discussion decided on an enquiry: the case becomes urgent and protected.

    It goes to `practitioner_id`, or stays with who holds it, who must be past their ASYE; the
    District Manager is told.
    """
    with uow.command(Act.ENQUIRY_OPEN):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended.")
        if queries.other_running(uow, case_id, 0):
            raise Refused("An enquiry runs on this case already; its first discussion counts.")
        rules.check_strategy(strategy_on, referred_on=case.referred_on, today=uow.today)
        enquiry = uow.add(
            Enquiry(
                case_id=case_id,
                lot_id=case.lot_id,
                strategy_on=strategy_on,
                agencies=agencies,
                protected_before=case.child_protection,
                opened_by=uow.actor.user_id,
            )
        )
        thresholds.log(uow, case, Threshold.SECTION_47, strategy_on, why, met=True)
        priorities.enquiry_opened(uow, case)
        _give(uow, case, practitioner_id)
        _tell(uow, case, "A section 47 enquiry was opened")
        return enquiry.id or 0


def conclude(
    uow: UnitOfWork, enquiry_id: int, on: date, outcome: EnquiryOutcome, why: Because
) -> None:
    """The enquiry has its outcome, and with it whether the threshold of a conference is met."""
    with uow.command(Act.ENQUIRY_CONCLUDE):
        enquiry = uow.get(Enquiry, enquiry_id)
        rules.check_conclude(enquiry.course, on, today=uow.today)
        enquiry.outcome, enquiry.concluded_on = outcome, on
        enquiry.concluded_by = uow.actor.user_id
        meets = outcome is EnquiryOutcome.CONFERENCE
        case = register.find(uow, enquiry.case_id)
        thresholds.log(uow, case, Threshold.CONFERENCE, on, why, met=meets)
        if meets:
            _tell(uow, case, "A child protection conference is to be booked")
        else:
            _end(uow, enquiry, on, protected=False)


def confer(
    uow: UnitOfWork, enquiry_id: int, on: date, result: ConferenceResult | None, version: int
) -> None:
    """Book the conference, or record what it decided once it was held."""
    with uow.command(Act.ENQUIRY_CONFER):
        enquiry = uow.get(Enquiry, enquiry_id)
        booked = show_date(enquiry.conference_on) if enquiry.conference_on else "Not booked"
        uow.expect(enquiry, version, {"Day of the conference": booked})
        rules.check_conference(enquiry.course, on, result, today=uow.today)
        enquiry.conference_on, enquiry.result = on, result
        if result is not None:
            _end(uow, enquiry, on, protected=result is ConferenceResult.PLAN)
        if result is ConferenceResult.PLAN:
            reviews.made(uow, register.find(uow, enquiry.case_id), on)


def _give(uow: UnitOfWork, case: Case, chosen: int | None) -> None:
    """Move the case to whoever holds it during the enquiry, if that is somebody else."""
    if case.practitioner_id is None and case.state is CaseState.PROPOSED:
        # A hand-back that nobody was allocated for is the District Manager's to decide first.
        return
    choosing = uow.actor.may(Act.CASE_REALLOCATE)
    holder = (chosen if choosing else None) or case.practitioner_id
    if holder is None:
        raise Invalid("practitioner_id", "Nobody holds this case: choose who does from now on.")
    known = {one.practitioner_id: one for one in people.candidates(uow, case.lot_id, uow.today)}
    candidate = known.get(holder)
    barred = candidate.barred_from_enquiries if candidate else "They do not work in this lot."
    rules.check_lead(candidate.name if candidate else "This person", barred, choosing=choosing)
    if holder == case.practitioner_id:
        return
    if case.state is CaseState.UNALLOCATED:
        allocation.give(uow, case, holder, None, AT_ONCE)
        return
    co_worker = case.co_worker_id if case.co_worker_id != holder else None
    allocation.pass_on(uow, case, holder, co_worker, ChangeReason.STANDARD_TRANSFER, AT_ONCE)


def _tell(uow: UnitOfWork, case: Case, subject: str) -> None:
    for one in contract.deciders(uow, case.lot_id):
        uow.mail(one.user_id, subject, "/section-47")


def _end(uow: UnitOfWork, enquiry: Enquiry, on: date, *, protected: bool) -> None:
    enquiry.ended_on = on
    uow.session.flush()
    case = register.find(uow, enquiry.case_id)
    if case.state.is_open:
        priorities.enquiry_ended(uow, case, protected=protected or enquiry.protected_before)
