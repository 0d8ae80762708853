"""Says of each row read whether it is new, changed, unchanged or refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlmodel import col, select

from app.cases.register.models import Case
from app.cases.states import CaseState
from app.db.among import among
from app.exchange.columns import Fact
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, ImportedRow
from app.exchange.imports.rules import KnownCase, Verdict
from app.exchange.imports.service.job import Staging
from app.exchange.layouts import Field, FoundList
from app.exchange.once import Once
from app.exchange.rows import ENDING, EqualRepeat, Outcome, ParsedRow, RefusedRow, opens_case
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


class Beginning(NamedTuple):
    """Whether rows open a case, and how its clock begins."""

    opens: bool
    # Why no clock can be kept for such a case; and whether it began before the calendar.
    no_clock: str
    is_early: bool


class Alike(NamedTuple):
    """What holds of all rows that differ in their reference alone."""

    written: Callable[[str], str]
    # In which column and why such a row cannot be kept.
    fault: tuple[str, str] | None
    begins: Beginning


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
        # Rows that differ share their facts, and lists their days.
        self._pieces = Once(_piece)
        self._long = [field for field in rules.LONGEST if field in found.columns]
        self._faults = Once(self._fault)
        self._deciding = [field for field in (*rules.TIMED, *ENDING) if field in found.columns]
        self._begins = Once(self._beginning)

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
        case, before = self._case(known, reference), known.said.get(row.key)
        if case is None and before is None:
            return self._unheard_of(row, alike, reference)
        held_in = case.lot_id if case else before and before[1]
        if fault := alike.fault or self._elsewhere(reference, held_in):
            return _refused(row.line, *fault, reference)
        text, opens = alike.written(reference), alike.begins.opens
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
            if alike.begins.no_clock:
                return _refused(row.line, "", alike.begins.no_clock, reference)
            self._count("sent_again" if again else "backlog", alike, reference)
        if verdict is Verdict.UNCHANGED:
            return Judged(row.line, verdict, row.key, reference)
        difference = rules.difference(case, rules.facts_of(row), opens=opens) if case else ""
        return Judged(
            row.line, verdict, row.key, reference, opens, again, text, difference=difference
        )

    def _case(self, known: Known, reference: str) -> KnownCase | None:
        """The case of a reference; of one that was withdrawn, as if it had never been."""
        case = known.cases.get(reference)
        is_back = case and case.state is CaseState.WITHDRAWN and case.lot_id in self._staging.lots
        return None if is_back else case

    def _unheard_of(self, row: ParsedRow, alike: Alike, reference: str) -> Judged:
        """Of a child of whom nothing is known, as most rows of a first list are."""
        if alike.fault:
            return _refused(row.line, *alike.fault, reference)
        opens = alike.begins.opens
        if opens and reference not in self._staging.opening:
            if alike.begins.no_clock:
                return _refused(row.line, "", alike.begins.no_clock, reference)
            self._count("backlog", alike, reference)
        text = alike.written(reference)
        return Judged(row.line, Verdict.NEW, row.key, reference, opens, facts=text)

    def _count(self, name: str, alike: Alike, reference: str) -> None:
        """A child of whom a case opens or comes again."""
        staging = self._staging
        staging.opening.add(reference)
        staging.counts[name] += 1
        if alike.begins.is_early:
            staging.counts["before_calendar"] += 1

    def _of(self, row: ParsedRow) -> Alike:
        if row.alike is None:
            return self._look(row)
        known = self._alike.get(id(row.alike))
        if known is None:
            known = self._alike[id(row.alike)] = row.alike, self._look(row)
        return known[1]

    def _look(self, row: ParsedRow) -> Alike:
        facts, pieces = row.facts, self._pieces
        self._staging.tells_districts |= facts.get(Field.DISTRICT) is not None
        told = [pieces[one] for one in facts.items() if one[0] is not Field.REFERENCE]
        return Alike(
            rules.around(list(filter(None, told))),
            self._faults[tuple([facts[field] for field in self._long])],
            self._begins[tuple([facts[field] for field in self._deciding])],
        )

    def _fault(self, texts: Sequence[Fact]) -> tuple[str, str] | None:
        told = zip(self._long, texts, strict=True)
        long = rules.too_long({field.value: str(text) for field, text in told if text})
        return (self._found.column_name(long[0]), long[1]) if long else None

    def _beginning(self, told: Sequence[Fact]) -> Beginning:
        facts = dict(zip(self._deciding, told, strict=True))
        row = ParsedRow(0, self._found.layout, "", facts)
        day, clocks = self._batch.listed_on, self._staging.clocks
        opens, said = opens_case(row, day), rules.case_facts(rules.facts_of(row))
        referred = said.get("referred_on", day)
        try:
            clocks.started(
                clocks.kind(said.get("assessment_type")), referred_on=referred, received_on=day
            )
        except CalendarEnds as end:
            return Beginning(opens, end.sentence, is_early=False)
        return Beginning(opens, "", is_early=referred < clocks.first_day)

    def _elsewhere(self, reference: str, held_in: int | None) -> tuple[str, str] | None:
        """Refuses a child of another lot."""
        if held_in is None or held_in == self._batch.lot_id:
            return None
        lot = self._staging.lots.get(held_in)
        where = f"lot {lot}" if lot else "another lot of the contract"
        return self._found.column_name(Field.REFERENCE), f"{reference} is in {where}."


def _piece(told: tuple[Field, Fact]) -> str:
    """How a fact is kept; empty where nothing is."""
    kept = rules.kept_of(*told)
    return rules.piece(*kept) if kept else ""


def _refused(line: int, column: str, reason: str, whose: str) -> Judged:
    return Judged(line, Verdict.REFUSED, reference=whose, column_name=column, reason=reason)
