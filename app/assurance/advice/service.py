"""The act that writes advice down."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from app.assurance.advice import rules
from app.assurance.advice.models import Advice
from app.assurance.advice.rules import Asker, Topic
from app.cases.register.models import Case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Asked:
    """Advice as it is written down; `reference` is empty where it is about no one case."""

    given_on: date
    lot_id: int
    team: str
    asker: Asker
    topic: Topic
    question: str
    answer: str
    minutes: int
    reference: str = ""


def record(uow: UnitOfWork, asked: Asked) -> None:
    """Write down a question of a council team and the answer it got."""
    with uow.command(Act.ADVICE_RECORD):
        contract.find_lot(uow, asked.lot_id)
        rules.check_advice(asked.given_on, asked.minutes, uow.today)
        told = {name: value for name, value in vars(asked).items() if name != "reference"}
        case_id = _case(uow, asked) if asked.reference else None
        uow.add(Advice(**told, case_id=case_id, given_by=uow.actor.user_id or 0))


def _case(uow: UnitOfWork, asked: Asked) -> int | None:
    case = select(Case.id).where(Case.reference == asked.reference, Case.lot_id == asked.lot_id)
    found = uow.session.exec(case).first()
    if found is None:
        raise Invalid("reference", "You see no case of that lot with this reference.")
    return found
