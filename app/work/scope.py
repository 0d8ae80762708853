"""Row scope: every select, update and delete is narrowed to the rows the actor may see."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.base import ExecutableOption

from app.access.actor import Actor
from app.db.registry import scoped_models


class Narrowed(LoaderCriteriaOption):
    """SQLAlchemy's loader criteria, followed into aliases too.

    Given an expression, the library adds it to the join of an alias as it stands, so that it would
    narrow the table instead of the alias.
    """

    # What tells two of them apart in the statement cache is what tells apart the library's own.
    _cache_key_traversal = LoaderCriteriaOption._traverse_internals

    def _resolve_where_criteria(self, ext_info: Any) -> ColumnElement[bool]:
        criteria = super()._resolve_where_criteria(ext_info)
        if not ext_info.is_aliased_class:
            return criteria
        adapted: ColumnElement[bool] = ext_info._adapt_element(criteria)
        return adapted


@lru_cache(maxsize=512)
def criteria_for(actor: Actor) -> tuple[ExecutableOption, ...]:
    """The narrowing of each scoped table, built once for an actor and used by every session."""
    models: tuple[Any, ...] = scoped_models()
    return tuple(Narrowed(model, model.visible_to(actor), include_aliases=True) for model in models)


def narrow(state: ORMExecuteState, actor: Actor) -> None:
    """Add the actor's criteria to a statement that is about to run."""
    state.statement = state.statement.options(*criteria_for(actor))
