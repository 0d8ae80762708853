"""Gives out several cases, each or each family by a command: one refusal undoes no other."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.access.models import User
from app.cases.allocation import service as allocation
from app.cases.allocation.rules import Override, check_words
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import AllocationRole
from app.cases.runs import queries
from app.cases.runs.models import AllocationRun, AllocationRunRow
from app.cases.runs.rules import Result, RunKind, check_size
from app.kernel.days import show_date
from app.kernel.errors import DomainError, Invalid, NotFound, Refused
from app.people.models import Practitioner
from app.people.workers import find_worker
from app.work.uow import UnitOfWork

_APART = "The family stays together, and one of it was refused:"


@dataclass(frozen=True)
class Wanted:
    """Which cases are to go to whom, and why; a receiver of None ends a co-worker's help."""

    kind: RunKind
    pairs: Sequence[tuple[int, int | None]]
    override: Override | None = None
    leaver_id: int | None = None
    away_from: date | None = None


def begin(uow: UnitOfWork, wanted: Wanted) -> int:
    """Write down what is to be done, before any case moves; returns the run's id."""
    check_size(len(wanted.pairs))
    check_words(wanted.override)
    with uow.command(wanted.kind.act):
        cases = {case.id: case for case in _cases(uow, [case_id for case_id, _ in wanted.pairs])}
        if len(cases) < len(wanted.pairs):
            raise NotFound
        _check_people(uow, wanted)
        override = wanted.override
        run = uow.add(
            AllocationRun(
                contract_id=next(iter(cases.values())).contract_id,
                kind=wanted.kind,
                practitioner_id=wanted.leaver_id,
                away_from=wanted.away_from,
                override=override.reason if override else None,
                note=override.note if override else "",
                at=uow.now,
                by_user_id=uow.actor.user_id,
            )
        )
        run_id = run.id or 0
        for case_id, practitioner_id in wanted.pairs:
            uow.session.add(_row(run_id, cases[case_id], practitioner_id, wanted.leaver_id))
    return run_id


def go_on(uow: UnitOfWork, run_id: int) -> None:
    """Try every case of a run that still waits, then tell each receiver once.

    Siblings who are given out together go together or, where one of them cannot, not at all. A run
    that broke off goes on where it was.
    """
    if queries.run_view(uow, run_id).finished_at is not None:
        raise Refused("Every case of this run has been tried.")
    run = uow.get(AllocationRun, run_id)
    kind, leaver = run.kind, run.practitioner_id
    override = Override(run.override, run.note) if run.override else None
    for together in _waiting(uow, run_id, kind):
        tried = 0
        try:
            with uow.command(kind.act):
                for tried in together:
                    row = uow.get(AllocationRunRow, tried)
                    _move(uow, row, kind, leaver, override)
                    row.result = Result.DONE
                    uow.session.flush()
            uow.settle("")
        except DomainError as refused:
            _say(uow, kind, together, tried, refused.sentence)
    _finish(uow, run_id, kind)


def _cases(uow: UnitOfWork, case_ids: Sequence[int]) -> Sequence[Case]:
    return uow.session.exec(select(Case).where(col(Case.id).in_(case_ids))).all()


def _check_people(uow: UnitOfWork, wanted: Wanted) -> None:
    named = {who for _, who in wanted.pairs if who is not None}
    if wanted.leaver_id is not None:
        leaver = find_worker(uow, wanted.leaver_id)
        if wanted.away_from is not None and wanted.away_from < leaver.starts_on:
            began = show_date(leaver.starts_on)
            raise Invalid("away_from", f"That is before {leaver.name} began on {began}.")
    known = uow.session.exec(select(Practitioner.id).where(col(Practitioner.id).in_(named))).all()
    if named - set(known):
        raise Invalid("practitioner_id", "Choose someone who works in this lot.")


def _row(
    run_id: int, case: Case, practitioner_id: int | None, leaver_id: int | None
) -> AllocationRunRow:
    helps = leaver_id is not None and case.co_worker_id == leaver_id
    return AllocationRunRow(
        run_id=run_id,
        case_id=register.case_id_of(case),
        lot_id=case.lot_id,
        practitioner_id=practitioner_id,
        role=AllocationRole.CO_WORKER if helps else AllocationRole.PRIMARY,
    )


def _waiting(uow: UnitOfWork, run_id: int, kind: RunKind) -> Collection[list[int]]:
    """The rows that wait, one by one; of chosen cases those of a family together."""
    columns: tuple[Any, ...] = (
        AllocationRunRow.id,
        AllocationRunRow.practitioner_id,
        Case.family_key,
    )
    found = uow.rows(
        select(*columns)
        .join(Case, col(Case.id) == AllocationRunRow.case_id)
        .where(AllocationRunRow.run_id == run_id, AllocationRunRow.result == Result.WAITING)
        .order_by(col(AllocationRunRow.id))
    )
    groups: dict[Any, list[int]] = {}
    for row_id, practitioner_id, family in found:
        is_family = kind is RunKind.CHOSEN and family
        groups.setdefault((family, practitioner_id) if is_family else row_id, []).append(row_id)
    return groups.values()


def _move(
    uow: UnitOfWork,
    row: AllocationRunRow,
    kind: RunKind,
    leaver_id: int | None,
    override: Override | None,
) -> None:
    case = register.find(uow, row.case_id)
    to, helps = row.practitioner_id, row.role is AllocationRole.CO_WORKER
    if leaver_id is not None and leaver_id not in (case.practitioner_id, case.co_worker_id):
        raise Refused("Somebody else has moved this case meanwhile.")
    if to is None and not helps:
        raise Refused("Choose who is to have this case.")
    if kind is RunKind.CHOSEN and to is not None:
        allocation.give(uow, case, to, None, override)
    elif helps:
        if case.practitioner_id is None:
            raise Refused("Nobody holds this case.")
        allocation.pass_on(uow, case, case.practitioner_id, to, kind.change_reason, override)
    elif to is not None:
        # Whoever helped and now takes the case over helps no longer.
        helper = None if case.co_worker_id == to else case.co_worker_id
        allocation.pass_on(uow, case, to, helper, kind.change_reason, override)


def _say(
    uow: UnitOfWork, kind: RunKind, together: Sequence[int], tried: int, sentence: str
) -> None:
    """Why one of these rows was refused, and the others with it."""
    with uow.command(kind.act):
        for row_id in together:
            row = uow.get(AllocationRunRow, row_id)
            told = sentence if row_id == tried else f"{_APART} {sentence}"
            row.result, row.sentence = Result.REFUSED, told[:400]
    uow.settle("")


def _finish(uow: UnitOfWork, run_id: int, kind: RunKind) -> None:
    """Close the run and send every worker who got cases one message about all of them."""
    with uow.command(kind.act):
        run = uow.get(AllocationRun, run_id)
        run.finished_at = uow.now
        done = uow.session.exec(
            select(User.id)
            .join(
                AllocationRunRow,
                col(AllocationRunRow.practitioner_id) == col(User.practitioner_id),
            )
            .where(AllocationRunRow.run_id == run_id, AllocationRunRow.result == Result.DONE)
        ).all()
        for user_id, number in Counter(done).items():
            cases = "a case" if number == 1 else f"{number} cases"
            uow.mail(user_id or 0, f"You have been given {cases}", "/cases")
    uow.settle("")
