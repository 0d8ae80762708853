"""Acts on section 47 enquiries: opened, concluded, and their conference booked and recorded."""

from datetime import date

from app.cases.register import priorities
from app.cases.register import service as register
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.safeguarding.enquiries import queries, rules
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import Agencies, ConferenceResult, EnquiryOutcome
from app.safeguarding.thresholds import service as thresholds
from app.safeguarding.thresholds.rules import Threshold
from app.safeguarding.thresholds.service import Because
from app.work.uow import UnitOfWork


def open_enquiry(
    uow: UnitOfWork, case_id: int, strategy_on: date, agencies: Agencies, why: Because
) -> int:
    """A strategy discussion decided on an enquiry: the case becomes urgent and protected."""
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
                opened_by=uow.actor.user_id,
            )
        )
        thresholds.log(uow, case, Threshold.SECTION_47, strategy_on, why, met=True)
        priorities.enquiry_opened(uow, case)
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
        if not meets:
            _end(uow, enquiry, on, protected=False)


def confer(
    uow: UnitOfWork, enquiry_id: int, on: date, result: ConferenceResult | None, version: int
) -> None:
    """Book the conference, or record what it decided once it was held."""
    with uow.command(Act.ENQUIRY_CONFER):
        enquiry = uow.get(Enquiry, enquiry_id)
        uow.expect(enquiry, version, {"Conference": str(enquiry.conference_on or "not booked")})
        rules.check_conference(enquiry.course, on, result, today=uow.today)
        enquiry.conference_on, enquiry.result = on, result
        if result is not None:
            _end(uow, enquiry, on, protected=result is ConferenceResult.PLAN)


def _end(uow: UnitOfWork, enquiry: Enquiry, on: date, *, protected: bool) -> None:
    enquiry.ended_on = on
    uow.session.flush()
    case = register.find(uow, enquiry.case_id)
    if case.state.is_open:
        priorities.enquiry_ended(uow, case, protected=protected)
