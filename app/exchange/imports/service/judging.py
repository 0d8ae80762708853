"""Says of each row read whether it is new, changed, unchanged or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from app.cases.register.models import Case
from app.contract.models import Lot
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, ImportedRow
from app.exchange.imports.rules import Facts, KnownCase, Verdict
from app.exchange.imports.service.job import Staging
from app.exchange.layouts import Field, FoundList
from app.exchange.rows import EqualRepeat, Outcome, ParsedRow, RefusedRow, opens_case
from app.kernel.calendar import CalendarEnds
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Known:
    """What the database holds about the keys and references of some rows."""

    digests: Mapping[str, tuple[str, int]]
    cases: Mapping[str, KnownCase]
    lots: Mapping[int, str]


def known_of(uow: UnitOfWork, batch: ImportBatch, outcomes: Sequence[Outcome]) -> Known:
    """Looked for over the whole contract: a child may be in a lot that the sender cannot see."""
    parsed = [one for one in outcomes if isinstance(one, ParsedRow)]
    references = {str(one.facts[Field.REFERENCE]) for one in parsed}
    lots = dict(uow.session.exec(select(Lot.id, Lot.name)).all())
    with uow.beyond_scope():
        imported = uow.session.execute(
            select(ImportedRow.key, ImportedRow.digest, ImportedRow.lot_id).where(
                ImportedRow.contract_id == batch.contract_id,
                col(ImportedRow.key).in_([one.key for one in parsed]),
            )
        ).all()
        cases = uow.session.execute(
            select(  # type: ignore[call-overload]
                Case.reference, Case.id, Case.lot_id, Case.state, Case.ended_on
            ).where(Case.contract_id == batch.contract_id, col(Case.reference).in_(references))
        ).all()
    return Known(
        {key: (digest, lot) for key, digest, lot in imported},
        {reference: KnownCase(*rest) for reference, *rest in cases},
        {lot_id or 0: name for lot_id, name in lots.items()},
    )


def staged(staging: Staging, found: FoundList, known: Known, outcome: Outcome) -> dict[str, Any]:
    row: dict[str, Any] = {
        "batch_id": staging.batch.id,
        "lot_id": staging.batch.lot_id,
        "sheet": found.sheet.name,
        "line": outcome.line,
        "layout": found.layout,
        "key": "",
        "reference": "",
        "opens_case": False,
        "sent_again": False,
        "facts": "",
        "digest": "",
        "column_name": "",
        "reason": "",
        "difference": "",
    }
    match outcome:
        case RefusedRow(column=column, reason=reason):
            row |= {"verdict": Verdict.REFUSED, "column_name": column, "reason": reason}
        case EqualRepeat(first_line=first):
            row |= {"verdict": Verdict.UNCHANGED, "reason": f"Says the same as line {first}."}
        case ParsedRow():
            staging.left_out.update(outcome.not_understood)
            row |= _judged(staging, found, known, outcome)
    staging.counts[row["verdict"]] += 1
    staging.counts["differences"] += bool(row["difference"])
    return row


def _judged(staging: Staging, found: FoundList, known: Known, parsed: ParsedRow) -> dict[str, Any]:
    facts = rules.facts_of(parsed)
    reference = facts[Field.REFERENCE]
    case, before = known.cases.get(reference), known.digests.get(parsed.key)
    if too_long := rules.too_long(facts):
        return _refused(found.column_name(too_long[0]), too_long[1])
    elsewhere = {case.lot_id} if case else {before[1]} if before else set()
    if elsewhere - {staging.batch.lot_id}:
        lot = known.lots.get(elsewhere.pop())
        where = f"lot {lot}" if lot else "another lot of the contract"
        return _refused(found.column_name(Field.REFERENCE), f"{reference} is in {where}.")
    text = rules.written(facts)
    digest = rules.digest_of(text)
    opens = opens_case(parsed, staging.batch.listed_on)
    verdict = Verdict.NEW if before is None else Verdict.CHANGED
    if before and before[0] == digest:
        verdict = Verdict.UNCHANGED
    again = bool(
        case
        and not staging.is_repeat
        and reference not in staging.opening
        and rules.is_sent_again(case, opens=opens, listed_on=staging.batch.listed_on)
    )
    if again and verdict is Verdict.UNCHANGED:
        verdict = Verdict.CHANGED
    begins = again or (case is None and verdict is not Verdict.UNCHANGED)
    if reference not in staging.opening and opens and begins:
        if fault := _clock_fault(staging, facts):
            return _refused("", fault)
        staging.counts["before_calendar"] += _begins_before(staging, facts)
        staging.opening.add(reference)
        staging.counts["sent_again" if again else "backlog"] += 1
    tells = case is not None and verdict is not Verdict.UNCHANGED
    return {
        "verdict": verdict,
        "key": parsed.key,
        "reference": reference,
        "opens_case": opens,
        "sent_again": again,
        "facts": text,
        "digest": digest,
        "difference": rules.difference(case, facts, opens=opens) if tells and case else "",
    }


def _refused(column: str, reason: str) -> dict[str, Any]:
    return {"verdict": Verdict.REFUSED, "column_name": column, "reason": reason}


def _clock_fault(staging: Staging, facts: Facts) -> str:
    """Why no clock can be kept for a case that this row would open."""
    said, day = rules.case_facts(facts), staging.batch.listed_on
    kind = staging.clocks.kind(said.get("assessment_type"))
    try:
        staging.clocks.started(kind, referred_on=said.get("referred_on", day), received_on=day)
    except CalendarEnds as end:
        return end.sentence
    return ""


def _begins_before(staging: Staging, facts: Facts) -> bool:
    referred = rules.case_facts(facts).get("referred_on", staging.batch.listed_on)
    return bool(referred < staging.clocks.first_day)
