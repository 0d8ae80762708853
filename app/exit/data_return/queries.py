"""Reads what was returned of a contract's data, and what stands between it and its erasure."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.scope import queries as scope
from app.contract.models import Contract, Lot
from app.exit.data_return.models import DataReturn, DataTerms, Erasure
from app.exit.data_return.rules import KEPT, OWN_ACTS, Facts, Terms
from app.exit.pack import Part, manifest_of
from app.work import archive
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class ReturnRow:
    """One return, with the names of whoever wrote and received it."""

    id: int
    contract_id: int
    number: int
    rows: int
    manifest_sha256: str
    written_by: str | None
    written_at: datetime
    received_by: str | None
    received_at: datetime | None


@dataclass(frozen=True)
class ErasureRow:
    """One erasure, with the names of those who asked, agreed or withdrew."""

    id: int
    contract_id: int
    asked_by: str | None
    asked_at: datetime
    agreed_by: str | None
    agreed_at: datetime | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    carried_out_at: datetime | None
    certificate_sha256: str
    certificate: str

    @property
    def told(self) -> dict[str, Any]:
        """What the certificate says."""
        told: dict[str, Any] = json.loads(self.certificate)
        return told

    @property
    def erased(self) -> list[tuple[str, int]]:
        """How many rows of each table went."""
        return list(self.told["erased"].items())

    @property
    def is_running(self) -> bool:
        return self.withdrawn_at is None and self.carried_out_at is None


_WRITER, _RECEIVER = aliased(User), aliased(User)
_ASKER, _AGREER, _WITHDRAWER = aliased(User), aliased(User), aliased(User)
_RETURN: tuple[Any, ...] = (
    DataReturn.id,
    DataReturn.contract_id,
    DataReturn.number,
    DataReturn.rows,
    DataReturn.manifest_sha256,
    _WRITER.name,
    DataReturn.written_at,
    _RECEIVER.name,
    DataReturn.received_at,
)
_RETURNS = (
    select(*_RETURN)
    .select_from(DataReturn)
    .outerjoin(_WRITER, col(_WRITER.id) == DataReturn.written_by)
    .outerjoin(_RECEIVER, col(_RECEIVER.id) == DataReturn.received_by)
    .order_by(col(DataReturn.id).desc())
)
_ERASURE: tuple[Any, ...] = (
    Erasure.id,
    Erasure.contract_id,
    _ASKER.name,
    Erasure.asked_at,
    _AGREER.name,
    Erasure.agreed_at,
    _WITHDRAWER.name,
    Erasure.withdrawn_at,
    Erasure.carried_out_at,
    Erasure.certificate_sha256,
    Erasure.certificate,
)
_ERASURES = (
    select(*_ERASURE)
    .select_from(Erasure)
    .outerjoin(_ASKER, col(_ASKER.id) == Erasure.asked_by)
    .outerjoin(_AGREER, col(_AGREER.id) == Erasure.agreed_by)
    .outerjoin(_WITHDRAWER, col(_WITHDRAWER.id) == Erasure.withdrawn_by)
    .order_by(col(Erasure.id).desc())
)


def list_returns(uow: UnitOfWork) -> list[ReturnRow]:
    """Every return of the actor's contracts, newest first."""
    return [ReturnRow(*row) for row in uow.rows(_RETURNS)]


def list_erasures(uow: UnitOfWork) -> list[ErasureRow]:
    """Every erasure of the actor's contracts, newest first."""
    return [ErasureRow(*row) for row in uow.rows(_ERASURES)]


def carried_out(uow: UnitOfWork, contract_id: int) -> ErasureRow | None:
    """The erasure of a contract's data that was carried out last."""
    return next((one for one in _erasures_of(uow, contract_id) if one.carried_out_at), None)


def running_row(uow: UnitOfWork, contract_id: int) -> ErasureRow | None:
    """The erasure that waits, with the names of those who asked and agreed."""
    return next((one for one in _erasures_of(uow, contract_id) if one.is_running), None)


def _erasures_of(uow: UnitOfWork, contract_id: int) -> list[ErasureRow]:
    return [one for one in list_erasures(uow) if one.contract_id == contract_id]


def terms_by_contract(uow: UnitOfWork) -> dict[int, DataTerms]:
    """What the councils say of the data of the actor's contracts."""
    return {row.contract_id: row for row in uow.session.scalars(select(DataTerms))}


def terms_set_by(uow: UnitOfWork) -> dict[int, tuple[str | None, datetime]]:
    """Who said that last for each contract, and when."""
    found = uow.session.execute(
        select(col(DataTerms.contract_id), col(User.name), col(DataTerms.set_at)).outerjoin(
            User, col(User.id) == col(DataTerms.set_by)
        )
    )
    return {contract_id: (by, at) for contract_id, by, at in found}


def terms_of(row: DataTerms | None) -> Terms | None:
    return Terms(row.keep_months, row.legal_hold, row.hold_reason) if row else None


def last_return(uow: UnitOfWork, contract_id: int) -> DataReturn | None:
    found = select(DataReturn).where(col(DataReturn.contract_id) == contract_id)
    return uow.session.scalars(found.order_by(col(DataReturn.number).desc())).first()


def parts_of(row: DataReturn) -> tuple[Part, ...]:
    """The tables of a return, with their rows and hashes."""
    return manifest_of(row.manifest).parts


def running_erasure(uow: UnitOfWork, contract_id: int) -> Erasure | None:
    """The erasure that was asked for and neither withdrawn nor carried out."""
    return uow.session.scalars(
        select(Erasure).where(
            col(Erasure.contract_id) == contract_id,
            col(Erasure.withdrawn_at).is_(None),
            col(Erasure.carried_out_at).is_(None),
        )
    ).first()


def facts_of(uow: UnitOfWork, agreed: Contract) -> Facts:
    """What an erasure of the contract's data is judged by now."""
    contract_id = agreed.id or 0
    connection = uow.connection
    last = last_return(uow, contract_id)
    own = archive.whose(connection, contract_id)
    standing = (one for one in scope.list_standing(uow) if one.lot_id in own.lot_ids)
    return Facts(
        terms=terms_of(terms_by_contract(uow).get(contract_id)),
        ends_on=agreed.ends_on,
        today=uow.today,
        open_cases=sum(one.cases for one in standing if one.state.is_open),
        returned=last is not None,
        received=last is not None and last.received_at is not None,
        changed=last is not None and archive.has_changed(connection, own, last.trail_to, OWN_ACTS),
    )


def to_erase(returned: DataReturn) -> dict[str, int]:
    """How many rows of each table an erasure would take, by what was returned.

    Nothing that matters can have changed since, or it is not erased.
    """
    names = archive.names_to_erase(KEPT)
    return {part.name: part.rows for part in parts_of(returned) if part.name in names and part.rows}


def sees_all(uow: UnitOfWork, contract_id: int) -> bool:
    """Whether the actor sees every lot of a contract."""
    return archive.whose(uow.connection, contract_id).lot_ids <= uow.actor.lot_ids


def lots_of(uow: UnitOfWork, contract_id: int) -> list[str]:
    found = select(col(Lot.name)).where(col(Lot.contract_id) == contract_id)
    return list(uow.session.scalars(found.order_by(col(Lot.name))))
