"""Reads of packs: one as it would be today, what was issued, and what waits to be."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.access.roles import Role
from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.kernel import paging
from app.kernel.errors import NotFound
from app.reports.packs import rules
from app.reports.packs.models import Pack, PackDraft, PackEdition, PackReceipt, PackSchedule
from app.reports.packs.rules import Day, Kind, readable
from app.reports.sections import packed
from app.reports.sections.packed import Maker, Said
from app.reports.sections.rules import Audience, Content, Period, read
from app.reports.sections.scene import Scene
from app.work.together import OneRow
from app.work.uow import UnitOfWork

PAGE_SIZE = 20
_MAKERS: Mapping[Kind, tuple[Maker, ...]] = {
    Kind.WEEKLY: packed.WEEKLY,
    Kind.PERFORMANCE: packed.PERFORMANCE,
    Kind.FORTNIGHTLY: packed.FORTNIGHTLY,
    Kind.MONTHLY: packed.MONTHLY,
    Kind.FINAL: packed.FINAL,
}


@dataclass(frozen=True)
class About:
    """What a pack is about; the whole contract where no lot is given."""

    kind: Kind
    contract_id: int
    lot_id: int | None
    period: Period


@dataclass(frozen=True)
class PackView:
    """One issue with who issued it and who received it; `is_latest` of its number's revisions."""

    id: int
    contract_id: int
    contract: str
    kind: Kind
    lot_id: int | None
    lot: str | None
    number: int
    revision: int
    starts_on: date
    ends_on: date
    changed: str
    as_at: datetime
    issued_by: str | None
    issued_at: datetime
    received_by: str | None
    received_at: datetime | None

    @property
    def name(self) -> str:
        again = f", issue {self.revision}" if self.revision > 1 else ""
        return f"Pack {self.number}{again}"

    @property
    def title(self) -> str:
        lot = f", {self.lot}" if self.lot else ""
        return f"{self.name}: {self.kind.label}{lot}"

    def file_name(self, audience: Audience) -> str:
        """What its files are called, so that nobody sends out one that is for others."""
        return f"pack-{self.number}-{self.revision}-{self.ends_on.isoformat()}-{audience.value}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class EditionView:
    """One edition of an issue: for whom, and the digest that seals it."""

    audience: Audience
    digest: str


@dataclass(frozen=True)
class DraftView:
    """A pack that waits for a named person."""

    id: int
    contract_id: int
    contract: str
    kind: Kind
    lot_id: int | None
    lot: str | None
    starts_on: date
    ends_on: date
    remarks: str
    decisions: str
    made_by: str | None
    made_at: datetime
    edited_by: str | None
    edited_at: datetime | None
    again: int | None
    version: int

    @property
    def about(self) -> About:
        return About(self.kind, self.contract_id, self.lot_id, Period(self.starts_on, self.ends_on))

    @property
    def said(self) -> Said:
        return Said(self.remarks, self.decisions, self.edited_by or "")


def build(uow: UnitOfWork, about: About, audience: Audience, said: Said | None = None) -> Content:
    """A pack as it is at this moment, for one audience; reads no more than its own lots."""
    agreed = contract.find_contract(uow, about.contract_id)
    lots = {
        lot.id or 0: lot.name
        for lot in contract.list_lots(uow)
        if lot.contract_id == about.contract_id and about.lot_id in (None, lot.id)
    }
    if not lots:
        raise NotFound
    scene = Scene(uow, agreed, lots, about.period, audience, whole=about.lot_id is None)
    makers = packed.PUBLIC if audience is Audience.PUBLIC else _MAKERS[about.kind]
    of = f"Lot {next(iter(lots.values()))}" if about.lot_id else "All lots"
    return packed.laid_out(scene, about.kind.label, of, makers, said or Said())


