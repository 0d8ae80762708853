"""Reads of workers for other rooms: who may hold a case in a lot, and how much they can carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlmodel import col, select

from app.contract import queries as contract
from app.kernel.days import show_date
from app.people.capacity.queries import hours_of, reductions_from
from app.people.capacity.rules import Reduced, available_points, away_on, new_cases_a_week
from app.people.checks.queries import checks_by_worker
from app.people.checks.rules import Check, reds
from app.people.models import Practitioner, PractitionerLot
from app.people.points.queries import points_table
from app.people.rules import HOLDING, Employment, exclusion
from app.work.uow import UnitOfWork

__all__ = ["Candidate", "candidates", "list_practitioners", "points_table"]


@dataclass(frozen=True)
class Candidate:
    """A practitioner of a lot on a day; `reasons` say why they may not hold a case.

    `points` is what they can carry now and `new_cases_a_week` what they take at most, by their
    hours; `zone` is the lot they live in, empty for somebody from outside the contract's area.
    """

    practitioner_id: int
    name: str
    case_limit: int
    reasons: tuple[str, ...]
    points: int
    new_cases_a_week: int
    home_lot_id: int | None
    zone: str
    ends_on: date | None
    asye: bool

    @property
    def excluded(self) -> str | None:
        """The first reason against holding a case, or None."""
        return self.reasons[0] if self.reasons else None

    @property
    def may_hold(self) -> bool:
        return not self.reasons

    @property
    def barred_from_enquiries(self) -> str | None:
        """Why they may not hold a case while a section 47 enquiry runs on it, or None."""
        return self.excluded or ("In their ASYE." if self.asye else None)


def candidates(uow: UnitOfWork, lot_id: int | None, on: date) -> list[Candidate]:
    """The practitioners of a lot, or of all the actor's lots, on a day, by name.

    Team managers are none. Eight queries for one contract, however many practitioners it has.
    """
    workers = _workers(uow, lot_id, on)
    if not workers:
        return []
    checks = checks_by_worker(uow, workers, on)
    taken = reductions_from(uow, list(checks), on)
    zones = {lot.id: lot.name for lot in contract.list_lots(uow)}
    measures = {
        one: (contract.calendar(uow, one), points_table(uow, one))
        for one in sorted({worker.contract_id for worker in workers})
    }
    found = []
    for worker in workers:
        worker_id, hours = worker.id or 0, hours_of(worker)
        calendar, table = measures[worker.contract_id]
        found.append(
            Candidate(
                worker_id,
                worker.name,
                worker.case_limit,
                reasons_against(worker, checks[worker_id], taken[worker_id], on),
                available_points(hours, taken[worker_id], on, calendar, table),
                new_cases_a_week(hours, table),
                worker.home_lot_id,
                zones.get(worker.home_lot_id, ""),
                worker.ends_on,
                worker.asye,
            )
        )
    return found


_BY_NAME = (
    select(Practitioner.id, Practitioner.name)
    .join(PractitionerLot, col(PractitionerLot.practitioner_id) == col(Practitioner.id))
    .where(col(Practitioner.post).in_(HOLDING))
    .distinct()
    .order_by(col(Practitioner.name), col(Practitioner.id))
)


def list_practitioners(uow: UnitOfWork) -> list[tuple[int, str]]:
    """The practitioners of the actor's lots, by name; team managers hold no cases."""
    return [(practitioner_id or 0, name) for practitioner_id, name in uow.rows(_BY_NAME)]


def _workers(uow: UnitOfWork, lot_id: int | None, on: date) -> list[Practitioner]:
    """The practitioners who work in a lot on a day, as far as their time there has dates."""
    begins, ends = col(PractitionerLot.starts_on), col(PractitionerLot.ends_on)
    there = select(PractitionerLot.practitioner_id).where(
        or_(begins.is_(None), begins <= on), or_(ends.is_(None), ends >= on)
    )
    if lot_id is not None:
        there = there.where(PractitionerLot.lot_id == lot_id)
    return list(
        uow.session.exec(
            select(Practitioner)
            .where(col(Practitioner.post).in_(HOLDING), col(Practitioner.id).in_(there))
            .order_by(col(Practitioner.name), col(Practitioner.id))
        ).all()
    )


def reasons_against(
    worker: Practitioner, checks: Sequence[Check], reduced: Sequence[Reduced], on: date
) -> tuple[str, ...]:
    """Everything that keeps a worker from holding a case on a day, in words, the first first."""
    employment = Employment(
        worker.qualified, worker.registration_expires_on, worker.starts_on, worker.ends_on
    )
    first = exclusion(employment, on)
    absence = away_on(reduced, on)
    away = f"Away until {show_date(absence.ends_on)}." if absence else None
    # An expired registration is a reason of employment and a red check in the same words.
    return tuple(dict.fromkeys(one for one in (first, *reds(checks), away) if one))
