"""Row scope: every select, update and delete is narrowed to the rows the actor may see."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, bindparam
from sqlalchemy.orm import ORMExecuteState
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
    """What one actor sees, as one option of a statement.

    The criteria are the same for all actors and name parameters that hold nothing, so that a
    parameter left unfilled shows no row. Each statement brings its actor's values in its cache
    key, so that what was compiled once serves everybody.
    """

    def __init__(self, actor: Actor) -> None:
        self.own_cases_only = actor.own_cases_only
        self.values = (
            _ids("seen_lots", sorted(actor.lot_ids)),
            _ids("seen_contracts", sorted(actor.contract_ids)),
            bindparam("seen_practitioner", actor.practitioner_id, type_=Integer),
        )

    def _gen_cache_key(
        self,
        anon_map: Any,  # noqa: ARG002 - the library hands it to every part of a statement
        bindparams: list[BindParameter[Any]],
    ) -> tuple[Hashable, ...]:
        bindparams.extend(self.values)
        return Sight, self.own_cases_only

    def process_compile_state(self, compile_state: Any) -> None:
        self.get_global_criteria(compile_state.global_attributes)

    def get_global_criteria(self, attributes: dict[Any, Any]) -> None:
        for narrowed in _narrowing(own_cases_only=self.own_cases_only):
            narrowed.get_global_criteria(attributes)


@dataclass(frozen=True)
class _Anybody:
    """A viewer whose lots and contracts are filled in when a statement runs."""

    own_cases_only: bool
    lot_ids: Any
    contract_ids: Any
    practitioner_id: Any


@cache
def _narrowing(*, own_cases_only: bool) -> tuple[Narrowed, ...]:
    viewer = _Anybody(
        own_cases_only,
        _ids("seen_lots", ()),
        _ids("seen_contracts", ()),
        bindparam("seen_practitioner", None, type_=Integer),
    )
    models: tuple[Any, ...] = scoped_models()
    return tuple(
        Narrowed(model, model.visible_to(viewer), include_aliases=True) for model in models
    )


@lru_cache(maxsize=512)
def sight_of(actor: Actor) -> Sight:
    """Built once for an actor and used by all their statements."""
    return Sight(actor)


def narrow(state: ORMExecuteState, actor: Actor) -> None:
    """Add the actor's sight to a statement that is about to run."""
    state.statement = state.statement.options(sight_of(actor))


def _ids(key: str, values: Any) -> BindParameter[Any]:
    return bindparam(key, values, expanding=True, type_=Integer)
