"""Imports a previewed list: cases, ledger, counters, history and trail in one transaction."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.access.actor import Actor
from app.cases.register import service as register
from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import Criterion, Priority, Waiting, triage_rank
from app.cases.scope import service as scope
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, StagedRow
from app.exchange.imports.rules import Stage, Staged, Verdict
from app.exchange.imports.service.clocks import Clocks
from app.exchange.imports.service.correcting import correct
from app.exchange.imports.service.history import attach_history, keep_history, said_before
from app.exchange.imports.service.job import imports_of
from app.exchange.imports.service.looking import look
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.database import Database
from app.work.uow import UnitOfWork


def begin_confirming(uow: UnitOfWork, batch_id: int, *, good_rows: bool = False) -> None:
    """Note that a person confirmed the preview; `confirm` then does it."""
    with uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, batch_id)
        rules.check_confirming(
            batch.stage, batch.moved_at, uow.now, refused=batch.refused, good_rows=good_rows
        )
        batch.stage, batch.moved_at, batch.problem = Stage.CONFIRMING, uow.now, ""
        batch.good_rows_only = bool(good_rows and batch.refused)


def confirm(database: Database, actor: Actor, batch_id: int) -> None:
    """Import all of a confirmed batch, or nothing of it.

    A row open on the day of the list opens a case for its child, one to each; every row is kept
    as what the council said. A case's state moves only where a case that was handed back is sent
    again.
    """
    with database.work(actor) as uow, uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, batch_id)
        if batch.stage is not Stage.CONFIRMING:
            raise Refused("This list waits for nobody to import it.")
        _check_still_true(uow, batch)
        rows = _rows(uow, batch)
        cases = _cases(uow, batch)
        clocks = Clocks(uow, batch.contract_id)
        before = said_before(uow, batch)
        opened = _open_cases(uow, batch, rows, cases, clocks)
        _receive_again(uow, rows, cases, clocks)
        correct(uow, batch, rows, before, clocks)
        keep_history(uow, batch, rows, before, cases | opened)
        attach_history(uow, batch, opened)
        batch.stage, batch.confirmed_at, batch.moved_at = Stage.CONFIRMED, uow.now, uow.now
        uow.session.flush()
        look(uow, batch.lot_id, batch_id)


def _check_still_true(uow: UnitOfWork, batch: ImportBatch) -> None:
    if imports_of(uow, batch.contract_id) != batch.imports_before:
        raise Refused(
            "Another list was imported after this one was read, so this preview may no longer be "
            "true. Send the file again."
        )


def _rows(uow: UnitOfWork, batch: ImportBatch) -> list[Staged]:
    found = uow.session.execute(
        select(
            StagedRow.key,
            StagedRow.reference,
            StagedRow.layout,
            StagedRow.verdict,
            StagedRow.opens_case,
            StagedRow.sent_again,
            StagedRow.facts,
        )  # type: ignore[call-overload]
        .where(
            StagedRow.batch_id == batch.id,
            col(StagedRow.verdict).in_((Verdict.NEW, Verdict.CHANGED)),
        )
        .order_by(col(StagedRow.id))
    )
    return [
        Staged(key, reference, layout, verdict, opens, again, json.loads(text), text)
        for key, reference, layout, verdict, opens, again, text in found
    ]


def _cases(uow: UnitOfWork, batch: ImportBatch) -> dict[str, int]:
    """The cases that the register holds under the batch's references, anywhere in the contract."""
    wanted = select(StagedRow.reference).where(StagedRow.batch_id == batch.id)
    with uow.beyond_scope():
        found = uow.session.execute(
            select(Case.reference, Case.id, Case.lot_id).where(
                Case.contract_id == batch.contract_id, col(Case.reference).in_(wanted)
            )
        ).all()
    for reference, _, lot_id in found:
        if lot_id != batch.lot_id:
            raise Refused(
                f"{reference} has gone to another lot since the preview. Send the file again."
            )
    return {reference: case_id or 0 for reference, case_id, _ in found}


