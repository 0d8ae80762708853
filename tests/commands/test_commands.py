"""The commands a person types, on a database of their own."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from app import cli
from app.access.models import User
from app.access.roles import Organisation, Role
from app.cli import database, serving
from app.db.engine import open_engine
from app.settings import ROOT, Settings

NOTING_SEED = """
from pathlib import Path


def main(url, *, fresh, today):
    Path({note!r}).write_text(f"{{url}} {{fresh}}")
"""


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path / 'case.sqlite3'}"
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", address)
    return address


@pytest.fixture
def seeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A seed that only notes how it was called."""
    note = tmp_path / "note"
    seed = tmp_path / "demo.py"
    seed.write_text(NOTING_SEED.format(note=str(note)))
    monkeypatch.setattr(serving, "SEED", seed)
    monkeypatch.setattr(database, "DEMO_DATABASE", tmp_path / "demo.sqlite3")
    return note


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something already listens."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


def ask(*words: str) -> int:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as end:
        cli.main(list(words))
    return int(end.value.code or 0)


def test_a_migrated_database_has_a_trail_that_holds(address: str, capsys):
    assert ask("migrate") == 0
    assert ask("audit", "verify") == 0
    assert "entries hold" in capsys.readouterr().out


def test_a_database_that_is_served_is_not_migrated_underneath(address: str, capsys):
    with serving.only_server_of(address):
        assert ask("migrate") == 2
    assert "already running on this database" in capsys.readouterr().err
    assert not Path(address.removeprefix("sqlite:///")).exists()


def test_verifying_where_there_is_no_database_says_so(address: str, seeded: Path, capsys):
    assert ask("audit", "verify") == 2
    assert "There is no database yet" in capsys.readouterr().err


def test_verifying_without_a_database_of_ones_own_reads_the_demo(
    seeded: Path,
    tmp_path: Path,
    migrated: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys,
):
    monkeypatch.delenv("CLEARWAY_DATABASE_URL", raising=False)
    nowhere = Settings(database_url=f"sqlite:///{tmp_path / 'nowhere.sqlite3'}")
    monkeypatch.setattr(database, "Settings", lambda: nowhere)
    migrated(database.DEMO_DATABASE)
    assert ask("audit", "verify") == 0
    assert "Using the demo's database." in capsys.readouterr().err


def test_the_demo_without_serving_migrates_and_seeds(address: str, seeded: Path):
    assert ask("demo", "--no-serve") == 0
    assert seeded.read_text() == f"{address} False"
    assert ask("audit", "verify") == 0


def test_a_fresh_demo_throws_only_the_demo_away(
    seeded: Path, migrated: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("CLEARWAY_DATABASE_URL", raising=False)
    own = database.DEMO_DATABASE
    migrated(own)
    Path(f"{own}-journal").write_text("left over")
    assert ask("demo", "--no-serve", "--fresh") == 0
    assert not Path(f"{own}-journal").exists()
    assert seeded.read_text() == f"sqlite:///{own} True"


def test_a_fresh_demo_never_removes_a_database_that_was_named(
    address: str, seeded: Path, migrated: Callable[[Path], None]
):
    file = Path(address.removeprefix("sqlite:///"))
    migrated(file)
    before = file.stat().st_ino
    assert ask("demo", "--no-serve", "--fresh") == 0
    assert file.stat().st_ino == before


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "clearway.example"])
def test_serving_beyond_this_machine_is_refused(address: str, host: str, capsys):
    assert ask("serve", "--host", host) == 2
    assert "only on this machine" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_names_are_this_machine(host: str):
    assert serving.is_loopback(host)


def test_a_database_with_demo_people_is_not_served(
    address: str, migrated: Callable[[Path], None], capsys
):
    migrated(Path(address.removeprefix("sqlite:///")))
    engine = open_engine(address)
    with Session(engine.execution_options(writing=True)) as session:
        session.add(
            User(
                email="ada@demo.example",
                name="Ada Demo",
                role=Role.ADMINISTRATOR,
                organisation=Organisation.AGENCY,
                demo=True,
                created_at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        )
        session.commit()
    engine.dispose()
    assert ask("serve") == 2
    assert "demo people" in capsys.readouterr().err


def test_a_taken_port_is_one_sentence(
    address: str, taken: int, migrated: Callable[[Path], None], capsys
):
    migrated(Path(address.removeprefix("sqlite:///")))
    assert ask("serve", "--port", str(taken)) == 2
    assert f"Port {taken} cannot be used" in capsys.readouterr().err


def test_a_second_server_on_one_database_is_refused(address: str, capsys):
    with serving.only_server_of(address):
        assert ask("serve") == 2
    assert "Another Clearway is already running" in capsys.readouterr().err
    with serving.only_server_of(address):
        pass


def test_the_demo_starts_without_the_rooms_of_the_other_commands() -> None:
    rooms = "app.cases", "app.finance", "app.reports"
    look = f"import sys, app.cli, seed.standing; sys.exit(any(r in sys.modules for r in {rooms}))"
    assert subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=False).returncode == 0
