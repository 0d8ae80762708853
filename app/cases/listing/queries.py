"""Reads that find cases: by reference, by its other forms, by family, and by a saved view."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, String, bindparam, func, literal_column
from sqlmodel import col, select

from app.access.models import User
from app.access.roles import Role
from app.cases.listing.models import SavedView
from app.cases.listing.rules import (
    COUNTED_UP_TO,
    FEWEST_FOR_BEGINNING,
    beyond,
    other_forms,
)
from app.cases.register.filter import CaseFilter, filter_of
from app.cases.register.models import Case
from app.cases.register.queries import count_up_to
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Lot
from app.kernel.errors import Invalid, NotFound, Refused
from app.people.models import Practitioner
from app.work.uow import UnitOfWork

MOST_SHOWN = 50
_WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{2,39}")


class Hit(NamedTuple):
    """One case that a search found."""

    id: int
    reference: str
    family_key: str | None
    lot: str
    state: CaseState
    practitioner: str | None


@dataclass(frozen=True)
class Hits:
    """Some of the cases found in one way; `more` says that there are others."""

    rows: tuple[Hit, ...]
    more: bool = False


NOTHING = Hits(())


@dataclass(frozen=True)
class Found:
    """What a search found, the surest first; a case stands in the first group that holds it."""

    exact: Hits = NOTHING
    otherwise: Hits = NOTHING
    beginning: Hits = NOTHING
    family: Hits = NOTHING

    @property
    def nothing(self) -> bool:
        groups = (self.exact, self.otherwise, self.beginning, self.family)
        return not any(group.rows for group in groups)

    @property
    def only_case(self) -> int | None:
        """The case whose reference is exactly what was typed, where there is one of it."""
        return self.exact.rows[0].id if len(self.exact.rows) == 1 else None


_BY_REFERENCE = (col(Case.reference), col(Case.contract_id))
# By the key first: by the reference alone, a planner walks through every case of the contract.
_BY_FAMILY = (col(Case.family_key), *_BY_REFERENCE)


def _hits_where(*conditions: ColumnElement[bool], order: Sequence[Any] = _BY_REFERENCE) -> Any:
    columns: tuple[Any, ...] = (
        Case.id,
        Case.reference,
        Case.family_key,
        Lot.name,
        Case.state,
        Practitioner.name,
    )
    return (
        select(*columns)
        .join(Lot, col(Lot.id) == Case.lot_id)
        .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
        .where(*conditions)
        .order_by(*order)
    )


_TYPED = bindparam("typed", type_=String)
_FORMS: Any = bindparam("forms", expanding=True)
# A range of the index, and the beginning itself, which an order of letters may not keep.
_BEGUN = (
    col(Case.reference) >= _TYPED,
    func.substr(col(Case.reference), 1, func.length(_TYPED)) == _TYPED,
)
_EXACT = _hits_where(col(Case.reference) == _TYPED)
_OTHERWISE = _hits_where(col(Case.reference).in_(_FORMS))
_BEGINNING = _hits_where(*_BEGUN, col(Case.reference) < bindparam("after", type_=String))
_BEGINNING_WITHOUT_END = _hits_where(*_BEGUN)
_FAMILY = _hits_where(
    # The contract stands first in the index of family keys.
    col(Case.contract_id).in_(bindparam("contracts", expanding=True)),
    col(Case.family_key).in_(_FORMS),
    order=_BY_FAMILY,
)


def find_cases(uow: UnitOfWork, typed: str) -> Found:
    """The cases the actor may see whose reference or family key is, or begins, as typed.

    Exact references come first and alone where there is one; then other forms of the same, then
    references that begin so, then members of the family of that key.
    """
    exact = _hits(uow, (), _EXACT, typed=typed)
    if len(exact.rows) == 1:
        return Found(exact)
    forms = other_forms(typed)
    otherwise = _hits(uow, exact.rows, _OTHERWISE, forms=forms)
    beginning = NOTHING
    if len(typed) >= FEWEST_FOR_BEGINNING:
        beginning = _beginning(uow, exact.rows + otherwise.rows, typed)
    known = exact.rows + otherwise.rows + beginning.rows
    contracts = sorted(uow.actor.contract_ids)
    family = _hits(uow, known, _FAMILY, forms=(typed, *forms), contracts=contracts)
    return Found(exact, otherwise, beginning, family)


def _beginning(uow: UnitOfWork, known: Sequence[Hit], typed: str) -> Hits:
    after = beyond(typed)
    if after is None:
        return _hits(uow, known, _BEGINNING_WITHOUT_END, typed=typed)
    return _hits(uow, known, _BEGINNING, typed=typed, after=after)


def _hits(uow: UnitOfWork, known: Sequence[Hit], statement: Any, **asked: Any) -> Hits:
    wanted = _at_most(statement, MOST_SHOWN + len(known) + 1)
    found = uow.rows(wanted, **asked).all()
    ids = {hit.id for hit in known}
    fresh = [hit for hit in map(Hit._make, found) if hit.id not in ids]
    return Hits(tuple(fresh[:MOST_SHOWN]), more=len(fresh) > MOST_SHOWN)


@lru_cache(maxsize=64)
def _at_most(statement: Any, rows: int) -> Any:
    """With the limit in the statement itself, which SQLite would otherwise plan anew each time."""
    return statement.limit(literal_column(str(rows), Integer))


def contract_of(uow: UnitOfWork, lot_id: int | None) -> int:
    """The contract that a list of cases belongs to: that of its lot, or the actor's only one."""
    if lot_id is not None:
        return contract.find_lot(uow, lot_id).contract_id
    if len(uow.actor.contract_ids) != 1:
        raise Refused("You work under several contracts. Filter the list by a lot first.")
    return next(iter(uow.actor.contract_ids))


