"""The whole check as a list of named steps: all run, each is timed, one failure fails it."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
APART = ("tests/browser", "tests/bench", "tests/migrations")
BELOW_BROWSER = ["tests", *(f"--ignore={folder}" for folder in APART)]
COVERED = ("--cov", "--cov-report=")
# What looks at the code as a whole, at whole histories, or at commands in processes of their own.
UNCOVERED = ("tests/house", "tests/seed", "tests/property", "tests/commands")
PURE = "app/**/rules.py,app/kernel/*,app/planning/*"


@dataclass(frozen=True)
class Step:
    """One thing that must hold; `prove` answers whether it does."""

    name: str
    promise: str
    prove: Callable[[], bool]


def main(arguments: list[str]) -> int:
    """Run the chosen steps, all of them by default, and sum up."""
    chosen = choose(arguments)
    if "coverage" in chosen:
        for file in ROOT.glob(".coverage*"):
            file.unlink()
    results = [(step, *timed(step)) for step in STEPS if step.name in chosen]
    print("\nThe check")
    for step, holds, seconds in results:
        print(
            f"  {'ok    ' if holds else 'FAILED'} {step.name:<11}{seconds:7.1f} s  {step.promise}"
        )
    total = sum(seconds for _, _, seconds in results)
    failed = [step.name for step, holds, _ in results if not holds]
    print(
        f"{'Failed: ' + ', '.join(failed) if failed else 'All holds'} ({total:.0f} s)", flush=True
    )
    return 1 if failed else 0


def choose(arguments: list[str]) -> list[str]:
    """The steps asked for by `--only`; an unknown name is refused."""
    names = [step.name for step in STEPS]
    parser = argparse.ArgumentParser(prog="python3 -m app test", description=__doc__)
    parser.add_argument("--only", help=f"steps to run, with commas: {','.join(names)}")
    only = parser.parse_args(arguments).only
    chosen = only.split(",") if only else names
    unknown = sorted(set(chosen) - set(names))
    if unknown:
        parser.error(f"no such step: {', '.join(unknown)}; there are {', '.join(names)}")
    return chosen


def timed(step: Step) -> tuple[bool, float]:
    """Whether the step holds, and the seconds it took to tell."""
    print(f"\n── {step.name}: {step.promise}", flush=True)
    started = time.monotonic()
    return step.prove(), time.monotonic() - started


def run(*command: str, **settings: str) -> bool:
    """Run a command at the root, away from any database of this machine's own.

    What Python compiles is kept, whatever this machine says: each worker of each step would compile
    all tests anew.
    """
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CLEARWAY_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    done = subprocess.run(command, cwd=ROOT, env=inherited | settings, check=False)
    return done.returncode == 0


def pytest(*arguments: str, **settings: str) -> bool:
    """Run tests on both cores; who has none left takes from the other, for some last long."""
    options = "-q -n 2 --dist worksteal --hypothesis-profile=ci --durations=12"
    return run(sys.executable, "-m", "pytest", *options.split(), *arguments, **settings)


def lint() -> bool:
    clean = run(sys.executable, "-m", "ruff", "check", ".")
    return run(sys.executable, "-m", "ruff", "format", "--check", ".") and clean


def sqlite() -> bool:
    """Coverage is measured here alone and of the rooms' own tests: it makes each one slower."""
    on_sqlite = {"CLEARWAY_TEST_DATABASE": "sqlite"}
    rooms = (*BELOW_BROWSER, *(f"--ignore={folder}" for folder in UNCOVERED))
    covered = pytest(*rooms, *COVERED, **on_sqlite)
    return pytest(*UNCOVERED, **on_sqlite) and covered


def browser() -> bool:
    return find_chromium() and pytest("tests/browser")


def find_chromium() -> bool:
    """Install Debian's Chromium where we may; elsewhere say what is missing."""
    if shutil.which("chromium"):
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print("Chromium is missing: install Debian's package `chromium` and run the check again.")
        return False
    print("Installing Chromium", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    packages = ("--yes", "--no-install-recommends", "chromium", "fonts-liberation")
    return run("apt-get", "update", "-qq", **quiet) and run(
        "apt-get", "install", "-qq", *packages, **quiet
    )


def coverage() -> bool:
    report = (sys.executable, "-m", "coverage", "report")
    enough = run(*report, "--fail-under=95")
    return run(*report, f"--include={PURE}", "--fail-under=100") and enough


STEPS = (
    Step("lint", "ruff finds nothing and would format nothing", lint),
    Step("types", "mypy agrees with every type in app", lambda: run(sys.executable, "-m", "mypy")),
    Step("contracts", "rooms import downwards only", lambda: run(str(BIN / "lint-imports"))),
    Step("sqlite", "everything below the browser on SQLite", sqlite),
    Step(
        "postgresql",
        "everything that asks for a database, on PostgreSQL",
        lambda: pytest(*BELOW_BROWSER, CLEARWAY_TEST_DATABASE="postgresql"),
    ),
    Step(
        "migrations",
        "every revision up, down and up again on both",
        lambda: pytest("tests/migrations"),
    ),
    Step("browser", "journeys in Chromium", browser),
    Step("coverage", "branches 95 %, rules 100 %", coverage),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
