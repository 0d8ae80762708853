"""Imports a previewed list: cases, ledger, counters, history and trail in one transaction."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel import and_, col, or_, select

from app.access.actor import Actor
from app.cases.findings import service as findings
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.contract import service as contracts
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, StagedRow
from app.exchange.imports.rules import Part, Stage, Staged, Verdict
from app.exchange.imports.service.clocks import Clocks
from app.exchange.imports.service.comparing import compare_cases
from app.exchange.imports.service.correcting import correct
from app.exchange.imports.service.history import (
    attach_history,
    change_history,
    keep_history,
    said_before,
)
from app.exchange.imports.service.job import imports_of
from app.exchange.imports.service.looking import look
from app.exchange.imports.service.missing import note_missing
from app.exchange.imports.service.opening import Opened, open_cases
from app.exchange.imports.service.remembering import remember
from app.exchange.imports.service.reviewing import keep_reviews
from app.exchange.imports.service.telling import Teller, new_name
from app.exchange.imports.service.watching import watch_closures
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.bulk import collector_resting
from app.work.database import Database
from app.work.uow import UnitOfWork


def begin_confirming(uow: UnitOfWork, batch_id: int, *, good_rows: bool = False) -> None:
    """Note that a person confirmed the preview; `confirm` then does it."""
    with uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, batch_id)
        contracts.check_takes_cases(uow, batch.lot_id)
        rules.check_confirming(
            batch.stage, batch.moved_at, uow.now, refused=batch.refused, good_rows=good_rows
        )
        batch.stage, batch.moved_at, batch.problem = Stage.CONFIRMING, uow.now, ""
        batch.kept_as = new_name()
        batch.good_rows_only = bool(good_rows and batch.refused)


def confirm(database: Database, actor: Actor, batch_id: int) -> None:
    """Import all of a confirmed batch, or nothing of it.

    A row open on the day of the list opens a case for its child, one to each; every row is kept
    as what the council said. A case's state moves only where a case that was handed back is sent
    again.
    """
    with (
        collector_resting(),
        database.work(actor) as uow,
        uow.command(Act.IMPORT_RUN),
    ):
        batch = uow.get(ImportBatch, batch_id)
        if batch.stage is not Stage.CONFIRMING:
            raise Refused("This list waits for nobody to import it.")
        _check_still_true(uow, batch)
        teller = Teller(batch.kept_as)
        opened, known = _import(uow, batch, teller)
        batch.stage, batch.confirmed_at, batch.moved_at = Stage.CONFIRMED, uow.now, uow.now
        batch.kept_as = ""
        uow.session.flush()
        teller.begin(Part.LOOK)
        look(uow, batch, opened, known)
        _keep_left_out(uow, batch)
    teller.end()


def _import(uow: UnitOfWork, batch: ImportBatch, teller: Teller) -> tuple[Opened, Collection[int]]:
    """Returns the cases that were opened, and those known of which the list says something."""
    rows = _rows(uow, batch)
    cases, withdrawn = _cases(uow, batch)
    clocks = Clocks(uow, batch.contract_id)
    before = said_before(uow, batch)
    opened = open_cases(uow, batch, cases.keys(), withdrawn, clocks, teller)
    teller.begin(Part.CORRECT)
    _receive_again(uow, batch, rows, cases, clocks)
    if cases:
        correct(uow, batch, rows, before, clocks)
    teller.begin(Part.KEEP)
    keep_history(uow, batch)
    change_history(uow, batch, rows, before)
    attached = attach_history(uow, batch, opened.case_ids)
    watch_closures(uow, batch, known=bool(cases))
    keep_reviews(uow, batch)
    if cases or batch.unchanged:
        batch.differences = compare_cases(uow, batch, before, opened.back, teller)
    batch.differences += note_missing(uow, batch)
    return opened, {*cases.values(), *attached}


def _keep_left_out(uow: UnitOfWork, batch: ImportBatch) -> None:
    """What was refused stands in the queue of what there is to mend, beside the findings."""
    columns: tuple[Any, ...] = (
        StagedRow.layout,
        StagedRow.sheet,
        StagedRow.line,
        StagedRow.column_name,
        StagedRow.reason,
    )
    refused = uow.rows(
        select(*columns)
        .where(StagedRow.batch_id == batch.id, StagedRow.verdict == Verdict.REFUSED)
        .order_by(col(StagedRow.id))
    )
    rows = (
        {
            "list_name": rules.list_name(layout),
            "listed_on": batch.listed_on,
            "sheet": sheet,
            "line": line,
            "column_name": column,
            "reason": reason,
        }
        for layout, sheet, line, column, reason in refused
    )
    findings.keep_left_out(uow, batch.lot_id, batch.id or 0, batch.lists.split(", "), rows)


def _check_still_true(uow: UnitOfWork, batch: ImportBatch) -> None:
    if imports_of(uow, batch.contract_id) != batch.imports_before:
        raise Refused(
            "Another list was imported after this one was read, so this preview may no longer be "
            "true. Send the file again."
        )


def _rows(uow: UnitOfWork, batch: ImportBatch) -> list[Staged]:
    """What touches cases that are here: rows that say something else, or send a case again."""
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
            or_(
                StagedRow.verdict == Verdict.CHANGED,
                and_(StagedRow.verdict == Verdict.NEW, col(StagedRow.sent_again)),
            ),
        )
        .order_by(col(StagedRow.id))
    )
    return [
        Staged(key, reference, layout, verdict, opens, again, json.loads(text), text)
        for key, reference, layout, verdict, opens, again, text in found
    ]


def _cases(uow: UnitOfWork, batch: ImportBatch) -> tuple[dict[str, int], dict[str, int]]:
    """The cases under the batch's references, anywhere in the contract, and those withdrawn."""
    wanted = select(StagedRow.reference).where(
        StagedRow.batch_id == batch.id,
        col(StagedRow.verdict).in_((Verdict.NEW, Verdict.CHANGED)),
    )
    with uow.beyond_scope():
        found = uow.session.execute(
            select(Case.reference, Case.id, Case.lot_id, Case.state).where(
                Case.contract_id == batch.contract_id, col(Case.reference).in_(wanted)
            )
        ).all()
    withdrawn = {one.reference: one.id for one in found if one.state is CaseState.WITHDRAWN}
    for reference, _, lot_id, _ in found:
        if lot_id != batch.lot_id and reference not in withdrawn:
            raise Refused(
                f"{reference} has gone to another lot since the preview. Send the file again."
            )
    here = {one.reference: one.id for one in found if one.reference not in withdrawn}
    return here, withdrawn


def _receive_again(
    uow: UnitOfWork,
    batch: ImportBatch,
    rows: Sequence[Staged],
    cases: Mapping[str, int],
    clocks: Clocks,
) -> None:
    for reference in dict.fromkeys(row.reference for row in rows if row.sent_again):
        case = uow.get(Case, cases[reference])
        if case.state is not CaseState.HANDED_BACK:
            continue
        started, due = clocks.started(
            case.assessment_type, referred_on=uow.today, received_on=uow.today
        )
        held = case.model_dump(exclude={"id", "version"})
        remember(uow, batch, Case, [({"id": case.id, **held}, held)])
        register.step(
            uow,
            case,
            Act.IMPORT_RUN,
            term=Term.RECEIVED,
            note="Sent again by the council",
            ended_on=None,
            planned="",
            outcome="",
            practitioner_id=None,
            co_worker_id=None,
            allocated_on=None,
            seen_on=None,
            authorised_on=None,
            clock_started_on=started,
            due_on=due,
        )
