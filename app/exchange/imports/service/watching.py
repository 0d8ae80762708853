"""Looks in a list that is imported for children whose cases were closed."""

import json
from collections import defaultdict
from datetime import date

from sqlmodel import col, select

from app.agreements.watch import service as watch
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.exchange.imports.models import ImportBatch, ImportedRow
from app.exchange.layouts import Field
from app.work.uow import UnitOfWork


def watch_closures(uow: UnitOfWork, batch: ImportBatch, *, known: bool) -> None:
    """Tell the watch which closed cases have a referral in the batch, and of which day.

    Nothing is looked for where the list tells of no case that was `known` before.
    """
    closed = (
        select(col(ImportedRow.case_id), col(ImportedRow.facts), col(Case.ended_on))
        .join(Case, col(Case.id) == col(ImportedRow.case_id))
        .where(ImportedRow.batch_id == batch.id, Case.state == CaseState.CLOSED)
    )
    referred: dict[int, set[date]] = defaultdict(set)
    for case_id, facts, ended_on in uow.session.execute(closed) if known else ():
        day = json.loads(facts).get(Field.REFERRAL_ON)
        if case_id is not None and ended_on is not None and day and day > ended_on.isoformat():
            referred[case_id].add(date.fromisoformat(day))
    watch.watch(uow, batch.lot_id, batch.id or 0, batch.listed_on, referred)
