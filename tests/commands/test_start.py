"""The first seconds on a fresh machine, before anything is installed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import __main__ as start

ROOT = Path(__file__).resolve().parents[2]
BARE = Path(sys.base_prefix) / "bin" / "python3"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A folder that holds just what the start itself needs."""
    (tmp_path / "app").mkdir()
    for name in ("app/__init__.py", "app/__main__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "requirements.lock").write_text("")
    return tmp_path


def ask(folder: Path, *words: str, python: Path = BARE) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if "CLEARWAY" not in name}
    return subprocess.run(
        [python, "-S", "-m", "app", *words],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_command_before_the_first_demo_says_what_to_do(fresh: Path):
    answer = ask(fresh, "serve")
    assert answer.returncode == 1
    assert answer.stderr == "Nothing is installed yet: run `python3 -m app demo` first.\n"


def test_the_demo_makes_the_environment_once_and_stamps_it(fresh: Path):
    build = fresh / "app" / "web" / "frontend"
    build.mkdir(parents=True)
    (build / "build.py").write_text("print('built')")
    (fresh / "app" / "cli.py").write_text("def main(arguments): print('asked for', *arguments)")
    first, second = ask(fresh, "demo", "--no-serve"), ask(fresh, "demo")
    assert first.stdout.splitlines()[0] == "Making the virtual environment"
    assert "Installed 0 packages" in first.stdout
    assert "Making" not in second.stdout
    assert "Installed" not in second.stdout
    assert second.stdout.startswith("built\n")


def test_packages_that_do_not_match_their_hashes_stop_the_start(fresh: Path):
    (fresh / "requirements.lock").write_text("nothing-of-that-name==1.0\n")
    answer = ask(fresh, "demo")
    assert answer.returncode == 1
    assert "The packages could not be installed" in answer.stderr
    assert not (fresh / ".venv" / "installed").exists()


def test_a_changed_lock_is_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one")
    monkeypatch.setattr(start, "STAMP", tmp_path / "installed")
    assert not start.installed(lock)
    start.STAMP.write_text(start.fingerprint(lock))
    assert start.installed(lock)
    lock.write_text("two")
    assert not start.installed(lock)


def test_the_locks_hold_a_hash_for_every_package_and_no_address():
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text()
        packages = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
        assert len(packages) > 40
        assert "://" not in text
        assert all("==" in package and "--hash=sha256:" in package for package in packages)


def test_both_locks_agree_on_every_version():
    def versions(name: str) -> set[str]:
        lines = (ROOT / name).read_text().splitlines()
        return {line.split()[0] for line in lines if "==" in line}

    assert versions("requirements.lock") <= versions("requirements-test.lock")
