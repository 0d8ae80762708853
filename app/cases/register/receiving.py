"""Who takes cases over at the end, and their counts kept level with the register."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import col, func, select

from app.cases.register.models import Case, ReceiverCounter, ResidualReceiver
from app.work.uow import UnitOfWork

IDS_AT_ONCE = 5_000
COUNTED_BY = ("lot_id", "receiving_team_id")


def receiver_row(uow: UnitOfWork, case_id: int) -> ResidualReceiver | None:
    """Who was named for a case, to be shown or changed."""
    found = select(ResidualReceiver).where(ResidualReceiver.case_id == case_id)
    return uow.session.exec(found).first()


def name_one(uow: UnitOfWork, case: Case, receiver: Mapping[str, Any]) -> None:
    """Name who takes an open case over, or somebody else than before."""
    uow.must_be_in()
    said = {**receiver, "named_by": uow.actor.user_id, "named_at": uow.now}
    case_id = case.id or 0
    row = receiver_row(uow, case_id)
    counts: Counter[tuple[int, int]] = Counter()
    if row is None:
        row = uow.add(ResidualReceiver(case_id=case_id, lot_id=case.lot_id, **said))
    else:
        counts[case.lot_id, row.receiving_team_id] -= 1
        for name, value in said.items():
            setattr(row, name, value)
    counts[case.lot_id, row.receiving_team_id] += 1
    _add(uow, counts)


def name_many(uow: UnitOfWork, rows: Iterable[Mapping[str, Any]], **same: Any) -> int:
    """Name receivers for open cases that had none; `same` is what all rows hold alike."""
    counts: Counter[tuple[int, int]] = Counter()

    def counted() -> Iterator[Mapping[str, Any]]:
        for row in rows:
            said = {**same, **row}
            counts[said["lot_id"], said["receiving_team_id"]] += 1
            yield row

    number = uow.load(ResidualReceiver, counted(), **same)
    _add(uow, counts)
    return number


def follow(uow: UnitOfWork, pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
    """Count anew where cases ended, began again or went to another lot: what was, and what is."""
    changed = {was["id"]: (_lot(was), _lot({**was, **new})) for was, new in pairs}
    changed = {case_id: lots for case_id, lots in changed.items() if lots[0] != lots[1]}
    counts: Counter[tuple[int, int]] = Counter()
    for case_id, team_id in _named(uow, list(changed)):
        before, after = changed[case_id]
        if before is not None:
            counts[before, team_id] -= 1
        if after is not None:
            counts[after, team_id] += 1
    _add(uow, counts)


def count_anew(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    """How many open cases each team is named for, by lot and team, from the cases themselves."""
    by: tuple[Any, ...] = (col(Case.lot_id), col(ResidualReceiver.receiving_team_id))
    columns = (*by, func.count())
    found = uow.session.execute(
        select(*columns)
        .join(Case, col(Case.id) == col(ResidualReceiver.case_id))
        .where(col(Case.ended_on).is_(None))
        .group_by(*by)
    )
    return {(lot_id, team_id): int(number) for lot_id, team_id, number in found}


def _lot(case: Mapping[str, Any]) -> int | None:
    """Where a case counts; nowhere once it has ended."""
    lot_id: int = case["lot_id"]
    return lot_id if case["ended_on"] is None else None


def _named(uow: UnitOfWork, case_ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Who was named for cases, also where a case has left the actor's sight."""
    for start in range(0, len(case_ids), IDS_AT_ONCE):
        named = select(ResidualReceiver.case_id, ResidualReceiver.receiving_team_id).where(
            col(ResidualReceiver.case_id).in_(case_ids[start : start + IDS_AT_ONCE])
        )
        with uow.beyond_scope():
            found = uow.session.exec(named).all()
        yield from found


def _add(uow: UnitOfWork, counts: Counter[tuple[int, int]]) -> None:
    uow.add_up(
        ReceiverCounter,
        [
            (dict(zip(COUNTED_BY, key, strict=True)), {"cases": number})
            for key, number in sorted(counts.items())
            if number
        ],
    )
