"""Reads of section 47 enquiries: those that run, how timely conferences are, those of a case."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import Clock, ClockReading, ClockRule
from app.kernel.errors import first_of
from app.people import queries as people
from app.people.models import Practitioner
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import (
    Agencies,
    ConferenceResult,
    Course,
    EnquiryOutcome,
    Owner,
    Show,
    Timeliness,
    conference_clock,
    timeliness,
)
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
COUNTED = timedelta(weeks=13)


@dataclass(frozen=True)
class EnquiryView:
    """One enquiry with its case and the clock to its conference."""

    id: int
    case_id: int
    contract_id: int
    reference: str
    lot: str
    practitioner: str | None
    agencies: Agencies
    opened_by: str | None
    strategy_on: date
    outcome: EnquiryOutcome | None
    concluded_on: date | None
    concluded_by: str | None
    conference_on: date | None
    result: ConferenceResult | None
    version: int
    clock: ClockReading | None = None

    @property
    def course(self) -> Course:
        """Its days and results, as the rules ask of them."""
        return Course(
            self.strategy_on, self.outcome, self.concluded_on, self.conference_on, self.result
        )

    @property
    def stands(self) -> str:
        """Where it is, in words."""
        if self.course.outcome is None:
            return "Enquiry runs"
        if not self.course.awaits_conference:
            return "Ended"
        return "Conference booked" if self.course.conference_on else "Conference to be booked"

    @property
    def next_step(self) -> str:
        """What comes next and with whom it is, in words; empty once it has ended."""
        step = self.course.next_step
        if step is None:
            return ""
        holder = self.practitioner or "nobody"
        return f"{step.words}: with {holder if step.owner is Owner.HOLDER else step.owner.label}"


@dataclass(frozen=True)
class Progressed:
    """How many enquiries began in one lot lately, and what came of them so far."""

    lot: str
    began: int
    to_conference: int
    otherwise: int

    @property
    def running(self) -> int:
        return self.began - self.to_conference - self.otherwise


@dataclass(frozen=True)
class LotTimeliness:
    """How timely the conferences of one lot were, lately."""

    lot: str
    timeliness: Timeliness


def list_running(uow: UnitOfWork, show: Show, page: str | None) -> paging.Slice[EnquiryView]:
    """One page of the enquiries that run, the oldest strategy discussion first."""
    count, rows = _LISTS[show]
    place = paging.place(page, total=int(uow.rows(count).scalar_one()), size=PAGE_SIZE)
    found = uow.rows(rows, offset=place.offset, size=place.size)
    return paging.Slice.at(place, _read(uow, found))


def of_case(uow: UnitOfWork, case_id: int) -> list[EnquiryView]:
    """The enquiries on one case, the latest first."""
    return _read(uow, uow.rows(_OF_CASE, case_id=case_id))


def find_view(uow: UnitOfWork, enquiry_id: int) -> EnquiryView:
    """One enquiry; NotFound when it is absent or not the actor's."""
    return first_of(_read(uow, uow.rows(_ONE, enquiry_id=enquiry_id)))


def other_running(uow: UnitOfWork, case_id: int, enquiry_id: int) -> bool:
    """Whether the case has another enquiry that runs."""
    return uow.rows(_OTHERS, case_id=case_id, enquiry_id=enquiry_id).first() is not None


def lead_choices(uow: UnitOfWork, lot_id: int) -> list[tuple[int, str]]:
    """Who of a lot may hold a case while an enquiry runs on it, by name."""
    found = people.candidates(uow, lot_id, uow.today)
    return [(one.practitioner_id, one.name) for one in found if not one.barred_from_enquiries]


def progressed_by_lot(uow: UnitOfWork) -> list[Progressed]:
    """The enquiries that began in the last thirteen weeks, by lot and what they led to."""
    return [Progressed(*row) for row in uow.rows(_PROGRESSED, since=uow.today - COUNTED)]


def timeliness_by_lot(uow: UnitOfWork) -> list[LotTimeliness]:
    """Of the conferences held in the last thirteen weeks, how many were in time, by lot."""
    found = uow.rows(_HELD, since=uow.today - COUNTED, today=uow.today).all()
    clocks = _clocks(uow, {row.contract_id for row in found})
    by_lot: dict[tuple[int, str], list[Clock]] = {}
    for lot_id, lot, contract_id, strategy_on, conference_on, result in found:
        course = Course(strategy_on, EnquiryOutcome.CONFERENCE, None, conference_on, result)
        by_lot.setdefault((lot_id, lot), []).append(conference_clock(course, *clocks[contract_id]))
    return [LotTimeliness(lot, timeliness(held, uow.today)) for (_, lot), held in by_lot.items()]


