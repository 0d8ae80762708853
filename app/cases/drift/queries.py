"""Reads of drift: the list that the last looks made, and what a look goes by."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, bindparam, case, exists, func, or_, select
from sqlmodel import col

from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending
from app.cases.delays.models import Delay
from app.cases.drift.models import DriftAside, DriftingCase, DriftLook, DriftTerms
from app.cases.drift.rules import Basis, Policy, Spell, Standstill, Suggestion
from app.cases.holds.models import Hold
from app.cases.register.models import Case, CaseMove
from app.cases.states import OPEN, CaseState
from app.contract.models import Lot
from app.people.models import Practitioner
from app.work.terms import versions_of
from app.work.together import OneRow
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Drifting:
    """A drifting case: where it is stuck since when, how old that is, and what would move it."""

    case_id: int
    lot_id: int
    reference: str
    lot: str
    state: CaseState
    open_flags: int
    practitioner: str | None
    stage: CaseState
    stage_since: date
    idle_since: date
    basis: Basis
    still_there: int | None
    suggestion: Suggestion
    listed_on: date

    def days(self, today: date) -> int:
        """Calendar days in its stage."""
        return (today - self.stage_since).days


_columns: tuple[Any, ...] = (
    DriftingCase.case_id,
    DriftingCase.lot_id,
    Case.reference,
    Lot.name,
    Case.state,
    Case.open_flags,
    Practitioner.name,
    DriftingCase.stage,
    DriftingCase.stage_since,
    DriftingCase.idle_since,
    DriftingCase.basis,
    DriftingCase.still_there,
    DriftingCase.suggestion,
    DriftingCase.listed_on,
)
# One that moved on since the night does not drift any more.
_ROWS = (
    select(*_columns)
    .select_from(DriftingCase)
    .join(Case, col(Case.id) == col(DriftingCase.case_id))
    .join(Lot, col(Lot.id) == col(DriftingCase.lot_id))
    .outerjoin(Practitioner, col(Practitioner.id) == col(Case.practitioner_id))
    .where(col(Case.state) == col(DriftingCase.stage))
    .order_by(col(DriftingCase.lot_id), col(DriftingCase.place))
)
_OF_LOTS = _ROWS.where(col(DriftingCase.lot_id).in_(bindparam("lot_ids", expanding=True))).limit(
    bindparam("most")
)


def list_drifting(uow: UnitOfWork, lot_ids: Collection[int], limit: int) -> list[Drifting]:
    """The first drifting cases of some lots, lot by lot, the most stuck first."""
    found = uow.rows(_OF_LOTS, lot_ids=list(lot_ids), most=limit)
    return [Drifting(*row) for row in found]


@dataclass(frozen=True)
class Look:
    """What the last look at a lot found, and how many of that it listed."""

    lot_id: int
    lot: str
    looked_at: datetime
    found: int
    listed: int


_look: tuple[Any, ...] = (
    DriftLook.lot_id,
    Lot.name,
    DriftLook.looked_at,
    DriftLook.found,
    DriftLook.listed,
)
_LOOKS = (
    select(*_look)
    .select_from(DriftLook)
    .join(Lot, col(Lot.id) == col(DriftLook.lot_id))
    .order_by(col(Lot.contract_id), col(Lot.name))
)


def list_looks(uow: UnitOfWork) -> list[Look]:
    """The last look at each of the actor's lots."""
    return [Look(*row) for row in uow.rows(_LOOKS)]


FOUND = OneRow(select(func.coalesce(func.sum(col(DriftLook.found)), 0)), int)
"""How many cases of the actor's lots the last looks found to drift."""


_policy: tuple[Any, ...] = tuple(getattr(DriftTerms, one.name) for one in fields(Policy))
_TERMS = (
    select(*_policy)
    .where(col(DriftTerms.contract_id) == bindparam("contract_id"))
    .order_by(col(DriftTerms.number).desc())
    .limit(1)
)


def policy_of(uow: UnitOfWork, contract_id: int) -> Policy:
    """What the contract calls drift today."""
    row = uow.rows(_TERMS, contract_id=contract_id).first()
    return Policy(*row) if row else Policy()


