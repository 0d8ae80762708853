"""Reads of what waits for whose decision, and of the digests that told them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.access.models import User
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.queries import IS_OUT
from app.agreements.reminders.models import Digest
from app.agreements.reminders.rules import Waits
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.models import Contract
from app.kernel.days import london_date
from app.work.uow import UnitOfWork

MOST_SHOWN = 30


@dataclass(frozen=True)
class DigestView:
    """One digest as both sides see it."""

    name: str
    sent_at: datetime
    waiting: int
    late: int


_OUT = (
    select(
        col(Proposal.id),
        col(Proposal.lot_id),
        col(Case.contract_id),
        col(Proposal.proposed_at),
        col(Proposal.chased),
        col(Contract.decide_within_days),
        col(Contract.chase_most),
    )
    .select_from(Proposal)
    .join(Case, col(Case.id) == Proposal.case_id)
    .join(Contract, col(Contract.id) == Case.contract_id)
    .where(IS_OUT)
    .order_by(col(Proposal.id))
)
_LAST = (
    select(col(Digest.user_id), func.max(Digest.sent_at), func.max(Digest.sent_on))
    .where(col(Digest.contract_id) == bindparam("contract_id"))
    .group_by(col(Digest.user_id))
)
_SENT = (
    select(col(User.name), col(Digest.sent_at), col(Digest.waiting), col(Digest.late))
    .select_from(Digest)
    .join(User, col(User.id) == Digest.user_id)
    .order_by(col(Digest.id).desc())
    .limit(MOST_SHOWN)
)


def desks(uow: UnitOfWork) -> dict[tuple[int, int], list[Waits]]:
    """What waits for each decider of each contract today, by person and contract.

    While a District Manager is away her deputies have her desk.
    """
    found: dict[tuple[int, int], list[Waits]] = {}
    deciders: dict[int, list[int]] = {}
    calendars = {}
    for row in uow.rows(_OUT).all():
        if row.contract_id not in calendars:
            calendars[row.contract_id] = contract.calendar(uow, row.contract_id)
        if row.lot_id not in deciders:
            deciders[row.lot_id] = [
                one.user_id for one in contract.deciders(uow, row.lot_id) if not one.is_away
            ]
        days = calendars[row.contract_id].days_between(london_date(row.proposed_at), uow.today)
        terms = row.decide_within_days, row.chased, row.chase_most
        waits = Waits(row.id, row.proposed_at, days, *terms)
        for user_id in deciders[row.lot_id]:
            found.setdefault((user_id, row.contract_id), []).append(waits)
    return {key: desk for key, desk in found.items() if calendars[key[1]].is_working_day(uow.today)}


def last_digests(uow: UnitOfWork, contract_id: int) -> dict[int, tuple[datetime, date]]:
    """When each decider of a contract was last told, by person: the instant and the day."""
    return {row[0]: (row[1], row[2]) for row in uow.rows(_LAST, contract_id=contract_id)}


def list_sent(uow: UnitOfWork) -> list[DigestView]:
    """The digests sent lately in the actor's contracts, the latest first."""
    return [DigestView(*row) for row in uow.rows(_SENT)]
