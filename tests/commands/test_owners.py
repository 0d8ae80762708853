"""The command that looks whether every open case has an owner and a next step."""

import pytest
from sqlalchemy import text

from app import cli
from tests.makers import an_allocated_case
from tests.world import World


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world's database is the installation's."""
    address = world.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", address)
    an_allocated_case(world)
    return world


def run(expected: int) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["owners"])
    assert end.value.code == expected


def test_a_whole_register_is_said_to_be_so(here: World, capsys) -> None:
    run(0)
    assert "ok: every open case has an owner and a next step" in capsys.readouterr().out


def test_a_case_without_an_owner_is_named_and_the_command_fails(here: World, capsys) -> None:
    with here.database.engine.begin() as connection:
        connection.execute(text("UPDATE cases SET practitioner_id = NULL"))
    run(1)
    said = capsys.readouterr().out
    assert "in North: Nobody holds it, though it is allocated" in said
    assert "Faults: 1, of which 1 stand above" in said
