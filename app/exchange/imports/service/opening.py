"""Opens a case for each child of a list whose work was still open on the day of the list."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from sqlmodel import col, select

from app.cases.groups import service as groups
from app.cases.groups.rules import Member
from app.cases.register import service as register
from app.cases.register.grouping import belonging
from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import Criterion, Priority, Waiting, triage_rank
from app.cases.scope import service as scope
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, StagedRow
from app.exchange.imports.rules import Facts, Part, Verdict
from app.exchange.imports.service.clocks import Clocks
from app.exchange.imports.service.remembering import remember
from app.exchange.imports.service.telling import Teller
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

# A child's reference with what each of its rows says, and whether that is open.
Told: TypeAlias = tuple[str, list[tuple[bool, Facts]]]
# So many rows are held at a time of the many that an import goes through.
AT_ONCE = 5_000


def open_cases(
    uow: UnitOfWork,
    batch: ImportBatch,
    known: Collection[str],
    withdrawn: Mapping[str, int],
    clocks: Clocks,
    teller: Teller,
) -> dict[str, int]:
    """Make a case of each child that is not known and has a row still open; ids by reference.

    A case that was withdrawn with its import comes back instead.
    """
    opened: dict[str, int] = {}
    due_days: list[date | None] = []
    members: list[Member] = []
    order = register.triage_order(uow, batch.contract_id)
    back: list[Told] = []
    first, told = uow.next_id(Case), _told(uow, batch, known)
    new = _but_for(told, withdrawn, back)
    made = _cases(batch, new, clocks, order, first)
    told_cases = teller.count(Part.OPEN, _noted(made, opened, due_days))
    alike = _alike(batch)
    grouped = _grouped(told_cases, alike, members)
    uow.load(Case, grouped, **alike)
    batch.first_case_id, batch.cases_opened = first if opened else None, len(opened)
    term, on = _arrival(uow, batch)
    unallocated = {due: Place(batch.lot_id, CaseState.UNALLOCATED, due) for due in set(due_days)}
    scope.post(
        uow,
        (
            Shift(case_id, None, unallocated[due], term, effective_on=on)
            for case_id, due in enumerate(due_days, start=first)
        ),
    )
    groups.count(uow, ((None, one) for one in members), on)
    moves = ({"case_id": case_id} for case_id in opened.values())
    uow.load(CaseMove, moves, **_first_move(uow, batch), before=None)
    again = _cases(batch, back, clocks, order, first)
    return opened | _bring_back(uow, batch, [(withdrawn[one["reference"]], one) for one in again])


def _but_for(told: Iterable[Told], withdrawn: Collection[str], back: list[Told]) -> Iterator[Told]:
    """The children without a withdrawn case; those with one are put into `back`."""
    for one in told:
        if one[0] in withdrawn:
            back.append(one)
        else:
            yield one


def _bring_back(
    uow: UnitOfWork, batch: ImportBatch, cases: Sequence[tuple[int, dict[str, Any]]]
) -> dict[str, int]:
    """Let withdrawn cases begin anew as this list tells them, in its lot."""
    term, on = _arrival(uow, batch)
    for start in range(0, len(cases), AT_ONCE):
        portion = dict(cases[start : start + AT_ONCE])
        pairs = _withdrawn(uow, batch, portion)
        remember(uow, batch, Case, pairs)
        uow.amend(Case, pairs)
        register.follow(uow, pairs)
        scope.post(
            uow,
            (
                Shift(
                    was["id"],
                    Place(was["lot_id"], was["state"], was["due_on"]),
                    Place(batch.lot_id, CaseState.UNALLOCATED, now["due_on"]),
                    term,
                    effective_on=on,
                )
                for was, now in pairs
            ),
        )
        _bring_moves(uow, batch, list(portion))
    moves = ({"case_id": case_id} for case_id, _ in cases)
    uow.load(CaseMove, moves, **_first_move(uow, batch), before=CaseState.WITHDRAWN)
    return {told["reference"]: case_id for case_id, told in cases}


def _withdrawn(
    uow: UnitOfWork, batch: ImportBatch, told: Mapping[int, dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The cases as they were withdrawn, each with what it is to hold."""
    alike = _alike(batch) | {"ended_on": None}
    now = {case_id: alike | case for case_id, case in told.items()}
    for case in now.values():
        del case["version"], case["id"]
    names = ("id", *next(iter(now.values())))
    found = uow.rows(
        select(*(getattr(Case, name) for name in names)).where(col(Case.id).in_(list(told)))
    )
    return [(dict(zip(names, row, strict=True)), now[row.id]) for row in found]


