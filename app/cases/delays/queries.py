"""Reads of delays: the open ones, those of a case, the weekly sheet, and the days they cost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.delays import rules
from app.cases.delays.models import Delay, DelayReply
from app.cases.delays.rules import Ask, DelayReason, Lost, Reply
from app.cases.ladder import queries as ladder
from app.cases.ladder.queries import Matter, Reached
from app.cases.ladder.rules import standing
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.clock import Holder
from app.kernel.errors import NotFound
from app.kernel.labels import Labelled
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class DelayRow:
    """One delay with the case it holds up and who is to end it."""

    id: int
    case_id: int
    lot_id: int
    contract_id: int
    reference: str
    lot: str
    reason: DelayReason
    holder: Holder
    owner_id: int
    owner: str
    begins_on: date
    expected_end: date
    ask: Ask
    solution: str
    recorded_on: date | None
    asked_on: date | None
    ended_on: date | None
    version: int

    def days(self, today: date) -> int:
        """Calendar days lost until it ended, or until today."""
        return ((self.ended_on or today) - self.begins_on).days

    def is_late(self, today: date) -> bool:
        """Whether it was expected to have ended by now."""
        return self.ended_on is None and self.expected_end < today

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def waits_for_reply(self) -> bool:
        return self.is_open and self.asked_on is not None


_owner = aliased(User)
# A delay is over with its case, also before the night has written that down.
ENDED_ON = func.coalesce(col(Delay.ended_on), col(Case.ended_on))
IS_OPEN = and_(col(Delay.ended_on).is_(None), col(Case.ended_on).is_(None))
ASKS = col(Delay.asked_on).is_not(None)
_columns: tuple[Any, ...] = (
    Delay.id,
    Delay.case_id,
    Delay.lot_id,
    Case.contract_id,
    Case.reference,
    Lot.name,
    Delay.reason,
    Delay.holder,
    Delay.owner_id,
    _owner.name,
    Delay.begins_on,
    Delay.expected_end,
    Delay.ask,
    Delay.solution,
    Delay.recorded_on,
    Delay.asked_on,
    ENDED_ON,
    Delay.version,
)
_ROWS = (
    select(*_columns)
    .select_from(Delay)
    .join(Case, col(Case.id) == col(Delay.case_id))
    .join(Lot, col(Lot.id) == col(Delay.lot_id))
    .join(_owner, col(_owner.id) == col(Delay.owner_id))
)
_OPEN_OF = _ROWS.where(
    IS_OPEN, col(Delay.case_id).in_(bindparam("case_ids", expanding=True))
).order_by(col(Delay.begins_on), col(Delay.id))
_OF_CASE = _ROWS.where(col(Delay.case_id) == bindparam("case_id")).order_by(
    ENDED_ON.is_not(None), col(Delay.begins_on).desc(), col(Delay.id).desc()
)
_ONE = _ROWS.where(col(Delay.id) == bindparam("delay_id"))


def open_delays(uow: UnitOfWork, case_ids: Collection[int]) -> dict[int, list[DelayRow]]:
    """The delays that hold those cases up now, by case, the oldest first."""
    found: dict[int, list[DelayRow]] = {case_id: [] for case_id in case_ids}
    for row in uow.rows(_OPEN_OF, case_ids=list(case_ids)):
        found[row.case_id].append(DelayRow(*row))
    return found


def of_case(uow: UnitOfWork, case_id: int) -> list[DelayRow]:
    """Every delay of a case, the open ones first."""
    return [DelayRow(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


def find(uow: UnitOfWork, delay_id: int) -> DelayRow:
    """The delay, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_ONE, delay_id=delay_id).first()
    if row is None:
        raise NotFound
    return DelayRow(*row)


class Show(Labelled):
    """Which delays are listed."""

    OPEN = "open", "Open"
    LATE = "late", "Past their expected end"
    ASKED = "asked", "Waiting for the council’s reply"
    LOST = "lost", "Days lost lately"