def _open_cases(
    uow: UnitOfWork,
    batch: ImportBatch,
    rows: Sequence[Staged],
    cases: Mapping[str, int],
    clocks: Clocks,
) -> dict[str, int]:
    """Make a case of each child with a row still open; returns their ids by reference."""
    of_child: dict[str, list[Staged]] = {}
    for row in rows:
        if row.reference not in cases:
            of_child.setdefault(row.reference, []).append(row)
    first = uow.next_id(Case)
    order = register.triage_order(uow, batch.contract_id)
    made = [
        _case(batch, reference, rules.merged([(r.opens_case, r.facts) for r in own]), clocks, order)
        for reference, own in of_child.items()
        if any(row.opens_case for row in own)
    ]
    for case_id, case in enumerate(made, start=first):
        case["id"] = case_id
    uow.load(Case, made)
    term, on = _arrival(uow, batch)
    scope.post(uow, [_arriving(case, term, on) for case in made])
    uow.load(CaseMove, [_first_move(uow, case) for case in made])
    return {case["reference"]: case["id"] for case in made}


def _arrival(uow: UnitOfWork, batch: ImportBatch) -> tuple[Term, date]:
    """Opening counts from the day of the list; what comes later is received when it comes."""
    term = scope.arrival_term(uow, batch.lot_id)
    return term, batch.listed_on if term is Term.OPENING else uow.today


def _case(
    batch: ImportBatch,
    reference: str,
    said: Mapping[str, Any],
    clocks: Clocks,
    order: Sequence[Criterion],
) -> dict[str, Any]:
    referred = said.get("referred_on", batch.listed_on)
    kind = clocks.kind(said.get("assessment_type"))
    started, due = clocks.started(kind, referred_on=referred, received_on=batch.listed_on)
    band = said.get("age_band", "")
    return {
        "contract_id": batch.contract_id,
        "lot_id": batch.lot_id,
        "version": 1,
        "reference": reference,
        "family_key": said.get("family_key"),
        "state": CaseState.UNALLOCATED,
        "priority": Priority.NOT_SET,
        "child_protection": False,
        "open_flags": 0,
        "triage_rank": triage_rank(order, Waiting(referred_on=referred, age_band=band)),
        "assessment_type": kind,
        "referred_on": referred,
        "received_on": batch.listed_on,
        "unallocated_on": batch.listed_on,
        "clock_started_on": started,
        "due_on": due,
        "age_band": band,
        "primary_need": said.get("primary_need", ""),
        "source_team": said.get("source_team", ""),
        "council_worker_named": said.get("council_worker_named", False),
        "outcome": "",
    }


def _arriving(case: Mapping[str, Any], term: Term, on: date) -> Shift:
    place = Place(case["lot_id"], case["state"], case["due_on"])
    return Shift(case["id"], None, place, term, effective_on=on)


def _first_move(uow: UnitOfWork, case: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "case_id": case["id"],
        "lot_id": case["lot_id"],
        "at": uow.now,
        "made_on": uow.today,
        "by_user_id": uow.actor.user_id,
        "act": Act.IMPORT_RUN.value,
        "before": None,
        "after": CaseState.UNALLOCATED,
        "note": "",
    }


def _receive_again(
    uow: UnitOfWork, rows: Sequence[Staged], cases: Mapping[str, int], clocks: Clocks
) -> None:
    for reference in dict.fromkeys(row.reference for row in rows if row.sent_again):
        case = uow.get(Case, cases[reference])
        if case.state is not CaseState.HANDED_BACK:
            continue
        started, due = clocks.started(
            case.assessment_type, referred_on=uow.today, received_on=uow.today
        )
        register.step(
            uow,
            case,
            Act.IMPORT_RUN,
            term=Term.RECEIVED,
            note="Sent again by the council",
            ended_on=None,
            outcome="",
            practitioner_id=None,
            co_worker_id=None,
            allocated_on=None,
            seen_on=None,
            authorised_on=None,
            clock_started_on=started,
            due_on=due,
        )
