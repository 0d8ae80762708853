"""Says of each row read whether it is new, changed, unchanged or refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlmodel import col, select

from app.cases.register.models import Case
from app.cases.states import CaseState
from app.db.among import among
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, ImportedRow
from app.exchange.imports.rules import KnownCase, Verdict
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


class Judged(NamedTuple):
    """A row as it is staged; the names are the columns'."""

    line: int
    verdict: Verdict
    key: str = ""
    reference: str = ""
    opens_case: bool = False
    sent_again: bool = False
    facts: str = ""
    column_name: str = ""
    reason: str = ""
    difference: str = ""


class Alike(NamedTuple):
    """What holds of all rows that differ in their reference alone."""

    written: Callable[[str], str]
    opens: bool
    # In which column and why such a row cannot be kept.
    fault: tuple[str, str] | None
    # Why no clock can be kept for a case that it opens; and whether it began before the calendar.
    no_clock: str
    is_early: bool


def known_of(uow: UnitOfWork, batch: ImportBatch, outcomes: Sequence[Outcome]) -> Known:
    """Looked for over the whole contract: a child may be in a lot that the sender cannot see."""
    parsed = [one for one in outcomes if isinstance(one, ParsedRow)]
    keys = [one.key for one in parsed]
    references = {str(one.facts[Field.REFERENCE]) for one in parsed}
    with uow.beyond_scope():
        imported = uow.rows(
            select(ImportedRow.key, ImportedRow.facts, ImportedRow.lot_id).where(
                ImportedRow.contract_id == batch.contract_id, among(col(ImportedRow.key), keys)
            )
        )
        cases = uow.rows(
            select(  # type: ignore[call-overload]
                Case.reference, Case.id, Case.lot_id, Case.state, Case.ended_on
            ).where(Case.contract_id == batch.contract_id, among(col(Case.reference), references))
        )
        return Known(
            {key: (facts, lot) for key, facts, lot in imported},
            {reference: KnownCase(*rest) for reference, *rest in cases},
        )


class Judge:
    """Judges the rows of one list, counting them as it goes."""

    def __init__(self, staging: Staging, found: FoundList) -> None:
        self._staging = staging
        self._found = found
        self._batch = staging.batch
        # By the identity of what they share, which is kept with it.
        self._alike: dict[int, tuple[Mapping[Field, Any], Alike]] = {}

    def columns(self, known: Known, outcomes: Sequence[Outcome]) -> dict[str, Sequence[Any]]:
        """The rows to keep of a chunk, column by column."""
        judged = [self._judge(known, outcome) for outcome in outcomes]
        counts = self._staging.counts
        counts.update(one.verdict for one in judged)
        counts["rows"] += len(judged)
        counts["differences"] += sum(1 for one in judged if one.difference)
        return dict(zip(Judged._fields, zip(*judged, strict=True), strict=True))

    def _judge(self, known: Known, outcome: Outcome) -> Judged:
        if isinstance(outcome, EqualRepeat):
            reason = f"Says the same as line {outcome.first_line}."
            return Judged(outcome.line, Verdict.UNCHANGED, reason=reason)
        if outcome.unknown:
            self._staging.unknown.update(outcome.unknown)
        if isinstance(outcome, RefusedRow):
            return _refused(outcome.line, outcome.column, outcome.reason, outcome.reference)
        if outcome.not_understood:
            self._staging.left_out.update(outcome.not_understood)
        return self._parsed(known, outcome)

    def _parsed(self, known: Known, row: ParsedRow) -> Judged:
        staging, batch, alike = self._staging, self._batch, self._of(row)
        reference: str = row.facts[Field.REFERENCE]  # type: ignore[assignment]
        case, before = known.cases.get(reference), known.said.get(row.key)
        if case and case.state is CaseState.WITHDRAWN and case.lot_id in staging.lots:
            case = None
        held_in = case.lot_id if case else before and before[1]
        if fault := alike.fault or self._elsewhere(reference, held_in):
            return _refused(row.line, *fault, reference)
        text, opens = alike.written(reference), alike.opens
        verdict = Verdict.NEW if before is None else Verdict.CHANGED
        if before and before[0] == text:
            verdict = Verdict.UNCHANGED
        begins = opens and reference not in staging.opening
        again = bool(
            case
            and begins
            and not staging.is_repeat
            and rules.is_sent_again(case, opens=opens, listed_on=batch.listed_on)
        )
        if again and verdict is Verdict.UNCHANGED:
            verdict = Verdict.CHANGED
        if again or (begins and case is None and verdict is not Verdict.UNCHANGED):
            if alike.no_clock:
                return _refused(row.line, "", alike.no_clock, reference)
            staging.opening.add(reference)
            staging.counts["before_calendar"] += alike.is_early
            staging.counts["sent_again" if again else "backlog"] += 1
        if verdict is Verdict.UNCHANGED:
            return Judged(row.line, verdict, row.key, reference)
        difference = rules.difference(case, rules.facts_of(row), opens=opens) if case else ""
        return Judged(
            row.line, verdict, row.key, reference, opens, again, text, difference=difference
        )

    def _of(self, row: ParsedRow) -> Alike:
        if row.alike is None:
            return self._look(row)
        known = self._alike.get(id(row.alike))
        if known is None:
            known = self._alike[id(row.alike)] = row.alike, self._look(row)
        return known[1]

    def _look(self, row: ParsedRow) -> Alike:
        facts, fault = rules.facts_of(row), None
        self._staging.tells_districts |= Field.DISTRICT in facts
        if long := rules.too_long(facts):
            fault = self._found.column_name(long[0]), long[1]
        no_clock, is_early = self._clock(facts)
        opens = opens_case(row, self._batch.listed_on)
        return Alike(rules.written_around(facts), opens, fault, no_clock, is_early)

    def _clock(self, facts: rules.Facts) -> tuple[str, bool]:
        day, clocks = self._batch.listed_on, self._staging.clocks
        said = rules.case_facts(facts)
        referred = said.get("referred_on", day)
        try:
            clocks.started(
                clocks.kind(said.get("assessment_type")), referred_on=referred, received_on=day
            )
        except CalendarEnds as end:
            return end.sentence, False
        return "", referred < clocks.first_day

    def _elsewhere(self, reference: str, held_in: int | None) -> tuple[str, str] | None:
        """Refuses a child of another lot."""
        if held_in is None or held_in == self._batch.lot_id:
            return None
        lot = self._staging.lots.get(held_in)
        where = f"lot {lot}" if lot else "another lot of the contract"
        return self._found.column_name(Field.REFERENCE), f"{reference} is in {where}."


def _refused(line: int, column: str, reason: str, whose: str) -> Judged:
    return Judged(line, Verdict.REFUSED, reference=whose, column_name=column, reason=reason)