@dataclass(frozen=True)
class DelayFilter:
    """Which delays: one state of the list, a lot, a reason, a holder, since a day."""

    show: Show = Show.OPEN
    lot: int | None = None
    reason: DelayReason | None = None
    holder: Holder | None = None
    since: date | None = None

    @classmethod
    def read(cls, words: Mapping[str, str], lots: Collection[int], since: date) -> "DelayFilter":
        """What a query string asks for; what it garbles is as if it were not asked."""
        show = next((one for one in Show if one == words.get("show")), Show.OPEN)
        return cls(
            show,
            next((lot for lot in lots if str(lot) == words.get("lot")), None),
            next((one for one in DelayReason if one == words.get("reason")), None),
            next((one for one in Holder if one == words.get("holder")), None),
            since if show is Show.LOST else None,
        )

    def url(self, page: int = 1, **other: Any) -> str:
        """The address of this list, or of another with some of its choices changed."""
        asked = {**vars(self), **other}
        words = {name: str(value) for name, value in asked.items() if value is not None}
        return "/delays?" + urlencode(words | ({"page": page} if page > 1 else {}))

    def criteria(self, today: date) -> list[ColumnElement[bool]]:
        """What a kept delay fulfils."""
        wanted: list[ColumnElement[bool]] = []
        if self.since is not None:
            wanted.append(or_(ENDED_ON.is_(None), self.since < ENDED_ON))
        else:
            wanted.append(IS_OPEN)
        if self.show is Show.LATE:
            wanted.append(col(Delay.expected_end) < today)
        if self.show is Show.ASKED:
            wanted.append(ASKS)
        for column, value in (
            (Delay.lot_id, self.lot),
            (Delay.reason, self.reason),
            (Delay.holder, self.holder),
        ):
            if value is not None:
                wanted.append(col(column) == value)
        return wanted


@lru_cache(maxsize=256)
def _listed(wanted: DelayFilter, today: date) -> tuple[Any, Any]:
    """The statements of a filter: how many, and one page."""
    kept = wanted.criteria(today)
    counted = select(func.count()).select_from(Delay)
    total = counted.join(Case, col(Case.id) == col(Delay.case_id)).where(*kept)
    rows = _ROWS.where(*kept).order_by(col(Delay.expected_end), col(Delay.id))
    return total, rows.limit(PAGE_SIZE).offset(bindparam("skip"))


def list_delays(
    uow: UnitOfWork, wanted: DelayFilter, page: str | int | None = 1
) -> paging.Slice[DelayRow]:
    """One page of delays, the earliest expected end first."""
    total, rows = _listed(wanted, uow.today)
    place = paging.place(page, total=int(uow.rows(total).scalar() or 0), size=PAGE_SIZE)
    found = uow.rows(rows, skip=place.offset)
    return paging.Slice.at(place, [DelayRow(*row) for row in found])


@dataclass(frozen=True)
class ReplyRow:
    """One answer of the council to a delay."""

    delay_id: int
    reply: Reply
    until: date | None
    note: str
    by: str | None
    at: datetime


_replies: tuple[Any, ...] = (
    DelayReply.delay_id,
    DelayReply.reply,
    DelayReply.until,
    DelayReply.note,
    User.name,
    DelayReply.at,
)
_REPLIES = (
    select(*_replies)
    .select_from(DelayReply)
    .outerjoin(User, col(User.id) == col(DelayReply.by_user_id))
    .where(col(DelayReply.delay_id).in_(bindparam("delay_ids", expanding=True)))
    .order_by(col(DelayReply.id))
)


def replies_to(uow: UnitOfWork, delay_ids: Collection[int]) -> dict[int, list[ReplyRow]]:
    """What was answered to each of those delays, the first answer first."""
    found: dict[int, list[ReplyRow]] = {delay_id: [] for delay_id in delay_ids}
    for row in uow.rows(_REPLIES, delay_ids=list(delay_ids)):
        found[row.delay_id].append(ReplyRow(*row))
    return found


