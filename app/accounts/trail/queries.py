"""The entries of the trail that concern whoever asks, and the views of one case."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.access.models import User, UserLot
from app.accounts.trail.rules import Fact, Names, act_in_words, facts_of, subject_in_words
from app.kernel.acts import Act
from app.kernel.days import LONDON
from app.work import trail
from app.work.models import TrailDetail, TrailEntry, View
from app.work.trail import Verdict
from app.work.uow import UnitOfWork

SIZE = 50
SOMEBODY = "Somebody else"
BEFORE_SIGN_IN = (Act.SIGN_IN, Act.PASSWORD_CHOOSE)
VIEWS = "views"
MOST_DETAILS = 3
MOST_VIEWS = 500
VERIFIED_AT_ONCE = 10_000
References = Callable[[Collection[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Wanted:
    """Which entries: any part may be left open; `before` is where an older page begins."""

    act: str = ""
    person: int | None = None
    case_id: int | None = None
    day: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Entry:
    """One link of the trail in words."""

    seq: int
    at: datetime
    who: str
    role: str
    act: str
    subject: str
    case_id: int | None
    reference: str
    rows: int
    changes: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True)
class Looked:
    """Somebody opened a case, or took a whole lot in an export."""

    at: datetime
    who: str
    what: str
    lot_id: int
    case_id: int | None


def list_entries(
    uow: UnitOfWork, wanted: Wanted, names: Names, references: References, size: int = SIZE
) -> tuple[list[Entry], int | None]:
    """A page of entries, newest first, and where the next older page begins, if there is one."""
    found = uow.session.exec(
        select(TrailEntry, User.name)
        .outerjoin(User, col(User.id) == TrailEntry.actor_id)
        .where(_in_sight(uow), *_wanted(wanted))
        .order_by(col(TrailEntry.seq).desc())
        .limit(size + 1)
    ).all()
    page = found[:size]
    cases = references({entry.case_id for entry, _ in page if entry.case_id is not None})
    names = replace(names, cases=cases)
    details = _details(uow, [entry.seq for entry, _ in page], names)
    viewers = _viewers(uow, [entry.seq for entry, _ in page if entry.subject == VIEWS], names)
    entries = [
        _entry(entry, name or viewers.get(entry.seq), details.get(entry.seq, ()), names)
        for entry, name in page
    ]
    return entries, (page[-1][0].seq if len(found) > size else None)


def list_views(uow: UnitOfWork, case_id: int) -> list[Looked]:
    """Who looked at a case, newest first; empty for a case of another lot."""
    return _looked(uow, MOST_VIEWS, View.case_id == case_id)


def list_views_of(uow: UnitOfWork, user_id: int) -> list[Looked]:
    """What somebody looked at in the actor's lots, newest first."""
    return _looked(uow, MOST_VIEWS, View.user_id == user_id)


def list_taken(uow: UnitOfWork, most: int) -> list[Looked]:
    """What was looked at or taken of a whole lot last."""
    return _looked(uow, most, col(View.case_id).is_(None))


def list_people(uow: UnitOfWork) -> list[tuple[int, str]]:
    """The people whose doings the actor may follow."""
    return [
        (user_id, name)
        for user_id, name in uow.session.exec(
            select(User.id, User.name).where(col(User.id).in_(_people(uow))).order_by(User.name)
        ).all()
        if user_id is not None
    ]


def verify(uow: UnitOfWork) -> tuple[int, Verdict]:
    """Whether the newest entries hold together, and after which entry the walk began."""
    last = uow.session.exec(select(func.max(TrailEntry.seq))).one() or 0
    since = max(0, last - VERIFIED_AT_ONCE)
    return since, trail.verify(uow.connection, since)


_LOOKED: tuple[Any, ...] = (View.at, User.name, View.what, View.lot_id, View.case_id)


def _looked(uow: UnitOfWork, most: int, which: Any) -> list[Looked]:
    found = uow.rows(
        select(*_LOOKED)
        .outerjoin(User, col(User.id) == View.user_id)
        .where(which)
        .order_by(col(View.id).desc())
        .limit(most)
    )
    return [Looked(at, name or "Nobody", what, *of) for at, name, what, *of in found]


def _people(uow: UnitOfWork) -> SelectOfScalar[int]:
    return select(UserLot.user_id).where(col(UserLot.contract_id).in_(uow.actor.contract_ids))


