"""Row scope: every select, update and delete is narrowed to the rows the actor may see."""

from functools import lru_cache
from typing import Any

from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from app.access.actor import Actor
from app.db.registry import scoped_models


@lru_cache(maxsize=512)
def criteria_for(actor: Actor) -> tuple[ExecutableOption, ...]:
    """The narrowing of each scoped table, built once for an actor and used by all their sessions."""
    models: tuple[Any, ...] = scoped_models()
    return tuple(
        with_loader_criteria(model, model.visible_to(actor), include_aliases=True)
        for model in models
    )


def narrow(state: ORMExecuteState, actor: Actor) -> None:
    """Add the actor's criteria to a statement that is about to run."""
    state.statement = state.statement.options(*criteria_for(actor))