# More than a weekly meeting reads; the rest is on the list of delays.
SHEET_MOST = 60
_ON_SHEET = (
    IS_OPEN,
    col(Delay.lot_id) == bindparam("lot"),
    or_(col(Delay.ask) != Ask.NOTHING, col(Delay.holder) == Holder.COUNCIL),
)
_SHEET = (
    _ROWS.where(*_ON_SHEET)
    .order_by(ASKS.desc(), col(Delay.begins_on), col(Delay.id))
    .limit(SHEET_MOST)
)
_SHEET_COUNT = (
    select(func.count())
    .select_from(Delay)
    .join(Case, col(Case.id) == col(Delay.case_id))
    .where(*_ON_SHEET)
)


@dataclass(frozen=True)
class Sheet:
    """What a lot's District Manager is asked this week: delays, and what she replied so far."""

    rows: list[DelayRow]
    replies: dict[int, list[ReplyRow]]
    total: int

    @property
    def waiting(self) -> int:
        """How many of the rows shown wait for a reply."""
        return sum(row.waits_for_reply for row in self.rows)


def sheet(uow: UnitOfWork, lot: int) -> Sheet:
    """The open delays of a lot that the council holds or is asked about, unanswered ones first."""
    rows = [DelayRow(*row) for row in uow.rows(_SHEET, lot=lot)]
    total = int(uow.rows(_SHEET_COUNT, lot=lot).scalar() or 0)
    return Sheet(rows, replies_to(uow, [row.id for row in rows]), total)


_lost: tuple[Any, ...] = (Delay.lot_id, Delay.reason, Delay.holder, Delay.begins_on)
# Those that have ended come from their index alone; only of the open ones is the case asked.
_LOST_ENDED = (
    select(*_lost, col(Delay.ended_on), func.count())
    .where(col(Delay.ended_on) > bindparam("since"))
    .group_by(*_lost, col(Delay.ended_on))
)
_LOST_OPEN = (
    select(*_lost, col(Case.ended_on), func.count())
    .select_from(Delay)
    .join(Case, col(Case.id) == col(Delay.case_id))
    .where(
        col(Delay.ended_on).is_(None),
        or_(col(Case.ended_on).is_(None), col(Case.ended_on) > bindparam("since")),
    )
    .group_by(*_lost, col(Case.ended_on))
)


def list_lost(uow: UnitOfWork, since: date, lot: int | None = None) -> list[Lost]:
    """The delays that cost days after a day, counted together where they are equal."""
    found = [
        Lost(*row)
        for statement in (_LOST_ENDED, _LOST_OPEN)
        for row in uow.rows(statement, since=since)
    ]
    return [one for one in found if lot in (None, one.lot_id)]


def matter_of(delay: DelayRow) -> Matter:
    """The delay as a matter for the ladder: extended, it is another."""
    return Matter(delay.case_id, delay.id, delay.expected_end)


def standings(uow: UnitOfWork, delays: Collection[DelayRow]) -> dict[int, Reached]:
    """Those of some delays that stand on the ladder today, by delay."""
    late = [delay for delay in delays if delay.is_late(uow.today)]
    steps = ladder.steps(uow, sorted({delay.case_id for delay in late}))
    terms = {
        one: (contract.waiting(uow, one).answer_days, contract.calendar(uow, one))
        for one in {delay.contract_id for delay in late}
    }
    found: dict[int, Reached] = {}
    for delay in late:
        matter = matter_of(delay)
        own = steps.get(matter, ())
        first, last = rules.escalates_on(delay.expected_end), ladder.last_answer(own)
        stands = standing(first, *terms[delay.contract_id], uow.today, last)
        if stands:
            read = ladder.is_acknowledged(own, stands)
            found[delay.id] = Reached(matter, delay.lot_id, stands, read)
    return found


_LATE = _ROWS.where(IS_OPEN, col(Delay.expected_end) < bindparam("today")).order_by(col(Delay.id))


def list_escalated(uow: UnitOfWork) -> list[Reached]:
    """Every delay that stands on the ladder today; reads all late ones, for the night."""
    late = [DelayRow(*row) for row in uow.rows(_LATE, today=uow.today)]
    return list(standings(uow, late).values())
