"""Whole contracts, table by table: out of the database, into an empty one, and out for good."""

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    String,
    Table,
    Text,
    and_,
    case,
    delete,
    false,
    func,
    insert,
    null,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import AutoString

from app.db.registry import load_models
from app.db.tables import Row

# What only the running of an installation needs, and what opens doors: neither ever leaves.
HOUSEKEEPING = frozenset(
    {"sign_in_sessions", "sign_in_tries", "one_time_links", "outbox", "used_keys"}
)
TRAIL, DETAILS, PEOPLE = "trail", "trail_details", "users"
CASES, VIEWS = "cases", "views"
# Text as long as this holds words of one's own; what is shorter are names and codes.
FREE = 200
BATCH = 1_000


@dataclass(frozen=True)
class Whose:
    """A contract with its lots, and the last entry of the trail that counts."""

    contract_id: int
    lot_ids: frozenset[int]
    trail_to: int
    # Whether it is the only contract here, so that entries of no contract are its own.
    alone: bool


def whose(connection: Connection, contract_id: int) -> Whose:
    """The contract as it stands now."""
    lots, trail, contracts = _table("lots"), _table(TRAIL), _table("contracts")
    own = connection.execute(select(lots.c.id).where(lots.c.contract_id == contract_id))
    head = connection.scalar(select(func.max(trail.c.seq)))
    number = connection.scalar(select(func.count()).select_from(contracts))
    return Whose(contract_id, frozenset(own.scalars()), int(head or 0), number == 1)


def names() -> list[str]:
    """Every table that goes back to the council, each after those it refers to."""
    return [table.name for table in _all() if _goes_back(table)]


def columns_of(name: str) -> list[str]:
    return [column.name for column in _table(name).columns]


def rows_of(connection: Connection, name: str, own: Whose) -> Iterator[dict[str, Any]]:
    """The contract's rows of a table in the order of their keys, as JSON can say them."""
    statement = _reading(connection, _table(name), own)
    found = connection.execute(statement, execution_options={"yield_per": BATCH})
    for row in found.mappings():
        yield {column: _plain(value) for column, value in row.items()}


@dataclass(frozen=True)
class About:
    """One case of a contract, by its row and by the council's reference."""

    case_id: int
    reference: str
    own: Whose


def names_about() -> list[str]:
    """Every table that may hold rows about one case, the looks at it and its trail among them."""
    return [table.name for table in _all() if _tells_of_cases(table)]


def rows_about(connection: Connection, name: str, about: About) -> list[dict[str, Any]]:
    """The rows of a table that belong to one case, in the order of their keys."""
    table = _table(name)
    statement = select(table).where(_of_case(table, about)).order_by(*table.primary_key.columns)
    found = connection.execute(statement).mappings()
    return [{column: _plain(value) for column, value in row.items()} for row in found]


def named_in(name: str, rows: Iterable[Mapping[str, Any]], of: str) -> set[int]:
    """The ids of the rows of another table, as of people, that rows of a table refer to."""
    referring = [
        column.name
        for column in _table(name).columns
        if any(key.column.table.name == of for key in column.foreign_keys)
    ]
    found = {row[column] for row in rows for column in referring}
    return {int(one) for one in found if one is not None}


