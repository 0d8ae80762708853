"""Nothing is written that nobody reads."""

import inspect
import re
from dataclasses import dataclass
from pathlib import Path

from app.db.registry import load_models
from app.db.tables import Row
from app.settings import ROOT

# What stands before the equals sign of a statement is written, not read.
WRITTEN = re.compile(r"^ *[\w.]+(?:, [\w.]+)* [-+|]?= ", re.M)
# An attribute, a key asked for, or the name of a form's answer, a rule's term or a view's column.
READ = re.compile(r"\.(\w+)|\[\"(\w+)\"\]|^    (\w+): .*[^,\n]$", re.M)
IMPORTED = re.compile(r"^from (app[\w.]+) import (\([^)]*\)|.*)$", re.M)
# All columns of a table one after the other, or one whose name is put together.
EVERY = re.compile(r"\b(?:getattr\((\w+), [\w.]+\)|vars\((\w+)\))")
KIND = re.compile(r"\b(\w+): ([A-Z]\w+)")
ENDING = re.compile(r"\bgetattr\(\w+, f\"[^\"]*\}(\w+)\"")


@dataclass(frozen=True)
class Reader:
    """A file with the columns it may read by name, and the rooms and tables it speaks of."""

    reads: frozenset[str]
    endings: tuple[str, ...]
    every: frozenset[str]
    speaks_of: frozenset[str]

    def takes(self, column: str) -> bool:
        return column in self.reads or column.endswith(self.endings)


def reader(path: Path) -> Reader:
    text = path.read_text(encoding="utf-8")
    read = READ.findall(WRITTEN.sub("", text))
    rooms = {path.parent.relative_to(ROOT).as_posix().replace("/", ".")}
    for module, names in IMPORTED.findall(text):
        rooms |= {module, module.rpartition(".")[0]}
        rooms |= {f"{module}.{name}" for name in re.findall(r"\w+", names)}
    words = frozenset(re.findall(r"\b[A-Z]\w+", text))
    every = {one or other for one, other in EVERY.findall(text)}
    every |= {kind for name, kind in KIND.findall(text) if name in every}
    attributes = frozenset(one[0] or one[1] for one in read)
    if path.name != "models.py":
        attributes |= {one[2] for one in read}
    return Reader(
        attributes,
        tuple(ENDING.findall(text)),
        frozenset(every),
        words | rooms,
    )


def told_by_templates() -> dict[str, set[str]]:
    """What the templates of each capability read by name."""
    told: dict[str, set[str]] = {}
    for path in (ROOT / "templates").rglob("*.html"):
        of = told.setdefault(path.relative_to(ROOT / "templates").parts[0], set())
        of |= set(re.findall(r"\.(\w+)", path.read_text(encoding="utf-8")))
    return told


def test_every_column_is_read() -> None:
    """Where a file speaks of its table or room, or in a template of its capability."""
    readers = [reader(path) for path in (ROOT / "app").rglob("*.py")]
    templates = told_by_templates()
    read: set[tuple[str, str]] = set()
    written: dict[tuple[str, str], str] = {}
    for model in load_models():
        room = model.__module__.rpartition(".")[0]
        near = [one for one in readers if not one.speaks_of.isdisjoint({model.__name__, room})]
        told = templates.get(room.split(".")[1], set())
        for column in columns_of(model):
            # A column that tables share is there for all of them when one of them is read.
            key = declared_by(model, column), column
            written[key] = model.__name__
            if column in told or any(
                one.takes(column) or model.__name__ in one.every for one in near
            ):
                read.add(key)
    assert not {f"{written[key]}.{key[1]}" for key in written.keys() - read}


def columns_of(model: type[Row]) -> list[str]:
    return [column.name for column in model.__table__.columns]  # type: ignore[attr-defined]


def declared_by(model: type[Row], column: str) -> str:
    found = (one for one in model.__mro__ if column in inspect.get_annotations(one))
    return next(found).__qualname__
