"""Reads of the register: the filter that every list, count and export shares, and its rows."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import Priority
from app.cases.scope.models import NO_CLOCK, CaseCounter
from app.cases.states import CLEARED, CLOCK_RUNS, CaseState
from app.contract.models import Lot
from app.kernel import paging
from app.people.models import Practitioner
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
STREAM_BATCH = 1_000
SORTS: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "due": ("Due", (Case.due_on, Case.id)),
    "triage": ("Triage order", (Case.triage_rank, Case.referred_on, Case.id)),
    "referred": ("Referred", (Case.referred_on, Case.id)),
    "reference": ("Reference", (Case.reference, Case.id)),
}
YES = "yes"


@dataclass(frozen=True)
class CaseFilter:
    """Which cases; the same object makes the list, its total, its export and the links to it."""

    lot: int | None = None
    state: CaseState | None = None
    show: str = "open"
    overdue: bool = False
    flagged: bool = False
    practitioner: int | None = None
    priority: Priority | None = None
    reference: str = ""
    outcome: str = ""
    ended_from: date | None = None
    ended_to: date | None = None
    sort: str = "due"
    down: bool = False

    @classmethod
    def read(cls, words: Mapping[str, str]) -> tuple["CaseFilter", list[str]]:
        """The filter that a query string asks for, and a notice for each part ignored."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {}
        ignored = []
        for name, text in words.items():
            if name not in known or not text.strip():
                continue
            try:
                values[name] = _READERS[name](text.strip())
            except ValueError:
                ignored.append(f"“{text[:40]}” is not a known {name.replace('_', ' ')}.")
        return cls(**values), ignored

    def words(self) -> dict[str, str]:
        """The query string of this filter; parts at their default are left out."""
        shown = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                shown[field.name] = YES if value is True else str(value)
        return shown

    def url(self, base: str = "/cases") -> str:
        """The address of the list of exactly these cases."""
        query = urlencode(self.words())
        return f"{base}?{query}" if query else base

    def without(self, name: str) -> "CaseFilter":
        """The same filter with one part back at its default."""
        kept = {one.name: getattr(self, one.name) for one in fields(self) if one.name != name}
        return CaseFilter(**kept)

    def turned(self, sort: str) -> "CaseFilter":
        """The same cases by another order, or by the same order the other way round."""
        return replace(self, sort=sort, down=self.sort == sort and not self.down)

    def page_url(self, number: int, base: str = "/cases") -> str:
        """The address of one page of the list."""
        here = self.url(base)
        return f"{here}{'&' if '?' in here else '?'}page={number}"

    @property
    def sort_label(self) -> str:
        return SORTS[self.sort][0]

    @property
    def ended(self) -> bool:
        """Whether every case it keeps has ended, so that the list tells how."""
        if self.state is not None:
            return not self.state.is_open
        return self.show == "cleared" or self.ended_from is not None or self.ended_to is not None

    def criteria(self, today: date) -> list[ColumnElement[bool]]:
        """The rows it keeps, as conditions on the register."""
        kept: list[ColumnElement[bool]] = []
        if self.state is not None:
            kept.append(col(Case.state) == self.state)
        if self._open_only:
            kept.append(col(Case.ended_on).is_(None))
        elif self.state is None and self.show != "all":
            kept.append(col(Case.state).in_(CLEARED))
        if self.overdue:
            kept += [col(Case.due_on) < today, col(Case.state).in_(CLOCK_RUNS)]
        if self.flagged:
            kept.append(col(Case.open_flags) > 0)
        return kept + self._values()

    def _values(self) -> list[ColumnElement[bool]]:
        """The conditions that compare one column with what was asked."""
        asked: tuple[tuple[Any, Callable[[Any], ColumnElement[bool]]], ...] = (
            (self.lot, col(Case.lot_id).__eq__),
            (self.practitioner, col(Case.practitioner_id).__eq__),
            (self.priority, col(Case.priority).__eq__),
            (self.outcome or None, col(Case.outcome).__eq__),
            (self.ended_from, col(Case.ended_on).__ge__),
            (self.ended_to, col(Case.ended_on).__le__),
            (self.reference or None, _beginning(col(Case.reference))),
        )
        return [keeps(value) for value, keeps in asked if value is not None]

    @property
    def is_counted(self) -> bool:
        """Whether the counters know its total: lot, state and overdue are all that it asks."""
        plain = CaseFilter(lot=self.lot, state=self.state, show=self.show, overdue=self.overdue)
        return replace(self, sort=plain.sort, down=plain.down) == plain

    @property
    def _open_only(self) -> bool:
        if self.overdue:
            return True
        if self.state is not None:
            return self.state.is_open
        return self.show == "open" and not self.ended


def _beginning(column: Any) -> Callable[[str], ColumnElement[bool]]:
    return lambda text: column.startswith(text, autoescape=True)


