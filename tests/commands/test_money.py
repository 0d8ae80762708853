"""The command that does the night's work about money at once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from app import cli
from app.cases.states import CaseState
from app.contract.models import Contract
from app.db import migrate
from app.finance.earned_points.models import EarnedWeek
from app.finance.invoices import service as invoices
from app.finance.invoices.models import Invoice
from app.finance.invoices.rules import InvoiceKind
from app.finance.nightly.service import reckon_daily
from tests.makers_delivery import a_budget, a_cleared_case
from tests.makers_invoicing import a_price, reopen
from tests.makers_money import a_moved_case
from tests.world import World


@pytest.fixture(autouse=True)
def address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "CLEARWAY_DATABASE_URL", world.database.engine.url.render_as_string(hide_password=False)
    )


def test_counting_anew_comes_to_the_same(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    a_budget(world)
    a_moved_case(world, CaseState.UNALLOCATED, CaseState.AUTHORISED)
    found = []
    for words in (["money"], ["money", "--anew"]):
        with pytest.raises(SystemExit) as end:
            cli.main(words)
        assert end.value.code == 0
        assert "ok: looked ahead in 1 lot\n" in capsys.readouterr().out
        found.append(sorted((row.step, row.earned) for row in world.rows(EarnedWeek)))
    assert found[0] == found[1] == [("assessed", 4_000), ("entered", 0)]


def test_an_older_database_is_counted_again_once_it_is_migrated(world: World) -> None:
    """Until now somebody had to run a command that the upgrade did not name."""
    a_moved_case(world, CaseState.UNALLOCATED, CaseState.AUTHORISED)
    assert reckon_daily(world.database)
    counted = {_facts(row) for row in world.rows(EarnedWeek)}
    with world.setting_up() as uow:
        uow.session.execute(update(EarnedWeek).values(earned=7))
    address = world.database.engine.url.render_as_string(hide_password=False)
    older = migrate.configuration(address)
    migrate.command.stamp(older, "0018")
    migrate.command.upgrade(older, "0019")
    migrate.command.stamp(older, "head")
    assert reckon_daily(world.database)
    assert {_facts(row) for row in world.rows(EarnedWeek)} == counted


def _facts(row: EarnedWeek) -> tuple[object, ...]:
    return row.lot_id, row.week_ending, row.original, row.step, row.earned, row.weight, row.cases


def test_what_came_back_is_credited_once_by_the_command_too(world: World) -> None:
    # Long enough ago for the command, which takes the time from the machine.
    began = date(2026, 1, 1)
    world.clock.now = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)
    with world.setting_up() as uow:
        uow.get(Contract, world.contract("Northshire")).starts_on = began
    a_price(world, starts_on=began)
    case_id = a_cleared_case(world)
    world.clock.move(days=23)
    with world.acting("paula") as uow:
        invoice_id = invoices.draft(uow, world.lot("North"), began)
    with world.acting("paula") as uow:
        invoices.issue(uow, invoice_id, version=1)
    reopen(world, case_id)
    for _ in range(2):
        with pytest.raises(SystemExit):
            cli.main(["money"])
    [note] = world.rows(Invoice, kind=InvoiceKind.CREDIT_NOTE)
    assert note.number == 2
