"""The act of deciding on a threshold, and the step by which other acts log theirs."""

from dataclasses import dataclass
from datetime import date

from app.cases.register import service as register
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.safeguarding.thresholds import rules
from app.safeguarding.thresholds.models import ThresholdDecision
from app.safeguarding.thresholds.rules import Rationale, Threshold
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Because:
    """Why a threshold was decided so, and whether partner agencies were told."""

    rationale: Rationale
    partners_told: bool


def decide(
    uow: UnitOfWork, case_id: int, threshold: Threshold, on: date, why: Because, *, met: bool
) -> None:
    """Log a decision that opens nothing here: a referral's, or that a threshold is not met."""
    with uow.command(Act.THRESHOLD_DECIDE):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended.")
        if met and threshold is Threshold.SECTION_47:
            raise Refused("Open the enquiry itself; that logs the decision.")
        if met and threshold is Threshold.CONFERENCE:
            raise Refused("End the enquiry with a conference; that logs the decision.")
        log(uow, case, threshold, on, why, met=met)


def log(
    uow: UnitOfWork, case: Case, threshold: Threshold, on: date, why: Because, *, met: bool
) -> None:
    """Log what an act decided on a threshold."""
    uow.must_be_in()
    rules.check_day("decided_on", on, today=uow.today)
    rules.check_rationale("rationale", why.rationale, met=met)
    uow.add(
        ThresholdDecision(
            case_id=register.case_id_of(case),
            lot_id=case.lot_id,
            threshold=threshold,
            met=met,
            **vars(why),
            decided_on=on,
            decided_by=uow.actor.user_id,
        )
    )