_ISSUER, _RECEIVER = aliased(User), aliased(User)
_PACK: tuple[Any, ...] = (
    Pack.id,
    Pack.contract_id,
    Contract.name,
    Pack.kind,
    Pack.of_lot_id,
    Lot.name,
    Pack.number,
    Pack.revision,
    Pack.starts_on,
    Pack.ends_on,
    Pack.changed,
    Pack.as_at,
    _ISSUER.name,
    Pack.issued_at,
    _RECEIVER.name,
    PackReceipt.at,
)
_KINDS = col(Pack.kind).in_(bindparam("kinds", expanding=True))
_PACKS = (
    select(*_PACK)
    .select_from(Pack)
    .join(Contract, col(Contract.id) == col(Pack.contract_id))
    .outerjoin(_ISSUER, col(_ISSUER.id) == col(Pack.issued_by))
    .outerjoin(Lot, col(Lot.id) == col(Pack.of_lot_id))
    .outerjoin(PackReceipt, col(PackReceipt.pack_id) == col(Pack.id))
    .outerjoin(_RECEIVER, col(_RECEIVER.id) == col(PackReceipt.by_user_id))
    .where(_KINDS)
    .order_by(col(Pack.id).desc())
)
_TOTAL = select(func.count()).select_from(Pack).where(_KINDS)
_ONE_PAGE = _PACKS.limit(PAGE_SIZE).offset(bindparam("skip"))
_ONE = _PACKS.where(col(Pack.id) == bindparam("pack_id"))
_REVISIONS = _PACKS.where(
    col(Pack.contract_id) == bindparam("contract_id"), col(Pack.number) == bindparam("number")
)
_BEFORE = _PACKS.where(
    col(Pack.contract_id) == bindparam("contract_id"),
    col(Pack.kind) == bindparam("kind"),
    func.coalesce(col(Pack.of_lot_id), 0) == bindparam("lot"),
    col(Pack.number) < bindparam("number"),
).limit(1)
_EDITIONS = (
    select(col(PackEdition.audience), col(PackEdition.digest))
    .where(col(PackEdition.pack_id) == bindparam("pack_id"))
    .order_by(col(PackEdition.id))
)
_CONTENT = select(col(PackEdition.content), col(PackEdition.digest)).where(
    col(PackEdition.pack_id) == bindparam("pack_id"),
    col(PackEdition.audience) == bindparam("audience"),
)


@dataclass(frozen=True)
class Waiting:
    """Drafts that nobody issued yet, and issues that the council has not received."""

    drafts: int
    unreceived: int


_LATER = aliased(Pack)
_SUPERSEDED = (
    select(col(_LATER.id))
    .where(
        col(_LATER.contract_id) == col(Pack.contract_id),
        col(_LATER.number) == col(Pack.number),
        col(_LATER.revision) > col(Pack.revision),
    )
    .exists()
)
_OF_PERIOD = _PACKS.where(
    col(Pack.contract_id) == bindparam("contract_id"),
    col(Pack.kind) == bindparam("kind"),
    col(Pack.starts_on) <= bindparam("ends_on"),
    col(Pack.ends_on) >= bindparam("starts_on"),
    ~_SUPERSEDED,
)
_RECEIVED = select(col(PackReceipt.id)).where(col(PackReceipt.pack_id) == col(Pack.id)).exists()
WAITING = OneRow(
    select(
        select(func.count())
        .select_from(PackDraft)
        .where(col(PackDraft.issued_at).is_(None))
        .scalar_subquery(),
        select(func.count()).select_from(Pack).where(~_RECEIVED, ~_SUPERSEDED).scalar_subquery(),
    ),
    Waiting,
)
"""What waits for somebody in the actor's contracts."""


def list_issued(uow: UnitOfWork, page: int | str | None = 1) -> paging.Slice[PackView]:
    """One page of the issues that the actor may read, the latest first."""
    kinds = _kinds(uow.actor.role)
    total = int(uow.rows(_TOTAL, kinds=kinds).scalar_one())
    place = paging.place(page, total=total, size=PAGE_SIZE)
    found = uow.rows(_ONE_PAGE, kinds=kinds, skip=place.offset)
    return paging.Slice.at(place, [PackView(*row) for row in found])


def find_issue(uow: UnitOfWork, pack_id: int) -> PackView:
    """One issue, or NotFound when it is absent or not for the actor."""
    row = uow.rows(_ONE, kinds=_kinds(uow.actor.role), pack_id=pack_id).first()
    if row is None:
        raise NotFound
    return PackView(*row)


def revisions_of(uow: UnitOfWork, one: PackView) -> list[PackView]:
    """Every issue of a pack's number, the latest first."""
    kinds = _kinds(uow.actor.role)
    asked = {"contract_id": one.contract_id, "number": one.number}
    return [PackView(*row) for row in uow.rows(_REVISIONS, kinds=kinds, **asked)]


def issue_before(uow: UnitOfWork, one: PackView) -> PackView | None:
    """The last issue of the same kind and lot under a lower number."""
    row = uow.rows(
        _BEFORE,
        kinds=_kinds(uow.actor.role),
        contract_id=one.contract_id,
        kind=one.kind,
        lot=one.lot_id or 0,
        number=one.number,
    ).first()
    return PackView(*row) if row else None