def _in_sight(uow: UnitOfWork) -> ColumnElement[bool]:
    """Entries of the actor's lots and contracts; of the rest, those about or by their people.

    About nobody that is known, as a try to sign in at an unknown address, is for every auditor.
    """
    lot, contract = col(TrailEntry.lot_id), col(TrailEntry.contract_id)
    subject, subject_id, by = (
        col(TrailEntry.subject),
        col(TrailEntry.subject_id),
        col(TrailEntry.actor_id),
    )
    people, contracts = _people(uow), uow.actor.contract_ids
    of_no_lot = or_(
        and_(subject == "users", or_(subject_id.in_(people), subject_id.is_(None))),
        and_(subject == "contracts", subject_id.in_(contracts)),
        and_(subject.not_in(("users", "contracts")), or_(by.in_(people), by.is_(None))),
    )
    return or_(
        lot.in_(uow.actor.lot_ids),
        and_(lot.is_(None), contract.in_(contracts)),
        and_(lot.is_(None), contract.is_(None), of_no_lot),
    )


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if wanted.act:
        parts.append(col(TrailEntry.act) == wanted.act)
    if wanted.person is not None:
        about = and_(
            col(TrailEntry.subject) == "users", col(TrailEntry.subject_id) == wanted.person
        )
        parts.append(or_(col(TrailEntry.actor_id) == wanted.person, about))
    if wanted.case_id is not None:
        parts.append(col(TrailEntry.case_id) == wanted.case_id)
    if wanted.day is not None:
        start = datetime.combine(wanted.day, time.min, LONDON)
        end = datetime.combine(wanted.day + timedelta(days=1), time.min, LONDON)
        parts += [col(TrailEntry.at) >= start, col(TrailEntry.at) < end]
    if wanted.before is not None:
        parts.append(col(TrailEntry.seq) < wanted.before)
    return parts


def _details(
    uow: UnitOfWork, seqs: Sequence[int], names: Names
) -> dict[int, list[tuple[Fact, ...]]]:
    """What the entries changed; of rows changed together only the first few are told."""
    place = func.row_number().over(partition_by=col(TrailDetail.seq), order_by=col(TrailDetail.id))
    numbered = (
        select(
            col(TrailDetail.seq).label("seq"),
            col(TrailDetail.changes).label("changes"),
            place.label("place"),
        )
        .where(col(TrailDetail.seq).in_(seqs))
        .subquery()
    )
    told: dict[int, list[tuple[Fact, ...]]] = {}
    for seq, changes in uow.session.execute(
        select(numbered.c.seq, numbered.c.changes)
        .where(numbered.c.place <= MOST_DETAILS)
        .order_by(numbered.c.seq, numbered.c.place)
    ).all():
        told.setdefault(seq, []).append(facts_of(changes, names))
    return told


def _viewers(uow: UnitOfWork, seqs: Sequence[int], names: Names) -> dict[int, str]:
    """Who looked, by entry: views are written together, by nobody, and each keeps its person."""
    viewers: dict[int, set[str]] = {}
    for seq, changes in uow.session.execute(
        select(TrailDetail.seq, TrailDetail.changes).where(
            col(TrailDetail.seq).in_(seqs), col(TrailDetail.changes).is_not(None)
        )
    ).all():
        _, user_id = json.loads(changes).get("user_id", (None, None))
        viewers.setdefault(seq, set()).add(names.people.get(user_id, SOMEBODY))
    return {seq: ", ".join(sorted(found)) for seq, found in viewers.items()}


def _entry(
    entry: TrailEntry, name: str | None, changes: Sequence[tuple[Fact, ...]], names: Names
) -> Entry:
    called = {"users": names.people, "cases": names.cases}.get(entry.subject, {})
    subject, number = subject_in_words(entry.subject), entry.subject_id
    return Entry(
        entry.seq,
        entry.at,
        name or _who(entry, names),
        entry.role.replace("_", " "),
        act_in_words(entry.act),
        f"{subject} {called.get(number, number)}" if number is not None else subject,
        entry.case_id,
        names.cases.get(entry.case_id or 0, ""),
        entry.rows,
        tuple(changes),
    )


def _who(entry: TrailEntry, names: Names) -> str:
    """Who acted without a name: whose account was tried, for one who had not signed in yet."""
    if entry.actor_id is not None:
        return SOMEBODY
    if entry.subject != "users" or entry.act not in BEFORE_SIGN_IN:
        return trail.SYSTEM
    person = names.people.get(entry.subject_id or 0)
    return f"Somebody as {person}" if person else "Somebody unknown"
