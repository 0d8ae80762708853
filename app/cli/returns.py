"""Commands that write a contract's data out, take it in again, and erase it."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from app.cli.database import present, present_database
from app.cli.screen import screen, shown
from app.contract.everywhere import everywhere
from app.contract.queries import list_contracts
from app.db.engine import open_engine
from app.exit.data_return import service
from app.kernel.errors import Refused
from app.work import archive, trail
from app.work.uow import UnitOfWork

ContractName = Annotated[str, typer.Argument(help="The contract's name.")]


def write(
    contract: ContractName,
    file: Annotated[Path, typer.Argument(help="Where to write the zip.", dir_okay=False)],
) -> None:
    """Write everything held of a contract, with the trail and a manifest of hashes."""
    with present() as database, database.work(everywhere(database)) as uow:
        contract_id = _named(uow, contract)
        _begin(file)
        with (
            shown("Writing the return"),
            service.write_return(uow, contract_id) as packed,
            file.open("wb") as out,
        ):
            shutil.copyfileobj(packed, out)
    screen.print(f"{file}: {file.stat().st_size:,} bytes", markup=False, soft_wrap=True)


def read(
    file: Annotated[Path, typer.Argument(help="A return.", exists=True, dir_okay=False)],
) -> None:
    """Take a return into an empty installation, and prove its rows and its trail."""
    engine = open_engine(present_database())
    try:
        with shown("Reading the return"), file.open("rb") as content:
            manifest = service.read_return(engine, content)
        with engine.connect() as connection:
            verdict = trail.verify(connection)
        if not verdict.ok:
            raise Refused(f"Entry {verdict.broken_at} of the trail: {verdict.why}")
    finally:
        engine.dispose()
    with present() as database, database.work(everywhere(database)) as uow:
        service.note_read(uow, manifest)
    screen.print(f"ok: {manifest.rows:,} rows of {len(manifest.parts)} tables, as they were sent")


def erase(contract: ContractName) -> None:
    """Carry out an erasure that council and agency both agreed to on its page."""
    with present() as database:
        with database.work(everywhere(database)) as uow:
            contract_id = _named(uow, contract)
            with shown("Erasing"):
                erasure = service.carry_out(uow, contract_id)
                digest = erasure.certificate_sha256
        with shown("Overwriting what was deleted"):
            archive.scrub(database.engine)
    screen.print(f"Erased. The certificate's SHA-256: {digest}", markup=False, soft_wrap=True)


def _begin(file: Path) -> None:
    """Make a new file one that only its owner reads; Refused where nothing can be written."""
    try:
        file.touch(mode=0o600)
    except OSError as fault:
        raise Refused(f"{file} cannot be written: {fault.strerror}.") from fault


def _named(uow: UnitOfWork, name: str) -> int:
    contracts = list_contracts(uow)
    found = next((one.id for one in contracts if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in contracts)
        raise Refused(f"No contract is {name}. Contracts: {known}.")
    return found
