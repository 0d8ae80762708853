"""Keeps differences level with what the newest list says, and settles one."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from sqlmodel import col, or_, select

from app.cases.corrections import service as corrections
from app.cases.corrections.rules import Fact, Facts
from app.cases.register import service as register
from app.cases.register.models import Case
from app.exchange.differences.models import CaseDifference
from app.exchange.differences.rules import (
    GONE_FROM_LIST,
    UNLISTED,
    Compared,
    Difference,
    State,
    as_told,
    check_settling,
)
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """A case that was compared with its lists, with everything in which they differ."""

    case_id: int
    lot_id: int
    found: Sequence[Difference]


def keep(
    uow: UnitOfWork, batch_id: int, seen: Sequence[Seen]
) -> tuple[int, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Note what differs in these cases and what no longer does.

    Returns how many are to settle, and the differences that were known and what changed in them.

    What somebody decided to keep is not asked again until the council says something else.
    """
    uow.must_be_in()
    known = _known(uow, seen)
    new: list[dict[str, Any]] = []
    changed: list[tuple[dict[str, Any], dict[str, Any]]] = []
    waiting = 0
    for case in seen:
        found = {one.field: one for one in case.found}
        for field, before in known.get(case.case_id, {}).items():
            if field not in found and before["state"] is State.OPEN:
                changed.append(
                    (before, {"state": State.GONE, "settled_at": uow.now, "batch_id": batch_id})
                )
        for field, one in found.items():
            stood = known.get(case.case_id, {}).get(field)
            if stood is not None and stood["state"] is State.OPEN:
                waiting += 1
                now = asdict(one)
                differs = {name: now[name] for name in now if now[name] != stood[name]}
                if differs:
                    changed.append((stood, {**differs, "batch_id": batch_id}))
            elif stood is None or stood["council_now"] != one.council_now:
                waiting += 1
                new.append(_row(uow, batch_id, case, one))
    uow.load(CaseDifference, new)
    uow.amend(CaseDifference, changed)
    return waiting, changed


def keep_unlisted(uow: UnitOfWork, batch_id: int, lot_id: int, case_ids: Sequence[int]) -> int:
    """Note cases that the council's list tells of no longer; returns how many are to settle.

    One whose end is told otherwise already stays so, and what somebody kept is not asked again.
    """
    uow.must_be_in()
    seen = [Seen(case_id, lot_id, ()) for case_id in case_ids]
    known = _known(uow, seen)
    new, waiting = [], 0
    for case in seen:
        stood = known.get(case.case_id, {}).get(Compared.ENDED_ON)
        if stood is None or (stood["state"] is State.KEPT and stood["council_now"] != UNLISTED):
            new.append(_row(uow, batch_id, case, GONE_FROM_LIST))
        elif stood["state"] is State.OPEN:
            waiting += 1
    uow.load(CaseDifference, new)
    return waiting + len(new)


def listed_again(
    uow: UnitOfWork, batch_id: int, lot_id: int, references: Any
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Let those go whom the list tells of again, or whose case ended; returns what changed."""
    uow.must_be_in()
    columns: tuple[Any, ...] = tuple(getattr(CaseDifference, name) for name in _READ)
    found = uow.session.execute(
        select(*columns)
        .join(Case, col(Case.id) == col(CaseDifference.case_id))
        .where(
            CaseDifference.lot_id == lot_id,
            CaseDifference.state == State.OPEN,
            CaseDifference.field == Compared.ENDED_ON,
            CaseDifference.council_now == UNLISTED,
            or_(col(Case.ended_on).is_not(None), col(Case.reference).in_(references)),
        )
    )
    gone = {"state": State.GONE, "settled_at": uow.now, "batch_id": batch_id}
    changed = [(dict(zip(_READ, row, strict=True)), gone) for row in found]
    uow.amend(CaseDifference, changed)
    return changed


def settle(uow: UnitOfWork, difference_id: int, how: State, because: str) -> None:
    """Take the council's value over, or keep ours for a reason."""
    with uow.command(Act.DIFFERENCE_SETTLE):
        row = uow.get(CaseDifference, difference_id)
        check_settling(row.state, row.field, how)
        case = register.find(uow, row.case_id)
        row.ours = as_told(case)[row.field]
        if how is State.TAKEN:
            _take(uow, row, case)
        row.state, row.because = how, because
        row.settled_by, row.settled_at = uow.actor.user_id, uow.now


def _take(uow: UnitOfWork, row: CaseDifference, case: Case) -> None:
    fact = Fact(row.field.value)
    value: Any = row.council_now
    if row.field is Compared.REFERRED_ON:
        value = date.fromisoformat(value)
    corrections.correct(uow, case, replace(Facts.of(case), **{fact.value: value}))


def _row(uow: UnitOfWork, batch_id: int, case: Seen, one: Difference) -> dict[str, Any]:
    return {
        "case_id": case.case_id,
        "lot_id": case.lot_id,
        "batch_id": batch_id,
        **asdict(one),
        "found_on": uow.today,
        "state": State.OPEN,
        "because": "",
    }


_COMPARED = tuple(one.name for one in fields(Difference))
_READ = ("id", "case_id", "lot_id", "batch_id", "state", "settled_at", *_COMPARED)


def _known(uow: UnitOfWork, seen: Sequence[Seen]) -> dict[int, dict[Compared, dict[str, Any]]]:
    """What is open or was kept of these cases, the latest of each fact."""
    columns: tuple[Any, ...] = tuple(getattr(CaseDifference, name) for name in _READ)
    known: dict[int, dict[Compared, dict[str, Any]]] = {}
    for ids in _portions([case.case_id for case in seen]):
        rows = uow.session.execute(
            select(*columns)
            .where(
                col(CaseDifference.case_id).in_(ids),
                col(CaseDifference.state).in_((State.OPEN, State.KEPT)),
            )
            .order_by(col(CaseDifference.id))
        )
        for row in rows:
            one = dict(zip(_READ, row, strict=True))
            known.setdefault(one["case_id"], {})[one["field"]] = one
    return known


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
