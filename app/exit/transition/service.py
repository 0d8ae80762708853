"""Records offers to workers and how many a lot is to have."""

from datetime import date

from sqlmodel import select

from app.contract import queries as contract
from app.exit.transition import queries
from app.exit.transition.models import Offer, RampStep
from app.exit.transition.rules import OfferTerms, check_offer, check_step
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.people.staying.queries import wishes
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


def record_offer(uow: UnitOfWork, worker_id: int, terms: OfferTerms, *, version: int) -> None:
    """Record what the council offered a worker and what they said.

    Refused for a worker who has not agreed to be named; `version` is that the form began from, 0
    where there was no offer.
    """
    with uow.command(Act.OFFER_RECORD):
        worker = find_worker(uow, worker_id)
        consented = worker_id in wishes(uow, consented=True)
        check_offer(terms, consented=consented, today=uow.today)
        row = queries.find_offer(uow, worker_id)
        said = vars(terms) | {"recorded_by": uow.actor.user_id}
        if row is None:
            uow.add(Offer(contract_id=worker.contract_id, practitioner_id=worker_id, **said))
            return
        uow.expect(row, version, shown(queries.terms_of(row)))
        for name, value in said.items():
            setattr(row, name, value)


def plan_workers(uow: UnitOfWork, lot_id: int, from_on: date, workers: int) -> None:
    """Plan how many workers a lot has from a day on; a step of the same day is replaced."""
    with uow.command(Act.EXIT_EDIT):
        lot = contract.find_lot(uow, lot_id)
        agreed = contract.find_contract(uow, lot.contract_id)
        check_step(workers, from_on, (agreed.starts_on, agreed.ends_on))
        same = select(RampStep).where(RampStep.lot_id == lot_id, RampStep.from_on == from_on)
        row = uow.session.exec(same).first()
        if row is None:
            uow.add(RampStep(lot_id=lot_id, from_on=from_on, workers=workers))
        else:
            row.workers = workers


def shown(terms: OfferTerms) -> dict[str, str]:
    """An offer under the names that its form gives to its answers."""
    return {
        "Kind of post": terms.engagement.label,
        "Post": terms.post,
        "Offered on": show_date(terms.offered_on),
        "First day": show_date(terms.starts_on) if terms.starts_on else "",
        "Answer": terms.answer.label,
        "Answered on": show_date(terms.answered_on) if terms.answered_on else "",
    }
