"""The trail: every changed row becomes a link of a hash chain, written with the change itself."""

import hashlib
import json
import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import partial
from json.encoder import encode_basestring as _quoted
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, false, func, insert, inspect, or_, select
from sqlalchemy.orm import InstanceState
from sqlmodel import Session

from app.access.actor import Actor
from app.access.models import User
from app.db.tables import Row
from app.kernel.acts import Act
from app.work.bulk import Columns, each, insert_all
from app.work.models import TrailDetail, TrailEntry

START = "0" * 64
SYSTEM = "Clearway itself"
HIDDEN = frozenset({"password_hash", "token_hash", "wrapped_key", "sealed"})
ENTRIES, DETAILS = TrailEntry.__table__, TrailDetail.__table__  # type: ignore[attr-defined]
HASHED = [c.name for c in ENTRIES.columns if c.name not in {"previous", "hash"}]

DETAIL = ("seq", "subject_id", "salt", "changes", "digest")
DETAIL_BATCH = 5_000
SALT_BYTES = 16

# By the highest number rather than a limit, for which SQLite would plan it at every command.
_HEAD = select(ENTRIES.c.seq, ENTRIES.c.hash).where(
    ENTRIES.c.seq == select(func.max(ENTRIES.c.seq)).scalar_subquery()
)

Changes = Mapping[str, Sequence[object]]
Rows = Mapping[type[Row], Collection[int]]


