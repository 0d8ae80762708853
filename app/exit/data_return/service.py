"""Writes a contract's data out, takes it into an empty installation, and erases it."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from functools import partial
from typing import IO, Any

from sqlalchemy import Engine

from app.access.models import User
from app.access.roles import Organisation
from app.contract import queries as contract
from app.contract.models import Contract
from app.exit import pack
from app.exit.data_return import queries
from app.exit.data_return.models import DataReturn, DataTerms, Erasure
from app.exit.data_return.rules import KEPT, Terms, check_terms, must_be_free
from app.exit.pack import Manifest, Source
from app.kernel.acts import Act
from app.kernel.errors import Invalid, NotFound, Refused
from app.work import archive
from app.work.uow import UnitOfWork

# What is about returns themselves stays behind: it goes on after they are written.
NOT_RETURNED = frozenset({"data_returns", "erasures"})


def set_terms(uow: UnitOfWork, contract_id: int, terms: Terms, *, version: int) -> None:
    """Say how long a contract's data is kept after its end, and hold it or let it go.

    `version` is that of the terms the form began from, 0 where there were none.
    """
    with uow.command(Act.DATA_TERMS):
        contract.find_contract(uow, contract_id)
        check_terms(terms)
        said = vars(terms) | {"set_by": uow.actor.user_id, "set_at": uow.now}
        row = queries.terms_by_contract(uow).get(contract_id)
        if row is None:
            uow.add(DataTerms(contract_id=contract_id, **said))
            return
        uow.expect(row, version, shown(row))
        for name, value in said.items():
            setattr(row, name, value)


def shown(row: DataTerms) -> dict[str, str]:
    """The terms under the names that their form gives to its answers."""
    return {
        "Months kept after the end": str(row.keep_months),
        "Legal hold": "yes" if row.legal_hold else "",
        "Why the data is held": row.hold_reason,
    }


def write_return(uow: UnitOfWork, contract_id: int) -> IO[bytes]:
    """Write everything held of a contract as a zip, and keep its manifest.

    All of it is read in the one transaction that notes it, so that it is of one moment. Whoever
    asks must see every lot of the contract.
    """
    with uow.command(Act.DATA_RETURN):
        agreed = contract.find_contract(uow, contract_id)
        _must_see_all(uow, contract_id)
        last = queries.last_return(uow, contract_id)
        number = last.number + 1 if last else 1
        file, manifest, trail_to = _packed(uow, agreed, number)
        uow.add(
            DataReturn(
                contract_id=contract_id,
                number=number,
                rows=manifest.rows,
                manifest=manifest.text,
                manifest_sha256=manifest.sha256,
                trail_to=trail_to,
                written_by=uow.actor.user_id,
                written_at=uow.now,
            )
        )
        return file


def read_return(engine: Engine, file: IO[bytes]) -> Manifest:
    """Take a return into an empty installation; its counts and hashes are looked at first.

    Refused where anything was ever done in the database, for a file that was changed, and for one
    whose tables are not those of this version.
    """
    with pack.opened(file) as (manifest, zipped):
        _check_shape(manifest)
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            if not archive.is_empty(connection):
                raise Refused("A return is taken only into an installation that is still empty.")
            for part in manifest.parts:
                number = archive.restore(connection, part.name, pack.rows_in(zipped, part.name))
                if number != part.rows:
                    raise Refused(f"{part.name} has {number} rows instead of {part.rows}.")
        return manifest


def note_read(uow: UnitOfWork, manifest: Manifest) -> None:
    """Put into the trail of the new installation where its rows came from."""
    with uow.command(Act.DATA_READ):
        uow.note("data_returns", rows=manifest.rows, manifest_sha256=manifest.sha256)


def receive(uow: UnitOfWork, return_id: int, manifest_sha256: str) -> None:
    """Confirm for the council that the last return arrived whole; Invalid for another hash."""
    with uow.command(Act.DATA_RECEIVE):
        row = uow.get(DataReturn, return_id)
        if row.received_at is not None:
            raise Refused("This return has already been received.")
        if manifest_sha256.strip().lower() != row.manifest_sha256:
            raise Invalid("manifest_sha256", "This is not the hash of this return’s manifest.")
        row.received_by, row.received_at = uow.actor.user_id, uow.now


def ask_erasure(uow: UnitOfWork, contract_id: int) -> None:
    """Ask, for the council, that a contract's data be erased; Refused with every obstacle.

    Whoever asks or agrees must see every lot of the contract.
    """
    with uow.command(Act.ERASURE_ASK):
        agreed = contract.find_contract(uow, contract_id)
        _must_see_all(uow, contract_id)
        if queries.running_erasure(uow, contract_id) is not None:
            raise Refused("This erasure has already been asked for.")
        must_be_free(queries.facts_of(uow, agreed))
        last = queries.last_return(uow, contract_id)
        if last is None:
            raise NotFound
        uow.add(
            Erasure(
                contract_id=contract_id,
                return_id=last.id or 0,
                asked_by=uow.actor.user_id,
                asked_at=uow.now,
            )
        )


def agree_erasure(uow: UnitOfWork, contract_id: int) -> None:
    """Agree, for the agency, to what the council asked; nothing is erased by it yet."""
    with uow.command(Act.ERASURE_AGREE):
        erasure = _running(uow, contract_id)
        _must_see_all(uow, contract_id)
        if erasure.agreed_at is not None:
            raise Refused("The agency has already agreed.")
        if erasure.asked_by == uow.actor.user_id or not _of_agency(uow):
            raise Refused("The second person is one of the agency.")
        must_be_free(queries.facts_of(uow, contract.find_contract(uow, contract_id)))
        erasure.agreed_by, erasure.agreed_at = uow.actor.user_id, uow.now


def withdraw_erasure(uow: UnitOfWork, contract_id: int) -> None:
    """Take back, for either side, an erasure that was not carried out."""
    with uow.command(Act.ERASURE_WITHDRAW):
        erasure = _running(uow, contract_id)
        erasure.withdrawn_by, erasure.withdrawn_at = uow.actor.user_id, uow.now


def carry_out(uow: UnitOfWork, contract_id: int) -> Erasure:
    """Erase what both sides agreed to erase, and keep the certificate.

    Everything is looked at again: Refused with every obstacle, and without both names. The bytes
    are overwritten by `archive.scrub` once this is committed.
    """
    with uow.command(Act.ERASURE_CARRY_OUT):
        agreed, erasure = contract.find_contract(uow, contract_id), _running(uow, contract_id)
        if erasure.agreed_at is None:
            raise Refused("The agency has not agreed to this erasure.")
        must_be_free(queries.facts_of(uow, agreed))
        connection = uow.connection
        said = _certificate(uow, agreed, erasure)
        counts = archive.erase(connection, archive.whose(connection, contract_id), KEPT)
        uow.session.expire_all()
        erasure = uow.get(Erasure, erasure.id)
        erasure.carried_out_at = uow.now
        erasure.certificate = json.dumps(said | {"erased": counts}, ensure_ascii=False)
        erasure.certificate_sha256 = hashlib.sha256(erasure.certificate.encode()).hexdigest()
        uow.note("erasures", erasure.id, rows=sum(counts.values()))
        return erasure


def _packed(uow: UnitOfWork, agreed: Contract, number: int) -> tuple[IO[bytes], Manifest, int]:
    connection = uow.connection
    own = archive.whose(connection, agreed.id or 0)
    about = {
        "contract": agreed.name,
        "reference": agreed.reference,
        "council": agreed.council,
        "agency": agreed.agency,
        "lots": queries.lots_of(uow, agreed.id or 0),
        "number": number,
        "written_at": uow.now.isoformat(),
        "written_by": uow.actor.name,
        "trail_to": own.trail_to,
    }
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked for it reads and closes it
    sources = (
        Source(name, archive.columns_of(name), partial(archive.rows_of, connection, name, own))
        for name in archive.names()
        if name not in NOT_RETURNED
    )
    manifest = pack.write(file, about, sources)
    file.seek(0)
    return file, manifest, own.trail_to


def _check_shape(manifest: Manifest) -> None:
    known = {name: archive.columns_of(name) for name in archive.names()}
    for part in manifest.parts:
        if known.get(part.name) != list(part.columns):
            raise Refused(
                f"The table {part.name} of this return is not that of this version of Clearway."
            )


def _must_see_all(uow: UnitOfWork, contract_id: int) -> None:
    if not queries.sees_all(uow, contract_id):
        raise Refused("This is for somebody who sees every lot of the contract.")


def _running(uow: UnitOfWork, contract_id: int) -> Erasure:
    contract.find_contract(uow, contract_id)
    erasure = queries.running_erasure(uow, contract_id)
    if erasure is None:
        raise Refused("No erasure of this contract’s data was asked for.")
    return erasure


def _of_agency(uow: UnitOfWork) -> bool:
    return uow.actor.organisation is Organisation.AGENCY


def _certificate(uow: UnitOfWork, agreed: Contract, erasure: Erasure) -> dict[str, Any]:
    last = uow.get(DataReturn, erasure.return_id)
    seq, digest = archive.trail_head(uow.connection)
    return {
        "contract": agreed.name,
        "reference": agreed.reference,
        "council": agreed.council,
        "agency": agreed.agency,
        "asked_by": _name(uow, erasure.asked_by),
        "asked_at": erasure.asked_at.isoformat(),
        "agreed_by": _name(uow, erasure.agreed_by),
        "agreed_at": erasure.agreed_at.isoformat() if erasure.agreed_at else "",
        "carried_out_at": uow.now.isoformat(),
        "return": last.number,
        "return_manifest_sha256": last.manifest_sha256,
        "received_by": _name(uow, last.received_by),
        "trail_to": seq,
        "trail_hash": digest,
        "kept": sorted(KEPT),
    }


def _name(uow: UnitOfWork, user_id: int | None) -> str:
    user = uow.session.get(User, user_id) if user_id is not None else None
    return user.name if user else "nobody"


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """A file piece by piece, closed at its end."""
    with file:
        while piece := file.read(1 << 16):
            yield piece
