"""Acts on pre-proceedings: begun, moved on step by step, decided."""

from dataclasses import dataclass
from datetime import date

from app.cases.register import service as register
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.safeguarding.proceedings import queries, rules
from app.safeguarding.proceedings.models import PreProceedings, PreProceedingsStep
from app.safeguarding.proceedings.rules import Decision, Step
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Taken:
    """A step that was taken, and when the next review is."""

    step: Step
    on: date
    next_review_on: date


def begin(uow: UnitOfWork, case_id: int, gateway_on: date, next_review_on: date) -> int:
    """The council decided at a legal gateway meeting to begin pre-proceedings."""
    with uow.command(Act.PROCEEDINGS_OPEN):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended.")
        if queries.running_of(uow, case_id):
            raise Refused("Pre-proceedings run on this case already.")
        rules.check_open(gateway_on, referred_on=case.referred_on, today=uow.today)
        rules.check_review(next_review_on, today=uow.today)
        begun = uow.add(
            PreProceedings(
                case_id=case_id,
                lot_id=case.lot_id,
                gateway_on=gateway_on,
                opened_by=uow.actor.user_id,
                next_review_on=next_review_on,
            )
        )
        return begun.id or 0


def record(uow: UnitOfWork, proceedings_id: int, taken: Taken) -> None:
    """Record a step and set the next review; the letter is sent once."""
    with uow.command(Act.PROCEEDINGS_RECORD):
        one = uow.get(PreProceedings, proceedings_id)
        today = uow.today
        rules.check_step(
            taken.on, gateway_on=one.gateway_on, decided_on=one.decided_on, today=today
        )
        rules.check_review(taken.next_review_on, today=today)
        if taken.step is Step.LETTER:
            if one.letter_on is not None:
                raise Invalid("step", "The letter is recorded already.")
            one.letter_on = taken.on
        one.reviews += taken.step is Step.REVIEW
        one.next_review_on = taken.next_review_on
        uow.add(
            PreProceedingsStep(
                case_id=one.case_id,
                lot_id=one.lot_id,
                proceedings_id=proceedings_id,
                step=taken.step,
                taken_on=taken.on,
                next_review_on=taken.next_review_on,
                recorded_by=uow.actor.user_id,
            )
        )


def decide(uow: UnitOfWork, proceedings_id: int, decision: Decision, version: int) -> None:
    """The council decides on the next step; pre-proceedings end."""
    with uow.command(Act.PROCEEDINGS_DECIDE):
        one = uow.get(PreProceedings, proceedings_id)
        rules.check_running(one.decided_on)
        uow.expect(one, version, {"Reviews": str(one.reviews)})
        one.decision, one.decided_on = decision, uow.today
        one.decided_by = uow.actor.user_id