def _bring_moves(uow: UnitOfWork, batch: ImportBatch, case_ids: Sequence[int]) -> None:
    """What happened to a case follows it into another lot."""
    elsewhere = uow.rows(
        select(CaseMove.id, CaseMove.lot_id).where(
            col(CaseMove.case_id).in_(case_ids), CaseMove.lot_id != batch.lot_id
        )
    ).all()
    to = {"lot_id": batch.lot_id}
    uow.amend(CaseMove, [({"id": row.id, "lot_id": row.lot_id}, to) for row in elsewhere])


def _told(uow: UnitOfWork, batch: ImportBatch, known: Collection[str]) -> Iterator[Told]:
    """What the list says of each child that is not known, whether open and what else."""
    found = uow.rows(
        select(StagedRow.reference, StagedRow.opens_case, StagedRow.facts)
        .where(
            StagedRow.batch_id == batch.id,
            col(StagedRow.verdict).in_((Verdict.NEW, Verdict.CHANGED)),
        )
        .order_by(col(StagedRow.reference), col(StagedRow.id))
        .execution_options(yield_per=AT_ONCE)
    )
    for reference, rows in groupby(found, itemgetter(0)):
        if reference not in known:
            said = [(opens, json.loads(facts)) for _, opens, facts in rows]
            if any(opens for opens, _ in said):
                yield reference, said


def _cases(
    batch: ImportBatch,
    told: Iterable[Told],
    clocks: Clocks,
    order: Sequence[Criterion],
    first: int,
) -> Iterator[dict[str, Any]]:
    ranks: dict[tuple[date, str, bool], int] = {}
    for case_id, (reference, rows) in enumerate(told, start=first):
        said = rules.merged(rows)
        referred = said.get("referred_on", batch.listed_on)
        kind = clocks.kind(said.get("assessment_type"))
        started, due = clocks.started(kind, referred_on=referred, received_on=batch.listed_on)
        band, protected = said.get("age_band", ""), said.get("child_protection", False)
        like = referred, band, protected
        if like not in ranks:
            waiting = Waiting(referred_on=referred, age_band=band, child_protection=protected)
            ranks[like] = triage_rank(order, waiting)
        yield {
            "id": case_id,
            "reference": reference,
            "family_key": said.get("family_key"),
            "triage_rank": ranks[like],
            "assessment_type": kind,
            "referred_on": referred,
            "clock_started_on": started,
            "due_on": due,
            "age_band": band,
            "child_protection": protected,
            "primary_need": said.get("primary_need", ""),
            "source_team": said.get("source_team", ""),
            "council_worker_named": said.get("council_worker_named", False),
        }


def _alike(batch: ImportBatch) -> dict[str, Any]:
    """What all cases of a list begin with."""
    return {
        "contract_id": batch.contract_id,
        "lot_id": batch.lot_id,
        "version": 1,
        "state": CaseState.UNALLOCATED,
        "priority": Priority.NOT_SET,
        "open_flags": 0,
        "received_on": batch.listed_on,
        "unallocated_on": batch.listed_on,
        "outcome": "",
    }


def _noted(
    cases: Iterable[dict[str, Any]], opened: dict[str, int], due_days: list[date | None]
) -> Iterator[dict[str, Any]]:
    for case in cases:
        opened[case["reference"]] = case["id"]
        due_days.append(case["due_on"])
        yield case


def _grouped(
    cases: Iterable[dict[str, Any]], alike: Mapping[str, Any], members: list[Member]
) -> Iterator[dict[str, Any]]:
    """The cases, with those that belong to a group put into `members`."""
    for case in cases:
        member = belonging({"ended_on": None, "lot_id": alike["lot_id"], **case})
        if member and member.groups:
            members.append(member)
        yield case


def _arrival(uow: UnitOfWork, batch: ImportBatch) -> tuple[Term, date]:
    """Opening counts from the day of the list; what comes later is received when it comes."""
    term = scope.arrival_term(uow, batch.lot_id)
    return term, batch.listed_on if term is Term.OPENING else uow.today


def _first_move(uow: UnitOfWork, batch: ImportBatch) -> Mapping[str, Any]:
    return {
        "lot_id": batch.lot_id,
        "at": uow.now,
        "made_on": uow.today,
        "by_user_id": uow.actor.user_id,
        "act": Act.IMPORT_RUN.value,
        "after": CaseState.UNALLOCATED,
        "note": "",
    }
