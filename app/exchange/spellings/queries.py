"""Reads of spellings: those that wait for a meaning, those that have one, and all for reading."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.access.models import User
from app.contract import queries as contract
from app.contract.models import Contract
from app.exchange.cells import Said, Worker, counts_as
from app.exchange.layouts import Field
from app.exchange.spellings.models import Spelling
from app.exchange.spellings.rules import in_words
from app.kernel import paging
from app.kernel.errors import NotFound
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class SpellingView:
    """One spelling as the queue shows it."""

    id: int
    contract: str
    field: Field
    written: str
    meaning: str | None
    rows: int
    first_met_on: date
    last_met_on: date
    said_by: str | None
    said_at: datetime | None

    @property
    def meaning_words(self) -> str:
        return "" if self.meaning is None else in_words(self.field, self.meaning)


_VIEW: tuple[Any, ...] = (
    Spelling.id,
    Contract.name,
    Spelling.field,
    Spelling.written,
    Spelling.meaning,
    Spelling.rows,
    Spelling.first_met_on,
    Spelling.last_met_on,
    User.name,
    Spelling.said_at,
)
_VIEWS = (
    select(*_VIEW)
    .select_from(Spelling)
    .join(Contract, col(Contract.id) == Spelling.contract_id)
    .outerjoin(User, col(User.id) == Spelling.said_by)
)


def said_of(uow: UnitOfWork, contract_id: int) -> Said:
    """Every meaning that the people of a contract said, for reading a list.

    Among them the places that its terms take for a named worker.
    """
    found = uow.session.execute(
        select(Spelling.field, Spelling.spelling, Spelling.meaning).where(
            Spelling.contract_id == contract_id, col(Spelling.meaning).is_not(None)
        )
    )
    said: dict[tuple[Field, str], str] = {
        (Field.ALLOCATED_WORKER, counts_as(place)): Worker.NAMED
        for place in contract.waiting(uow, contract_id).named
    }
    return said | {(field, spelling): meaning or "" for field, spelling, meaning in found}


def list_spellings(
    uow: UnitOfWork, page: int | str | None = 1, *, known: bool = False
) -> paging.Slice[SpellingView]:
    """One page of the spellings that wait, on most rows first, or of those that have a meaning."""
    kept = col(Spelling.meaning).is_not(None) if known else col(Spelling.meaning).is_(None)
    total = int(uow.session.scalar(select(func.count()).select_from(Spelling).where(kept)) or 0)
    place = paging.place(page, total=total, size=PAGE_SIZE)
    order = (
        (col(Spelling.field), col(Spelling.spelling))
        if known
        else (col(Spelling.rows).desc(), col(Spelling.id))
    )
    rows = uow.session.execute(
        _VIEWS.where(kept).order_by(*order).offset(place.offset).limit(place.size)
    )
    return paging.Slice.at(place, [SpellingView(*row) for row in rows])


def find_view(uow: UnitOfWork, spelling_id: int) -> SpellingView:
    """One spelling; NotFound when it is absent or not the actor's."""
    found = uow.session.execute(_VIEWS.where(Spelling.id == spelling_id)).first()
    if found is None:
        raise NotFound
    return SpellingView(*found)
