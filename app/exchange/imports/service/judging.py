"""Says of each row read whether it is new, changed, unchanged or refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from app.cases.register.models import Case
from app.cases.states import CaseState
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

    said: Mapping[str, tuple[str, int]]
    cases: Mapping[str, KnownCase]


def known_of(uow: UnitOfWork, batch: ImportBatch, outcomes: Sequence[Outcome]) -> Known:
    """Looked for over the whole contract: a child may be in a lot that the sender cannot see."""
    parsed = [one for one in outcomes if isinstance(one, ParsedRow)]
    references = {one.facts[Field.REFERENCE] for one in parsed}
    with uow.beyond_scope():
        imported = uow.rows(
            select(ImportedRow.key, ImportedRow.facts, ImportedRow.lot_id).where(
                ImportedRow.contract_id == batch.contract_id,
                col(ImportedRow.key).in_([one.key for one in parsed]),
            )
        )
        cases = uow.rows(
            select(  # type: ignore[call-overload]
                Case.reference, Case.id, Case.lot_id, Case.state, Case.ended_on
            ).where(Case.contract_id == batch.contract_id, col(Case.reference).in_(references))
        )
        return Known(
            {key: (facts, lot) for key, facts, lot in imported},
            {reference: KnownCase(*rest) for reference, *rest in cases},
        )


def blank(staging: Staging, found: FoundList) -> dict[str, Any]:
    """What all staged rows of one list begin with."""
    return {
        "batch_id": staging.batch.id,
        "lot_id": staging.batch.lot_id,
        "sheet": found.sheet.name,
        "line": 0,
        "layout": found.layout,
        "verdict": Verdict.REFUSED,
        "key": "",
        "reference": "",
        "opens_case": False,
        "sent_again": False,
        "facts": "",
        "column_name": "",
        "reason": "",
        "difference": "",
    }


def staged(
    staging: Staging,
    found: FoundList,
    known: Known,
    outcomes: Sequence[Outcome],
) -> Iterator[dict[str, Any]]:
    """The rows to keep of a chunk, counted as they go."""
    common, counts = blank(staging, found), staging.counts
    for outcome in outcomes:
        row = common.copy()
        row["line"] = outcome.line
        if not isinstance(outcome, EqualRepeat) and outcome.unknown:
            staging.unknown.update(outcome.unknown)
        match outcome:
            case RefusedRow(column=column, reason=reason):
                row["column_name"], row["reason"] = column, reason
            case EqualRepeat(first_line=first):
                row["verdict"] = Verdict.UNCHANGED
                row["reason"] = f"Says the same as line {first}."
            case ParsedRow():
                if outcome.not_understood:
                    staging.left_out.update(outcome.not_understood)
                _judge(staging, found, known, outcome, row)
        counts[row["verdict"]] += 1
        if row["difference"]:
            counts["differences"] += 1
        yield row


def _judge(
    staging: Staging, found: FoundList, known: Known, parsed: ParsedRow, row: dict[str, Any]
) -> None:
    facts = rules.facts_of(parsed)
    reference = facts[Field.REFERENCE]
    case, before = known.cases.get(reference), known.said.get(parsed.key)
    if case and case.state is CaseState.WITHDRAWN and case.lot_id in staging.lots:
        case = None
    if fault := _fault(staging, found, facts, case.lot_id if case else before and before[1]):
        row["column_name"], row["reason"] = fault
        return
    text = rules.written(facts)
    opens = opens_case(parsed, staging.batch.listed_on)
    verdict = Verdict.NEW if before is None else Verdict.CHANGED
    if before and before[0] == text:
        verdict = Verdict.UNCHANGED
    begins = reference not in staging.opening and opens
    again = bool(
        case
        and begins
        and not staging.is_repeat
        and rules.is_sent_again(case, opens=opens, listed_on=staging.batch.listed_on)
    )
    if again and verdict is Verdict.UNCHANGED:
        verdict = Verdict.CHANGED
    if again or (begins and case is None and verdict is not Verdict.UNCHANGED):
        if reason := _begin(staging, facts, again=again):
            row["reason"] = reason
            return
        staging.opening.add(reference)
    row["verdict"], row["key"], row["reference"] = verdict, parsed.key, reference
    if verdict is not Verdict.UNCHANGED:
        row["opens_case"], row["sent_again"], row["facts"] = opens, again, text
        row["difference"] = rules.difference(case, facts, opens=opens) if case else ""


def _fault(
    staging: Staging, found: FoundList, facts: Facts, held_in: int | None
) -> tuple[str, str] | None:
    """In which column and why a row that could be read cannot be kept."""
    if too_long := rules.too_long(facts):
        return found.column_name(too_long[0]), too_long[1]
    if held_in is None or held_in == staging.batch.lot_id:
        return None
    lot = staging.lots.get(held_in)
    where = f"lot {lot}" if lot else "another lot of the contract"
    reference = facts[Field.REFERENCE]
    return found.column_name(Field.REFERENCE), f"{reference} is in {where}."


def _begin(staging: Staging, facts: Facts, *, again: bool) -> str:
    """Count a row that opens a case; or why no clock can be kept for it."""
    day, clocks = staging.batch.listed_on, staging.clocks
    said = rules.case_facts(facts)
    referred = said.get("referred_on", day)
    try:
        clocks.started(
            clocks.kind(said.get("assessment_type")), referred_on=referred, received_on=day
        )
    except CalendarEnds as end:
        return end.sentence
    staging.counts["before_calendar"] += referred < clocks.first_day
    staging.counts["sent_again" if again else "backlog"] += 1
    return ""
