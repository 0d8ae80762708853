"""Reads of oversight: what managers did on one case, from its moves, its file and the trail."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.access.models import User
from app.access.roles import Role
from app.assurance.oversight.rules import (
    MANAGERS,
    WHOLESALE,
    Entry,
    Kind,
    in_order,
    kind_of,
    words_of,
)
from app.assurance.supervision import queries as supervision
from app.cases.actions import queries as actions
from app.cases.register.models import CaseMove
from app.cases.waiting.models import RiskReview
from app.kernel.acts import Act
from app.kernel.days import LONDON
from app.work.models import TrailEntry, View
from app.work.uow import UnitOfWork

# Told by the rows that these acts left, with the words that the rows hold.
TOLD = {Act.SUPERVISION_HOLD.value, Act.ACTION_SET.value, Act.WAITING_REVIEW.value}
MOST = 200

_move_columns: tuple[Any, ...] = (CaseMove.at, CaseMove.act, CaseMove.note, User.name, User.role)
_MOVES = (
    select(*_move_columns)
    .join(User, col(User.id) == col(CaseMove.by_user_id))
    .where(col(CaseMove.case_id) == bindparam("case_id"), col(User.role).in_(MANAGERS))
)
_entry_columns: tuple[Any, ...] = (TrailEntry.at, TrailEntry.act, TrailEntry.role, User.name)
_ENTRIES = (
    select(*_entry_columns)
    .join(User, col(User.id) == col(TrailEntry.actor_id))
    .where(col(TrailEntry.case_id) == bindparam("case_id"), col(TrailEntry.role).in_(MANAGERS))
    .distinct()
)
_view_columns: tuple[Any, ...] = (View.at, View.what, User.name, User.role)
_VIEWS = (
    select(*_view_columns)
    .join(User, col(User.id) == col(View.user_id))
    .where(col(View.case_id) == bindparam("case_id"), col(User.role).in_(MANAGERS))
    .order_by(col(View.id).desc())
    .limit(MOST)
)
_review_columns: tuple[Any, ...] = (
    RiskReview.reviewed_on,
    RiskReview.decision,
    RiskReview.note,
    User.name,
    User.role,
)
_REVIEWS = (
    select(*_review_columns)
    .join(User, col(User.id) == col(RiskReview.by_user_id))
    .where(col(RiskReview.case_id) == bindparam("case_id"))
)


def of_case(uow: UnitOfWork, case_id: int) -> list[Entry]:
    """Everything that managers did on a case that the actor sees, the latest first."""
    moves = list(_moves(uow, case_id))
    moved = {(one.at, one.by) for one in moves}
    acts = [one for one in _acts(uow, case_id) if (one.at, one.by) not in moved]
    return in_order([*moves, *acts, *_file(uow, case_id), *_reads(uow, case_id)])


def _moves(uow: UnitOfWork, case_id: int) -> Iterator[Entry]:
    for at, act, note, name, role in uow.rows(_MOVES, case_id=case_id):
        if act not in WHOLESALE:
            yield Entry(at, kind_of(act), words_of(act), name, role, note)


def _acts(uow: UnitOfWork, case_id: int) -> Iterator[Entry]:
    """What the trail has of managers beside moves."""
    for at, act, role, name in uow.rows(_ENTRIES, case_id=case_id):
        if act not in TOLD | WHOLESALE:
            yield Entry(at, kind_of(act), words_of(act), name, Role(role))


def _reads(uow: UnitOfWork, case_id: int) -> Iterator[Entry]:
    for at, what, name, role in uow.rows(_VIEWS, case_id=case_id):
        yield Entry(at, Kind.READ, f"Read: {what}", name, role)


def _file(uow: UnitOfWork, case_id: int) -> Iterator[Entry]:
    """What supervision, directions and risk reviews left on the child's file."""
    for one in supervision.of_case(uow, case_id):
        at = datetime.combine(one.discussed_on, time(12), LONDON)
        words = one.decision.label
        yield Entry(at, Kind.SUPERVISED, words, one.by or "", None, one.note, timed=False)
    for given in actions.of_case(uow, case_id):
        words = f"{given.what.label}, {given.owner}"
        yield Entry(given.set_at, Kind.DIRECTED, words, given.set_by or "", None, given.note)
    for on, decision, note, name, role in uow.rows(_REVIEWS, case_id=case_id):
        at = datetime.combine(on, time(12), LONDON)
        words = f"Risk of waiting. {decision.label}"
        yield Entry(at, Kind.REVIEWED, words, name, role, note, timed=False)