def versions(uow: UnitOfWork, contract_id: int) -> list[tuple[DriftTerms, str | None]]:
    """Every version of those terms with who set it, the newest first."""
    return versions_of(uow, DriftTerms, contract_id)


def shown(terms: DriftTerms) -> dict[str, str]:
    """A version under the names that the form gives to its answers."""
    return {
        "Working days without anything happening": str(terms.idle_days),
        "The same with an open safeguarding flag": str(terms.flagged_days),
        "The same with the District Manager, for a recorded reason": str(terms.council_days),
        "Per cent of the lot’s cases that had left the stage": str(terms.percent),
        "Cases that must have left a stage before its history counts": str(terms.least),
        "Cases on a lot’s list at most": str(terms.most),
    }


# What a look goes by. It reads every open case and every move, so it belongs to the night.
_ENTERED = or_(col(CaseMove.before).is_(None), col(CaseMove.before) != col(CaseMove.after))
_spell = (
    select(
        col(CaseMove.lot_id),
        col(CaseMove.after),
        col(CaseMove.made_on),
        func.lead(col(CaseMove.made_on), type_=Date())
        .over(partition_by=col(CaseMove.case_id), order_by=col(CaseMove.id))
        .label("left_on"),
    )
    .where(_ENTERED)
    .subquery()
)
_HISTORY = select(*_spell.c, func.count()).where(_spell.c.after.in_(OPEN)).group_by(*_spell.c)
_moved = (
    select(
        col(CaseMove.case_id),
        func.max(col(CaseMove.made_on)).label("moved_on"),
        func.max(case((_ENTERED, col(CaseMove.made_on)))).label("entered_on"),
    )
    .group_by(col(CaseMove.case_id))
    .subquery()
)
_done = (
    select(col(CaseAction.case_id), func.max(col(CaseAction.ended_on)).label("done_on"))
    .where(col(CaseAction.ending) == Ending.DONE)
    .group_by(col(CaseAction.case_id))
    .subquery()
)
_late = col(Delay.expected_end) < bindparam("today")
_delayed = exists().where(col(Delay.case_id) == col(Case.id), col(Delay.ended_on).is_(None))
_held = exists().where(
    col(Hold.case_id) == col(Case.id),
    col(Hold.ended_on).is_(None),
    col(Hold.until_on) > bindparam("today"),
)
_put_aside = exists().where(
    col(DriftAside.case_id) == col(Case.id), col(DriftAside.until) >= bindparam("today")
)
_still: tuple[Any, ...] = (
    Case.id,
    Case.lot_id,
    Case.state,
    Case.due_on,
    Case.open_flags,
    Case.received_on,
    Case.seen_on,
    Case.supervised_on,
    _moved.c.entered_on,
    _moved.c.moved_on,
    _done.c.done_on,
    _delayed,
    _delayed.where(_late),
)
_STANDSTILLS = (
    select(*_still)
    .select_from(Case)
    .outerjoin(_moved, _moved.c.case_id == col(Case.id))
    .outerjoin(_done, _done.c.case_id == col(Case.id))
    .where(
        col(Case.contract_id) == bindparam("contract_id"),
        col(Case.ended_on).is_(None),
        ~_held,
        ~_put_aside,
    )
    .order_by(col(Case.id))
)


def list_spells(uow: UnitOfWork) -> list[Spell]:
    """How long the actor's cases were in each stage, equal spells counted together."""
    return [Spell(*row) for row in uow.rows(_HISTORY)]


def list_standstills(
    uow: UnitOfWork, contract_id: int, elsewhere: Mapping[int, date]
) -> Iterator[Standstill]:
    """A contract's open cases, save those on hold or put aside, each with its last progress.

    `elsewhere` tells when something happened on a case that this room cannot see.
    """
    for row in uow.rows(_STANDSTILLS, contract_id=contract_id, today=uow.today):
        case_id, lot_id, state, due_on, flags, received_on, *happened = row[:-2]
        seen_on, _, entered_on, *_ = happened
        since = entered_on or received_on
        happened += [since, elsewhere.get(case_id)]
        yield Standstill(
            case_id,
            lot_id,
            state,
            since,
            max(day for day in happened if day is not None),
            due_on,
            bool(flags),
            seen_on is not None,
            *map(bool, row[-2:]),
        )
