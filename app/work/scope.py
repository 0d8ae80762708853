"""Row scope: every select, update and delete is narrowed to the rows the actor may see."""

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, ColumnElement, Integer, bindparam
from sqlalchemy.orm.interfaces import CriteriaOption
from sqlalchemy.orm.util import LoaderCriteriaOption

from app.access.actor import Actor
from app.db.registry import scoped_models
from app.db.tables import Row
from app.kernel.errors import NotFound


class Narrowed(LoaderCriteriaOption):
    """SQLAlchemy's loader criteria, followed into aliases too.

    Given an expression, the library adds it to the join of an alias as it stands, so that it would
    narrow the table instead of the alias.
    """

    def _resolve_where_criteria(self, ext_info: Any) -> ColumnElement[bool]:
        criteria = super()._resolve_where_criteria(ext_info)
        if not ext_info.is_aliased_class:
            return criteria
        adapted: ColumnElement[bool] = ext_info._adapt_element(criteria)
        return adapted


class Sight(CriteriaOption):
    """What people see, as one option of a statement, the same for every actor of one kind.

    The criteria name parameters that are read from the actor at the moment when the statement runs,
    so that what was built and compiled once serves everybody; with nobody there they show no row.
    A kind is whether they see their own cases only and, in powers of two, how many lots and
    contracts they see: a list whose length is known costs a statement nothing when it runs.
    """

    def __init__(self, *, own_cases_only: bool, lots: int, contracts: int) -> None:
        self.kind = own_cases_only, lots, contracts

    def _gen_cache_key(self, _anon_map: Any, _bindparams: Any) -> tuple[Hashable, ...]:
        return Sight, *self.kind

    def process_compile_state(self, compile_state: Any) -> None:
        self.get_global_criteria(compile_state.global_attributes)

    def get_global_criteria(self, attributes: dict[Any, Any]) -> None:
        for narrowed in _narrowing(*self.kind):
            narrowed.get_global_criteria(attributes)


class _Asking(threading.local):
    """What whoever asks on this thread may see."""

    practitioner: int | None = None
    lots: tuple[int, ...] = ()
    contracts: tuple[int, ...] = ()


_asking = _Asking()
_narrowed: dict[Sight, WeakKeyDictionary[Any, Any]] = defaultdict(WeakKeyDictionary)


def narrowed(statement: Any, actor: Actor) -> Any:
    """A statement that is about to run, with the actor's sight; made once for each statement."""
    lots, contracts = _padded(actor.lot_ids), _padded(actor.contract_ids)
    _asking.practitioner, _asking.lots, _asking.contracts = actor.practitioner_id, lots, contracts
    sight = _sight(actor.own_cases_only, len(lots), len(contracts))
    known = _narrowed[sight]
    if statement not in known:
        known[statement] = statement.options(sight)
    return known[statement]


@cache
def _sight(own_cases_only: bool, lots: int, contracts: int) -> Sight:  # noqa: FBT001 - a cache's key
    return Sight(own_cases_only=own_cases_only, lots=lots, contracts=contracts)


@lru_cache(maxsize=1024)
def _padded(ids: frozenset[int]) -> tuple[int, ...]:
    """The ids in order, the last repeated up to the next power of two."""
    ordered = sorted(ids)
    longest = 1 << (len(ordered) - 1).bit_length() if ordered else 0
    return (*ordered, *ordered[-1:] * (longest - len(ordered)))


@dataclass(frozen=True)
class _Anybody:
    """A viewer whose lots and contracts are those of whoever asks when a statement runs."""

    own_cases_only: bool
    lot_ids: Any
    contract_ids: Any
    practitioner_id: Any


@cache
def _narrowing(own_cases_only: bool, lots: int, contracts: int) -> tuple[Narrowed, ...]:  # noqa: FBT001 - a cache's key
    viewer = _Anybody(
        own_cases_only,
        [_one_of("lots", place) for place in range(lots)],
        [_one_of("contracts", place) for place in range(contracts)],
        _asked("seen_practitioner", lambda: _asking.practitioner),
    )
    models: tuple[Any, ...] = scoped_models()
    return tuple(
        Narrowed(model, model.visible_to(viewer), include_aliases=True) for model in models
    )


def _one_of(things: str, place: int) -> BindParameter[Any]:
    """The id at a place among those seen; none, which is no row's, where so many are not seen."""

    def seen() -> int | None:
        ids: tuple[int, ...] = getattr(_asking, things)
        return ids[place] if place < len(ids) else None

    return _asked(f"seen_{things}_{place}", seen)


def _asked(key: str, value: Callable[[], Any]) -> BindParameter[Any]:
    return bindparam(key, callable_=value, type_=Integer)


def must_belong(actor: Actor, model: type[Row], values: Mapping[str, Any]) -> None:
    """Raise NotFound for a row that would stand beyond the actor's lots or contracts."""
    if not hasattr(model, "visible_to"):
        return
    contract = values.get("contract_id")
    if "lot_id" in model.model_fields:
        if values.get("lot_id") not in actor.lot_ids:
            raise NotFound
    elif contract is not None and contract not in actor.contract_ids:
        raise NotFound


def places(columns: Mapping[str, Collection[Any]], same: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each pair of lot and contract that rows may have, which are given column by column."""
    names = "lot_id", "contract_id"
    held = (set(columns.get(name, (same.get(name),))) for name in names)
    return [dict(zip(names, pair, strict=True)) for pair in product(*held)]
