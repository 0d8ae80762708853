"""Reads of the register: the rows that a filter keeps, and the facts of one case."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, literal_column
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.cases.register.filter import SORTS, CaseFilter
from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import Priority
from app.cases.scope.models import NO_CLOCK, CaseCounter
from app.cases.states import CLEARED, CLOCK_RUNS, CaseState
from app.contract.models import Lot
from app.db.among import one_of
from app.kernel import paging
from app.kernel.counts import Count, counted
from app.kernel.errors import first_of
from app.people.models import Practitioner
from app.work.counting import up_to
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
STREAM_BATCH = 500


class CaseRow(NamedTuple):
    """One line of the list of cases."""

    id: int
    reference: str
    lot: str
    state: CaseState
    priority: Priority
    open_flags: int
    referred_on: date
    due_on: date | None
    practitioner: str | None
    seen_on: date | None
    age_band: str
    outcome: str
    ended_on: date | None


_COLUMNS = (
    Case.id,
    Case.reference,
    Lot.name,
    Case.state,
    Case.priority,
    Case.open_flags,
    Case.referred_on,
    Case.due_on,
    Practitioner.name,
    Case.seen_on,
    Case.age_band,
    Case.outcome,
    Case.ended_on,
)


_ROWS: Any = (
    select(*_COLUMNS)  # type: ignore[call-overload]
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
)


@lru_cache(maxsize=512)
def _rows(wanted: CaseFilter, today: date) -> Any:
    """The statement of a filter, built once a day for all who ask the same."""
    rows, order = _ROWS.where(*wanted.criteria(today)), SORTS[wanted.sort][1]
    return rows.order_by(*(col(c).desc() if wanted.down else col(c) for c in order))


@lru_cache(maxsize=512)
def _page(wanted: CaseFilter, today: date, offset: int, size: int) -> Any:
    return _rows(wanted, today).offset(offset).limit(size)


def _kept(wanted: CaseFilter, today: date) -> Any:
    kept = wanted.criteria(today)
    if wanted.priority not in {None, Priority.NOT_SET}:
        # As its index names it; only here, so that a page is still read in its order.
        kept.append(col(Case.priority) != literal_column(f"'{Priority.NOT_SET.value}'"))
    return select(col(Case.id)).where(*kept)


@lru_cache(maxsize=512)
def _total(wanted: CaseFilter, today: date) -> Any:
    return _kept(wanted, today).with_only_columns(func.count())


@lru_cache(maxsize=512)
def _some(wanted: CaseFilter, today: date, most: int) -> Any:
    return up_to(_kept(wanted, today), most)


def count_cases(uow: UnitOfWork, wanted: CaseFilter) -> int:
    """How many cases the filter keeps, exactly; from the counters where they know."""
    known = _is_known(uow, wanted)
    total = _counted(wanted, uow.today) if known else _total(wanted, uow.today)
    return int(uow.rows(total).scalar() or 0)


def count_up_to(uow: UnitOfWork, wanted: CaseFilter, most: int) -> Count:
    """How many cases the filter keeps: exactly where the counters know, else up to `most`."""
    if _is_known(uow, wanted):
        return Count(count_cases(uow, wanted))
    return counted(int(uow.rows(_some(wanted, uow.today, most)).scalar() or 0), most)


def _is_known(uow: UnitOfWork, wanted: CaseFilter) -> bool:
    return wanted.is_counted and not uow.actor.own_cases_only


def list_cases(
    uow: UnitOfWork, wanted: CaseFilter, page: int | str | None = 1
) -> paging.Slice[CaseRow]:
    """One page of the cases that the filter keeps, in its order."""
    place = paging.place(page, total=count_cases(uow, wanted), size=PAGE_SIZE)
    found = uow.rows(_page(wanted, uow.today, place.offset, place.size)).all()
    return paging.Slice.at(place, [CaseRow._make(row) for row in found])


def list_first(uow: UnitOfWork, wanted: CaseFilter, most: int) -> list[CaseRow]:
    """The first cases that the filter keeps, in its order, without how many there are."""
    return [CaseRow._make(row) for row in uow.rows(_page(wanted, uow.today, 0, most))]


def list_ids(uow: UnitOfWork, wanted: CaseFilter, most: int) -> list[int]:
    """The first ids of the cases that the filter keeps, in its order."""
    order = (col(c).desc() if wanted.down else col(c) for c in SORTS[wanted.sort][1])
    ids = select(col(Case.id)).where(*wanted.criteria(uow.today)).order_by(*order).limit(most)
    return [found for found in uow.session.exec(ids).all() if found is not None]


def stream_cases(uow: UnitOfWork, wanted: CaseFilter) -> Iterator[Any]:
    """Every case that the filter keeps, read in batches, for an export: the values of CaseRow."""
    yield from uow.rows(_rows(wanted, uow.today).execution_options(yield_per=STREAM_BATCH))


@lru_cache(maxsize=512)
def _counted(wanted: CaseFilter, today: date) -> Any:
    total = select(func.coalesce(func.sum(CaseCounter.cases), 0))
    if wanted.lot is not None:
        total = total.where(CaseCounter.lot_id == wanted.lot)
    if wanted.state is not None:
        total = total.where(CaseCounter.state == wanted.state)
    elif wanted.show != "all" and not wanted.overdue:
        states = CLEARED if wanted.show == "cleared" else [s for s in CaseState if s.is_open]
        total = total.where(one_of(col(CaseCounter.state), states))
    if wanted.overdue:
        running = one_of(col(CaseCounter.state), CLOCK_RUNS)
        total = total.where(
            running, col(CaseCounter.due_on) < today, col(CaseCounter.due_on) != NO_CLOCK
        )
    return total


@dataclass(frozen=True)
class CaseView:
    """The facts of one case as its page shows them."""

    id: int
    contract_id: int
    lot_id: int
    reference: str
    family_key: str | None
    lot: str
    state: CaseState
    proposed_from: CaseState | None
    priority: Priority
    next_review_on: date | None
    child_protection: bool
    open_flags: int
    assessment_type: Any
    referred_on: date
    received_on: date
    clock_started_on: date | None
    due_on: date | None
    practitioner_id: int | None
    practitioner: str | None
    co_worker_id: int | None
    co_worker: str | None
    allocated_on: date | None
    seen_on: date | None
    authorised_on: date | None
    supervised_on: date | None
    age_band: str
    primary_need: str
    source_team: str
    council_worker_named: bool
    outcome: str
    ended_on: date | None
    reopened_on: date | None
    version: int


_FIRST, _SECOND = aliased(Practitioner), aliased(Practitioner)
_NAMED = {"lot": Lot.name, "practitioner": _FIRST.name, "co_worker": _SECOND.name}
_VIEW_COLUMNS: list[Any] = [
    _NAMED.get(field.name, getattr(Case, field.name, None)) for field in fields(CaseView)
]
VIEW = (
    select(*_VIEW_COLUMNS)
    .select_from(Case)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(_FIRST, col(_FIRST.id) == Case.practitioner_id)
    .outerjoin(_SECOND, col(_SECOND.id) == Case.co_worker_id)
    .where(col(Case.id) == bindparam("case_id"))
)


def case_view(uow: UnitOfWork, case_id: int) -> CaseView:
    """The facts of one case; NotFound when it is absent or not the actor's."""
    return CaseView(*first_of(uow.rows(VIEW, case_id=case_id).all()))


