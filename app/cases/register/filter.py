"""The filter that every list, count and export of cases shares; its state stands in the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from app.cases.register.models import Case, CaseCohort
from app.cases.register.rules import BY_AGE, Cohort, Priority
from app.cases.states import CLEARED, CLOCK_RUNS, CaseState
from app.db.among import one_of
from app.kernel.errors import Refused

SORTS: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "due": ("Due", (Case.due_on, Case.id)),
    "triage": ("Triage order", (Case.triage_rank, Case.referred_on, Case.id)),
    "referred": ("Referred", (Case.referred_on, Case.id)),
    "reference": ("Reference", (Case.reference, Case.contract_id)),
}
YES = "yes"
# Which page of the list is shown; no part of what it keeps.
PAGE = "page"
MOST_CHOSEN = 60
"""Cases that a person ticks on one page, so that they stand in an address."""


@dataclass(frozen=True)
class CaseFilter:
    """Which cases; the same object makes the list, its total, its export and the links to it."""

    lot: int | None = None
    state: CaseState | None = None
    show: str = "open"
    overdue: bool = False
    flagged: bool = False
    # With a running enquiry, a conference to come or a child protection plan.
    protected: bool = False
    practitioner: int | None = None
    priority: Priority | None = None
    cohort: Cohort | None = None
    reference: str = ""
    outcome: str = ""
    # Cases ticked by hand.
    chosen: tuple[int, ...] = ()
    ended_from: date | None = None
    ended_to: date | None = None
    # When the clock began of those whose clock runs.
    clock_from: date | None = None
    clock_to: date | None = None
    sort: str = "due"
    down: bool = False

    @classmethod
    def read(cls, words: Mapping[str, str]) -> tuple["CaseFilter", list[str]]:
        """The filter that a query string asks for, and a notice for each part ignored."""
        values: dict[str, Any] = {}
        ignored = []
        for name, text in words.items():
            if name == PAGE or not text.strip():
                continue
            if name not in _READERS:
                ignored.append(f"“{name[:40]}” is not a known filter.")
                continue
            try:
                values[name] = _READERS[name](text.strip())
            except ValueError:
                ignored.append(f"“{text[:40]}” is not a known {_SPOKEN.get(name, name)}.")
        return cls(**values), ignored

    def words(self) -> dict[str, str]:
        """The query string of this filter; parts at their default are left out."""
        here, plain = vars(self), vars(PLAIN)
        return {name: _written(value) for name, value in here.items() if value != plain[name]}

    def url(self, base: str = "/cases") -> str:
        """The address of the list of exactly these cases."""
        query = _query(self)
        return f"{base}?{query}" if query else base

    def without(self, name: str) -> "CaseFilter":
        """The same filter with one part back at its default."""
        return replace(self, **{name: getattr(PLAIN, name)})

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
            kept.append(one_of(col(Case.state), CLEARED))
        if self.overdue:
            kept += [col(Case.due_on) < today, one_of(col(Case.state), CLOCK_RUNS)]
        if self.flagged:
            kept.append(col(Case.open_flags) > 0)
        if self.cohort is not None:
            kept.append(_in_cohort(self.cohort))
        if self._by_clock:
            kept.append(one_of(col(Case.state), CLOCK_RUNS))
        return kept + self._values()

    def _values(self) -> list[ColumnElement[bool]]:
        """The conditions that compare one column with what was asked."""
        asked: tuple[tuple[Any, Callable[[Any], ColumnElement[bool]]], ...] = (
            (self.lot, col(Case.lot_id).__eq__),
            (self.practitioner, col(Case.practitioner_id).__eq__),
            (self.priority, col(Case.priority).__eq__),
            (self.outcome or None, col(Case.outcome).__eq__),
            (self.protected or None, col(Case.child_protection).is_),
            (self.chosen or None, col(Case.id).in_),
            (self.ended_from, col(Case.ended_on).__ge__),
            (self.ended_to, col(Case.ended_on).__le__),
            (self.clock_from, col(Case.clock_started_on).__ge__),
            (self.clock_to, col(Case.clock_started_on).__le__),
            (self.reference or None, _beginning(col(Case.reference))),
        )
        return [keeps(value) for value, keeps in asked if value is not None]

    @property
    def is_counted(self) -> bool:
        """Whether the counters know its total: lot, state and overdue are all that it asks."""
        plain = CaseFilter(lot=self.lot, state=self.state, show=self.show, overdue=self.overdue)
        return replace(self, sort=plain.sort, down=plain.down) == plain

    @property
    def _by_clock(self) -> bool:
        return self.clock_from is not None or self.clock_to is not None

    @property
    def _open_only(self) -> bool:
        if self.overdue or self._by_clock:
            return True
        if self.state is not None:
            return self.state.is_open
        return self.show == "open" and not self.ended


PLAIN = CaseFilter()


@lru_cache(maxsize=1024)
def filter_of(query: str) -> CaseFilter:
    """The filter that stands in the query of an address; what it does not know is left out."""
    return CaseFilter.read(dict(parse_qsl(query)))[0]


def exactly(query: str) -> CaseFilter:
    """The same for acts on its cases: Refused where a part is not known, as that would widen it."""
    words = dict(parse_qsl(query, keep_blank_values=True))
    wanted, ignored = CaseFilter.read(words)
    if ignored:
        raise Refused(" ".join(ignored))
    return wanted


def _in_cohort(cohort: Cohort) -> ColumnElement[bool]:
    if cohort in BY_AGE:
        return col(Case.age_band) == BY_AGE[cohort]
    now = select(CaseCohort.case_id).where(
        CaseCohort.cohort == cohort, col(CaseCohort.until).is_(None)
    )
    return col(Case.id).in_(now)


def _beginning(column: Any) -> Callable[[str], ColumnElement[bool]]:
    return lambda text: column.startswith(text, autoescape=True)


@lru_cache(maxsize=4096)
def _query(wanted: CaseFilter) -> str:
    return urlencode(wanted.words())


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return YES if value is True else str(value)


def _ids(text: str) -> tuple[int, ...]:
    found = tuple(_row_id(one) for one in text.split())
    if len(found) > MOST_CHOSEN:
        raise ValueError(text)
    return found


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


# What a part of an address is called where its own name says nothing to a reader.
_SPOKEN = {
    "show": "list",
    "sort": "order",
    "chosen": "choice of cases",
    **dict.fromkeys(("overdue", "flagged", "protected", "down"), "choice"),
    **dict.fromkeys(("ended_from", "ended_to", "clock_from", "clock_to"), "day"),
}

_READERS: Mapping[str, Any] = {
    "lot": _row_id,
    "state": CaseState,
    "show": _show,
    "overdue": _yes,
    "flagged": _yes,
    "protected": _yes,
    "practitioner": _row_id,
    "priority": Priority,
    "cohort": Cohort,
    "reference": _reference,
    "outcome": _code,
    "chosen": _ids,
    "ended_from": date.fromisoformat,
    "ended_to": date.fromisoformat,
    "clock_from": date.fromisoformat,
    "clock_to": date.fromisoformat,
    "sort": _sort,
    "down": _yes,
}
