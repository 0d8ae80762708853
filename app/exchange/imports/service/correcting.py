"""Carries what a list says otherwise over to the case, unless a person changed it since."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, or_
from sqlmodel import col, select

from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import RANKED, Criterion, Waiting, triage_rank
from app.cases.scope import service as scope
from app.cases.scope.service import Place, Shift
from app.exchange.cells import CouncilStatus
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, StagedRow
from app.exchange.imports.rules import Staged, Verdict
from app.exchange.imports.service.clocks import Clocks
from app.exchange.imports.service.remembering import remember
from app.exchange.layouts import Field
from app.safeguarding.enquiries.models import Enquiry
from app.work.uow import UnitOfWork

_READ = (
    "id",
    "contract_id",
    "lot_id",
    "reference",
    "state",
    "priority",
    "open_flags",
    "triage_rank",
    "seen_on",
    "reopened_on",
    "clock_started_on",
    "due_on",
    "planned",
    "received_on",
    "practitioner_id",
    "co_worker_id",
    "ended_on",
    *rules.CASE_FACTS,
)


def correct(
    uow: UnitOfWork,
    batch: ImportBatch,
    rows: Sequence[Staged],
    before: Mapping[str, Mapping[str, Any]],
    clocks: Clocks,
) -> None:
    """Change the facts of open and ended cases that still hold what the list said last time.

    A child protection plan that a list tells of for the first time is kept with the case too.
    """
    changed = [row for row in rows if row.key in before]
    cases = _cases(uow, batch) if changed else {}
    corrections: dict[str, dict[str, Any]] = {}
    for unprotected in _newly_protected(uow, batch):
        cases[unprotected["reference"]] = unprotected
        corrections[unprotected["reference"]] = {"child_protection": True}
    for row in changed:
        if case := cases.get(row.reference):
            said = json.loads(before[row.key]["facts"])
            corrections.setdefault(row.reference, {}).update(
                rules.corrections(case, rules.case_facts(said), rules.case_facts(row.facts))
            )
    order = register.triage_order(uow, batch.contract_id)
    pairs = [
        (cases[one], _in_full(cases[one], new, clocks, order)) for one, new in corrections.items()
    ]
    differing = [(case, new) for case, new in pairs if new]
    remember(uow, batch, Case, differing)
    uow.amend(Case, differing)
    register.reweigh(uow, differing)
    scope.post(uow, [_shift(case, new) for case, new in pairs if "due_on" in new])
    enquiries = [(one, {"protected_before": True}) for one in _met_by_plans(uow, batch)]
    remember(uow, batch, Enquiry, enquiries)
    uow.amend(Enquiry, enquiries)


def _newly_protected(uow: UnitOfWork, batch: ImportBatch) -> list[dict[str, Any]]:
    """The cases that know of no child protection plan and of which new rows tell one."""
    return _read(
        uow,
        Case.contract_id == batch.contract_id,
        col(Case.child_protection).is_(False),
        col(Case.reference).in_(_telling_plans(batch, Verdict.NEW)),
    )


def _met_by_plans(uow: UnitOfWork, batch: ImportBatch) -> list[dict[str, Any]]:
    """Running enquiries on cases of which a plan is told meanwhile, which outlasts them."""
    names = ("id", "lot_id", "case_id", "protected_before")
    found = uow.session.execute(
        select(*(getattr(Enquiry, name) for name in names))
        .join(Case, col(Case.id) == Enquiry.case_id)
        .where(
            col(Enquiry.ended_on).is_(None),
            col(Enquiry.protected_before).is_(False),
            Case.contract_id == batch.contract_id,
            col(Case.reference).in_(_telling_plans(batch, Verdict.NEW, Verdict.CHANGED)),
        )
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def _telling_plans(batch: ImportBatch, *verdicts: Verdict) -> Select[Any]:
    """The references of rows that tell of a child protection plan that runs."""
    plan = _holds(f'"{Field.PROTECTION_PLAN_START_ON.value}":')
    ended = _holds(f'"{Field.PROTECTION_PLAN_END_ON.value}":')
    status = _holds(f'"{Field.CASE_STATUS.value}":"{CouncilStatus.PROTECTION_PLAN.value}"')
    return select(col(StagedRow.reference)).where(
        StagedRow.batch_id == batch.id,
        col(StagedRow.verdict).in_(verdicts),
        or_(and_(plan, not_(ended)), status),
    )


def _holds(text: str) -> ColumnElement[bool]:
    return col(StagedRow.facts).contains(text, autoescape=True)


def _cases(uow: UnitOfWork, batch: ImportBatch) -> dict[str, dict[str, Any]]:
    wanted = select(StagedRow.reference).where(
        StagedRow.batch_id == batch.id, StagedRow.verdict == Verdict.CHANGED
    )
    found = _read(uow, Case.contract_id == batch.contract_id, col(Case.reference).in_(wanted))
    return {case["reference"]: case for case in found}


def _read(uow: UnitOfWork, *these: Any) -> list[dict[str, Any]]:
    found = uow.session.execute(select(*(getattr(Case, name) for name in _READ)).where(*these))
    return [dict(zip(_READ, row, strict=True)) for row in found]


def _in_full(
    case: Mapping[str, Any], new: dict[str, Any], clocks: Clocks, order: Sequence[Criterion]
) -> dict[str, Any]:
    """The corrections with what follows from them: place in triage, and the clock if it runs."""
    if not new.keys().isdisjoint(RANKED):
        known = {**case, **new}
        new["triage_rank"] = triage_rank(order, Waiting(**{name: known[name] for name in RANKED}))
    of_clock = {"referred_on", "assessment_type"} & new.keys()
    if of_clock and case["state"].clock_runs and case["clock_started_on"] == case["referred_on"]:
        kind = clocks.kind(new.get("assessment_type", case["assessment_type"]))
        referred = new.get("referred_on", case["referred_on"])
        new["clock_started_on"], new["due_on"] = clocks.started(
            kind, referred_on=referred, received_on=case["received_on"]
        )
    return new


def _shift(case: Mapping[str, Any], new: Mapping[str, Any]) -> Shift:
    was = Place(case["lot_id"], case["state"], case["due_on"], case["planned"])
    return Shift(case["id"], was, was._replace(due_on=new["due_on"]))
