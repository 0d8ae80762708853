"""Row scope: every select, update and delete is narrowed to the rows the actor may see."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, ColumnElement, Integer, bindparam
from sqlalchemy.orm.interfaces import CriteriaOption
from sqlalchemy.orm.util import LoaderCriteriaOption

from app.access.actor import Actor
from app.db.registry import scoped_models


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
    """

    def __init__(self, *, own_cases_only: bool) -> None:
        self.own_cases_only = own_cases_only

    def _gen_cache_key(self, _anon_map: Any, _bindparams: Any) -> tuple[Hashable, ...]:
        return Sight, self.own_cases_only

    def process_compile_state(self, compile_state: Any) -> None:
        self.get_global_criteria(compile_state.global_attributes)

    def get_global_criteria(self, attributes: dict[Any, Any]) -> None:
        for narrowed in _narrowing(own_cases_only=self.own_cases_only):
            narrowed.get_global_criteria(attributes)


class _Asking(threading.local):
    """Whoever asks on this thread."""

    actor = Actor.nobody()


_asking = _Asking()
_SIGHTS = {own: Sight(own_cases_only=own) for own in (False, True)}
_narrowed: dict[bool, WeakKeyDictionary[Any, Any]] = {own: WeakKeyDictionary() for own in _SIGHTS}


def narrowed(statement: Any, actor: Actor) -> Any:
    """A statement that is about to run, with the actor's sight; made once for each statement."""
    _asking.actor = actor
    known = _narrowed[actor.own_cases_only]
    if statement not in known:
        known[statement] = statement.options(_SIGHTS[actor.own_cases_only])
    return known[statement]


@dataclass(frozen=True)
class _Anybody:
    """A viewer whose lots and contracts are those of whoever asks when a statement runs."""

    own_cases_only: bool
    lot_ids: Any
    contract_ids: Any
    practitioner_id: Any


@cache
def _narrowing(*, own_cases_only: bool) -> tuple[Narrowed, ...]:
    viewer = _Anybody(
        own_cases_only,
        _asked("seen_lots", lambda: sorted(_asking.actor.lot_ids), expanding=True),
        _asked("seen_contracts", lambda: sorted(_asking.actor.contract_ids), expanding=True),
        _asked("seen_practitioner", lambda: _asking.actor.practitioner_id),
    )
    models: tuple[Any, ...] = scoped_models()
    return tuple(
        Narrowed(model, model.visible_to(viewer), include_aliases=True) for model in models
    )


def _asked(key: str, value: Callable[[], Any], *, expanding: bool = False) -> BindParameter[Any]:
    return bindparam(key, callable_=value, expanding=expanding, type_=Integer)
