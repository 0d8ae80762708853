"""Reads of engagements: one worker's, and every assignment of a quarter."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.contract import queries as contract
from app.people.checks.models import Checks
from app.people.engagement.models import Engagement
from app.people.engagement.rules import Engaged, Fault, Quarter, faults_of
from app.people.rules import Post
from app.people.workers import list_workers
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Assignment:
    """One worker's assignment in a quarter, as the return has it."""

    worker_id: int
    name: str
    council: str
    agency: str
    post: Post
    registration_number: str
    starts_on: date
    ends_on: date | None
    qualified_on: date | None
    engaged: Engaged
    faults: tuple[Fault, ...]

    @property
    def not_met(self) -> str:
        """The rules that are not met or not known to be, in words."""
        return "; ".join(fault.words for fault in self.faults)


def list_assignments(uow: UnitOfWork, quarter: Quarter) -> list[Assignment]:
    """Everybody of the actor's lots who worked on a day of the quarter, by name."""
    workers = [
        worker
        for worker in list_workers(uow, quarter.starts_on)
        if worker.starts_on <= quarter.ends_on
    ]
    contracts = {one.id: one for one in contract.list_contracts(uow)}
    checks = {row.practitioner_id: row for row in uow.session.exec(select(Checks)).all()}
    engaged = {
        row.practitioner_id: engaged_of(row) for row in uow.session.exec(select(Engagement)).all()
    }
    found = []
    for worker in workers:
        known, signed = checks.get(worker.id or 0), contracts[worker.contract_id]
        own = engaged.get(worker.id or 0, Engaged())
        qualified_on = known.qualified_on if known else None
        references = known.references if known else 0
        found.append(
            Assignment(
                worker.id or 0,
                worker.name,
                signed.council,
                signed.agency,
                worker.post,
                known.registration_number if known else "",
                worker.starts_on,
                worker.ends_on,
                qualified_on,
                own,
                faults_of(
                    own,
                    starts_on=worker.starts_on,
                    qualified_on=qualified_on,
                    references=references,
                ),
            )
        )
    return found


def find_engagement(uow: UnitOfWork, worker_id: int) -> Engagement | None:
    """What is recorded of a worker's engagement, if anything is."""
    return uow.session.exec(
        select(Engagement).where(col(Engagement.practitioner_id) == worker_id)
    ).first()


def engaged_of(row: Engagement) -> Engaged:
    return Engaged(
        row.hourly_pence, row.notice_weeks, row.left_post_on, row.over_price_cap, row.cap_signed_by
    )