def words_in(name: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns in which somebody wrote words of their own into one of these rows."""
    free = [
        column.name
        for column in _table(name).columns
        if type(column.type) in (String, AutoString, Text)
        and (getattr(column.type, "length", None) or FREE) >= FREE
        and not column.name.endswith("hash")
    ]
    return [one for one in free if any(row[one] for row in rows)]


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever done in this database."""
    return connection.scalar(select(func.count()).select_from(_table(TRAIL))) == 0


def restore(connection: Connection, name: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Put rows back as they were given out; how many they are."""
    table, left, number = _table(name), iter(rows), 0
    kinds = {column.name: _kind(column.type) for column in table.columns}
    while batch := [_as_kept(row, kinds) for row in islice(left, BATCH)]:
        connection.execute(insert(table), batch)
        number += len(batch)
    _move_sequence(connection, table)
    return number


def names_to_erase(kept: Collection[str]) -> frozenset[str]:
    """The tables that an erasure empties of a contract's rows."""
    return frozenset(table.name for table in _erasable(kept))


def erase(connection: Connection, own: Whose, kept: Collection[str]) -> dict[str, int]:
    """Delete a contract's rows but those of the tables kept; how many of each table.

    What its trail's entries held goes too, their digests stay, so that the chain still holds.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    people, workers = _table(PEOPLE), _table("practitioners")
    own_workers = select(workers.c.id).where(workers.c.contract_id == own.contract_id)
    connection.execute(
        update(people).where(people.c.practitioner_id.in_(own_workers)).values(practitioner_id=None)
    )
    counts = {}
    for table in _erasable(kept):
        mine = _mine(table, own)
        if among := dict.fromkeys(_among_themselves(table)):
            connection.execute(update(table).where(mine).values(among))
        counts[table.name] = connection.execute(delete(table).where(mine)).rowcount
    details, entries = _table(DETAILS), _table(TRAIL)
    told = select(entries.c.seq).where(_told_of(entries, own))
    blanked = connection.execute(
        update(details)
        .where(details.c.seq.in_(told), details.c.salt.is_not(None))
        .values(salt=None, changes=None)
    )
    counts[DETAILS] = blanked.rowcount
    return {name: number for name, number in counts.items() if number}


def scrub(engine: Engine) -> None:
    """Leave no bytes of deleted rows in the database's own files."""
    if engine.dialect.name == "sqlite":
        raw: Any = engine.raw_connection()
        try:
            for order in ("PRAGMA secure_delete=ON", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                raw.driver_connection.execute(order).fetchall()
        finally:
            raw.close()
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for limit in ("statement_timeout", "lock_timeout"):
            connection.execute(text(f"SET {limit} = 0"))
        connection.execute(text("VACUUM FULL"))


def has_changed(connection: Connection, own: Whose, since: int, but: Collection[str]) -> bool:
    """Whether an entry of the contract's trail came after one, those of some acts left out."""
    entries = _table(TRAIL)
    later = entries.c.seq > since, _told_of(entries, own), entries.c.act.not_in(but)
    return connection.execute(select(entries.c.seq).where(*later).limit(1)).first() is not None


def trail_head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last entry."""
    entries = _table(TRAIL)
    last = select(entries.c.seq, entries.c.hash).order_by(entries.c.seq.desc()).limit(1)
    seq, digest = connection.execute(last).one()
    return int(seq), str(digest)


# How it is done


def _all() -> list[Table]:
    load_models()
    return list(Row.metadata.sorted_tables)


def _table(name: str) -> Table:
    load_models()
    return Row.metadata.tables[name]


def _goes_back(table: Table) -> bool:
    return table.name not in HOUSEKEEPING and "token_hash" not in table.c


def _erasable(kept: Collection[str]) -> list[Table]:
    """Each table to empty of a contract's rows, those that refer to others first."""
    scoped = [table for table in _all() if "lot_id" in table.c or "contract_id" in table.c]
    keep = {*kept, TRAIL, "user_lots"}
    return [table for table in reversed(scoped) if table.name not in keep]


def _among_themselves(table: Table) -> list[str]:
    """The columns by which rows of a table refer to others of it, which has no order to delete."""
    return [
        column.name
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def _tells_of_cases(table: Table) -> bool:
    to_a_case = any(key.column.table.name == CASES for key in table.foreign_keys)
    return to_a_case or table.name in (CASES, TRAIL, DETAILS, VIEWS)


def _of_case(table: Table, about: About) -> ColumnElement[bool]:
    if table.name == CASES:
        return table.c.id == about.case_id
    if table.name in (TRAIL, VIEWS):
        return table.c.case_id == about.case_id
    if table.name == DETAILS:
        entries = _table(TRAIL)
        return table.c.seq.in_(select(entries.c.seq).where(entries.c.case_id == about.case_id))
    keys = [key.parent for key in table.foreign_keys if key.column.table.name == CASES]
    found = [key == about.case_id for key in keys]
    if "reference" in table.c:
        # Typed by somebody and never matched to the case.
        found.append(and_(table.c.reference == about.reference, _mine(table, about.own)))
    return or_(*found)


def _mine(table: Table, own: Whose) -> ColumnElement[bool]:
    if "lot_id" in table.c:
        return table.c.lot_id.in_(sorted(own.lot_ids))
    return table.c.contract_id == own.contract_id


def _told_of(entries: Table, own: Whose) -> ColumnElement[bool]:
    """Entries that tell of the contract's own rows."""
    of_lot = entries.c.lot_id.in_(sorted(own.lot_ids))
    return or_(of_lot, entries.c.contract_id == own.contract_id)


def _reading(connection: Connection, table: Table, own: Whose) -> Select[*tuple[Any, ...]]:
    keys = list(table.primary_key.columns)
    if table.name == TRAIL:
        return select(table).where(table.c.seq <= own.trail_to).order_by(table.c.seq)
    if table.name == DETAILS:
        return _details(table, own)
    if table.name == PEOPLE:
        return _people(connection, table, own).order_by(*keys)
    if table.name == "contracts":
        return select(table).where(table.c.id == own.contract_id)
    return select(table).where(_mine(table, own)).order_by(*keys)


def _details(details: Table, own: Whose) -> Select[*tuple[Any, ...]]:
    """What the trail's entries held; of other contracts' the digest alone."""
    entries = _table(TRAIL)
    nobodys = and_(entries.c.lot_id.is_(None), entries.c.contract_id.is_(None))
    mine = or_(_told_of(entries, own), and_(nobodys, true() if own.alone else false()))
    held = {name: case((mine, details.c[name]), else_=null()) for name in ("salt", "changes")}
    return (
        select(*(held.get(one.name, one).label(one.name) for one in details.columns))
        .join(entries, entries.c.seq == details.c.seq)
        .where(details.c.seq <= own.trail_to)
        .order_by(details.c.id)
    )


def _people(connection: Connection, people: Table, own: Whose) -> Select[*tuple[Any, ...]]:
    """Whoever sees the contract or did something in it, without what lets them in."""
    entries = _table(TRAIL)
    acted = select(entries.c.actor_id).where(_told_of(entries, own)).distinct()
    named = {one for one in connection.execute(acted).scalars() if one is not None}
    for table in _all():
        if not _goes_back(table) or table.name in (PEOPLE, TRAIL, DETAILS, "contracts"):
            continue
        for column in table.columns:
            if any(key.column.table is people for key in column.foreign_keys):
                found = connection.execute(select(column).where(_mine(table, own)).distinct())
                named |= {one for one in found.scalars() if one is not None}
    workers = _table("practitioners")
    here = select(workers.c.id).where(workers.c.contract_id == own.contract_id)
    told: dict[str, Any] = {
        "password_hash": null(),
        "practitioner_id": case((people.c.practitioner_id.in_(here), people.c.practitioner_id)),
    }
    columns = (told.get(one.name, one).label(one.name) for one in people.columns)
    return select(*columns).where(people.c.id.in_(sorted(named)))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _kind(of: Any) -> type:
    plain: Any = of.impl if isinstance(of, TypeDecorator) else of
    found: type = plain.python_type
    return found


def _as_kept(row: Mapping[str, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    return {name: _kept(value, kinds[name]) for name, value in row.items()}


def _kept(value: Any, kind: type) -> Any:
    if value is None:
        return None
    if kind in (date, datetime):
        return _day_or_instant(kind, value)
    return base64.b64decode(value) if kind is bytes else value


def _day_or_instant(kind: Any, value: str) -> date:
    found: date = kind.fromisoformat(value)
    return found


def _move_sequence(connection: Connection, table: Table) -> None:
    """Rows that come with their ids leave PostgreSQL's sequence behind."""
    keys: Sequence[Any] = list(table.primary_key.columns)
    if connection.dialect.name == "postgresql" and [key.name for key in keys] == ["id"]:
        highest = connection.scalar(select(func.max(keys[0])))
        if highest:
            moved = text("SELECT setval(pg_get_serial_sequence(:t, 'id'), :n)")
            connection.execute(moved, {"t": table.name, "n": highest})
