"""A contract's data as one zip: each table as CSV to look at and as JSON lines to read back."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, Any

from app.kernel.csvs import csv_rows
from app.kernel.errors import Refused

FORMAT = "clearway-return-1"
MANIFEST, README = "manifest.json", "README.txt"
_CHUNK = 1 << 16
_ABOUT = """This is everything that Clearway holds of one contract.

tables/NAME.csv    each table, to be opened in a spreadsheet; text that a spreadsheet
                   would run as a formula stands behind an apostrophe
tables/NAME.jsonl  the same rows exactly, one JSON object a line
manifest.json      the number of rows and the SHA-256 of each file

The table trail is the audit log. Each entry carries the hash of the one before it; the
table trail_details holds what was changed, or only its digest where that belongs to another
contract. `python3 -m app return read FILE` takes all of it into an empty installation.
Passwords and sessions are left out.
"""


@dataclass(frozen=True)
class Part:
    """One table of a return."""

    name: str
    columns: tuple[str, ...]
    rows: int
    csv_sha256: str
    json_sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a return holds."""

    about: Mapping[str, Any]
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def text(self) -> str:
        tables = [asdict(part) for part in self.parts]
        told = {"format": FORMAT, **self.about, "tables": tables}
        return json.dumps(told, ensure_ascii=False, indent=1)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Source:
    """A table to write; `rows` is asked twice, once for each format."""

    name: str
    columns: Sequence[str]
    rows: Callable[[], Iterable[Mapping[str, Any]]]


def manifest_of(text: str) -> Manifest:
    """The manifest that a text holds; Refused for one of another kind."""
    try:
        told = json.loads(text)
        parts = tuple(Part(**one | {"columns": tuple(one["columns"])}) for one in told["tables"])
        known = told.pop("format") == FORMAT
    except (ValueError, KeyError, TypeError) as fault:
        raise Refused("The manifest of this file cannot be read.") from fault
    if not known:
        raise Refused("This file is a return of another version of Clearway.")
    told.pop("tables")
    return Manifest(told, parts)


def write(
    out: IO[bytes], about: Mapping[str, Any], sources: Iterable[Source], readme: str = _ABOUT
) -> Manifest:
    """Write tables with their manifest; the same rows always give the same hashes."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        at = datetime.fromisoformat(about["written_at"])
        parts = tuple(_write(pack, source, at) for source in sources)
        manifest = Manifest(about, parts)
        for name, text in ((MANIFEST, manifest.text), (README, readme)):
            pack.writestr(_entry(name, at), text)
    return manifest


@contextmanager
def opened(file: IO[bytes]) -> Iterator[tuple[Manifest, zipfile.ZipFile]]:
    """A return whose every file was found to be the one that its manifest names."""
    try:
        with zipfile.ZipFile(file) as pack:
            manifest = manifest_of(pack.read(MANIFEST).decode())
            for part in manifest.parts:
                _verify(pack, f"tables/{part.name}.csv", part.csv_sha256)
                _verify(pack, f"tables/{part.name}.jsonl", part.json_sha256)
            yield manifest, pack
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError) as fault:
        raise Refused("This file is not a whole return of Clearway.") from fault


def rows_in(pack: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one table of a return."""
    with pack.open(f"tables/{name}.jsonl") as lines:
        for line in lines:
            yield json.loads(line)


def _write(pack: zipfile.ZipFile, source: Source, at: datetime) -> Part:
    name, columns = source.name, tuple(source.columns)
    number, json_hash = _file(pack, f"tables/{name}.jsonl", map(_json, source.rows()), at)
    cells = ([row[column] for column in columns] for row in source.rows())
    _, csv_hash = _file(pack, f"tables/{name}.csv", csv_rows(columns, cells), at)
    return Part(name, columns, number, csv_hash, json_hash)


def _file(
    pack: zipfile.ZipFile, name: str, lines: Iterable[bytes], at: datetime
) -> tuple[int, str]:
    total, number = hashlib.sha256(), 0
    with pack.open(_entry(name, at), "w", force_zip64=True) as out:
        for line in lines:
            out.write(line)
            total.update(line)
            number += 1
    return number, total.hexdigest()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _json(row: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _verify(pack: zipfile.ZipFile, name: str, expected: str) -> None:
    total = hashlib.sha256()
    with pack.open(name) as file:
        while chunk := file.read(_CHUNK):
            total.update(chunk)
    if total.hexdigest() != expected:
        raise Refused(f"{name} of this return was changed after it was written.")