_RUNS = col(Enquiry.ended_on).is_(None)
_CONCLUDER = aliased(User)
_COLUMNS: tuple[Any, ...] = (
    Enquiry.id,
    Enquiry.case_id,
    Case.contract_id,
    Case.reference,
    Lot.name,
    Practitioner.name,
    Enquiry.agencies,
    User.name,
    Enquiry.strategy_on,
    Enquiry.outcome,
    Enquiry.concluded_on,
    _CONCLUDER.name,
    Enquiry.conference_on,
    Enquiry.result,
    Enquiry.version,
)
_ENQUIRIES: Any = (
    select(*_COLUMNS)
    .select_from(Enquiry)
    .join(Case, col(Case.id) == Enquiry.case_id)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .outerjoin(User, col(User.id) == Enquiry.opened_by)
    .outerjoin(_CONCLUDER, col(_CONCLUDER.id) == Enquiry.concluded_by)
)
_TO_CONFERENCE = col(Enquiry.outcome) == EnquiryOutcome.CONFERENCE
_SHOWN = {
    Show.ALL: _RUNS,
    Show.TO_BOOK: and_(_RUNS, _TO_CONFERENCE, col(Enquiry.conference_on).is_(None)),
}
_LISTS: dict[Show, tuple[Any, Any]] = {
    show: (
        select(func.count()).select_from(Enquiry).where(these),
        _ENQUIRIES.where(these)
        .order_by(col(Enquiry.strategy_on), col(Enquiry.id))
        .offset(bindparam("offset"))
        .limit(bindparam("size")),
    )
    for show, these in _SHOWN.items()
}
_OF_CASE = _ENQUIRIES.where(col(Enquiry.case_id) == bindparam("case_id")).order_by(
    col(Enquiry.strategy_on).desc(), col(Enquiry.id).desc()
)
_ONE = _ENQUIRIES.where(col(Enquiry.id) == bindparam("enquiry_id"))
_OTHERS = select(Enquiry.id).where(
    _RUNS,
    col(Enquiry.case_id) == bindparam("case_id"),
    col(Enquiry.id) != bindparam("enquiry_id"),
)
_PROGRESSED: Any = (
    select(
        col(Lot.name),
        func.count(),
        func.coalesce(func.sum(case((_TO_CONFERENCE, 1), else_=0)), 0),
        func.count(col(Enquiry.outcome))
        - func.coalesce(func.sum(case((_TO_CONFERENCE, 1), else_=0)), 0),
    )
    .select_from(Enquiry)
    .join(Lot, col(Lot.id) == Enquiry.lot_id)
    .where(col(Enquiry.strategy_on) > bindparam("since"))
    .group_by(col(Lot.id), col(Lot.name))
    .order_by(col(Lot.name))
)
_HELD: Any = (
    select(  # type: ignore[call-overload]
        Lot.id,
        Lot.name,
        Lot.contract_id,
        Enquiry.strategy_on,
        Enquiry.conference_on,
        Enquiry.result,
    )
    .select_from(Enquiry)
    .join(Lot, col(Lot.id) == Enquiry.lot_id)
    .where(
        col(Enquiry.conference_on) > bindparam("since"),
        col(Enquiry.conference_on) <= bindparam("today"),
        col(Enquiry.result).is_not(None),
    )
    .order_by(col(Lot.name))
)


def _read(uow: UnitOfWork, rows: Iterable[Any]) -> list[EnquiryView]:
    found = [EnquiryView(*row) for row in rows]
    clocks = _clocks(uow, {one.contract_id for one in found})
    return [replace(one, clock=_reading(one, clocks[one.contract_id], uow.today)) for one in found]


def _reading(
    one: EnquiryView, terms: tuple[ClockRule, WorkingCalendar], today: date
) -> ClockReading | None:
    """The conference's clock, which counts until an enquiry ends otherwise."""
    waits = one.course.runs or one.course.held_on is not None
    return conference_clock(one.course, *terms).reading(today) if waits else None


def _clocks(
    uow: UnitOfWork, contracts: Iterable[int]
) -> dict[int, tuple[ClockRule, WorkingCalendar]]:
    return {
        one: (contract.conference_rule(uow, one), contract.calendar(uow, one))
        for one in sorted(contracts)
    }
