"""Questions that one row answers, asked of the database one by one or all at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import select, true

from app.work.uow import UnitOfWork

Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class OneRow(Generic[Found]):
    """A select of one row, such as counts, and what is made of its columns."""

    statement: Any
    make: Callable[..., Found]

    def ask(self, uow: UnitOfWork) -> Found:
        return self.make(*uow.rows(self.statement).one())


def ask_together(uow: UnitOfWork, asked: Mapping[str, OneRow[Any]]) -> dict[str, Any]:
    """What each of them finds, in one statement: for a page of many small figures."""
    parts = tuple(asked.values())
    statement, widths = _side_by_side(parts)
    columns = iter(uow.rows(statement).one())
    found = [one.make(*islice(columns, width)) for one, width in zip(parts, widths, strict=True)]
    return dict(zip(asked, found, strict=True))


@cache
def _side_by_side(asked: tuple[OneRow[Any], ...]) -> tuple[Any, tuple[int, ...]]:
    first, *others = parts = [one.statement.subquery() for one in asked]
    beside: Any = first
    for other in others:
        beside = beside.join(other, true())
    columns = [column for part in parts for column in part.c]
    return select(*columns).select_from(beside), tuple(len(part.c) for part in parts)
