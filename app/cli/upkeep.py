"""Commands that keep an installation right: its schema, its trail, its counters, its speed."""

import subprocess
import sys
from typing import Annotated

import typer

from app.agreements.handovers import service as handovers
from app.agreements.handovers.queries import list_misjudged
from app.agreements.reminders import service as reminders
from app.assurance.ownership import service as ownership
from app.assurance.ownership.queries import list_faults
from app.cases.quality.queries import by_lot
from app.cases.register.recount import rebuild, recount
from app.cli.database import present, present_database
from app.cli.screen import screen, shown
from app.cli.serving import only_server_of
from app.contract.everywhere import everywhere
from app.db import migrate as schema
from app.db.engine import open_engine
from app.exchange.imports.service.looking import look_again
from app.finance.nightly import service as nightly
from app.finance.outlook.queries import outlook as list_outlooks
from app.performance.measures.service import read_due as read_measures
from app.settings import ROOT, Settings
from app.work import trail


def migrate() -> None:
    """Bring the installation's database to the schema of this version."""
    address = Settings().database_url
    with only_server_of(address), shown("Migrating the database"):
        schema.upgrade(address)


def verify() -> None:
    """Walk the whole trail; exit 1 and name the first entry that does not hold."""
    engine = open_engine(present_database())
    with engine.connect() as connection:
        verdict = trail.verify(connection)
    engine.dispose()
    if not verdict.ok:
        screen.print(f"Entry {verdict.broken_at} of the trail: {verdict.why}")
        raise typer.Exit(1)
    screen.print(f"ok: {verdict.entries:,} entries hold")


def counters(
    mend: Annotated[bool, typer.Option("--mend", help="Count the register again.")] = False,
) -> None:
    """Prove the counters and the ledger against a recount; exit 1 where they differ."""
    with present() as database, database.work(everywhere(database)) as uow:
        found, misjudged = recount(uow), list_misjudged(uow)
        if mend and not found.ok:
            rebuild(uow)
        if mend and misjudged:
            handovers.judge_again(uow)
    for key, kept, counted in found.differences:
        screen.print(f"{key}: kept {kept}, counted {counted}", markup=False)
    for one in misjudged:
        screen.print(f"Handover of case {one.case_id}: waits {one.waits}, counted {not one.waits}")
    ok = found.ok and not misjudged
    if not ok and not mend:
        raise typer.Exit(1)
    screen.print("ok: every counter equals a recount" if ok else "Counted again")


def owners() -> None:
    """Look whether every open case has an owner and a next step; exit 1 where one has not."""
    with present() as database, database.work(everywhere(database)) as uow:
        found = ownership.check(uow)
        faults = list_faults(uow).rows
    for fault in faults:
        screen.print(f"{fault.reference} in {fault.lot}: {fault.fault.label}", markup=False)
    if found:
        screen.print(f"Faults: {found:,}, of which {len(faults)} stand above")
        raise typer.Exit(1)
    screen.print("ok: every open case has an owner and a next step")


def digests() -> None:
    """Send the day's digests of proposals that wait for a decision; a daily command."""
    with present() as database, database.work(everywhere(database)) as uow:
        sent = reminders.send(uow)
    screen.print(f"ok: {sent:,} sent")


def quality() -> None:
    """Look over every case again for what is wrong or missing; a nightly command."""
    with present() as database, database.work(everywhere(database)) as uow:
        look_again(uow)
        to_mend = sum(lot.to_mend for lot in by_lot(uow))
    cases = "case has" if to_mend == 1 else "cases have"
    screen.print(f"ok: {to_mend:,} {cases} something to mend")


def measures() -> None:
    """Read the measures of every period that is over; a nightly command."""
    with present() as database, database.work(everywhere(database)) as uow:
        read = read_measures(uow)
    screen.print(f"ok: {read:,} figures of whole periods read")


def money(
    anew: Annotated[bool, typer.Option("--anew", help="Count every move again.")] = False,
) -> None:
    """Credit what came back, count what was earned and look ahead; a nightly command."""
    with present() as database, database.work(everywhere(database)) as uow:
        nightly.reckon(uow, anew=anew)
        lots = len(list_outlooks(uow))
    screen.print(f"ok: looked ahead in {lots:,} lot{'s' if lots != 1 else ''}")


def bench(asked: typer.Context) -> None:
    """Measure beside bare floors; needs the packages of `test`. --help tells its options."""
    measured = subprocess.run(
        [sys.executable, "-m", "tests.bench", *asked.args], cwd=ROOT, check=False
    )
    raise typer.Exit(measured.returncode)
