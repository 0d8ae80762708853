"""`python3 -m app …`: makes the virtual environment with the standard library, then hands over."""

import gc
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed"
LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
READY = "CLEARWAY_ENVIRONMENT_READY"


def main(arguments: list[str]) -> None:
    """Prepare what a first command needs; every command then runs in the virtual environment."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this very line is for an older Python
        sys.exit("Clearway needs Python 3.11 or later.")
    command = arguments[0] if arguments else ""
    if os.environ.get(READY) == "1":
        run(command, arguments)
    elif command in ("demo", "test", "bench"):
        prepare(for_tests=command != "demo")
        hand_over(arguments)
    elif Path(sys.prefix) == ENVIRONMENT or not installed(LOCK):
        run(command, arguments)
    else:
        hand_over(arguments)


def run(command: str, arguments: list[str]) -> None:
    """Run the command with this Python's own packages."""
    if command == "test":
        check = [sys.executable, str(ROOT / "tests" / "check.py"), *arguments[1:]]
        os.execv(sys.executable, check)
    if importlib.util.find_spec("typer") is None:
        sys.exit("Nothing is installed yet: run `python3 -m app demo` first.")
    # Nearly all that imports make stays: looking through it every 700 objects takes half a second.
    gc.set_threshold(100_000, 50, 50)
    from app import cli  # noqa: PLC0415 - its packages are there only from here on

    cli.main(arguments)


def hand_over(arguments: list[str]) -> None:
    """Become the same command under the virtual environment's Python."""
    os.environ[READY] = "1"
    os.execv(PYTHON, [str(PYTHON), "-m", "app", *arguments])


def prepare(*, for_tests: bool) -> None:
    """Make the environment, the locked packages and the browser's files, each only if missing."""
    if not PYTHON.exists():
        say("Making the virtual environment")
        outcome = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
            capture_output=True,
            text=True,
            check=False,
        )
        if outcome.returncode != 0:
            sys.exit(f"The virtual environment cannot be made:\n{outcome.stdout}{outcome.stderr}")
    lock = TEST_LOCK if for_tests else LOCK
    if not installed(lock):
        install(lock)
        # The test lock holds everything of the other, at the same versions.
        satisfied = (LOCK, TEST_LOCK) if for_tests else (LOCK,)
        STAMP.write_text("".join(f"{fingerprint(file)}\n" for file in satisfied))
    built = subprocess.run([PYTHON, "-m", "app.web.frontend.build"], cwd=ROOT, check=False)
    if built.returncode != 0:
        sys.exit("The browser's files could not be built; see above.")


def installed(lock: Path) -> bool:
    """Whether the environment was last filled from exactly this lock."""
    return STAMP.exists() and fingerprint(lock) in STAMP.read_text().split()


def fingerprint(lock: Path) -> str:
    """The hash of a lock file."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def install(lock: Path) -> None:
    """Install a lock, counting its packages as pip names them; pip's words appear if it fails."""
    total = sum("==" in line for line in lock.read_text().splitlines())
    options = "--require-hashes --no-input --progress-bar off --disable-pip-version-check"
    command = [str(PYTHON), "-m", "pip", "install", *options.split(), "-r", str(lock)]
    said, seen, started = [], 0, time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith(("Collecting ", "Processing ", "Requirement already ")):
                seen += 1
                if sys.stdout.isatty() or seen % 20 == 1:
                    say(f"Installing packages: {seen} of {total}", over=True)
            elif line.startswith("Installing collected packages"):
                say(f"Installing packages: unpacking {seen}", over=True)
    if pip.returncode != 0:
        sys.exit(f"\nThe packages could not be installed:\n{''.join(said)}")
    say(f"Installed {seen} packages in {time.monotonic() - started:.0f} s")


def say(sentence: str, *, over: bool = False) -> None:
    """One line of progress; on a terminal it may be written over by the next."""
    if sys.stdout.isatty():
        print(f"\r\033[K{sentence}", end="" if over else "\n", flush=True)
    else:
        print(sentence, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
