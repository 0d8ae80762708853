"""Keeps the child protection plans of a list that is imported, each with its latest review."""

import json
from collections import defaultdict
from datetime import date

from sqlmodel import col, select

from app.exchange.imports.models import ImportBatch, ImportedRow
from app.exchange.imports.rules import Facts, list_name
from app.exchange.imports.service.remembering import remember
from app.exchange.layouts import Field, Layout
from app.safeguarding.reviews import service as reviews
from app.safeguarding.reviews.models import ProtectionPlan
from app.safeguarding.reviews.rules import Listed
from app.work.uow import UnitOfWork


def keep_reviews(uow: UnitOfWork, batch: ImportBatch) -> None:
    """Tell the plans that the batch has of cases, and change those that it says have ended."""
    if list_name(Layout.LIST_7) not in batch.lists:
        return
    found = uow.session.execute(
        select(col(ImportedRow.case_id), col(ImportedRow.facts)).where(
            ImportedRow.batch_id == batch.id,
            ImportedRow.layout == Layout.LIST_7,
            col(ImportedRow.case_id).is_not(None),
        )
    )
    told: dict[int, list[Listed]] = defaultdict(list)
    for case_id, facts in found:
        if (listed := _listed(json.loads(facts), batch.listed_on)) is not None:
            told[case_id].append(listed)
    if not told:
        return
    ended = reviews.keep_listed(uow, batch.id or 0, told)
    remember(uow, batch, ProtectionPlan, ended)
    uow.amend(ProtectionPlan, ended)


def _listed(facts: Facts, listed_on: date) -> Listed | None:
    """What a row says of a plan; a conference that is only booked reviewed nothing yet."""
    starts_on = _day(facts, Field.PROTECTION_PLAN_START_ON)
    if starts_on is None:
        return None
    ended_on = _day(facts, Field.PROTECTION_PLAN_END_ON)
    reviewed_on = _day(facts, Field.LATEST_REVIEW_ON)
    held = reviewed_on is not None and starts_on < reviewed_on <= listed_on
    return Listed(starts_on, ended_on, reviewed_on if held else None)


def _day(facts: Facts, field: Field) -> date | None:
    return date.fromisoformat(facts[field]) if field in facts else None
