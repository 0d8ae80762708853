"""The trail: every changed row becomes a link of a hash chain, written with the change itself."""

import hashlib
import json
import secrets
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, insert, inspect, select
from sqlalchemy.orm import InstanceState
from sqlmodel import Session

from app.access.actor import Actor
from app.db.tables import Row
from app.kernel.acts import Act
from app.work.models import TrailDetail, TrailEntry

START = "0" * 64
HIDDEN = frozenset({"password_hash", "token_hash"})
ENTRIES, DETAILS = TrailEntry.__table__, TrailDetail.__table__  # type: ignore[attr-defined]
HASHED = [c.name for c in ENTRIES.columns if c.name not in {"previous", "hash"}]

Changes = Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class Changed:
    """One changed row, or a set of rows of one table loaded together."""

    subject: str
    subject_id: int | None
    case_id: int | None
    lot_id: int | None
    contract_id: int | None
    details: Sequence[tuple[int | None, Changes]]


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds; else the first entry that does not and why."""

    entries: int
    broken_at: int | None = None
    why: str = ""

    @property
    def ok(self) -> bool:
        return self.broken_at is None


def changed(row: Row, *, gone: bool = False) -> Changed | None:
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
    if not changes:
        return None
    return described(type(row), row.__dict__, [(getattr(row, "id", None), changes)])


def described(
    model: type[Row], values: Mapping[str, Any], details: Sequence[tuple[int | None, Changes]]
) -> Changed:
    """Says where a change belongs: its table, and the case, lot and contract it concerns."""
    table = str(model.__tablename__)
    alone = len(details) == 1
    subject_id = details[0][0] if alone else None
    case_id = subject_id if table == "cases" else values.get("case_id")
    return Changed(
        table,
        subject_id,
        case_id if alone else None,
        values.get("lot_id"),
        values.get("contract_id"),
        details,
    )


def write(
    session: Session, act: Act, actor: Actor, now: datetime, changes: Sequence[Changed]
) -> None:
    """Add one chained entry for each change, with what it held before and after beside it."""
    head = session.execute(
        select(ENTRIES.c.seq, ENTRIES.c.hash).order_by(ENTRIES.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (head.seq, head.hash) if head else (0, START)
    entries, details = [], []
    for change in changes:
        seq += 1
        rows = [_detail(seq, subject_id, held) for subject_id, held in change.details]
        entry = {
            "seq": seq,
            "at": now,
            "actor_id": actor.user_id,
            "role": actor.role.value if actor.role else "",
            "act": act.value,
            "subject": change.subject,
            "subject_id": change.subject_id,
            "case_id": change.case_id,
            "lot_id": change.lot_id,
            "contract_id": change.contract_id,
            "rows": len(rows),
            "digest": _digest(row["digest"] for row in rows),
            "previous": previous,
        }
        entry["hash"] = previous = _link(entry)
        entries.append(entry)
        details.extend(rows)
    session.execute(insert(ENTRIES), entries)
    if details:
        session.execute(insert(DETAILS), details)


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


def _detail(seq: int, subject_id: int | None, held: Changes) -> dict[str, Any]:
    salt = secrets.token_hex(16)
    shown = {name: ["…", "…"] if name in HIDDEN else list(pair) for name, pair in held.items()}
    text = json.dumps(shown, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return {
        "seq": seq,
        "subject_id": subject_id,
        "salt": salt,
        "changes": text,
        "digest": _row_digest(salt, text),
    }


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
