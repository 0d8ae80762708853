"""Keeps the workloads: one function counts every change of what anybody carries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.cases.workload.models import Workload
from app.people.points.rules import Band, Stage
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Burden:
    """One open case as it weighs on its practitioner and co-worker."""

    contract_id: int
    lot_id: int
    practitioner_id: int | None
    co_worker_id: int | None
    band: Band
    stage: Stage


def carry(uow: UnitOfWork, changes: Iterable[tuple[Burden | None, Burden | None]]) -> None:
    """Count cases from what they were to what they are, in the command that is running.

    A case that nobody is to carry, or that has ended, is None.
    """
    uow.must_be_in()
    held: Counter[tuple[object, ...]] = Counter()
    co_worked: Counter[tuple[object, ...]] = Counter()
    for before, after in changes:
        if before == after:
            continue
        for burden, sign in ((before, -1), (after, 1)):
            if burden is None:
                continue
            if burden.practitioner_id is not None:
                held[_key(burden, burden.practitioner_id)] += sign
            if burden.co_worker_id is not None:
                co_worked[_key(burden, burden.co_worker_id)] += sign
    names = ("contract_id", "practitioner_id", "lot_id", "band", "stage")
    uow.add_up(
        Workload,
        [
            (dict(zip(names, key, strict=True)), {"held": held[key], "co_worked": co_worked[key]})
            for key in dict.fromkeys((*held, *co_worked))
            if held[key] or co_worked[key]
        ],
    )


def _key(burden: Burden, practitioner_id: int) -> tuple[object, ...]:
    return burden.contract_id, practitioner_id, burden.lot_id, burden.band, burden.stage