def issues_about(uow: UnitOfWork, contract_id: int, kind: Kind, period: Period) -> list[PackView]:
    """The last issue of each lot's pack of a kind that tells of a period's days already.

    To correct it is to issue it again. A pack about the whole contract has no lot.
    """
    found = uow.rows(
        _OF_PERIOD,
        kinds=_kinds(uow.actor.role),
        contract_id=contract_id,
        kind=kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )
    issues = [PackView(*row) for row in found]
    return [one for one in issues if rules.tells_again(kind, period, one.period)]


def editions_of(uow: UnitOfWork, one: PackView) -> list[EditionView]:
    """The editions of an issue that the actor may read."""
    may = readable(uow.actor.role)
    return [
        EditionView(*row)
        for row in uow.rows(_EDITIONS, pack_id=one.id)
        if (one.kind, row.audience) in may
    ]


def read_edition(uow: UnitOfWork, one: PackView, audience: Audience) -> Content:
    """What an edition says, or NotFound where it is not for the actor.

    ValueError where its text no longer gives the digest that it was sealed with.
    """
    if (one.kind, audience) not in readable(uow.actor.role):
        raise NotFound
    row = uow.rows(_CONTENT, pack_id=one.id, audience=audience).first()
    if row is None:
        raise NotFound
    if hashlib.sha256(row.content.encode()).hexdigest() != row.digest:
        raise ValueError(f"Pack {one.id} is not what was issued.")
    return read(row.content)


def _kinds(role: Role | None) -> list[Kind]:
    return sorted({kind for kind, _ in readable(role)})


_MAKER, _EDITOR = aliased(User), aliased(User)
_DRAFT: tuple[Any, ...] = (
    PackDraft.id,
    PackDraft.contract_id,
    Contract.name,
    PackDraft.kind,
    PackDraft.of_lot_id,
    Lot.name,
    PackDraft.starts_on,
    PackDraft.ends_on,
    PackDraft.remarks,
    PackDraft.decisions,
    _MAKER.name,
    PackDraft.made_at,
    _EDITOR.name,
    PackDraft.edited_at,
    PackDraft.again,
    PackDraft.version,
    Contract.ends_on,
)
_DRAFTS = (
    select(*_DRAFT)
    .select_from(PackDraft)
    .join(Contract, col(Contract.id) == col(PackDraft.contract_id))
    .outerjoin(Lot, col(Lot.id) == col(PackDraft.of_lot_id))
    .outerjoin(_MAKER, col(_MAKER.id) == col(PackDraft.made_by))
    .outerjoin(_EDITOR, col(_EDITOR.id) == col(PackDraft.edited_by))
    .where(col(PackDraft.issued_at).is_(None))
    .order_by(col(PackDraft.id))
)
_ONE_DRAFT = _DRAFTS.where(col(PackDraft.id) == bindparam("draft_id"))
_SCHEDULES = select(PackSchedule).order_by(col(PackSchedule.contract_id), col(PackSchedule.kind))


def list_drafts(uow: UnitOfWork) -> list[DraftView]:
    """What waits to be issued in the actor's contracts, the first one first."""
    return [_draft(uow, *row) for row in uow.rows(_DRAFTS)]


def find_draft(uow: UnitOfWork, draft_id: int) -> DraftView:
    """One draft, or NotFound when it is absent, issued or not the actor's."""
    row = uow.rows(_ONE_DRAFT, draft_id=draft_id).first()
    if row is None:
        raise NotFound
    return _draft(uow, *row)


def _draft(uow: UnitOfWork, *columns: Any) -> DraftView:
    """A draft as it would be issued today: a final report tells of all the days until then."""
    *kept, last = columns
    view = DraftView(*kept)
    if view.kind is Kind.FINAL and view.again is None:
        return replace(view, ends_on=min(uow.today, last))
    return view


def list_schedules(uow: UnitOfWork) -> list[PackSchedule]:
    """On which days the packs of the actor's contracts are drafted by themselves."""
    return list(uow.session.scalars(_SCHEDULES))


def day_of(row: PackSchedule) -> Day:
    return Day(row.weekday, row.month_day)


def last_number(uow: UnitOfWork, contract_id: int) -> int:
    """The highest number of a contract's packs; 0 before the first."""
    highest = select(func.max(col(Pack.number))).where(col(Pack.contract_id) == contract_id)
    return int(uow.session.scalar(highest) or 0)


def last_revision(uow: UnitOfWork, contract_id: int, number: int) -> int:
    """The last revision of a number."""
    highest = select(func.max(col(Pack.revision))).where(
        col(Pack.contract_id) == contract_id, col(Pack.number) == number
    )
    return int(uow.session.scalar(highest) or 0)
