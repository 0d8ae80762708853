"""Reads who stays, what they carry, which children change workers, and the run-down."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlmodel import col

from app.access.models import User
from app.cases.register.models import Allocation, Case
from app.cases.register.rules import AllocationRole
from app.cases.workload.queries import loads
from app.contract import queries as contract
from app.contract.models import Contract
from app.exit.transition.models import Offer, RampStep
from app.exit.transition.rules import Answer, Heads, OfferTerms, Stay, heads
from app.kernel.acts import Act
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import HOLDING
from app.people.staying.queries import wishes
from app.people.staying.rules import Intent, Wish
from app.people.workers import list_workers
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class WorkerRow:
    """A worker with their wish and offer, what they carry and who would notice their leaving.

    `third` are children they hold who would get a third worker or more.
    """

    worker_id: int
    name: str
    ends_on: date | None
    wish: Wish | None
    offer: OfferTerms | None
    cases: int
    third: int
    # Whether the reader may know who it is: the council knows those who agreed to be named.
    is_named: bool = True

    @property
    def stays(self) -> bool:
        return self.offer is not None and self.offer.answer is Answer.ACCEPTED

    @property
    def undecided(self) -> bool:
        """Neither has an answered offer nor said that they leave."""
        if self.offer is not None and self.offer.answer is not Answer.WAITING:
            return False
        return self.wish is None or self.wish.intent is Intent.UNDECIDED


def list_people(uow: UnitOfWork) -> list[WorkerRow]:
    """Everybody still here, counted for the council too; it is told who agreed to be named."""
    of_agency = uow.actor.may(Act.STAYING_RECORD)
    said, offers = wishes(uow, consented=not of_agency), offers_by_worker(uow)
    carried: dict[int, int] = {}
    for one in contract.list_contracts(uow):
        carried |= {who: load.cases for who, load in loads(uow, one.id or 0).items()}
    third = _third_workers(uow)
    return [
        WorkerRow(
            worker.id or 0,
            worker.name,
            worker.ends_on,
            said.get(worker.id or 0),
            offers.get(worker.id or 0),
            carried.get(worker.id or 0, 0),
            third.get(worker.id or 0, 0),
            of_agency or worker.id in said,
        )
        for worker in list_workers(uow, uow.today)
    ]


def undecided_by_contract(uow: UnitOfWork) -> dict[int, int]:
    """How many workers of each contract neither answered an offer nor said that they leave."""
    said, offers = wishes(uow, consented=False), offers_by_worker(uow)
    counts: dict[int, int] = {}
    for worker in list_workers(uow, uow.today):
        worker_id = worker.id or 0
        row = WorkerRow(
            worker_id, worker.name, None, said.get(worker_id), offers.get(worker_id), 0, 0
        )
        counts[worker.contract_id] = counts.get(worker.contract_id, 0) + row.undecided
    return counts


def count_stayed(uow: UnitOfWork, contract_id: int) -> tuple[int, int]:
    """How many of a contract's workers accepted an offer, of all it ever had, leavers too."""
    offers = offers_by_worker(uow)
    workers = [one for one in list_workers(uow, date.min) if one.contract_id == contract_id]
    accepted = {who for who, offer in offers.items() if offer.answer is Answer.ACCEPTED}
    return sum(one.id in accepted for one in workers), len(workers)


def offers_by_worker(uow: UnitOfWork) -> dict[int, OfferTerms]:
    return {row.practitioner_id: terms_of(row) for row in uow.session.scalars(select(Offer))}


def find_offer(uow: UnitOfWork, worker_id: int) -> Offer | None:
    found = select(Offer).where(col(Offer.practitioner_id) == worker_id)
    return uow.session.scalars(found).first()


def recorded_by(uow: UnitOfWork, worker_id: int) -> str | None:
    """Who recorded what was offered to a worker last."""
    found = (
        select(col(User.name))
        .join(Offer, col(Offer.recorded_by) == col(User.id))
        .where(col(Offer.practitioner_id) == worker_id)
    )
    return uow.session.execute(found).scalar()


def terms_of(row: Offer) -> OfferTerms:
    return OfferTerms(
        row.engagement, row.post, row.offered_on, row.starts_on, row.answer, row.answered_on
    )


def heads_by_lot(uow: UnitOfWork, agreed: Contract) -> list[tuple[int, str, list[Heads]]]:
    """Each lot of a contract with its workers week by week, planned and by their dates."""
    stays = _stays(uow)
    steps = list_steps(uow)
    return [
        (
            lot.id or 0,
            lot.name,
            heads(
                [one for one in stays if one.lot_id == lot.id],
                [(step.from_on, step.workers) for step in steps if step.lot_id == lot.id],
                uow.today,
                agreed.ends_on,
            ),
        )
        for lot in contract.list_lots(uow)
        if lot.contract_id == agreed.id
    ]


def list_steps(uow: UnitOfWork) -> list[RampStep]:
    """The planned numbers of workers of the actor's lots, in order."""
    return list(uow.session.scalars(select(RampStep).order_by(col(RampStep.from_on))))


def _stays(uow: UnitOfWork) -> list[Stay]:
    """A worker is in a lot while both their engagement and their time there last."""
    found = uow.session.execute(
        select(
            col(PractitionerLot.lot_id),
            col(PractitionerLot.starts_on),
            col(PractitionerLot.ends_on),
            col(Practitioner.starts_on),
            col(Practitioner.ends_on),
        )
        .join(Practitioner, col(Practitioner.id) == col(PractitionerLot.practitioner_id))
        .where(col(Practitioner.post).in_(HOLDING))
    )
    return [
        Stay(
            lot_id,
            max(day for day in (there, begun) if day is not None),
            min((day for day in (until, ends) if day is not None), default=None),
        )
        for lot_id, there, until, begun, ends in found
    ]


def _third_workers(uow: UnitOfWork) -> dict[int, int]:
    """Children each worker holds who had another worker before them, from open cases."""
    return {int(worker_id): int(number) for worker_id, number in uow.rows(_THIRD)}


_EARLIER = exists().where(
    col(Allocation.case_id) == col(Case.id),
    col(Allocation.role) == AllocationRole.PRIMARY,
    col(Allocation.practitioner_id) != col(Case.practitioner_id),
)
# Held cases alone are looked at: there are as many as workers can carry, however many ended.
_THIRD = (
    select(col(Case.practitioner_id), func.count())
    .where(col(Case.practitioner_id).is_not(None), col(Case.ended_on).is_(None), _EARLIER)
    .group_by(col(Case.practitioner_id))
)