@dataclass(frozen=True)
class ViewLine:
    """One saved view that a person may open."""

    id: int
    name: str
    wanted: CaseFilter
    owner: str
    is_own: bool
    shared_with: Role | None
    version: int
    saved_at: datetime

    @property
    def address(self) -> str:
        return self.wanted.url()


_VIEWS: Any = (
    select(  # type: ignore[call-overload]
        SavedView.id,
        SavedView.name,
        SavedView.filter,
        User.name,
        SavedView.owner_id,
        SavedView.shared_with,
        SavedView.version,
        SavedView.saved_at,
    )
    .join(User, col(User.id) == SavedView.owner_id)
    .where(
        (col(SavedView.owner_id) == bindparam("owner"))
        | (col(SavedView.shared_with) == bindparam("role"))
    )
    .order_by(col(SavedView.name), col(SavedView.id))
)


def list_views(uow: UnitOfWork) -> list[ViewLine]:
    """One's own views, then those shared with one's role, each in the order of their names.

    One of a lot that its reader does not see would count nothing and list every case instead.
    """
    me, lots = uow.actor.user_id, {None, *uow.actor.lot_ids}
    lines = [
        ViewLine(view_id, name, filter_of(kept), owner, owner_id == me, *others)
        for view_id, name, kept, owner, owner_id, *others in uow.rows(
            _VIEWS, owner=me, role=uow.actor.role
        )
    ]
    useful = (line for line in lines if line.is_own or line.wanted.lot in lots)
    return sorted(useful, key=lambda line: not line.is_own)


def own_view(uow: UnitOfWork, view_id: int) -> SavedView:
    """A view of one's own, or NotFound."""
    view = uow.get(SavedView, view_id)
    if view.owner_id != uow.actor.user_id:
        raise NotFound
    return view


def count_views(uow: UnitOfWork, views: Sequence[ViewLine]) -> dict[int, str]:
    """How many cases each view keeps for whoever looks, now and in figures, by the view's id."""
    return {view.id: str(count_up_to(uow, view.wanted, COUNTED_UP_TO)) for view in views}


def must_name_no_case(
    uow: UnitOfWork, contract_id: int, said: Mapping[str, str], known: Collection[str] = ()
) -> None:
    """Raise Invalid, on the field at fault, where words hold the reference of a case.

    Capital and small letters make no difference; what is `known` to be a figure is none.
    """
    for field, words in said.items():
        own = set(_WORDS.findall(words)).difference(known)
        forms = sorted({form for one in own for form in (one, one.upper(), one.lower())})
        found = select(col(Case.reference)).where(
            col(Case.contract_id) == contract_id, col(Case.reference).in_(forms)
        )
        named = uow.session.scalars(found.limit(1)).first() if forms else None
        if named is not None:
            raise Invalid(field, f"Leave out the reference {named}: the commissioner reads this.")
