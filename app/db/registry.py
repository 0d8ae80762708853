"""Finds every table of every room, so that migrations, scope and house tests miss none."""

import importlib
import pkgutil
from functools import cache

import app
from app.db.tables import Row


@cache
def load_models() -> tuple[type[Row], ...]:
    """Import each room's `models` module and return all tables, in the order of their names."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if module.name.rsplit(".", 1)[-1] == "models":
            importlib.import_module(module.name)
    return tuple(sorted(_tables(Row), key=lambda table: str(table.__tablename__)))


def _tables(base: type[Row]) -> set[type[Row]]:
    found: set[type[Row]] = set()
    for child in base.__subclasses__():
        if hasattr(child, "__table__"):
            found.add(child)
        found |= _tables(child)
    return found


def scoped_models() -> tuple[type[Row], ...]:
    """The tables whose rows are hidden from people they do not belong to."""
    return tuple(model for model in load_models() if hasattr(model, "visible_to"))
