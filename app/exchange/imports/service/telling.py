"""Tells how far one long transaction has come, in a file, since nobody can read the rows yet."""

import secrets
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from app.exchange.imports.rules import Part

Counted = TypeVar("Counted")
_TOLD_EVERY = 1_000
_ENDING = ".progress"


class Reached(NamedTuple):
    """The part that is being done, and how many of its rows are."""

    part: Part
    done: int


class Teller:
    """Writes down which part of an import is being done; kept_as names the file, as the batch does.

    The file lies on the machine, so that every process of the server can read it.
    """

    def __init__(self, kept_as: str) -> None:
        self._path = _path(kept_as)
        self._part: Part | None = None

    def begin(self, part: Part) -> None:
        """What follows belongs to this part."""
        self._part = part
        self._write(0)

    def count(self, part: Part, rows: Iterable[Counted], of: int = 1) -> Iterator[Counted]:
        """The same rows, or portions of so many, told as they are taken."""
        self.begin(part)
        for done, row in enumerate(rows, start=1):
            if done * of % _TOLD_EVERY == 0:
                self._write(done * of)
            yield row

    def end(self) -> None:
        """Nothing is left to tell."""
        self._path.unlink(missing_ok=True)

    def _write(self, done: int) -> None:
        part = self._part.value if self._part else ""
        whole = self._path.with_suffix(".writing")
        whole.write_text(f"{part} {done}", encoding="ascii")
        whole.replace(self._path)


def new_name() -> str:
    """A name for the file of one piece of work."""
    return f"clearway-{secrets.token_hex(8)}{_ENDING}"


def reached(kept_as: str) -> Reached | None:
    """How far the work is; None before it has begun, and while the file is the list itself."""
    if not kept_as.endswith(_ENDING):
        return None
    try:
        part, done = _path(kept_as).read_text(encoding="ascii").split()
    except OSError:
        return None
    return Reached(Part(part), int(done))


def _path(kept_as: str) -> Path:
    return Path(tempfile.gettempdir(), kept_as)