class Told(NamedTuple):
    """Some rows of one table: the values of the first, a text for each detail, and how many rows.

    A detail without an id tells of all the rows.
    """

    values: Mapping[str, Any]
    ids: Sequence[int | None]
    texts: Sequence[str]
    rows: int

    @classmethod
    def of(cls, values: Mapping[str, Any], text: str) -> "Told":
        """A single row with what is told of it."""
        return cls(values, [values.get("id")], [text], 1)


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds; else the first entry that does not and why."""

    entries: int
    broken_at: int | None = None
    why: str = ""

    @property
    def ok(self) -> bool:
        return self.broken_at is None


class Chain:
    """The entries of one command: numbered as they come, linked to each other when it ends."""

    def __init__(self, session: Session, act: Act, actor: Actor, now: datetime) -> None:
        head = session.execute(_HEAD).first()
        self._seq: int = head.seq if head else 0
        self._previous: str = head.hash if head else START
        self._session = session
        self._common = {
            "at": now,
            "actor_id": actor.user_id,
            "role": actor.role.value if actor.role else "",
            "act": act.value,
        }
        self._entries: list[dict[str, Any]] = []
        self._details: dict[str, list[Any]] = {name: [] for name in DETAIL}

    def record(self, subject: str, told: Iterable[Told]) -> int:
        """One entry for rows of one table, with a digest of all that is told of them.

        Returns how many rows; none make no entry. They are taken portion by portion, so that a
        load of many need not hold them all.
        """
        total, rows, first = hashlib.sha256(), 0, None
        for one in told:
            rows, first = rows + one.rows, first or one.values
            total.update("".join(self._detail(one.ids, one.texts)).encode())
        if first is not None:
            self._add(subject, rows, total.hexdigest(), first)
        return rows

    def write(self) -> None:
        """Store the entries and what is left of their details; a command always leaves one."""
        if not self._entries:
            self._add("", 0, hashlib.sha256().hexdigest(), {})
        for entry in self._entries:
            entry["previous"] = self._previous
            entry["hash"] = self._previous = _link(entry)
        self._session.execute(insert(ENTRIES), self._entries)
        self._write_details()

    def _add(self, subject: str, rows: int, digest: str, values: Mapping[str, Any]) -> None:
        self._seq += 1
        subject_id = values.get("id") if rows == 1 else None
        case_id = subject_id if subject == "cases" else values.get("case_id")
        self._entries.append(
            self._common
            | {
                "seq": self._seq,
                "subject": subject,
                "subject_id": subject_id,
                "case_id": case_id if rows == 1 else None,
                "lot_id": values.get("lot_id"),
                "contract_id": values.get("contract_id"),
                "rows": rows,
                "digest": digest,
            }
        )

    def _detail(self, ids: Sequence[int | None], texts: Sequence[str]) -> list[str]:
        """Keep a detail for each text under a salt of its own; returns their digests."""
        random = os.urandom(SALT_BYTES * len(texts)).hex()
        salts = [random[at : at + 2 * SALT_BYTES] for at in range(0, len(random), 2 * SALT_BYTES)]
        digests = list(map(_row_digest, salts, texts))
        seqs = [self._seq + 1] * len(texts)
        columns: tuple[Sequence[Any], ...] = (seqs, ids, salts, texts, digests)
        for name, values in zip(DETAIL, columns, strict=True):
            self._details[name] += values
        if len(self._details["seq"]) >= DETAIL_BATCH:
            self._write_details()
        return digests

    def _write_details(self) -> None:
        if self._details["seq"]:
            insert_all(self._session.connection(), DETAILS, self._details, {})
            self._details = {name: [] for name in DETAIL}


# Whoever was faster saved while somebody had the form open; a search has to end, too.
RECENT = 10_000


def saved_by(connection: Connection, rows: Rows) -> str | None:
    """The name of who saved one of some rows last; None where the newest entries tell of none."""
    people = User.__table__  # type: ignore[attr-defined]
    among = (
        and_(ENTRIES.c.subject == model.__tablename__, DETAILS.c.subject_id.in_(ids))
        for model, ids in rows.items()
    )
    newest = select(func.max(ENTRIES.c.seq)).scalar_subquery()
    last = (
        select(people.c.name, ENTRIES.c.actor_id)
        .select_from(ENTRIES)
        .join(DETAILS, DETAILS.c.seq == ENTRIES.c.seq)
        .outerjoin(people, people.c.id == ENTRIES.c.actor_id)
        .where(or_(false(), *among), ENTRIES.c.seq > newest - RECENT)
        .order_by(ENTRIES.c.seq.desc())
        .limit(1)
    )
    found = connection.execute(last).first()
    if found is None:
        return None
    return SYSTEM if found.actor_id is None else found.name


def changed(row: Row, *, gone: bool = False) -> Told | None:
    """What a flush did to a row, before and after; None if nothing differs."""
    state: InstanceState[Row] = inspect(row)
    changes: dict[str, list[object]] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        before = history.deleted[0] if history.deleted else None
        if gone:
            changes[attribute.key] = [getattr(row, attribute.key), None]
        elif history.added and history.added[0] != before:
            changes[attribute.key] = [before, history.added[0]]
    return Told.of(row.__dict__, differences(changes)) if changes else None


def differences(changes: Changes) -> str:
    """Fields with what they held before and hold now, as the trail keeps them."""
    pairs = (
        f"{_quoted(name)}:[{_json(name, before)},{_json(name, after)}]"
        for name, (before, after) in changes.items()
    )
    return f"{{{','.join(pairs)}}}"


def arrival(values: Mapping[str, Any]) -> str:
    """The fields of a row that is new, as the trail keeps them; empty ones say nothing."""
    parts = (_arrived(name, value) for name, value in values.items())
    return f"{{{','.join(filter(None, parts))}}}"


def told_of(model: type[Row], columns: Columns, same: Mapping[str, Any]) -> Told:
    """Rows that are new, each by what differs and all by what they hold alike.

    The first stands for the lot and contract of all.
    """
    rows = len(next(iter(columns.values())))
    first = {**{name: values[0] for name, values in columns.items()}, **same}
    if not model.in_trail:
        return Told(first, [], [], rows)
    if rows == 1:
        return Told.of(first, arrival(first))
    if model.told_together:
        return Told({**first, "id": None}, [None], [_together(columns, same)], rows)
    ids, texts = columns.get("id", [None] * rows), _arrivals(columns)
    if same:
        ids, texts = [None, *ids], [arrival(same), *texts]
    return Told(first, ids, texts, rows)


def _arrivals(columns: Columns) -> list[str]:
    """New rows, told column by column."""
    told = [_arrived_all(name, values) for name, values in columns.items()]
    return [f"{{{','.join(filter(None, parts))}}}" for parts in zip(*told, strict=True)]


def _arrived_all(name: str, values: Sequence[Any]) -> list[str]:
    written = _written(name, values)
    if written is None:
        return each(values, partial(_arrived, name))
    begin = f"{_quoted(name)}:[null,"
    return each(values, lambda value: f"{begin}{written(value)}]")


def _written(name: str, values: Sequence[Any]) -> Callable[[Any], str] | None:
    """How these values are written where they are of one type, as nearly all columns are."""
    kinds = set(map(type, values))
    if len(kinds) > 1 or values[0] is None or name in HIDDEN:
        return None
    return _WRITTEN.get(kinds.pop())


def _together(columns: Columns, same: Mapping[str, Any]) -> str:
    """Many rows as one: a field that differs among them with its value for each, in order."""
    alike = (_arrived(name, value) for name, value in same.items())
    return f"{{{','.join(filter(None, (*map(_of_all, columns, columns.values()), *alike)))}}}"


def _of_all(name: str, values: Sequence[Any]) -> str:
    if values.count(values[0]) == len(values):
        return _arrived(name, values[0])
    written = _written(name, values) or partial(_json, name)
    return f"{_quoted(name)}:[null,[{','.join(each(values, written))}]]"


def _arrived(name: str, value: object) -> str:
    return "" if value is None else f"{_quoted(name)}:[null,{_json(name, value)}]"


def verify(connection: Connection, since: int = 0) -> Verdict:
    """Name the first entry that was edited, removed or put out of order, of those after `since`.

    Walks the whole chain unless told to begin after an entry, which is then taken as it stands.
    """
    before = connection.scalar(select(ENTRIES.c.hash).where(ENTRIES.c.seq == since))
    previous, count = before or START, since
    with closing(_with_details(connection.execution_options(yield_per=1000), since)) as found:
        for entry, digests in found:
            count += 1
            if why := _fault(entry, digests, count, previous):
                return Verdict(count, count, why)
            previous = entry["hash"]
    return Verdict(count)


def _fault(entry: Mapping[str, Any], digests: list[str] | None, count: int, previous: str) -> str:
    if entry["seq"] != count:
        return "An entry is missing here."
    if entry["previous"] != previous:
        return "This entry does not follow the one before it."
    if _link(entry) != entry["hash"]:
        return "This entry was changed after it was written."
    if digests is None or _digest(digests) != entry["digest"]:
        return "What this entry says was held was changed."
    return ""


def _with_details(
    connection: Connection, since: int
) -> Generator[tuple[dict[str, Any], list[str] | None], None, None]:
    told = select(DETAILS).where(DETAILS.c.seq > since).order_by(DETAILS.c.seq, DETAILS.c.id)
    links = select(ENTRIES).where(ENTRIES.c.seq > since).order_by(ENTRIES.c.seq)
    with connection.execute(told) as all_told, connection.execute(links) as entries:
        details = iter(all_told)
        waiting = next(details, None)
        for entry in entries:
            digests: list[str] | None = []
            while waiting is not None and waiting.seq <= entry.seq:
                held = waiting.salt is None or (
                    _row_digest(waiting.salt, waiting.changes) == waiting.digest
                )
                if waiting.seq == entry.seq and held and digests is not None:
                    digests.append(waiting.digest)
                else:
                    digests = None
                waiting = next(details, None)
            yield dict(entry._mapping), digests


def _json(name: str, value: object) -> str:
    if name in HIDDEN:
        return '"…"'
    written = _WRITTEN.get(type(value))
    return written(value) if written else _quoted(_plain(value))


def _row_digest(salt: str, changes: str | None) -> str:
    return hashlib.sha256(f"{salt}{changes}".encode()).hexdigest()


def _digest(digests: Iterator[str] | Sequence[str]) -> str:
    total = hashlib.sha256()
    for digest in digests:
        total.update(digest.encode())
    return total.hexdigest()


def _link(entry: Mapping[str, Any]) -> str:
    said = json.dumps([entry[name] for name in HASHED], default=_plain, separators=(",", ":"))
    return hashlib.sha256(f"{entry['previous']}{said}".encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"The trail cannot hold {type(value).__name__}")


# By type, because a load tells hundreds of thousands of values.
_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    str: _quoted,
    int: str,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
    date: lambda value: f'"{value.isoformat()}"',
    datetime: lambda value: f'"{value.isoformat()}"',
}