def references_of(uow: UnitOfWork, case_ids: Collection[int]) -> dict[int, str]:
    """The references of those of the cases that the actor may see, by id."""
    found = uow.session.execute(
        select(Case.id, Case.reference).where(col(Case.id).in_(case_ids))
    ).all()
    return {case_id: reference for case_id, reference in found if case_id is not None}


@dataclass(frozen=True)
class Sibling:
    """Another case of the same family."""

    id: int
    reference: str
    state: CaseState


_SIBLINGS = (
    select(Case.id, Case.reference, Case.state)
    .where(
        Case.contract_id == bindparam("contract_id"),
        Case.family_key == bindparam("family_key"),
        Case.id != bindparam("case_id"),
    )
    .order_by(col(Case.reference))
)


def siblings_of(uow: UnitOfWork, case: CaseView) -> list[Sibling]:
    """The other cases of the family that the actor may see."""
    if not case.family_key:
        return []
    family = {"contract_id": case.contract_id, "family_key": case.family_key}
    return [Sibling(*row) for row in uow.rows(_SIBLINGS, case_id=case.id, **family)]


def moves_of(uow: UnitOfWork, case_id: int) -> list[CaseMove]:
    """Every move the case made, oldest first."""
    return list(
        uow.session.exec(
            select(CaseMove).where(CaseMove.case_id == case_id).order_by(col(CaseMove.id))
        ).all()
    )