def _show(text: str) -> str:
    if text not in {"open", "cleared", "all"}:
        raise ValueError(text)
    return text


def _sort(text: str) -> str:
    if text not in SORTS:
        raise ValueError(text)
    return text


def _yes(text: str) -> bool:
    if text != YES:
        raise ValueError(text)
    return True


def _row_id(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**31:
        raise ValueError(text)
    return number


def _reference(text: str) -> str:
    if not text.isprintable():
        raise ValueError(text)
    return text[:40]


def _code(text: str) -> str:
    if not text.replace("_", "").isalnum() or len(text) > 40:
        raise ValueError(text)
    return text


_READERS: Mapping[str, Any] = {
    "lot": _row_id,
    "state": CaseState,
    "show": _show,
    "overdue": _yes,
    "flagged": _yes,
    "practitioner": _row_id,
    "priority": Priority,
    "reference": _reference,
    "outcome": _code,
    "ended_from": date.fromisoformat,
    "ended_to": date.fromisoformat,
    "sort": _sort,
    "down": _yes,
}


@dataclass(frozen=True)
class CaseRow:
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


def _rows(wanted: CaseFilter, today: date) -> Any:
    rows, order = _ROWS.where(*wanted.criteria(today)), SORTS[wanted.sort][1]
    return rows.order_by(*(col(c).desc() if wanted.down else col(c) for c in order))


def count_cases(uow: UnitOfWork, wanted: CaseFilter) -> int:
    """How many cases the filter keeps, exactly; from the counters where they know."""
    if wanted.is_counted and not uow.actor.own_cases_only:
        return _counted(uow, wanted)
    kept = select(func.count()).select_from(Case).where(*wanted.criteria(uow.today))
    return int(uow.session.scalar(kept) or 0)


def list_cases(
    uow: UnitOfWork, wanted: CaseFilter, page: int | str | None = 1
) -> paging.Slice[CaseRow]:
    """One page of the cases that the filter keeps, in its order."""
    place = paging.place(page, total=count_cases(uow, wanted), size=PAGE_SIZE)
    found = uow.session.execute(
        _rows(wanted, uow.today).offset(place.offset).limit(place.size)
    ).all()
    return paging.Slice.at(place, [CaseRow(*row) for row in found])


def stream_cases(uow: UnitOfWork, wanted: CaseFilter) -> Iterator[CaseRow]:
    """Every case that the filter keeps, read in batches, for an export."""
    rows = _rows(wanted, uow.today).execution_options(yield_per=STREAM_BATCH)
    for row in uow.session.execute(rows):
        yield CaseRow(*row)


def _counted(uow: UnitOfWork, wanted: CaseFilter) -> int:
    total = select(func.coalesce(func.sum(CaseCounter.cases), 0))
    if wanted.lot is not None:
        total = total.where(CaseCounter.lot_id == wanted.lot)
    if wanted.state is not None:
        total = total.where(CaseCounter.state == wanted.state)
    elif wanted.show != "all" and not wanted.overdue:
        states = CLEARED if wanted.show == "cleared" else [s for s in CaseState if s.is_open]
        total = total.where(col(CaseCounter.state).in_(states))
    if wanted.overdue:
        running = col(CaseCounter.state).in_(CLOCK_RUNS)
        total = total.where(
            running, col(CaseCounter.due_on) < uow.today, col(CaseCounter.due_on) != NO_CLOCK
        )
    return int(uow.session.scalar(total) or 0)


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
_VIEW = (
    select(*_VIEW_COLUMNS)
    .select_from(Case)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(_FIRST, col(_FIRST.id) == Case.practitioner_id)
    .outerjoin(_SECOND, col(_SECOND.id) == Case.co_worker_id)
)


def case_view(uow: UnitOfWork, case_id: int) -> CaseView | None:
    """The facts of one case, or None when it is absent or not the actor's."""
    found = uow.session.execute(_VIEW.where(col(Case.id) == case_id)).first()
    return CaseView(*found) if found else None


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


def siblings_of(uow: UnitOfWork, case: CaseView) -> list[Sibling]:
    """The other cases of the family that the actor may see."""
    if not case.family_key:
        return []
    found = uow.session.exec(
        select(Case.id, Case.reference, Case.state)
        .where(
            Case.contract_id == case.contract_id,
            Case.family_key == case.family_key,
            Case.id != case.id,
        )
        .order_by(col(Case.reference))
    ).all()
    return [Sibling(*row) for row in found]


def moves_of(uow: UnitOfWork, case_id: int) -> list[CaseMove]:
    """Every move the case made, oldest first."""
    return list(
        uow.session.exec(
            select(CaseMove).where(CaseMove.case_id == case_id).order_by(col(CaseMove.id))
        ).all()
    )
