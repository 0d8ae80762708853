"""Reads of remembered columns: which, by whom, when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.access.models import User
from app.contract.models import Contract
from app.exchange.imports.models import SavedMapping
from app.exchange.layouts import Layout
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class MappingView:
    """One remembered list of columns; `columns` pairs a field with the header that holds it."""

    id: int
    contract: str
    layout: Layout
    columns: Sequence[tuple[str, str]]
    made_by: str | None
    made_at: datetime


def list_mappings(uow: UnitOfWork) -> list[MappingView]:
    """What is remembered for the actor's contracts, newest first."""
    columns: tuple[Any, ...] = (
        SavedMapping.id,
        Contract.name,
        SavedMapping.layout,
        SavedMapping.mapping,
        User.name,
        SavedMapping.made_at,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(SavedMapping)
        .join(Contract, col(Contract.id) == SavedMapping.contract_id)
        .outerjoin(User, col(User.id) == SavedMapping.made_by)
        .order_by(col(SavedMapping.made_at).desc(), col(SavedMapping.id))
    )
    return [
        MappingView(row_id, name, layout, list(json.loads(mapping).items()), made_by, made_at)
        for row_id, name, layout, mapping, made_by, made_at in found
    ]
